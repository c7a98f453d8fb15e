import * as tf from "@tensorflow/tfjs-core";
import { asList } from "../../backend/lists";
import { epsilon } from "../../losses/shapes";
import * as kinds from "../../options/kinds";
import { callableLayer } from "../callable_layer";
import type { Shape } from "../keras_tensor";
import { type LayerOptions, layerKinds } from "../layer_options";
import { SameShape } from "../same_shape";

/** Options of {@link Normalization}. */
export interface NormalizationOptions extends LayerOptions {
  /** The axes with separate statistics; null for one mean and variance of all values. Default -1. */
  readonly axis?: number | readonly number[] | null;
  /** The mean, instead of `adapt`. Goes with `variance`. */
  readonly mean?: tf.TensorLike | null;
  /** The variance, instead of `adapt`. Goes with `mean`. */
  readonly variance?: tf.TensorLike | null;
  /** Whether to convert normalized values back to the original ones. Default false. */
  readonly invert?: boolean;
}

export class NormalizationLayer extends SameShape {
  static override readonly className = "Normalization";
  static override readonly optionKinds = {
    ...layerKinds,
    axis: kinds.orNull(kinds.axes),
    mean: kinds.orNull(kinds.tensorLike),
    variance: kinds.orNull(kinds.tensorLike),
    invert: kinds.boolean,
  };
  readonly axis: number | readonly number[] | null;
  readonly mean: tf.TensorLike | null;
  readonly variance: tf.TensorLike | null;
  readonly invert: boolean;
  adaptMean?: tf.Variable;
  adaptVariance?: tf.Variable;
  count?: tf.Variable;

  constructor(options: NormalizationOptions = {}) {
    super(options);
    this.axis = options.axis === undefined ? -1 : options.axis;
    this.mean = options.mean ?? null;
    this.variance = options.variance ?? null;
    this.invert = options.invert ?? false;
    if ((this.mean === null) !== (this.variance === null)) {
      throw new Error("Normalization() takes mean and variance together, or neither and adapt() afterwards.");
    }
  }

  /** The axes with separate statistics, counted from the front. */
  #kept(rank: number): number[] {
    const list = asList(this.axis ?? []);
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
   * Computes mean and variance from data, batch first; a later call replaces them.
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
      if (values.rank <= 1 && kept.at(-1) === x.rank - 1) return values;
      return tf.reshape(values, values.size === 1 ? [] : shape);
    };
    const deviation = tf.maximum(tf.sqrt(fit(this.variance, this.adaptVariance)), epsilon);
    const mean = fit(this.mean, this.adaptMean);
    const values = tf.cast(x, "float32");
    return this.invert ? tf.add(tf.mul(values, deviation), mean) : tf.div(tf.sub(values, mean), deviation);
  }
}

/**
 * `(x - mean) / sqrt(variance)`, with the statistics of the data given to {@link NormalizationLayer.adapt}, or given ones.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Normalization({ mean: 2, variance: 1 })(tf.tensor2d([[5]])) // [[3]]
 * ```
 * @see https://keras.io/api/layers/preprocessing_layers/numerical/normalization/
 */
export const Normalization = callableLayer(NormalizationLayer);
export type Normalization = NormalizationLayer;
