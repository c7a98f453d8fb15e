import { formatShape, type KerasTensor, type Node, sourcesOf } from "../layers/keras_tensor";
import { Graph } from "../models/graph";
import * as kinds from "../options/kinds";
import { describe } from "../options/options";
import { checkChartOptions } from "./chart_options";
import { VegaLiteFigure } from "./figure";
import type { VegaLiteSpec } from "./vega_lite";

/** What `plotModel` needs of a model. */
export interface GraphLike {
  readonly name: string;
  readonly inputs: readonly KerasTensor[];
  readonly outputs: readonly KerasTensor[];
}

export interface PlotModelOptions {
  /** Whether each box shows the shape of its output. Default true. */
  readonly showShapes?: boolean;
  /** Whether each box shows the layer's name beside its class. Default true. */
  readonly showLayerNames?: boolean;
  /** Whether each box shows how many parameters the layer has. Default false. */
  readonly showParams?: boolean;
}

const plotModelKinds: kinds.KindsOf<PlotModelOptions> = {
  showShapes: kinds.boolean,
  showLayerNames: kinds.boolean,
  showParams: kinds.boolean,
};

interface Box {
  readonly node: Node;
  readonly text: readonly string[];
  readonly x: number;
  readonly y: number;
}

const lineHeight = 15;
const gap = { x: 24, y: 30 };

/**
 * Draws a model as a graph: a box for each call of a layer, data flowing down.
 *
 * @param model a model with known inputs (a Sequential that begins with an Input, or has been built)
 * @param options see {@link PlotModelOptions}
 * @returns a figure
 * @throws TypeError for anything but a model; the model's own error if it is not built
 * @see https://keras.io/api/utils/model_plotting_utils/
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * const input = keras.Input([4]);
 * const hidden = keras.layers.Dense(8, { name: "은닉층" }).apply(input);
 * const output = keras.layers.Dense(1).apply(hidden);
 * keras.charts.plotModel(keras.Model({ inputs: input, outputs: output, name: "작은 모델" })).describe() // "Figure: 작은 모델"
 * ```
 */
export function plotModel(model: GraphLike, options: PlotModelOptions = {}): VegaLiteFigure {
  checkChartOptions("plotModel()", options, plotModelKinds);
  if (!Array.isArray(model?.inputs) || !Array.isArray(model.outputs)) {
    throw new TypeError(`plotModel() expected a model but found ${describe(model)}.`);
  }
  const graph = new Graph(model.inputs, model.outputs);
  return new VegaLiteFigure({ title: model.name, ...draw(graph, place(graph, options)) });
}

/** Rows by distance from the outputs; within a row, boxes in the order of the middle of their sources. */
function place(graph: Graph, options: PlotModelOptions): Map<Node, Box> {
  const depths = graph.nodeDepths();
  const deepest = Math.max(...depths.values());
  const boxes = new Map<Node, Box>();
  const above = (node: Node) => {
    const sources = nodesBefore(graph, node).map((source) => boxes.get(source)?.x ?? 0);
    return sources.reduce((sum, x) => sum + x, 0) / Math.max(sources.length, 1);
  };
  for (let y = 0; y <= deepest; y++) {
    const nodes = graph.nodes.filter((node) => depths.get(node) === deepest - y);
    nodes.sort((a, b) => above(a) - above(b));
    for (const [index, node] of nodes.entries()) {
      boxes.set(node, { node, text: textOf(node, options), x: index - (nodes.length - 1) / 2, y });
    }
  }
  return boxes;
}

function nodesBefore({ inputs }: Graph, node: Node): Node[] {
  if (node.outputs.some((output) => inputs.includes(output))) return [];
  return sourcesOf(node).map((tensor) => tensor.node);
}

function textOf({ layer, outputs }: Node, options: PlotModelOptions): string[] {
  const { showShapes = true, showLayerNames = true, showParams = false } = options;
  const name = showLayerNames ? `${layer.name} (${layer.kind})` : layer.kind;
  const shapes = outputs.map(({ shape }) => formatShape(shape)).join(", ");
  return [name, ...(showShapes ? [shapes] : []), ...(showParams ? [`${layer.countParams()} params`] : [])];
}

/** An upper bound, in pixels: Hangul is about twice as wide as Latin. */
const textWidth = (text: string) =>
  [...text].reduce((sum, one) => sum + ((one.codePointAt(0) ?? 0) > 0x10ff ? 12 : 7), 0);

function draw(graph: Graph, boxes: ReadonlyMap<Node, Box>): VegaLiteSpec {
  const all = [...boxes.values()];
  const lines = all[0]!.text.length;
  const size = {
    width: Math.max(...all.flatMap(({ text }) => text.map(textWidth))) + 20,
    height: lines * lineHeight + 12,
  };
  const step = { x: size.width + gap.x, y: size.height + gap.y };
  const widest = Math.max(...all.map(({ x }) => Math.abs(x)));
  const rows = 1 + Math.max(...all.map(({ y }) => y));
  let lanes = 0;
  const edges = all.flatMap((to, index) =>
    nodesBefore(graph, to.node).flatMap((source, nth) => {
      const from = boxes.get(source)!;
      const top = { x: from.x * step.x, y: from.y * step.y + size.height };
      const bottom = { x: to.x * step.x, y: to.y * step.y };
      const middle: { x: number; y: number }[] = [];
      if (to.y - from.y > 1) {
        // An edge that skips rows goes around the boxes between.
        const lane = widest * step.x + size.width / 2 + 14 * ++lanes;
        middle.push({ x: lane, y: top.y + gap.y / 2 }, { x: lane, y: bottom.y - gap.y / 2 });
      }
      return [top, ...middle, bottom].map((point, order) => ({ ...point, order, edge: `${index}.${nth}` }));
    }),
  );
  const ends = edges.filter(({ order, edge }, i) => order > 0 && edges[i + 1]?.edge !== edge);
  const half = widest * step.x + size.width / 2 + 4;
  const bare = { type: "quantitative", axis: null };
  const x = { field: "x", ...bare, scale: { domain: [-half, half + 14 * lanes], nice: false } };
  const y = { field: "y", ...bare, scale: { domain: [-2, rows * step.y - gap.y + 2], nice: false, reverse: true } };
  const centers = all.map((box) => ({ x: box.x * step.x, y: box.y * step.y + size.height / 2, text: box.text }));
  const stroke = "#888"; // visible in the light and the dark theme
  const dy = (-lineHeight * (lines - 1)) / 2; // Vega centers the first line only
  const layer = (values: readonly object[], mark: object, encoding: object = {}) => ({
    data: { values },
    mark,
    encoding: { x, y, ...encoding },
  });
  const path = { detail: { field: "edge", type: "nominal" }, order: { field: "order", type: "quantitative" } };
  const arrow = {
    type: "point",
    shape: "triangle-down",
    filled: true,
    color: stroke,
    size: 50,
    yOffset: -3,
    opacity: 1,
  };
  const text = { type: "text", fontSize: 12, color: "#222", lineHeight, baseline: "middle", dy };
  return {
    width: half * 2 + 14 * lanes,
    height: rows * step.y - gap.y + 4,
    view: { stroke: null },
    layer: [
      layer(edges, { type: "line", color: stroke, strokeWidth: 1.2, interpolate: "monotone" }, path),
      layer(ends, arrow),
      layer(centers, { type: "rect", ...size, cornerRadius: 4, fill: "#eef3fa", stroke, opacity: 1 }),
      layer(centers, text, { text: { field: "text" } }),
    ],
  };
}
