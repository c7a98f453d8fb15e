import * as tf from "@tensorflow/tfjs-core";
import { sizeFromShape } from "../backend/shapes";
import { describe } from "../options/options";
import type { Colormap } from "./colormap";
import type { Pixels } from "./pixels";
import { extent } from "./values";

/** One image: `[height, width]`, `[height, width, 1]` or `[height, width, 3 or 4]`. */
export interface Image {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3 | 4;
  readonly values: ArrayLike<number>;
  /** Whether colors range over 0-255, as whole numbers do, or 0-1. */
  readonly bytes: boolean;
}

/** Images: a tensor or nested arrays of `[height, width]` or `[n, height, width(, channels)]`. */
export type Images = tf.Tensor | ArrayLike<unknown>;

/** More pixels than this in all are an error: nobody can look at them, and the notebook's file would hold them. */
const mostPixels = 4_000_000;

/**
 * The images in a tensor or nested arrays.
 *
 * @param where what takes them, for the error: `"imageGrid()"`
 * @throws TypeError for other shapes
 */
export function toImages(where: string, images: unknown): Image[] {
  if (Array.isArray(images) && images.length > 0 && images.every((one) => one instanceof tf.Tensor)) {
    return images.flatMap((one) => toImages(where, one));
  }
  if (!(images instanceof tf.Tensor)) {
    if (!Array.isArray(images)) {
      throw new TypeError(`${where} expected a tensor of shape [n, height, width] but found ${describe(images)}.`);
    }
    if (images.length === 0) throw new RangeError(`${where} found no images: the array is empty.`);
    const tensor = nested(where, images);
    try {
      return toImages(where, tensor);
    } finally {
      tensor.dispose();
    }
  }
  if (images.dtype === "string") throw new TypeError(`${where} expected numbers but found texts.`);
  const shape: readonly number[] = images.shape;
  const { length } = shape;
  const colored = length === 4 || (length === 3 && [1, 3, 4].includes(shape[2]!));
  const inner = shape.slice(colored ? -3 : -2);
  const [height = 0, width = 0, channels = 1] = inner;
  if (length < 2 || length > 4 || (channels !== 1 && channels !== 3 && channels !== 4)) {
    const hint = length === 1 ? " Flattened images need reshape([-1, 28, 28])." : "";
    throw new TypeError(
      `${where} expected images of shape [n, height, width] or [n, height, width, 1, 3 or 4] but found ${describe(images)}.${hint}`,
    );
  }
  const count = sizeFromShape(shape.slice(0, -inner.length));
  if (count * height * width === 0)
    throw new RangeError(`${where} found no images: the shape is [${shape.join(", ")}].`);
  if (count * height * width > mostPixels) {
    throw new RangeError(`${where} found ${count} images, too many to look at. Take some first: images.slice(0, 10).`);
  }
  const all = images.dataSync();
  const [, greatest] = extent(all);
  if (greatest === -Infinity)
    throw new RangeError(`${where} found no finite value in the ${describe(images).slice(2)}.`);
  const size = height * width * channels;
  const bytes = images.dtype === "int32" || greatest > 1;
  return Array.from({ length: count }, (_, index) => {
    const values = all.subarray(index * size, (index + 1) * size);
    return { height, width, channels, values, bytes };
  });
}

function nested(where: string, images: readonly unknown[]): tf.Tensor {
  try {
    return tf.tensor(images as number[][]);
  } catch (error) {
    throw new TypeError(`${where} expected rows of equal length: ${error instanceof Error ? error.message : error}`);
  }
}

/** How values become colors. */
export interface Norm {
  readonly table: Colormap;
  /** The value shown as the first color. Default: the least of the image. */
  readonly vmin: number | undefined;
  /** The value shown as the last color. Default: the greatest of the image. */
  readonly vmax: number | undefined;
}

const toByte = (value: number) => Math.max(0, Math.min(255, value));

/** Colors an image as matplotlib's `imshow` does: gray values through the color map, colors as they are. */
export function paint({ width, height, channels, values, bytes }: Image, norm: Norm): Pixels {
  const size = width * height;
  const data = new Uint8Array(4 * size).fill(255);
  if (channels === 1) {
    const [least, greatest] = extent(values);
    const { table, vmin: low = least, vmax: high = greatest } = norm;
    for (let i = 0; i < size; i++) {
      const value = values[i]!;
      const t = high > low ? (value - low) / (high - low) : 0;
      const at = 3 * toByte(Math.floor(t * 256));
      for (let c = 0; c < 3; c++) data[4 * i + c] = table[at + c] ?? 0;
      if (Number.isNaN(value)) data[4 * i + 3] = 0;
    }
    return { width, height, data };
  }
  const factor = bytes ? 1 : 255;
  for (let i = 0; i < size; i++) {
    for (let c = 0; c < channels; c++) {
      const value = Math.round(values[channels * i + c]! * factor);
      data[4 * i + c] = c === 3 ? value : toByte(value);
    }
  }
  return { width, height, data };
}
