import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inspect } from "node:util";
import { PNG } from "pngjs";
import { keras, tf } from "../../src";
import * as charts from "../../src/charts";
import { hasFonts } from "../../src/charts/svg_to_png";
import { compile } from "../../src/charts/vega_drawing";
import { displaySymbol } from "../../src/display/host";
import { inNotebook } from "./hosts";

const { plot, figure, scatter, bar, hist, heatmap, confusionMatrix, plotHistory, subplots } = charts;

const sgd = {
  history: {
    loss: [0.9, 0.7, 0.6],
    accuracy: [0.7, 0.8, 0.81],
    val_loss: [0.8, 0.7, 0.72],
    val_accuracy: [0.75, 0.8, 0.79],
  },
};
const adam = {
  history: {
    loss: [0.8, Number.NaN, 0.4],
    accuracy: [0.8, 0.85, 0.87],
    val_loss: [0.6, 0.5, 0.45],
    val_accuracy: [0.8, 0.86, 0.85],
  },
};
const hostile = `<b onclick="x">"따옴표" & '가나다'</b>`;

function branching() {
  const input = keras.Input([4]);
  const branch = keras.layers.Dense(4, { name: "갈래" }).apply(input);
  const sum = keras.layers.Add({ name: "add" }).apply([input, branch]);
  return keras.Model({ inputs: input, outputs: sum });
}

/** Every kind of chart that Vega-Lite draws, with what its picture must say. */
const vegaLiteCharts: readonly [string, () => charts.VegaLiteFigure | charts.Axes, readonly string[]][] = [
  ["line", () => plot([1, 2, 3], [3, 1, 2], "r--", { label: "손실" }), ["손실"]],
  ["line and points", () => plot([1, 2, 3], "bo-").title("제목").xlabel("에폭").ylabel("값"), ["제목", "에폭", "값"]],
  ["tensors", () => plot(tf.linspace(0, 1, 5), tf.linspace(0, 1, 5).square(), "g^:"), []],
  ["gap", () => plot([1, Number.NaN, 3]).title("t"), ["1 value is not finite"]],
  ["scatter", () => scatter([1, 2], [3, 4], { color: "crimson", alpha: 0.5, label: hostile }), ["따옴표"]],
  ["bars by name", () => bar(["SGD", "아담"], [0.8, 0.9]), ["SGD", "아담"]],
  ["bars by number", () => bar([1, 2], [3, 4]), []],
  ["histogram", () => hist([1, 2, 2, 3, 9], { bins: 4 }), []],
  [
    "rule and limits",
    () =>
      figure({ xlim: [0, 4], ylim: [0, 5], yscale: "symlog" })
        .plot([1, 2])
        .axhline(3, { label: "선" }),
    ["선"],
  ],
  [
    "heat map",
    () =>
      heatmap(
        [
          [1, 2],
          [3, Number.NaN],
        ],
        { annot: true, xticklabels: ["가", hostile], title: "표" },
      ),
    ["가", "표", "따옴표"],
  ],
  [
    "confusion matrix",
    () => confusionMatrix([0, 1, 1], [0, 1, 0], { classes: ["바지", "가방"] }),
    ["바지", "predicted"],
  ],
  ["history", () => plotHistory(sgd, { title: "훈련" }), ["훈련", "loss", "accuracy", "training", "validation"]],
  ["diverged history", () => plotHistory(adam, { metrics: ["loss"] }), ["1 value is not finite"]],
  ["one epoch", () => plotHistory({ history: { loss: [1] } }), ["loss"]],
  ["graph of a model", () => charts.plotModel(branching()), ["갈래 (Dense)", "(None, 4)", "add (Add)"]],
  [
    "subplots",
    () => subplots([plot([1, 2]).title("왼쪽"), heatmap([[1]]), plotHistory(sgd)], { title: "모두" }),
    ["왼쪽", "모두"],
  ],
];

describe("charts of Vega-Lite", () => {
  for (const [name, make, words] of vegaLiteCharts) {
    test(`${name}: Vega-Lite compiles it without a word, and the picture has its texts`, async () => {
      const chart = make();
      const { complaints } = await compile(chart.spec);
      assert.deepEqual(complaints, []);
      assert.match(String(chart.spec.$schema), /v5/);
      const svg = await chart.toSvg();
      assert.ok(/<path[^>]* d="M/.test(svg), "nothing is drawn");
      for (const word of words) assert.ok(svg.includes(word), `no "${word}" in the picture`);
      assert.ok(!svg.includes("<b onclick"), "a label became markup");
    });
  }

  test("a specification of one's own is checked before it is shown", async () => {
    await assert.rejects(async () => charts.vegaLite({ data: { values: [] } })[displaySymbol](), /Vega-Lite rejects/);
  });

  test("bars of a histogram count as numpy.histogram does", () => {
    const [layer] = hist([1, 2, 2, 3, 9], { bins: 4 }).spec.layer as {
      data: { values: { x: number; x2: number; y: number }[] };
    }[];
    // numpy.histogram([1, 2, 2, 3, 9], bins=4): ([3, 1, 0, 1], [1, 3, 5, 7, 9])
    assert.deepEqual(
      layer?.data.values.map(({ y }) => y),
      [3, 1, 0, 1],
    );
    assert.deepEqual(
      layer?.data.values.map(({ x2 }) => x2),
      [3, 5, 7, 9],
    );
  });

  for (const [count, angle] of [
    [3, 0],
    [15, 315],
    [46, 270],
  ] as const) {
    test(`all names of ${count} bars are there, each in its own room`, async () => {
      const names = Array.from({ length: count }, (_, i) => `topic-${i}-한글`);
      const svg = await bar(
        names,
        names.map((_, i) => i + 1),
      ).toSvg();
      assert.deepEqual(
        names.filter((name) => !svg.includes(`>${name}<`)),
        [],
      );
      const [, turn = "0"] = /rotate\((\d+)\)[^>]*>topic-0-/.exec(svg) ?? [];
      assert.equal(Number(turn), angle);
    });
  }

  test("a confusion matrix has true classes in its rows", () => {
    const { data } = confusionMatrix(
      [0, 1, 1, 2],
      tf.tensor2d([
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
        [0, 0, 1],
      ]),
    ).spec;
    const { values } = data as { values: { r: number; c: number; value: number }[] };
    assert.deepEqual(
      values.map(({ value }) => value),
      [1, 0, 0, 0, 1, 1, 0, 0, 1],
    );
  });
});

describe("comparison of histories", () => {
  const compared = charts.compareHistories({ SGD: sgd, [hostile]: adam });

  test("has a line for each run and a star on the best", () => {
    assert.deepEqual(
      compared.data.map(({ mode }) => mode),
      ["lines+markers", "lines+markers", "markers"],
    );
    assert.deepEqual(compared.data[2]?.["x"], [2]);
    assert.deepEqual(compared.data[2]?.["y"], [0.86]);
    assert.deepEqual(compared.data[0]?.["y"], sgd.history.val_accuracy);
  });

  test("shows hostile names as text", async () => {
    assert.ok(!JSON.stringify(compared.data).includes("<b onclick"));
    assert.ok(compared.describe().includes(hostile));
    assert.ok((await compared.toSvg()).includes("따옴표"));
  });

  test("takes the least loss for the best", () => {
    const { data } = charts.compareHistories({ sgd, adam }, { metric: "val_loss" });
    assert.deepEqual(data[2]?.["y"], [0.45]);
  });

  test("a run without a finite value is drawn as a gap and never the best", () => {
    const { data } = charts.compareHistories({ nan: { history: { loss: [Number.NaN] } }, sgd }, { metric: "loss" });
    assert.deepEqual(data[0]?.["y"], [null]);
    assert.deepEqual(data[2]?.["y"], [0.6]);
  });
});

describe("what a cell is sent", () => {
  const vega = "application/vnd.vegalite.v5+json";
  const plotly = "application/vnd.plotly.v1+json";
  const kinds = async (live: boolean, shown: charts.Figure) => {
    const [sent] = await inNotebook(live, () => shown.show());
    return Object.keys(sent?.bundle ?? {}).sort();
  };

  test("a live front end draws by itself", async () => {
    assert.deepEqual(await kinds(true, plotHistory(sgd)), [vega, "text/plain"]);
    assert.deepEqual(await kinds(true, charts.compareHistories({ sgd })), [plotly, "text/plain"]);
    assert.deepEqual(
      await kinds(
        true,
        charts.imshow([
          [0, 1],
          [1, 0],
        ]),
      ),
      ["image/png", "text/plain"],
    );
  });

  const picture = hasFonts() ? "image/png" : "image/svg+xml";

  test("where nobody watches, a picture goes beside", async () => {
    assert.deepEqual(await kinds(false, plotHistory(sgd)), [vega, picture, "text/plain"]);
    assert.deepEqual(await kinds(false, charts.compareHistories({ sgd })), [plotly, picture, "text/plain"]);
    assert.deepEqual(
      await kinds(
        false,
        charts.imshow([
          [0, 1],
          [1, 0],
        ]),
      ),
      ["image/png", "text/plain"],
    );
  });

  test("the PNG is a picture with something on it", { skip: !hasFonts() && "no fonts here" }, async () => {
    const bundle = await plotHistory(sgd)[displaySymbol]();
    const png = PNG.sync.read(Buffer.from(String(bundle["image/png"]), "base64"));
    const dark = png.data.filter((value, index) => index % 4 === 0 && value < 128).length;
    assert.ok(png.width > 500 && dark > 200, `${png.width} wide, ${dark} dark pixels`);
  });

  test("ten charts and their pictures stay far below 2 MB", async () => {
    const bundles = await Promise.all(Array.from({ length: 10 }, () => plotHistory(sgd)[displaySymbol]()));
    assert.ok(JSON.stringify(bundles).length < 1_000_000);
  });

  test("console.log says what it is in a line", () => {
    assert.equal(inspect(plot([1, 2], { label: "loss" }).title("제목")), "Figure: 제목 (loss)");
  });
});

describe("a Plotly figure of one's own, without a browser", () => {
  const figures: readonly [string, charts.PlotlyFigure, readonly string[]][] = [
    [
      "bars",
      charts.plotly([{ type: "bar", x: ["사과", "배"], y: [3, 5] }], { title: { text: "과일" } }),
      ["과일", "사과"],
    ],
    [
      "lines and an arrow",
      charts.plotly([{ y: [1, 4, 2] }], { annotations: [{ x: 1, y: 4, text: "여기" }] }),
      ["여기"],
    ],
    [
      "heat map",
      charts.plotly([
        {
          type: "heatmap",
          z: [
            [1, 2],
            [3, 4],
          ],
        },
      ]),
      ["data:image/png"],
    ],
    [
      "histogram beyond its limits",
      charts.plotly([{ type: "histogram", x: [1, 2, 2, 9] }], { xaxis: { range: [20, 30] } }),
      [],
    ],
  ];
  for (const [name, chart, words] of figures) {
    test(`${name}: an SVG with its texts, and a PNG with something on it`, async () => {
      const svg = await chart.toSvg();
      for (const word of words) assert.ok(svg.includes(word), `no "${word}" in the picture`);
      const { width, height, data } = PNG.sync.read(await chart.toPng());
      assert.deepEqual([width, height], [700, 360]);
      assert.ok(
        data.some((value, index) => index % 4 === 0 && value < 128),
        "the picture is blank",
      );
    });
  }
});

test("an entry of the legend shows a point, a line or dashes, as its series does", async () => {
  const chart = figure().plot([3, 2], "bo", { label: "points" }).plot([3, 1], "b", { label: "line" });
  const svg = await chart.plot([2, 1], "r--", { label: "dashes" }).toSvg();
  const symbols = [...svg.matchAll(/role-legend-symbol.*?d="(.*?)".*?stroke-dasharray="(.*?)"/g)];
  assert.deepEqual(
    symbols.map(([, path = "", dashes]) => [path.includes("A"), dashes]),
    [
      [true, ""],
      [false, ""],
      [false, "6,4"],
    ],
  );
});
