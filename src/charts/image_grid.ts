import type { MimeBundle } from "../display/host";
import { escapeAttribute } from "../display/markup";
import * as kinds from "../options/kinds";
import { checkChartOptions, colorKinds, text as textKind } from "./chart_options";
import { colormap } from "./colormap";
import { Figure } from "./figure";
import { type Image, type Images, paint, toImages } from "./images";
import { blank, encodePng, paste } from "./pixels";
import { svgToPng } from "./svg_to_png";
import { emWidth, textWidth } from "./text_width";
import { font } from "./vega_lite";

export interface ImageOptions {
  /** matplotlib's name of a color map for images with one channel; others ignore it. Default `"viridis"`, as in matplotlib. */
  readonly cmap?: string;
  /** The value shown as the color map's first color, in images with one channel. Default: the least of each image. */
  readonly vmin?: number;
  /** The value shown as its last color; not less than `vmin`. Default: the greatest of each image. */
  readonly vmax?: number;
  /** Screen pixels for each pixel of an image, a whole number. Default: as large as fits in 640 pixels, 8 at most. */
  readonly scale?: number;
}

export interface ImageGridOptions extends ImageOptions {
  /** Images in a row. Default: all of them up to 10. */
  readonly ncols?: number;
  /** A text under each image; what is too long for 900 pixels in a row loses its end. Default none. */
  readonly labels?: readonly unknown[];
  /** A CSS color for each of `labels`. Default black. */
  readonly labelColors?: readonly string[];
  /** Above the grid. Default none. */
  readonly title?: string;
}

export const imageKinds: kinds.KindsOf<ImageOptions> = { ...colorKinds, scale: kinds.count };
const gridKinds: kinds.KindsOf<ImageGridOptions> = {
  ...imageKinds,
  ncols: kinds.count,
  labels: kinds.list,
  labelColors: kinds.listOf("CSS colors", textKind),
  title: textKind,
};

const widest = 640;
/** Texts may make a grid wider. */
const widestText = 900;
const gap = 6;
const fontSize = 12;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Images as a PNG: crisp, because each of their pixels is a square of whole screen pixels. */
export class ImageFigure extends Figure {
  /** The PNG file. */
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
  readonly #text: string;

  constructor(png: Buffer, { width, height }: { readonly width: number; readonly height: number }, text: string) {
    super();
    this.png = png;
    this.width = width;
    this.height = height;
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
    return svg(this, imageElement(this.png, this));
  }
}

/**
 * Shows images side by side.
 *
 * @param images a tensor or nested arrays of shape `[n, height, width]`, `[n, height, width, 1]` (gray, through the
 *   color map) or `[n, height, width, 3 or 4]` (colors, 0-255 for whole numbers and 0-1 otherwise), or a list of such
 * @param options how; see {@link ImageGridOptions}
 * @returns a figure; each image has its own range of values unless `vmin` and `vmax` are given
 * @throws TypeError for other shapes; RangeError for no images, far too many, or an unknown color map
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

/** The same for other charts of images; `where` names the chart in errors. */
export function drawGrid(where: string, images: Images, options: ImageGridOptions): ImageFigure {
  checkChartOptions(where, options, gridKinds);
  const all = toImages(where, images);
  const { length } = all;
  const { labels, labelColors, ncols = Math.min(length, 10), scale = fitting(all, ncols, 8) } = options;
  const title = options.title === undefined ? undefined : shortened(options.title, widestText);
  if (labels && labels.length !== length) {
    throw new RangeError(`${where} expected a label for each of ${length} images but found ${labels.length}.`);
  }
  if (labelColors && labelColors.length !== length) {
    throw new RangeError(
      `${where} expected a color for each of ${length} labels but found ${labelColors.length} labelColors.`,
    );
  }
  const columns = Math.min(ncols, length);
  const width = scale * Math.max(...all.map((image) => image.width));
  const height = scale * Math.max(...all.map((image) => image.height));
  const room = Math.max(width, Math.floor((widestText + gap) / columns) - gap);
  const written = labels?.map((label) => shortened(String(label), room)) ?? [];
  const column = Math.max(width, ...written.map((text) => Math.ceil(widthOf(text))));
  const labelHeight = labels ? fontSize + 6 : 0;
  const titleHeight = title === undefined ? 0 : fontSize + 12;
  const layout = { width, height, scale, columns, column, labelHeight, titleHeight, title: title ?? "" };
  const { pixels, places } = pixelsOf(all, layout, options);
  const png = encodePng(pixels);
  const { height: rows, width: across } = all[0]!;
  const text = `${length} image${length === 1 ? "" : "s"} of ${rows}×${across}${labels ? `: ${labels.join(", ")}` : ""}`;
  if (!labels && title === undefined) return new ImageFigure(png, pixels, text);
  const words = places.map(({ x, y }, index) =>
    textElement(written[index] ?? "", x + width / 2, y + height + fontSize + 1, labelColors?.[index]),
  );
  if (title !== undefined) words.push(textElement(title, pixels.width / 2, fontSize + 4));
  const picture = svgToPng(svg(pixels, imageElement(png, pixels) + words.join("")));
  return new ImageFigure(picture, pixels, title === undefined ? text : `${title}, ${text}`);
}

/**
 * Shows one image, or a matrix as an image.
 *
 * @param image shape `[height, width]`, `[height, width, 1]` or `[height, width, 3 or 4]`
 * @param options those of `imageGrid` for an image, with `scale` 10 at most by default; `title` above it, default none
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
  checkChartOptions("imshow()", options, { ...imageKinds, title: textKind });
  const images = toImages("imshow()", image);
  if (images.length !== 1) {
    throw new TypeError(`imshow() expected one image but found ${images.length}. Use imageGrid() for several.`);
  }
  return drawGrid("imshow()", image, { ncols: 1, scale: fitting(images, 1, 10), ...options });
}

const widthOf = (text: string) => fontSize * textWidth(text);

/** The text, without its end where it does not fit. */
function shortened(text: string, room: number): string {
  if (widthOf(text) <= room) return text;
  let width = widthOf("…");
  const kept = [...text].filter((one) => {
    width += fontSize * emWidth(one);
    return width <= room;
  });
  return `${kept.join("")}…`;
}

/** The largest scale at which a row fits. */
function fitting(images: readonly Image[], ncols: number, most: number): number {
  const widths = Math.max(...images.map(({ width }) => width));
  return Math.max(1, Math.min(most, Math.floor((widest - gap * (ncols - 1)) / (ncols * widths))));
}

interface Layout extends Size {
  readonly scale: number;
  readonly columns: number;
  /** The width of an image and its label. */
  readonly column: number;
  readonly labelHeight: number;
  readonly titleHeight: number;
  readonly title: string;
}

function pixelsOf(images: readonly Image[], layout: Layout, { cmap = "viridis", vmin, vmax }: ImageOptions) {
  const norm = { table: colormap(cmap), vmin, vmax };
  const { columns, column, titleHeight } = layout;
  const rows = Math.ceil(images.length / columns);
  const step = { x: column + gap, y: layout.height + layout.labelHeight + gap };
  const used = columns * step.x - gap;
  const width = Math.max(used, Math.ceil(widthOf(layout.title)));
  const pixels = blank(width, titleHeight + rows * step.y - gap, 255);
  // The grid is centered below its title, and each image above its label.
  const left = Math.floor((width - used + column - layout.width) / 2);
  const places = images.map((image, index) => {
    const x = (index % columns) * step.x + left;
    const y = titleHeight + Math.floor(index / columns) * step.y;
    paste(pixels, paint(image, norm), x, y, layout.scale);
    return { x, y };
  });
  return { pixels, places };
}

function svg({ width, height }: Size, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`;
}

function imageElement(png: Buffer, { width, height }: Size): string {
  const href = `data:image/png;base64,${png.toString("base64")}`;
  return `<image x="0" y="0" width="${width}" height="${height}" image-rendering="pixelated" href="${href}"/>`;
}

function textElement(text: string, x: number, y: number, color = "black"): string {
  return `<text x="${x}" y="${y}" font-size="${fontSize}" font-family="${font}" text-anchor="middle" fill="${asText(color)}">${asText(text)}</text>`;
}

/** Control characters are not allowed in XML at all. */
const asText = (text: string) => escapeAttribute(text.replace(/\p{Cc}/gu, " "));
