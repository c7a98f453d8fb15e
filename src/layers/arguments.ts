import type { Pair } from "../backend/nn/convolution";
import { describe } from "../options/options";

/** `value` if it is a whole number above 0; else an error that names the layer and the argument. */
export function positiveInteger(layer: string, argument: string, value: unknown): number {
  if (typeof value === "number" && Number.isInteger(value) && value > 0) return value;
  throw new RangeError(`${layer}() expected ${argument} to be a whole number above 0 but found ${describe(value)}.`);
}

/** One number for both axes, or one for each: `3` or `[3, 5]`. */
export type PairLike = number | readonly [number, number];

/** Both sizes of `value`; else an error that names the layer and the argument. */
export function positivePair(layer: string, argument: string, value: unknown): Pair {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value, value];
  if (list.length === 2 && list.every((n) => Number.isInteger(n) && (n as number) > 0)) return list as unknown as Pair;
  throw new RangeError(
    `${layer}() expected ${argument} to be a whole number above 0, or two of them, but found ${describe(value)}.`,
  );
}

/** `value` if it is one of `known`; else an error that names the layer and the argument. */
export function oneOf<T extends string>(layer: string, argument: string, value: unknown, known: readonly T[]): T {
  const found = known.find((name) => name === (typeof value === "string" ? value.toLowerCase() : value));
  if (found !== undefined) return found;
  const names = known.map((name) => `"${name}"`).join(", ");
  throw new RangeError(`${layer}() expected ${argument} to be one of ${names} but found ${describe(value)}.`);
}
