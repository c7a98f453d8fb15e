import * as tf from "@tensorflow/tfjs-core";

/**
 * Crossentropy of `labels` and `softmax(logits)` over the last axis, with TensorFlow's gradient `softmax(logits) - labels`,
 * which does not vanish when a probability rounds to 0 or 1. The labels get no gradient.
 */
export function softmaxCrossentropy(labels: tf.Tensor, logits: tf.Tensor): tf.Tensor {
  const compute = tf.customGrad((t, x, save) => {
    const target = t as tf.Tensor;
    const shifted = tf.sub(x as tf.Tensor, tf.max(x as tf.Tensor, -1, true));
    const exps = tf.exp(shifted);
    const sums = tf.sum(exps, -1, true);
    (save as tf.GradSaveFunc)([target, tf.div(exps, sums)]);
    return {
      value: tf.sum(tf.mul(target, tf.sub(tf.log(sums), shifted)), -1),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [kept, probabilities] = saved as [tf.Tensor, tf.Tensor];
        return [tf.zerosLike(kept), tf.mul(tf.expandDims(dy, -1), tf.sub(probabilities, kept))];
      },
    };
  });
  return compute(labels, logits);
}

/**
 * Crossentropy of `labels` and `sigmoid(logits)`, element by element, with the gradient `sigmoid(logits) - labels`. The
 * labels get no gradient.
 */
export function sigmoidCrossentropy(labels: tf.Tensor, logits: tf.Tensor): tf.Tensor {
  const compute = tf.customGrad((t, x, save) => {
    const target = t as tf.Tensor;
    const z = x as tf.Tensor;
    (save as tf.GradSaveFunc)([target, z]);
    return {
      value: tf.add(tf.sub(tf.relu(z), tf.mul(z, target)), tf.softplus(tf.neg(tf.abs(z)))),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [kept, score] = saved as [tf.Tensor, tf.Tensor];
        return [tf.zerosLike(kept), tf.mul(dy, tf.sub(tf.sigmoid(score), kept))];
      },
    };
  });
  return compute(labels, logits);
}
