import * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../../options/kinds";
import { describe } from "../../options/options";
import { callableLayer } from "../callable_layer";
import type { Shape } from "../keras_tensor";
import { type Inputs, Layer, type LayerOptions } from "../layer";
import { argument, layerKinds, shape } from "../layer_options";
import { SameShape } from "../same_shape";

export class IdentityLayer extends SameShape {
  static override readonly className = "Identity";
  static override readonly optionKinds = layerKinds;

  override call(inputs: Inputs): Inputs {
    return inputs;
  }
}

/**
 * Passes its input on.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Identity()(tf.tensor2d([[1]])) // [[1]]
 * ```
 * @see https://keras.io/api/layers/core_layers/identity/
 */
export const Identity = callableLayer(IdentityLayer);
export type Identity = IdentityLayer;

/** Options of {@link Lambda}. */
export interface LambdaOptions extends LayerOptions {
  /** The shape of one sample of the output. Default: found by trying the function on zeros. */
  readonly outputShape?: Shape | null;
}

export class LambdaLayer extends Layer {
  static override readonly className = "Lambda";
  static override readonly positional = ["function"];
  static override readonly optionKinds = { ...layerKinds, outputShape: kinds.orNull(shape) };
  readonly function: (inputs: never) => tf.Tensor;
  readonly outputShape: Shape | null;

  constructor(fn: ((x: tf.Tensor) => tf.Tensor) | ((inputs: tf.Tensor[]) => tf.Tensor), options: LambdaOptions = {}) {
    super(options);
    argument(this, "function", fn, { ...kinds.callback, expected: "a function such as (x) => x.square()" });
    this.function = fn as (inputs: never) => tf.Tensor;
    this.outputShape = options.outputShape ?? null;
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
}

/**
 * A function of tensors, without weights, as a layer.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Lambda((x: tf.Tensor) => x.square())(tf.tensor2d([[3]])) // [[9]]
 * ```
 * @see https://keras.io/api/layers/core_layers/lambda/
 */
export const Lambda = callableLayer(LambdaLayer);
export type Lambda = LambdaLayer;
