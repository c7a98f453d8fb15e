import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../../callable";
import { describe } from "../../options/options";
import type { Shape } from "../keras_tensor";
import { Layer, type LayerOptions, layerOptionNames } from "../layer";
import { checkLayerOptions } from "../layer_options";

/** One number, or one for each channel. */
export type PerChannel = number | readonly number[];

/** Options of {@link Rescaling}. */
export interface RescalingOptions extends LayerOptions {
  /** Added after scaling. Default 0. */
  readonly offset?: PerChannel;
}

function checked(option: string, value: unknown): PerChannel {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.every((n) => typeof n === "number" && Number.isFinite(n))) return value as PerChannel;
  throw new TypeError(
    `Rescaling() expected ${option} to be a number, or one for each channel, but found ${describe(value)}.`,
  );
}

export class RescalingLayer extends Layer {
  static override readonly className = "Rescaling";
  override supportsMasking = true;
  static override readonly positional = ["scale"];
  readonly scale: PerChannel;
  readonly offset: PerChannel;

  constructor(scale: PerChannel, options: RescalingOptions = {}) {
    super(options);
    checkLayerOptions("Rescaling()", options, [...layerOptionNames, "offset"]);
    this.scale = checked("scale", scale);
    this.offset = checked("offset", options.offset ?? 0);
    this.built = true;
  }

  override call(x: tf.Tensor): tf.Tensor {
    return tf.add(tf.mul(tf.cast(x, "float32"), this.scale as number), this.offset as number);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig() {
    return { ...super.getConfig(), scale: this.scale, offset: this.offset };
  }
}

/**
 * `x · scale + offset`: `Rescaling(1 / 255)` makes pixels numbers from 0 to 1.
 * https://keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Rescaling(1 / 127.5, { offset: -1 })(tf.tensor2d([[0, 255]])) // [[-1, 1]]
 * ```
 */
export const Rescaling = callable(RescalingLayer);
export type Rescaling = RescalingLayer;
