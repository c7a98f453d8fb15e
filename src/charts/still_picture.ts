import { hasFonts, svgToPng } from "./svg_to_png";
import { type VegaLiteSpec, withDefaults } from "./vega_lite";

/** Width of a character in em: Vega's own estimate without a canvas is 0.8 for all, too wide for Latin, too narrow for Hangul. */
function emWidth(character: string): number {
  if (/[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/.test(character)) return 0.95;
  if (/[A-Z@%&mwMW]/.test(character)) return 0.72;
  return /[iljtf.,:;'!|()[\] ]/.test(character) ? 0.3 : 0.55;
}

/** The drawing libraries, loaded with the first picture: 0.2 s that a live notebook never spends. */
let loading: ReturnType<typeof load> | undefined;

async function load() {
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  const { textMetrics } = vega as unknown as {
    textMetrics: { width: (item: { fontSize?: number }, text: unknown) => number };
  };
  textMetrics.width = (item, text) => {
    let em = 0;
    for (const character of String(text ?? "")) em += emWidth(character);
    return em * (item.fontSize ?? 11);
  };
  return { vega, vegaLite };
}

/**
 * Compiles a specification to Vega, which is also how one is validated.
 *
 * @throws TypeError with Vega-Lite's own complaint
 */
export async function compile(spec: VegaLiteSpec) {
  loading ??= load();
  const { vega, vegaLite } = await loading;
  const complaints: string[] = [];
  const complain = (...words: readonly unknown[]) => {
    complaints.push(words.map(String).join(" "));
    return logger;
  };
  const silent = () => logger;
  const logger = { level: silent, error: complain, warn: complain, info: silent, debug: silent } as never;
  try {
    // The schema says 5 for JupyterLab's sake; the grammar we use is the same in the version that compiles here.
    const compiled = vegaLite.compile(spec as never, { logger });
    return { vega, compiled: compiled.spec, complaints };
  } catch (error) {
    throw new TypeError(`Vega-Lite rejects this specification: ${error instanceof Error ? error.message : error}`);
  }
}

/** A drawing of Vega, and where its scales put values: `place("x", 3)` is so many pixels from the left of the chart. */
export interface Drawing {
  readonly svg: string;
  place(scale: "x" | "y", value: number): number;
}

/**
 * Draws a Vega-Lite specification without a browser.
 *
 * @param use what to make of the drawing
 * @throws TypeError if Vega-Lite rejects the specification
 */
export async function draw<T>(spec: VegaLiteSpec, use: (drawing: Drawing) => T): Promise<T> {
  const complete = withDefaults(spec);
  // Descriptions of each point for screen readers are half of the text, and in a picture nobody reads them.
  const { vega, compiled } = await compile({ ...complete, config: { aria: false, ...complete.config } });
  const view = new vega.View(vega.parse(compiled), { renderer: "none", logLevel: vega.Error });
  try {
    const svg = await view.toSVG();
    const place = (scale: "x" | "y", value: number) => Number((view.scale(scale) as (value: number) => number)(value));
    return use({ svg, place });
  } finally {
    view.finalize();
  }
}

/** The chart as an SVG document. Throws a TypeError if Vega-Lite rejects the specification. */
export async function toSvg(spec: VegaLiteSpec): Promise<string> {
  return draw(spec, ({ svg }) => svg);
}

/** A picture for viewers that draw no Vega-Lite: PNG, which GitHub shows; SVG on a machine without fonts. */
export async function stillPicture(spec: VegaLiteSpec): Promise<{ [mimeType: string]: string }> {
  return stillOf(await toSvg(spec));
}

/** An SVG document as {@link stillPicture} gives it. */
export function stillOf(svg: string): { [mimeType: string]: string } {
  return hasFonts() ? { "image/png": svgToPng(svg).toString("base64") } : { "image/svg+xml": svg };
}
