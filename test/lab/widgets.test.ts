import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { cannotDrive, JupyterLab } from "./jupyter_lab";

const model = `import { keras, tf } from "tskeras";

const model = keras.Sequential([keras.layers.Input([8]), keras.layers.Dense(1)]);
model.compile({ optimizer: keras.optimizers.SGD({ learningRate: 0.01 }), loss: "mse" });
const rate = slider({ label: "learning rate", min: 1e-4, max: 1, value: 0.01, scale: "log" });
rate.observe((change) => {
  model.optimizer.learningRate = change.new;
}, "value");
rate`;

/** Trains until the rate that the reader chose has arrived, and tells with which rates it trained. */
const training = `const rates = new Set<number>();
await model.fit(tf.ones([640, 8]), tf.zeros([640, 1]), {
  epochs: 1_000_000, verbose: 0, batchSize: 16,
  callbacks: [{
    onEpochEnd() {
      rates.add(Number(model.optimizer.learningRate.toPrecision(3)));
      if (rates.size === 1) clearOutput({ wait: true });
      if (rates.size === 1) console.log("training");
      if (model.optimizer.learningRate > 0.5) model.stopTraining = true;
    },
  }],
});
console.log("trained with", rates.has(0.01), Math.max(...rates))`;

const counter = `const shared = widget({
  esm: \`export default {
    render({ model, el }) {
      const button = document.createElement("button");
      const show = () => { button.textContent = "count " + model.get("clicks") + ", bytes " + model.get("bytes").byteLength; };
      button.className = "counter";
      button.onclick = () => { model.set("clicks", model.get("clicks") + 1); model.save_changes(); };
      model.on("change:clicks", show);
      model.on("msg:custom", (content, buffers) => {
        model.send({ heard: content }, undefined, [new Uint8Array([buffers[0].getUint8(0) + 1]).buffer]);
      });
      show();
      el.append(button);
    },
  };\`,
  css: ".counter { color: rgb(1, 2, 3); }",
  state: { clicks: 40, bytes: new Uint8Array(5) },
});
shared.onMsg((content, [bytes]) => console.log("page says", content, bytes?.[0]));
await display(shared);
shared`;

/** What the cells have printed. */
const printed = `[...document.querySelectorAll(".jp-OutputArea-output")].map((output) => output.innerText).join("")`;

describe("widgets in JupyterLab", { skip: cannotDrive, timeout: 180_000 }, () => {
  let lab: JupyterLab;
  before(async () => {
    lab = await JupyterLab.start();
  });
  after(() => lab.stop());

  test("a slider that is moved while fit trains changes its learning rate", async () => {
    lab.write("slider.ipynb", [model, training]);
    const lines = await lab.open("slider.ipynb");
    const { page } = lines;
    await lines.idle();
    await lines.value("window.jupyterapp.commands.execute('notebook:run-all-cells') && 0");
    const range = page.locator(".tskeras-slider input");
    await range.waitFor();
    await lines.until(`${printed}.includes("training")`);
    const box = await range.boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    for (const part of [0.6, 0.7, 0.8]) await page.mouse.move(box.x + part * box.width, box.y + box.height / 2);
    if (process.env["PICTURES"]) await page.screenshot({ path: `${process.env["PICTURES"]}/slider.png` });
    assert.equal(await lines.value("window.jupyterapp.shell.currentWidget.sessionContext.kernelDisplayStatus"), "busy");
    await page.mouse.move(box.x + box.width, box.y + box.height / 2);
    await page.mouse.up();
    await lines.until(`${printed}.includes("trained with true 1")`);
    assert.equal(await page.locator(".tskeras-slider output").innerText(), "1");
    await lines.idle();
    if (process.env["PICTURES"]) await page.screenshot({ path: `${process.env["PICTURES"]}/slider-after.png` });
    await lines.close();
    assert.deepEqual(lab.refused, []);
  });

  test("two views of a widget follow each other, the cells and a page that is loaded again", async () => {
    lab.write("counter.ipynb", [
      counter,
      "shared.clicks",
      "shared.clicks = 7;",
      'shared.send("hello", [new Uint8Array([4])])',
    ]);
    const lines = await lab.open("counter.ipynb");
    const { page } = lines;
    await lines.idle();
    const run = async (cell: number) => {
      await lines.value(`window.jupyterapp.shell.currentWidget.content.activeCellIndex = ${cell}`);
      await lines.command("notebook:run-cell");
    };
    const texts = () => page.locator(".counter").allInnerTexts();
    const counts = (number: number) =>
      lines.until(
        `[...document.querySelectorAll(".counter")].filter((button) => button.innerText === "count ${number}, bytes 5").length === 2`,
      );
    await run(0);
    await counts(40);
    await page.locator(".counter").first().click();
    await counts(41);
    await run(1);
    await lines.until(
      `[...document.querySelectorAll(".jp-OutputArea-executeResult")].at(-1).innerText.trim().endsWith("41")`,
    );
    await run(2);
    await counts(7);
    assert.equal(await lines.value(`getComputedStyle(document.querySelector(".counter")).color`), "rgb(1, 2, 3)");
    await run(3);
    await lines.until(`${printed}.includes("page says { heard: 'hello' } 5")`);
    await lines.save();
    // The kernel goes on, and a new page asks it for the state.
    const again = await lab.open("counter.ipynb");
    await again.until(`document.querySelectorAll(".counter").length === 2`);
    assert.deepEqual(await again.page.locator(".counter").allInnerTexts(), await texts());
    await again.page.locator(".counter").first().click();
    await lines.until(`document.querySelector(".counter").innerText === "count 8, bytes 5"`);
    if (process.env["PICTURES"]) await again.page.screenshot({ path: `${process.env["PICTURES"]}/counter.png` });
    await again.close();
    await lines.close();
    assert.deepEqual(lab.refused, []);
  });
});
