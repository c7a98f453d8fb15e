import * as tf from "@tensorflow/tfjs-core";
import type * as initializers from "../../initializers/index";
import * as kinds from "../../options/kinds";
import { callableLayer } from "../callable_layer";
import { formatShape, type Shape } from "../keras_tensor";
import type { CallOptions } from "../layer";
import { Affine, type AffineOptions } from "./affine";

/** Options of {@link BatchNormalization}. */
export interface BatchNormalizationOptions extends AffineOptions {
  /** The axis of the features, each of which is normalized separately. Default -1. */
  readonly axis?: number;
  /** How much of the moving statistics each batch keeps. Default 0.99. */
  readonly momentum?: number;
  /** Default `"zeros"`. */
  readonly movingMeanInitializer?: initializers.InitializerIdentifier;
  /** Default `"ones"`. */
  readonly movingVarianceInitializer?: initializers.InitializerIdentifier;
}

export class BatchNormalizationLayer extends Affine {
  static override readonly className = "BatchNormalization";
  static override readonly optionKinds = {
    ...Affine.optionKinds,
    axis: kinds.axis,
    momentum: kinds.share,
    movingMeanInitializer: kinds.readElsewhere,
    movingVarianceInitializer: kinds.readElsewhere,
  };
  readonly axis: number;
  readonly momentum: number;
  readonly #movingMean;
  readonly #movingVariance;
  movingMean?: tf.Variable;
  movingVariance?: tf.Variable;

  constructor(options: BatchNormalizationOptions = {}) {
    super(options);
    this.axis = options.axis ?? -1;
    this.momentum = options.momentum ?? 0.99;
    this.#movingMean = this.treatment(options, "movingMean", "zeros");
    this.#movingVariance = this.treatment(options, "movingVariance", "ones");
  }

  override build(inputShape: Shape): void {
    const { axis } = this;
    if (axis < -inputShape.length || axis >= inputShape.length) {
      throw new RangeError(
        `Layer "${this.name}" normalizes axis ${axis}, which its input of shape ${formatShape(inputShape)} does not have.`,
      );
    }
    const shape = [inputShape.at(axis)];
    this.addGammaAndBeta(shape);
    const fixed = { shape, trainable: false };
    this.movingMean = this.addWeight({ name: "moving_mean", ...fixed, ...this.#movingMean });
    this.movingVariance = this.addWeight({ name: "moving_variance", ...fixed, ...this.#movingVariance });
    this.inputSpec = { ndim: inputShape.length, axes: { [this.axis]: shape[0]! } };
  }

  override call(x: tf.Tensor, { training = false, mask }: CallOptions): tf.Tensor {
    const axis = this.axis < 0 ? this.axis + x.rank : this.axis;
    let [mean, variance]: [tf.Tensor, tf.Tensor] = [this.movingMean!, this.movingVariance!];
    if (training && this.trainable) {
      const others = [...x.shape.keys()].filter((i) => i !== axis);
      const average = mask instanceof tf.Tensor ? meanOfMasked(x, mask) : tf.mean;
      const kept = average(x, others, true);
      [mean, variance] = [tf.reshape(kept, [-1]), average(tf.square(tf.sub(x, kept)), others)];
      this.#move(this.movingMean!, mean);
      this.#move(this.movingVariance!, variance);
    }
    const root = tf.rsqrt(tf.add(variance, this.epsilon));
    const factor = this.gamma === undefined ? root : tf.mul(root, this.gamma);
    const shift = tf.mul(mean, factor);
    const offset = this.beta === undefined ? tf.neg(shift) : tf.sub(this.beta, shift);
    const shape = x.shape.map((size, i) => (i === axis ? size : 1));
    const fit = (y: tf.Tensor) => (axis === x.rank - 1 ? y : tf.reshape(y, shape));
    return tf.add(tf.mul(x, fit(factor)), fit(offset));
  }

  #move(moving: tf.Variable, now: tf.Tensor): void {
    moving.assign(tf.add(tf.mul(moving, this.momentum), tf.mul(now, 1 - this.momentum)));
  }
}

/** The mean of the values that a mask keeps, for values of the shape of `x`. */
function meanOfMasked(x: tf.Tensor, mask: tf.Tensor) {
  const counts = tf.mul(tf.expandDims(tf.cast(mask, "float32"), -1), tf.onesLike(x));
  return (values: tf.Tensor, axes: number[], keepDims = false): tf.Tensor =>
    tf.div(
      tf.sum(tf.where(tf.cast(counts, "bool"), values, 0), axes, keepDims),
      tf.add(tf.sum(counts, axes, keepDims), 1e-7),
    );
}

/**
 * Gives each feature mean 0 and variance 1, then `gamma · x + beta`. Training uses the statistics of the batch and updates
 * `movingMean` and `movingVariance`; otherwise, and when the layer is frozen, it uses these (Ioffe and Szegedy, 2015).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.BatchNormalization()(tf.tensor2d([[1], [3]]), { training: true }) // about [[-1], [1]]
 * ```
 * @see https://keras.io/api/layers/normalization_layers/batch_normalization/
 */
export const BatchNormalization = callableLayer(BatchNormalizationLayer);
export type BatchNormalization = BatchNormalizationLayer;
