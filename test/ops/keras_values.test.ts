import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { keras, tf } from "../../src/index";
import { onEachBackend } from "../backends";
import { assertClose, type Numbers } from "../close";

interface Value {
  readonly dtype: tf.DataType;
  readonly shape: readonly number[];
  readonly x: Numbers;
}
interface Case {
  readonly op: string;
  readonly args: readonly unknown[];
  readonly value: Value | readonly Value[];
}

const file = join(__dirname, "../../../test/reference_values/keras_ops.json");
const { cases } = JSON.parse(readFileSync(file, "utf8")) as { readonly cases: readonly Case[] };
const ops = keras.ops as unknown as { readonly [op: string]: (...args: unknown[]) => tf.Tensor | tf.Tensor[] };

/** Arguments as they were stored: tensors are objects with their values and type. */
function argument(stored: unknown): unknown {
  if (typeof stored !== "object" || stored === null) return stored;
  if (Array.isArray(stored)) return stored.map(argument);
  if ("x" in stored) {
    const { x, dtype } = stored as { readonly x: tf.TensorLike; readonly dtype: tf.DataType };
    return tf.tensor(x, undefined, dtype);
  }
  return Object.fromEntries(Object.entries(stored).map(([name, value]) => [name, argument(value)]));
}

onEachBackend("keras.ops gives Keras's values", () => {
  for (const { op, args, value } of cases) {
    const shown = args.map((arg) => JSON.stringify(arg).slice(0, 40)).join(", ");
    test(`${op}(${shown})`, () => {
      const found = [ops[op]?.(...args.map(argument))].flat() as tf.Tensor[];
      for (const [i, expected] of [value].flat().entries()) {
        const tensor = found[i] as tf.Tensor;
        assert.deepEqual(tensor.shape, expected.shape);
        assert.equal(tensor.dtype, expected.dtype);
        assertClose(tensor, expected.x, op, { atol: 1e-6 });
      }
    });
  }
});

describe("the same functions in a functional model give the same values", () => {
  const skipped = new Set(["meshgrid", "bincount", "arange", "linspace", "eye", "full", "allclose"]);
  for (const { op, args, value } of cases.filter((each) => !skipped.has(each.op))) {
    const shown = args.map((arg) => JSON.stringify(arg).slice(0, 40)).join(", ");
    test(`${op}(${shown})`, async () => {
      const [inputs, data]: [keras.KerasTensor[], tf.Tensor[]] = [[], []];
      const symbol = (arg: unknown): unknown => {
        if (Array.isArray(arg)) return arg.map(symbol);
        if (!(arg instanceof tf.Tensor)) return arg;
        const [batchSize = 1, ...shape] = arg.shape;
        data.push(arg);
        inputs.push(keras.Input(shape, { batchSize, dtype: arg.dtype }));
        return inputs.at(-1);
      };
      const outputs = (ops as { readonly [op: string]: (...args: unknown[]) => unknown })[op]?.(
        ...args.map(argument).map(symbol),
      ) as keras.KerasTensor | keras.KerasTensor[];
      const model = keras.models.cloneModel(keras.Model({ inputs, outputs }));
      const found = [model(data)].flat() as tf.Tensor[];
      for (const [i, expected] of [value].flat().entries()) {
        assert.deepEqual([outputs].flat()[i]?.shape, expected.shape);
        assert.equal([outputs].flat()[i]?.dtype, expected.dtype);
        assertClose(found[i] as tf.Tensor, expected.x, op, { atol: 1e-6 });
      }
    });
  }

  test("tensors of a model have the methods of tensors", () => {
    const x = keras.Input([3, 4]);
    const outputs = x.mul(2).add(1).slice(":, -1, ::2").relu().sum(-1, true);
    const model = keras.Model({ inputs: x, outputs });
    assert.deepEqual(outputs.shape, [null, 1]);
    assertClose(model(tf.ones([2, 3, 4])), [[6], [6]], "sum");
  });

  test("what has no symbolic form says so", () => {
    assert.throws(() => keras.ops.topK(keras.Input([3]), 1), /ops\.topK\(\) takes tensors.*Lambda layer/);
  });
});

describe("mistakes are named", () => {
  const x = tf.ones([2, 3]);
  test("an axis that does not exist", () => {
    assert.throws(() => keras.ops.sum(x, 2), /ops\.sum\(\) expected an axis from -2 to 1 but found number 2/);
  });
  test("a misspelled option", () => {
    assert.throws(
      () => keras.ops.mean(x, { axes: 0 } as never),
      /ops\.mean\(\) has no option "axes"\. Did you mean "axis"/,
    );
  });
  test("an uneven split", () => {
    assert.throws(() => keras.ops.split(x, 2, 1), /cannot divide an axis of 3 into 2 equal parts/);
  });
});

test("a custom loss of keras.ops trains compiled, as one of tf does", async () => {
  const { ops } = keras;
  const train = async (loss: keras.losses.LossFunction) => {
    keras.utils.setRandomSeed(1);
    const model = keras.Sequential([keras.layers.Input([3]), keras.layers.Dense(1)]);
    model.compile({ optimizer: "sgd", loss, jitCompile: true });
    const x = tf.randomNormal([64, 3], 0, 1, "float32", 3);
    const { history } = await model.fit(x, x.sum(1, true), { epochs: 2, verbose: 0 });
    return history["loss"] as number[];
  };
  const ours = await train((yTrue, yPred) => ops.mean(ops.square(ops.subtract(yTrue, yPred)), -1));
  assertClose(tf.tensor(ours), await train((yTrue, yPred) => yTrue.sub(yPred).square().mean(-1)), "loss");
});
