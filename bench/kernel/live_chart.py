"""What LiveChart costs in a kernel that somebody watches: `npm run bench:live [-- "3 ms"]`. One long fit, in which a chart moves for
half a second, then stands for twice as long: the one half against the other says how far apart equal times are here.
"""

from __future__ import annotations

import json
import math
import os
import re
import statistics
import sys
import tempfile

# Before the kernel's module: a kernel of a front end that updates displays in place, as JupyterLab starts it.
os.environ["JPY_SESSION_NAME"] = "bench.ipynb"

from kernels import Kernel

# By the length of an epoch, roughly: units, rows.
CASES = {"3 ms": (100, 320), "30 ms": (100, 3_200), "150 ms": (100, 16_000), "3 s": (512, 48_000)}
# How long each is measured, and how long a piece of it is at least, in seconds.
SECONDS, PIECE = 60, 0.5

PRELUDE = """import { keras, tf } from "tskeras";
const { LiveChart } = keras.callbacks;
const hooks = ["onTrainBegin", "onEpochBegin", "onProgress", "onEpochEnd"] as const;
type Piece = { kind: number; perEpoch: number; ms: number; hooks: number };
/** A chart that moves in one of three pieces of a training only. */
class InTurns extends keras.callbacks.Callback {
  readonly pieces: Piece[] = [];
  readonly #chart = LiveChart();
  readonly #end = performance.now() + SECONDS * 1000;
  #kind = 0;
  #epochs = 0;
  #hooks = 0;
  #began = performance.now();
  override wantsProgress(): boolean { return this.#kind === 1 && this.#chart.wantsProgress(); }
  override onTrainBegin(): void {
    this.#chart.setParams(this.params);
    this.#call("onTrainBegin");
  }
  override onEpochBegin(epoch: number): void { this.#call("onEpochBegin", epoch); }
  override onProgress(done: number, logs: keras.callbacks.Logs): void { this.#call("onProgress", done, logs); }
  override onEpochEnd(epoch: number, logs?: keras.callbacks.Logs): void {
    this.#call("onEpochEnd", epoch, logs);
    this.#epochs++;
    const now = performance.now();
    const ms = now - this.#began;
    if (ms < PIECE * 1000) return;
    this.pieces.push({ kind: this.#kind, perEpoch: ms / this.#epochs, ms, hooks: this.#hooks });
    this.#kind = (this.#kind + 1) % 3;
    this.#epochs = this.#hooks = 0;
    this.#began = now;
    this.model.stopTraining = now > this.#end;
  }
  #call(hook: (typeof hooks)[number], ...args: unknown[]): void {
    if (this.#kind !== 1 && hook !== "onTrainBegin") return;
    const started = performance.now();
    (this.#chart[hook] as (...args: unknown[]) => void).call(this.#chart, ...args);
    this.#hooks += performance.now() - started;
  }
}
async function pieces(units: number, rows: number): Promise<string> {
  keras.utils.setRandomSeed(1);
  const model = keras.Sequential([keras.layers.Input([784]), keras.layers.Dense(units, { activation: "relu" }), keras.layers.Dense(10, { activation: "softmax" })]);
  model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
  const x = tf.randomUniform([rows, 784]);
  const y = tf.randomUniform([rows], 0, 10, "int32");
  await model.fit(x, y, { epochs: 3, verbose: 0 });
  const turns = new InTurns();
  await model.fit(x, y, { epochs: 100_000, verbose: 0, callbacks: [turns] });
  tf.dispose([x, y]);
  return JSON.stringify(turns.pieces);
}""".replace("SECONDS", str(SECONDS)).replace("PIECE", str(PIECE))


def measure(kernel: Kernel, units: int, rows: int) -> tuple[list[dict[str, float]], int]:
    """The pieces of a fit, and how often the chart was sent."""
    sent, printed = 0, ""

    def hear(message: dict) -> None:
        nonlocal sent, printed
        if message["msg_type"] in ("display_data", "update_display_data"):
            sent += 1
        if message["msg_type"] == "stream":
            printed += message["content"]["text"]

    reply = kernel.client.execute_interactive(f"console.log(await pieces({units}, {rows}))", timeout=600, output_hook=hear)
    assert reply["content"]["status"] == "ok", reply["content"]
    return json.loads(re.search(r"\[.*\]", printed).group()), sent


def middle(ratios: list[float]) -> tuple[float, float]:
    """The median of ratios less one, and its standard error, from the half that lies in the middle."""
    spread = statistics.quantiles(ratios, n=4)
    return statistics.median(ratios) - 1, 0.93 * (spread[2] - spread[0]) / math.sqrt(len(ratios))


def main(names: list[str]) -> None:
    os.environ.setdefault("JUPYTER_DATA_DIR", tempfile.mkdtemp())
    print(f"{'an epoch of':13}{'measured':>9}{'slower by':>17}{'equal times':>17}{'in the chart':>14}{'drawn in 1 s':>14}", flush=True)
    kernel = Kernel("tskeras")
    kernel.run(PRELUDE)
    for name in names or CASES:
        # The first pieces are a warming up.
        pieces, sent = measure(kernel, *CASES[name])
        turns = list(zip(pieces[3::3], pieces[4::3], pieces[5::3]))
        # Both neighbors, so that a machine that grows slower weighs on neither side.
        slower = middle([2 * chart["perEpoch"] / (before["perEpoch"] + after["perEpoch"]) for before, chart, after in turns])
        equal = middle([after["perEpoch"] / before["perEpoch"] for before, _, after in turns])
        moving = sum(chart["ms"] for chart in pieces[1::3])
        hooks = sum(chart["hooks"] for chart in pieces[1::3]) / moving
        epoch = statistics.median(before["perEpoch"] for before, _, _ in turns)
        print(
            f"{name:13}{epoch:6.1f} ms{slower[0]:+8.1%} ± {slower[1]:5.1%}{equal[0]:+9.1%} ± {equal[1]:5.1%}"
            f"{hooks:14.2%}{1000 * sent / moving:14.1f}",
            flush=True,
        )
    kernel.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
