import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../../callable";
import type * as constraints from "../../constraints/index";
import type * as initializers from "../../initializers/index";
import * as kinds from "../../options/kinds";
import type * as regularizers from "../../regularizers/index";
import type { Shape } from "../keras_tensor";
import { treatment, treatmentConfig, type WeightTreatment } from "../kernel_layer";
import { Layer, type LayerOptions, layerOptionNames } from "../layer";
import { checkLayerOptions } from "../layer_options";

/** Options of {@link LayerNormalization}. */
export interface LayerNormalizationOptions extends LayerOptions {
  /** The axes that are normalized together. Default -1. */
  readonly axis?: number | readonly number[];
  /** Added to the variance. Default 0.001. */
  readonly epsilon?: number;
  /** Whether an offset `beta` is learnt. Default true. */
  readonly center?: boolean;
  /** Whether a factor `gamma` is learnt. Default true. */
  readonly scale?: boolean;
  /** Default `"zeros"`. */
  readonly betaInitializer?: initializers.InitializerIdentifier;
  /** Default `"ones"`. */
  readonly gammaInitializer?: initializers.InitializerIdentifier;
  readonly betaRegularizer?: regularizers.RegularizerIdentifier;
  readonly gammaRegularizer?: regularizers.RegularizerIdentifier;
  readonly betaConstraint?: constraints.ConstraintIdentifier;
  readonly gammaConstraint?: constraints.ConstraintIdentifier;
}

/** The names of its own options. */
export const layerNormalizationOptionNames = [
  "axis",
  "epsilon",
  "center",
  "scale",
  "betaInitializer",
  "gammaInitializer",
  "betaRegularizer",
  "gammaRegularizer",
  "betaConstraint",
  "gammaConstraint",
] as const;

export class LayerNormalizationLayer extends Layer {
  static override readonly className = "LayerNormalization";
  override supportsMasking = true;
  readonly axis: number | readonly number[];
  readonly epsilon: number;
  readonly center: boolean;
  readonly scale: boolean;
  readonly #beta: WeightTreatment;
  readonly #gamma: WeightTreatment;
  gamma?: tf.Variable;
  beta?: tf.Variable;

  constructor(options: LayerNormalizationOptions = {}) {
    super(options);
    checkLayerOptions("LayerNormalization()", options, [...layerOptionNames, ...layerNormalizationOptionNames], {
      axis: kinds.axes,
    });
    this.axis = options.axis ?? -1;
    this.epsilon = options.epsilon ?? 1e-3;
    this.center = options.center ?? true;
    this.scale = options.scale ?? true;
    this.#beta = treatment(this, options, "beta", "zeros");
    this.#gamma = treatment(this, options, "gamma", "ones");
  }

  #axes(rank: number): number[] {
    const list = typeof this.axis === "number" ? [this.axis] : [...this.axis];
    return list.map((axis) => (axis < 0 ? axis + rank : axis)).sort((a, b) => a - b);
  }

  override build(inputShape: Shape): void {
    const shape = this.#axes(inputShape.length).map((axis) => inputShape[axis]);
    if (this.scale) this.gamma = this.addWeight({ name: "gamma", shape, ...this.#gamma });
    if (this.center) this.beta = this.addWeight({ name: "beta", shape, ...this.#beta });
  }

  override call(x: tf.Tensor): tf.Tensor {
    const axes = this.#axes(x.rank);
    const centred = tf.sub(x, tf.mean(x, axes, true));
    const variance = tf.mean(tf.square(centred), axes, true);
    const shape = x.shape.map((size, axis) => (axes.includes(axis) ? size : 1));
    let y: tf.Tensor = tf.mul(centred, tf.rsqrt(tf.add(variance, this.epsilon)));
    if (this.gamma !== undefined) y = tf.mul(y, tf.reshape(this.gamma, shape));
    if (this.beta !== undefined) y = tf.add(y, tf.reshape(this.beta, shape));
    return y;
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig() {
    const { axis, epsilon, center, scale } = this;
    const weights = { ...treatmentConfig("beta", this.#beta), ...treatmentConfig("gamma", this.#gamma) };
    return { ...super.getConfig(), axis, epsilon, center, scale, ...weights };
  }
}

/**
 * Gives each sample mean 0 and variance 1 along `axis`, then `gamma · x + beta` (Ba et al., 2016).
 * https://keras.io/api/layers/normalization_layers/layer_normalization/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.LayerNormalization()(tf.tensor2d([[1, 3]])) // about [[-1, 1]]
 * ```
 */
export const LayerNormalization = callable(LayerNormalizationLayer);
export type LayerNormalization = LayerNormalizationLayer;
