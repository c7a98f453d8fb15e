import * as tf from "@tensorflow/tfjs-core";
import type * as initializers from "../../initializers/index";
import * as kinds from "../../options/kinds";
import { type LayerOptions, layerKinds } from "../layer_options";
import { SameShape } from "../same_shape";
import { type RestraintOptions, treatmentKinds } from "../treatments";

/** Options of the layers that compute `gamma · x + beta` of normalized values. */
export interface AffineOptions extends LayerOptions, RestraintOptions<"beta">, RestraintOptions<"gamma"> {
  /** Added to the variance. Default 0.001. */
  readonly epsilon?: number;
  /** Whether an offset `beta` is learned. Default true. */
  readonly center?: boolean;
  /** Whether a factor `gamma` is learned. Default true. */
  readonly scale?: boolean;
  /** Default `"zeros"`. */
  readonly betaInitializer?: initializers.InitializerIdentifier;
  /** Default `"ones"`. */
  readonly gammaInitializer?: initializers.InitializerIdentifier;
}

/** Base of the layers that compute `gamma · x + beta` of normalized values. */
export abstract class Affine extends SameShape {
  static override readonly optionKinds: kinds.KindsOf<AffineOptions> = {
    ...layerKinds,
    epsilon: kinds.number({ min: 0 }),
    center: kinds.boolean,
    scale: kinds.boolean,
    ...treatmentKinds("beta"),
    ...treatmentKinds("gamma"),
  };
  readonly epsilon: number;
  readonly center: boolean;
  readonly scale: boolean;
  readonly #beta;
  readonly #gamma;
  gamma?: tf.Variable;
  beta?: tf.Variable;

  constructor(options: AffineOptions) {
    super(options);
    this.epsilon = options.epsilon ?? 1e-3;
    this.center = options.center ?? true;
    this.scale = options.scale ?? true;
    this.#beta = this.treatment(options, "beta", "zeros");
    this.#gamma = this.treatment(options, "gamma", "ones");
  }

  /** Makes gamma and beta, where the options ask for them. */
  protected addGammaAndBeta(shape: readonly (number | null | undefined)[]): void {
    if (this.scale) this.gamma = this.addWeight({ name: "gamma", shape, ...this.#gamma });
    if (this.center) this.beta = this.addWeight({ name: "beta", shape, ...this.#beta });
  }

  /** `gamma · x + beta`, with gamma and beta along `axes`. */
  protected scaled(x: tf.Tensor, axes: readonly number[]): tf.Tensor {
    const shape = x.shape.map((size, axis) => (axes.includes(axis) ? size : 1));
    const y = this.gamma === undefined ? x : tf.mul(x, tf.reshape(this.gamma, shape));
    return this.beta === undefined ? y : tf.add(y, tf.reshape(this.beta, shape));
  }

  /** Values with mean 0 and variance 1 over `axes` together. */
  protected normalized(x: tf.Tensor, axes: number[]): tf.Tensor {
    const centered = tf.sub(x, tf.mean(x, axes, true));
    const variance = tf.mean(tf.square(centered), axes, true);
    return tf.mul(centered, tf.rsqrt(tf.add(variance, this.epsilon)));
  }
}
