import * as tf from "@tensorflow/tfjs-core";
import { describe } from "../options/options";
import type { Colormap } from "./colormap";
import type { Pixels } from "./pixels";

/** One image: `[height, width]`, `[height, width, 1]` or `[height, width, 3 or 4]`. */
export interface Image {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3 | 4;
  readonly values: ArrayLike<number>;
  /** Whether the values count 0-255, as whole numbers do, or 0-1. Only colours need it. */
  readonly bytes: boolean;
}

/** Images as a reader has them: a tensor or nested arrays of `[height, width]` or `[n, height, width(, channels)]`. */
export type Images = tf.Tensor | ArrayLike<unknown>;

/** Pictures of this many pixels in all are refused: nobody can look at them, and a notebook would carry them for ever. */
const tooMany = 4_000_000;

/**
 * The images in a tensor or nested arrays.
 *
 * @param where what takes them, for the error: `"imageGrid()"`
 * @throws TypeError for shapes that are no images
 */
export function toImages(where: string, images: unknown): Image[] {
  if (Array.isArray(images) && images.length > 0 && images.every((one) => one instanceof tf.Tensor)) {
    return images.flatMap((one) => toImages(where, one));
  }
  if (!(images instanceof tf.Tensor)) {
    if (!Array.isArray(images)) {
      throw new TypeError(`${where} expects a tensor of shape [n, height, width] but found ${describe(images)}.`);
    }
    if (images.length === 0) throw new RangeError(`${where} found no images: the array is empty.`);
    const tensor = nested(where, images);
    try {
      return toImages(where, tensor);
    } finally {
      tensor.dispose();
    }
  }
  if (images.dtype === "string") throw new TypeError(`${where} expects numbers but found texts.`);
  const shape: readonly number[] = images.shape;
  const colored = shape.length === 4 || (shape.length === 3 && (shape[2] === 3 || shape[2] === 4 || shape[2] === 1));
  const inner = shape.slice(colored ? -3 : -2);
  const [height = 0, width = 0, channels = 1] = inner;
  const count = shape.slice(0, -inner.length).reduce((product, size) => product * size, 1);
  if (shape.length < 2 || shape.length > 4 || (channels !== 1 && channels !== 3 && channels !== 4)) {
    throw new TypeError(
      `${where} expects images of shape [n, height, width] or [n, height, width, 1, 3 or 4] but found ${describe(images)}.` +
        (shape.length === 2 || shape.length === 1 ? " Flattened images need reshape([-1, 28, 28])." : ""),
    );
  }
  if (count * height * width === 0)
    throw new RangeError(`${where} found no images: the shape is [${shape.join(", ")}].`);
  if (count * height * width > tooMany) {
    throw new RangeError(`${where} found ${count} images, too many to look at. Take some first: images.slice(0, 10).`);
  }
  const all = images.dataSync();
  if (!all.some(Number.isFinite))
    throw new RangeError(`${where} found no finite value in the ${describe(images).slice(2)}.`);
  const size = height * width * channels;
  const bytes = images.dtype === "int32" || greatest(all) > 1;
  return Array.from({ length: count }, (_, index) => {
    const values = all.subarray(index * size, (index + 1) * size);
    return { height, width, channels, values, bytes };
  });
}

function nested(where: string, images: readonly unknown[]): tf.Tensor {
  try {
    return tf.tensor(images as number[][]);
  } catch (error) {
    throw new TypeError(`${where} expects rows of equal length: ${error instanceof Error ? error.message : error}`);
  }
}

/** How values become colours. */
export interface Norm {
  readonly table: Colormap;
  /** The value shown as the first colour. Default: the least of the image. */
  readonly vmin: number | undefined;
  /** The value shown as the last colour. Default: the greatest of the image. */
  readonly vmax: number | undefined;
}

/** Colours an image as matplotlib's `imshow` does: grey values through the colour map, colours as they are. */
export function paint(image: Image, norm: Norm): Pixels {
  const { width, height, channels, values } = image;
  const data = new Uint8Array(4 * width * height);
  const size = width * height;
  if (channels === 1) {
    const low = norm.vmin ?? least(values);
    const high = norm.vmax ?? greatest(values);
    for (let i = 0; i < size; i++) {
      const value = values[i] ?? 0;
      const t = high > low ? (value - low) / (high - low) : 0;
      const at = 3 * Math.max(0, Math.min(255, Math.floor(t * 256)));
      for (let c = 0; c < 3; c++) data[4 * i + c] = norm.table[at + c] ?? 0;
      data[4 * i + 3] = Number.isNaN(value) ? 0 : 255;
    }
    return { width, height, data };
  }
  const factor = image.bytes ? 1 : 255;
  for (let i = 0; i < size; i++) {
    for (let c = 0; c < 3; c++) {
      data[4 * i + c] = Math.max(0, Math.min(255, Math.round((values[channels * i + c] ?? 0) * factor)));
    }
    data[4 * i + 3] = channels === 4 ? Math.round((values[channels * i + 3] ?? 0) * factor) : 255;
  }
  return { width, height, data };
}

/** Of the finite values. */
function least(values: ArrayLike<number>): number {
  let result = Number.POSITIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    if (value < result && value > Number.NEGATIVE_INFINITY) result = value;
  }
  return result;
}

function greatest(values: ArrayLike<number>): number {
  let result = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    if (value > result && value < Number.POSITIVE_INFINITY) result = value;
  }
  return result;
}
