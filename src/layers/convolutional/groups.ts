import * as tf from "@tensorflow/tfjs-core";

/** The number of groups, if the filters divide into them. */
export function checkGroups(layer: { readonly className: string }, filters: number, groups = 1): number {
  if (filters % groups === 0) return groups;
  throw new RangeError(`${layer.className}() expected filters to divide into ${groups} groups but found ${filters}.`);
}

/** How many of the input's channels a group has. */
export function channelsOfGroup(name: string, channels: number | null, groups: number): number | null {
  if (channels === null || channels % groups === 0) return channels === null ? null : channels / groups;
  throw new RangeError(`Layer "${name}" cannot split ${channels} channels into ${groups} groups.`);
}

/** Convolves each group of channels with its own filters. */
export function inGroups(
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  groups: number,
  convolve: (image: tf.Tensor4D, part: tf.Tensor4D) => tf.Tensor,
): tf.Tensor {
  if (groups === 1) return convolve(x, kernel);
  const kernels = tf.split(kernel, groups, -1);
  const images = tf.split(x, groups, -1) as tf.Tensor4D[];
  return tf.concat(
    images.map((image, i) => convolve(image, kernels[i] as tf.Tensor4D)),
    -1,
  );
}
