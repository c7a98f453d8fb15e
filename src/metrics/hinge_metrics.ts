import { categoricalHinge, hinge, squaredHinge } from "../losses/hinge";
import { meanOf } from "./mean_of_function";

/**
 * Mean of `max(1 - yTrue · yPred, 0)`; labels are -1 and 1, or 0 and 1.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.Hinge()(tf.tensor2d([[1, -1]]), tf.tensor2d([[0.5, -2]])) // 0.25
 * ```
 * @see https://keras.io/api/metrics/hinge_metrics/
 */
export const Hinge = meanOf("Hinge", hinge, { direction: "down" });
export type Hinge = InstanceType<typeof Hinge>;

/**
 * Mean of `max(1 - yTrue · yPred, 0)²`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.SquaredHinge()(tf.tensor2d([[1, -1]]), tf.tensor2d([[0.5, -2]])) // 0.125
 * ```
 */
export const SquaredHinge = meanOf("SquaredHinge", squaredHinge, { direction: "down" });
export type SquaredHinge = InstanceType<typeof SquaredHinge>;

/**
 * Mean of `max(neg - pos + 1, 0)` for one-hot targets.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.metrics.CategoricalHinge()(tf.tensor2d([[0, 1]]), tf.tensor2d([[0.4, 0.6]])) // 0.8
 * ```
 */
export const CategoricalHinge = meanOf("CategoricalHinge", categoricalHinge, { direction: "down" });
export type CategoricalHinge = InstanceType<typeof CategoricalHinge>;
