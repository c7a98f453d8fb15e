import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../../callable";
import { epsilon } from "../../losses/shapes";
import * as kinds from "../../options/kinds";
import type { Shape } from "../keras_tensor";
import { Layer, type LayerOptions, layerOptionNames } from "../layer";
import { checkLayerOptions } from "../layer_options";

/** Options of {@link Normalization}. */
export interface NormalizationOptions extends LayerOptions {
  /** The axes that have statistics of their own; null for one mean and variance in all. Default -1. */
  readonly axis?: number | readonly number[] | null;
  /** The mean, instead of `adapt`. Goes with `variance`. */
  readonly mean?: tf.TensorLike | null;
  /** The variance, instead of `adapt`. Goes with `mean`. */
  readonly variance?: tf.TensorLike | null;
  /** Whether to go back from normalized to plain values. Default false. */
  readonly invert?: boolean;
}

export class NormalizationLayer extends Layer {
  static override readonly className = "Normalization";
  override supportsMasking = true;
  readonly axis: number | readonly number[] | null;
  readonly mean: tf.TensorLike | null;
  readonly variance: tf.TensorLike | null;
  readonly invert: boolean;
  adaptMean?: tf.Variable;
  adaptVariance?: tf.Variable;
  count?: tf.Variable;

  constructor(options: NormalizationOptions = {}) {
    super(options);
    checkLayerOptions("Normalization()", options, [...layerOptionNames, "axis", "mean", "variance", "invert"], {
      axis: kinds.orNull(kinds.axes),
      mean: kinds.orNull(kinds.tensorLike),
      variance: kinds.orNull(kinds.tensorLike),
    });
    this.axis = options.axis === undefined ? -1 : options.axis;
    this.mean = options.mean ?? null;
    this.variance = options.variance ?? null;
    this.invert = options.invert ?? false;
    if ((this.mean === null) !== (this.variance === null)) {
      throw new Error("Normalization() takes mean and variance together, or neither and adapt() afterwards.");
    }
  }

  /** The axes with statistics of their own, from the front. */
  #kept(rank: number): number[] {
    const list = this.axis === null ? [] : typeof this.axis === "number" ? [this.axis] : this.axis;
    const kept = list.map((axis) => (axis < 0 ? axis + rank : axis)).sort((a, b) => a - b);
    const wrong = kept.find((axis) => axis < 0 || axis >= rank);
    if (wrong === undefined) return kept;
    throw new RangeError(`Layer "${this.name}" has axis [${list}], which an input of ${rank} axes does not have.`);
  }

  override build(inputShape: Shape): void {
    if (this.mean !== null) return;
    const shape = this.#kept(inputShape.length).map((axis) => inputShape[axis]);
    this.adaptMean = this.addWeight({ name: "mean", shape, initializer: "zeros", trainable: false });
    this.adaptVariance = this.addWeight({ name: "variance", shape, initializer: "ones", trainable: false });
    this.count = this.addWeight({ name: "count", initializer: "zeros", dtype: "int32", trainable: false });
  }

  /**
   * Takes mean and variance from data, batch first; a later call starts again.
   *
   * @example
   * ```ts
   * import { keras, tf } from "tskeras";
   * const normalize = keras.layers.Normalization();
   * normalize.adapt(tf.tensor2d([[1], [3]]));
   * normalize(tf.tensor2d([[5]])) // [[3]]
   * ```
   */
  adapt(data: tf.Tensor | tf.TensorLike): void {
    if (this.mean !== null) {
      throw new Error(`Layer "${this.name}" was given a mean and a variance, so there is nothing to adapt.`);
    }
    tf.tidy(() => {
      const x = tf.cast(data, "float32");
      this.ensureBuilt([null, ...x.shape.slice(1)]);
      const kept = this.#kept(x.rank);
      const others = [...x.shape.keys()].filter((axis) => !kept.includes(axis));
      const { mean, variance } = tf.moments(x, others);
      this.adaptMean?.assign(mean);
      this.adaptVariance?.assign(variance);
    });
  }

  override call(x: tf.Tensor): tf.Tensor {
    const kept = this.#kept(x.rank);
    const shape = x.shape.map((size, axis) => (kept.includes(axis) ? size : 1));
    const fit = (given: tf.TensorLike | null, adapted: tf.Variable | undefined): tf.Tensor => {
      if (adapted !== undefined) return tf.reshape(adapted, shape);
      const values = tf.cast(given as tf.TensorLike, "float32");
      return values.rank <= 1 && kept.at(-1) === x.rank - 1
        ? values
        : tf.reshape(values, values.size === 1 ? [] : shape);
    };
    const deviation = tf.maximum(tf.sqrt(fit(this.variance, this.adaptVariance)), epsilon);
    const mean = fit(this.mean, this.adaptMean);
    const values = tf.cast(x, "float32");
    return this.invert ? tf.add(tf.mul(values, deviation), mean) : tf.div(tf.sub(values, mean), deviation);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig() {
    const { axis, mean, variance, invert } = this;
    return { ...super.getConfig(), axis, mean, variance, invert };
  }
}

/**
 * `(x - mean) / sqrt(variance)`, by statistics of the data that {@link NormalizationLayer.adapt} saw, or given ones.
 * https://keras.io/api/layers/preprocessing_layers/numerical/normalization/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Normalization({ mean: 2, variance: 1 })(tf.tensor2d([[5]])) // [[3]]
 * ```
 */
export const Normalization = callable(NormalizationLayer);
export type Normalization = NormalizationLayer;
