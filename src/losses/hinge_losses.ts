import type * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import { categoricalHinge, hinge, squaredHinge } from "./hinge";
import { Loss } from "./loss";

export class HingeLoss extends Loss {
  static override readonly className = "Hinge";

  override call(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return hinge(yTrue, yPred);
  }
}

/**
 * Mean of `max(1 - yTrue · yPred, 0)`; labels are -1 and 1, or 0 and 1. https://keras.io/api/losses/hinge_losses/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.Hinge()(tf.tensor2d([[1, -1]]), tf.tensor2d([[0.5, -2]])) // 0.25
 * ```
 */
export const Hinge = callable(HingeLoss);
export type Hinge = HingeLoss;

export class SquaredHingeLoss extends Loss {
  static override readonly className = "SquaredHinge";

  override call(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return squaredHinge(yTrue, yPred);
  }
}

/**
 * Mean of `max(1 - yTrue · yPred, 0)²`; labels are -1 and 1, or 0 and 1.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.SquaredHinge()(tf.tensor2d([[1, -1]]), tf.tensor2d([[0.5, -2]])) // 0.125
 * ```
 */
export const SquaredHinge = callable(SquaredHingeLoss);
export type SquaredHinge = SquaredHingeLoss;

export class CategoricalHingeLoss extends Loss {
  static override readonly className = "CategoricalHinge";

  override call(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return categoricalHinge(yTrue, yPred);
  }
}

/**
 * `max(neg - pos + 1, 0)` for one-hot targets.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.losses.CategoricalHinge()(tf.tensor2d([[0, 1]]), tf.tensor2d([[0.4, 0.6]])) // 0.8
 * ```
 */
export const CategoricalHinge = callable(CategoricalHingeLoss);
export type CategoricalHinge = CategoricalHingeLoss;
