import * as tf from "@tensorflow/tfjs-core";
import { embeddingLookup } from "../../backend/nn/embedding";
import { callable } from "../../callable";
import type * as constraints from "../../constraints/index";
import type * as initializers from "../../initializers/index";
import type * as regularizers from "../../regularizers/index";
import { positiveInteger } from "../arguments";
import type { Shape } from "../keras_tensor";
import { treatment, treatmentConfig, type WeightTreatment } from "../kernel_layer";
import { Layer, type LayerOptions, layerOptionNames } from "../layer";
import { checkLayerOptions } from "../layer_options";

/** Options of {@link Embedding}. */
export interface EmbeddingOptions extends LayerOptions {
  /** Default `"uniform"`: from -0.05 to 0.05. */
  readonly embeddingsInitializer?: initializers.InitializerIdentifier;
  readonly embeddingsRegularizer?: regularizers.RegularizerIdentifier;
  readonly embeddingsConstraint?: constraints.ConstraintIdentifier;
  /** Whether 0 is padding that the layers after it skip; `inputDim` then counts it, too. Default false. */
  readonly maskZero?: boolean;
}

export class EmbeddingLayer extends Layer {
  static override readonly className = "Embedding";
  static override readonly positional = ["inputDim", "outputDim"];
  readonly inputDim: number;
  readonly outputDim: number;
  readonly maskZero: boolean;
  readonly #treatment: WeightTreatment;
  embeddings?: tf.Variable;

  constructor(inputDim: number, outputDim: number, options: EmbeddingOptions = {}) {
    super(options);
    const own = ["embeddingsInitializer", "embeddingsRegularizer", "embeddingsConstraint", "maskZero"];
    checkLayerOptions("Embedding()", options, [...layerOptionNames, ...own]);
    this.inputDim = positiveInteger("Embedding", "inputDim", inputDim);
    this.outputDim = positiveInteger("Embedding", "outputDim", outputDim);
    this.maskZero = options.maskZero ?? false;
    this.supportsMasking = this.maskZero;
    this.#treatment = treatment(this, options, "embeddings", "uniform");
  }

  override build(): void {
    const shape = [this.inputDim, this.outputDim];
    this.embeddings = this.addWeight({ name: "embeddings", shape, ...this.#treatment });
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

  override getConfig() {
    const { inputDim, outputDim, maskZero } = this;
    return { ...super.getConfig(), inputDim, outputDim, maskZero, ...treatmentConfig("embeddings", this.#treatment) };
  }
}

/**
 * A learnt vector of `outputDim` numbers for each whole number from 0 to `inputDim - 1`: `[batch, length]` →
 * `[batch, length, outputDim]`. https://keras.io/api/layers/core_layers/embedding/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Embedding(1000, 64)(tf.tensor2d([[4, 20]])).shape // [1, 2, 64]
 * ```
 */
export const Embedding = callable(EmbeddingLayer);
export type Embedding = EmbeddingLayer;
