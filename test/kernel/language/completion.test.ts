import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { checkout, completions, elsewhere, hover, problems, service } from "./services";

const notebooks = service(join(checkout, "notebooks"));

describe("completion", () => {
  test("members, with kind, signature and documentation", async () => {
    await problems(notebooks, "import * as tf from '@tensorflow/tfjs-core'; const tensor1 = tf.tensor([1])");
    const { items, start, end } = await completions(notebooks, "tf.tensor1|");
    assert.deepEqual([start, end], [3, 10]);
    const [first] = items;
    assert.equal(first?.text, "tensor1d");
    const all = await completions(notebooks, "tensor1.arr|");
    assert.deepEqual(
      all.items.slice(0, 2).map(({ text, kind }) => [text, kind]),
      [
        ["array", "method"],
        ["arraySync", "method"],
      ],
    );
  });
  test("string literals", async () => {
    await problems(
      notebooks,
      "function compile(options: { loss: 'mse' | 'mae' | 'sparse_categorical_crossentropy' }) {}",
    );
    const { items, start, end } = await completions(notebooks, `compile({ loss: "m|" })`);
    assert.deepEqual(
      items.map(({ text }) => text),
      ["mae", "mse"],
    );
    assert.deepEqual([start, end], [17, 18]);
  });
  test("keys of options", async () => {
    const { items } = await completions(notebooks, "compile({ | })");
    assert.equal(items[0]?.text, "loss");
  });
  test("members of awaited values", async () => {
    await problems(notebooks, "const promised = Promise.resolve({ inside: 1 })");
    const { items } = await completions(notebooks, "(await promised).|");
    assert.deepEqual(
      items.map(({ text }) => text),
      ["inside"],
    );
  });
  test("names of earlier cells and of the cell itself", async () => {
    await problems(notebooks, "const validationAccuracy = 1");
    const { items } = await completions(notebooks, "const validationLoss = 1; validation|");
    assert.deepEqual(
      items.slice(0, 2).map(({ text }) => text),
      ["validationAccuracy", "validationLoss"],
    );
  });
  test("names of the library that are not imported yet", async () => {
    const away = service(elsewhere());
    const offered = async () =>
      (await completions(away, "trainTest|")).items.find(({ text }) => text === "trainTestSplit");
    for (let tries = 0; tries < 100 && !(await offered()); tries += 1)
      await new Promise((wake) => setTimeout(wake, 100));
    assert.equal((await offered())?.signature, 'import { trainTestSplit } from "tskeras"');
    // "tf" is shorter than the beginnings of names that are offered otherwise.
    for (const [code, name] of Object.entries({ "new KFol|": "KFold", "1\nKFol|": "KFold", "const a = tf|": "tf" })) {
      const { items } = await completions(away, code);
      const item = items.find(({ text }) => text === name);
      assert.equal(item?.signature, `import { ${name} } from "tskeras"`, code);
    }
    for (const code of ["[].trainTest|", "const trainTest|", "const a = ke|"]) {
      const { items } = await completions(away, code);
      assert.ok(!items.some(({ signature = "" }) => signature.startsWith("import")), code);
    }
    await problems(away, 'import { trainTestSplit } from "tskeras"');
    assert.doesNotMatch((await offered())?.signature ?? "", /^import/);
  });
  test("in code that is not finished", async () => {
    const { items } = await completions(notebooks, "[1].map((x) => {\n  x.toFix|");
    assert.equal(items[0]?.text, "toFixed");
  });
  test("after Korean and emoji", async () => {
    const { items, start } = await completions(notebooks, "const 은닉층 = '🧠'; 은닉층.toUpp|");
    assert.deepEqual([items[0]?.text, start], ["toUpperCase", 22]);
  });
  test("in an object literal cell", async () => {
    const { items, start } = await completions(notebooks, "{ a: validationA| }");
    assert.deepEqual([items[0]?.text, start], ["validationAccuracy", 5]);
  });
});

describe("hover", () => {
  test("signature and documentation", async () => {
    await problems(
      notebooks,
      "/** Doubles.\n * @param x What to double.\n * @example\n * ```ts\n * twice(1) // 2\n * ```\n */\nfunction twice(x: number): number { return 2 * x }",
    );
    const shown = await hover(notebooks, "twi|ce(1)");
    assert.equal(shown?.signature, "function twice(x: number): number");
    assert.match(shown.documentation, /^Doubles\./);
    assert.match(shown.documentation, /```ts\ntwice\(1\) \/\/ 2\n```/);
  });
  test("between the parentheses of a call", async () => {
    assert.match((await hover(notebooks, "1 + twice(|)"))?.signature ?? "", /^function twice/);
  });
  test("values of earlier cells look like the reader's own", async () => {
    await problems(notebooks, "const plain = { a: 1 }; let loose2 = 1");
    assert.equal((await hover(notebooks, "pl|ain"))?.signature, "const plain: {\n    a: number;\n}");
    assert.equal((await hover(notebooks, "loo|se2"))?.signature, "let loose2: number");
  });
  test("nothing to tell", async () => assert.equal(await hover(notebooks, "  | "), undefined));
});
