import * as kinds from "../options/kinds";

/** Options of the crossentropies. */
export interface CrossentropyOptions {
  /** True if the predictions are scores before softmax or sigmoid. Default false. */
  readonly fromLogits?: boolean;
  /** How far targets are moved towards equal shares, from 0 to 1. Default 0. */
  readonly labelSmoothing?: number;
  /** The axis of the classes. Default -1. */
  readonly axis?: number;
}

/** Options of `sparseCategoricalCrossentropy`. */
export interface SparseCrossentropyOptions {
  /** True if the predictions are scores before softmax. Default false. */
  readonly fromLogits?: boolean;
  /** A label that does not count, for example that of padding. Default: none. */
  readonly ignoreClass?: number | null;
  /** The axis of the classes; only the last is supported, as in Keras. Default -1. */
  readonly axis?: number;
}

/** Options of `binaryFocalCrossentropy`. */
export interface BinaryFocalOptions extends CrossentropyOptions {
  /** Whether to weigh the classes by `alpha` and `1 - alpha`. Default false. */
  readonly applyClassBalancing?: boolean;
  /** Weight of class 1. Default 0.25. */
  readonly alpha?: number;
  /** How much easy samples are played down. Default 2. */
  readonly gamma?: number;
}

/** Options of `categoricalFocalCrossentropy`. */
export interface CategoricalFocalOptions extends CrossentropyOptions {
  /** Weight of all classes, or one for each. Default 0.25. */
  readonly alpha?: number | readonly number[];
  /** How much easy samples are played down. Default 2. */
  readonly gamma?: number;
}

/** What {@link CrossentropyOptions} may be. */
export const crossentropyKinds: kinds.KindsOf<CrossentropyOptions> = {
  fromLogits: kinds.boolean,
  labelSmoothing: kinds.share,
  axis: kinds.axis,
};

/** What {@link SparseCrossentropyOptions} may be. */
export const sparseKinds: kinds.KindsOf<SparseCrossentropyOptions> = {
  fromLogits: kinds.boolean,
  ignoreClass: kinds.orNull(kinds.whole),
  axis: kinds.axis,
};

const focus = kinds.number({ min: 0 });

/** What {@link BinaryFocalOptions} may be. */
export const binaryFocalKinds: kinds.KindsOf<BinaryFocalOptions> = {
  ...crossentropyKinds,
  applyClassBalancing: kinds.boolean,
  alpha: kinds.number(),
  gamma: focus,
};

/** What {@link CategoricalFocalOptions} may be. */
export const categoricalFocalKinds: kinds.KindsOf<CategoricalFocalOptions> = {
  ...crossentropyKinds,
  alpha: kinds.either(kinds.number(), kinds.numbers),
  gamma: focus,
};
