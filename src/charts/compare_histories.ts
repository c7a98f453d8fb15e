import { escapeText } from "../display/markup";
import type { KindsOf } from "../options/kinds";
import { checkChartOptions, figureKinds, text } from "./chart_options";
import { bestIndex, type HistoryLike, lessIsBetter, notRecorded, pointsOf, recordsOf } from "./history_like";
import { PlotlyFigure } from "./plotly_figure";
import { orGap } from "./values";
import { nthColor, type VegaLiteSpec } from "./vega_lite";

export interface CompareOptions {
  /** Which metric: `"val_accuracy"`. Default: a validation metric that all runs have, else their validation loss, else the same without validation. */
  readonly metric?: string;
  /** Above the chart. Default: the metric's name. */
  readonly title?: string;
  /** Of the whole chart, in pixels. Default 640. */
  readonly width?: number;
  /** Of the whole chart, in pixels. Default 360. */
  readonly height?: number;
}

export const compareKinds: KindsOf<CompareOptions> = { metric: text, ...figureKinds };

interface Run {
  readonly name: string;
  /** The compared metric after each epoch. */
  readonly values: readonly number[];
  /** The epochs of the values, counted from 1. */
  readonly epochs: readonly number[];
  /** The index of its best value, or -1. */
  readonly best: number;
}

/**
 * Draws several trainings on one chart and marks the best.
 *
 * @param histories what `model.fit()` resolved to, by a name for each run
 * @returns a figure that Plotly draws; the best value of all has a star and is named
 * @throws TypeError if something is not a History; RangeError if there is none, or a metric was not recorded
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * const sgd = { history: { loss: [0.9, 0.7], val_accuracy: [0.7, 0.8] } };
 * const adam = { history: { loss: [0.6, 0.4], val_accuracy: [0.8, 0.87] } };
 * keras.charts.compareHistories({ sgd, adam }).describe() // "Figure: val_accuracy (sgd, adam)"
 * ```
 */
export function compareHistories(
  histories: { readonly [name: string]: HistoryLike },
  options: CompareOptions = {},
): PlotlyFigure {
  checkChartOptions("compareHistories()", options, compareKinds);
  return draw(compare(histories, options), options);
}

interface Comparison {
  readonly metric: string;
  readonly runs: readonly Run[];
}

/** The runs' values of one metric. */
export function compare(histories: { readonly [name: string]: HistoryLike }, options: CompareOptions): Comparison {
  const records = Object.entries(histories).map(
    ([name, history]) => [name, recordsOf("compareHistories()", history)] as const,
  );
  if (records.length === 0)
    throw new RangeError("compareHistories() expected at least one history: { adam: history }.");
  const metric = options.metric ?? commonMetric(records.map(([, record]) => Object.keys(record)));
  const runs = records.map(([name, record]): Run => {
    const values = record[metric];
    if (!values) throw notRecorded("compareHistories()", metric, `the history "${name}"`, Object.keys(record));
    const epochs = pointsOf(histories[name]!, metric).map(({ epoch }) => epoch);
    return { name, values, epochs, best: bestIndex(metric, values) };
  });
  if (runs.every(({ values }) => values.length === 0)) {
    throw new RangeError("compareHistories() found no finished epoch in these histories.");
  }
  return { metric, runs };
}

function commonMetric([first = [], ...others]: readonly (readonly string[])[]): string {
  const common = first.filter((name) => others.every((one) => one.includes(name)));
  const rank = (name: string) => Number(!name.startsWith("val_")) * 2 + Number(/^(val_)?loss$/.test(name));
  return common.sort((a, b) => rank(a) - rank(b))[0] ?? "loss";
}

/** The run whose best value is the best of all. */
function winner({ metric, runs }: Comparison): Run | undefined {
  const bests = runs.map(({ values, best }) => values[best] ?? Number.NaN);
  return runs[bestIndex(metric, bests)];
}

/** A training that has not ended. */
export interface Running {
  readonly name: string;
  /** The current epoch, from 1. */
  readonly epoch: number;
  readonly epochs: number;
}

export function draw(comparison: Comparison, options: CompareOptions, running?: Running): PlotlyFigure {
  const { metric, runs } = comparison;
  const { title = metric, width = 640, height = 360 } = options;
  const first = winner(comparison);
  const color = (run: Run) => nthColor(runs.indexOf(run));
  const traces = runs.map((run) => ({
    type: "scatter",
    mode: "lines+markers",
    name: run === first ? `<b>${escapeText(run.name)}</b>` : escapeText(run.name),
    x: run.epochs,
    y: run.values.map(orGap),
    line: { color: color(run) },
  }));
  const recorded = runs.flatMap((run) => run.epochs);
  const begin = Math.min(running?.epoch ?? Number.POSITIVE_INFINITY, ...recorded);
  const end = Math.max(begin + 1, running?.epochs ?? 0, ...recorded);
  const star = first && { epoch: first.epochs[first.best]!, value: first.values[first.best]! };
  const none = runs.some(({ values }) => values.length > 0) ? [`no finite value of ${metric}`] : [];
  const best = star ? [`best: ${first.name} with ${star.value.toFixed(4)} in epoch ${star.epoch}`] : none;
  const now = running ? [`${running.name} trains, epoch ${running.epoch} of ${running.epochs}`] : [];
  const words = [...best, ...now].join(" · ");
  const marked = star && {
    type: "scatter",
    mode: "markers",
    showlegend: false,
    hoverinfo: "skip",
    x: [star.epoch],
    y: [star.value],
    marker: { symbol: "star", size: 15, color: color(first) },
  };
  const layout = {
    title: { text: escapeText(title), ...(words !== "" && { subtitle: { text: escapeText(words) } }) },
    width,
    height,
    xaxis: {
      title: { text: "epoch", standoff: 6 },
      range: [begin - 0.2, end + 0.2],
      dtick: Math.ceil((end + 1 - begin) / 12),
    },
    yaxis: { title: { text: escapeText(metric), standoff: 10 } },
    legend: { itemsizing: "constant" },
    margin: { t: 64, r: 20, b: 44, l: 64 },
    showlegend: true,
  };
  const still = vegaLite(comparison, words === "" ? title : { text: title, subtitle: words }, star ? [star] : []);
  return new PlotlyFigure(marked ? [...traces, marked] : traces, layout, still);
}

/** The same chart for viewers without Plotly. */
function vegaLite({ metric, runs }: Comparison, title: string | object, stars: readonly object[]): VegaLiteSpec {
  const values = runs.flatMap((run) =>
    run.values.map((value, i) => ({ epoch: run.epochs[i], value: orGap(value), run: run.name })),
  );
  const x = { field: "epoch", type: "quantitative", axis: { tickMinStep: 1 }, scale: { zero: false, nice: false } };
  const y = { field: "value", type: "quantitative", title: metric, scale: { zero: false } };
  const scale = { domain: runs.map(({ name }) => name), range: runs.map((_, index) => nthColor(index)) };
  const color = { field: "run", type: "nominal", title: null, scale };
  const lines = { data: { values }, mark: { type: "line", point: true }, encoding: { x, y, color } };
  const mark = {
    data: { values: stars },
    mark: { type: "point", shape: "diamond", size: 160, color: "black", strokeWidth: 2 },
    encoding: { x, y },
  };
  return { title, width: 480, height: 270, layer: [lines, mark] };
}

/** The best last values first, for a table. */
export function ranking({ metric, runs }: Comparison) {
  const sign = lessIsBetter(metric) ? 1 : -1;
  const last = ({ values }: Run) => values.at(-1) ?? Number.NaN;
  return runs
    .toSorted((a, b) => sign * (last(a) - last(b)))
    .map((run) => ({
      run: run.name,
      [`last ${metric}`]: last(run),
      [`best ${metric}`]: run.values[run.best] ?? Number.NaN,
      "at epoch": run.epochs[run.best] ?? 0,
    }));
}
