import * as tf from "@tensorflow/tfjs-core";

/** What is beyond an image's borders: its mirror image, its repetition, one value, or the border itself. */
export type FillMode = "reflect" | "wrap" | "constant" | "nearest";

/** How {@link warp} reads pixels. */
export interface WarpStyle {
  readonly interpolation: "bilinear" | "nearest";
  readonly fillMode: FillMode;
  readonly fillValue: number;
}

/** Maps coordinates outside 0 … size - 1 to those inside, as TensorFlow's image transform does. */
function inside(at: tf.Tensor, size: number, mode: FillMode): tf.Tensor {
  if (mode === "constant") return at;
  const modulo = (n: number) => tf.sub(at, tf.mul(n, tf.floor(tf.div(at, n))));
  let within = at;
  if (mode === "wrap") within = modulo(size);
  if (mode === "reflect") {
    const there = modulo(2 * size);
    within = tf.where(tf.less(there, size), there, tf.sub(2 * size - 1, there));
  }
  return tf.clipByValue(within, 0, size - 1);
}

/**
 * Moves the pixels of images: the one at (x, y) comes from (a0·x + a1·y + a2, b0·x + b1·y + b2).
 *
 * Uses gathers: TensorFlow.js's own transform is wrong next to the borders on WebAssembly, and the compiler does not know it.
 *
 * @param images `[batch, height, width, channels]`
 * @param matrix a0, a1, a2, b0, b1, b2, each `[batch, 1]`
 */
export function warp(images: tf.Tensor4D, matrix: readonly tf.Tensor[], style: WarpStyle): tf.Tensor4D {
  const [batch, height, width, channels] = images.shape;
  const [a0, a1, a2, b0, b1, b2] = matrix as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
  const grid = tf.range(0, height * width);
  const row = tf.floor(tf.div(tf.add(grid, 0.5), width));
  const column = tf.sub(grid, tf.mul(row, width));
  const place = (x: tf.Tensor, y: tf.Tensor, shift: tf.Tensor) =>
    tf.add(tf.add(tf.mul(x, column), tf.mul(y, row)), shift);
  const x = inside(place(a0, a1, a2), width, style.fillMode);
  const y = inside(place(b0, b1, b2), height, style.fillMode);

  const pixels = tf.reshape(images, [batch * height * width, channels]);
  const integer = (value: tf.Tensor) => tf.cast(value, "int32");
  const first = tf.reshape(tf.mul(tf.range(0, batch, 1, "int32"), tf.scalar(height * width, "int32")), [batch, 1]);
  const read = (atX: tf.Tensor, atY: tf.Tensor): tf.Tensor => {
    const [safeX, safeY] = [tf.clipByValue(atX, 0, width - 1), tf.clipByValue(atY, 0, height - 1)];
    const inRow = tf.add(tf.mul(integer(safeY), tf.scalar(width, "int32")), integer(safeX));
    const index = tf.reshape(tf.add(first, inRow), [-1]) as tf.Tensor1D;
    const values = tf.reshape(tf.gather(pixels, index), [batch, height * width, channels]);
    if (style.fillMode !== "constant") return values;
    const valid = tf.logicalAnd(tf.equal(safeX, atX), tf.equal(safeY, atY));
    return tf.where(tf.expandDims(valid, -1), values, tf.fill(values.shape, style.fillValue));
  };
  let warped: tf.Tensor;
  if (style.interpolation === "nearest") warped = read(tf.round(x), tf.round(y));
  else {
    const [left, top] = [tf.floor(x), tf.floor(y)];
    const [right, bottom] = [tf.add(left, 1), tf.add(top, 1)];
    const blend = (a: tf.Tensor, b: tf.Tensor, share: tf.Tensor) =>
      tf.add(a, tf.mul(tf.sub(b, a), tf.expandDims(share, -1)));
    const alongX = tf.sub(x, left);
    const above = blend(read(left, top), read(right, top), alongX);
    warped = blend(above, blend(read(left, bottom), read(right, bottom), alongX), tf.sub(y, top));
  }
  return tf.reshape(warped, images.shape);
}
