import { readFileSync } from "node:fs";
import { rgb } from "d3-color";
import { blank, encodeTransparent, type Pixels } from "./pixels";
import { textWidth } from "./text_width";

/** The part of jsdom's window that is used. */
interface Window {
  readonly SVGElement: { readonly prototype: object };
  readonly HTMLCanvasElement: { readonly prototype: object };
  readonly URL: { createObjectURL?: () => string };
  eval(code: string): unknown;
}

interface Jsdom {
  readonly JSDOM: new (
    html: string,
    options: { readonly runScripts: "outside-only"; readonly pretendToBeVisual: true },
  ) => { readonly window: Window };
}

interface Shape {
  readonly textContent: string | null;
  readonly parentElement: Shape | null;
  readonly style?: { readonly fontSize?: string };
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<Shape>;
}

let loading: Promise<Window> | undefined;

/**
 * Draws a Plotly figure without a browser, in a page of the optional package jsdom.
 *
 * @param figure data and layout, as JSON takes them
 * @returns an SVG document
 * @throws Error if jsdom is not installed, or Plotly's own error; WebGL figures (`scattergl`, `surface`) need a browser
 */
export async function plotlySvg(
  figure: object,
  size: { readonly width: number; readonly height: number },
): Promise<string> {
  loading ??= open();
  const window = await loading;
  // As in JupyterLab: dollar signs in a label do not mark formulas.
  const plain = { config: { typesetMath: false }, ...figure };
  const options = { format: "svg", imageDataOnly: true, ...size };
  // The page has its own realm: figures go in as text.
  const svg = window.eval(`Plotly.toImage(${JSON.stringify(plain)}, ${JSON.stringify(options)})`);
  return String(await (svg as Promise<string>));
}

async function open(): Promise<Window> {
  const { JSDOM } = requireJsdom();
  const { window } = new JSDOM("<!doctype html><body></body>", { runScripts: "outside-only", pretendToBeVisual: true });
  window.URL.createObjectURL = () => "";
  Object.assign(window.SVGElement.prototype, measures);
  Object.assign(window.HTMLCanvasElement.prototype, canvas);
  window.eval(readFileSync(require.resolve("plotly.js-dist-min"), "utf8"));
  return window;
}

function requireJsdom(): Jsdom {
  try {
    return require(require.resolve("jsdom", { paths: [process.cwd(), __dirname] })) as Jsdom;
  } catch (error) {
    if ((error as { code?: string }).code !== "MODULE_NOT_FOUND") throw error;
    throw new Error(
      "Drawing a Plotly figure without a browser needs the package jsdom, which is not installed. Run: npm install jsdom",
    );
  }
}

function fontSize(shape: Shape): number {
  for (let one: Shape | null = shape; one; one = one.parentElement) {
    const size = Number.parseFloat(one.style?.fontSize || one.getAttribute("font-size") || "");
    if (size > 0) return size;
  }
  return 12;
}

const widthOf = (shape: Shape, text: string) => textWidth(text) * fontSize(shape);

/** Where a straight path starts, such as that of an annotation's arrow, and how far it goes. */
function straight(shape: Shape) {
  const numbers = (shape.getAttribute("d")?.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
  const [x = 0, y = 0] = numbers;
  const [x2 = x, y2 = y] = numbers.slice(-2);
  return { x, y, dx: x2 - x, dy: y2 - y, length: Math.hypot(x2 - x, y2 - y) };
}

function getBBox(this: Shape) {
  const lines = [...this.querySelectorAll("tspan.line")].map(({ textContent }) => textContent ?? "");
  if (lines.length === 0) lines.push(this.textContent ?? "");
  const size = fontSize(this);
  const x = Number.parseFloat(this.getAttribute("x") ?? "") || 0;
  const y = (Number.parseFloat(this.getAttribute("y") ?? "") || 0) - size;
  const width = Math.max(...lines.map((line) => widthOf(this, line)));
  const height = 1.2 * size * lines.length;
  return { x, y, width, height, left: x, top: y, right: x + width, bottom: y + height };
}

/** jsdom has no layout and measures nothing. Texts are measured by the widths of their letters, paths as straight lines. */
const measures = {
  getBBox,
  getBoundingClientRect: getBBox,
  getComputedTextLength(this: Shape) {
    return widthOf(this, this.textContent ?? "");
  },
  getTotalLength(this: Shape) {
    return straight(this).length;
  },
  getPointAtLength(this: Shape, at: number) {
    const { x, y, dx, dy, length } = straight(this);
    const share = at / (length || 1);
    return { x: x + share * dx, y: y + share * dy };
  },
};

interface Canvas {
  width: number;
  height: number;
  painted?: Pixels;
}

/** Plotly paints heat maps and images pixel by pixel, or in rectangles, and takes them as a PNG. */
const canvas = {
  getContext(this: Canvas) {
    const { width, height } = this;
    const painted = blank(width, height, 0);
    this.painted = painted;
    return {
      fillStyle: "black",
      createImageData: (w: number, h: number) => ({ width: w, height: h, data: new Uint8ClampedArray(4 * w * h) }),
      putImageData: ({ data }: { readonly data: Uint8ClampedArray }) => painted.data.set(data),
      fillRect(x: number, y: number, w: number, h: number) {
        const { r, g, b, opacity } = rgb(this.fillStyle);
        for (let row = Math.max(0, Math.round(y)); row < Math.min(height, Math.round(y + h)); row++) {
          for (let column = Math.max(0, Math.round(x)); column < Math.min(width, Math.round(x + w)); column++) {
            painted.data.set([r, g, b, Math.round(255 * opacity)], 4 * (row * width + column));
          }
        }
      },
    };
  },
  toDataURL(this: Canvas) {
    return this.painted ? `data:image/png;base64,${encodeTransparent(this.painted).toString("base64")}` : "data:,";
  },
};
