import * as tf from "@tensorflow/tfjs-core";
import { dropoutMask } from "../../backend/nn/dropout";
import { SeedGenerator } from "../../backend/seed_generator";
import * as kinds from "../../options/kinds";
import type { CallOptions, LayerOptions } from "../layer";
import { argument, layerKinds } from "../layer_options";
import { SameShape } from "../same_shape";

/** Options of the layers that change their input at random while training. */
export interface NoiseOptions extends LayerOptions {
  /** Default: from `keras.utils.setRandomSeed`. */
  readonly seed?: number | null;
}

/** Base of the layers that change their input at random while training and pass it on otherwise. */
export abstract class Noise extends SameShape {
  static override readonly optionKinds: kinds.KindsOf<NoiseOptions> = { ...layerKinds, seed: kinds.seed };
  readonly seed: number | null;
  readonly seedGenerator: SeedGenerator;

  constructor(options: NoiseOptions) {
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

/** Base of the layers that drop a share `rate` of the values, or add noise that is as strong. */
export abstract class NoiseByRate extends Noise {
  static override readonly positional = ["rate"];
  readonly rate: number;

  constructor(rate: number, options: NoiseOptions = {}) {
    super(options);
    this.rate = argument(this, "rate", rate, { ...kinds.share, expected: "a rate from 0 to 1" });
  }

  /** `x` with values dropped by a mask of this shape, and the others scaled so that the expected sum is the same. */
  protected dropped(x: tf.Tensor, shape: number[]): tf.Tensor {
    if (this.rate === 0) return x;
    if (this.rate === 1) return tf.zerosLike(x);
    return tf.mul(x, tf.mul(dropoutMask(shape, this.rate, this.seedGenerator), 1 / (1 - this.rate)));
  }
}
