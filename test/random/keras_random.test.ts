import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { keras, tf } from "../../src/index";

const { random } = keras;
const size = 20_000;

const near = (found: tf.Tensor, expected: number, within: number, what: string) => {
  const value = found.dataSync()[0] as number;
  assert.ok(Math.abs(value - expected) < within, `${what}: ${value}, expected ${expected}`);
};

describe("keras.random", () => {
  test("draws from the distributions that were asked for", () => {
    keras.utils.setRandomSeed(1);
    const normal = random.normal([size], { mean: 1, stddev: 2 });
    near(normal.mean(), 1, 0.05, "mean");
    near(normal.std(), 2, 0.05, "deviation");
    // The deviation of a normal distribution cut at two deviations is 0.8796.
    const truncated = random.truncatedNormal([size]);
    near(truncated.std(), 0.8796, 0.015, "deviation");
    near(truncated.abs().max(), 2, 0.05, "largest");
    const uniform = random.uniform([size], { minval: 2, maxval: 6 });
    near(uniform.mean(), 4, 0.05, "mean");
    near(uniform.min(), 2, 0.01, "least");
    const { values, counts } = random.randint([size], -1, 3).uniqueCounts();
    assert.deepEqual(values.arraySync(), [-1, 0, 1, 2]);
    for (const count of counts.arraySync()) assert.ok(Math.abs(count / size - 0.25) < 0.02, `${count}`);
  });

  test("draws classes by their logits", () => {
    const draws = random.categorical(tf.log(tf.tensor2d([[0.2, 0.8]])), size);
    assert.deepEqual([draws.shape, draws.dtype], [[1, size], "int32"]);
    near(draws.mean(), 0.8, 0.02, "share");
  });

  test("shuffles, along any axis", () => {
    const x = tf.range(0, 100).reshape([2, 50]);
    const mixed = random.shuffle(x, { axis: -1 });
    assert.notDeepEqual(mixed.arraySync(), x.arraySync());
    assert.deepEqual(random.shuffle(mixed.at(1)).uniqueCounts().values.arraySync(), x.at(1).arraySync());
  });

  test("drops a share and scales the rest", () => {
    const dropped = random.dropout(tf.ones([size]), 0.25);
    near(dropped.mean(), 1, 0.02, "mean");
    near(dropped.max(), 4 / 3, 1e-6, "what is left");
  });

  test("a number as the seed repeats, a generator goes on, setRandomSeed starts anew", () => {
    const draw = (seed?: keras.random.Seed) => random.normal([3], seed === undefined ? {} : { seed }).arraySync();
    assert.deepEqual(draw(7), draw(7));
    const generator = random.SeedGenerator(7);
    const [first, second] = [draw(generator), draw(generator)];
    assert.notDeepEqual(first, second);
    assert.deepEqual(first, draw(7));
    keras.utils.setRandomSeed(3);
    const before = draw();
    assert.notDeepEqual(draw(), before);
    keras.utils.setRandomSeed(3);
    assert.deepEqual(draw(), before);
  });

  test("goes on in a compiled step, batch after batch and call after call", async () => {
    class Noise extends keras.layers.Layer {
      override call(x: tf.Tensor) {
        return x.add(random.normal(x.shape));
      }
    }
    const model = keras.Sequential([keras.layers.Input([1]), new Noise()]);
    model.compile({ loss: "mse", jitCompile: true });
    const draw = async () => [...(await model.predict(tf.zeros([4, 1]), { batchSize: 2, verbose: 0 })).dataSync()];
    keras.utils.setRandomSeed(5);
    const first = [...(await draw()), ...(await draw())];
    assert.equal(new Set(first).size, 8);
    keras.utils.setRandomSeed(5);
    assert.deepEqual([...(await draw()), ...(await draw())], first);
  });

  test("names mistakes", () => {
    assert.throws(() => random.normal([2], { stdev: 1 } as never), /has no option "stdev"\. Did you mean "stddev"/);
    assert.throws(() => random.uniform([2], { seed: 1.5 }), /seed to be a whole number, a SeedGenerator, or null/);
  });
});
