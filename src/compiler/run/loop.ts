import type * as tf from "@tensorflow/tfjs-core";
import type { Tensor as OnnxTensor, OnnxValue } from "onnxruntime-node";
import { sizeFromShape } from "../../backend/shapes";
import { emitLoop } from "../emit/loop";
import type { DType, Type, Value } from "../graph/value";
import { optimizeStep } from "../passes/optimize";
import { toDType } from "../trace/kernels/kernel";
import { trace } from "../trace/trace";
import { assign, elementsOf, toTensor } from "./results";
import { runtime } from "./runtime";
import { Executable, statistics } from "./sessions";

/** A column of the data: every row, as it is stored. */
export interface LoopColumn {
  readonly values: Uint8Array | Int32Array | Float32Array;
  /** The shape of one row. */
  readonly shape: readonly number[];
  /** The element type that a step gets. */
  readonly dtype: "float32" | "int32" | "bool";
}

/** A step: takes a batch of each column, reads and assigns variables, returns tensors. */
export type LoopStep = (batch: readonly tf.Tensor[]) => readonly tf.Tensor[];

/**
 * A step compiled for one batch size, to be run many times by a single call of ONNX Runtime: the graph gathers each batch
 * from the columns by itself and hands the variables from step to step.
 */
export class CompiledLoop {
  private constructor(
    private readonly executable: Executable,
    /** Variables that are assigned; those in one list travel as one vector. */
    private readonly state: readonly (readonly tf.Variable[])[],
    private readonly fixed: readonly tf.Variable[],
    private readonly results: readonly Type[],
    private readonly batchSize: number,
  ) {}

  /**
   * Traces and compiles a step.
   *
   * @throws {NotCompilable} when the step does something that a graph cannot hold.
   */
  static async compile(step: LoopStep, columns: readonly LoopColumn[], batchSize: number): Promise<CompiledLoop> {
    await runtime();
    const types = columns.map(({ shape, dtype }) => ({ dtype, shape: [batchSize, ...shape] }));
    const traced = trace((...batch) => step(batch), types);
    statistics.traces++;
    const state = [...traced.assigned.keys()];
    const fixed = [...traced.read.keys()].filter((variable) => !traced.assigned.has(variable));
    const before = (variable: tf.Variable) => traced.read.get(variable) as Value;
    const { state: packed, others: perStep } = optimizeStep(
      traced.graph,
      state.map((variable) => ({ before: before(variable), after: traced.assigned.get(variable) as Value })),
      traced.outputs,
    );
    const executable = new Executable(
      emitLoop({
        columns: columns.map((column, i) => ({ dtype: storedType(column), batch: traced.inputs[i]! })),
        state: packed,
        fixed: fixed.map(before),
        perStep,
      }),
    );
    await executable.prepare();
    const groups = packed.map(({ members }) => members.map((index) => state[index]!));
    return new CompiledLoop(executable, groups, fixed, perStep, batchSize);
  }

  /**
   * Runs steps on the batches of row numbers in `order` (a whole number of batches) and updates the variables.
   *
   * @returns what each step returned
   */
  async run(columns: readonly LoopColumn[], rows: number, order: Int32Array): Promise<tf.Tensor[][]> {
    const { Tensor } = await runtime();
    const steps = order.length / this.batchSize;
    const feeds: Record<string, OnnxValue> = {
      steps: new Tensor("int64", BigInt64Array.of(BigInt(steps)), []),
      order: new Tensor("int32", order, [steps, this.batchSize]),
    };
    columns.forEach((column, i) => {
      const { values } = column;
      feeds[`column${i}`] = new Tensor(storedType(column) as "float32", values as Float32Array, [
        rows,
        ...column.shape,
      ]);
    });
    const feed = (name: string, variables: readonly tf.Variable[]) => {
      const first = variables[0]!;
      const shape = variables.length === 1 ? first.shape : [variables.reduce((sum, each) => sum + each.size, 0)];
      feeds[name] = new Tensor(toDType(first.dtype) as "float32", joined(variables) as Float32Array, shape);
    };
    this.fixed.forEach((variable, i) => {
      feed(`fixed${i}`, [variable]);
    });
    this.state.forEach((variables, i) => {
      feed(`state${i}`, variables);
    });
    const outputs = await this.executable.run(feeds);
    this.state.forEach((variables, i) => {
      let offset = 0;
      for (const variable of variables) {
        assign(variable, outputs[`after${i}`] as OnnxTensor, offset);
        offset += variable.size;
      }
    });
    return this.split(outputs, steps);
  }

  /** Cuts the stacked results into those of each step. */
  private split(outputs: Record<string, OnnxValue>, steps: number): tf.Tensor[][] {
    const stacked = this.results.map((_, i) => outputs[`step${i}`] as OnnxTensor);
    return Array.from({ length: steps }, (_, step) =>
      stacked.map((tensor, i) => {
        const { shape } = this.results[i] as Type;
        return toTensor(tensor, shape, step * sizeFromShape(shape));
      }),
    );
  }
}

function storedType({ values }: LoopColumn): DType {
  if (values instanceof Float32Array) return "float32";
  return values instanceof Int32Array ? "int32" : "uint8";
}

/** The elements of several variables one behind the other. */
function joined(variables: readonly tf.Variable[]): Float32Array | Int32Array | Uint8Array {
  const parts = variables.map(elementsOf);
  const first = parts[0] as Float32Array;
  if (parts.length === 1) return first;
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
