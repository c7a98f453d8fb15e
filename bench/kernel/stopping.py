"""The stop button: from the interrupt to the cell's reply."""

from __future__ import annotations

import time

from kernels import Kernel
from start import IMPORTS
from table import Table
from training import EAGER, FIT, TRAINING

PRINT = 'console.log("started");'
CELLS = {
    "a busy loop": f"{PRINT} while (true);",
    "a promise that stays pending": f"{PRINT} await new Promise(() => {{}});",
    "a child process": f"{PRINT} await new Promise(r => require('node:child_process').exec('sleep 1000').on('exit', r));",
    "a child process that blocks": f"{PRINT} await new Promise(r => setTimeout(r, 60)); require('node:child_process').execSync('sleep 1000');",
    "`await input()`": f"{PRINT} await input('name? ');",
    "an endless loop of prints": "while (true) console.log('again');",
}
DATA = "keras.datasets.fashionMnist.loadData()"
TRAINS = {
    "`fit`, compiled": FIT,
    "`fit`, eager": EAGER + FIT,
    "`fit`, loading its data": f"""{PRINT} await net.fit((async function* () {{
      for (;;) {{ const [[images, labels]] = await {DATA}; yield [images.slice(0, 32).div(255).reshape([32, 784]), labels.slice(0, 32)] as const; }}
    }})(), undefined, {{ epochs: 1000, stepsPerEpoch: 10, verbose: 0 }});""",
    "`loadData`, again and again": f"{PRINT} for (;;) await {DATA};",
    "`fit`, drawing a chart": f"{PRINT} await net.fit(x.slice(0, 64), y.slice(0, 64), {{ epochs: 100_000, verbose: 0, callbacks: [keras.callbacks.LiveChart()] }});",
    "charts, one after the other": f"{PRINT} for (;;) await display(keras.charts.plot([1, 3, 2]));",
}


def _stop(table: Table, kernel: Kernel, cells: dict[str, str], times: int) -> None:
    for what, code in cells.items():
        seconds = []
        for n in range(times):
            running = kernel.start(code)
            # Another moment each time.
            time.sleep(0.1 + 0.4 * ((n * 0.618) % 1))
            seconds.append(kernel.interrupt(running))
        table.limit(f"interrupt: {what}", {"tskeras": seconds}, 0.95, at_most=200)


def interrupts(table: Table, times: int = 20) -> None:
    with Kernel("tskeras") as kernel:
        _stop(table, kernel, CELLS, times)


def interrupts_of_fit(table: Table, times: int = 20) -> None:
    with Kernel("tskeras") as kernel:
        kernel.run(f"{IMPORTS['tskeras']}\n{TRAINING}")
        _stop(table, kernel, TRAINS, times)
        # What was stopped is whole.
        kernel.run("await net.predict(x.slice(0, 2), { verbose: 0 })")
