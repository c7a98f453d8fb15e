import * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../options/kinds";
import { describe } from "../options/options";
import { checkChartOptions, text } from "./chart_options";
import { drawGrid, type ImageFigure, type ImageOptions, imageKinds } from "./image_grid";
import { extent } from "./values";

export interface FiltersOptions extends ImageOptions {
  /** Which input of the convolution. Default 0. */
  readonly channel?: number;
  /** Filters in a row. Default 16. */
  readonly ncols?: number;
}

const filtersKinds: kinds.KindsOf<FiltersOptions> = { ...imageKinds, channel: kinds.index, ncols: kinds.count };

/**
 * Shows the kernels of a convolution as images, all on one scale of colors.
 *
 * @param kernel shape `[height, width, inputs, filters]`: `layer.weights[0]`
 * @param options see {@link FiltersOptions}; `vmin` and `vmax` default to the least and the greatest weight of all images,
 *   `scale` to 10
 * @throws TypeError for another shape
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 *
 * keras.charts.filters(tf.randomNormal([3, 3, 1, 32]), { vmin: -0.5, vmax: 0.5 })
 * ```
 */
export function filters(kernel: tf.Tensor, options: FiltersOptions = {}): ImageFigure {
  checkChartOptions("filters()", options, filtersKinds);
  if (!(kernel instanceof tf.Tensor) || kernel.rank !== 4) {
    throw new TypeError(
      `filters() expected a kernel of shape [height, width, inputs, filters] but found ${describe(kernel)}. Pass layer.weights[0].`,
    );
  }
  const { channel = 0, ...how } = options;
  const [height, width, inputs, count] = kernel.shape as [number, number, number, number];
  if (channel >= inputs) {
    throw new RangeError(`filters() expected a channel from 0 to ${inputs - 1} but found ${channel}.`);
  }
  const images = tf.tidy(() => {
    const one = tf.slice(kernel, [0, 0, channel, 0], [height, width, 1, count]);
    return tf.transpose(tf.reshape(one, [height, width, count]), [2, 0, 1]);
  });
  return maps("filters()", images, { scale: 10, ...how });
}

/**
 * Shows the activation maps of one image: the output of each filter of a layer.
 *
 * @param activations shape `[height, width, filters]`, or `[1, height, width, filters]` as `predict` returns
 * @param options `ncols`, default 16; `cmap`; `scale`, default as large as fits in 640 pixels, 8 at most
 * @throws TypeError for another shape
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 *
 * keras.charts.activationMaps(tf.randomUniform([1, 14, 14, 32]))
 * ```
 */
export function activationMaps(
  activations: tf.Tensor,
  options: { readonly ncols?: number; readonly cmap?: string; readonly scale?: number } = {},
): ImageFigure {
  checkChartOptions("activationMaps()", options, { ncols: kinds.count, cmap: text, scale: kinds.count });
  const shape: readonly number[] = activations instanceof tf.Tensor ? activations.shape : [];
  const [height = 0, width = 0, count = 0] = shape.slice(-3);
  if (shape.length < 3 || shape.length > 4 || (shape.length === 4 && shape[0] !== 1)) {
    throw new TypeError(
      `activationMaps() expected the maps of one image, shape [height, width, filters], but found ${describe(activations)}.`,
    );
  }
  return maps(
    "activationMaps()",
    tf.tidy(() => tf.transpose(tf.reshape(activations, [height, width, count]), [2, 0, 1])),
    options,
  );
}

function maps(where: string, images: tf.Tensor, options: Omit<FiltersOptions, "channel">) {
  const [least, greatest] = extent(images.dataSync());
  const { vmin = least, vmax = greatest } = options;
  // A last axis of one channel: three filters are not the three channels of a color.
  const gray = tf.expandDims(images, -1);
  images.dispose();
  try {
    if (greatest < least) {
      throw new RangeError("The filters have no finite value: the model's weights are not numbers anymore.");
    }
    return drawGrid(where, gray, { ncols: 16, ...options, vmin, vmax });
  } finally {
    gray.dispose();
  }
}
