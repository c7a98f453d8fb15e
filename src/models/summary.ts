import type * as tf from "@tensorflow/tfjs-core";
import stringWidth from "string-width";
import { type BoxColumn, boxTable } from "../display/box_table";
import { fixed } from "../display/decimals";
import { formatShape, type Node, sourcesOf } from "../layers/keras_tensor";
import type { Layer } from "../layers/layer";
import * as kinds from "../options/kinds";
import { checkOptions } from "../options/options";
import type { ModelParts } from "./model_parts";

/** What `summary` takes. */
export interface SummaryOptions {
  /** Width of the table in character cells. Default: the terminal's less 4, at most 88 (108 for branching models). */
  readonly lineLength?: number;
  /** Where the columns end: shares of the width. Default as in Keras. */
  readonly positions?: readonly number[];
  /** Called with the whole text. Default `console.log`. */
  readonly printFn?: (text: string) => void;
  /** Shows the layers of models inside the model. Default false. */
  readonly expandNested?: boolean;
  /** Adds a column that says which layers are trained. Default false. */
  readonly showTrainable?: boolean;
  /** `"keras2"` prints the table as Keras 2 did. Default `"keras3"`. */
  readonly style?: "keras3" | "keras2";
}

const summaryKinds: kinds.KindsOf<SummaryOptions> = {
  lineLength: kinds.count,
  positions: kinds.listOf("shares of the width", kinds.share),
  printFn: kinds.callback,
  expandNested: kinds.boolean,
  showTrainable: kinds.boolean,
  style: kinds.oneOf("keras3", "keras2"),
};

/** The summary of a model as text. */
export function summarize(model: ModelParts, options: SummaryOptions = {}): string {
  checkOptions("model.summary()", options, summaryKinds);
  const chain = isChain(model);
  const keras2 = options.style === "keras2";
  const style = keras2
    ? { width: chain ? 65 : 98, positions: chain ? [0.45, 0.85, 1] : [0.33, 0.55, 0.67, 1] }
    : { width: chain ? 88 : 108, positions: chain ? [0.45, 0.8, 1] : [0.3, 0.56, 0.74, 1] };
  let positions = options.positions ?? style.positions;
  let width = style.width;
  if (options.showTrainable) {
    positions = [...positions.map((position) => position * 0.9), 1];
    width += 12;
  }
  if (!keras2) width = Math.min(width, terminalWidth() - 4);
  width = options.lineLength ?? width;
  const columns = makeColumns(chain, options.showTrainable ?? false, positions, width);
  const shown = model.graph === undefined || model.className === "Sequential" ? model.layers : model.graph.layers;
  const rows = shown.flatMap((layer) => layerRows(layer, chain, options, model, 0));
  return keras2 ? keras2Text(model, columns, rows, width) : keras3Text(model, columns, rows, width);
}

const terminalWidth = (): number => process.stdout.columns ?? (Number(process.env["COLUMNS"]) || 80);

function makeColumns(chain: boolean, trainable: boolean, positions: readonly number[], width: number): BoxColumn[] {
  const columns: Omit<BoxColumn, "width">[] = [
    { title: "Layer (type)", align: "left" },
    { title: "Output Shape", align: "left" },
    { title: "Param #", align: "right" },
    ...(chain ? [] : [{ title: "Connected to", align: "left" } as const]),
    ...(trainable ? [{ title: "Trainable", align: "center" } as const] : []),
  ];
  if (positions.length !== columns.length) {
    throw new RangeError(
      `summary() expected ${columns.length} positions, one for each column, but found ${positions.length}.`,
    );
  }
  const ends = positions.map((position) => Math.trunc(position * width));
  return columns.map((column, i) => {
    const size = ends[i]! - (ends[i - 1] ?? 0);
    if (size < 4) throw new RangeError(`summary(): ${width} characters are too narrow for the table.`);
    return { ...column, width: size };
  });
}

/** Whether the layers follow one another without branches. */
function isChain(model: ModelParts): boolean {
  const { graph } = model;
  if (model.className === "Sequential" || graph === undefined) return true;
  const depths = [...graph.nodeDepths().values()];
  const single = new Set(depths).size === depths.length && graph.nodes.every((node) => sourcesOf(node).length < 2);
  return single && new Set(graph.nodes.map((node) => node.layer)).size === graph.nodes.length;
}

function layerRows(
  layer: Layer,
  chain: boolean,
  options: SummaryOptions,
  model: ModelParts,
  level: number,
): string[][] {
  const prefix = level === 0 ? "" : `${"   ".repeat(level)}└ `;
  const params = layer.built ? layer.countParams().toLocaleString("en-US") : "0 (unbuilt)";
  const row = [`${prefix}${layer.name} (${layer.kind})`, outputShapeOf(layer), params];
  if (!chain) row.push(connectionsOf(layer, model));
  if (options.showTrainable) row.push(layer.weights.length === 0 ? "-" : layer.trainable ? "Y" : "N");
  const inner = options.expandNested ? ((layer as Partial<ModelParts>).layers ?? []) : [];
  return [row, ...inner.flatMap((each) => layerRows(each, chain, options, model, level + 1))];
}

function outputShapeOf(layer: Layer): string {
  const node = layer.inboundNodes.at(-1);
  const outputs = node?.outputs ?? (layer as Partial<ModelParts>).graph?.outputs ?? [];
  // Keras's summary writes a shape of one axis without Python's comma.
  const shapes = outputs.map(({ shape }) => formatShape(shape).replace(",)", ")"));
  return shapes.length > 1 ? `[${shapes.join(", ")}]` : (shapes[0] ?? "?");
}

function connectionsOf(layer: Layer, model: ModelParts): string {
  const relevant = new Set<Node>(model.graph?.nodes);
  const sources = layer.inboundNodes.filter((node) => relevant.has(node)).flatMap(sourcesOf);
  const connections = sources.map(({ node, index }) => {
    const call = Math.max(node.layer.inboundNodes.indexOf(node), 0);
    return `${node.layer.name}[${call}][${index}]`;
  });
  return connections.join(", ") || "-";
}

function readableSize(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB", "PB"];
  const power = bytes === 0 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  return `${fixed(bytes / 1024 ** power, 2)} ${units[power]}`;
}

/** How many numbers variables hold, and in how many bytes. */
function amountOf(variables: readonly tf.Tensor[]): { count: number; bytes: number } {
  let [count, bytes] = [0, 0];
  for (const { size, dtype, rank } of new Set(variables)) {
    count += size;
    // TensorFlow.js has no 64-bit integers; Keras counts its optimizers' iterations in one.
    bytes += size * (dtype === "bool" ? 1 : dtype === "int32" && rank === 0 ? 8 : 4);
  }
  return { count, bytes };
}

/** The lines below the table: what is counted, how many numbers, in how many bytes. */
function totals(model: ModelParts): [label: string, count: string, size: string][] {
  const optimizer = model.compiled && model.optimizer.built ? model.optimizer.variables : [];
  const groups: [label: string, variables: readonly tf.Tensor[]][] = [
    ["Total params", [...model.weights, ...optimizer]],
    ["Trainable params", model.trainableWeights],
    ["Non-trainable params", model.nonTrainableWeights],
    ...(optimizer.length === 0 ? [] : [["Optimizer params", optimizer] satisfies [string, readonly tf.Tensor[]]]),
  ];
  return groups.map(([label, variables]) => {
    const { count, bytes } = amountOf(variables);
    return [label, count.toLocaleString("en-US"), readableSize(bytes)];
  });
}

function keras3Text(
  model: ModelParts,
  columns: readonly BoxColumn[],
  rows: readonly string[][],
  width: number,
): string {
  const amounts = totals(model).map(([label, count, size]) => ` ${label}: ${count} (${size})\n`);
  return `Model: "${model.name}"\n${boxTable(columns, rows, width)}\n${amounts.join("")}`;
}

/** The table as Keras 2 printed it (its version 2.4, which the tutorials of its time show). */
function keras2Text(
  model: ModelParts,
  columns: readonly BoxColumn[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const line = (cells: readonly string[]) => {
    let text = "";
    let end = 0;
    for (const [i, cell] of cells.entries()) {
      end += columns[i]!.width;
      text += (text === "" ? "" : " ") + cell;
      // A cell that is too long is cut, as Keras 2 cut it.
      while (stringWidth(text) >= end && i < cells.length - 1) text = [...text].slice(0, -1).join("");
      text += " ".repeat(Math.max(end - stringWidth(text), 0));
      if (i < cells.length - 1) text = text.slice(0, -1);
    }
    return text;
  };
  const plainNumbers = rows.map(([name = "", shape = "", params = "", ...more]) =>
    line([name, shape, params.replaceAll(",", "").replace(" (unbuilt)", ""), ...more]),
  );
  const amounts = totals(model)
    .filter(([label]) => label !== "Optimizer params")
    .map(([label, count]) => `${label}: ${count}`);
  return [
    `Model: "${model.name}"`,
    "_".repeat(width),
    line(columns.map(({ title }) => title)),
    "=".repeat(width),
    plainNumbers.join(`\n${"_".repeat(width)}\n`),
    "=".repeat(width),
    ...amounts,
    "_".repeat(width),
    "",
  ].join("\n");
}
