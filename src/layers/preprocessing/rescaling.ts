import * as tf from "@tensorflow/tfjs-core";
import type { Kind } from "../../options/kinds";
import { callableLayer } from "../callable_layer";
import { argument, type LayerOptions, layerKinds } from "../layer_options";
import { SameShape } from "../same_shape";

/** One number, or one for each channel. */
export type PerChannel = number | readonly number[];

/** Options of {@link Rescaling}. */
export interface RescalingOptions extends LayerOptions {
  /** Added after scaling. Default 0. */
  readonly offset?: PerChannel;
}

const perChannel: Kind = {
  expected: "a number or one for each channel",
  accepts: (value) => (Array.isArray(value) ? value : [value]).every(Number.isFinite),
};

export class RescalingLayer extends SameShape {
  static override readonly className = "Rescaling";
  static override readonly positional = ["scale"];
  static override readonly optionKinds = { ...layerKinds, offset: perChannel };
  readonly scale: PerChannel;
  readonly offset: PerChannel;

  constructor(scale: PerChannel, options: RescalingOptions = {}) {
    super(options);
    this.scale = argument(this, "scale", scale, perChannel);
    this.offset = options.offset ?? 0;
  }

  override call(x: tf.Tensor): tf.Tensor {
    return tf.add(tf.mul(tf.cast(x, "float32"), this.scale as number), this.offset as number);
  }
}

/**
 * `x · scale + offset`: `Rescaling(1 / 255)` scales pixels to numbers from 0 to 1.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Rescaling(1 / 127.5, { offset: -1 })(tf.tensor2d([[0, 255]])) // [[-1, 1]]
 * ```
 * @see https://keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling/
 */
export const Rescaling = callableLayer(RescalingLayer);
export type Rescaling = RescalingLayer;
