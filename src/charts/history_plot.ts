import * as kinds from "../options/kinds";
import { checkChartOptions, figureKinds } from "./chart_options";
import { VegaLiteFigure } from "./figure";
import { type HistoryLike, metricNames, notRecorded, pointsOf, recordsOf, validationName } from "./history_like";
import { orGap } from "./values";
import { nthColor, type VegaLiteSpec } from "./vega_lite";

/** Values within the running epoch, by metric; `epoch` counts from 0 and has fractions. */
type Trail = { readonly [name: string]: readonly { readonly epoch: number; readonly value: number }[] };

export interface HistoryPlotOptions {
  /** Which metrics, one chart each, training and validation paired: `["accuracy"]`. Default: loss and every metric. */
  readonly metrics?: readonly string[];
  /** Above the charts. Default none. */
  readonly title?: string;
  /** Of each chart, in pixels. Default 260. */
  readonly width?: number;
  /** Of each chart, in pixels. Default 200. */
  readonly height?: number;
}

/** A chart that fills in while training runs. */
interface Unfinished {
  /** The epoch at which the x axis ends. Default: the last recorded. */
  readonly epochs?: number;
  /** The training values of the epoch that is running. */
  readonly trail?: Trail;
  /** Series with more points than this are thinned. Default: none is. */
  readonly mostPoints?: number;
}

export const historyPlotKinds: kinds.KindsOf<HistoryPlotOptions> = { metrics: kinds.list, ...figureKinds };

/** More markers than this on a line hide the line. */
const mostMarkers = 40;

/**
 * Draws how training went: a chart for the loss and one for each metric, training and validation paired.
 *
 * @param history what `model.fit()` resolved to; `history.plot()` calls this
 * @returns a figure; epochs count from 1, as `fit` prints them; a value that is not finite leaves a gap
 * @throws TypeError for anything but a History; RangeError for a metric that was not recorded, or before the first epoch
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * const history = { history: { loss: [0.9, 0.5], val_loss: [0.8, 0.6] } };
 * keras.charts.plotHistory(history).describe() // "Figure: loss over 2 epochs"
 * ```
 */
export function plotHistory(history: HistoryLike, options: HistoryPlotOptions = {}): VegaLiteFigure {
  checkChartOptions("history.plot()", options, historyPlotKinds);
  const records = recordsOf("plotHistory()", history);
  if (!Object.values(records).some((values) => values.length > 0)) {
    throw new RangeError("history.plot() found no finished epoch in this history.");
  }
  return drawHistory(history, options);
}

/** Draws a history that may be unfinished. */
export function drawHistory(history: HistoryLike, options: HistoryPlotOptions & Unfinished): VegaLiteFigure {
  const records = history.history;
  const known = metricNames({ ...options.trail, ...records });
  const { metrics = known, title } = options;
  for (const metric of metrics) {
    if (!known.includes(metric)) throw notRecorded("history.plot()", metric, "this history", known);
  }
  const finished = Math.max(0, ...metrics.map((metric) => records[metric]?.length ?? 0));
  const charts = metrics.map((metric) => chart(metric, history, options));
  const above = title === undefined ? {} : { title: { text: title, anchor: "middle" } };
  class HistoryFigure extends VegaLiteFigure {
    override describe(): string {
      return `Figure: ${metrics.join(" and ")} over ${finished} epoch${finished === 1 ? "" : "s"}`;
    }
  }
  return new HistoryFigure(charts.length === 1 ? { ...charts[0], ...above } : { ...above, hconcat: charts });
}

function chart(metric: string, history: HistoryLike, options: HistoryPlotOptions & Unfinished): VegaLiteSpec {
  const { trail, mostPoints = Number.POSITIVE_INFINITY, width = 260, height = 200 } = options;
  const training = pointsOf(history, metric);
  const validation = validationName(metric) in history.history && pointsOf(history, validationName(metric));
  const parts = Object.entries({ training, ...(validation && { validation }) });
  const recorded = parts.flatMap(([, points]) => points.map(({ epoch }) => epoch));
  const running = (trail?.[metric] ?? []).map(({ epoch }) => Math.ceil(epoch));
  // The first epoch is not 1 in a training that goes on (`initialEpoch`).
  const begin = recorded.length + running.length === 0 ? 1 : Math.min(...recorded, ...running);
  const { epochs = Math.max(begin, ...recorded) } = options;
  const values = parts.flatMap(([part, points]) => {
    const stride = Math.ceil(points.length / mostPoints) || 1;
    return Array.from({ length: Math.ceil(points.length / stride) }, (_, index) => {
      const { epoch, value } = points[Math.min((index + 1) * stride, points.length) - 1]!;
      return { epoch, value: orGap(value), part };
    });
  });
  for (const { epoch, value } of trail?.[metric] ?? []) values.push({ epoch, value: orGap(value), part: "training" });
  const gaps = values.filter(({ value }) => value === null).length;
  const first = trail ? begin - 1 : begin;
  const scale = { domain: [first, Math.max(epochs, first + 1)], nice: false };
  const axis = { values: wholeEpochs(first, Math.max(epochs, begin + 1)), format: "d" };
  const colors = { domain: parts.map(([part]) => part), range: parts.map((_, index) => nthColor(index)) };
  return {
    ...(gaps > 0 && { title: { text: metric, subtitle: `${gaps} value${gaps === 1 ? " is" : "s are"} not finite` } }),
    width,
    height,
    data: { values },
    mark: { type: "line", point: !trail && training.length <= mostMarkers },
    encoding: {
      x: { field: "epoch", type: "quantitative", scale, axis },
      y: { field: "value", type: "quantitative", title: metric, scale: { zero: false } },
      color: { field: "part", type: "nominal", title: null, scale: colors, legend: { orient: "top" } },
      tooltip: ["epoch", "part", "value"].map((field) => ({ field })),
    },
  };
}

/** Some whole epochs from the first to the last, at most nine. */
function wholeEpochs(first: number, last: number): number[] {
  const stride = Math.ceil((last - first) / 8);
  const count = 1 + Math.floor((last - first) / stride);
  return Array.from({ length: count }, (_, index) => first + index * stride);
}
