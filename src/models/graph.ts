import * as tf from "@tensorflow/tfjs-core";
import { maskOf, rememberMask } from "../backend/mask";
import { formatShape, type KerasTensor, mapTensors, type Node, sourcesOf } from "../layers/keras_tensor";
import type { CallOptions, Layer } from "../layers/layer";

/** The layer calls that lead from a model's inputs to its outputs. */
export class Graph {
  readonly inputs: readonly KerasTensor[];
  readonly outputs: readonly KerasTensor[];
  /** In an order in which each comes after what it needs. */
  readonly nodes: readonly Node[];
  /** Each once, in Keras's order: by distance from the outputs, farthest first. */
  readonly layers: readonly Layer[];

  constructor(inputs: readonly KerasTensor[], outputs: readonly KerasTensor[]) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.nodes = this.#collect();
    this.layers = this.#sortLayers();
    const names = new Set<string>();
    for (const { name } of this.layers) {
      if (names.has(name)) throw new Error(`Two layers of the model are named "${name}". Give one another name.`);
      names.add(name);
    }
  }

  #collect(): Node[] {
    const sorted = new Set<Node>();
    const given = new Set(this.inputs);
    const visit = (tensor: KerasTensor): void => {
      const { node } = tensor;
      if (sorted.has(node)) return;
      if (!given.has(tensor)) {
        const needed = sourcesOf(node);
        if (needed.length === 0) {
          throw new Error(
            `The outputs depend on "${tensor.name}", an Input of shape ${formatShape(tensor.shape)} that is not among the ` +
              "model's inputs. Add it to them.",
          );
        }
        for (const input of needed) visit(input);
      }
      sorted.add(node);
    };
    for (const output of this.outputs) visit(output);
    for (const input of this.inputs) visit(input);
    return [...sorted];
  }

  /** How many calls lie between each node and the outputs. */
  nodeDepths(): Map<Node, number> {
    const depths = new Map<Node, number>();
    const given = new Set(this.inputs);
    for (const node of this.nodes.toReversed()) {
      const depth = depths.get(node) ?? 0;
      depths.set(node, depth);
      if (node.outputs.some((output) => given.has(output))) continue;
      for (const input of sourcesOf(node)) depths.set(input.node, Math.max(depths.get(input.node) ?? 0, depth + 1));
    }
    return depths;
  }

  #sortLayers(): Layer[] {
    const order = new Map<Layer, number>();
    const given = new Set(this.inputs);
    const seen = new Set<Node>();
    const visit = (tensor: KerasTensor): void => {
      const { node } = tensor;
      // By call: each call of a shared layer leads to layers of its own.
      if (seen.has(node)) return;
      seen.add(node);
      if (!order.has(node.layer)) order.set(node.layer, order.size);
      if (!given.has(tensor)) sourcesOf(node).forEach(visit);
    };
    this.outputs.forEach(visit);
    this.inputs.forEach(visit);
    const depths = new Map<Layer, number>();
    for (const [node, depth] of this.nodeDepths()) {
      depths.set(node.layer, Math.max(depths.get(node.layer) ?? 0, depth));
    }
    const position = (layer: Layer) => order.get(layer) ?? 0;
    return [...order.keys()].sort((a, b) => (depths.get(b) ?? 0) - (depths.get(a) ?? 0) || position(a) - position(b));
  }

  /** Computes the outputs for inputs in the order of {@link inputs}. */
  run(inputs: readonly tf.Tensor[], options: CallOptions): tf.Tensor[] {
    const values = new Map<KerasTensor, tf.Tensor>();
    for (const [i, input] of this.inputs.entries()) values.set(input, fit(inputs[i]!, input));
    for (const node of this.nodes) {
      if (node.outputs.every((output) => values.has(output))) continue;
      const value = (tensor: KerasTensor) => values.get(tensor) as tf.Tensor;
      const given = Array.isArray(node.inputs) ? node.inputs.map(value) : value(node.inputs as KerasTensor);
      const result = node.layer.run(given, {
        ...mapTensors(node.options, value),
        ...options,
      });
      const results = Array.isArray(result) ? result : [result];
      for (const [i, output] of node.outputs.entries()) values.set(output, results[i]!);
    }
    return this.outputs.map((output) => values.get(output) as tf.Tensor);
  }
}

/** Data as an input wants it: its type, and an axis of 1 more or less at the end. */
function fit(value: tf.Tensor, input: KerasTensor): tf.Tensor {
  let fitted = value;
  if (fitted.rank === input.rank + 1 && fitted.shape.at(-1) === 1) fitted = tf.squeeze(fitted, [-1]);
  else if (fitted.rank === input.rank - 1 && input.shape.at(-1) === 1) fitted = tf.expandDims(fitted, -1);
  if (fitted.dtype !== input.dtype) fitted = tf.cast(fitted, input.dtype);
  const mask = maskOf(value);
  if (mask !== undefined && fitted !== value) rememberMask(fitted, mask);
  const fits =
    fitted.rank === input.rank && input.shape.every((size, axis) => size === null || size === fitted.shape[axis]);
  if (!fits) throw new RangeError(inputMismatch(input, value.shape));
  return fitted;
}

/** What to say of data that does not fit an input. */
export function inputMismatch(input: KerasTensor, found: readonly (number | null)[]): string {
  const sizes = (shape: readonly (number | null)[]) =>
    shape.slice(1).reduce<number>((product, n) => product * (n ?? 1), 1);
  const expected = `Expected data of shape ${formatShape(input.shape)} for input "${input.name}" but found ${formatShape(found)}.`;
  if (found.length === input.rank + 1 && String(found.slice(2)) === String(input.shape.slice(1))) return expected;
  if (String(found) === String(input.shape.slice(1)))
    return `${expected} For a single sample add the batch axis: expandDims(0).`;
  if (sizes(found) !== sizes(input.shape)) return expected;
  const shape = `[-1, ${input.shape.slice(1).join(", ")}]`;
  return `${expected} Reshape the data to ${shape}, or start the model with a layer that does${input.rank === 2 ? " (Flatten)" : ""}.`;
}
