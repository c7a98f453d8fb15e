import * as tf from "@tensorflow/tfjs-core";

const whole = (n: number) => tf.scalar(n, "int32");

/** Whether the next call is one of every `count`, after `calls` calls. */
export const isDue = (calls: tf.Tensor, count: number): tf.Tensor =>
  tf.equal(tf.mod(tf.add(calls, whole(1)), whole(count)), whole(0));

interface Accumulation {
  /** The sums of the gradients so far. */
  readonly accumulators: readonly tf.Variable[];
  /** Everything that an update assigns. */
  readonly state: readonly tf.Variable[];
  readonly count: number;
  readonly calls: tf.Tensor;
}

/**
 * Updates with the mean of the gradients at every `count`-th call, and leaves all state unchanged at the others. The
 * update is computed at each call, so that all calls are the same function of tensors, which can be compiled.
 */
export function accumulateGradients(
  gradients: readonly tf.Tensor[],
  { accumulators, state, count, calls }: Accumulation,
  update: (means: readonly tf.Tensor[]) => void,
): void {
  const due = isDue(calls, count);
  const sums = gradients.map((gradient, i) => tf.add(gradient, accumulators[i]!));
  const before = state.map((variable) => tf.clone(variable));
  update(sums.map((sum) => tf.div(sum, count)));
  for (const [i, variable] of state.entries()) variable.assign(tf.where(due, variable, before[i]!));
  for (const [i, sum] of sums.entries()) accumulators[i]!.assign(tf.where(due, tf.zerosLike(sum), sum));
}
