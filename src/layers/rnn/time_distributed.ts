import * as tf from "@tensorflow/tfjs-core";
import type { Kind } from "../../options/kinds";
import { layerFromConfig } from "../../saving/object_registration";
import { type Serialized, serialize } from "../../saving/serialization";
import { callableLayer } from "../callable_layer";
import type { Shape } from "../keras_tensor";
import { type CallOptions, Layer, type LayerClass, type LayerConfig, type LayerOptions } from "../layer";
import { argument, layerKinds } from "../layer_options";
import { keepsSamplesApart } from "./samples_apart";

const wrapped: Kind = { expected: "the layer to apply at each step", accepts: (value) => value instanceof Layer };

class TimeDistributedLayer extends Layer {
  static override readonly className = "TimeDistributed";
  static override readonly positional = ["layer"];
  static override readonly optionKinds = layerKinds;
  override supportsMasking = true;
  readonly layer: Layer;

  constructor(layer: Layer, options: LayerOptions = {}) {
    super(options);
    this.layer = argument(this, "layer", layer, wrapped);
    this.inputSpec = { minNdim: 3 };
  }

  override build([batch = null, , ...rest]: Shape): void {
    this.layer.ensureBuilt([batch, ...rest]);
  }

  override call(x: tf.Tensor, { training = false, mask }: CallOptions): tf.Tensor {
    const [batch = 0, steps = 0, ...rest] = x.shape;
    this.layer.ensureBuilt([batch, ...rest]);
    if (!keepsSamplesApart(this.layer, training)) return this.#stepByStep(x, training, mask);
    // The inner layer sees each step as a sample: its mask has one value for each.
    const inner = mask instanceof tf.Tensor ? { mask: tf.reshape(mask, [batch * steps, ...mask.shape.slice(2)]) } : {};
    const y = this.layer.call(tf.reshape(x, [batch * steps, ...rest]), { training, ...inner }) as tf.Tensor;
    return tf.reshape(y, [batch, steps, ...y.shape.slice(1)]);
  }

  /** As Keras does it always. */
  #stepByStep(x: tf.Tensor, training: boolean, mask: CallOptions["mask"]): tf.Tensor {
    const masks = mask instanceof tf.Tensor ? tf.unstack(mask, 1) : undefined;
    const outputs = tf.unstack(x, 1).map((step, i) => {
      const inner = masks === undefined ? {} : { mask: masks[i]! };
      return this.layer.call(step, { training, ...inner }) as tf.Tensor;
    });
    return tf.stack(outputs, 1);
  }

  override computeOutputShape([batch = null, steps = null, ...rest]: Shape): Shape {
    const [, ...inner] = this.layer.computeOutputShape([batch, ...rest]) as Shape;
    return [batch, steps, ...inner];
  }

  override getConfig() {
    return { ...super.getConfig(), layer: serialize(this.layer) };
  }

  static override fromConfig<T extends Layer>(this: LayerClass<T>, config: LayerConfig): T {
    const { layer, ...options } = config;
    return new this(layerFromConfig(layer as Serialized), options);
  }
}

/**
 * Applies one layer to every step of `[batch, steps, …]`, with the same weights.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.TimeDistributed(keras.layers.Dense(8))(tf.zeros([32, 10, 16])).shape // [32, 10, 8]
 * ```
 * @see https://keras.io/api/layers/recurrent_layers/time_distributed/
 */
export const TimeDistributed = callableLayer(TimeDistributedLayer);
export type TimeDistributed = TimeDistributedLayer;
