import type * as tf from "@tensorflow/tfjs-core";

/** The activation functions that other functions, such as those of `keras.ops`, are aliases of. */
export const originals = new WeakMap<object, (x: tf.Tensor) => tf.Tensor>();
