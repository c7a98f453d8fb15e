import * as tf from "@tensorflow/tfjs-core";

/** Kernels that are flat wherever they have a derivative, so that their gradient is zero, with the names of their inputs. */
const flat: readonly [inputs: readonly string[], kernelNames: readonly string[]][] = [
  [
    ["a", "b"],
    [tf.Equal, tf.NotEqual, tf.Greater, tf.GreaterEqual, tf.Less, tf.LessEqual],
  ],
  [
    ["a", "b"],
    [tf.LogicalAnd, tf.LogicalOr],
  ],
  [["x"], [tf.LogicalNot, tf.IsNan, tf.IsInf, tf.IsFinite, tf.Any, tf.All, tf.ArgMax, tf.ArgMin]],
];

/** Registers the gradients that TensorFlow.js lacks: losses such as tf.where(error.lessEqual(1), …) need them. */
export function installMissingGradients(): void {
  for (const [inputsToSave, kernelNames] of flat) {
    for (const kernelName of kernelNames) {
      if (tf.getGradient(kernelName) !== undefined) continue;
      tf.registerGradient({
        kernelName,
        inputsToSave: [...inputsToSave],
        gradFunc: (_dy, saved) =>
          Object.fromEntries(inputsToSave.map((name, i) => [name, () => tf.zeros(saved[i]!.shape)])),
      });
    }
  }
}
