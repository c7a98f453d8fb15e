import * as tf from "@tensorflow/tfjs-core";
import { conv2d, outputLength } from "../../backend/nn/convolution";
import { callableLayer } from "../callable_layer";
import type { Shape } from "../keras_tensor";
import { KernelLayer, type KernelOptions } from "../kernel_layer";
import { argument, lower, positive, word } from "../layer_options";
import { channelsOfGroup, checkGroups, inGroups } from "./groups";

/** Options of {@link Conv1D}. */
export interface Conv1DOptions extends KernelOptions {
  /** Steps between windows. Default 1. */
  readonly strides?: number;
  /** As for Conv2D, or `"causal"`: outputs see only what came before them. Default `"valid"`. */
  readonly padding?: "valid" | "same" | "causal";
  /** Distance between the taps of a kernel. Default 1. */
  readonly dilationRate?: number;
  /** The number of groups into which the channels are split, each with its own filters. Default 1. */
  readonly groups?: number;
}

export class Conv1DLayer extends KernelLayer {
  static override readonly className = "Conv1D";
  static override readonly positional = ["filters", "kernelSize"];
  static override readonly optionKinds = {
    ...KernelLayer.optionKinds,
    strides: positive,
    padding: word("valid", "same", "causal"),
    dilationRate: positive,
    groups: positive,
  };
  readonly filters: number;
  readonly kernelSize: number;
  readonly strides: number;
  readonly padding: "valid" | "same" | "causal";
  readonly dilationRate: number;
  readonly groups: number;

  constructor(filters: number, kernelSize: number, options: Conv1DOptions = {}) {
    super(options);
    this.filters = argument(this, "filters", filters, positive);
    this.kernelSize = argument(this, "kernelSize", Array.isArray(kernelSize) ? kernelSize[0] : kernelSize, positive);
    this.strides = options.strides ?? 1;
    this.padding = lower(options.padding ?? "valid");
    this.dilationRate = options.dilationRate ?? 1;
    if (this.strides > 1 && this.dilationRate > 1) {
      throw new RangeError("Conv1D() takes strides or a dilationRate above 1 but not both.");
    }
    this.groups = checkGroups(this, this.filters, options.groups);
    this.inputSpec = { ndim: 3 };
  }

  override build(inputShape: Shape): void {
    const channels = channelsOfGroup(this.name, inputShape[2] ?? null, this.groups);
    this.addKernel([this.kernelSize, channels, this.filters], this.filters);
    this.inputSpec = { ndim: 3, axes: { "-1": inputShape[2]! } };
  }

  override call(x: tf.Tensor): tf.Tensor {
    const { padding, strides, dilationRate } = this;
    const before = padding === "causal" ? (this.kernelSize - 1) * dilationRate : 0;
    const none: [number, number] = [0, 0];
    const padded = before === 0 ? x : tf.pad(x, [none, [before, 0], none]);
    const rows = tf.expandDims(padded, 1) as tf.Tensor4D;
    const kernel = tf.expandDims(this.kernel as tf.Tensor, 0) as tf.Tensor4D;
    const mode = padding === "causal" ? "valid" : padding;
    const convolved = inGroups(rows, kernel, this.groups, (image, part) =>
      conv2d(image, part, [1, strides], mode, [1, dilationRate]),
    );
    return this.activation(this.biased(tf.squeeze(convolved, [1])));
  }

  override computeOutputShape([batch = null, steps = null]: Shape): Shape {
    return [batch, outputLength(steps, this.kernelSize, this.padding, this.strides, this.dilationRate), this.filters];
  }
}

/**
 * Convolution along the steps of `[batch, steps, channels]`: `Conv1D(32, 7, { activation: "relu" })`. Kernel
 * `[kernelSize, channels, filters]` (`"glorot_uniform"`), bias `[filters]` (zeros).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.layers.Conv1D(32, 3)(tf.zeros([4, 10, 128])).shape // [4, 8, 32]
 * ```
 * @see https://keras.io/api/layers/convolution_layers/convolution1d/
 */
export const Conv1D = callableLayer(Conv1DLayer);
export type Conv1D = Conv1DLayer;
