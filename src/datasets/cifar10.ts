import type * as tf from "@tensorflow/tfjs-core";
import { loadCifar } from "./cifar";
import type { DataSplit } from "./data_file";

/**
 * Loads CIFAR-10: 50,000 small color pictures to train with and 10,000 to test with, in ten classes. The first time it is
 * downloaded (170 MB) and unpacked.
 *
 * Labels: 0 airplane, 1 automobile, 2 bird, 3 cat, 4 deer, 5 dog, 6 frog, 7 horse, 8 ship, 9 truck.
 *
 * @returns `[[trainImages, trainLabels], [testImages, testLabels]]`: pictures [n, 32, 32, 3] with values from 0 to 255, and
 * labels [n, 1], both of dtype int32. Pixels stay one byte for each color until an operation needs them.
 * @throws Error that says what was tried, if no copy can be read
 * @example
 * ```ts no-run
 * import { keras } from "tskeras";
 *
 * const [[trainImages, trainLabels]] = await keras.datasets.cifar10.loadData();
 * trainImages.shape // [ 50000, 32, 32, 3 ]
 * ```
 * @see https://keras.io/api/datasets/cifar10
 */
export function loadData(): Promise<DataSplit<tf.Tensor4D, tf.Tensor2D>> {
  return loadCifar({
    folder: "cifar-10-batches-py",
    file: "cifar-10-python.tar.gz",
    fileHash: "6d958be074577803d12ecdefd02955f39262c83c16fe9348329d7fe0b5c001ce",
    train: [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}`),
    test: "test_batch",
    labels: "labels",
  });
}
