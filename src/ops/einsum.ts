import * as tf from "@tensorflow/tfjs-core";
import { sizeFromShape } from "../backend/shapes";

interface Labeled {
  readonly x: tf.Tensor;
  /** A letter for each axis. */
  readonly axes: readonly string[];
}

function sumOut({ x, axes }: Labeled, keep: (axis: string) => boolean): Labeled {
  const gone = axes.flatMap((axis, i) => (keep(axis) ? [] : [i]));
  return gone.length === 0 ? { x, axes } : { x: tf.sum(x, gone), axes: axes.filter(keep) };
}

function arrange({ x, axes }: Labeled, order: readonly string[]): tf.Tensor {
  const permutation = order.map((axis) => axes.indexOf(axis));
  return permutation.every((axis, i) => axis === i) ? x : tf.transpose(x, permutation);
}

/** Two operands as one, by a matrix product for each entry of the axes that both have and that are kept. */
function combine(first: Labeled, second: Labeled, stays: (axis: string) => boolean): Labeled {
  const a = sumOut(first, (axis) => stays(axis) || second.axes.includes(axis));
  const b = sumOut(second, (axis) => stays(axis) || first.axes.includes(axis));
  const sizes = new Map([a, b].flatMap(({ x, axes }) => axes.map((axis, i) => [axis, x.shape[i]!])));
  const shared = a.axes.filter((axis) => b.axes.includes(axis));
  const [batch, summed] = [shared.filter(stays), shared.filter((axis) => !stays(axis))];
  const freeA = a.axes.filter((axis) => !shared.includes(axis));
  const freeB = b.axes.filter((axis) => !shared.includes(axis));
  const sizesOf = (axes: readonly string[]) => axes.map((axis) => sizes.get(axis)!);
  const size = (axes: readonly string[]) => sizeFromShape(sizesOf(axes));
  const left = tf.reshape(arrange(a, [...batch, ...freeA, ...summed]), [size(batch), size(freeA), size(summed)]);
  const right = tf.reshape(arrange(b, [...batch, ...summed, ...freeB]), [size(batch), size(summed), size(freeB)]);
  const axes = [...batch, ...freeA, ...freeB];
  return { x: tf.reshape(tf.matMul(left, right), sizesOf(axes)), axes };
}

/** Letters for each operand and the result; `...` becomes Greek letters, as many as it needs. */
function labels(equation: string, operands: readonly tf.Tensor[]): { inputs: string[][]; output: string[] } {
  const where = `ops.einsum("${equation}")`;
  const [left = "", right] = equation.replaceAll(" ", "").split("->");
  const terms = left.split(",");
  if (terms.length !== operands.length || !/^[a-zA-Z.,]*$/.test(left)) {
    throw new RangeError(
      `${where} expected letters for ${operands.length} operands, as in "ij,jk->ik", but found ${terms.length}.`,
    );
  }
  const hidden = Math.max(
    0,
    ...terms.map((term, i) => (term.includes("...") ? (operands[i]?.rank ?? 0) - term.length + 3 : 0)),
  );
  // Aligned at the end, as in broadcasting. Greek letters cannot be in the equation.
  const marks = Array.from({ length: hidden }, (_, i) => String.fromCodePoint(0x3b1 + i));
  const spell = (term: string, rank?: number) => {
    const [before = "", after] = term.split("...");
    if (after === undefined) return [...before];
    const count = rank === undefined ? hidden : rank - before.length - after.length;
    return [...before, ...marks.slice(hidden - count), ...after];
  };
  const inputs = terms.map((term, i) => spell(term, operands[i]?.rank));
  const all = inputs.flat();
  const once = [...new Set(all)].filter((axis) => all.indexOf(axis) === all.lastIndexOf(axis)).sort();
  const output = right === undefined ? [...marks, ...once.filter((axis) => !marks.includes(axis))] : spell(right);
  const sizes = new Map<string, number>();
  for (const [i, axes] of inputs.entries()) {
    const shape = operands[i]?.shape ?? [];
    if (axes.length !== shape.length || new Set(axes).size !== axes.length) {
      throw new RangeError(
        `${where} expected different letters for the ${shape.length} axes of operand ${i}, but found "${terms[i]}".`,
      );
    }
    for (const [k, axis] of axes.entries()) {
      const size = sizes.get(axis) ?? shape[k]!;
      if (size !== shape[k])
        throw new RangeError(`${where} found sizes ${size} and ${shape[k]} for the axis "${axis}".`);
      sizes.set(axis, size);
    }
  }
  const unknown = output.find((axis) => !sizes.has(axis));
  if (unknown !== undefined)
    throw new RangeError(`${where} expected letters of the operands in the result but found "${unknown}".`);
  return { inputs, output };
}

/** {@link einsum} of tensors. */
export function einsumOf(equation: string, operands: readonly tf.Tensor[]): tf.Tensor {
  const { inputs, output } = labels(equation, operands);
  return tf.tidy(() => {
    const rest = operands.map((x, i): Labeled => ({ x, axes: inputs[i]! }));
    let result = rest.shift()!;
    while (rest.length > 0) {
      const next = rest.shift()!;
      const stays = (axis: string) => output.includes(axis) || rest.some(({ axes }) => axes.includes(axis));
      result = combine(result, next, stays);
    }
    result = sumOut(result, (axis) => output.includes(axis));
    return arrange(result, output);
  });
}
