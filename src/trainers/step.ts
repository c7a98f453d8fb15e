import type * as tf from "@tensorflow/tfjs-core";

/**
 * One array of the data, held once for a whole run: batches are gathered from it. The values keep the type they came in
 * (pixels one byte each); a batch has `dtype`.
 */
export interface Column {
  /** All rows in C order. */
  readonly values: Uint8Array | Int32Array | Float32Array;
  /** The shape of one row: `[28, 28]`; `[]` for plain labels. */
  readonly shape: readonly number[];
  /** The type of the tensors that a step gets. */
  readonly dtype: "float32" | "int32" | "bool";
}

/**
 * One step of training, testing or predicting: a function of `tf` operations whose only side effect is to assign
 * variables (weights, optimizer state, metric sums, seeds). It is the same object as long as the model is compiled and
 * frozen in the same way, so that compiled forms can be cached by it.
 */
export interface Step {
  readonly kind: "train" | "test" | "predict";
  /** Computes on one batch, a tensor for each column; returns the predictions in a predict step, else nothing. */
  readonly run: (batch: readonly tf.Tensor[]) => tf.Tensor[];
  /** Every variable that the step may read or assign. */
  readonly variables: () => readonly tf.Variable[];
}

/** A step, and the columns whose batches it runs on. */
export interface Work {
  readonly step: Step;
  readonly columns: readonly Column[];
  /** How many rows each column has. */
  readonly rows: number;
  readonly batchSize: number;
}

/** Runs a step on batches, several at a time. */
export interface Runner {
  /**
   * Runs steps `first` … `first + count - 1`; step `i` takes the rows `order[i * batchSize]` and following, the last step
   * the remaining rows. Afterwards the variables hold the results. Returns the outputs of predict steps, step by step.
   */
  run(order: Int32Array, first: number, count: number): tf.Tensor[][] | Promise<tf.Tensor[][]>;
}
