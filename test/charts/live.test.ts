import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { LiveChart, RunComparison } from "../../src/charts";
import { tinyPng } from "../../src/charts/tiny_png";
import { inNotebook } from "./hosts";

const mime = "application/vnd.vegalite.v5+json";
const plotly = "application/vnd.plotly.v1+json";

interface PlotlyBundle {
  readonly data: readonly { readonly y: readonly number[] }[];
  readonly layout: {
    readonly xaxis: { readonly range: readonly number[] };
    readonly title: { readonly subtitle: { readonly text: string } };
  };
}

/** No chart moves before a training has taken so long, nor oftener. */
const interval = 260;

/** Calls a chart as a training of `epochs` epochs does, with `calls` progress reports each, as fast as it can. */
async function train(callback: InstanceType<typeof LiveChart>, epochs: number, calls: number): Promise<number> {
  callback.setParams({ verbose: 0, epochs, steps: calls });
  const started = performance.now();
  await callback.onTrainBegin();
  await sleep(interval);
  for (let epoch = 0; epoch < epochs; epoch++) {
    callback.onEpochBegin(epoch);
    for (let step = 1; step <= calls; step++) callback.onProgress(step, { loss: 1 / (step + epoch), accuracy: 0.5 });
    callback.onEpochEnd(epoch, { loss: 1 / (epoch + 1), accuracy: 0.5, val_loss: 0.5, val_accuracy: 0.4 });
  }
  await callback.onTrainEnd();
  return performance.now() - started;
}

describe("a live chart", () => {
  test("is one display, updated in place, in its last state at the end", async () => {
    const sent = await inNotebook(true, () => train(LiveChart(), 3, 10));
    assert.equal(new Set(sent.map(({ options }) => options.displayId)).size, 1);
    assert.deepEqual(
      sent.map(({ options }) => options.update),
      [false, ...sent.slice(1).map(() => true)],
    );
    assert.equal(sent[0]?.bundle["image/png"], tinyPng);
    const last = sent.at(-1)?.bundle;
    assert.deepEqual(Object.keys(last ?? {}), [mime, "text/plain"]);
    const drawn = last?.[mime] as { hconcat: { data: { values: unknown[] } }[] } | undefined;
    assert.deepEqual(
      drawn?.hconcat.map(({ data }) => data.values.length),
      [6, 6],
    );
  });

  test("draws at most four times a second however often it is called", async () => {
    let ms = 0;
    const sent = await inNotebook(true, async () => {
      ms = await train(LiveChart(), 40, 20_000);
    });
    assert.ok(sent.length <= Math.floor(ms / 250) + 2, `${sent.length} in ${ms} ms`);
  });

  test("a training that is over before it could be seen to move is drawn once", async () => {
    const sent = await inNotebook(true, async () => {
      const chart = LiveChart();
      chart.onTrainBegin();
      chart.onEpochBegin(0);
      chart.onEpochEnd(0, { loss: 1 });
      await chart.onTrainEnd();
    });
    assert.deepEqual(
      sent.map(({ options }) => options.update),
      [false],
    );
  });

  test("what takes long to send is drawn for a hundredth of the time", async () => {
    const busy = () => {
      for (const until = performance.now() + 30; performance.now() < until; );
    };
    let ms = 0;
    const sent = await inNotebook(
      true,
      async () => {
        ms = await train(LiveChart(), 60, 20_000);
      },
      busy,
    );
    assert.ok(sent.length > 1);
    // The first two come soon, and the last state always.
    assert.ok(sent.length <= 3 + ms / 3000, `${sent.length} in ${ms} ms`);
  });

  test("validation's own steps draw nothing", async () => {
    const sent = await inNotebook(true, async () => {
      const chart = LiveChart();
      chart.setParams({ verbose: 0, epochs: 1, steps: 10 });
      chart.onTrainBegin();
      await sleep(interval);
      chart.onEpochBegin(0);
      chart.onTestBegin();
      chart.onProgress(1, { loss: 5 });
      chart.onTestEnd();
      chart.onProgress(2, { loss: 1 });
    });
    assert.deepEqual(
      sent.map(({ bundle }) => (bundle[mime] as { data: { values: unknown[] } }).data.values),
      [[{ epoch: 0.2, value: 1, part: "training" }]],
    );
  });

  test("a second fit begins anew", async () => {
    const chart = LiveChart({ metrics: ["loss"] });
    const sent = await inNotebook(true, async () => {
      await train(chart, 1, 1);
      await train(chart, 1, 1);
    });
    assert.equal(new Set(sent.map(({ options }) => options.displayId)).size, 2);
  });

  test("shows the running epoch before anybody knows how many steps it has", async () => {
    const sent = await inNotebook(true, async () => {
      const chart = LiveChart();
      chart.setParams({ verbose: 0, epochs: 2, steps: null });
      chart.onTrainBegin();
      await sleep(interval);
      chart.onEpochBegin(0);
      chart.onProgress(7, { loss: 1 });
    });
    const drawn = sent[0]?.bundle[mime] as { data: { values: unknown[] } } | undefined;
    assert.deepEqual(drawn?.data.values, [{ epoch: 0.95, value: 1, part: "training" }]);
  });

  test("when training was stopped, the chart is left as it is to be saved", async (context) => {
    const sent = await inNotebook(true, async () => {
      const chart = LiveChart();
      chart.setParams({ verbose: 0, epochs: 3, steps: 10 });
      chart.onTrainBegin();
      await sleep(interval);
      context.mock.timers.enable({ apis: ["setTimeout"] });
      chart.onEpochBegin(0);
      chart.onEpochEnd(0, { loss: 1 });
      context.mock.timers.tick(3000);
      await new Promise(setImmediate);
    });
    assert.deepEqual(
      sent.map(({ bundle }) => bundle["image/png"]),
      [tinyPng, undefined],
    );
  });

  test("where nobody watches, only the last state is shown, with a picture", async () => {
    const sent = await inNotebook(false, () => train(LiveChart(), 3, 10));
    assert.equal(sent.length, 1);
    const { "image/png": png, "image/svg+xml": svg } = sent[0]?.bundle ?? {};
    assert.ok(String(png ?? svg).length > 1000);
  });
});

describe("runs that are compared", () => {
  const run = async (runs: InstanceType<typeof RunComparison>, name: string, values: readonly number[]) => {
    const callback = runs.track(name);
    await callback.onTrainBegin?.();
    for (const [epoch, loss] of values.entries()) await callback.onEpochEnd?.(epoch, { loss });
    await callback.onTrainEnd?.();
  };

  test("accumulate, and a rerun replaces its own line in its place", async () => {
    const runs = RunComparison();
    await inNotebook(true, async () => {
      await run(runs, "SGD", [3, 2]);
      await run(runs, "Adam", [2, 1]);
      await run(runs, "SGD", [4, 3, 2.5]);
    });
    assert.deepEqual(Object.keys(runs.histories), ["SGD", "Adam"]);
    assert.deepEqual(runs.histories["SGD"]?.history["loss"], [4, 3, 2.5]);
    assert.equal(String(runs.table()).split("\n")[1]?.split(/ +/)[0], "Adam");
    assert.deepEqual(Object.keys(runs.remove("SGD").histories), ["Adam"]);
    assert.throws(() => runs.remove("SGD"), /no run "SGD". It has Adam/);
  });

  test("fill one chart in while they train: the axis stands from the beginning, and the best is named", async () => {
    const runs = RunComparison();
    const sent = await inNotebook(true, async () => {
      await run(runs, "SGD", [3, 2]);
      const adam = runs.track("Adam");
      adam.setParams({ verbose: 0, epochs: 5, steps: 10 });
      await adam.onTrainBegin?.();
      for (const [epoch, loss] of [1.5, 1].entries()) {
        await sleep(interval);
        await adam.onEpochBegin?.(epoch);
        await adam.onEpochEnd?.(epoch, { loss });
      }
    });
    const moving = sent.at(-1)?.bundle[plotly] as PlotlyBundle | undefined;
    assert.deepEqual(
      moving?.data.map(({ y }) => y),
      [[3, 2], [1.5], [1.5]],
    );
    assert.deepEqual(moving?.layout.xaxis.range, [0.8, 5.2]);
    assert.equal(moving?.layout.title.subtitle.text, "best: Adam with 1.5000 in epoch 1 · Adam trains, epoch 2 of 5");
    assert.equal(new Set(sent.map(({ options }) => options.displayId)).size, 1);
  });

  test("share one chart in a cell and have another in the next", async () => {
    const runs = RunComparison();
    const first = await inNotebook(true, async () => {
      await run(runs, "a", [1]);
      await run(runs, "b", [2]);
    });
    const second = await inNotebook(true, () => run(runs, "c", [3]));
    const ids = [first, second].map((sent) => [...new Set(sent.map(({ options }) => options.displayId))]);
    assert.deepEqual(
      ids.map((one) => one.length),
      [1, 1],
    );
    assert.notEqual(ids[0]?.[0], ids[1]?.[0]);
    const drawn = second.at(-1)?.bundle[plotly] as { data: { name?: string }[] } | undefined;
    assert.deepEqual(
      drawn?.data.flatMap(({ name }) => name ?? []),
      ["<b>a</b>", "b", "c"],
    );
  });
});
