import type * as tf from "@tensorflow/tfjs-core";
import { SeedGenerator } from "../backend/seed_generator";
import * as kinds from "../options/kinds";
import { type CallOptions, type LayerOptions, layerKinds } from "./layer_options";
import { SameShape } from "./same_shape";

/** Options of the layers that change their input at random while training. */
export interface RandomOptions extends LayerOptions {
  /** Default: from `keras.utils.setRandomSeed`. */
  readonly seed?: number | null;
}

/** Base of the layers that change their input at random while training and pass it on otherwise. */
export abstract class RandomLayer extends SameShape {
  static override readonly optionKinds: kinds.KindsOf<RandomOptions> = { ...layerKinds, seed: kinds.seed };
  readonly seed: number | null;
  readonly seedGenerator: SeedGenerator;

  constructor(options: RandomOptions) {
    super(options);
    this.seed = options.seed ?? null;
    this.seedGenerator = new SeedGenerator(options.seed ?? undefined);
  }

  /** The changed input. */
  protected abstract disturb(x: tf.Tensor): tf.Tensor;

  override call(x: tf.Tensor, { training = false }: CallOptions): tf.Tensor {
    return training ? this.disturb(x) : x;
  }
}
