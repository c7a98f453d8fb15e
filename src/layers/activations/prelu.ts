import * as tf from "@tensorflow/tfjs-core";
import type * as initializers from "../../initializers/index";
import * as kinds from "../../options/kinds";
import { callableLayer } from "../callable_layer";
import type { Shape } from "../keras_tensor";
import { type LayerOptions, layerKinds } from "../layer_options";
import { SameShape } from "../same_shape";
import { type RestraintOptions, treatmentKinds } from "../treatments";

/** Options of {@link PReLU}. */
export interface PReLUOptions extends LayerOptions, RestraintOptions<"alpha"> {
  /** Default `"zeros"`. */
  readonly alphaInitializer?: initializers.InitializerIdentifier;
  /** Axes, counted with the batch, along which the slope is the same: `[1, 2]` for images. Default null: none. */
  readonly sharedAxes?: readonly number[] | null;
}

export class PReLULayer extends SameShape {
  static override readonly className = "PReLU";
  static override readonly optionKinds = {
    ...layerKinds,
    ...treatmentKinds("alpha"),
    sharedAxes: kinds.orNull(kinds.listOf("axes from 1 on", kinds.count)),
  };
  readonly sharedAxes: readonly number[] | null;
  readonly #treatment;
  alpha?: tf.Variable;

  constructor(options: PReLUOptions = {}) {
    super(options);
    this.sharedAxes = options.sharedAxes ?? null;
    this.#treatment = this.treatment(options, "alpha", "zeros");
  }

  override build([, ...sizes]: Shape): void {
    const shape = sizes.map((size, i) => (this.sharedAxes?.includes(i + 1) ? 1 : size));
    this.alpha = this.addWeight({ name: "alpha", shape, ...this.#treatment });
  }

  override call(x: tf.Tensor): tf.Tensor {
    return tf.sub(tf.relu(x), tf.mul(this.alpha!, tf.relu(tf.neg(x))));
  }
}

/**
 * `x` above zero, `alpha · x` below, with slopes that are learned (He et al., 2015).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.PReLU({ alphaInitializer: "ones" })(tf.tensor2d([[-1, 1]])) // [[-1, 1]]
 * ```
 * @see https://keras.io/api/layers/activation_layers/prelu/
 */
export const PReLU = callableLayer(PReLULayer);
export type PReLU = PReLULayer;
