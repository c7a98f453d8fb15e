import { writeFile } from "node:fs/promises";
import type * as tf from "@tensorflow/tfjs-core";
import { attributeProto, Emitter, type Length, valueInfo } from "./emit/emit";
import { encodeModel } from "./emit/schema";
import { nodesOf } from "./graph/order";
import { type Data, type DType, type Node, sameShape, type Value } from "./graph/value";
import { optimize } from "./passes/optimize";
import { substitute } from "./passes/pass";
import { elementsOf } from "./run/results";
import { toDType } from "./trace/kernels/kernel";
import { trace } from "./trace/trace";

/** A named input of an exported model; `null` in its shape is the batch. */
export interface Port {
  readonly name: string;
  readonly shape: readonly (number | null)[];
  readonly dtype: DType;
}

/** A function to export, with the names of its inputs and outputs. */
export interface Exported {
  readonly run: (inputs: readonly tf.Tensor[]) => readonly tf.Tensor[];
  readonly inputs: readonly Port[];
  readonly outputNames: readonly string[];
}

// Any two sizes would do; these are unlikely to be lengths of something else.
const TRIAL_BATCHES = [97, 89] as const;

/**
 * Writes a function as an ONNX model (operator set 18) that takes batches of any size. Variables become constants.
 *
 * The function is traced with two batch sizes. What differs between the two graphs depends on the batch; the model computes it
 * from the shape of an input.
 *
 * @throws when the function has no compiled form, or depends on the batch in a way that one graph cannot express.
 */
export async function exportOnnx(path: string, exported: Exported): Promise<void> {
  await writeFile(path, onnxModel(exported));
}

/** The bytes of {@link exportOnnx}'s file. */
export function onnxModel({ run, inputs, outputNames }: Exported): Uint8Array {
  const attempt = (batch: number): Trial => {
    const types = inputs.map(({ dtype, shape }) => ({ dtype, shape: shape.map((length) => length ?? batch) }));
    const { graph, inputs: values, outputs, read } = trace((...xs) => run(xs), types, true);
    const constants = new Map<Value, Value>();
    for (const [variable, value] of read) {
      constants.set(value, graph.constant(elementsOf(variable), toDType(variable.dtype), variable.shape));
    }
    return { inputs: values, outputs: optimize(graph, substitute(graph, outputs, constants)) };
  };
  const [first, second] = [attempt(TRIAL_BATCHES[0]), attempt(TRIAL_BATCHES[1])];

  const emitter = new Emitter();
  for (const [i, { name }] of inputs.entries()) emitter.bind(first.inputs[i]!, name);
  bindBatchSizes(emitter, first, second, inputs);
  emitter.emit(first.outputs, outputNames);
  const outputs = outputNames.map((name, i) => {
    const [a, b] = [first.outputs[i]!, second.outputs[i]!];
    return valueInfo(name, { dtype: a.dtype, shape: symbolic(a.shape, b.shape) });
  });
  const declared = inputs.map(({ name, dtype, shape }) =>
    valueInfo(name, { dtype, shape: shape.map((length) => length ?? "batch") }),
  );
  return encodeModel(emitter.graph("model", declared, outputs));
}

interface Trial {
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
}

/** Lengths that are the same in both trials, and names for those that are not. */
function symbolic(a: readonly number[], b: readonly number[]): Length[] {
  return a.map((length, axis) => {
    if (length === b[axis]) return length;
    return length === TRIAL_BATCHES[0] ? "batch" : `batch_${length / TRIAL_BATCHES[0]}`;
  });
}

/** Binds every shape that differs between the trials to one computed from the batch size: it is linear in it. */
function bindBatchSizes(emitter: Emitter, first: Trial, second: Trial, inputs: readonly Port[]): void {
  const [a, b] = [nodesOf(first.outputs), nodesOf(second.outputs)];
  const refuse = (what: string): never => {
    throw new Error(`The model cannot be exported for batches of any size: ${what} depends on the number of rows.`);
  };
  if (a.length !== b.length) refuse("what it computes");
  let batch = "";
  const batchSize = (): string => {
    if (batch) return batch;
    const source = inputs.find(({ shape }) => shape.includes(null)) ?? refuse("a model without a batch axis");
    emitter.append("Shape", [source.name], ["input_shape"]);
    const axis = emitter.integersOf([source.shape.indexOf(null)]);
    emitter.append("Gather", ["input_shape", axis], ["batch_size"], [attributeProto("axis", 0)]);
    batch = "batch_size";
    return batch;
  };
  a.forEach((node, i) => {
    const other = b[i]!;
    if (node.op !== other.op) refuse("what it computes");
    const [x, y] = [shapeIn(node), shapeIn(other)];
    if (!x || !y) {
      if (node.data && Buffer.compare(bytes(node.data), bytes(other.data!)) !== 0) refuse("a constant in it");
      return;
    }
    if (sameShape(x, y)) return;
    const slope = x.map((length, axis) => (length - y[axis]!) / (TRIAL_BATCHES[0] - TRIAL_BATCHES[1]));
    if (!slope.every(Number.isInteger)) refuse("a shape in it");
    const offset = x.map((length, axis) => length - slope[axis]! * TRIAL_BATCHES[0]);
    const name = `shape${i}`;
    emitter.append("Mul", [batchSize(), emitter.integersOf(slope)], [`${name}_scaled`]);
    emitter.append("Add", [`${name}_scaled`, emitter.integersOf(offset)], [name]);
    if (node.op === "Fill") emitter.bindShape(node, name);
    else emitter.bind(node.outputs[0]!, name);
  });
}

/** The shape (or axes, or bounds) that a node consists of: that of a `Fill`, or a constant of 64-bit integers. */
function shapeIn({ op, outputs, data }: Node): readonly number[] | undefined {
  if (op === "Fill") return outputs[0]!.shape;
  return data instanceof BigInt64Array ? Array.from(data, Number) : undefined;
}

const bytes = (data: Data) => Buffer.from(data.buffer, data.byteOffset, data.byteLength);
