import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { inEnvironment } from "../../kernel/cli/python";
import { cannotDrive, JupyterLab, type LabPage } from "./jupyter_lab";
import { kinds, prelude, tables } from "./kinds";

/** What no label of a chart may do: become elements, run, be read as Markdown or as a formula, or break the chart. */
const hostile = [
  `<img src=x onerror="window.hacked = 1">`,
  `<b>굵게</b> <a href="javascript:window.hacked = 2">a</a> [a](javascript:window.hacked=3)`,
  `</text></script><script>window.hacked = 4; alert(4)</script>`,
  `"따옴표" & '작은' \`$\{1}\` \\n $\\frac{1}{2}$ \\(x^2\\) &lt; 😀👩‍👩‍👧`,
  "가나다라마바사아자차카타파하 ".repeat(30),
].join(" ");
/** The part that is never cut. */
const start = "<img src=x onerror=";

/** Charts with texts in places where {@link kinds} has none. */
const more: { readonly [name: string]: (text: string) => string } = {
  "metric of a history": (text) =>
    `charts.plotHistory({ history: { [${text}]: [0.9, 0.7], ["val_" + ${text}]: [0.8, 0.7] } })`,
  "metric of a comparison": (text) =>
    `charts.compareHistories({ a: { history: { [${text}]: [0.9, 0.7] } }, b: { history: { [${text}]: [0.8, 0.6] } } })`,
  "axes of a heat map": (text) => `charts.heatmap([[1, 2], [3, 4]], { xlabel: ${text}, ylabel: ${text} })`,
  "several names": (text) =>
    `charts.figure({ title: ${text} }).plot([1, 2], { label: ${text} }).plot([2, 1], "ro", { label: "b" }).axhline(1, { label: ${text} + "2" })`,
  "names and a title among charts": (text) =>
    `charts.subplots([charts.bar([${text}, "b"], [1, 2]), charts.scatter([1, 2], [1, 2], { label: ${text} }), charts.heatmap([[1]], { xticklabels: [${text}] })], { title: ${text} })`,
  "names of layers": (text) =>
    `charts.plotModel(keras.Sequential([keras.layers.Input([2]), keras.layers.Dense(2, { name: ${text} })], { name: ${text} }))`,
  "words that show under the mouse": (text) =>
    `charts.vegaLite({ data: { values: [{ a: ${text}, b: 1 }] }, mark: { type: "bar", tooltip: { content: "data" } }, encoding: { y: { field: "b", type: "quantitative" }, x: { field: "a", type: "nominal", axis: null } }, width: 200, height: 200 })`,
  "an annotation and words under the mouse": (text) =>
    `charts.plotly([{ y: [1, 2], name: ${text}, text: [${text}, "b"] }], { showlegend: true, annotations: [{ x: 0, y: 1, text: ${text} }], xaxis: { title: { text: ${text} } } })`,
  "columns of a table": (text) => `charts.table([{ [${text}]: 1, b: ${text} }])`,
};

const all = { ...kinds, ...more };
const names = Object.keys(all);
const cells = names.map((name) => all[name]?.(JSON.stringify(hostile)) ?? "");
/** Those whose texts JupyterLab paints on a canvas, or writes; images are pictures with their texts from the beginning. */
const withText = names.filter((name) => /JSON|img src/.test(all[name]?.("JSON") ?? ""));
const pictures = ["imshow", "image-grid", "predictions"];
const elsewhere = [
  ...pictures,
  // A text in a Plotly figure of the reader's own is Plotly's little HTML, by their choice.
  ...["plotly", "an annotation and words under the mouse"],
  "words that show under the mouse",
];

/** Elements that texts have become. */
const grown = (within: string) =>
  `[...document.querySelectorAll(${JSON.stringify(within)})].flatMap((one) =>
    [...one.querySelectorAll('img[src="x"], script, a[href^="javascript"], mjx-container, .MathJax')]).map((one) => one.outerHTML.slice(0, 200))`;

/** Dialogs of a page, which would otherwise wait for ever. */
function dialogs(page: Page): string[] {
  const opened: string[] = [];
  page.on("dialog", (dialog) => {
    opened.push(dialog.message());
    void dialog.dismiss();
  });
  return opened;
}

describe("hostile and endless labels are shown as text", { skip: cannotDrive, timeout: 300_000 }, () => {
  let lab: JupyterLab;
  let page: LabPage;
  let opened: readonly string[];
  before(async () => {
    lab = await JupyterLab.start();
    const svgs = names
      .filter((name) => !tables.includes(name) && name !== "live-chart")
      .map((name) => `${JSON.stringify(name)}: await (${all[name]?.(JSON.stringify(hostile))}).toSvg()`);
    const write = `(await import("node:fs")).writeFileSync("svgs.json", JSON.stringify({ ${svgs
      .filter((line) => !/charts\.(table|RunComparison)/.test(line))
      .join(",\n")} }));`;
    lab.write("hostile.ipynb", [prelude, ...cells, write]);
    page = await lab.open("hostile.ipynb");
    opened = dialogs(page.page);
    await page.value(`(() => {
      window.painted = [];
      const { prototype } = CanvasRenderingContext2D;
      const { fillText } = prototype;
      prototype.fillText = function (text, ...place) {
        window.painted.push([this.canvas, String(text)]);
        return fillText.call(this, text, ...place);
      };
    })()`);
    await page.runAll();
    const pictured = `window.jupyterapp.shell.currentWidget.content.widgets.filter((cell) =>
      cell.model.outputs?.length && String(cell.model.outputs.get(0).data["image/png"] ?? "").length > 200).length`;
    const expected = names.length - cells.filter((code) => code.startsWith("charts.table")).length;
    await page.until(`${pictured} === ${expected}`, 60_000);
  });
  after(() => lab.stop());

  test("by every chart, live in JupyterLab", async () => {
    const shown = await page.value<string[]>(`[...document.querySelectorAll(".jp-CodeCell")].map((cell) => [
      ...window.painted.filter(([canvas]) => cell.contains(canvas)).map(([, text]) => text),
      cell.querySelector(".jp-OutputArea-output")?.textContent ?? "",
    ].join("\\n"))`);
    for (const name of withText.filter((one) => !elsewhere.includes(one))) {
      const text = shown[1 + names.indexOf(name)] ?? "";
      assert.ok(text.includes(start), `${name} lost its text: ${text.slice(0, 300)}`);
    }
    assert.deepEqual(await page.value(grown(".jp-OutputArea-output")), []);
    assert.equal(await page.value("document.querySelectorAll('.jp-OutputArea-output table b').length"), 0);
    const errors = await page.value<string>(
      "[...document.querySelectorAll('[data-mime-type*=error], [data-mime-type*=stderr]')].map((one) => one.innerText).join()",
    );
    assert.equal(errors, "");
  });

  test("by a table, whole", async () => {
    const table = await page.value<string>(
      "[...document.querySelectorAll('.jp-RenderedHTMLCommon table')].at(-1).textContent",
    );
    assert.equal(table.split(hostile).length, 3, table);
  });

  test("under the mouse", async () => {
    const cell = (name: string) => page.page.locator(".jp-CodeCell").nth(1 + names.indexOf(name));
    const bar = cell("words that show under the mouse").locator("canvas");
    await bar.scrollIntoViewIfNeeded();
    await bar.hover({ position: { x: 120, y: 120 } });
    await page.until("document.querySelector('#vg-tooltip-element.visible')");
    assert.match(await page.value("document.querySelector('#vg-tooltip-element').textContent"), /<img src=x onerror=/);
    assert.deepEqual(await page.value(grown("#vg-tooltip-element")), []);
    const point = cell("an annotation and words under the mouse").locator(".nsewdrag").first();
    await point.scrollIntoViewIfNeeded();
    await point.hover();
    await page.until("document.querySelector('.js-plotly-plot .hoverlayer')");
    assert.deepEqual(await page.value(grown(".js-plotly-plot")), []);
  });

  test("in SVG documents", async () => {
    const svgs = JSON.parse(readFileSync(lab.path("svgs.json"), "utf8")) as { readonly [name: string]: string };
    assert.ok(Object.keys(svgs).length > 20);
    const sheet = await lab.openFile(lab.path("svgs.json"));
    const here = dialogs(sheet);
    for (const [name, svg] of Object.entries(svgs)) {
      await sheet.setContent(svg);
      assert.deepEqual(await sheet.evaluate(grown("body")), [], name);
      if (!withText.includes(name) || elsewhere.includes(name)) continue;
      const text = await sheet.evaluate<string>("document.querySelector('svg').textContent");
      assert.ok(text.includes(start), `${name} lost its text: ${text.slice(0, 300)}`);
    }
    assert.equal(await sheet.evaluate("window.hacked"), undefined);
    assert.deepEqual(here, []);
    await sheet.context().close();
  });

  test("on the page that nbconvert makes", async () => {
    await page.save();
    execFileSync(inEnvironment("jupyter"), ["nbconvert", "--to", "html", lab.path("hostile.ipynb")], { stdio: "pipe" });
    const sheet = await lab.openFile(lab.path("hostile.html"));
    const here = dialogs(sheet);
    await sheet.reload({ waitUntil: "load" });
    assert.deepEqual(await sheet.evaluate(grown(".jp-OutputArea-output")), []);
    const table = await sheet.evaluate<string>(
      "[...document.querySelectorAll('.jp-OutputArea-output table')].at(-1).textContent",
    );
    assert.equal(table.split(hostile).length, 3, table);
    assert.equal(await sheet.evaluate("window.hacked"), undefined);
    assert.deepEqual(here, []);
    await sheet.context().close();
  });

  test("and nothing of them ran", async () => {
    assert.equal(await page.value("window.hacked"), undefined);
    assert.deepEqual(opened, []);
  });
});
