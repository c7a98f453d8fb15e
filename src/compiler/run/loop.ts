import type * as tf from "@tensorflow/tfjs-core";
import type { OnnxValue } from "onnxruntime-node";
import { sizeFromShape } from "../../backend/shapes";
import { emitLoop } from "../emit/loop";
import type { DType, Type, Value } from "../graph/value";
import { optimizeStep } from "../passes/optimize";
import { toDType } from "../trace/kernels/kernel";
import { trace } from "../trace/trace";
import { assign, type Elements, elementsOf, toTensor } from "./results";
import { runtime } from "./runtime";
import { Executable, statistics } from "./sessions";

/** A column of the data: every row, as it is stored. */
export interface LoopColumn {
  readonly values: Elements;
  /** The shape of one row. */
  readonly shape: readonly number[];
  /** The element type that a step gets. */
  readonly dtype: "float32" | "int32" | "bool";
}

/** A step: takes a batch of each column, reads and assigns variables, returns tensors. */
export type LoopStep = (batch: readonly tf.Tensor[]) => readonly tf.Tensor[];

interface Parts {
  readonly executable: Executable;
  /** Variables that are assigned; those in one list travel as one vector. */
  readonly state: readonly (readonly tf.Variable[])[];
  readonly fixed: readonly tf.Variable[];
  readonly results: readonly Type[];
  readonly batchSize: number;
}

/**
 * A step compiled for one batch size, which one call of ONNX Runtime runs many times: the graph gathers each batch from the
 * columns and passes the variables from step to step.
 */
export class CompiledLoop {
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

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
    const results = perStep.map(({ dtype, shape }) => ({ dtype, shape }));
    return new CompiledLoop({ executable, state: groups, fixed, results, batchSize });
  }

  /**
   * Runs steps on the batches of row numbers in `order` (a whole number of batches) and updates the variables.
   *
   * @returns what each step returned
   */
  async run(columns: readonly LoopColumn[], rows: number, order: Int32Array): Promise<tf.Tensor[][]> {
    const { executable, state, fixed, results, batchSize } = this.#parts;
    const { Tensor } = await runtime();
    const steps = order.length / batchSize;
    const feeds: Record<string, OnnxValue> = {
      steps: new Tensor("int64", BigInt64Array.of(BigInt(steps)), []),
      order: new Tensor("int32", order, [steps, batchSize]),
    };
    for (const [i, column] of columns.entries()) {
      const shape = [rows, ...column.shape];
      feeds[`column${i}`] = new Tensor(storedType(column) as "float32", column.values as Float32Array, shape);
    }
    const feed = (name: string, variables: readonly tf.Variable[]) => {
      const { dtype, shape } = variables[0]!;
      const elements = joined(variables);
      const dims = variables.length === 1 ? shape : [elements.length];
      feeds[name] = new Tensor(toDType(dtype) as "float32", elements as Float32Array, dims);
    };
    for (const [i, variable] of fixed.entries()) feed(`fixed${i}`, [variable]);
    for (const [i, variables] of state.entries()) feed(`state${i}`, variables);
    const outputs = await executable.run(feeds);
    for (const [i, variables] of state.entries()) {
      let offset = 0;
      for (const variable of variables) {
        assign(variable, outputs[`after${i}`]!, offset);
        offset += variable.size;
      }
    }
    // Each result has the values of all steps, one after the other.
    return Array.from({ length: steps }, (_, step) =>
      results.map(({ shape }, i) => toTensor(outputs[`step${i}`]!, shape, step * sizeFromShape(shape))),
    );
  }
}

function storedType({ values }: LoopColumn): DType {
  if (values instanceof Float32Array) return "float32";
  return values instanceof Int32Array ? "int32" : "uint8";
}

/** The elements of several variables, one after the other. */
function joined(variables: readonly tf.Variable[]): Elements {
  if (variables.length === 1) return elementsOf(variables[0]!);
  const all = new Float32Array(variables.reduce((sum, { size }) => sum + size, 0));
  let offset = 0;
  for (const variable of variables) {
    all.set(elementsOf(variable), offset);
    offset += variable.size;
  }
  return all;
}
