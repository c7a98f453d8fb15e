import { withDots } from "./dots";
import { hasFonts, svgToPng } from "./svg_to_png";
import type { VegaLiteSpec } from "./vega_lite";

/** A picture for viewers that draw no Vega-Lite: PNG, which GitHub shows; SVG on a machine without fonts. */
export async function stillPicture(spec: VegaLiteSpec): Promise<{ [mimeType: string]: string }> {
  const svg = await withDots(spec);
  return hasFonts() ? { "image/png": svgToPng(svg).toString("base64") } : { "image/svg+xml": svg };
}
