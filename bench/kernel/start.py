"""From the start to the first results."""

from __future__ import annotations

import time

from kernels import KERNELS, Kernel
from table import Table

IMPORTS = {
    "tskeras": 'import { keras, tf } from "tskeras";',
    "ipykernel": "import json",
    "tslab": 'import * as tf from "@tensorflow/tfjs-core";',
}


def starts(table: Table, rounds: int = 6) -> None:
    """The first cell is sent at once, as nbclient does."""
    ready: dict[str, list[float]] = {name: [] for name in KERNELS}
    first: dict[str, list[float]] = {name: [] for name in KERNELS}
    both: dict[str, list[float]] = {name: [] for name in KERNELS}
    for _ in range(rounds):
        for name in KERNELS:
            with Kernel(name) as kernel:
                ready[name].append(kernel.ready)
                first[name].append(kernel.run("1 + 1"))
                both[name].append(ready[name][-1] + first[name][-1])
    table.times("start to `kernel_info`", ready, at_most=1.2)
    table.times("start to the first cell's result", both, at_most=2)
    table.times("of these, the first cell", first)


def first_cells(table: Table, rounds: int = 3, cells: int = 30) -> None:
    """The first cell is sent after a reader's two seconds."""
    first: dict[str, list[float]] = {name: [] for name in KERNELS}
    imports: dict[str, list[float]] = {name: [] for name in KERNELS}
    trivial: dict[str, list[float]] = {name: [] for name in KERNELS}
    for _ in range(rounds):
        kernels = {name: Kernel(name) for name in KERNELS}
        time.sleep(2)
        for name, kernel in kernels.items():
            first[name].append(kernel.run("1 + 1"))
            imports[name].append(kernel.run(IMPORTS[name]))
        for n in range(cells):
            for name, kernel in kernels.items():
                trivial[name].append(kernel.run(f"x = {n}\nx + 1" if name == "ipykernel" else f"let x = {n}\nx + 1"))
        for kernel in kernels.values():
            kernel.stop()
    table.times("the first cell, two seconds after the start", first)
    others = {name: imports[name] for name in ("tskeras", "tslab")}
    table.times("`import … from \"tskeras\"` (tslab: only TensorFlow.js's core)", others)
    table.times("a trivial cell after it, checked", trivial, at_most=3)
