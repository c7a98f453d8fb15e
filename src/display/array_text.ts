import { sizeFromShape } from "../backend/shapes";
import { floatFormat, floatText } from "./float_text";

const lineWidth = 75;
/** More elements than this are shown by their corners. */
export const threshold = 1000;
/** Items at each end of a shortened axis. */
export const edge = 3;

/** An array's values in row-major order. */
export interface ArrayValues {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly values: ArrayLike<number | boolean | string>;
  /** Which axes hold only their first and last three items, with an ellipsis between. */
  readonly shortened: readonly boolean[];
}

/**
 * Writes an array as Python prints a NumPy array: `[9 0 0 3 0 2 7 2 5 5]`.
 *
 * @see https://numpy.org/doc/stable/reference/generated/numpy.array2string.html
 */
export function arrayText({ shape, dtype, values, shortened }: ArrayValues): string {
  const all = Array.from(values as ArrayLike<number | string>);
  if (shape.length === 0) return scalarText(all[0]!, dtype);
  if (all.length === 0) return "[]";
  const words = elementTexts(all, dtype);

  const write = (axis: number, offset: number, indent: string, width: number): string => {
    const size = shape[axis]!;
    const step = sizeFromShape(shape.slice(axis + 1));
    const last = axis === shape.length - 1;
    const items: string[] = [];
    for (let i = 0; i < size; i++) {
      if (shortened[axis] && i === edge) items.push("...");
      const at = offset + i * step;
      items.push(last ? words[at]! : write(axis + 1, at, `${indent} `, width - 1));
    }
    if (last) return `[${wrap(items, indent, width - 1).slice(indent.length)}]`;
    return `[${items.join(`${"\n".repeat(shape.length - axis - 1)}${indent}`)}]`;
  };
  return write(0, 0, " ", lineWidth);
}

/** Words in lines of at most `width`, each beginning with the indent. */
function wrap(words: readonly string[], indent: string, width: number): string {
  let done = "";
  let line = indent;
  words.forEach((word, index) => {
    if (line.length + word.length > width && line.length > indent.length) {
      done += `${line.trimEnd()}\n`;
      line = indent;
    }
    line += index === words.length - 1 ? word : `${word} `;
  });
  return done + line;
}

function elementTexts(values: readonly (number | string | boolean)[], dtype: string): string[] {
  if (dtype === "float32") return (values as number[]).map(floatFormat(values as number[]));
  const texts = values.map((value) => scalarText(value, dtype, true));
  // NumPy reserves room for "False" even where all are true.
  const width = dtype === "bool" ? 5 : Math.max(...texts.map((text) => text.length));
  return dtype === "string" ? texts : texts.map((text) => text.padStart(width));
}

function scalarText(value: number | string | boolean, dtype: string, quoted = false): string {
  if (dtype === "bool") return value ? "True" : "False";
  if (dtype === "float32") return floatText(value as number);
  return dtype === "string" && quoted ? `'${value}'` : String(value);
}
