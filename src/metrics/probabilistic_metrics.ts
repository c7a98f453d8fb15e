import { binaryCrossentropy, categoricalCrossentropy, sparseCategoricalCrossentropy } from "../losses/crossentropy";
import {
  type CrossentropyOptions,
  crossentropyTable,
  type SparseCrossentropyOptions,
  sparseCrossentropyTable,
} from "../losses/crossentropy_options";
import { klDivergence, poisson } from "../losses/divergence";
import { meanOf } from "./mean_of_function";
import type { MetricOptions } from "./metric";

/** Options of {@link BinaryCrossentropy} and {@link CategoricalCrossentropy}. */
export interface CrossentropyMetricOptions extends CrossentropyOptions, MetricOptions {}

/** Options of {@link SparseCategoricalCrossentropy}. */
export interface SparseCrossentropyMetricOptions extends SparseCrossentropyOptions, MetricOptions {}

/**
 * Kullback-Leibler divergence.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.KLDivergence()(tf.tensor2d([[0.5, 0.5]]), tf.tensor2d([[0.5, 0.5]])) // 0
 * ```
 * @see https://keras.io/api/metrics/probabilistic_metrics/
 */
export const KLDivergence = meanOf("KLDivergence", klDivergence, { direction: "down" });
export type KLDivergence = InstanceType<typeof KLDivergence>;

/**
 * Negative log likelihood of counts.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.Poisson()(tf.tensor2d([[2]]), tf.tensor2d([[1]])) // 1
 * ```
 */
export const Poisson = meanOf("Poisson", poisson, { direction: "down" });
export type Poisson = InstanceType<typeof Poisson>;

/**
 * Crossentropy of targets 0 and 1.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.BinaryCrossentropy()(tf.tensor2d([[1]]), tf.tensor2d([[0.5]])) // 0.693
 * ```
 */
export const BinaryCrossentropy = meanOf<CrossentropyMetricOptions>("BinaryCrossentropy", binaryCrossentropy, {
  direction: "down",
  ...crossentropyTable,
});
export type BinaryCrossentropy = InstanceType<typeof BinaryCrossentropy>;

/**
 * Crossentropy of one-hot targets.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.CategoricalCrossentropy()(tf.tensor2d([[0, 1]]), tf.tensor2d([[0.5, 0.5]])) // 0.693
 * ```
 */
export const CategoricalCrossentropy = meanOf<CrossentropyMetricOptions>(
  "CategoricalCrossentropy",
  categoricalCrossentropy,
  {
    direction: "down",
    ...crossentropyTable,
  },
);
export type CategoricalCrossentropy = InstanceType<typeof CategoricalCrossentropy>;

/**
 * Crossentropy of integer labels.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.SparseCategoricalCrossentropy()(tf.tensor1d([1]), tf.tensor2d([[0.5, 0.5]])) // 0.693
 * ```
 */
export const SparseCategoricalCrossentropy = meanOf<SparseCrossentropyMetricOptions>(
  "SparseCategoricalCrossentropy",
  sparseCategoricalCrossentropy,
  {
    direction: "down",
    ...sparseCrossentropyTable,
  },
);
export type SparseCategoricalCrossentropy = InstanceType<typeof SparseCategoricalCrossentropy>;
