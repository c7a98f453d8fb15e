import * as kinds from "../options/kinds";
import type { OptionTable } from "./configurable";

/** Options of the crossentropies. */
export interface CrossentropyOptions {
  /** True if the predictions are scores before softmax or sigmoid. Default false. */
  readonly fromLogits?: boolean;
  /** How far to move targets towards equal shares, from 0 to 1. Default 0. */
  readonly labelSmoothing?: number;
  /** The axis of the classes. Default -1. */
  readonly axis?: number;
}

/** Options of `sparseCategoricalCrossentropy`. */
export interface SparseCrossentropyOptions {
  /** True if the predictions are scores before softmax. Default false. */
  readonly fromLogits?: boolean;
  /** A label to ignore, for example that of padding. Default: none. */
  readonly ignoreClass?: number | null;
  /** The axis of the classes; only the last is supported, as in Keras. Default -1. */
  readonly axis?: number;
}

/** What {@link CrossentropyOptions} may be, and their defaults. */
export const crossentropyTable: OptionTable<CrossentropyOptions> = {
  ownOptions: { fromLogits: kinds.boolean, labelSmoothing: kinds.share, axis: kinds.axis },
  defaults: { fromLogits: false, labelSmoothing: 0, axis: -1 },
};

/** What {@link SparseCrossentropyOptions} may be, and their defaults. */
export const sparseCrossentropyTable: OptionTable<SparseCrossentropyOptions> = {
  ownOptions: { fromLogits: kinds.boolean, ignoreClass: kinds.orNull(kinds.whole), axis: kinds.axis },
  defaults: { ignoreClass: null, fromLogits: false, axis: -1 },
};
