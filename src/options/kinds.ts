import * as tf from "@tensorflow/tfjs-core";

/** What an option or an argument may be. */
export interface Kind {
  /** The words of an error after "to be": `"true or false"`. */
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
  /** The words it accepts, if it accepts only some words. */
  readonly words?: readonly string[];
}

/** What each option may be. */
export interface Kinds {
  readonly [option: string]: Kind;
}

/** What each option in `T` may be: a table that lacks one does not compile. */
export type KindsOf<T> = { readonly [Option in keyof Required<T>]: Kind };

/** Which numbers an option takes. */
export interface NumberRange {
  /** The smallest number allowed. */
  readonly min?: number;
  /** The largest number allowed. */
  readonly max?: number;
  /** The number must be greater than this. */
  readonly above?: number;
  /** The number must be less than this. */
  readonly below?: number;
  readonly whole?: boolean;
}

/** A range in words: `"a whole number of 1 or more"`, `"a number from 0 to below 1"`. */
function rangeText({ min, max, above, below, whole = false }: NumberRange): string {
  const kind = whole ? "a whole number" : "a number";
  const end = max !== undefined ? `${max}` : below !== undefined ? `below ${below}` : undefined;
  if (min !== undefined) return end === undefined ? `${kind} of ${min} or more` : `${kind} from ${min} to ${end}`;
  if (above !== undefined) return end === undefined ? `${kind} above ${above}` : `${kind} above ${above}, up to ${end}`;
  if (max !== undefined) return `${kind} of ${max} or less`;
  return below === undefined ? kind : `${kind} below ${below}`;
}

const isNumber = (value: unknown): value is number => typeof value === "number" && !Number.isNaN(value);

/** A number in a range; without a range any number but NaN. */
export function number(range: NumberRange = {}): Kind {
  const { min = -Infinity, max = Infinity, above = -Infinity, below = Infinity, whole = false } = range;
  return {
    expected: rangeText(range),
    accepts: (value) =>
      isNumber(value) &&
      value >= min &&
      value <= max &&
      (value > above || above === -Infinity) &&
      (value < below || below === Infinity) &&
      (!whole || Number.isInteger(value)),
  };
}

/** From 0 to 1, the ends included. */
export const share = number({ min: 0, max: 1 });

/** 1, 2, 3 … */
export const count = number({ min: 1, whole: true });

/** 0, 1, 2 … */
export const index = number({ min: 0, whole: true });

/** … -1, 0, 1 … */
export const whole = number({ whole: true });

export const boolean: Kind = { expected: "true or false", accepts: (value) => typeof value === "boolean" };

export const text: Kind = { expected: "a string", accepts: (value) => typeof value === "string" };

/** A string that is not empty. */
export const name: Kind = {
  expected: "a string that is not empty",
  accepts: (value) => typeof value === "string" && value !== "",
};

/** One of these words or numbers, spelled exactly like this. */
export function oneOf(...words: readonly (string | number)[]): Kind {
  const listed = words.map((word) => JSON.stringify(word));
  return {
    expected: listed.length === 1 ? listed[0]! : `${listed.slice(0, -1).join(", ")} or ${listed.at(-1)}`,
    accepts: (value) => words.includes(value as string),
    words: words.filter((word) => typeof word === "string"),
  };
}

/** What `kind` accepts, or null. */
export const orNull = (kind: Kind): Kind => ({
  ...kind,
  expected: `${kind.expected}, or null`,
  accepts: (value) => value === null || kind.accepts(value),
});

/** What one of two kinds accepts. */
export const either = (one: Kind, other: Kind): Kind => ({
  expected: `${one.expected}, or ${other.expected}`,
  accepts: (value) => one.accepts(value) || other.accepts(value),
  words: [...(one.words ?? []), ...(other.words ?? [])],
});

/** A list whose every item `kind` accepts. */
export const listOf = (what: string, kind: Kind): Kind => ({
  expected: `a list of ${what}`,
  accepts: (value) => Array.isArray(value) && value.every(kind.accepts),
});

/** A list of any items. */
export const list: Kind = { expected: "a list", accepts: Array.isArray };

/** An axis, a negative one counted from the end. */
export const axis: Kind = { ...whole, expected: "an axis (a whole number)" };

/** One axis or several. */
export const axes: Kind = either(axis, listOf("axes", whole));

export const seed: Kind = orNull(whole);

export const callback: Kind = { expected: "a function", accepts: (value) => typeof value === "function" };

export const numbers: Kind = listOf("numbers", number());

/** A tensor, or numbers in arrays. */
export const tensorLike: Kind = {
  expected: "a tensor, a number or an array of numbers",
  accepts: (value) =>
    value instanceof tf.Tensor ||
    isNumber(value) ||
    typeof value === "boolean" ||
    ArrayBuffer.isView(value) ||
    Array.isArray(value),
};

/** An object of names and values. */
export const object: Kind = {
  expected: "an object of names and values",
  accepts: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

/** The type of a tensor's values. */
export const dtype: Kind = oneOf("float32", "int32", "bool");

/** Any value, because the code that reads the option checks it and says what is wrong. */
export const readElsewhere: Kind = { expected: "", accepts: () => true };
