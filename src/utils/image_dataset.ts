import { readFile } from "node:fs/promises";
import * as tf from "@tensorflow/tfjs-core";
import { type ColorMode, channelsOf, decodeImage } from "../files/decode_image";
import * as kinds from "../options/kinds";
import { checkOptions } from "../options/options";
import { type DirectoryOptions, directoryKinds, FileDataset } from "./file_dataset";

/** What {@link imageDatasetFromDirectory} takes. */
export interface ImageDatasetOptions extends DirectoryOptions {
  /** Gray, red-green-blue, or these with opacity: 1, 3 or 4 channels. Default `"rgb"`. */
  readonly colorMode?: ColorMode;
  /** The height and width of the result. Default [256, 256]. */
  readonly imageSize?: readonly [height: number, width: number];
  /** How pictures are resized. Default `"bilinear"`. */
  readonly interpolation?: "bilinear" | "nearest";
  /** Whether a picture of another shape is cropped instead of distorted. Default false. */
  readonly cropToAspectRatio?: boolean;
}

const resizers = { bilinear: tf.image.resizeBilinear, nearest: tf.image.resizeNearestNeighbor };

const optionKinds: kinds.KindsOf<ImageDatasetOptions> = {
  ...directoryKinds,
  colorMode: kinds.oneOf(...Object.keys(channelsOf)),
  imageSize: {
    expected: "[height, width], two whole numbers of 1 or more",
    accepts: (value) => Array.isArray(value) && value.length === 2 && value.every(kinds.count.accepts),
  },
  interpolation: kinds.oneOf(...Object.keys(resizers)),
  cropToAspectRatio: kinds.boolean,
};
const formats = [".bmp", ".gif", ".jpeg", ".jpg", ".png"];

/** The largest part in the middle of a picture with this ratio of height to width. */
function crop(image: tf.Tensor3D, [height, width]: readonly [number, number]): tf.Tensor3D {
  const [rows, columns, channels] = image.shape;
  const cropRows = Math.min(rows, Math.trunc((columns * height) / width));
  const cropColumns = Math.min(columns, Math.trunc((rows * width) / height));
  const [top, left] = [Math.floor((rows - cropRows) / 2), Math.floor((columns - cropColumns) / 2)];
  return tf.slice(image, [top, left, 0], [cropRows, cropColumns, channels]);
}

/**
 * Reads PNG and JPEG pictures batch by batch; each folder of the directory is a class.
 *
 * @param directory its path
 * @returns batches `[images, labels]`, the images float32 [batch, height, width, channels] with values from 0 to 255
 * @throws Error if there are no pictures, and while reading if one is damaged
 * @example
 * ```ts no-run
 * import { keras } from "tskeras";
 *
 * const options = { imageSize: [64, 64], validationSplit: 0.2, seed: 42 } as const;
 * const train = keras.utils.imageDatasetFromDirectory("pictures", { ...options, subset: "training" });
 * const validation = keras.utils.imageDatasetFromDirectory("pictures", { ...options, subset: "validation" });
 * ```
 * @see https://keras.io/api/data_loading/image
 */
export function imageDatasetFromDirectory(
  directory: string,
  options: ImageDatasetOptions = {},
): FileDataset<tf.Tensor4D> {
  const where = "imageDatasetFromDirectory()";
  checkOptions(where, options, optionKinds);
  const { colorMode = "rgb", imageSize: [tall, wide] = [256, 256], cropToAspectRatio = false } = options;
  const size: [number, number] = [tall, wide];
  const resize = resizers[options.interpolation ?? "bilinear"];
  const read = async (path: string): Promise<tf.Tensor3D> => {
    try {
      const { pixels, height, width } = decodeImage(await readFile(path), colorMode);
      return tf.tidy(() => {
        const image = tf.tensor3d(Float32Array.from(pixels), [height, width, channelsOf[colorMode]]);
        return resize(cropToAspectRatio ? crop(image, size) : image, size, false, true);
      });
    } catch (error) {
      throw new Error(`Could not read the picture ${path}: ${(error as Error).message}.`, { cause: error });
    }
  };
  return new FileDataset(where, directory, formats, options, async (paths) => {
    const images: tf.Tensor3D[] = [];
    for (const path of paths) images.push(await read(path));
    const batch = tf.stack(images) as tf.Tensor4D;
    tf.dispose(images);
    return batch;
  });
}
