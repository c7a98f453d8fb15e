import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../../callable";
import { positiveInteger } from "../arguments";
import { formatShape, type Shape } from "../keras_tensor";
import { treatment, treatmentConfig, type WeightTreatment } from "../kernel_layer";
import { Layer, layerOptionNames } from "../layer";
import { checkLayerOptions } from "../layer_options";
import { type LayerNormalizationOptions, layerNormalizationOptionNames } from "./layer_normalization";

/** Options of {@link GroupNormalization}. */
export interface GroupNormalizationOptions extends Omit<LayerNormalizationOptions, "axis"> {
  /** Into how many groups the channels are split; -1 for one for each channel. Default 32. */
  readonly groups?: number;
  /** The axis of the channels. Default -1. */
  readonly axis?: number;
}

const ownOptionNames = ["groups", ...layerNormalizationOptionNames] as const;

export class GroupNormalizationLayer extends Layer {
  static override readonly className = "GroupNormalization";
  override supportsMasking = true;
  readonly groups: number;
  readonly axis: number;
  readonly epsilon: number;
  readonly center: boolean;
  readonly scale: boolean;
  readonly #beta: WeightTreatment;
  readonly #gamma: WeightTreatment;
  gamma?: tf.Variable;
  beta?: tf.Variable;

  constructor(options: GroupNormalizationOptions = {}) {
    super(options);
    checkLayerOptions("GroupNormalization()", options, [...layerOptionNames, ...ownOptionNames]);
    const { groups = 32 } = options;
    this.groups = groups === -1 ? -1 : positiveInteger("GroupNormalization", "groups", groups);
    this.axis = options.axis ?? -1;
    this.epsilon = options.epsilon ?? 1e-3;
    this.center = options.center ?? true;
    this.scale = options.scale ?? true;
    this.#beta = treatment(this, options, "beta", "zeros");
    this.#gamma = treatment(this, options, "gamma", "ones");
  }

  override build(inputShape: Shape): void {
    const channels = inputShape.at(this.axis) ?? null;
    const groups = this.groups === -1 ? channels : this.groups;
    if (channels === null || groups === null || channels % groups !== 0) {
      throw new RangeError(
        `Layer "${this.name}" cannot split axis ${this.axis} of its input of shape ${formatShape(inputShape)} into ${groups ?? "as many"} groups.`,
      );
    }
    if (this.scale) this.gamma = this.addWeight({ name: "gamma", shape: [channels], ...this.#gamma });
    if (this.center) this.beta = this.addWeight({ name: "beta", shape: [channels], ...this.#beta });
  }

  override call(x: tf.Tensor): tf.Tensor {
    const axis = this.axis < 0 ? this.axis + x.rank : this.axis;
    const channels = x.shape[axis]!;
    const groups = this.groups === -1 ? channels : this.groups;
    const split = [...x.shape.slice(0, axis), groups, channels / groups, ...x.shape.slice(axis + 1)];
    const grouped = tf.reshape(x, split);
    const together = split.flatMap((_, i) => (i === 0 || i === axis ? [] : [i]));
    const centred = tf.sub(grouped, tf.mean(grouped, together, true));
    const variance = tf.mean(tf.square(centred), together, true);
    let y: tf.Tensor = tf.reshape(tf.mul(centred, tf.rsqrt(tf.add(variance, this.epsilon))), x.shape);
    const shape = x.shape.map((size, i) => (i === axis ? size : 1));
    if (this.gamma !== undefined) y = tf.mul(y, tf.reshape(this.gamma, shape));
    if (this.beta !== undefined) y = tf.add(y, tf.reshape(this.beta, shape));
    return y;
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig() {
    const { groups, axis, epsilon, center, scale } = this;
    const weights = { ...treatmentConfig("beta", this.#beta), ...treatmentConfig("gamma", this.#gamma) };
    return { ...super.getConfig(), groups, axis, epsilon, center, scale, ...weights };
  }
}

/**
 * Gives each group of channels of each sample mean 0 and variance 1, then `gamma · x + beta` (Wu and He, 2018).
 * https://keras.io/api/layers/normalization_layers/group_normalization/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.GroupNormalization({ groups: 2 })(tf.tensor2d([[1, 3, 5, 9]])) // about [[-1, 1, -1, 1]]
 * ```
 */
export const GroupNormalization = callable(GroupNormalizationLayer);
export type GroupNormalization = GroupNormalizationLayer;
