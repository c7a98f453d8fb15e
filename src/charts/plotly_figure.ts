import type { MimeBundle } from "../display/host";
import { currentHost } from "../display/tslab_host";
import { describe } from "../options/options";
import { Figure, titleText, VegaLiteFigure } from "./figure";
import { plotlySvg } from "./plotly_svg";
import { checkTraces, type PlotlyTrace, plainData } from "./plotly_traces";
import type { VegaLiteSpec } from "./vega_lite";

/**
 * Plotly's layout.
 *
 * @see https://plotly.com/javascript/reference/layout/
 */
export interface PlotlyLayout {
  title?: unknown;
  [property: string]: unknown;
}

const plotlyMime = "application/vnd.plotly.v1+json";

/** A figure that Plotly draws: in VS Code, and in JupyterLab with the extension that this kernel installs. */
export class PlotlyFigure extends Figure {
  /** The traces; change them and show the figure again. */
  data: PlotlyTrace[];
  layout: PlotlyLayout;
  readonly #still: VegaLiteFigure | undefined;

  /** @param still the same chart for Vega-Lite, from which pictures are made: Plotly draws in browsers only */
  constructor(data: readonly PlotlyTrace[], layout: PlotlyLayout = {}, still?: VegaLiteSpec) {
    super();
    this.data = [...data];
    this.layout = layout;
    this.#still = still && new VegaLiteFigure(still);
  }

  override describe(): string {
    const names = this.data.flatMap(({ name }) => (typeof name === "string" ? plain(name) : []));
    return `Figure: ${plain(titleText(this.layout.title)) || "Plotly chart"}${names.length > 0 ? ` (${names.join(", ")})` : ""}`;
  }

  override bundle(): MimeBundle {
    const figure = JSON.parse(JSON.stringify({ data: this.data, layout: this.layout }, plainData)) as object;
    return { [plotlyMime]: figure, "text/plain": this.describe() };
  }

  override liveBundle(): MimeBundle {
    // The front end of a stock tslab kernel may lack Plotly.
    if (!this.#still || currentHost()?.name !== "tslab") return this.bundle();
    return { ...this.#still.bundle(), "text/plain": this.describe() };
  }

  override async still(): Promise<MimeBundle> {
    return this.#still?.still() ?? {};
  }

  override async toSvg(): Promise<string> {
    if (this.#still) return this.#still.toSvg();
    const { width, height } = this.layout;
    const size = { width: Number(width ?? 700), height: Number(height ?? 360) };
    return plotlySvg(this.bundle()[plotlyMime] as object, size);
  }
}

/**
 * Shows a Plotly figure of your own.
 *
 * @param data the traces; tensors and typed arrays count as arrays
 * @param layout the layout, default `{}`: Plotly's own titles, colors and size (700 by 360 pixels in `toPng()`)
 * @returns a figure; viewers without Plotly (`nbconvert`, GitHub before the notebook was opened) show its text.
 *   `toSvg()` and `toPng()` draw it without a browser if the package jsdom is installed: `npm install jsdom`
 * @throws TypeError for anything but a list of traces; RangeError for an empty list, a type that Plotly does not know, a
 *   trace without data or without a finite number, or lists of different lengths
 * @see https://plotly.com/javascript/reference/
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * keras.charts.plotly([{ type: "bar", x: ["사과", "배"], y: [3, 5] }], { title: { text: "과일" } })
 * ```
 */
export function plotly(data: readonly PlotlyTrace[], layout: PlotlyLayout = {}): PlotlyFigure {
  checkTraces(data);
  if (typeof layout !== "object" || layout === null) {
    throw new TypeError(`plotly() expected a layout like { title: { text: "…" } } but found ${describe(layout)}.`);
  }
  return new PlotlyFigure(data, layout);
}

/** The text of a label, without Plotly's tags. */
function plain(text: string): string {
  const words = text.replaceAll(/<\/?b>|<br>/g, " ").trim();
  return words.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
