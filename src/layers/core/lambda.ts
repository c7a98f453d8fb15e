import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../../callable";
import { describe } from "../../options/options";
import type { Shape } from "../keras_tensor";
import { type Inputs, Layer, type LayerOptions, layerOptionNames } from "../layer";
import { checkLayerOptions } from "../layer_options";

export class IdentityLayer extends Layer {
  static override readonly className = "Identity";
  override supportsMasking = true;

  constructor(options: LayerOptions = {}) {
    super(options);
    checkLayerOptions("Identity()", options, layerOptionNames);
    this.built = true;
  }

  override call(inputs: Inputs): Inputs {
    return inputs;
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }
}

/**
 * Passes its input on. https://keras.io/api/layers/core_layers/identity/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Identity()(tf.tensor2d([[1]])) // [[1]]
 * ```
 */
export const Identity = callable(IdentityLayer);
export type Identity = IdentityLayer;

/** Options of {@link Lambda}. */
export interface LambdaOptions extends LayerOptions {
  /** The shape of one sample of the output. Default: found by trying the function on zeros. */
  readonly outputShape?: Shape | null;
}

export class LambdaLayer extends Layer {
  static override readonly className = "Lambda";
  static override readonly positional = ["function"];
  readonly function: (inputs: never) => tf.Tensor;
  readonly outputShape: Shape | null;

  constructor(fn: ((x: tf.Tensor) => tf.Tensor) | ((inputs: tf.Tensor[]) => tf.Tensor), options: LambdaOptions = {}) {
    super(options);
    checkLayerOptions("Lambda()", options, [...layerOptionNames, "outputShape"]);
    if (typeof fn !== "function") {
      throw new TypeError(`Lambda() expected a function such as (x) => x.square() but found ${describe(fn)}.`);
    }
    this.function = fn as (inputs: never) => tf.Tensor;
    this.outputShape = options.outputShape ?? null;
    this.built = true;
  }

  override call(inputs: Inputs): tf.Tensor {
    const output = this.function(inputs as never);
    if (output instanceof tf.Tensor) return output;
    throw new TypeError(`The function of layer "${this.name}" must return a tensor but returned ${describe(output)}.`);
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape | readonly Shape[] {
    if (this.outputShape === null) return super.computeOutputShape(inputShape);
    const first = (Array.isArray(inputShape[0]) ? inputShape[0][0] : inputShape[0]) as number | null;
    return [first, ...this.outputShape];
  }

  override getConfig() {
    return { ...super.getConfig(), function: this.function, outputShape: this.outputShape };
  }
}

/**
 * A function of tensors, without weights, as a layer. https://keras.io/api/layers/core_layers/lambda/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Lambda((x: tf.Tensor) => x.square())(tf.tensor2d([[3]])) // [[9]]
 * ```
 */
export const Lambda = callable(LambdaLayer);
export type Lambda = LambdaLayer;
