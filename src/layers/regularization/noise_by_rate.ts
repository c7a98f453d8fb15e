import * as tf from "@tensorflow/tfjs-core";
import { dropoutMask } from "../../backend/nn/dropout";
import * as kinds from "../../options/kinds";
import { argument } from "../layer_options";
import { RandomLayer, type RandomOptions } from "../random_layer";

/** Base of the layers that drop a share `rate` of the values, or add noise that is as strong. */
export abstract class NoiseByRate extends RandomLayer {
  static override readonly positional = ["rate"];
  /** Which rates the layer takes. */
  static readonly rateKind: kinds.Kind = { ...kinds.share, expected: "a rate from 0 to 1" };
  readonly rate: number;

  constructor(rate: number, options: RandomOptions = {}) {
    super(options);
    this.rate = argument(this, "rate", rate, (this.constructor as typeof NoiseByRate).rateKind);
  }

  /** `x` with values dropped by a mask of these sizes, and the others scaled so that the expected sum is the same. */
  protected dropped(x: tf.Tensor, maskSize: (size: number, axis: number) => number): tf.Tensor {
    if (this.rate === 0) return x;
    if (this.rate === 1) return tf.zerosLike(x);
    return tf.mul(x, tf.mul(dropoutMask(x.shape.map(maskSize), this.rate, this.seedGenerator), 1 / (1 - this.rate)));
  }
}
