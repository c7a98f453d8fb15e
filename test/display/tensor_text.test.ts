import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { inspect } from "node:util";
import { packageRoot } from "../../kernel/cli/places";
import { tf } from "../../src";
import { displaySymbol, type MimeBundle } from "../../src/display/host";
import { install } from "../../src/display/install";

interface Case {
  readonly shape: number[];
  readonly dtype: "float32" | "int32" | "bool" | "string";
  readonly values?: (number | boolean | string)[];
  readonly step?: number;
  readonly text: string;
}

const file = path.join(packageRoot, "test", "reference_values", "numpy_repr.json");
const goldens = JSON.parse(readFileSync(file, "utf8")) as { readonly cases: Case[]; readonly long: Case[] };

install();

function tensorOf({ shape, dtype, values, step = 1 }: Case): tf.Tensor {
  if (!values) {
    const size = shape.reduce((product, length) => product * length, 1);
    const counted = Float32Array.from({ length: size }, (_, index) => Math.fround(index * Math.fround(step)));
    return tf.tensor(dtype === "int32" ? Int32Array.from(counted) : counted, shape, dtype);
  }
  const special: { readonly [name: string]: number } = { nan: Number.NaN, inf: Infinity, "-inf": -Infinity };
  const read = dtype === "float32" ? values.map((value) => special[String(value)] ?? value) : values;
  return tf.tensor(read as number[], shape, dtype);
}

describe("tensors print as NumPy prints arrays", () => {
  for (const [index, one] of [...goldens.cases, ...goldens.long].entries()) {
    test(`${index}: ${one.dtype} [${one.shape.join(", ")}]`, () => {
      const tensor = tensorOf(one);
      assert.equal(tensor.toString(), one.text);
      tensor.dispose();
    });
  }
});

describe("a tensor as a cell's value", () => {
  const tensor = tf.tensor1d([9, 0, 3], "int32");
  const expected = "[9 0 3]\ntf.Tensor shape=[3] dtype=int32";

  test("shows values, shape and type", () => {
    const bundle = (tensor as unknown as { [displaySymbol](): MimeBundle })[displaySymbol]();
    assert.deepEqual(bundle, { "text/plain": expected });
    assert.equal(inspect(tensor), expected);
  });

  test("takes one line inside another value", () => {
    assert.equal(inspect({ x: tensor }), "{ x: tf.Tensor shape=[3] dtype=int32 }");
  });

  test("leaves no tensor behind", () => {
    const big = tf.zeros([2000, 3]);
    const before = tf.memory().numTensors;
    inspect(big);
    assert.equal(tf.memory().numTensors, before);
    big.dispose();
  });

  test("says so when it was disposed", () => {
    const gone = tf.zeros([2]);
    gone.dispose();
    assert.equal(inspect(gone), "tf.Tensor shape=[2] dtype=float32 (disposed)");
  });
});
