import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../../callable";
import { describe } from "../../options/options";
import { layerFromConfig } from "../../saving/object_registration";
import { type Serialized, serialize } from "../../saving/serialization";
import type { Shape } from "../keras_tensor";
import { type CallOptions, Layer, type LayerOptions, layerOptionNames } from "../layer";
import { checkLayerOptions } from "../layer_options";

export type WrapperClass<T> = (new (layer: Layer, options: object) => T) & { readonly positional: readonly string[] };

class TimeDistributedLayer extends Layer {
  static override readonly className = "TimeDistributed";
  static override readonly positional = ["layer"];
  override supportsMasking = true;
  readonly layer: Layer;

  constructor(layer: Layer, options: LayerOptions = {}) {
    super(options);
    checkLayerOptions("TimeDistributed()", options, layerOptionNames);
    if (!(layer instanceof Layer)) {
      throw new TypeError(`TimeDistributed() expected the layer to apply at each step but found ${describe(layer)}.`);
    }
    this.layer = layer;
    this.inputSpec = { minNdim: 3 };
  }

  override build([batch = null, , ...rest]: Shape): void {
    this.layer.ensureBuilt([batch, ...rest]);
  }

  override call(x: tf.Tensor, { training = false, mask }: CallOptions): tf.Tensor {
    const [batch = 0, steps = 0, ...rest] = x.shape;
    // Of a mask of steps, each step of the layer inside has one value for each sample.
    const inner = mask instanceof tf.Tensor ? { mask: tf.reshape(mask, [batch * steps, ...mask.shape.slice(2)]) } : {};
    this.layer.ensureBuilt([batch * steps, ...rest]);
    const y = this.layer.call(tf.reshape(x, [batch * steps, ...rest]), { training, ...inner }) as tf.Tensor;
    return tf.reshape(y, [batch, steps, ...y.shape.slice(1)]);
  }

  override computeOutputShape([batch = null, steps = null, ...rest]: Shape): Shape {
    const [, ...inner] = this.layer.computeOutputShape([batch, ...rest]) as Shape;
    return [batch, steps, ...inner];
  }

  override getConfig() {
    return { ...super.getConfig(), layer: serialize(this.layer) };
  }

  static override fromConfig<T extends Layer>(
    this: WrapperClass<T>,
    config: { readonly [option: string]: unknown },
  ): T {
    const { layer, ...options } = config;
    return new this(layerFromConfig(layer as Serialized), options);
  }
}

/**
 * Applies one layer to every step of `[batch, steps, …]`, with the same weights.
 * https://keras.io/api/layers/recurrent_layers/time_distributed/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.TimeDistributed(keras.layers.Dense(8))(tf.zeros([32, 10, 16])).shape // [32, 10, 8]
 * ```
 */
export const TimeDistributed = callable(TimeDistributedLayer);
export type TimeDistributed = TimeDistributedLayer;
