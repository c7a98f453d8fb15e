import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { describe, test } from "node:test";
import { backendReady } from "../../src/backend/backend";
import { keras, tf } from "../../src/index";

const library = JSON.stringify(require.resolve("../../src/index"));

/** Runs a program in a process and folder of its own. */
const run = (program: string, cwd = process.cwd()) =>
  execFileSync(process.execPath, ["-e", `const { keras, tf } = require(${library});\n${program}`], {
    encoding: "utf8",
    cwd,
  });

describe("the eager backend", () => {
  test("tensors are made, sliced and printed at once, without an await", () => {
    const out = run("console.log(JSON.stringify(tf.tensor([[1, 2], [3, 4]]).add(1).slice(1).arraySync()));");
    assert.equal(out, "[[4,5]]\n");
  });

  test("what was made before the faster backend started goes on in it, from any folder and with nothing printed", () => {
    const program = `
      const early = tf.tensor([1, 2]);
      setTimeout(() => console.log(early.add(1).arraySync().join(), keras.config.backend() === tf.getBackend(), keras.config.backend() !== "cpu"), 1500);
    `;
    assert.equal(run(program, tmpdir()), "2,3 true true\n");
  });

  test("says which it is and why", async () => {
    await backendReady();
    assert.equal(keras.config.backend(), tf.getBackend());
    assert.notEqual(keras.config.backendReason(), "");
  });

  test("an unhandled rejection is the program's affair, not the WebAssembly module's", async () => {
    await backendReady();
    const names = process.listeners("unhandledRejection").map(String);
    assert.ok(!names.some((source) => source.includes("throw reason")));
  });
});

describe("kernels that WebAssembly lacks are lent by the plain backend", () => {
  test("the gradient of a convolution (tensorflow/tfjs#8474)", async () => {
    await backendReady();
    const x = tf.tensor4d(
      Array.from({ length: 32 }, (_, i) => i / 8),
      [1, 4, 4, 2],
    );
    const w = tf.tensor4d(
      Array.from({ length: 18 }, (_, i) => (i % 5) / 5),
      [3, 3, 2, 1],
    );
    const gradient = () =>
      tf.grad((kernel) =>
        tf
          .conv2d(x, kernel as tf.Tensor4D, 1, "same")
          .square()
          .sum(),
      )(w);
    const found = gradient().arraySync();
    const backend = tf.getBackend();
    tf.setBackend("cpu");
    try {
      const expected = gradient().flatten().arraySync() as number[];
      for (const [i, value] of (found as number[][][][]).flat(3).entries()) {
        assert.ok(Math.abs(value - (expected[i] as number)) < 1e-3 * Math.abs(expected[i] as number));
      }
    } finally {
      tf.setBackend(backend);
    }
  });

  test("the gradient of a lookup (tensorflow/tfjs#8082)", async () => {
    await backendReady();
    const table = tf.tensor2d([
      [1, 2],
      [3, 4],
    ]);
    const gradient = tf.grad((rows) => tf.gather(rows, tf.tensor1d([0, 0, 1], "int32")).sum())(table);
    assert.deepEqual(gradient.arraySync(), [
      [2, 2],
      [1, 1],
    ]);
  });
});
