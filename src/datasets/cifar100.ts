import type * as tf from "@tensorflow/tfjs-core";
import { type KindsOf, readElsewhere } from "../options/kinds";
import { checkOptions, lookUp } from "../options/options";
import { loadCifar } from "./cifar";
import type { DataSplit } from "./data_file";

/** What {@link loadData} takes. */
export interface Cifar100Options {
  /** `"fine"` gives 100 classes, `"coarse"` the 20 that they belong to. Default `"fine"`. */
  readonly labelMode?: "fine" | "coarse";
}

const optionKinds: KindsOf<Cifar100Options> = { labelMode: readElsewhere };

/**
 * Loads CIFAR-100: 50,000 small color pictures to train with and 10,000 to test with, in 100 classes. The first time it is
 * downloaded (169 MB) and unpacked.
 *
 * @returns `[[trainImages, trainLabels], [testImages, testLabels]]`: pictures [n, 32, 32, 3] with values from 0 to 255, and
 * labels [n, 1], both of dtype int32. Pixels stay one byte for each color until an operation needs them.
 * @throws Error that says what was tried, if no copy can be read
 * @example
 * ```ts no-run
 * import { keras } from "tskeras";
 *
 * const [[trainImages, trainLabels]] = await keras.datasets.cifar100.loadData({ labelMode: "coarse" });
 * ```
 * @see https://keras.io/api/datasets/cifar100
 */
export async function loadData(options: Cifar100Options = {}): Promise<DataSplit<tf.Tensor4D, tf.Tensor2D>> {
  checkOptions("cifar100.loadData()", options, optionKinds);
  const modes = { fine: "fine_labels", coarse: "coarse_labels" };
  return loadCifar({
    folder: "cifar-100-python",
    file: "cifar-100-python.tar.gz",
    fileHash: "85cd44d02ba6437773c5bbd22e183051d648de2e7d6b014e1ef29b855ba677a7",
    train: ["train"],
    test: "test",
    labels: lookUp("labelMode of cifar100", options.labelMode ?? "fine", modes),
  });
}
