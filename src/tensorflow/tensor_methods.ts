import * as tf from "@tensorflow/tfjs-core";
import { asList } from "../backend/lists";

// The Node bundle of tfjs-core leaves out the methods of tensors (`x.add(1)`, `x.reshape([2, 3])`), and require() cannot load
// their modules. index.ts references their types; these are the functions.

/** Methods that are an operation with the tensor as its first argument. */
const namesakes =
  "abs acos acosh add all any argMax argMin asin asinh atan atan2 atanh avgPool batchToSpaceND batchNorm broadcastTo cast " +
  "ceil clipByValue conv1d conv2d conv2dTranspose cos cosh cumprod cumsum depthToSpace depthwiseConv2d dilation2d div " +
  "divNoNan dot elu equal erf euclideanNorm exp expandDims expm1 fft floor floorDiv gather greater greaterEqual ifft irfft " +
  "isFinite isInf isNaN leakyRelu less lessEqual localResponseNormalization log log1p logSigmoid logSoftmax logSumExp " +
  "logicalAnd logicalNot logicalOr logicalXor matMul max maxPool maximum mean min minimum mirrorPad mod mul neg norm " +
  "notEqual oneHot onesLike pad pool pow prelu prod reciprocal relu relu6 reshape resizeBilinear resizeNearestNeighbor " +
  "reverse rfft round rsqrt selu separableConv2d sigmoid sign sin sinh slice softmax softplus spaceToBatchND split sqrt square " +
  "squaredDifference squeeze step stridedSlice sub sum tan tanh tile topk transpose unique unsortedSegmentSum unstack zerosLike";

/** Methods by name, as functions that take the tensor as their first argument. */
export interface TensorMethods {
  readonly [name: string]: (x: tf.Tensor, ...args: never[]) => unknown;
}

const methods: TensorMethods = {
  asScalar: (x) => tf.reshape(x, []),
  as1D: (x) => tf.reshape(x, [x.size]),
  as2D: (x, ...shape: [number, number]) => tf.reshape(x, shape),
  as3D: (x, ...shape: [number, number, number]) => tf.reshape(x, shape),
  as4D: (x, ...shape: [number, number, number, number]) => tf.reshape(x, shape),
  as5D: (x, ...shape: [number, number, number, number, number]) => tf.reshape(x, shape),
  asType: (x, dtype: tf.DataType) => tf.cast(x, dtype),
  toBool: (x) => tf.cast(x, "bool"),
  toFloat: (x) => tf.cast(x, "float32"),
  toInt: (x) => tf.cast(x, "int32"),
  flatten: (x) => tf.reshape(x, [x.size]),
  reshapeAs: (x, other: tf.Tensor) => tf.reshape(x, other.shape as [number]),
  concat: (x, others: tf.Tensor | tf.Tensor[], axis?: number) => tf.concat([x, ...asList(others)], axis),
  stack: (x, others: tf.Tensor | tf.Tensor[], axis?: number) => tf.stack([x, ...asList(others)], axis),
  where: (x, condition: tf.Tensor, other: tf.Tensor) => tf.where(condition, x, other),
};

/** Gives tensors these methods. */
export function defineMethods(methods: TensorMethods): void {
  for (const [name, method] of Object.entries(methods)) {
    const value = function (this: tf.Tensor, ...args: never[]) {
      return method(this, ...args);
    };
    Object.defineProperty(tf.Tensor.prototype, name, { value, configurable: true, writable: true });
  }
}

/** Gives tensors the methods that they have in `@tensorflow/tfjs`. */
export function installTensorMethods(): void {
  const ops = { ...tf, ...tf.spectral, ...tf.image } as unknown as TensorMethods;
  defineMethods(Object.fromEntries(namesakes.split(" ").map((name) => [name, ops[name]!])));
  defineMethods(methods);
}
