import type * as tf from "@tensorflow/tfjs-core";
import { storedTensor } from "../backend/stored_tensor";
import { checkOptions } from "../options/options";
import { type DataSplit, type FileOptions, fileKinds, labelTensor, loadNpz } from "./data_file";

/** What {@link loadData} takes. */
export type MnistOptions = FileOptions;

const file = {
  name: "mnist.npz",
  hash: "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1",
};

/**
 * Loads MNIST: 60,000 handwritten digits to train with and 10,000 to test with. The first time it is downloaded (11 MB).
 *
 * @returns `[[trainImages, trainLabels], [testImages, testLabels]]`: pictures [n, 28, 28] with pixels from 0 to 255, and
 * labels [n] from 0 to 9, both of dtype int32. Pixels stay one byte each until an operation needs them.
 * @throws Error that says what was tried, if no copy can be read
 * @example
 * ```ts no-run
 * import { keras } from "tskeras";
 *
 * const [[trainImages, trainLabels], [testImages, testLabels]] = await keras.datasets.mnist.loadData();
 * ```
 * @see https://keras.io/api/datasets/mnist
 */
export async function loadData(options: MnistOptions = {}): Promise<DataSplit<tf.Tensor3D, tf.Tensor1D>> {
  checkOptions("mnist.loadData()", options, fileKinds);
  const npz = await loadNpz("mnist.loadData()", file, options);
  const part = (name: string): [tf.Tensor3D, tf.Tensor1D] => {
    const [x, y] = npz.labeledNumbers(`x_${name}`, `y_${name}`, 3);
    return [storedTensor<tf.Rank.R3>(x.values, x.shape as [number, number, number]), labelTensor(y.values)];
  };
  return [part("train"), part("test")];
}
