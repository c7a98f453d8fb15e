import * as tf from "@tensorflow/tfjs-core";
import { asList } from "../../backend/lists";
import * as kinds from "../../options/kinds";
import { layerFromConfig } from "../../saving/object_registration";
import { type Serialized, serialize } from "../../saving/serialization";
import { callableLayer } from "../callable_layer";
import type { Shape } from "../keras_tensor";
import { type CallOptions, type Inputs, Layer, type LayerClass, type LayerConfig, type LayerOptions } from "../layer";
import { argument, layerKinds } from "../layer_options";
import { firstMask, type Mask } from "../masks";
import { Recurrent } from "./recurrent";

const recurrent: kinds.Kind = {
  expected: "a recurrent layer such as LSTM",
  accepts: (value) => value instanceof Recurrent,
};

/** Options of {@link Bidirectional}. */
export interface BidirectionalOptions extends LayerOptions {
  /** How the outputs of both directions are merged; null returns both. Default `"concat"`. */
  readonly mergeMode?: "concat" | "sum" | "mul" | "ave" | null;
  /** The layer for the backward direction. Default: one with the options of the first. */
  readonly backwardLayer?: Layer;
}

class BidirectionalLayer extends Layer {
  static override readonly className = "Bidirectional";
  static override readonly positional = ["layer"];
  static override readonly optionKinds = {
    ...layerKinds,
    mergeMode: kinds.orNull(kinds.oneOf("concat", "sum", "mul", "ave")),
    backwardLayer: recurrent,
  };
  readonly mergeMode: (BidirectionalOptions["mergeMode"] & {}) | null;
  readonly forwardLayer: Recurrent;
  readonly backwardLayer: Recurrent;
  readonly #givenBackward: Recurrent | null;
  readonly #layer: Serialized;

  constructor(layer: Layer, options: BidirectionalOptions = {}) {
    super(options);
    const { backwardLayer, mergeMode = "concat" } = options;
    argument(this, "layer", layer, recurrent);
    this.mergeMode = mergeMode;
    const config = layer.getConfig();
    this.#layer = { className: layer.className, config };
    const kind = layer.constructor as typeof Recurrent & LayerClass<Recurrent>;
    const copy = (changes: object) => kind.fromConfig({ ...config, ...changes });
    const name = layer.name.replace(/^forward_/, "");
    this.forwardLayer = copy({ name: `forward_${name}` });
    this.#givenBackward = (backwardLayer as Recurrent | undefined) ?? null;
    const back = { name: `backward_${name}`, goBackwards: !(layer as Recurrent).goBackwards };
    this.backwardLayer = this.#givenBackward ?? copy(back);
    for (const each of [this.forwardLayer, this.backwardLayer]) each.zeroOutputForMask = each.returnSequences;
    if (this.backwardLayer.goBackwards === this.forwardLayer.goBackwards) {
      throw new Error(
        "Bidirectional() expected layers that go opposite ways: give the backward one goBackwards: true.",
      );
    }
    this.inputSpec = { ndim: 3 };
  }

  override build(inputShape: Shape): void {
    this.forwardLayer.ensureBuilt(inputShape);
    this.backwardLayer.ensureBuilt(inputShape);
  }

  override call(inputs: Inputs, { training = false, mask }: CallOptions): tf.Tensor | tf.Tensor[] {
    const [x, ...states] = asList(inputs);
    const half = states.length / 2;
    const passed = { training, ...(mask === undefined ? {} : { mask }) };
    const both = [this.forwardLayer, this.backwardLayer].map((layer, way) => {
      const own = states.slice(way * half, (way + 1) * half);
      return asList<tf.Tensor>(layer.apply(half === 0 ? x! : [x!, ...own], passed));
    });
    const [[forward, ...forwardStates], [back, ...backStates]] = both as [
      [tf.Tensor, ...tf.Tensor[]],
      [tf.Tensor, ...tf.Tensor[]],
    ];
    const backward = this.backwardLayer.returnSequences ? tf.reverse(back, 1) : back;
    const outputs = [...this.#merge(forward, backward), ...forwardStates, ...backStates];
    return outputs.length === 1 ? outputs[0]! : outputs;
  }

  override computeMask(_inputs: Inputs, mask: Mask): Mask {
    const steps = firstMask(mask);
    if (!this.forwardLayer.returnSequences) return null;
    return this.mergeMode === null ? [steps, steps] : [steps];
  }

  #merge(forward: tf.Tensor, backward: tf.Tensor): tf.Tensor[] {
    if (this.mergeMode === null) return [forward, backward];
    if (this.mergeMode === "concat") return [tf.concat([forward, backward], -1)];
    if (this.mergeMode === "mul") return [tf.mul(forward, backward)];
    const sum = tf.add(forward, backward);
    return [this.mergeMode === "sum" ? sum : tf.div(sum, 2)];
  }

  override computeOutputShape(inputShape: Shape): Shape | readonly Shape[] {
    const shapes = this.forwardLayer.computeOutputShape(inputShape);
    const [output, ...states] = (this.forwardLayer.returnState ? shapes : [shapes]) as [Shape, ...Shape[]];
    const merged: Shape[] =
      this.mergeMode === null
        ? [output, output]
        : [this.mergeMode === "concat" ? [...output.slice(0, -1), 2 * output.at(-1)!] : output];
    const all = [...merged, ...states, ...states];
    return all.length === 1 ? all[0]! : all;
  }

  override getConfig() {
    const { backwardLayer: _, ...config } = super.getConfig();
    const backward = this.#givenBackward === null ? {} : { backwardLayer: serialize(this.#givenBackward) };
    return { ...config, layer: this.#layer, ...backward };
  }

  static override fromConfig<T extends Layer>(this: LayerClass<T>, config: LayerConfig): T {
    const { layer, backwardLayer, ...options } = config;
    const back = backwardLayer === undefined ? {} : { backwardLayer: layerFromConfig(backwardLayer as Serialized) };
    return new this(layerFromConfig(layer as Serialized), { ...options, ...back });
  }
}

/**
 * Runs a recurrent layer both ways through the steps and merges the outputs (Schuster and Paliwal, 1997).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Bidirectional(keras.layers.LSTM(8))(tf.zeros([32, 10, 16])).shape // [32, 16]
 * ```
 * @see https://keras.io/api/layers/recurrent_layers/bidirectional/
 */
export const Bidirectional = callableLayer(BidirectionalLayer);
export type Bidirectional = BidirectionalLayer;
