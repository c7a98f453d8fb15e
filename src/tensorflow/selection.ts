import * as tf from "@tensorflow/tfjs-core";

interface AxisRange {
  readonly start: number;
  readonly step: number;
  readonly length: number;
  /** Whether the axis is removed, because a single index selects from it. */
  readonly single: boolean;
}

/** Python's `slice(start, stop, step).indices(size)`. */
function range(text: string, size: number, where: string): AxisRange {
  const parts = text.split(":").map((part) => part.trim());
  const numbers = parts.map((part) => (part === "" ? undefined : Number(part)));
  if (parts.length > 3 || numbers.some((n) => n !== undefined && !Number.isInteger(n))) {
    throw new SyntaxError(
      `${where} expected an index like "3", a range like "1:10" or "::2", or "..." for each axis, but found "${text.trim()}".`,
    );
  }
  if (parts.length === 1) {
    const [index = 0] = numbers;
    if (text.trim() === "" || index < -size || index >= size) {
      throw new RangeError(`${where} expected an index from ${-size} to ${size - 1}, but found "${text.trim()}".`);
    }
    return { start: index < 0 ? index + size : index, step: 1, length: 1, single: true };
  }
  const [from, to, step = 1] = numbers;
  if (step === 0) throw new RangeError(`${where} expected a step other than 0 in "${text.trim()}".`);
  const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
  const clip = (n: number) => Math.min(high, Math.max(low, n < 0 ? n + size : n));
  const start = from === undefined ? (step > 0 ? low : high) : clip(from);
  const stop = to === undefined ? (step > 0 ? high : low) : clip(to);
  return { start, step, length: Math.max(0, Math.ceil((stop - start) / step)), single: false };
}

/**
 * A part of a tensor as Python writes it between brackets: for each axis an index, a range `start:stop:step` or `...`.
 *
 * @throws SyntaxError for anything else; RangeError for an index out of range or too many axes
 */
export function select(x: tf.Tensor, selection: string): tf.Tensor {
  const where = `slice("${selection}") of a tensor of shape [${x.shape.join(", ")}]`;
  const texts = selection.split(",");
  const ellipsis = texts.findIndex((text) => text.trim() === "...");
  if (ellipsis >= 0) texts.splice(ellipsis, 1);
  const missing = x.rank - texts.length;
  if (missing < 0) throw new RangeError(`${where} has more axes than the tensor.`);
  texts.splice(ellipsis < 0 ? texts.length : ellipsis, 0, ...Array.from({ length: missing }, () => ":"));
  const ranges = texts.map((text, axis) => range(text, x.shape[axis]!, where));
  return tf.tidy(() => {
    const plain = ranges.map(({ step }) => step === 1);
    const begin = ranges.map(({ start }, axis) => (plain[axis] ? start : 0));
    const size = ranges.map(({ length }, axis) => (plain[axis] ? length : x.shape[axis]!));
    // The tensor's own method: rows of a stored tensor are a view.
    let part = x.slice(begin, size);
    for (const [axis, { start, step, length }] of ranges.entries()) {
      if (plain[axis]) continue;
      const rows = Int32Array.from({ length }, (_, i) => start + i * step);
      part = tf.gather(part, tf.tensor1d(rows, "int32"), axis);
    }
    return tf.reshape(
      part,
      part.shape.filter((_, axis) => !ranges[axis]?.single),
    );
  });
}
