import "../../src/tensorflow/index";
import * as tf from "@tensorflow/tfjs-core";
import { type Case, checkKernels } from "./check_kernels";
import { numbers } from "./close";

/** An operation by its name. */
const op = (name: string) => ({ ...tf })[name as "mul"] as (...xs: (tf.Tensor | undefined)[]) => tf.Tensor;

/** TensorFlow.js has no gradient for these, or one that fails. */
const withoutGradient = new Set(["where", "cast", "matMul shared", "batchNorm"]);

const x = (...shape: number[]) => numbers(shape, 1);
const y = (...shape: number[]) => numbers(shape, 2);
const positive = (...shape: number[]) => numbers(shape, 3, 0.1, 3);
const unit = (...shape: number[]) => numbers(shape, 4, -0.9, 0.9);
const whole = (shape: number[], high: number, low = 0) => tf.cast(tf.floor(numbers(shape, 5, low, high)), "int32");
const pairInputs = () => [x(3, 4), y(3, 4)];

const elementwiseNames = [
  ...["abs", "asinh", "atan", "cos", "cosh", "elu", "erf", "exp", "expm1", "neg", "relu", "relu6", "selu", "sigmoid"],
  ...["sign", "sin", "sinh", "softplus", "square", "step", "tan", "tanh", "ceil", "floor", "round", "isNaN", "isInf"],
  ...["isFinite", "onesLike", "zerosLike"],
] as const;
const positiveNames = ["log", "log1p", "reciprocal", "rsqrt", "sqrt"] as const;
const unitNames = ["acos", "asin", "atanh"] as const;
const binaryNames = [
  ...["add", "sub", "mul", "div", "maximum", "minimum", "squaredDifference", "atan2", "mod"],
  ...["equal", "notEqual", "greater", "greaterEqual", "less", "lessEqual"],
] as const;

/** Operations whose gradient is compared as well. */
const differentiable: Case[] = [
  ...elementwiseNames.slice(0, 22).map((name): Case => [name, (a) => op(name)(a as tf.Tensor), () => [x(3, 4)]]),
  ...positiveNames.map((name): Case => [name, (a) => op(name)(a as tf.Tensor), () => [positive(3, 4)]]),
  ...unitNames.map((name): Case => [name, (a) => op(name)(a as tf.Tensor), () => [unit(3, 4)]]),
  ["acosh", (a) => tf.acosh(a as tf.Tensor), () => [numbers([5], 1, 1.2, 4)]],
  ...binaryNames
    .slice(0, 8)
    .map((name): Case => [name, (a, b) => op(name)(a as tf.Tensor, b as tf.Tensor), pairInputs]),
  ["broadcast add", (a, b) => tf.add(a as tf.Tensor, b as tf.Tensor), () => [x(2, 3, 4), y(4)]],
  ["broadcast mul", (a, b) => tf.mul(a as tf.Tensor, b as tf.Tensor), () => [x(3, 1), y(1, 4)]],
  ["pow", (a, b) => tf.pow(a as tf.Tensor, b as tf.Tensor), () => [positive(3, 4), y(3, 4)]],
  ["pow 2", (a) => tf.pow(a as tf.Tensor, 2), () => [x(3, 4)]],
  ["leakyRelu", (a) => tf.leakyRelu(a as tf.Tensor, 0.3), () => [x(3, 4)]],
  ["prelu", (a, b) => tf.prelu(a as tf.Tensor, b as tf.Tensor), () => [x(3, 4), y(4)]],
  ["clipByValue", (a) => tf.clipByValue(a as tf.Tensor, -0.5, 0.7), () => [x(3, 4)]],
  ["where", (a, b) => tf.where(tf.greater(a as tf.Tensor, 0), a as tf.Tensor, b as tf.Tensor), pairInputs],
  ["sum", (a) => tf.sum(a as tf.Tensor), () => [x(3, 4)]],
  ["sum axis", (a) => tf.sum(a as tf.Tensor, [0, 2], true), () => [x(2, 3, 4)]],
  ["mean", (a) => tf.mean(a as tf.Tensor, -1), () => [x(3, 4)]],
  ["max", (a) => tf.max(a as tf.Tensor, 1), () => [x(3, 4)]],
  ["min", (a) => tf.min(a as tf.Tensor), () => [x(3, 4)]],
  ["prod", (a) => tf.prod(a as tf.Tensor, 1), () => [x(3, 4)]],
  ["cumsum", (a) => tf.cumsum(a as tf.Tensor, 1, true, true), () => [x(3, 4)]],
  ["softmax", (a) => tf.softmax(a as tf.Tensor), () => [x(3, 4)]],
  ["logSoftmax", (a) => tf.logSoftmax(a as tf.Tensor), () => [x(3, 4)]],
  ["logSumExp", (a) => tf.logSumExp(a as tf.Tensor, 1), () => [x(3, 4)]],
  ["norm", (a) => tf.norm(a as tf.Tensor), () => [x(3, 4)]],
  ["matMul", (a, b) => tf.matMul(a as tf.Tensor, b as tf.Tensor), () => [x(3, 4), y(4, 5)]],
  ["matMul ᵀ", (a, b) => tf.matMul(a as tf.Tensor, b as tf.Tensor, true, true), () => [x(4, 3), y(5, 4)]],
  ["matMul of many", (a, b) => tf.matMul(a as tf.Tensor, b as tf.Tensor), () => [x(3, 1024), y(1024, 4)]],
  ["matMul batch", (a, b) => tf.matMul(a as tf.Tensor, b as tf.Tensor, false, true), () => [x(2, 3, 4), y(2, 5, 4)]],
  ["matMul shared", (a, b) => tf.matMul(a as tf.Tensor, b as tf.Tensor), () => [x(2, 3, 4), y(1, 4, 5)]],
  ["dot", (a, b) => tf.dot(a as tf.Tensor, b as tf.Tensor), () => [x(4), y(4)]],
  [
    "fused matMul",
    (a, b) => tf.fused.matMul({ a: a as tf.Tensor, b: b as tf.Tensor, activation: "relu" }),
    () => [x(3, 4), y(4, 5)],
  ],
  ["reshape", (a) => tf.reshape(a as tf.Tensor, [2, -1]), () => [x(3, 4)]],
  ["expandDims", (a) => tf.expandDims(a as tf.Tensor, -1), () => [x(3, 4)]],
  ["squeeze", (a) => tf.squeeze(a as tf.Tensor), () => [x(3, 1, 4)]],
  ["transpose", (a) => tf.transpose(a as tf.Tensor, [2, 0, 1]), () => [x(2, 3, 4)]],
  ["tile", (a) => tf.tile(a as tf.Tensor, [2, 3]), () => [x(3, 4)]],
  ["broadcastTo", (a) => tf.broadcastTo(a as tf.Tensor, [2, 3, 4]), () => [x(3, 1)]],
  ["concat", (a, b) => tf.concat([a as tf.Tensor, b as tf.Tensor], 1), () => [x(3, 4), y(3, 2)]],
  ["stack", (a, b) => tf.stack([a as tf.Tensor, b as tf.Tensor], 1), pairInputs],
  ["unstack", (a) => tf.unstack(a as tf.Tensor, 1)[2] as tf.Tensor, () => [x(3, 4)]],
  ["split", (a) => tf.mul(...(tf.split(a as tf.Tensor, 2, 1) as [tf.Tensor, tf.Tensor])), () => [x(3, 4)]],
  ["slice", (a) => tf.slice(a as tf.Tensor, [1, 0], [2, 3]), () => [x(3, 4)]],
  ["reverse", (a) => tf.reverse(a as tf.Tensor, 1), () => [x(3, 4)]],
  [
    "pad",
    (a) =>
      tf.pad(
        a as tf.Tensor,
        [
          [1, 0],
          [2, 1],
        ],
        0,
      ),
    () => [x(3, 4)],
  ],
  [
    "mirrorPad",
    (a) =>
      tf.mirrorPad(
        a as tf.Tensor,
        [
          [1, 1],
          [2, 0],
        ],
        "reflect",
      ),
    () => [x(3, 4)],
  ],
  ["gather", (a) => tf.gather(a as tf.Tensor, tf.tensor1d([2, 0, 2], "int32")), () => [x(3, 4)]],
  ["gather axis 1", (a) => tf.gather(a as tf.Tensor, tf.tensor1d([2, 0, 2], "int32"), 1), () => [x(3, 4)]],
  [
    "embedding",
    (a) =>
      tf.gather(
        a as tf.Tensor,
        tf.tensor2d(
          [
            [1, 1],
            [0, 2],
          ],
          [2, 2],
          "int32",
        ),
      ),
    () => [x(3, 4)],
  ],
  [
    "spaceToBatch",
    (a) =>
      tf.spaceToBatchND(
        a as tf.Tensor4D,
        [2, 2],
        [
          [0, 0],
          [0, 0],
        ],
      ),
    () => [x(1, 4, 4, 2)],
  ],
  [
    "batchToSpace",
    (a) =>
      tf.batchToSpaceND(
        a as tf.Tensor4D,
        [2, 2],
        [
          [0, 0],
          [0, 0],
        ],
      ),
    () => [x(4, 2, 2, 2)],
  ],
  ["cast", (a) => tf.mul(tf.cast(tf.greater(a as tf.Tensor, 0), "float32"), a as tf.Tensor), () => [x(3, 4)]],
  [
    "batchNorm",
    (a, b) => tf.batchNorm(a as tf.Tensor4D, tf.zeros([4]), b as tf.Tensor1D, undefined, undefined, 1e-3),
    () => [x(2, 3, 3, 4), positive(4)],
  ],
  ...(
    [
      [3, 1, "same"],
      [3, 2, "same"],
      [3, 2, "valid"],
      [5, 3, "valid"],
      [2, 1, "same"],
      [1, 1, "same"],
      [1, 2, "same"],
    ] as const
  ).map(
    ([size, stride, pad]): Case => [
      `conv2d ${size}/${stride} ${pad}`,
      (a, w) => tf.conv2d(a as tf.Tensor4D, w as tf.Tensor4D, stride, pad),
      () => [x(2, 7, 8, 3), y(size, size, 3, 4)],
    ],
  ),
  [
    "conv2d of many channels",
    (a, w) => tf.conv2d(a as tf.Tensor4D, w as tf.Tensor4D, [2, 1], "same"),
    () => [x(2, 7, 8, 6), y(3, 2, 6, 4)],
  ],
  [
    "conv2d of many channels, to more",
    (a, w) => tf.conv2d(a as tf.Tensor4D, w as tf.Tensor4D, 1, "same"),
    () => [x(2, 5, 5, 5), y(2, 2, 5, 30)],
  ],
  ...(["same", "valid"] as const).map(
    (pad): Case => [
      `conv2d of many channels by Winograd, ${pad}`,
      (a, w) => tf.conv2d(a as tf.Tensor4D, w as tf.Tensor4D, 1, pad),
      () => [x(2, 6, 8, 17), y(3, 3, 17, 16)],
    ],
  ),
  [
    "maxPool of a conv2d by Winograd",
    (a, w, b) => {
      const image = tf.add(tf.conv2d(a as tf.Tensor4D, w as tf.Tensor4D, 1, "same"), b as tf.Tensor);
      return tf.maxPool(tf.relu(image) as tf.Tensor4D, 2, 2, "valid");
    },
    () => [x(2, 6, 8, 17), y(3, 3, 17, 16), x(16)],
  ],
  ["conv1d", (a, w) => tf.conv1d(a as tf.Tensor3D, w as tf.Tensor3D, 1, "valid"), () => [x(2, 9, 3), y(3, 3, 4)]],
  [
    "conv2dTranspose",
    (a, w) => tf.conv2dTranspose(a as tf.Tensor4D, w as tf.Tensor4D, [2, 8, 8, 3], 2, "same"),
    () => [x(2, 4, 4, 5), y(3, 3, 3, 5)],
  ],
  [
    "depthwise",
    (a, w) => tf.depthwiseConv2d(a as tf.Tensor4D, w as tf.Tensor4D, 1, "same"),
    () => [x(2, 5, 6, 3), y(3, 3, 3, 2)],
  ],
  [
    "depthwise stride",
    (a, w) => tf.depthwiseConv2d(a as tf.Tensor4D, w as tf.Tensor4D, 2, "valid"),
    () => [x(2, 7, 7, 3), y(3, 3, 3, 1)],
  ],
  ["maxPool 2", (a) => tf.maxPool(a as tf.Tensor4D, 2, 2, "valid"), () => [x(2, 6, 8, 3)]],
  ["maxPool 2 odd", (a) => tf.maxPool(a as tf.Tensor4D, 2, 2, "valid"), () => [x(2, 5, 7, 3)]],
  ["maxPool 3/2 same", (a) => tf.maxPool(a as tf.Tensor4D, 3, 2, "same"), () => [x(2, 6, 7, 3)]],
  ["avgPool 2", (a) => tf.avgPool(a as tf.Tensor4D, 2, 2, "valid"), () => [x(2, 6, 8, 3)]],
  ["avgPool 3/1", (a) => tf.avgPool(a as tf.Tensor4D, 3, 1, "valid"), () => [x(2, 6, 7, 3)]],
];

/** Operations without a gradient worth comparing. */
const plain: Case[] = [
  ["cumprod", (a) => tf.cumprod(a as tf.Tensor, 1, true, true), () => [x(3, 4)]],
  ...elementwiseNames.slice(22).map((name): Case => [name, (a) => op(name)(a as tf.Tensor), () => [x(3, 4)]]),
  ...binaryNames.slice(8).map((name): Case => [name, (a, b) => op(name)(a as tf.Tensor, b as tf.Tensor), pairInputs]),
  [
    "ints",
    (a, b) => tf.add(tf.mul(a as tf.Tensor, b as tf.Tensor), a as tf.Tensor),
    () => [whole([6], 9, -9), whole([6], 5)],
  ],
  ["floorDiv", (a, b) => tf.floorDiv(a as tf.Tensor, b as tf.Tensor), () => [whole([6], 90, -90), whole([6], 9, 1)]],
  ["mod of ints", (a) => tf.mod(a as tf.Tensor, tf.scalar(4, "int32")), () => [whole([9], 20, -20)]],
  [
    "logic",
    (a, b) =>
      tf.logicalXor(
        tf.logicalAnd(tf.cast(a as tf.Tensor, "bool"), tf.cast(b as tf.Tensor, "bool")),
        tf.logicalNot(tf.cast(a as tf.Tensor, "bool")),
      ),
    () => [whole([6], 2), whole([6], 2)],
  ],
  [
    "all any",
    (a) => [tf.all(tf.cast(a as tf.Tensor, "bool"), 1), tf.any(tf.cast(a as tf.Tensor, "bool"))],
    () => [whole([3, 4], 2)],
  ],
  ["sum of bools", (a) => tf.sum(tf.greater(a as tf.Tensor, 0), 0), () => [x(3, 4)]],
  ["argMax", (a) => [tf.argMax(a as tf.Tensor, -1), tf.argMin(a as tf.Tensor, 0)], () => [x(3, 4)]],
  ["oneHot", (a) => tf.oneHot(a as tf.Tensor1D, 4), () => [whole([6], 6, -1)]],
  ["topk", (a) => tf.topk(a as tf.Tensor, 2).values, () => [x(3, 4)]],
  ["topk indices", (a) => tf.topk(a as tf.Tensor, 2).indices, () => [x(3, 4)]],
  [
    "gatherND",
    (a) =>
      tf.gatherND(
        a as tf.Tensor,
        tf.tensor2d(
          [
            [0, 1],
            [2, 3],
          ],
          [2, 2],
          "int32",
        ),
      ),
    () => [x(3, 4)],
  ],
  [
    "gather batch",
    (a) =>
      tf.gather(
        a as tf.Tensor,
        tf.tensor2d(
          [
            [0, 2],
            [3, 1],
            [1, 1],
          ],
          [3, 2],
          "int32",
        ),
        1,
        1,
      ),
    () => [x(3, 4)],
  ],
  [
    "scatterND",
    (a) => tf.scatterND(tf.tensor2d([[0], [2], [0]], [3, 1], "int32"), a as tf.Tensor, [4, 4]),
    () => [x(3, 4)],
  ],
  [
    "unsortedSegmentSum",
    (a) => tf.unsortedSegmentSum(a as tf.Tensor, tf.tensor1d([1, 0, 1], "int32"), 3),
    () => [x(3, 4)],
  ],
  ["stridedSlice", (a) => tf.stridedSlice(a as tf.Tensor, [0, 3], [3, 0], [2, -1]), () => [x(3, 4)]],
  ["diag", (a) => tf.diag(a as tf.Tensor), () => [x(3)]],
  ["range", (a) => tf.add(a as tf.Tensor, tf.range(0, 4)), () => [x(3, 4)]],
  ["linspace", (a) => tf.add(a as tf.Tensor, tf.linspace(0, 1, 4)), () => [x(3, 4)]],
  ["bincount", (a) => tf.bincount(a as tf.Tensor1D, tf.tensor1d([]), 5), () => [whole([9], 5)]],
  ["einsum", (a, b) => tf.einsum("ij,kj->ik", a as tf.Tensor, b as tf.Tensor), pairInputs],
  [
    "mirrorPad symmetric",
    (a) =>
      tf.mirrorPad(
        a as tf.Tensor,
        [
          [1, 1],
          [2, 0],
        ],
        "symmetric",
      ),
    () => [x(3, 4)],
  ],
  ["avgPool same", (a) => tf.avgPool(a as tf.Tensor4D, 3, 2, "same"), () => [x(2, 6, 7, 3)]],
  [
    "dilated conv2d",
    (a, w) => tf.conv2d(a as tf.Tensor4D, w as tf.Tensor4D, 1, "same", "NHWC", 2),
    () => [x(2, 7, 8, 3), y(3, 3, 3, 4)],
  ],
];

checkKernels("each kernel computes what the JavaScript backend computes", { differentiable, plain, withoutGradient });
