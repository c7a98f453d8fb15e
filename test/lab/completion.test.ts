import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { cannotDrive, JupyterLab, type LabPage } from "./jupyter_lab";

const training = `import { keras, tf } from "tskeras";

const model = keras.Sequential([keras.layers.Input([8]), keras.layers.Dense(1)]);
model.compile({ optimizer: "sgd", loss: "mse" });
const done = model.fit(tf.ones([640, 8]), tf.zeros([640, 1]), { epochs: 1_000_000, verbose: 0 });
console.log("begun");
await done;`;

const notebook = "window.jupyterapp.shell.currentWidget.content";
const source = (cell: number) => `${notebook}.widgets[${cell}].model.sharedModel.getSource()`;
/** What the list of completions offers. */
const offered = `[...document.querySelectorAll(".jp-Completer:not(.lm-mod-hidden) .jp-Completer-match")].map((item) => item.innerText)`;

describe("help while writing, in JupyterLab", { skip: cannotDrive, timeout: 180_000 }, () => {
  let lab: JupyterLab;
  let lines: LabPage;
  before(async () => {
    lab = await JupyterLab.start();
    lab.write("completion.ipynb", [training, ...Array<string>(7).fill("")]);
    lines = await lab.open("completion.ipynb", { width: 1100, height: 900 });
    await lines.idle();
    await lines.value(`${notebook}.activeCellIndex = 0`);
    await lines.value("window.jupyterapp.commands.execute('notebook:run-cell') && 0");
    await lines.until(`document.querySelector(".jp-OutputArea-output")?.innerText.includes("begun")`);
  });
  after(async () => {
    await lines?.close();
    await lab.stop();
  });

  /** Types into a cell, with the cursor at its end, and presses a key. */
  async function type(cell: number, text: string, key: string): Promise<void> {
    await lines.value(`${notebook}.activeCellIndex = ${cell}; ${notebook}.mode = "edit"`);
    await lines.page.keyboard.insertText(text);
    await lines.until(`${source(cell)} === ${JSON.stringify(text)}`);
    await lines.page.keyboard.press(key);
  }

  async function picture(name: string): Promise<void> {
    if (process.env["PICTURES"]) await lines.page.screenshot({ path: `${process.env["PICTURES"]}/${name}.png` });
  }

  test("members, while a cell trains", async () => {
    await type(1, "keras.layers.", "Tab");
    await lines.until(`${offered}.length > 20`);
    const items = await lines.value<string[]>(offered);
    assert.ok(items.includes("Dense") && items.includes("Conv2D"), items.join());
    await picture("completion-members");
    await lines.page.keyboard.press("Escape");
  });

  test("a call's parameters, with documentation", async () => {
    await type(2, "model.fit(", "Shift+Tab");
    await lines.until(`document.querySelector(".jp-Tooltip")?.innerText.includes("epochs")`);
    await picture("completion-tooltip");
    await lines.page.keyboard.press("Escape");
  });

  test("texts that an option takes", async () => {
    await type(3, 'model.compile({ loss: "', "Tab");
    await lines.until(`${offered}.length > 3`);
    const items = await lines.value<string[]>(offered);
    assert.ok(items.includes("sparse_categorical_crossentropy"), items.join());
    await picture("completion-texts");
    await lines.page.keyboard.press("Escape");
  });

  test("behind Korean and emoji", async () => {
    const before = 'const 이름 = "한글 🙂👩‍👩‍👧";\nconst 층 = keras.layers.';
    await type(4, `${before}Dens`, "Tab");
    await lines.until(`${offered}.join() === "Dense"`);
    await picture("completion-korean");
    await lines.page.keyboard.press("Enter");
    await lines.until(`${source(4)} === ${JSON.stringify(`${before}Dense`)}`);
  });

  test("a name that no cell has imported brings its import along", async () => {
    await type(6, "%%time\nconst [한, 글] = trainTest", "Tab");
    await lines.until(`${offered}.join() === "trainTestSplit"`);
    await lines.page.keyboard.press("Enter");
    await lines.until(
      `${source(6)} === ${JSON.stringify('%%time\nimport { trainTestSplit } from "tskeras";\n\nconst [한, 글] = trainTestSplit')}`,
    );
    await lines.page.keyboard.insertText("([1, 2]);\nnew KFol");
    await lines.page.keyboard.press("Tab");
    await lines.until(`${offered}[0] === "KFold"`);
    await lines.page.keyboard.press("Enter");
    await lines.until(`${source(6)}.includes('import { trainTestSplit, KFold } from "tskeras";')`);
    await picture("completion-import");
    // The cursor stands behind the name.
    await lines.page.keyboard.insertText("({ nSplits: 2 })");
    assert.match(
      await lines.value(source(6)),
      /^%%time\nimport \{ trainTestSplit, KFold \} from "tskeras";\n\n.*\nnew KFold\(\{ nSplits: 2 \}\)$/,
    );
  });
});
