import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { keras, tf } from "../../src";
import * as charts from "../../src/charts";
import { displaySymbol } from "../../src/display/host";

const { plot, figure, bar, heatmap, confusionMatrix, plotHistory } = charts;

const sgd = { history: { loss: [0.9, 0.7, 0.6], accuracy: [0.7, 0.8, 0.81] } };

describe("mistakes are told", () => {
  const mistakes: readonly [string, () => unknown, RegExp][] = [
    ["lengths", () => plot([1, 2, 3], [1, 2]), /as many x as y but found 3 and 2/],
    ["no data", () => plot([]), /no data/],
    ["nothing finite", () => plot([Number.NaN, Number.POSITIVE_INFINITY]), /no finite number among 2 values/],
    ["format", () => plot([1], "qq"), /Unknown format string "qq"/],
    ["option", () => plot([1], { labels: "x" } as never), /no option "labels". Did you mean "label"/],
    ["text for numbers", () => plot(["a"] as never), /expected numbers in y but found the string "a" at index 0/],
    ["matrix for a line", () => plot(tf.zeros([2, 3])), /of one dimension/],
    ["no axes drawn", () => figure().spec, /empty/],
    [
      "scale",
      () => figure({ yscale: "logg" as never }).plot([1]).spec,
      /yscale to be "linear", "log" or "symlog" but found the string "logg"/,
    ],
    ["color map", () => charts.imshow([[1]], { cmap: "viridi" }), /Unknown color map "viridi". Did you mean "viridis"/],
    [
      "flat images",
      () => charts.imageGrid(tf.zeros([784])),
      /found a Tensor of shape \[784\]. Flattened images need reshape/,
    ],
    ["channels", () => charts.imageGrid(tf.zeros([2, 8, 8, 5])), /1, 3 or 4\] but found/],
    ["no images", () => charts.imageGrid(tf.zeros([0, 28, 28])), /no images/],
    ["far too many", () => charts.imageGrid(tf.zeros([10_000, 28, 28])), /found 10000 images, too many/],
    [
      "labels",
      () => charts.imageGrid(tf.zeros([3, 2, 2, 1]), { labels: [1] }),
      /a label for each of 3 images but found 1/,
    ],
    ["ragged rows", () => heatmap([[1, 2], [3]]), /row 0 has 2 and row 1 has 1/],
    ["no history", () => plotHistory(Promise.resolve() as never), /Is an await missing/],
    ["no epoch", () => plotHistory({ history: {} }), /no finished epoch/],
    [
      "metric",
      () => plotHistory(sgd, { metrics: ["acuracy"] }),
      /no "acuracy" in this history. Did you mean "accuracy"/,
    ],
    ["no runs", () => charts.compareHistories({}), /at least one history/],
    ["class numbers", () => confusionMatrix([0.5], [1]), /class numbers 0, 1, 2/],
    ["no trace", () => charts.plotly({} as never), /array of traces/],
    ["rows", () => charts.table([1] as never), /expected rows/],
    ["nothing finite by name", () => bar(["a"], [Number.NaN]), /bar\(\) found no finite number among 1 values/],
    ["no finite x", () => plot([Number.NaN], [1]), /no finite number/],
    ["no values", () => charts.hist([]), /no finite number/],
    ["half a bin", () => charts.hist([1], { bins: 0.5 }), /bins as a whole number/],
    ["nothing at all", () => plot(undefined as never), /y as an array of numbers or a tensor but found undefined/],
    [
      "limits",
      () => plot([1, 2]).xlim(1, 1).spec,
      /xlim to be two different numbers, \[least, greatest\], but found \[1, 1\]/,
    ],
    ["title", () => plot([1]).title(5 as never).spec, /title to be a text but found 5/],
    ["color", () => plot([1], { color: "bluee" }), /the color "bluee" is no CSS color/],
    ["opacity", () => plot([1], { alpha: 2 }), /alpha to be a number from 0 to 1 but found/],
    ["size", () => figure({ width: Number.NaN }), /width to be a number from 1 to 10000/],
    ["switch", () => figure({ legend: "no" as never }), /legend to be true or false but found the string "no"/],
    ["rule", () => figure().axhline(Number.NaN), /axhline\(\) expected a finite number/],
    ["logarithm", () => figure({ yscale: "log" }).plot([0, 1]).spec, /no place for 0. Use yscale: "symlog"/],
    [
      "display option",
      () => plot([1]).show({ displayid: "a" } as never),
      /no option "displayid". Did you mean "displayId"/,
    ],
    ["range of colors", () => heatmap([[1]], { vmin: 2, vmax: 1 }), /vmin to be less than vmax but found 2 and 1/],
    [
      "list of labels",
      () => heatmap([[1]], { xticklabels: "a" as never }),
      /xticklabels to be a list but found the string "a"/,
    ],
    ["empty matrix", () => heatmap([[Number.NaN]]), /no finite value/],
    ["image without a value", () => charts.imshow([[Number.NaN, Number.POSITIVE_INFINITY]]), /no finite value/],
    ["ragged image", () => charts.imshow([[1, 2], [3]]), /imshow\(\) expected rows of equal length/],
    ["image of texts", () => charts.imshow([["a"]]), /expected numbers but found texts/],
    ["empty list of images", () => charts.imageGrid([]), /no images: the array is empty/],
    ["several images", () => charts.imshow(tf.zeros([3, 8, 8])), /one image but found 3. Use imageGrid/],
    [
      "label colors",
      () => charts.imageGrid(tf.zeros([2, 2, 2, 1]), { labels: [1, 2], labelColors: ["red"] }),
      /2 labels but found 1 labelColors/,
    ],
    [
      "diverged predictions",
      () => charts.predictions(tf.zeros([1, 4, 4]), tf.tensor2d([[Number.NaN, 1]])),
      /found NaN among the probabilities/,
    ],
    [
      "probabilities",
      () => charts.predictions(tf.zeros([1, 4, 4]), tf.zeros([4])),
      /probabilities of shape \[n, classes\]/,
    ],
    ["diverged filters", () => charts.filters(tf.fill([3, 3, 1, 2], Number.NaN)), /no finite value/],
    ["channel", () => charts.filters(tf.zeros([3, 3, 1, 2]), { channel: 4 }), /a channel from 0 to 0 but found 4/],
    ["maps of several images", () => charts.activationMaps(tf.zeros([2, 3, 3, 3])), /the maps of one image/],
    ["no model", () => charts.plotModel({} as never), /expected a model but found/],
    [
      "unbuilt model",
      () => charts.plotModel(keras.Sequential([keras.layers.Dense(1)])),
      /no inputs before it is built/,
    ],
    [
      "image among charts",
      () => charts.subplots([charts.imshow([[1]]) as never]),
      /expected charts such as plot\(y\) returns but found an object of type ImageFigure/,
    ],
    ["lengths of labels", () => confusionMatrix([0, 1], [0]), /as many yTrue as yPred, and some, but found 2 and 1/],
    ["names of classes", () => confusionMatrix([0, 3], [0, 1], { classes: ["a"] }), /names for 4 classes but found 1/],
    ["runs without an epoch", () => charts.compareHistories({ a: { history: { loss: [] } } }), /no finished epoch/],
    [
      "trace type",
      () => charts.plotly([{ type: "scater" }]),
      /no trace of type the string "scater". Did you mean "scatter"/,
    ],
    ["no traces", () => charts.plotly([]), /no trace: the array is empty/],
    ["trace without data", () => charts.plotly([{ y: [1] }, { type: "bar" }]), /nothing to draw in data\[1\] \(bar\)/],
    [
      "trace of empty lists",
      () => charts.plotly([{ x: [], y: [] }]),
      /no data in data\[0\] \(scatter\): x and y is empty/,
    ],
    [
      "trace without a finite number",
      () => charts.plotly([{ y: [Number.NaN, Number.POSITIVE_INFINITY, null] }]),
      /no finite number among 3 values of y in data\[0\]/,
    ],
    [
      "typed array without a finite number",
      () => charts.plotly([{ type: "histogram", x: new Float32Array(3).fill(Number.NaN) }]),
      /no finite number among 3 values of x in data\[0\] \(histogram\)/,
    ],
    [
      "heat map without a finite number",
      () => charts.plotly([{ type: "heatmap", z: tf.fill([2, 2], Number.NaN) }]),
      /no finite number among 4 values of z/,
    ],
    [
      "trace of different lengths",
      () => charts.plotly([{ type: "bar", x: ["a", "b"], y: [1, 2, 3] }]),
      /as many values in each list of data\[0\] \(bar\) but found 2 of x and 3 of y/,
    ],
    [
      "pie of different lengths",
      () => charts.plotly([{ type: "pie", labels: ["a"], values: [1, 2] }]),
      /1 of labels and 2 of values/,
    ],
    [
      "heat map with too few names",
      () => charts.plotly([{ type: "heatmap", x: ["a"], z: [[1, 2, 3]] }]),
      /1 of x and a z of 3 columns/,
    ],
    [
      "grammar",
      () => charts.vegaLite({ $schema: "https://vega.github.io/schema/vega/v5.json" }),
      /its \$schema is the string/,
    ],
    ["layout", () => charts.plotly([{ y: [1] }], 5 as never), /expected a layout like/],
    [
      "no specification",
      () => charts.vegaLite("bar" as never),
      /a specification like \{ data, mark, encoding \} but found/,
    ],
    ["no rows", () => charts.table([]), /no rows and no columns/],
    [
      "column",
      () => charts.table([{ accuracy: 1 }], { columns: ["acuracy"] }),
      /no column "acuracy". Did you mean "accuracy"/,
    ],
    ["run", () => charts.RunComparison().remove("x"), /no run "x". It has none/],
  ];
  for (const [name, mistake, message] of mistakes) {
    test(name, async () => assert.rejects(async () => mistake(), message));
  }
});

describe("a Plotly figure of one's own is shown as it is", () => {
  const figures: readonly [string, charts.PlotlyTrace][] = [
    ["gaps", { y: [1, null, Number.NaN] }],
    ["an entry of the legend alone", { x: [null], y: [null], name: "a" }],
    ["dates and words", { x: ["2026-01-01", "2026-01-02"], y: [1, 2], text: ["a"] }],
    ["the lines between a heat map's squares", { type: "heatmap", x: [0, 1, 2], y: [0, 1], z: [[1, 2]] }],
    [
      "names in two rows",
      {
        type: "bar",
        x: [
          ["a", "a"],
          ["b", "c"],
        ],
        y: [1, 2],
      },
    ],
    ["one number", { type: "indicator", value: 3 }],
    ["slices without sizes", { type: "pie", labels: ["a", "b", "a"] }],
    ["a table", { type: "table", header: { values: ["a"] }, cells: { values: [[1, 2]] } }],
  ];
  for (const [name, trace] of figures) test(name, () => assert.deepEqual(charts.plotly([trace]).data, [trace]));

  test("tensors and typed arrays are lists in it", () => {
    const { data } = charts.plotly([{ x: new Float32Array([0.1, 0.2]), y: tf.tensor1d([0.5, 0.25]) }]).bundle()[
      "application/vnd.plotly.v1+json"
    ] as { data: unknown };
    assert.deepEqual(data, [{ x: [0.1, 0.2], y: [0.5, 0.25] }]);
  });
});

describe("a specification of one's own that is wrong is told in the cell", () => {
  const values = [{ a: 1 }];
  const x = { field: "a", type: "quantitative" };
  const specs: readonly [string, charts.VegaLiteSpec, RegExp][] = [
    ["nothing to draw", {}, /rejects this specification: Invalid specification\. Make sure/],
    [
      "unknown mark",
      { data: { values }, layer: [{ mark: "bart", encoding: { x } }] },
      /unknown mark the string "bart". Did you mean "bar"/,
    ],
    ["unknown channel", { data: { values }, mark: "bar", encoding: { xx: x } }, /xx is not a valid encoding channel/],
    [
      "unknown type",
      { data: { values }, mark: "bar", encoding: { x: { field: "a", type: "quant" } } },
      /Invalid field type/,
    ],
    [
      "misspelled field",
      { data: { values }, mark: "bar", encoding: { x: { ...x, field: "b" } } },
      /draws nothing. Are its data empty, or a field's name misspelled/,
    ],
    ["no data", { data: { values: [] }, mark: "bar", encoding: { x } }, /draws nothing/],
    ["no such file", { data: { url: "nowhere.csv" }, mark: "bar", encoding: { x } }, /nowhere\.csv/],
    [
      "a wrong mark of data from elsewhere",
      { data: { url: "https://example.com/a.csv" }, mark: "bart" },
      /unknown mark/,
    ],
    [
      "an address that holds no data",
      { data: { url: "data:application/json,[]" }, mark: "bar", encoding: { x } },
      /draws nothing/,
    ],
    [
      "broken expression",
      { data: { values }, transform: [{ calculate: "datum.a +* 2", as: "b" }], mark: "bar", encoding: { x } },
      /Unexpected token/,
    ],
    [
      "unknown scheme",
      { data: { values }, mark: "bar", encoding: { x, color: { ...x, scale: { scheme: "viridi" } } } },
      /Unrecognized scheme name: viridi/,
    ],
  ];
  for (const [name, spec, message] of specs) {
    test(name, () => assert.rejects(async () => charts.vegaLite(spec)[displaySymbol](), message));
  }
});

describe("every option that does not exist is told, with the one that was meant", () => {
  const wrong = { titel: "a" } as never;
  const image = [[0, 1]];
  const takers: readonly [string, () => unknown, string][] = [
    ["figure", () => figure(wrong), "title"],
    ["plot", () => plot([1], { lable: "a" } as never), "label"],
    ["scatter", () => charts.scatter([1], [1], { colour: "red" } as never), "color"],
    ["bar", () => bar(["a"], [1], { lable: "a" } as never), "label"],
    ["hist", () => charts.hist([1], { bin: 3 } as never), "bins"],
    ["axhline", () => figure().axhline(1, { colour: "red" } as never), "color"],
    ["imshow", () => charts.imshow(image, wrong), "title"],
    ["imageGrid", () => charts.imageGrid([image], wrong), "title"],
    ["heatmap", () => heatmap(image, wrong), "title"],
    ["subplots", () => charts.subplots([plot([1])], wrong), "title"],
    ["plotHistory", () => plotHistory(sgd, wrong), "title"],
    ["compareHistories", () => charts.compareHistories({ sgd }, wrong), "title"],
    ["confusionMatrix", () => confusionMatrix([0], [0], wrong), "title"],
    ["predictions", () => charts.predictions([image], tf.ones([1, 2]), { clases: ["a"] } as never), "classes"],
    ["filters", () => charts.filters(tf.ones([2, 2, 1, 1]), { chanel: 0 } as never), "channel"],
    ["activationMaps", () => charts.activationMaps(tf.ones([2, 2, 1]), { ncol: 3 } as never), "ncols"],
    [
      "plotModel",
      () => charts.plotModel(keras.Sequential([keras.Input([1])]), { showShape: true } as never),
      "showShapes",
    ],
    ["LiveChart", () => charts.LiveChart(wrong), "title"],
    ["RunComparison", () => charts.RunComparison(wrong), "title"],
    ["table", () => charts.table([{ a: 1 }], { digit: 2 } as never), "digits"],
  ];
  for (const [name, mistake, meant] of takers) {
    test(name, () => assert.throws(mistake, new RegExp(`no option "\\w+". Did you mean "${meant}"\\?`)));
  }
});
