import * as tf from "@tensorflow/tfjs-core";
import { embeddingLookup } from "../../backend/nn/embedding";
import type * as initializers from "../../initializers/index";
import * as kinds from "../../options/kinds";
import { callableLayer } from "../callable_layer";
import type { Shape } from "../keras_tensor";
import { Layer, type LayerOptions } from "../layer";
import { argument, layerKinds, positive } from "../layer_options";
import { type RestraintOptions, treatmentKinds } from "../treatments";

/** Options of {@link Embedding}. */
export interface EmbeddingOptions extends LayerOptions, RestraintOptions<"embeddings"> {
  /** Default `"uniform"`: from -0.05 to 0.05. */
  readonly embeddingsInitializer?: initializers.InitializerIdentifier;
  /** Whether 0 is padding that the layers after this one skip; `inputDim` counts it too. Default false. */
  readonly maskZero?: boolean;
}

export class EmbeddingLayer extends Layer {
  static override readonly className = "Embedding";
  static override readonly positional = ["inputDim", "outputDim"];
  static override readonly optionKinds = { ...layerKinds, ...treatmentKinds("embeddings"), maskZero: kinds.boolean };
  readonly inputDim: number;
  readonly outputDim: number;
  readonly maskZero: boolean;
  readonly #treatment;
  embeddings?: tf.Variable;

  constructor(inputDim: number, outputDim: number, options: EmbeddingOptions = {}) {
    super(options);
    this.inputDim = argument(this, "inputDim", inputDim, positive);
    this.outputDim = argument(this, "outputDim", outputDim, positive);
    this.maskZero = options.maskZero ?? false;
    this.supportsMasking = this.maskZero;
    this.#treatment = this.treatment(options, "embeddings", "uniform");
  }

  override build(): void {
    this.embeddings = this.addWeight({
      name: "embeddings",
      shape: [this.inputDim, this.outputDim],
      ...this.#treatment,
    });
  }

  override call(ids: tf.Tensor): tf.Tensor {
    return embeddingLookup(this.embeddings as tf.Tensor as tf.Tensor2D, ids);
  }

  override computeMask(ids: tf.Tensor): tf.Tensor | null {
    return this.maskZero ? tf.notEqual(ids, 0) : null;
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return [...inputShape, this.outputDim];
  }
}

/**
 * A learned vector of `outputDim` numbers for each whole number from 0 to `inputDim - 1`: `[batch, length]` →
 * `[batch, length, outputDim]`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Embedding(1000, 64)(tf.tensor2d([[4, 20]])).shape // [1, 2, 64]
 * ```
 * @see https://keras.io/api/layers/core_layers/embedding/
 */
export const Embedding = callableLayer(EmbeddingLayer);
export type Embedding = EmbeddingLayer;
