import * as tf from "@tensorflow/tfjs-core";

/** `f(x)`, treated as a constant when gradients are taken; `f` may use operations that have none. */
export function withoutGradient(f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): tf.Tensor {
  const compute = tf.customGrad((value, save) => {
    (save as tf.GradSaveFunc)([value as tf.Tensor]);
    return {
      value: f(value as tf.Tensor),
      gradFunc: (_dy: tf.Tensor, [saved]: tf.Tensor[]) => tf.zerosLike(saved as tf.Tensor),
    };
  });
  return compute(x);
}
