import { webcrypto } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type * as tf from "@tensorflow/tfjs-core";
import { storedTensor } from "../backend/stored_tensor";
import { cachedFile } from "../files/cached_file";
import { type DataSplit, labelTensor, ORIGIN } from "./data_file";
import { type IdxArray, parseIdx } from "./idx";

const gunzipAsync = promisify(gunzip);

/** A compressed file: how many bytes it holds, and their SHA-256. */
type Part = readonly [name: string, size: number, sha256: string];

const parts: readonly Part[] = [
  ["train-images-idx3-ubyte.gz", 47_040_016, "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"],
  ["train-labels-idx1-ubyte.gz", 60_008, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"],
  ["t10k-images-idx3-ubyte.gz", 7_840_016, "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"],
  ["t10k-labels-idx1-ubyte.gz", 10_008, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"],
];

/**
 * What a compressed file holds.
 *
 * @throws Error if it is damaged or holds more than `size` bytes
 */
async function decompress(path: string, size: number): Promise<Buffer> {
  try {
    // In one piece: joining pieces copies them and makes the garbage collector run.
    return await gunzipAsync(await readFile(path), { chunkSize: size + 1, maxOutputLength: size + 1 });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "Z_BUF_ERROR") throw new Error("the file ends too early");
    if (code === "ERR_BUFFER_TOO_LARGE") throw new Error(`it holds something else: more than ${size} bytes`);
    throw new Error(`the archive is damaged (${message})`);
  }
}

/**
 * Decompresses a file and checks what it holds, however it was compressed.
 *
 * @param trusted for a file of this package: decompressing it finds all damage
 * @throws Error if it is damaged or holds something else
 */
async function readPart(path: string, [, size, sha256]: Part, trusted = false): Promise<IdxArray> {
  const content = await decompress(path, size);
  if (content.length !== size) {
    throw new Error(`it holds something else: expected ${size} bytes but found ${content.length}`);
  }
  // On another thread, so that the stop button works.
  const found = trusted ? sha256 : Buffer.from(await webcrypto.subtle.digest("SHA-256", content)).toString("hex");
  if (found !== sha256) {
    throw new Error(`it holds something else: expected content with SHA-256 ${sha256} but found ${found}`);
  }
  return parseIdx(content);
}

async function loadPart(part: Part): Promise<IdxArray> {
  const [name, size] = part;
  // From dist/src/datasets.
  const bundled = join(__dirname, "../../../data/fashion_mnist", name);
  if (existsSync(bundled)) {
    try {
      return await readPart(bundled, part, true);
    } catch (error) {
      console.log(`${bundled} is not used: ${(error as Error).message}.`);
    }
  }
  let read: IdxArray | undefined;
  const path = await cachedFile({
    name,
    origin: ORIGIN + name,
    subfolder: join("datasets", "fashion-mnist"),
    verify: async (at) => {
      read = await readPart(at, part);
    },
  });
  // A user's own file is not checked.
  return read ?? parseIdx(await decompress(path, size));
}

/**
 * Loads Fashion-MNIST: 60,000 pictures of clothes to train with and 10,000 to test with, from the copy in this package, or if
 * that is damaged from Keras's cache, or else from the network.
 *
 * Labels: 0 T-shirt/top, 1 Trouser, 2 Pullover, 3 Dress, 4 Coat, 5 Sandal, 6 Shirt, 7 Sneaker, 8 Bag, 9 Ankle boot.
 *
 * @returns `[[trainInput, trainTarget], [testInput, testTarget]]`: pictures [n, 28, 28] with pixels from 0 to 255, and
 * labels [n], both of dtype int32. Pixels stay one byte each until an operation needs them.
 * @throws Error that says what was tried, if no copy can be read
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * const [[trainInput, trainTarget], [testInput]] = await keras.datasets.fashionMnist.loadData();
 * trainInput.shape // [ 60000, 28, 28 ]
 * ```
 * @see https://keras.io/api/datasets/fashion_mnist
 */
export async function loadData(): Promise<DataSplit<tf.Tensor3D, tf.Tensor1D>> {
  const [trainInput, trainTarget, testInput, testTarget] = await Promise.all(parts.map(loadPart));
  const set = (images: IdxArray, labels: IdxArray): [tf.Tensor3D, tf.Tensor1D] => [
    storedTensor<tf.Rank.R3>(images.values, images.shape as [number, number, number]),
    labelTensor(labels.values),
  ];
  return [set(trainInput!, trainTarget!), set(testInput!, testTarget!)];
}
