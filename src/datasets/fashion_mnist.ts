import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type * as tf from "@tensorflow/tfjs-core";
import { storedTensor } from "../backend/stored_tensor";
import { cachedFile } from "../files/cached_file";
import { type IdxArray, parseIdx } from "./idx";
import { type DataSplit, labelTensor, ORIGIN } from "./origin";

const gunzipAsync = promisify(gunzip);

/** A file: how many bytes it holds, and their SHA-256. */
type Part = { readonly name: string; readonly size: number; readonly content: string };

/**
 * What an archive holds, which is no more than it should.
 *
 * @throws Error if it is damaged or holds more
 */
async function decompress(archive: Buffer, { size }: Part): Promise<Buffer> {
  try {
    // In one piece: pieces would be copied together, and make the garbage collector run.
    return await gunzipAsync(archive, { chunkSize: size + 1, maxOutputLength: size + 1 });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "Z_BUF_ERROR") throw new Error("the file ends too early");
    if (code === "ERR_BUFFER_TOO_LARGE") throw new Error(`it holds something else: more than ${size} bytes`);
    throw new Error(`the archive is damaged (${message})`);
  }
}

const parts = {
  trainImages: {
    name: "train-images-idx3-ubyte.gz",
    size: 47_040_016,
    content: "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
  },
  trainLabels: {
    name: "train-labels-idx1-ubyte.gz",
    size: 60_008,
    content: "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
  },
  testImages: {
    name: "t10k-images-idx3-ubyte.gz",
    size: 7_840_016,
    content: "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
  },
  testLabels: {
    name: "t10k-labels-idx1-ubyte.gz",
    size: 10_008,
    content: "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
  },
} satisfies Record<string, Part>;

// From dist/src/datasets to the sources, which a checkout and an installed package both have.
const bundled = (name: string) => join(__dirname, "../../../data/fashion_mnist", name);

/** Bytes that are hashed at a time, in about 2 ms: in between, the stop button is heard. */
const HASHED_AT_ONCE = 2 ** 20;

async function sha256(bytes: Uint8Array): Promise<string> {
  const hash = createHash("sha256");
  for (let start = 0; start < bytes.length; start += HASHED_AT_ONCE) {
    hash.update(bytes.subarray(start, start + HASHED_AT_ONCE));
    await setImmediate();
  }
  return hash.digest("hex");
}

/**
 * Decompresses a file and checks what it holds. An archive that was compressed anew is as good as the publisher's.
 *
 * @param trusted for a file of this package, in which decompressing finds all damage
 * @throws Error if it is damaged or holds something else
 */
async function readPart(path: string, part: Part, trusted = false): Promise<IdxArray> {
  const content = await decompress(await readFile(path), part);
  if (content.length !== part.size) {
    throw new Error(`it holds something else: expected ${part.size} bytes but found ${content.length}`);
  }
  const found = trusted ? part.content : await sha256(content);
  if (found !== part.content) {
    throw new Error(`it holds something else: expected content with SHA-256 ${part.content} but found ${found}`);
  }
  return parseIdx(content);
}

async function loadPart(part: Part): Promise<IdxArray> {
  const own = bundled(part.name);
  if (existsSync(own)) {
    try {
      return await readPart(own, part, true);
    } catch (error) {
      console.log(`${own} is not used: ${(error as Error).message}.`);
    }
  }
  let read: IdxArray | undefined;
  const path = await cachedFile({
    name: part.name,
    origin: ORIGIN + part.name,
    subfolder: join("datasets", "fashion-mnist"),
    verify: async (at) => {
      read = await readPart(at, part);
    },
  });
  // A reader's own file is not checked.
  return read ?? parseIdx(await decompress(await readFile(path), part));
}

/**
 * Loads Fashion-MNIST: 60,000 pictures of clothes to train with and 10,000 to test with, from the copy in this package; if
 * that is damaged, from Keras's cache, and else from the network.
 *
 * Labels: 0 T-shirt/top, 1 Trouser, 2 Pullover, 3 Dress, 4 Coat, 5 Sandal, 6 Shirt, 7 Sneaker, 8 Bag, 9 Ankle boot.
 *
 * Source: keras.io/api/datasets/fashion_mnist
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
 */
export async function loadData(): Promise<DataSplit<tf.Tensor3D, tf.Tensor1D>> {
  const [trainInput, trainTarget, testInput, testTarget] = await Promise.all([
    loadPart(parts.trainImages),
    loadPart(parts.trainLabels),
    loadPart(parts.testImages),
    loadPart(parts.testLabels),
  ]);
  const images = ({ values, shape }: IdxArray) => storedTensor<tf.Rank.R3>(values, shape as [number, number, number]);
  const labels = ({ values }: IdxArray) => labelTensor(values);
  return [
    [images(trainInput), labels(trainTarget)],
    [images(testInput), labels(testTarget)],
  ];
}
