import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { PNG } from "pngjs";
import { cannotDrive, JupyterLab, type Notebook, plotlyPyExtension } from "./jupyter_lab";

const plotly = "application/vnd.plotly.v1+json";
const vega = "application/vnd.vegalite.v5+json";

const prelude = `import { keras } from "tskeras";
const { charts } = keras;
const sgd = { history: { loss: [0.9, 0.7, 0.6], val_loss: [0.8, 0.7, 0.65] } };
const adam = { history: { loss: [0.8, 0.5, 0.4], val_loss: [0.6, 0.5, 0.45] } };`;

const every = [
  prelude,
  `charts.compareHistories({ SGD: sgd, "아담 <img src=x onerror=alert(1)>": adam })`,
  `charts.plotHistory(sgd, { title: "훈련과 검증" })`,
  `charts.imageGrid([[[0, 1], [2, 3]], [[3, 2], [1, 0]]], { cmap: "gray", scale: 40, labels: ["가", "나"] })`,
  `charts.plotly([{ type: "bar", x: ["사과", "배"], y: [3, 5] }], { title: { text: "과일" } })`,
  `charts.table([{ 이름: "<b>아담</b>", 정확도: 0.87 }])`,
];

/** Whether each kind has been drawn, as expressions in the page. */
const painted = {
  plotly: (count: number) =>
    `[...document.querySelectorAll(".js-plotly-plot")].filter((node) => node.querySelector(".cartesianlayer .trace path")).length === ${count}`,
  vega: `[...document.querySelectorAll(".vega-embed canvas")].some((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let colored = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 0 && Math.abs(data[i] - data[i + 2]) > 60) colored++;
    return colored > 100;
  })`,
  image: `[...document.querySelectorAll(".jp-RenderedImage img")].some((image) => image.naturalWidth > 80)`,
};

/** What is saved under each output of a notebook. */
const kinds = ({ cells }: Notebook) =>
  cells.flatMap(({ outputs = [] }) => outputs.map(({ data = {} }) => Object.keys(data).sort()));

describe("JupyterLab, without a network", { skip: cannotDrive, timeout: 300_000 }, () => {
  let lab: JupyterLab;
  before(async () => {
    lab = await JupyterLab.start();
  });
  after(() => lab.stop());

  test("every kind of figure paints, is saved with a picture, and paints again untrusted", async () => {
    lab.write("every.ipynb", every);
    const page = await lab.open("every.ipynb");
    await page.runAll();
    await page.until(painted.plotly(2));
    await page.until(painted.vega);
    await page.until(painted.image);
    assert.equal(await page.value("document.querySelectorAll('.jp-OutputArea-output img[src=x]').length"), 0);
    assert.match(await page.value("document.querySelector('.jp-RenderedHTMLCommon table').innerText"), /<b>아담<\/b>/);

    // The picture comes a second after the drawing.
    await page.until(`window.jupyterapp.shell.currentWidget.content.widgets.filter((cell) =>
      cell.model.outputs?.length && cell.model.outputs.get(0).data["image/png"]).length === 4`);
    await page.save();
    await page.close();

    const saved = lab.read("every.ipynb");
    assert.deepEqual(kinds(saved), [
      [plotly, "image/png", "text/plain"],
      [vega, "image/png", "text/plain"],
      ["image/png", "text/plain"],
      [plotly, "image/png", "text/plain"],
      ["text/html", "text/plain"],
    ]);
    for (const { outputs = [] } of saved.cells) {
      const picture = outputs[0]?.data?.["image/png"];
      if (picture === undefined) continue;
      const png = PNG.sync.read(Buffer.from(String(picture), "base64"));
      assert.ok(
        png.data.some((value, index) => index % 4 === 0 && value < 128),
        "a saved picture is blank",
      );
    }

    // Another notebook than the one that was signed is not trusted.
    lab.write("stranger.ipynb", {
      ...saved,
      metadata: { ...(saved as { metadata?: object }).metadata, stranger: true },
    });
    const stranger = await lab.open("stranger.ipynb");
    await stranger.until(painted.plotly(2));
    await stranger.until(painted.vega);
    await stranger.until(painted.image);
    assert.equal(
      await stranger.value(
        "[...window.jupyterapp.shell.currentWidget.content.widgets].some((cell) => cell.model.trusted)",
      ),
      false,
    );
    await stranger.close();
  });

  test("a figure follows the theme and the width, and is drawn anew when its cell is run again", async () => {
    lab.write("theme.ipynb", [prelude, every[4] ?? ""]);
    const page = await lab.open("theme.ipynb");
    await page.runAll();
    await page.until(painted.plotly(1));
    const titleColor = "getComputedStyle(document.querySelector('.js-plotly-plot .gtitle')).fill";
    const light = await page.value<string>(titleColor);
    await page.value("window.jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Dark' })");
    await page.until(`${titleColor} !== ${JSON.stringify(light)}`);

    const width = "document.querySelector('.js-plotly-plot .main-svg').getBoundingClientRect().width";
    const wide = await page.value<number>(width);
    await page.page.setViewportSize({ width: 800, height: 900 });
    await page.until(`${width} < ${wide - 100}`);

    await page.runAll();
    await page.until(painted.plotly(1));
    assert.equal(await page.value("document.querySelectorAll('.js-plotly-plot').length"), 1);
    await page.close();
  });

  test("a chart moves in place while its cell runs", async () => {
    lab.write("live.ipynb", [
      prelude,
      `for (let n = 1; n <= 60; n++) {
  await charts.plotly([{ y: Array.from({ length: n }, (_, i) => i * i) }]).show({ displayId: "moving", update: n > 1 });
  await new Promise((done) => setTimeout(done, 100));
}`,
      `const chart = new charts.LiveChartCallback();
chart.setParams({ verbose: 0, epochs: 4, steps: 5 });
chart.onTrainBegin();
for (let epoch = 0; epoch < 4; epoch++) {
  chart.onEpochBegin(epoch);
  for (let step = 1; step <= 5; step++) {
    await new Promise((done) => setTimeout(done, 120));
    chart.onProgress(step, { loss: 1 / (epoch + step / 5 + 1) });
  }
  chart.onEpochEnd(epoch, { loss: 1 / (epoch + 2), val_loss: 1 / (epoch + 1.5) });
}
await chart.onTrainEnd();`,
    ]);
    const page = await lab.open("live.ipynb");
    // However late this test looks, the page has seen every state that was painted.
    await page.value(`window.pictures = new Set(), setInterval(() => {
      const canvas = document.querySelector(".vega-embed canvas");
      if (canvas) window.pictures.add(canvas.toDataURL());
    }, 40)`);
    const running = page.runAll();
    const points = "document.querySelector('.js-plotly-plot')?.data?.[0]?.y?.length ?? 0";
    await page.until(`${points} >= 3`);
    const early = await page.value<number>(points);
    assert.ok(early < 60, "the first state seen was the last");
    await page.value("document.querySelector('.js-plotly-plot').marked = true");
    await page.until(`${points} === 60`);
    assert.equal(await page.value("document.querySelector('.js-plotly-plot').marked"), true, "the graph was replaced");

    await running;
    await page.until("window.pictures.size >= 3");
    assert.equal(await page.value("document.querySelectorAll('.vega-embed').length"), 1);
    await page.close();
  });

  test("a burst of updates and thirty figures at once are all drawn", async () => {
    lab.write("burst.ipynb", [
      prelude,
      `for (let n = 1; n <= 200; n++) await charts.plotly([{ y: [n, 1] }]).show({ displayId: "burst", update: n > 1 });`,
      `for (let n = 0; n < 30; n++) await charts.plotly([{ y: [n, 1] }]).show();`,
    ]);
    const page = await lab.open("burst.ipynb");
    await page.runAll();
    await page.until("document.querySelector('.js-plotly-plot')?.data?.[0]?.y?.[0] === 200");
    await page.until("document.querySelectorAll('.js-plotly-plot .main-svg .scatterlayer path.js-line').length === 31");
    await page.close();
  });

  test("nothing was asked of the network", () => {
    assert.deepEqual(lab.refused, []);
  });
});

describe("JupyterLab beside plotly.py's own extension", { skip: cannotDrive, timeout: 180_000 }, () => {
  test("our renderer draws and updates in place, and stores no pictures where the setting says so", async () => {
    const lab = await JupyterLab.start({ plotlyPy: true, storePictures: false });
    try {
      lab.write("beside.ipynb", [
        prelude,
        `for (let n = 1; n <= 20; n++) {
  await charts.plotly([{ y: Array.from({ length: n }, (_, i) => i * i) }]).show({ displayId: "moving", update: n > 1 });
  await new Promise((done) => setTimeout(done, 50));
}`,
        every[1] ?? "",
      ]);
      const page = await lab.open("beside.ipynb");
      const theirs = `window._JUPYTERLAB?.[${JSON.stringify(plotlyPyExtension)}]`;
      assert.ok(
        await page.value(`Boolean(${theirs})`),
        "plotly.py's extension is not there: .venv/bin/pip install plotly",
      );
      await page.runAll();
      await page.until(painted.plotly(2));
      await page.until("document.querySelector('.js-plotly-plot')?.data?.[0]?.y?.length === 20");
      assert.ok(await page.value(`Boolean(document.querySelector('script[src*="/tskeras/static/plotly"]'))`));
      await page.page.waitForTimeout(2500); // pictures are stored after a second without a change
      await page.save();
      assert.deepEqual(kinds(lab.read("beside.ipynb")), [
        [plotly, "text/plain"],
        [plotly, "text/plain"],
      ]);
    } finally {
      await lab.stop();
    }
  });
});
