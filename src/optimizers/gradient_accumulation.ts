import * as tf from "@tensorflow/tfjs-core";

/** Whether the call after `calls` others is one of every `count`. */
export const isDue = (calls: tf.Tensor, count: number): tf.Tensor =>
  tf.equal(tf.mod(tf.add(calls, tf.scalar(1, "int32")), tf.scalar(count, "int32")), tf.scalar(0, "int32"));

/**
 * Updates with the mean of the gradients at every `count`-th call, and leaves all state unchanged at the others. Each call
 * computes the update, so that every call is the same function of tensors and can be compiled.
 *
 * @param accumulators the sums of the gradients so far
 * @param state everything that `update` assigns
 */
export function accumulateGradients(
  gradients: readonly tf.Tensor[],
  {
    accumulators,
    state,
    count,
    calls,
  }: {
    readonly accumulators: readonly tf.Variable[];
    readonly state: readonly tf.Variable[];
    readonly count: number;
    readonly calls: tf.Tensor;
  },
  update: (means: readonly tf.Tensor[]) => void,
): void {
  const due = isDue(calls, count);
  const sums = gradients.map((gradient, i) => tf.add(gradient, accumulators[i]!));
  const before = state.map((variable) => tf.clone(variable));
  update(sums.map((sum) => tf.div(sum, count)));
  for (const [i, variable] of state.entries()) variable.assign(tf.where(due, variable, before[i]!));
  for (const [i, sum] of sums.entries()) accumulators[i]!.assign(tf.where(due, tf.zerosLike(sum), sum));
}
