import type * as tf from "@tensorflow/tfjs-core";
import type { ConstraintIdentifier } from "../constraints/index";
import type { InitializerIdentifier } from "../initializers/index";
import type { RegularizerIdentifier } from "../regularizers/index";
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
  readonly activityRegularizer?: RegularizerIdentifier;
}

/** The names in {@link LayerOptions}, for the option check of a layer. */
export const layerOptionNames = ["name", "trainable", "dtype", "inputShape", "activityRegularizer"] as const;

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
  readonly initializer?: InitializerIdentifier;
  /** Default true. */
  readonly trainable?: boolean;
  readonly regularizer?: RegularizerIdentifier | null;
  readonly constraint?: ConstraintIdentifier | null;
  /** Default `"float32"`. */
  readonly dtype?: tf.DataType;
}

/** What a layer is called on. */
export type Inputs = tf.Tensor | tf.Tensor[];
