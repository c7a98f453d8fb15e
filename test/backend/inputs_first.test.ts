import assert from "node:assert/strict";
import { test } from "node:test";
import { keras, tf } from "../../src/index";

test("a large tensor from another backend is converted by WebAssembly, whose heap grows for it", async () => {
  await keras.datasets.fashionMnist.loadData(); // resolves when the backend has started
  if (tf.findBackend("wasm") === null) return;
  tf.setBackend("cpu");
  const pixels = tf.fill([10_000_000], 3, "int32");
  tf.setBackend("wasm");
  const [largest] = tf.tidy(() => pixels.cast("float32").max().dataSync());
  assert.equal(largest, 3);
});
