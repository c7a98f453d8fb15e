import * as tf from "@tensorflow/tfjs-core";
import { type NumberRange, rangeText } from "./number_range";

/** What an option may be, and how an error says so. */
export interface Kind {
  /** What comes after "to be": `"true or false"`. */
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
  /** The words that are taken, if the option is one of some words. */
  readonly words?: readonly string[];
}

/** What each of some options may be. */
export interface Kinds {
  readonly [option: string]: Kind;
}

/** What each option in `T` may be: a table that lacks one does not compile. */
export type KindsOf<T> = { readonly [Option in keyof Required<T>]: Kind };

const isNumber = (value: unknown): value is number => typeof value === "number" && !Number.isNaN(value);

/** A number in a range; without one any, infinite or not. */
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

/** A name, which is not empty. */
export const name: Kind = {
  expected: "a string that is not empty",
  accepts: (value) => typeof value === "string" && value !== "",
};

/** One of some words (or numbers), spelled exactly so. */
export function oneOf(...words: readonly (string | number)[]): Kind {
  const strings = words.filter((word) => typeof word === "string");
  const listed = words.map((word) => JSON.stringify(word));
  return {
    expected: listed.length === 1 ? listed[0]! : `${listed.slice(0, -1).join(", ")} or ${listed.at(-1)}`,
    accepts: (value) => words.includes(value as string),
    words: strings,
  };
}

/** What `kind` takes, or null. */
export const orNull = (kind: Kind): Kind => ({
  ...kind,
  expected: `${kind.expected}, or null`,
  accepts: (value) => value === null || kind.accepts(value),
});

/** What one of two kinds takes. */
export const either = (one: Kind, other: Kind): Kind => ({
  expected: `${one.expected}, or ${other.expected}`,
  accepts: (value) => one.accepts(value) || other.accepts(value),
  words: [...(one.words ?? []), ...(other.words ?? [])],
});

/** A list of which `kind` takes every item. */
export const listOf = (what: string, kind: Kind): Kind => ({
  expected: `a list of ${what}`,
  accepts: (value) => Array.isArray(value) && value.every(kind.accepts),
});

/** A list of whatever. */
export const list: Kind = { expected: "a list", accepts: Array.isArray };

/** One axis or several, negative ones counted from the end. */
export const axes: Kind = either({ ...whole, expected: "an axis (a whole number)" }, listOf("axes", whole));

export const axis: Kind = { ...whole, expected: "an axis (a whole number)" };

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

/** The names of options, or what each may be, as a table. */
export const kindsOf = (options: readonly string[] | Kinds): Kinds =>
  Array.isArray(options)
    ? Object.fromEntries((options as readonly string[]).map((option) => [option, readElsewhere]))
    : (options as Kinds);

/** An object, with names and values. */
export const object: Kind = {
  expected: "an object of names and values",
  accepts: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

/** A type of a tensor's values. */
export const dtype: Kind = oneOf("float32", "int32", "bool");

/** Whatever: the code that reads the option says what is wrong with it. */
export const readElsewhere: Kind = { expected: "", accepts: () => true };
