import * as tf from "@tensorflow/tfjs-core";

// A comparison is flat wherever it has a derivative. TensorFlow.js leaves the gradients of most comparisons out, so that a
// loss such as tf.where(error.lessEqual(1), …) could not be trained with.
const comparisons = [
  tf.Equal,
  tf.NotEqual,
  tf.Greater,
  tf.GreaterEqual,
  tf.Less,
  tf.LessEqual,
  tf.LogicalAnd,
  tf.LogicalOr,
] as const;

/** Registers the gradients that TensorFlow.js lacks. */
export function installMissingGradients(): void {
  for (const kernelName of comparisons) {
    if (tf.getGradient(kernelName) !== undefined) continue;
    tf.registerGradient({
      kernelName,
      inputsToSave: ["a", "b"],
      gradFunc: (_dy, [a, b]) => ({
        a: () => tf.zeros((a as tf.Tensor).shape),
        b: () => tf.zeros((b as tf.Tensor).shape),
      }),
    });
  }
  for (const [kernelName, input] of [
    [tf.LogicalNot, "x"],
    [tf.IsNan, "x"],
    [tf.IsInf, "x"],
    [tf.IsFinite, "x"],
    [tf.Any, "x"],
    [tf.All, "x"],
    [tf.ArgMax, "x"],
    [tf.ArgMin, "x"],
  ] as const) {
    if (tf.getGradient(kernelName) !== undefined) continue;
    tf.registerGradient({
      kernelName,
      inputsToSave: [input],
      gradFunc: (_dy, [x]) => ({ [input]: () => tf.zeros((x as tf.Tensor).shape) }),
    });
  }
}
