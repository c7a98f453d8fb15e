import type { Kind } from "../../options/kinds";

/** A range of factors: `0.2` is from -0.2 to 0.2. */
export type FactorRange = number | readonly [number, number];

/** The two ends of a range, the smaller first; those of one number are not below `floor`. */
export function endsOf(range: FactorRange, floor = -Infinity): readonly [number, number] {
  const [a, b] = typeof range === "number" ? [Math.max(-Math.abs(range), floor), Math.abs(range)] : range;
  return [Math.min(a, b), Math.max(a, b)];
}

/** A {@link FactorRange} with ends from `min` to 1. */
export const factorRange = (min: number, floor?: number): Kind => ({
  expected: `a number from ${min} to 1 or two of them`,
  accepts: (value) => {
    if (typeof value !== "number" && !(Array.isArray(value) && value.length === 2)) return false;
    return endsOf(value as FactorRange, floor).every((end) => end >= min && end <= 1);
  },
});
