import type { Pair } from "../backend/nn/convolution";
import type { Kind } from "../options/kinds";
import { argument, positive } from "./layer_options";

/** One number for both axes, or one for each: `3` or `[3, 5]`. */
export type PairLike = number | readonly [number, number];

/** A {@link PairLike} of whole numbers above 0. */
export const pair: Kind = {
  expected: `${positive.expected} or two of them`,
  accepts: (value) =>
    positive.accepts(value) || (Array.isArray(value) && value.length === 2 && value.every(positive.accepts)),
};

/** Both numbers of a {@link PairLike}. */
export const bothOf = (value: PairLike): Pair => (typeof value === "number" ? [value, value] : (value as Pair));

/** Both numbers of an argument of a layer's constructor. */
export const pairArgument = (layer: { readonly className: string }, name: string, value: PairLike): Pair =>
  bothOf(argument(layer, name, value, pair));
