import { describe, test } from "node:test";
import "../../src/tensorflow/index";
import * as tf from "@tensorflow/tfjs-core";
import { compile } from "../../src/compiler/compile";
import { type Case, checkKernels } from "./check_kernels";
import { assertClose, numbers } from "./close";

const x = (...shape: number[]) => numbers(shape, 1);
const y = (...shape: number[]) => numbers(shape, 2);
const { resizeBilinear, resizeNearestNeighbor } = tf.image;

type Size = [number, number];

const differentiable: Case[] = [
  ...(
    [
      [[8, 8], false],
      [[4, 4], false],
      [[11, 11], true],
      [[3, 3], true],
      [[1, 1], true],
    ] as [Size, boolean][]
  ).flatMap(([size, corners]): Case[] => [
    [
      `resizeBilinear to ${size}, corners ${corners}`,
      (a) => resizeBilinear(a as tf.Tensor4D, size, corners),
      () => [x(2, 5, 5, 3)],
    ],
    [
      `resizeNearestNeighbor to ${size}, corners ${corners}`,
      (a) => resizeNearestNeighbor(a as tf.Tensor4D, size, corners),
      // TensorFlow.js's gradient is wrong from the second image on.
      () => [x(1, 5, 5, 3)],
    ],
  ]),
  ...(
    [
      [1, "same"],
      [2, "same"],
      [[1, 2, 3], "valid"],
    ] as const
  ).map(
    ([strides, pad]): Case => [
      `conv3d ${strides} ${pad}`,
      (a, w) => tf.conv3d(a as tf.Tensor5D, w as tf.Tensor5D, strides as 1, pad),
      () => [x(2, 5, 6, 7, 2), y(3, 2, 3, 2, 4)],
    ],
  ),
  ["maxPool3d 2", (a) => tf.maxPool3d(a as tf.Tensor5D, 2, 2, "valid"), () => [x(2, 4, 5, 6, 2)]],
  ["maxPool3d overlapping", (a) => tf.maxPool3d(a as tf.Tensor5D, 3, 2, "same"), () => [x(2, 4, 5, 6, 2)]],
  ["avgPool3d 2", (a) => tf.avgPool3d(a as tf.Tensor5D, 2, 2, "valid"), () => [x(2, 4, 5, 6, 2)]],
];

const plain: Case[] = [
  // TensorFlow.js counts the padding in this one's gradient.
  ["avgPool3d same", (a) => tf.avgPool3d(a as tf.Tensor5D, 3, 2, "same"), () => [x(2, 4, 5, 6, 2)]],
  [
    "conv3d, dilated",
    (a, w) => tf.conv3d(a as tf.Tensor5D, w as tf.Tensor5D, 1, "same", "NDHWC", 2),
    () => [x(1, 6, 6, 6, 2), y(3, 2, 3, 2, 2)],
  ],
  [
    "resizeBilinear of whole numbers",
    (a) => resizeBilinear(tf.cast(a as tf.Tensor4D, "int32"), [3, 9]),
    () => [x(1, 4, 6, 1)],
  ],
  [
    "resizeNearestNeighbor, pixels at their centres",
    (a) => resizeNearestNeighbor(a as tf.Tensor4D, [9, 3], false, true),
    () => [x(2, 4, 6, 3)],
  ],
  ["flipLeftRight", (a) => tf.image.flipLeftRight(a as tf.Tensor4D), () => [x(2, 3, 4, 2)]],
  ["depthToSpace", (a) => tf.depthToSpace(a as tf.Tensor4D, 2), () => [x(2, 3, 2, 8)]],
  ...(["left", "right"] as const).map(
    (side): Case => [
      `searchSorted, ${side}`,
      (a, b) => tf.searchSorted(a as tf.Tensor, b as tf.Tensor, side),
      () => [
        tf.tensor2d([
          [1, 2, 2, 5],
          [0, 1, 1, 9],
        ]),
        tf.tensor2d([
          [2, 0, 7],
          [1, 9, -3],
        ]),
      ],
    ],
  ),
];

checkKernels("each kernel of images and volumes computes what the JavaScript backend computes", {
  differentiable,
  plain,
});

// TensorFlow.js's own gradient turns height and width round, and takes no notice of halfPixelCenters.
describe("a resizing's gradient is its transpose", () => {
  for (const [what, resize] of Object.entries({ resizeBilinear, resizeNearestNeighbor })) {
    for (const centres of [false, true]) {
      test(`${what}, pixels at their ${centres ? "centres" : "corners"}`, async () => {
        const [image, dy] = [x(2, 4, 7, 2), y(2, 6, 5, 2)];
        const there = compile((a: tf.Tensor) => resize(a as tf.Tensor4D, [6, 5], false, centres), { strict: true });
        const back = compile(
          (a: tf.Tensor, d: tf.Tensor) => tf.grad((at) => resize(at as tf.Tensor4D, [6, 5], false, centres))(a, d),
          { strict: true },
        );
        const product = (a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.mul(a, b));
        assertClose(product(await back(image, dy), image), product(dy, await there(image)), what);
      });
    }
  }
});
