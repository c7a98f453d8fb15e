import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../../callable";
import type * as constraints from "../../constraints/index";
import type * as initializers from "../../initializers/index";
import type * as regularizers from "../../regularizers/index";
import { serialize } from "../../saving/serialization";
import { formatShape, type Shape } from "../keras_tensor";
import { treatment, treatmentConfig, type WeightTreatment } from "../kernel_layer";
import { type CallOptions, Layer, type LayerOptions, layerOptionNames } from "../layer";
import { checkLayerOptions } from "../layer_options";

/** Options of {@link BatchNormalization}. */
export interface BatchNormalizationOptions extends LayerOptions {
  /** The axis of the features, which are normalized each for itself. Default -1. */
  readonly axis?: number;
  /** How much of the moving statistics each batch keeps. Default 0.99. */
  readonly momentum?: number;
  /** Added to the variance. Default 0.001. */
  readonly epsilon?: number;
  /** Whether an offset `beta` is learnt. Default true. */
  readonly center?: boolean;
  /** Whether a factor `gamma` is learnt. Default true. */
  readonly scale?: boolean;
  /** Default `"zeros"`. */
  readonly betaInitializer?: initializers.InitializerIdentifier;
  /** Default `"ones"`. */
  readonly gammaInitializer?: initializers.InitializerIdentifier;
  /** Default `"zeros"`. */
  readonly movingMeanInitializer?: initializers.InitializerIdentifier;
  /** Default `"ones"`. */
  readonly movingVarianceInitializer?: initializers.InitializerIdentifier;
  readonly betaRegularizer?: regularizers.RegularizerIdentifier;
  readonly gammaRegularizer?: regularizers.RegularizerIdentifier;
  readonly betaConstraint?: constraints.ConstraintIdentifier;
  readonly gammaConstraint?: constraints.ConstraintIdentifier;
}

const ownOptionNames = [
  "axis",
  "momentum",
  "epsilon",
  "center",
  "scale",
  "betaInitializer",
  "gammaInitializer",
  "movingMeanInitializer",
  "movingVarianceInitializer",
  "betaRegularizer",
  "gammaRegularizer",
  "betaConstraint",
  "gammaConstraint",
] as const;

export class BatchNormalizationLayer extends Layer {
  static override readonly className = "BatchNormalization";
  override supportsMasking = true;
  readonly axis: number;
  readonly momentum: number;
  readonly epsilon: number;
  readonly center: boolean;
  readonly scale: boolean;
  readonly #beta: WeightTreatment;
  readonly #gamma: WeightTreatment;
  readonly #initializers: { readonly mean: initializers.Initializer; readonly variance: initializers.Initializer };
  gamma?: tf.Variable;
  beta?: tf.Variable;
  movingMean?: tf.Variable;
  movingVariance?: tf.Variable;

  constructor(options: BatchNormalizationOptions = {}) {
    super(options);
    checkLayerOptions("BatchNormalization()", options, [...layerOptionNames, ...ownOptionNames]);
    this.axis = options.axis ?? -1;
    this.momentum = options.momentum ?? 0.99;
    this.epsilon = options.epsilon ?? 1e-3;
    this.center = options.center ?? true;
    this.scale = options.scale ?? true;
    this.#beta = treatment(this, options, "beta", "zeros");
    this.#gamma = treatment(this, options, "gamma", "ones");
    this.#initializers = {
      mean: treatment(this, options, "movingMean", "zeros").initializer,
      variance: treatment(this, options, "movingVariance", "ones").initializer,
    };
  }

  override build(inputShape: Shape): void {
    const { axis } = this;
    if (!Number.isInteger(axis) || axis < -inputShape.length || axis >= inputShape.length) {
      throw new RangeError(
        `Layer "${this.name}" normalizes axis ${axis}, which its input of shape ${formatShape(inputShape)} does not have.`,
      );
    }
    const shape = [inputShape.at(axis)];
    if (this.scale) this.gamma = this.addWeight({ name: "gamma", shape, ...this.#gamma });
    if (this.center) this.beta = this.addWeight({ name: "beta", shape, ...this.#beta });
    const { mean, variance } = this.#initializers;
    this.movingMean = this.addWeight({ name: "moving_mean", shape, initializer: mean, trainable: false });
    this.movingVariance = this.addWeight({ name: "moving_variance", shape, initializer: variance, trainable: false });
    this.inputSpec = { ndim: inputShape.length, axes: { [this.axis]: shape[0]! } };
  }

  override call(x: tf.Tensor, { training = false, mask }: CallOptions): tf.Tensor {
    const axis = this.axis < 0 ? this.axis + x.rank : this.axis;
    let [mean, variance]: tf.Tensor[] = [this.movingMean as tf.Variable, this.movingVariance as tf.Variable];
    if (training && this.trainable) {
      const others = [...x.shape.keys()].filter((i) => i !== axis);
      const average = mask instanceof tf.Tensor ? meanOfMasked(x, mask) : tf.mean;
      const kept = average(x, others, true);
      [mean, variance] = [tf.reshape(kept, [-1]), average(tf.square(tf.sub(x, kept)), others)];
      this.#move(this.movingMean as tf.Variable, mean);
      this.#move(this.movingVariance as tf.Variable, variance);
    }
    const root = tf.rsqrt(tf.add(variance as tf.Tensor, this.epsilon));
    const factor = this.gamma === undefined ? root : tf.mul(root, this.gamma);
    const shift = tf.mul(mean as tf.Tensor, factor);
    const offset = this.beta === undefined ? tf.neg(shift) : tf.sub(this.beta, shift);
    const shape = x.shape.map((size, i) => (i === axis ? size : 1));
    const fit = (y: tf.Tensor) => (axis === x.rank - 1 ? y : tf.reshape(y, shape));
    return tf.add(tf.mul(x, fit(factor)), fit(offset));
  }

  #move(moving: tf.Variable, now: tf.Tensor): void {
    moving.assign(tf.add(tf.mul(moving, this.momentum), tf.mul(now, 1 - this.momentum)));
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig() {
    const { axis, momentum, epsilon, center, scale } = this;
    return {
      ...super.getConfig(),
      axis,
      momentum,
      epsilon,
      center,
      scale,
      ...treatmentConfig("beta", this.#beta),
      ...treatmentConfig("gamma", this.#gamma),
      movingMeanInitializer: serialize(this.#initializers.mean),
      movingVarianceInitializer: serialize(this.#initializers.variance),
    };
  }
}

/** The mean over what a mask leaves of values like `x`. */
function meanOfMasked(x: tf.Tensor, mask: tf.Tensor) {
  const counts = tf.mul(tf.expandDims(tf.cast(mask, "float32"), -1), tf.onesLike(x));
  return (values: tf.Tensor, axes: number[], keepDims = false): tf.Tensor =>
    tf.div(
      tf.sum(tf.where(tf.cast(counts, "bool"), values, 0), axes, keepDims),
      tf.add(tf.sum(counts, axes, keepDims), 1e-7),
    );
}

/**
 * Gives each feature mean 0 and variance 1, then `gamma · x + beta`. While training by the statistics of the batch, which move
 * `movingMean` and `movingVariance`; otherwise, and when frozen, by these (Ioffe and Szegedy, 2015).
 * https://keras.io/api/layers/normalization_layers/batch_normalization/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.BatchNormalization()(tf.tensor2d([[1], [3]]), { training: true }) // about [[-1], [1]]
 * ```
 */
export const BatchNormalization = callable(BatchNormalizationLayer);
export type BatchNormalization = BatchNormalizationLayer;
