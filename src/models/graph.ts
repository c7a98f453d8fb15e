import * as tf from "@tensorflow/tfjs-core";
import { asList } from "../backend/lists";
import { maskOf, rememberMask } from "../backend/mask";
import { formatShape, type KerasTensor, mapTensors, type Node, sourcesOf } from "../layers/keras_tensor";
import type { CallOptions, Layer } from "../layers/layer";
import { inputMismatch, matches } from "../trainers/input_shape";

/** The layer calls that lead from a model's inputs to its outputs. */
export class Graph {
  readonly inputs: readonly KerasTensor[];
  readonly outputs: readonly KerasTensor[];
  /** Sorted so that each comes after what it needs. */
  readonly nodes: readonly Node[];
  /** In Keras's order: by distance from the outputs, farthest first. */
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
      // Each call of a shared layer leads to other layers.
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
      const value = (tensor: KerasTensor) => values.get(tensor)!;
      const given = Array.isArray(node.inputs) ? node.inputs.map(value) : value(node.inputs as KerasTensor);
      const result = node.layer.run(given, { ...mapTensors(node.options, value), ...options });
      const results = asList(result);
      for (const [i, output] of node.outputs.entries()) values.set(output, results[i]!);
    }
    return this.outputs.map((output) => values.get(output)!);
  }
}

/** Data cast to the type of an input, with its number of axes: one of 1 at the end is added or removed. */
function fit(value: tf.Tensor, input: KerasTensor): tf.Tensor {
  let fitted = value;
  if (fitted.rank === input.rank + 1 && fitted.shape.at(-1) === 1) fitted = tf.squeeze(fitted, [-1]);
  else if (fitted.rank === input.rank - 1 && input.shape.at(-1) === 1) fitted = tf.expandDims(fitted, -1);
  if (fitted.dtype !== input.dtype) fitted = tf.cast(fitted, input.dtype);
  const mask = maskOf(value);
  if (mask !== undefined && fitted !== value) rememberMask(fitted, mask);
  if (!matches(fitted.shape, input.shape)) throw new RangeError(inputMismatch(input, value.shape));
  return fitted;
}
