import type { MimeBundle } from "../display/host";
import { describe } from "../options/options";
import { checkChartOptions } from "./chart_options";
import { colormap } from "./colormap";
import { Figure } from "./figure";
import { type Image, type Images, paint, toImages } from "./images";
import { blank, encodePng, paste } from "./pixels";
import { svgToPng } from "./svg_to_png";
import { emWidth, textWidth } from "./text_width";
import { font } from "./vega_lite";

export interface ImageOptions {
  /** matplotlib's name of a colour map for images with one channel. Default `"viridis"`, as in matplotlib. */
  readonly cmap?: string;
  /** The value shown as the colour map's first colour. Default: the least of each image. */
  readonly vmin?: number;
  /** The value shown as the colour map's last colour. Default: the greatest of each image. */
  readonly vmax?: number;
  /** Screen pixels for each pixel of an image, a whole number. Default: as large as fits in 640 pixels, 8 at most. */
  readonly scale?: number;
}

export interface ImageGridOptions extends ImageOptions {
  /** Images in a row. Default: all of them up to 10. */
  readonly ncols?: number;
  /** A text under each image; what is too long for 900 pixels in a row loses its end. Default none. */
  readonly labels?: readonly unknown[];
  /** A CSS colour for each label. Default black. */
  readonly labelColors?: readonly string[];
  /** Above the grid. Default none. */
  readonly title?: string;
}

const imageOptions: readonly string[] = ["cmap", "vmin", "vmax", "scale"];
const gridOptions: readonly string[] = [...imageOptions, "ncols", "labels", "labelColors", "title"];

const widest = 640;
/** Texts may make a grid wider. */
const widestText = 900;
const gap = 6;
const fontSize = 12;

/** Images as a PNG: crisp, because each of their pixels is a square of whole screen pixels. */
export class ImageFigure extends Figure {
  /** The PNG file. */
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
  readonly #text: string;

  constructor(png: Buffer, size: { readonly width: number; readonly height: number }, text: string) {
    super();
    this.png = png;
    this.width = size.width;
    this.height = size.height;
    this.#text = text;
  }

  override describe(): string {
    return `Figure: ${this.#text}`;
  }

  override bundle(): MimeBundle {
    return { "image/png": this.png.toString("base64"), "text/plain": this.describe() };
  }

  override async still(): Promise<MimeBundle> {
    return {};
  }

  override async toPng(): Promise<Buffer> {
    return this.png;
  }

  override async toSvg(): Promise<string> {
    return svg(this, imageElement(this.png, 0, 0, this));
  }
}

/**
 * Shows images side by side.
 *
 * @param images a tensor or nested arrays of shape `[n, height, width]`, `[n, height, width, 1]` (grey, through the
 *   colour map) or `[n, height, width, 3 or 4]` (colours, 0-255 for whole numbers and 0-1 otherwise), or a list of such
 * @param options how; see {@link ImageGridOptions}
 * @returns a figure; each image has its own range of values unless `vmin` and `vmax` are given
 * @throws TypeError for other shapes; RangeError for no images, far too many, or an unknown colour map
 * @see https://matplotlib.org/stable/api/_as_gen/matplotlib.pyplot.imshow.html
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 *
 * const images = tf.randomUniform([10, 28, 28]);
 * keras.charts.imageGrid(images, { cmap: "gray_r", labels: [9, 0, 0, 3, 0, 2, 7, 2, 5, 5] })
 * ```
 */
export function imageGrid(images: Images, options: ImageGridOptions = {}): ImageFigure {
  return drawGrid("imageGrid()", images, options);
}

/** The same for what shows images in its own way; `where` is what errors are about. */
export function drawGrid(where: string, images: Images, options: ImageGridOptions): ImageFigure {
  checkChartOptions(where, options, gridOptions);
  const all = toImages(where, images);
  const { labels, labelColors } = options;
  const title = options.title === undefined ? undefined : shortened(options.title, widestText);
  if (labels && labels.length !== all.length) {
    throw new RangeError(`${where} expects a label for each of ${all.length} images but found ${labels.length}.`);
  }
  if (labelColors && labelColors.length !== all.length) {
    throw new RangeError(
      `${where} expects a colour for each of ${all.length} labels but found ${labelColors.length} labelColors.`,
    );
  }
  const ncols = wholeNumber(where, "ncols", options.ncols ?? Math.min(all.length, 10));
  const cell = cellSize(where, all, ncols, options.scale);
  const labelHeight = labels ? fontSize + 6 : 0;
  const titleWidth = Math.ceil(widthOf(title ?? ""));
  const columns = Math.min(ncols, all.length);
  const room = Math.max(cell.width, Math.floor((widestText + gap) / columns) - gap);
  const written = labels?.map((label) => shortened(String(label), room));
  const column = Math.max(cell.width, ...(written ?? []).map((text) => Math.ceil(widthOf(text))));
  const titleHeight = title === undefined ? 0 : fontSize + 12;
  const grid = pixelsOf(all, { ...cell, ncols, column, labelHeight, titleHeight, titleWidth }, options);
  const png = encodePng(grid.pixels);
  const text = `${all.length} image${all.length === 1 ? "" : "s"} of ${all[0]?.height}×${all[0]?.width}${labels ? `: ${labels.join(", ")}` : ""}`;
  if (!labels && title === undefined) return new ImageFigure(png, grid.pixels, text);
  const words = grid.places.map(({ x, y }, index) =>
    textElement(written?.[index] ?? "", x + cell.width / 2, y + cell.height + fontSize + 1, labelColors?.[index]),
  );
  if (title !== undefined) words.push(textElement(title, grid.pixels.width / 2, fontSize + 4, undefined));
  const picture = svgToPng(svg(grid.pixels, imageElement(png, 0, 0, grid.pixels) + words.join("")));
  return new ImageFigure(picture, grid.pixels, title === undefined ? text : `${title}, ${text}`);
}

/**
 * Shows one image, or a matrix as an image.
 *
 * @param image shape `[height, width]`, `[height, width, 1]` or `[height, width, 3 or 4]`
 * @throws TypeError for other shapes
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * keras.charts.imshow([[0, 1], [2, 3]], { cmap: "gray", scale: 8 }).width // 16
 * ```
 */
export function imshow(image: Images, options: ImageOptions & { readonly title?: string } = {}): ImageFigure {
  checkChartOptions("imshow()", options, [...imageOptions, "title"]);
  const images = toImages("imshow()", image);
  if (images.length !== 1) {
    throw new TypeError(`imshow() expects one image but found ${images.length}. Use imageGrid() for several.`);
  }
  return drawGrid("imshow()", image, { ncols: 1, scale: fitting(images, 1, 10), ...options });
}

const widthOf = (text: string) => fontSize * textWidth(text);

/** A text that fits, without its end where it is too long. */
function shortened(text: string, room: number): string {
  if (widthOf(text) <= room) return text;
  let width = widthOf("…");
  const kept = [...text].filter((one) => {
    width += fontSize * emWidth(one);
    return width <= room;
  });
  return `${kept.join("")}…`;
}

interface Cell {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

function fitting(images: readonly Image[], ncols: number, most: number): number {
  const widths = Math.max(...images.map(({ width }) => width));
  return Math.max(1, Math.min(most, Math.floor((widest - gap * (ncols - 1)) / (ncols * widths))));
}

function cellSize(where: string, images: readonly Image[], ncols: number, wanted: number | undefined): Cell {
  const scale = wholeNumber(where, "scale", wanted ?? fitting(images, ncols, 8));
  const width = Math.max(...images.map((image) => image.width)) * scale;
  return { width, height: Math.max(...images.map((image) => image.height)) * scale, scale };
}

interface Layout extends Cell {
  readonly ncols: number;
  /** How wide a cell and its label are. */
  readonly column: number;
  readonly labelHeight: number;
  readonly titleHeight: number;
  readonly titleWidth: number;
}

function pixelsOf(images: readonly Image[], layout: Layout, options: ImageOptions) {
  const norm = { table: colormap(options.cmap ?? "viridis"), vmin: options.vmin, vmax: options.vmax };
  const columns = Math.min(layout.ncols, images.length);
  const rows = Math.ceil(images.length / columns);
  const step = { x: layout.column + gap, y: layout.height + layout.labelHeight + gap };
  const used = columns * step.x - gap;
  const width = Math.max(used, layout.titleWidth);
  const pixels = blank(width, layout.titleHeight + rows * step.y - gap, [255, 255, 255]);
  // The grid stands below the middle of its title, and each image above the middle of its label.
  const left = Math.floor((width - used + layout.column - layout.width) / 2);
  const places = images.map((image, index) => {
    const place = {
      x: (index % columns) * step.x + left,
      y: layout.titleHeight + Math.floor(index / columns) * step.y,
    };
    paste(pixels, paint(image, norm), place.x, place.y, layout.scale);
    return place;
  });
  return { pixels, places };
}

function wholeNumber(where: string, name: string, value: number): number {
  if (Number.isInteger(value) && value >= 1) return value;
  throw new RangeError(
    `${where} expects ${name} as a whole number ≥ 1 but found ${typeof value === "number" ? value : describe(value)}.`,
  );
}

function svg({ width, height }: { readonly width: number; readonly height: number }, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`;
}

function imageElement(
  png: Buffer,
  x: number,
  y: number,
  size: { readonly width: number; readonly height: number },
): string {
  const href = `data:image/png;base64,${png.toString("base64")}`;
  return `<image x="${x}" y="${y}" width="${size.width}" height="${size.height}" image-rendering="pixelated" href="${href}"/>`;
}

function textElement(text: string, x: number, y: number, color = "black"): string {
  return `<text x="${x}" y="${y}" font-size="${fontSize}" font-family="${font}" text-anchor="middle" fill="${asText(color)}">${asText(text)}</text>`;
}

const entities: { readonly [character: string]: string } = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function asText(text: string): string {
  // Control characters are not allowed in XML at all.
  return text.replace(/\p{Cc}/gu, " ").replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
