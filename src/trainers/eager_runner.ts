import * as tf from "@tensorflow/tfjs-core";
import { sizeFromShape } from "../backend/shapes";
import type { Column, Runner, Work } from "./step";

/** The rows `order[start]` … `order[end - 1]` of a column as a tensor. */
export function gatherBatch(
  { values, shape, dtype }: Column,
  order: Int32Array,
  start: number,
  end: number,
): tf.Tensor {
  const width = sizeFromShape(shape);
  const Batch = dtype === "float32" ? Float32Array : dtype === "int32" ? Int32Array : Uint8Array;
  const batch = new Batch((end - start) * width);
  if (width === 1) {
    for (let i = start; i < end; i++) batch[i - start] = values[order[i]!]!;
  } else {
    for (let i = start; i < end; i++) {
      const from = order[i]! * width;
      batch.set(values.subarray(from, from + width), (i - start) * width);
    }
  }
  return tf.tensor(batch, [end - start, ...shape], dtype);
}

/** Runs steps operation by operation on the TensorFlow.js backend in use. */
export class EagerRunner implements Runner {
  readonly #work: Work;
  #onSuccess: (() => void) | undefined;

  /** @param onSuccess called when the first steps have run */
  constructor(work: Work, onSuccess?: () => void) {
    this.#work = work;
    this.#onSuccess = onSuccess;
  }

  run(order: Int32Array, first: number, count: number): tf.Tensor[][] {
    const { step, columns, batchSize } = this.#work;
    const outputs: tf.Tensor[][] = [];
    for (let i = first; i < first + count; i++) {
      const start = i * batchSize;
      const end = Math.min(start + batchSize, order.length);
      outputs.push(tf.tidy(() => step.run(columns.map((column) => gatherBatch(column, order, start, end)))));
    }
    this.#onSuccess?.();
    this.#onSuccess = undefined;
    return outputs;
  }
}
