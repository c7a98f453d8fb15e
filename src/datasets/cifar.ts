import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type * as tf from "@tensorflow/tfjs-core";
import { storedTensor } from "../backend/stored_tensor";
import { loadPickle, PickledArray } from "../files/pickle";
import { getFile } from "../utils/get_file";
import type { DataSplit } from "./data_file";

const SIDE = 32;
const PIXELS = SIDE * SIDE;
const CHANNELS = 3;

/** An archive of CIFAR and what to read in it. */
export interface CifarArchive {
  /** Its folder; in Keras's cache it is within `${folder}-target`. */
  readonly folder: string;
  /** Its name at the origin. */
  readonly file: string;
  readonly fileHash: string;
  readonly train: readonly string[];
  readonly test: string;
  /** The key of the labels in a batch. */
  readonly labels: string;
}

type Batch = { readonly planes: Uint8Array; readonly labels: readonly number[] };

async function readBatch(path: string, labelName: string): Promise<Batch> {
  try {
    const batch = loadPickle(await readFile(path));
    const [data, labels] = batch instanceof Map ? [batch.get("data"), batch.get(labelName)] : [];
    if (!(data instanceof PickledArray) || !(data.values instanceof Uint8Array) || !Array.isArray(labels)) {
      throw new Error(`it has no "data" or no "${labelName}"`);
    }
    if (data.values.length !== labels.length * CHANNELS * PIXELS) {
      throw new Error(`${labels.length} labels do not fit ${data.values.length} bytes of pixels`);
    }
    return { planes: data.values, labels: labels.map(Number) };
  } catch (error) {
    const reason = (error as Error).message;
    throw new Error(`Could not read ${path}: ${reason}. Delete its folder: the next call unpacks it again.`, {
      cause: error,
    });
  }
}

/** Reads batches whose images have one plane for each color; in the tensor the colors of a pixel are side by side. */
async function readBatches(paths: readonly string[], labelName: string): Promise<[tf.Tensor4D, tf.Tensor2D]> {
  const batches: Batch[] = [];
  for (const path of paths) batches.push(await readBatch(path, labelName));
  const labels = Int32Array.from(batches.flatMap((batch) => batch.labels));
  const pixels = new Uint8Array(labels.length * PIXELS * CHANNELS);
  let to = 0;
  for (const { planes } of batches) {
    for (let image = 0; image < planes.length; image += CHANNELS * PIXELS) {
      for (let pixel = image; pixel < image + PIXELS; pixel++) {
        for (let channel = 0; channel < CHANNELS; channel++) pixels[to++] = planes[pixel + channel * PIXELS]!;
      }
    }
  }
  return [
    storedTensor<tf.Rank.R4>(pixels, [labels.length, SIDE, SIDE, CHANNELS]),
    storedTensor<tf.Rank.R2>(labels, [labels.length, 1]),
  ];
}

/** Reads CIFAR-10 or CIFAR-100 from Keras's cache; the first time it is downloaded and unpacked. */
export async function loadCifar(archive: CifarArchive): Promise<DataSplit<tf.Tensor4D, tf.Tensor2D>> {
  const { folder, file, fileHash, labels } = archive;
  const origin = `https://www.cs.toronto.edu/~kriz/${file}`;
  const batches = join(await getFile(`${folder}-target`, origin, { fileHash, extract: true }), folder);
  const train = archive.train.map((name) => join(batches, name));
  return [await readBatches(train, labels), await readBatches([join(batches, archive.test)], labels)];
}
