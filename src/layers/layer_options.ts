import type * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../options/kinds";
import { checked } from "../options/options";
import type * as regularizers from "../regularizers/index";
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
  /** A regularizer of the layer's output. Default none. */
  readonly activityRegularizer?: regularizers.RegularizerIdentifier;
}

/** A whole number above 0. */
export const positive: kinds.Kind = kinds.number({ above: 0, whole: true });

/** A shape that may have unknown sizes. */
export const shape: kinds.Kind = kinds.listOf("sizes, whole numbers or null", kinds.orNull(kinds.whole));

/** One of some words in lower or upper case, as Keras takes them; {@link lower} reads it. */
export const word = (...words: readonly string[]): kinds.Kind => ({
  ...kinds.oneOf(...words),
  accepts: (value) => typeof value === "string" && words.includes(value.toLowerCase()),
});

/** A {@link word} in lower case. */
export const lower = <T extends string>(text: T): T => text.toLowerCase() as T;

/** How a window treats the borders: `"valid"` or `"same"`. */
export const padding: kinds.Kind = { ...word("valid", "same"), expected: 'one of "valid", "same"' };

/** The options that every layer takes, for the table of a layer: `{ ...layerKinds, units: positive }`. */
export const layerKinds: kinds.KindsOf<LayerOptions> = {
  name: kinds.name,
  trainable: kinds.boolean,
  dtype: kinds.oneOf("float32"),
  inputShape: shape,
  activityRegularizer: kinds.readElsewhere,
};

/** {@link checked} for an argument of a layer's constructor. */
export const argument = <T>(layer: { readonly className: string }, name: string, value: T, kind: kinds.Kind): T =>
  checked(`${layer.className}()`, name, value, kind);

/** What a call passes on to `call`. */
export interface CallOptions {
  /** True in `fit`, where Dropout drops and BatchNormalization uses the batch. Default: the calling layer's, else false. */
  readonly training?: boolean;
  /** Which steps count, for layers that skip the others. Default: the mask that the layers before made. */
  readonly mask?: Mask;
  readonly [name: string]: unknown;
}

/** What a layer is called on. */
export type Inputs = tf.Tensor | tf.Tensor[];
