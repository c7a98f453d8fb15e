import * as tf from "@tensorflow/tfjs-core";
import { sizeFromShape } from "../backend/shapes";
import * as kinds from "../options/kinds";
import { checkOptions } from "../options/options";
import { asFloat, asTensor, asTensors, positiveAxis, type TensorLike } from "./arguments";
import { einsumOf } from "./einsum";
import { ravel } from "./shapes";

/**
 * The matrix product of the last two axes; leading axes are broadcast, vectors are rows or columns as in NumPy.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.matmul([[1, 2], [3, 4]], [1, 1]) // [3, 7]
 * ```
 */
export function matmul(x1: TensorLike, x2: TensorLike): tf.Tensor {
  return tf.tidy(() => {
    const [a, b] = [asTensor(x1), asTensor(x2)];
    const left = a.rank === 1 ? tf.expandDims(a, 0) : a;
    const right = b.rank === 1 ? tf.expandDims(b, -1) : b;
    const product = tf.matMul(left, right);
    const sizes = [...product.shape];
    if (b.rank === 1) sizes.pop();
    if (a.rank === 1) sizes.splice(product.rank - 2, 1);
    return sizes.length === product.rank ? product : tf.reshape(product, sizes);
  });
}

/** Sums of products over the last axis of `x1` and the second to last (or only) of `x2`. */
export function dot(x1: TensorLike, x2: TensorLike): tf.Tensor {
  const [a, b] = [asTensor(x1), asTensor(x2)];
  if (a.rank === 0 || b.rank === 0) return tf.mul(a, b);
  return tensordot(a, b, [[a.rank - 1], [Math.max(0, b.rank - 2)]]);
}

/** Sums of products over axes: the last `axes` of `x1` and the first of `x2` (default 2), or a list for each. */
export function tensordot(x1: TensorLike, x2: TensorLike, axes: number | readonly [number[], number[]] = 2): tf.Tensor {
  return tf.tidy(() => {
    const [a, b] = [asTensor(x1), asTensor(x2)];
    const [axesA, axesB] = [[...a.shape.keys()], [...b.shape.keys()]];
    const counted = (list: number[], rank: number) => list.map((axis) => positiveAxis("ops.tensordot()", axis, rank));
    const [ofA, ofB] =
      typeof axes === "number"
        ? [axesA.slice(a.rank - axes), axesB.slice(0, axes)]
        : [counted(axes[0], a.rank), counted(axes[1], b.rank)];
    const freeA = axesA.filter((i) => !ofA.includes(i));
    const freeB = axesB.filter((i) => !ofB.includes(i));
    const inner = sizeFromShape(ofA.map((axis) => a.shape[axis]!));
    const rows = tf.reshape(tf.transpose(a, [...freeA, ...ofA]), [-1, inner]) as tf.Tensor2D;
    const columns = tf.reshape(tf.transpose(b, [...ofB, ...freeB]), [inner, -1]) as tf.Tensor2D;
    const shape = [...freeA.map((i) => a.shape[i]!), ...freeB.map((i) => b.shape[i]!)];
    return tf.reshape(tf.matMul(rows, columns), shape);
  });
}

/**
 * Sums of products in Einstein's notation: a letter for each axis; axes that are not in the result are summed over.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.ops.einsum("ij,j->i", [[1, 2], [3, 4]], [1, 10]) // [21, 43]
 * ```
 */
export const einsum = (subscripts: string, ...operands: readonly TensorLike[]): tf.Tensor =>
  einsumOf(subscripts, asTensors(operands));

/** All products of an entry of one and an entry of the other: `[size1, size2]`. */
export const outer = (x1: TensorLike, x2: TensorLike): tf.Tensor =>
  tf.mul(tf.reshape(ravel(x1), [-1, 1]), tf.reshape(ravel(x2), [1, -1]));

/** The matrix with `x` on its diagonal, or the diagonal of the matrix `x`. */
export function diag(x: TensorLike): tf.Tensor {
  return tf.tidy(() => {
    const value = asTensor(x);
    return value.rank === 1
      ? tf.mul(tf.expandDims(value, 1), tf.cast(tf.eye(value.size), value.dtype))
      : diagonal(value);
  });
}

/** The diagonal of the matrix `x`. */
export function diagonal(x: TensorLike): tf.Tensor {
  const value = asTensor(x);
  const [rows = 0, columns = 0] = value.shape;
  const places = Array.from({ length: Math.min(rows, columns) }, (_, i) => i * columns + i);
  return tf.gather(ravel(value), tf.tensor1d(places, "int32"));
}

/** The sum of the diagonal of the matrix `x`. */
export const trace = (x: TensorLike): tf.Tensor => tf.sum(diagonal(x));

/** Options of {@link norm}. */
export interface NormOptions {
  /** The order of the norm: 1, 2, Infinity …. Default 2. */
  readonly ord?: number;
  /** Default null: of all values. */
  readonly axis?: number | null;
  readonly keepdims?: boolean;
}

const normKinds: kinds.KindsOf<NormOptions> = {
  ord: kinds.number(),
  axis: kinds.orNull(kinds.axes),
  keepdims: kinds.boolean,
};

/** The length of vectors; of all values if no axis is given. */
export function norm(x: TensorLike, options: NormOptions = {}): tf.Tensor {
  checkOptions("ops.norm()", options, normKinds);
  const { ord = 2, axis = null, keepdims = false } = options;
  return tf.tidy(() => {
    const value = axis === null ? ravel(asFloat(x)) : asFloat(x);
    const size = tf.abs(value);
    if (ord === Number.POSITIVE_INFINITY) return tf.max(size, axis ?? 0, keepdims);
    if (ord === 2) return tf.sqrt(tf.sum(tf.square(size), axis ?? 0, keepdims));
    return tf.pow(tf.sum(tf.pow(size, ord), axis ?? 0, keepdims), 1 / ord);
  });
}

/** `x` divided by its length along an axis. Default the last axis; lengths below `epsilon` count as that. */
export function normalize(
  x: TensorLike,
  options: { readonly axis?: number; readonly order?: number; readonly epsilon?: number } = {},
): tf.Tensor {
  checkOptions("ops.normalize()", options, {
    axis: kinds.axis,
    order: kinds.number(),
    epsilon: kinds.number({ min: 0 }),
  });
  const { axis = -1, order = 2, epsilon = 1e-7 } = options;
  return tf.tidy(() => tf.div(asFloat(x), tf.maximum(norm(x, { ord: order, axis, keepdims: true }), epsilon)));
}
