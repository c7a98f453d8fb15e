/** What a cell of each kind of chart says, with the same numbers in every run. */

export const prelude = `import { keras, tf } from "tskeras";
const { charts } = keras;
const wave = Array.from({ length: 60 }, (_, i) => Math.sin(i / 6) * Math.exp(-i / 40));
const sgd = { history: { loss: [0.9, 0.7, 0.6], val_loss: [0.8, 0.7, 0.65], accuracy: [0.6, 0.7, 0.75], val_accuracy: [0.65, 0.71, 0.73] } };
const adam = { history: { loss: [0.8, 0.5, 0.4], val_loss: [0.6, 0.5, 0.45], accuracy: [0.7, 0.8, 0.85], val_accuracy: [0.75, 0.82, 0.86] } };
const images = tf.tensor(Array.from({ length: 10 * 64 }, (_, i) => (i * (1 + Math.floor(i / 64))) % 97), [10, 8, 8], "int32");
const kernel = tf.tensor(Array.from({ length: 3 * 3 * 16 }, (_, i) => Math.sin(i * i)), [3, 3, 1, 16]);
function branching(name: string) {
  const input = keras.Input([4]);
  const branch = keras.layers.Dense(4, { name: "갈래" }).apply(input);
  const sum = keras.layers.Add({ name: "add" }).apply([input, branch]);
  return keras.Model({ inputs: input, outputs: sum, name });
}`;

/** By the name of its stored picture: how a cell makes it, with a text where it can bear one. */
export const kinds: { readonly [name: string]: (text: string) => string } = {
  plot: (text) =>
    `charts.plot(wave, "b-", { label: ${text} }).plot(wave.map((v) => v / 2), "ro--").title(${text}).xlabel(${text}).ylabel(${text})`,
  scatter: (text) => `charts.scatter(wave, wave.map((v, i) => v * i), { label: ${text}, color: "crimson" })`,
  bar: (text) => `charts.bar(["SGD", ${text}, "Adam"], [0.8, 0.6, 0.9]).ylabel(${text})`,
  hist: (text) => `charts.hist(wave, { bins: 12, label: ${text} })`,
  imshow: (text) => `charts.imshow(images.slice([3], [1]).squeeze([0]), { cmap: "magma", title: ${text} })`,
  "image-grid": (text) =>
    `charts.imageGrid(images, { cmap: "gray_r", ncols: 5, labels: Array.from({ length: 10 }, () => ${text}), title: ${text} })`,
  heatmap: (text) =>
    `charts.heatmap([[1, 2, 3], [4, 5, 6]], { annot: true, xticklabels: ["a", ${text}, "c"], yticklabels: [${text}, "b"], title: ${text} })`,
  subplots: (text) =>
    `charts.subplots([charts.plot(wave).title(${text}), charts.hist(wave, { label: ${text} })], { title: ${text} })`,
  history: (text) => `charts.plotHistory(sgd, { title: ${text} })`,
  "compare-histories": (text) => `charts.compareHistories({ SGD: sgd, [${text}]: adam }, { title: ${text} })`,
  "confusion-matrix": (text) =>
    `charts.confusionMatrix([0, 1, 1, 2, 2, 2], [0, 1, 2, 2, 2, 0], { classes: ["셔츠", ${text}, "bag"], title: ${text} })`,
  predictions: (text) =>
    `charts.predictions(images.slice([0], [2]), tf.tensor2d([[0.9, 0.1], [0.4, 0.6]]), { yTrue: [0, 0], classes: [${text}, "바지"], scale: 12 })`,
  filters: () => `charts.filters(kernel)`,
  "activation-maps": () =>
    `charts.activationMaps(kernel.reshape([1, 12, 12, 1]).tile([1, 1, 1, 6]), { cmap: "viridis", scale: 6 })`,
  "plot-model": (text) => `charts.plotModel(branching(${text}))`,
  "live-chart": (text) => `const live = charts.LiveChart({ title: ${text} });
live.setParams({ verbose: 0, epochs: 3, steps: 2 });
live.onTrainBegin();
for (let epoch = 0; epoch < 3; epoch++) {
  live.onEpochBegin(epoch);
  live.onProgress(1, { loss: 1 / (epoch + 1) });
  live.onEpochEnd(epoch, { loss: 1 / (epoch + 2), val_loss: 1 / (epoch + 1.5) });
}
await live.onTrainEnd();`,
  "run-comparison": (text) =>
    `charts.RunComparison({ metric: "val_accuracy", title: ${text} }).add("SGD", sgd).add("momentum", { history: { val_accuracy: [0.8, 0.4, 0.6, 0.5] } }).add(${text}, adam)`,
  "vega-lite": (text) =>
    `charts.vegaLite({ title: ${text}, data: { values: [{ a: ${text}, b: 3 }, { a: "배", b: 5 }] }, mark: "bar", encoding: { y: { field: "a", type: "nominal" }, x: { field: "b", type: "quantitative" } }, width: 300 })`,
  plotly: (text) => `charts.plotly([{ type: "bar", x: ["사과", ${text}], y: [3, 5] }], { title: { text: ${text} } })`,
  table: (text) => `charts.table([{ 이름: ${text}, [${text}]: 0.87 }, { 이름: "SGD", [${text}]: 0.8 }])`,
  "history-table": () => `charts.table(adam)`,
};

/** The kinds that are shown as text, and so without a picture. */
export const tables: readonly string[] = ["table", "history-table"];
