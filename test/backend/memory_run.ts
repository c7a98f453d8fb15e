/** What {@link file://./memory.test.ts} runs in a process of its own, whose memory nothing else uses. */
import { setImmediate, setTimeout } from "node:timers/promises";
import { keras, tf } from "../../src/index";

const { Input, Dense } = keras.layers;
const collect = (globalThis as { gc?: () => void }).gc as () => void;

/** A cell of a notebook that is run again and again. */
async function trainOnce(): Promise<void> {
  const x = tf.randomNormal([2000, 100]).mul(2).add(1);
  const model = keras.Sequential([
    Input([100]),
    Dense(200, { activation: "relu" }),
    Dense(10, { activation: "softmax" }),
  ]);
  model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
  await model.fit(x, x.slice([0, 0], [-1, 10]).argMax(-1), {
    epochs: 1,
    batchSize: 200,
    verbose: 0,
    validationSplit: 0.1,
  });
  await model.predict(x, { verbose: 0 });
  await model.evaluate(x, x.slice([0, 0], [-1, 10]).argMax(-1), { verbose: 0 });
}

/** A cell that makes a tensor of 100 MB from another. */
async function allocateOnce(): Promise<void> {
  tf.zeros([25_000_000 / 2]).add(1);
}

const batches = Array.from({ length: 20 }, () => [tf.randomNormal([200, 100]), tf.randomNormal([200, 10])] as const);
const streamed = keras.Sequential([Input([100]), Dense(200, { activation: "relu" }), Dense(10)]);
streamed.compile({ optimizer: "adam", loss: "mse", jitCompile: true });

/** A cell that trains with the batches of a generator, which it makes anew. */
async function streamOnce(): Promise<void> {
  function* generate() {
    for (const [x, y] of batches) yield [x.add(1), y.mul(2)] as const;
  }
  await streamed.fit(generate, undefined, { verbose: 0 });
  await streamed.predict(generate, { verbose: 0 });
}

let units = 10;

/** A cell that trains four models that were never there before. */
async function otherModels(): Promise<void> {
  const [x, y] = batches[0] as (typeof batches)[number];
  for (let i = 0; i < 4; i++) {
    const model = keras.Sequential([Input([100]), Dense(units++, { activation: "relu" }), Dense(10)]);
    model.compile({ optimizer: "adam", loss: "mse", jitCompile: true });
    await model.fit(x, y, { verbose: 0, batchSize: 100 });
  }
}

const cells: { readonly [name: string]: () => Promise<void> } = {
  train: trainOnce,
  allocate: allocateOnce,
  stream: streamOnce,
  models: otherModels,
};

interface Measure {
  readonly tensors: number;
  readonly bytes: number;
  readonly rss: number;
  /** Compiled graphs that are kept. */
  readonly kept: number;
}

async function measure(): Promise<Measure> {
  for (let i = 0; i < 3; i++) {
    collect();
    await setTimeout(20);
  }
  const { numTensors, numBytes } = tf.memory();
  return { tensors: numTensors, bytes: numBytes, rss: process.memoryUsage().rss, kept: keras.config.compiler().kept };
}

async function main(cell: string): Promise<void> {
  const run = cells[cell] as () => Promise<void>;
  let peak = 0;
  const repeat = async (times: number) => {
    for (let i = 0; i < times; i++) {
      await run();
      await setImmediate();
      peak = Math.max(peak, process.memoryUsage().rss);
    }
  };
  // WebAssembly grows its memory to what it needs at once and keeps it.
  await repeat(15);
  const before = await measure();
  peak = 0;
  await repeat(20);
  console.log(JSON.stringify({ before, after: await measure(), peak }));
}

void main(process.argv[2] as string);
