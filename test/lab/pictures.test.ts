import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, describe, test } from "node:test";
import { PNG } from "pngjs";
import { inEnvironment } from "../../kernel/cli/python";
import { cannotDrive, JupyterLab, type LabPage, type Notebook } from "./jupyter_lab";
import { kinds, prelude, tables } from "./kinds";
import { apart, brightness, corner, storedPicture } from "./pictures";

/** Fonts and their smoothing differ from machine to machine by less than this; another kind of chart by more. */
const tolerance = 8;
/** Where in an output the picture is. */
const picture = ".vega-embed canvas, .js-plotly-plot .svg-container, img, table";

/** What VS Code itself draws, in the order that it prefers; what stands not here comes before. Source: its `NOTEBOOK_DISPLAY_ORDER`. */
const codeOrder = [
  ...["application/json", "application/javascript", "text/html", "image/svg+xml", "text/latex", "text/markdown"],
  ...["image/png", "image/jpeg", "text/plain"],
];
/** What its Jupyter renderers draw, of what is here. Source: microsoft/vscode-notebook-renderers, package.json. */
const codeRenderers = ["application/vnd.plotly.v1+json", "application/vnd.vegalite.v5+json", "image/png"];

/** The type that VS Code shows of a bundle, if it has these renderers. */
function shownByCode(bundle: object, renderers: readonly string[]): string | undefined {
  const known = Object.keys(bundle).filter((type) => codeOrder.includes(type) || renderers.includes(type));
  return known.sort((one, other) => codeOrder.indexOf(one) - codeOrder.indexOf(other))[0];
}

/** The share of a picture that is not white. */
function inked({ data }: PNG): number {
  let dark = 0;
  for (let at = 0; at < data.length; at += 4) dark += Math.min(...data.subarray(at, at + 3)) < 200 ? 4 : 0;
  return dark / data.length;
}

const names = Object.keys(kinds);
const charts = names.filter((name) => !tables.includes(name));

/** The notebook of every kind, its texts being `text`. */
const notebook = (text: string) => [prelude, ...names.map((name) => kinds[name]?.(JSON.stringify(text)) ?? "")];

/** The outputs by the kind of their chart. */
function outputs({ cells }: Notebook): Map<string, { readonly [mimeType: string]: unknown }> {
  return new Map(names.map((name, index) => [name, cells[index + 1]?.outputs?.[0]?.data ?? {}]));
}

/** Every chart is drawn when its picture is stored, a second after the last change. */
async function drawn(page: LabPage): Promise<void> {
  await page.until(
    `window.jupyterapp.shell.currentWidget.content.widgets.filter((cell) =>
      cell.model.outputs?.length && String(cell.model.outputs.get(0).data["image/png"] ?? "").length > 200).length === ${charts.length}`,
    60_000,
  );
}

/** Every chart of a saved notebook is drawn. */
async function painted(page: LabPage): Promise<void> {
  await page.until("document.querySelectorAll('.js-plotly-plot .main-svg').length >= 3");
  await page.until("document.querySelectorAll('.vega-embed canvas').length >= 10");
}

async function theme(page: LabPage, name: "Light" | "Dark"): Promise<void> {
  await page.value(`window.jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab ${name}' })`);
}

/** A picture of each output as the page shows it. */
async function photographs(page: LabPage): Promise<Map<string, Buffer>> {
  const taken = new Map<string, Buffer>();
  const cells = page.page.locator(".jp-CodeCell");
  for (const [index, name] of names.entries()) {
    taken.set(
      name,
      await cells
        .nth(index + 1)
        .locator(picture)
        .first()
        .screenshot(),
    );
  }
  return taken;
}

/** Compares what is painted with what is stored. */
function compare(taken: ReadonlyMap<string, Buffer>): void {
  for (const [name, painted] of taken) {
    const distance = apart(PNG.sync.read(painted), storedPicture(name, painted));
    assert.ok(distance < tolerance, `${name} looks otherwise than test/lab/pictures/${name}.png: ${distance} apart`);
  }
}

describe("every kind of chart in JupyterLab, without a network", { skip: cannotDrive, timeout: 300_000 }, () => {
  let lab: JupyterLab;
  let saved: Notebook;
  before(async () => {
    lab = await JupyterLab.start();
  });
  after(() => lab.stop());

  test("paints as its stored picture, in light and dark", async () => {
    lab.write("kinds.ipynb", notebook("훈련 & loss"));
    const page = await lab.open("kinds.ipynb");
    await page.runAll();
    await drawn(page);
    const light = await photographs(page);
    compare(light);
    await page.save();
    saved = lab.read("kinds.ipynb");

    await theme(page, "Dark");
    const title = "document.querySelector('.js-plotly-plot .gtitle')";
    await page.until(`getComputedStyle(${title}).fill.match(/\\d+/)[0] > 180`);
    const dark = await photographs(page);
    for (const name of charts.filter((one) => outputs(saved).get(one)?.["application/vnd.plotly.v1+json"])) {
      const [before, now] = [light, dark].map((pictures) => brightness(pictures.get(name) ?? Buffer.alloc(0)));
      assert.ok((now ?? 255) < (before ?? 0) - 100, `${name} does not follow the theme: ${before} to ${now}`);
    }
    await page.close();
  });

  test("is dark where JupyterLab is, and its words are light", async () => {
    lab.write("dark.ipynb", saved);
    const page = await lab.open("dark.ipynb");
    await painted(page);
    const dark = await photographs(page);
    for (const name of names) {
      const types = Object.keys(outputs(saved).get(name) ?? {});
      if (types.every((type) => /^(image\/png|text\/plain)$/.test(type))) continue;
      const picture = dark.get(name) ?? Buffer.alloc(0);
      assert.ok(corner(picture) < 80, `${name} is light: ${corner(picture)}`);
      const { data } = PNG.sync.read(picture);
      let light = 0;
      for (let at = 0; at < data.length; at += 4) light += Math.min(...data.subarray(at, at + 3)) > 150 ? 1 : 0;
      assert.ok(light > 50, `the words of ${name} are dark: ${light} light pixels`);
    }
    await theme(page, "Light");
    await page.close();
  });

  test("no stored picture could be taken for another", () => {
    const all = names.map((name) => [name, storedPicture(name)] as const);
    for (const [one, first] of all) {
      for (const [other, second] of all) {
        if (one < other) assert.ok(apart(first, second) > tolerance, `${one} and ${other} look the same`);
      }
    }
  });

  test("paints the same from the saved file, untrusted and without a kernel's help", async () => {
    lab.write("stranger.ipynb", {
      ...saved,
      metadata: { ...(saved as { metadata?: object }).metadata, stranger: true },
    });
    const page = await lab.open("stranger.ipynb");
    await painted(page);
    compare(await photographs(page));
    const trusted = "window.jupyterapp.shell.currentWidget.content.widgets.some((cell) => cell.model.trusted)";
    assert.equal(await page.value(trusted), false);
    await page.close();
  });

  test("is saved small, with a picture for GitHub and a type that VS Code draws", () => {
    const all = outputs(saved);
    for (const name of charts) {
      const bundle = all.get(name) ?? {};
      const types = Object.keys(bundle);
      const drawn = types.find((type) => type.startsWith("application/")) ?? "image/png";
      assert.equal(shownByCode(bundle, codeRenderers), drawn, name);
      assert.equal(shownByCode(bundle, []), "image/png", `${name} without VS Code's renderers`);
      const stored = PNG.sync.read(Buffer.from(String(bundle["image/png"]), "base64"));
      assert.ok(stored.width >= 60 && inked(stored) > 0.01, `${name} has no picture to speak of: ${inked(stored)}`);
    }
    for (const name of tables) {
      const bundle = all.get(name) ?? {};
      assert.equal(shownByCode(bundle, codeRenderers), "text/html");
      // GitHub takes a table's elements, and neither scripts nor handlers.
      assert.match(String(bundle["text/html"]), /^(?:<\/?(?:table|thead|tbody|tr|th|td)\b[^>]*>|[^<])*$/);
    }
    const text = JSON.stringify(saved);
    assert.ok(text.length < (charts.length / 10) * 2_000_000, `${text.length} characters`);
    assert.doesNotMatch(JSON.stringify(saved.cells.map(({ outputs }) => outputs)), /function ?\(|<script/);
  });

  test("stands on the page that nbconvert makes, offline", async () => {
    const html = lab.path("kinds.html");
    execFileSync(inEnvironment("jupyter"), ["nbconvert", "--to", "html", lab.path("kinds.ipynb")], { stdio: "pipe" });
    const page = await lab.openFile(html);
    const images = "[...document.querySelectorAll('.jp-OutputArea-output img')]";
    await page.waitForFunction(
      `${images}.length === ${charts.length} && ${images}.every((one) => one.naturalWidth >= 60)`,
    );
    const shown = page.locator(".jp-CodeCell");
    for (const [index, name] of names.entries()) {
      const painted = await shown
        .nth(index + 1)
        .locator(picture)
        .first()
        .screenshot();
      assert.ok(brightness(painted) < 253, `${name} is blank`);
    }
    await page.context().close();
  });

  test("asked nothing of the network", () => {
    // nbconvert's own page asks for these two, with or without charts.
    const ours = lab.refused.filter((url) => !/\/ajax\/libs\/(require\.js|mathjax)\//.test(url));
    assert.deepEqual(ours, []);
  });
});
