import type * as tf from "@tensorflow/tfjs-core";
import * as constraints from "../constraints/index";
import * as initializers from "../initializers/index";
import * as kinds from "../options/kinds";
import { checkOptions, reading } from "../options/options";
import * as regularizers from "../regularizers/index";
import type { Shape } from "./keras_tensor";
import type { Mask } from "./masks";

/** What every layer takes. */
export interface LayerOptions {
  /** In any script; shown in `summary()`. Default: the class's, `dense`, `dense_1` … */
  readonly name?: string;
  /** False freezes the layer: `fit` leaves its weights alone. Default true. */
  readonly trainable?: boolean;
  /** The type of weights and computation. Default `"float32"`. */
  readonly dtype?: "float32";
  /** For the first layer of a Sequential: the shape of one sample, instead of an `Input`. */
  readonly inputShape?: Shape;
  /** A regularizer of what the layer puts out. Default none. */
  readonly activityRegularizer?: regularizers.RegularizerIdentifier;
}

/** The names in {@link LayerOptions}, for the option check of a layer. */
export const layerOptionNames = ["name", "trainable", "dtype", "inputShape", "activityRegularizer"] as const;

const shape = kinds.listOf("sizes, whole numbers or null", kinds.orNull(kinds.whole));

/**
 * What the options of layers may be, where the layer does not say so itself. One name means the same in all layers; what
 * is not here is told by what makes something of it (`initializers.get`, `oneOf` …).
 */
const layerKinds: kinds.Kinds = {
  name: kinds.name,
  trainable: kinds.boolean,
  dtype: kinds.oneOf("float32"),
  inputShape: shape,
  axis: kinds.axis,
  l1: kinds.number({ min: 0 }),
  l2: kinds.number({ min: 0 }),
  dropout: kinds.share,
  recurrentDropout: kinds.share,
  momentum: kinds.share,
  alpha: kinds.number(),
  maxValue: kinds.orNull(kinds.number({ min: 0 })),
  negativeSlope: kinds.number({ min: 0 }),
  threshold: kinds.number({ min: 0 }),
  useBias: kinds.boolean,
  returnSequences: kinds.boolean,
  returnState: kinds.boolean,
  maskZero: kinds.boolean,
  stateful: kinds.boolean,
  unroll: kinds.boolean,
  zeroOutputForMask: kinds.boolean,
  goBackwards: kinds.boolean,
  resetAfter: kinds.boolean,
  unitForgetBias: kinds.boolean,
  center: kinds.boolean,
  scale: kinds.boolean,
  normalize: kinds.boolean,
  keepdims: kinds.boolean,
  invert: kinds.boolean,
  seed: kinds.seed,
  epsilon: kinds.number({ min: 0 }),
  fillValue: kinds.number(),
  maskValue: kinds.number(),
  noiseShape: kinds.orNull(shape),
  outputShape: kinds.orNull(shape),
  sharedAxes: kinds.orNull(kinds.listOf("axes from 1 on", kinds.count)),
};

/**
 * Throws for an option of a layer that does not exist, or is not what it may be.
 *
 * @param where the layer, as the reader knows it: `"Dense()"`
 * @param own what options may be that differ from layer to layer: `axis` is one, or may be several
 */
export function checkLayerOptions(
  where: string,
  options: object,
  names: readonly string[],
  own: kinds.Kinds = {},
): void {
  const known = { ...layerKinds, ...own };
  checkOptions(where, options, Object.fromEntries(names.map((name) => [name, known[name] ?? kinds.readElsewhere])));
}

/** The check of the options that every layer takes, a reader's own with options of its own included. */
export function checkCommonOptions(where: string, options: LayerOptions): void {
  const common = layerOptionNames.filter((name) => name in options).map((name) => [name, options[name]]);
  checkLayerOptions(where, Object.fromEntries(common), layerOptionNames);
}

/** What a call passes on to `call`. */
export interface CallOptions {
  /** True in `fit`, where Dropout drops and BatchNormalization uses the batch. Default: the calling layer's, else false. */
  readonly training?: boolean;
  /** Which steps count, for layers that skip the others. Default: what the layers before found out. */
  readonly mask?: Mask;
  readonly [name: string]: unknown;
}

/** A weight to make: see {@link Layer.addWeight}. */
export interface WeightOptions {
  /** Default `"variable"`. */
  readonly name?: string;
  /** Every size must be known. Default `[]`, a scalar. */
  readonly shape?: readonly (number | null | undefined)[];
  /** Default `"glorot_uniform"`. */
  readonly initializer?: initializers.InitializerIdentifier;
  /** Default true. */
  readonly trainable?: boolean;
  readonly regularizer?: regularizers.RegularizerIdentifier | null;
  readonly constraint?: constraints.ConstraintIdentifier | null;
  /** Default `"float32"`. */
  readonly dtype?: tf.DataType;
}

/** What a layer is called on. */
export type Inputs = tf.Tensor | tf.Tensor[];

const weightKinds: kinds.KindsOf<WeightOptions> = {
  name: kinds.name,
  shape: { expected: "a list of sizes", accepts: Array.isArray },
  initializer: kinds.readElsewhere,
  trainable: kinds.boolean,
  regularizer: kinds.readElsewhere,
  constraint: kinds.readElsewhere,
  dtype: kinds.dtype,
};

/** How a weight of these options starts, and what holds it in check. */
export function weightTreatment(options: WeightOptions) {
  const where = "addWeight()";
  checkOptions(where, options, weightKinds);
  return {
    initializer: reading(where, "initializer", () => initializers.get(options.initializer ?? "glorot_uniform")),
    regularizer: reading(where, "regularizer", () => regularizers.get(options.regularizer)),
    constraint: reading(where, "constraint", () => constraints.get(options.constraint)),
  };
}
