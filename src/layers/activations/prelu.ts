import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../../callable";
import type * as constraints from "../../constraints/index";
import type * as initializers from "../../initializers/index";
import type * as regularizers from "../../regularizers/index";
import type { Shape } from "../keras_tensor";
import { treatment, treatmentConfig, type WeightTreatment } from "../kernel_layer";
import { Layer, type LayerOptions, layerOptionNames } from "../layer";
import { checkLayerOptions } from "../layer_options";

/** Options of {@link PReLU}. */
export interface PReLUOptions extends LayerOptions {
  /** Default `"zeros"`. */
  readonly alphaInitializer?: initializers.InitializerIdentifier;
  readonly alphaRegularizer?: regularizers.RegularizerIdentifier;
  readonly alphaConstraint?: constraints.ConstraintIdentifier;
  /** Axes, counted with the batch, along which the slope is the same: `[1, 2]` for images. Default null: none. */
  readonly sharedAxes?: readonly number[] | null;
}

export class PReLULayer extends Layer {
  static override readonly className = "PReLU";
  override supportsMasking = true;
  readonly sharedAxes: readonly number[] | null;
  readonly #treatment: WeightTreatment;
  alpha?: tf.Variable;

  constructor(options: PReLUOptions = {}) {
    super(options);
    const names = ["alphaInitializer", "alphaRegularizer", "alphaConstraint", "sharedAxes"];
    checkLayerOptions("PReLU()", options, [...layerOptionNames, ...names]);
    this.sharedAxes = options.sharedAxes ?? null;
    this.#treatment = treatment(this, options, "alpha", "zeros");
  }

  override build([, ...sizes]: Shape): void {
    const shape = sizes.map((size, i) => (this.sharedAxes?.includes(i + 1) ? 1 : size));
    this.alpha = this.addWeight({ name: "alpha", shape, ...this.#treatment });
  }

  override call(x: tf.Tensor): tf.Tensor {
    return tf.sub(tf.relu(x), tf.mul(this.alpha as tf.Variable, tf.relu(tf.neg(x))));
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig() {
    return { ...super.getConfig(), ...treatmentConfig("alpha", this.#treatment), sharedAxes: this.sharedAxes };
  }
}

/**
 * `x` above zero, `alpha · x` below, with slopes that are learnt (He et al., 2015).
 * https://keras.io/api/layers/activation_layers/prelu/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.PReLU({ alphaInitializer: "ones" })(tf.tensor2d([[-1, 1]])) // [[-1, 1]]
 * ```
 */
export const PReLU = callable(PReLULayer);
export type PReLU = PReLULayer;
