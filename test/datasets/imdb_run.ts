/** What {@link file://./imdb_memory.test.ts} runs in processes of their own: `make FILE`, then `use`. */
import { writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { keras } from "../../src/index";
import { npy, npyOfLists, npz } from "../helpers/numpy_files";
import { classTexts } from "../helpers/synthetic";

/** An archive as large as the real one: 25,000 reviews of about 230 words to train with, and as many to test with. */
function make(file: string): void {
  const part = (seed: number) => {
    const { lists, labels } = classTexts(25000, [1, 1], 88000 - 25000, seed, [60, 400]);
    const y = npy({ shape: [labels.length], values: BigInt64Array.from(labels, BigInt) });
    return [npyOfLists(lists), y] as const;
  };
  const [[x_train, y_train], [x_test, y_test]] = [part(1), part(2)];
  writeFileSync(file, npz({ x_train, y_train, x_test, y_test }));
}

/** Collects what is not held any more; buffers are freed by another thread, a little later. */
async function collect(): Promise<void> {
  for (let i = 0; i < 3; i++) {
    (globalThis as { gc?: () => void }).gc?.();
    await setTimeout(100);
  }
}

const MB = 2 ** 20;
const peak = () => process.resourceUsage().maxRSS / 1024;

async function use(): Promise<object> {
  await collect();
  const before = process.memoryUsage();
  const [[reviews, labels], [test]] = await keras.datasets.imdb.loadData({ numWords: 10000 });
  const words = [...reviews, ...test].reduce((sum, review) => sum + review.length, 0);
  const loading = peak();
  await collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  const held = (heapUsed + arrayBuffers - before.heapUsed - before.arrayBuffers) / MB;

  const x = keras.utils.vectorizeSequences(reviews, 10000);
  const model = keras.Sequential([
    keras.layers.Input([10000]),
    keras.layers.Dense(16, { activation: "relu" }),
    keras.layers.Dense(16, { activation: "relu" }),
    keras.layers.Dense(1, { activation: "sigmoid" }),
  ]);
  model.compile({ optimizer: "rmsprop", loss: "binary_crossentropy", metrics: ["accuracy"], jitCompile: true });
  const { history } = await model.fit(x, labels, { epochs: 2, batchSize: 512, verbose: 0 });
  return { reviews: reviews.length, words, loading, held, training: peak(), accuracy: history["accuracy"]?.at(-1) };
}

const [, , what, file = ""] = process.argv;
if (what === "make") make(file);
else void use().then((report) => console.log(JSON.stringify(report)));
