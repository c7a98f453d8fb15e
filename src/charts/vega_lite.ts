/**
 * A Vega-Lite specification.
 *
 * @see https://vega.github.io/vega-lite/docs/spec.html
 */
export interface VegaLiteSpec {
  $schema?: string;
  title?: unknown;
  width?: unknown;
  height?: unknown;
  data?: unknown;
  mark?: unknown;
  encoding?: unknown;
  layer?: unknown[];
  config?: { [name: string]: unknown };
  [property: string]: unknown;
}

/** JupyterLab draws Vega-Lite 5.6 and no later schema. */
export const vegaLiteSchema = "https://vega.github.io/schema/vega-lite/v5.json";

export const vegaLiteMime = "application/vnd.vegalite.v5+json";

/** Names a Korean sans serif face of every system: a browser's own fallback may have serifs. */
export const font = "Helvetica, Arial, Apple SD Gothic Neo, Malgun Gothic, Noto Sans KR, NanumGothic, sans-serif";

/** The area of a point, in square pixels. */
export const pointSize = 40;

/** What all charts have in common. No color for the background: JupyterLab's dark theme sets its own. */
const config = {
  font,
  // A quotation mark in a title breaks the descriptions of marks (Vega-Lite 5.6), which a canvas does not have anyway.
  aria: false,
  axis: {
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: "normal",
    labelFlush: false,
    labelLimit: 240,
    titleLimit: 480,
  },
  legend: { labelFontSize: 11, titleFontSize: 12, labelLimit: 240 },
  title: { fontSize: 14, limit: 640 },
  point: { size: pointSize },
};

/** Completes a specification with the schema that JupyterLab draws, and with fonts that have Korean letters. */
export function withDefaults(spec: VegaLiteSpec): VegaLiteSpec {
  return { ...spec, $schema: vegaLiteSchema, config: { ...config, ...spec.config } };
}

/**
 * matplotlib's ten colors, in its order.
 *
 * @see https://matplotlib.org/stable/users/explain/colors/colors.html
 */
export const palette: readonly string[] =
  "#1f77b4 #ff7f0e #2ca02c #d62728 #9467bd #8c564b #e377c2 #7f7f7f #bcbd22 #17becf".split(" ");

/** The color of the nth series; the eleventh has the first again. */
export const nthColor = (index: number): string => palette[index % palette.length]!;
