import type * as tf from "@tensorflow/tfjs-core";
import { storedTensor } from "../backend/stored_tensor";
import { checkFileName } from "../files/cached_file";
import { readNpz } from "../files/npz";
import { checkOptions } from "../options/options";
import { labelledNumbers } from "./number_arrays";
import { type DataSplit, labelTensor, originFile } from "./origin";

/** What {@link loadData} takes. */
export interface MnistOptions {
  /** The file's name in Keras's cache. Default `"mnist.npz"`. */
  readonly path?: string;
}

/**
 * Loads MNIST: 60,000 handwritten digits to train with and 10,000 to test with. The first time it is downloaded (11 MB).
 *
 * Source: keras.io/api/datasets/mnist
 *
 * @returns `[[trainImages, trainLabels], [testImages, testLabels]]`: pictures [n, 28, 28] with pixels from 0 to 255, and
 * labels [n] from 0 to 9, both of dtype int32. Pixels stay one byte each until an operation needs them.
 * @throws Error that says what was tried, if the file cannot be had
 * @example
 * ```ts no-run
 * import { keras } from "tskeras";
 *
 * const [[trainImages, trainLabels], [testImages, testLabels]] = await keras.datasets.mnist.loadData();
 * ```
 */
export async function loadData(options: MnistOptions = {}): Promise<DataSplit<tf.Tensor3D, tf.Tensor1D>> {
  checkOptions("mnist.loadData()", options, ["path"]);
  const hash = "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1";
  const { path: name = "mnist.npz" } = options;
  checkFileName("mnist.loadData()", name);
  const path = await originFile(name, "mnist.npz", hash);
  const arrays = await readNpz(path);
  const part = (name: string): [tf.Tensor3D, tf.Tensor1D] => {
    const [x, y] = labelledNumbers(arrays, [`x_${name}`, `y_${name}`], 3, path);
    return [storedTensor<tf.Rank.R3>(x.values, x.shape as [number, number, number]), labelTensor(y.values)];
  };
  return [part("train"), part("test")];
}
