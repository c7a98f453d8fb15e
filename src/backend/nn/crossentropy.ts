import * as tf from "@tensorflow/tfjs-core";

type Tensors<R> = (a: tf.Tensor, b: tf.Tensor) => R;

/**
 * A loss with a gradient of its own for the logits and none for the labels.
 *
 * @param forward computes the loss, and a tensor to save for the gradient
 * @param backward computes the gradient from the labels and that tensor
 */
function lossOf(
  forward: Tensors<[loss: tf.Tensor, saved: tf.Tensor]>,
  backward: (dy: tf.Tensor, labels: tf.Tensor, saved: tf.Tensor) => tf.Tensor,
): Tensors<tf.Tensor> {
  const compute = tf.customGrad((labels, logits, save) => {
    const [value, saved] = forward(labels as tf.Tensor, logits as tf.Tensor);
    (save as tf.GradSaveFunc)([labels as tf.Tensor, saved]);
    return { value, gradFunc: (dy, [kept, other]) => [tf.zerosLike(kept!), backward(dy, kept!, other!)] };
  });
  return (labels, logits) => compute(labels, logits);
}

/**
 * Crossentropy of `labels` and `softmax(logits)` over the last axis, with TensorFlow's gradient `softmax(logits) - labels`,
 * which does not vanish when a probability rounds to 0 or 1. The labels get no gradient.
 */
export const softmaxCrossentropy = lossOf(
  (labels, logits) => {
    const shifted = tf.sub(logits, tf.max(logits, -1, true));
    const exps = tf.exp(shifted);
    const sums = tf.sum(exps, -1, true);
    return [tf.sum(tf.mul(labels, tf.sub(tf.log(sums), shifted)), -1), tf.div(exps, sums)];
  },
  (dy, labels, probabilities) => tf.mul(tf.expandDims(dy, -1), tf.sub(probabilities, labels)),
);

/**
 * Crossentropy of `labels` and `sigmoid(logits)`, element by element, with the gradient `sigmoid(logits) - labels`. The
 * labels get no gradient.
 */
export const sigmoidCrossentropy = lossOf(
  (labels, logits) => [
    tf.add(tf.sub(tf.relu(logits), tf.mul(logits, labels)), tf.softplus(tf.neg(tf.abs(logits)))),
    logits,
  ],
  (dy, labels, logits) => tf.mul(dy, tf.sub(tf.sigmoid(logits), labels)),
);
