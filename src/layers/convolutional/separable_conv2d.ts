import * as tf from "@tensorflow/tfjs-core";
import { conv2d, depthwiseConv2d } from "../../backend/nn/convolution";
import { callable } from "../../callable";
import type * as constraints from "../../constraints/index";
import type * as initializers from "../../initializers/index";
import type * as regularizers from "../../regularizers/index";
import { type PairLike, positiveInteger } from "../arguments";
import type { Shape } from "../keras_tensor";
import { treatment, treatmentConfig, type WeightTreatment } from "../kernel_layer";
import { Convolution2D } from "./convolution";
import { type DepthwiseConv2DOptions, depthwiseOptionNames } from "./depthwise_conv2d";

/** Options of {@link SeparableConv2D}. */
export interface SeparableConv2DOptions extends DepthwiseConv2DOptions {
  /** Default `"glorot_uniform"`. */
  readonly pointwiseInitializer?: initializers.InitializerIdentifier;
  readonly pointwiseRegularizer?: regularizers.RegularizerIdentifier;
  readonly pointwiseConstraint?: constraints.ConstraintIdentifier;
}

const pointwiseOptionNames = ["pointwiseInitializer", "pointwiseRegularizer", "pointwiseConstraint"];

export class SeparableConv2DLayer extends Convolution2D {
  static override readonly className = "SeparableConv2D";
  static override readonly positional = ["filters", "kernelSize"];
  readonly filters: number;
  readonly depthMultiplier: number;
  readonly #depthwise: WeightTreatment;
  readonly #pointwise: WeightTreatment;
  depthwiseKernel?: tf.Variable;
  pointwiseKernel?: tf.Variable;

  constructor(filters: number, kernelSize: PairLike, options: SeparableConv2DOptions = {}) {
    super(kernelSize, options, [...depthwiseOptionNames, ...pointwiseOptionNames]);
    this.filters = positiveInteger("SeparableConv2D", "filters", filters);
    this.depthMultiplier = positiveInteger("SeparableConv2D", "depthMultiplier", options.depthMultiplier ?? 1);
    this.#depthwise = treatment(this, options, "depthwise", "glorot_uniform");
    this.#pointwise = treatment(this, options, "pointwise", "glorot_uniform");
  }

  override build(inputShape: Shape): void {
    const channels = this.channels(inputShape);
    const depthwise = [...this.kernelSize, channels, this.depthMultiplier];
    const pointwise = [1, 1, channels * this.depthMultiplier, this.filters];
    this.depthwiseKernel = this.addWeight({ name: "depthwise_kernel", shape: depthwise, ...this.#depthwise });
    this.pointwiseKernel = this.addWeight({ name: "pointwise_kernel", shape: pointwise, ...this.#pointwise });
    if (this.useBias) this.bias = this.addWeight({ name: "bias", shape: [this.filters], ...this.treatments.bias });
  }

  override call(x: tf.Tensor): tf.Tensor {
    const depthwise = this.depthwiseKernel as tf.Tensor as tf.Tensor4D;
    const pointwise = this.pointwiseKernel as tf.Tensor as tf.Tensor4D;
    const each = depthwiseConv2d(x as tf.Tensor4D, depthwise, this.strides, this.padding, this.dilationRate);
    let y: tf.Tensor = conv2d(each, pointwise, [1, 1], "valid", [1, 1]);
    if (this.bias !== undefined) y = tf.add(y, this.bias);
    return this.activation(y);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return [inputShape[0] ?? null, ...this.spatialShape(inputShape), this.filters];
  }

  override getConfig() {
    return {
      ...super.getConfig(),
      filters: this.filters,
      depthMultiplier: this.depthMultiplier,
      ...treatmentConfig("depthwise", this.#depthwise),
      ...treatmentConfig("pointwise", this.#pointwise),
    };
  }
}

/**
 * A convolution in two steps: each channel for itself, then 1 × 1 across channels; fewer weights than Conv2D.
 * https://keras.io/api/layers/convolution_layers/separable_convolution2d/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.SeparableConv2D(3, 4)(tf.zeros([1, 10, 10, 12])).shape // [1, 7, 7, 3]
 * ```
 */
export const SeparableConv2D = callable(SeparableConv2DLayer);
export type SeparableConv2D = SeparableConv2DLayer;
