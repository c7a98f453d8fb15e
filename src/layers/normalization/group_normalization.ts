import * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../../options/kinds";
import { callableLayer } from "../callable_layer";
import { formatShape, type Shape } from "../keras_tensor";
import { positive } from "../layer_options";
import { Affine, type AffineOptions } from "./affine";

/** Options of {@link GroupNormalization}. */
export interface GroupNormalizationOptions extends AffineOptions {
  /** The number of groups into which the channels are split; -1 makes each channel a group. Default 32. */
  readonly groups?: number;
  /** The axis of the channels. Default -1. */
  readonly axis?: number;
}

export class GroupNormalizationLayer extends Affine {
  static override readonly className = "GroupNormalization";
  static override readonly optionKinds = {
    ...Affine.optionKinds,
    groups: kinds.either(positive, kinds.oneOf(-1)),
    axis: kinds.axis,
  };
  readonly groups: number;
  readonly axis: number;

  constructor(options: GroupNormalizationOptions = {}) {
    super(options);
    this.groups = options.groups ?? 32;
    this.axis = options.axis ?? -1;
  }

  override build(inputShape: Shape): void {
    const channels = inputShape.at(this.axis) ?? null;
    const groups = this.groups === -1 ? channels : this.groups;
    if (channels === null || groups === null || channels % groups !== 0) {
      throw new RangeError(
        `Layer "${this.name}" cannot split axis ${this.axis} of its input of shape ${formatShape(inputShape)} into ${groups ?? "as many"} groups.`,
      );
    }
    this.addGammaAndBeta([channels]);
  }

  override call(x: tf.Tensor): tf.Tensor {
    const axis = this.axis < 0 ? this.axis + x.rank : this.axis;
    const channels = x.shape[axis]!;
    const groups = this.groups === -1 ? channels : this.groups;
    const split = [...x.shape.slice(0, axis), groups, channels / groups, ...x.shape.slice(axis + 1)];
    const together = split.flatMap((_, i) => (i === 0 || i === axis ? [] : [i]));
    return this.scaled(tf.reshape(this.normalized(tf.reshape(x, split), together), x.shape), [axis]);
  }
}

/**
 * Gives each group of channels of each sample mean 0 and variance 1, then `gamma · x + beta` (Wu and He, 2018).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.GroupNormalization({ groups: 2 })(tf.tensor2d([[1, 3, 5, 9]])) // about [[-1, 1, -1, 1]]
 * ```
 * @see https://keras.io/api/layers/normalization_layers/group_normalization/
 */
export const GroupNormalization = callableLayer(GroupNormalizationLayer);
export type GroupNormalization = GroupNormalizationLayer;
