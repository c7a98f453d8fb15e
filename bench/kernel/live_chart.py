"""What LiveChart costs in a kernel that somebody watches: `npm run bench:live`. Fits with and without it, in turns."""

from __future__ import annotations

import json
import os
import re
import statistics
import sys
import tempfile

# Before the kernel's module: a kernel of a front end that updates displays in place, as JupyterLab starts it.
os.environ["JPY_SESSION_NAME"] = "bench.ipynb"

from kernels import Kernel

# By the length of an epoch, roughly: units, rows, epochs of a fit.
CASES = {
    "3 ms": (100, 320, 400),
    "30 ms": (100, 3_200, 40),
    "150 ms": (100, 16_000, 8),
    "3 s": (512, 48_000, 1),
}
# How long each is repeated.
SECONDS = 30

PRELUDE = """import { keras, tf } from "tskeras";
const { LiveChart } = keras.callbacks;
const hooks = ["onTrainBegin", "onEpochBegin", "onProgress", "onTestBegin", "onTestEnd", "onEpochEnd", "onTrainEnd"] as const;
/** A chart that counts the time it takes by itself. */
function counted() {
  const chart = LiveChart();
  const timed = { chart, ms: 0 };
  for (const hook of hooks) {
    const own = chart[hook]?.bind(chart) as ((...args: unknown[]) => unknown) | undefined;
    if (own === undefined) continue;
    Object.defineProperty(chart, hook, { value: (...args: unknown[]) => {
      const started = performance.now();
      const result = own(...args);
      const end = () => void (timed.ms += performance.now() - started);
      if (result instanceof Promise) return result.then(end);
      end();
    } });
  }
  return timed;
}
async function pairs(units: number, rows: number, epochs: number, seconds: number): Promise<string> {
  keras.utils.setRandomSeed(1);
  const model = keras.Sequential([keras.layers.Input([784]), keras.layers.Dense(units, { activation: "relu" }), keras.layers.Dense(10, { activation: "softmax" })]);
  model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
  const x = tf.randomUniform([rows, 784]);
  const y = tf.randomUniform([rows], 0, 10, "int32");
  await model.fit(x, y, { epochs: Math.min(epochs, 30), verbose: 0 });
  const results: { without: number; with: number; hooks: number }[] = [];
  const end = performance.now() + 1000 * seconds;
  for (let pair = 0; performance.now() < end || pair < 2; pair++) {
    const one = { without: 0, with: 0, hooks: 0 };
    for (const which of pair % 2 ? ["with", "without"] as const : ["without", "with"] as const) {
      const timed = counted();
      const started = performance.now();
      await model.fit(x, y, { epochs, verbose: 0, callbacks: which === "with" ? [timed.chart] : [] });
      one[which] = performance.now() - started;
      one.hooks += timed.ms;
    }
    results.push(one);
  }
  tf.dispose([x, y]);
  return JSON.stringify(results);
}"""


def measure(kernel: Kernel, units: int, rows: int, epochs: int) -> tuple[list[dict[str, float]], int]:
    """The times of each pair in ms, and how often the chart was sent."""
    sent, printed = 0, ""

    def hear(message: dict) -> None:
        nonlocal sent, printed
        if message["msg_type"] in ("display_data", "update_display_data"):
            sent += 1
        if message["msg_type"] == "stream":
            printed += message["content"]["text"]

    code = f"console.log(await pairs({units}, {rows}, {epochs}, {SECONDS}))"
    reply = kernel.client.execute_interactive(code, timeout=600, output_hook=hear)
    assert reply["content"]["status"] == "ok", reply["content"]
    return json.loads(re.search(r"\[.*\]", printed).group()), sent


def main(names: list[str]) -> None:
    os.environ.setdefault("JUPYTER_DATA_DIR", tempfile.mkdtemp())
    print(f"{'an epoch of':14}{'measured':>10}{'slower by':>11}{'in the chart':>14}{'drawn in 1 s':>14}", flush=True)
    kernel = Kernel("tskeras")
    kernel.run(PRELUDE)
    for name in names or CASES:
        units, rows, epochs = CASES[name]
        results, sent = measure(kernel, units, rows, epochs)
        with_chart = sum(one["with"] for one in results)
        slower = statistics.median(one["with"] / one["without"] for one in results) - 1
        hooks = sum(one["hooks"] for one in results) / with_chart
        epoch = statistics.median(one["without"] for one in results) / epochs
        print(f"{name:14}{epoch:7.1f} ms{slower:11.1%}{hooks:14.2%}{sent / with_chart * 1000:14.1f}", flush=True)
    kernel.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
