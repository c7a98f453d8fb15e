import type * as tf from "@tensorflow/tfjs-core";
import type { Builder } from "../../graph/builder";
import type { DType, Value } from "../../graph/value";
import { NotCompilable } from "../not_compilable";

/** What a kernel gets: its operands as values of the graph, and its attributes. */
export interface Call {
  readonly graph: Builder;
  /** A named operand, for example `x`. */
  readonly input: (name: string) => Value;
  /** A named operand that may be absent. */
  readonly optional: (name: string) => Value | undefined;
  /** All operands in order, for kernels that take a list. */
  readonly inputs: readonly Value[];
  // biome-ignore lint/suspicious/noExplicitAny: TensorFlow.js documents each kernel's attributes, without a type for all
  readonly attrs: Readonly<Record<string, any>>;
}

/** Appends the operations of a TensorFlow.js kernel to the graph and returns its results. */
export type Kernel = (call: Call) => Value | readonly Value[];

/** Kernels by their TensorFlow.js name. */
export type Kernels = Readonly<Record<string, Kernel>>;

/** Axes as TensorFlow.js writes them (one, several, none for all, negative from the back), in order. */
export function axesOf(axis: number | readonly number[] | null | undefined, rank: number): number[] {
  const axes = axis == null ? [...Array(rank).keys()] : [axis].flat();
  return axes.map((a) => (a < 0 ? a + rank : a)).sort((a, b) => a - b);
}

/** The axis of an operation that takes one. */
export const axisOf = (axis: Parameters<typeof axesOf>[0], rank: number): number => axesOf(axis, rank)[0] ?? 0;

/** The graph's element type of a TensorFlow.js dtype. */
export function toDType(dtype: tf.DataType): DType {
  if (dtype === "string" || dtype === "complex64") {
    throw new NotCompilable(dtype, `tensors of dtype ${dtype} have no compiled form`);
  }
  return dtype;
}
