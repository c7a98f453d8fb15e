import * as tf from "@tensorflow/tfjs-core";
import { describe } from "../options/options";
import { checkChartOptions } from "./chart_options";
import { drawGrid, type ImageFigure } from "./image_grid";

/**
 * Shows the kernels of a convolution as images, all on one scale of colours.
 *
 * @param kernel shape `[height, width, inputs, filters]`: `layer.weights[0]`
 * @param options `channel`, which input, default 0; `ncols`, default 16; `cmap`; `vmin` and `vmax`, default the least and
 *   the greatest weight
 * @throws TypeError for another shape
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 *
 * keras.charts.filters(tf.randomNormal([3, 3, 1, 32]), { vmin: -0.5, vmax: 0.5 })
 * ```
 */
export function filters(
  kernel: tf.Tensor,
  options: {
    readonly channel?: number;
    readonly ncols?: number;
    readonly cmap?: string;
    readonly vmin?: number;
    readonly vmax?: number;
    readonly scale?: number;
  } = {},
): ImageFigure {
  checkChartOptions("filters()", options, ["channel", "ncols", "cmap", "vmin", "vmax", "scale"]);
  if (!(kernel instanceof tf.Tensor) || kernel.rank !== 4) {
    throw new TypeError(
      `filters() expects a kernel of shape [height, width, inputs, filters] but found ${describe(kernel)}. Pass layer.weights[0].`,
    );
  }
  const { channel = 0, ...how } = options;
  const [height, width, inputs, count] = kernel.shape as [number, number, number, number];
  if (!Number.isInteger(channel) || channel < 0 || channel >= inputs) {
    throw new RangeError(`filters() expects a channel from 0 to ${inputs - 1} but found ${channel}.`);
  }
  const images = tf.tidy(() => {
    const one = tf.slice(kernel, [0, 0, channel, 0], [height, width, 1, count]);
    return tf.transpose(tf.reshape(one, [height, width, count]), [2, 0, 1]);
  });
  return maps("filters()", images, { scale: 10, ...how });
}

/**
 * Shows what each filter of a layer answers to one image: its activation maps.
 *
 * @param activations shape `[height, width, filters]`, or `[1, height, width, filters]` as `predict` returns
 * @param options as for {@link filters}
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
  checkChartOptions("activationMaps()", options, ["ncols", "cmap", "scale"]);
  const shape: readonly number[] = activations instanceof tf.Tensor ? activations.shape : [];
  const [height = 0, width = 0, count = 0] = shape.slice(-3);
  if (shape.length < 3 || shape.length > 4 || (shape.length === 4 && shape[0] !== 1)) {
    throw new TypeError(
      `activationMaps() expects the maps of one image, shape [height, width, filters], but found ${describe(activations)}.`,
    );
  }
  return maps(
    "activationMaps()",
    tf.tidy(() => tf.transpose(tf.reshape(activations, [height, width, count]), [2, 0, 1])),
    options,
  );
}

function maps(
  where: string,
  images: tf.Tensor,
  options: { readonly ncols?: number; readonly vmin?: number; readonly vmax?: number },
) {
  const values = images.dataSync<"float32">().filter(Number.isFinite);
  if (values.length === 0) {
    images.dispose();
    throw new RangeError("The filters have no finite value: the model's weights are no numbers any more.");
  }
  const vmin = options.vmin ?? values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const vmax = options.vmax ?? values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  // A middle axis of one channel keeps three filters from passing for colours.
  const grey = tf.expandDims(images, -1);
  images.dispose();
  try {
    return drawGrid(where, grey, { ncols: 16, ...options, vmin, vmax });
  } finally {
    grey.dispose();
  }
}
