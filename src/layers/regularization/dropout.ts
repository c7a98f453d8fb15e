import * as tf from "@tensorflow/tfjs-core";
import { dropoutMask } from "../../backend/nn/dropout";
import { SeedGenerator } from "../../backend/seed_generator";
import { callable } from "../../callable";
import { describe } from "../../options/options";
import type { Shape } from "../keras_tensor";
import { type CallOptions, Layer, type LayerOptions, layerOptionNames } from "../layer";
import { checkLayerOptions } from "../layer_options";

/** Options of {@link Dropout}. */
export interface DropoutOptions extends LayerOptions {
  /** The shape of the mask, batch included; null takes the input's size, 1 drops a whole axis together. Default: the input's. */
  readonly noiseShape?: Shape | null;
  /** Default: from `keras.utils.setRandomSeed`. */
  readonly seed?: number | null;
}

/** `value` if it is a probability; else an error that names the layer. */
export function checkRate(layer: string, value: unknown): number {
  if (typeof value === "number" && value >= 0 && value <= 1) return value;
  throw new RangeError(
    `${layer}() expected a rate from 0 to 1, the share of values to drop, but found ${describe(value)}.`,
  );
}

export class DropoutLayer extends Layer {
  static override readonly className: string = "Dropout";
  static override readonly positional = ["rate"];
  override supportsMasking = true;
  readonly rate: number;
  readonly noiseShape: Shape | null;
  readonly seed: number | null;
  readonly seedGenerator: SeedGenerator;

  constructor(rate: number, options: DropoutOptions = {}) {
    super(options);
    checkLayerOptions("Dropout()", options, [...layerOptionNames, "noiseShape", "seed"]);
    this.rate = checkRate("Dropout", rate);
    this.noiseShape = options.noiseShape ?? null;
    this.seed = options.seed ?? null;
    this.seedGenerator = new SeedGenerator(options.seed ?? undefined);
    this.built = true;
  }

  override call(x: tf.Tensor, { training = false }: CallOptions): tf.Tensor {
    if (!training || this.rate === 0) return x;
    if (this.rate === 1) return tf.zerosLike(x);
    const shape = x.shape.map((size, axis) => this.noiseShape?.[axis] ?? size);
    const mask = dropoutMask(shape, this.rate, this.seedGenerator);
    return tf.mul(x, tf.mul(mask, 1 / (1 - this.rate)));
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig() {
    return { ...super.getConfig(), rate: this.rate, noiseShape: this.noiseShape, seed: this.seed };
  }
}

/**
 * While training, sets a share `rate` of the values to 0, others each time, and scales the rest by `1 / (1 - rate)`; otherwise
 * passes its input on. https://keras.io/api/layers/regularization_layers/dropout/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Dropout(0.5)(tf.ones([1, 4]), { training: true }) // about half of them 0, the others 2
 * ```
 */
export const Dropout = callable(DropoutLayer);
export type Dropout = DropoutLayer;
