import type * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../../options/kinds";
import { checkOptions } from "../../options/options";
import { L1L2 } from "../../regularizers/index";
import { callableLayer } from "../callable_layer";
import { type LayerOptions, layerKinds } from "../layer_options";
import { SameShape } from "../same_shape";

/** Options of {@link ActivityRegularization}. */
export interface ActivityRegularizationOptions extends LayerOptions {
  /** Default 0. */
  readonly l1?: number;
  /** Default 0. */
  readonly l2?: number;
}

export class ActivityRegularizationLayer extends SameShape {
  static override readonly className = "ActivityRegularization";
  static override readonly optionKinds: kinds.KindsOf<ActivityRegularizationOptions> = {
    ...layerKinds,
    l1: kinds.number({ min: 0 }),
    l2: kinds.number({ min: 0 }),
  };
  readonly l1: number;
  readonly l2: number;

  constructor(options: ActivityRegularizationOptions = {}) {
    checkOptions("ActivityRegularization()", options, ActivityRegularizationLayer.optionKinds);
    const { l1 = 0, l2 = 0 } = options;
    super({ ...options, activityRegularizer: L1L2({ l1, l2 }) });
    this.l1 = l1;
    this.l2 = l2;
  }

  override call(x: tf.Tensor): tf.Tensor {
    return x;
  }
}

/**
 * Adds `l1 · sum(|x|) + l2 · sum(x²)` of what passes through, per sample, to the loss.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.ActivityRegularization({ l2: 0.01 })(tf.ones([1, 4])) // [[1, 1, 1, 1]]
 * ```
 * @see https://keras.io/api/layers/regularization_layers/activity_regularization/
 */
export const ActivityRegularization = callableLayer(ActivityRegularizationLayer);
export type ActivityRegularization = ActivityRegularizationLayer;
