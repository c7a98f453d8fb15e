import type * as tf from "@tensorflow/tfjs-core";
import { callable } from "../../callable";
import { L1L2 } from "../../regularizers/index";
import type { Shape } from "../keras_tensor";
import { Layer, type LayerOptions, layerOptionNames } from "../layer";
import { checkLayerOptions } from "../layer_options";

/** Options of {@link ActivityRegularization}. */
export interface ActivityRegularizationOptions extends LayerOptions {
  /** Default 0. */
  readonly l1?: number;
  /** Default 0. */
  readonly l2?: number;
}

export class ActivityRegularizationLayer extends Layer {
  static override readonly className = "ActivityRegularization";
  override supportsMasking = true;
  readonly l1: number;
  readonly l2: number;

  constructor(options: ActivityRegularizationOptions = {}) {
    checkLayerOptions("ActivityRegularization()", options, [...layerOptionNames, "l1", "l2"]);
    const { l1 = 0, l2 = 0 } = options;
    super({ ...options, activityRegularizer: L1L2({ l1, l2 }) });
    this.l1 = l1;
    this.l2 = l2;
    this.built = true;
  }

  override call(x: tf.Tensor): tf.Tensor {
    return x;
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig() {
    return { ...super.getConfig(), l1: this.l1, l2: this.l2 };
  }
}

/**
 * Adds `l1 · sum(|x|) + l2 · sum(x²)` of what passes through, per sample, to the loss.
 * https://keras.io/api/layers/regularization_layers/activity_regularization/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.ActivityRegularization({ l2: 0.01 })(tf.ones([1, 4])) // [[1, 1, 1, 1]]
 * ```
 */
export const ActivityRegularization = callable(ActivityRegularizationLayer);
export type ActivityRegularization = ActivityRegularizationLayer;
