"""What a thousand cells leave behind."""

from __future__ import annotations

import os
import time
from pathlib import Path

from kernels import Kernel
from start import IMPORTS
from table import Table

# Each declares again what it declared before.
CELLS = [
    "const data = new Float64Array(100_000).fill(#); data[0]",
    "function square(x: number) { return x * x + # } square(3)",
    "class Point { constructor(readonly x: number, readonly y = #) {} } new Point(1)",
    'for (let i = 0; i < 100; i++) console.log("line", i, #)',
    "const t = tf.randomNormal([200, 200]); const mean = t.square().mean(); (await mean.data())[0]",
    'const layer = keras.layers.Dense(#, { activation: "relu" }); layer',
    "await new Promise((resolve) => setTimeout(resolve, 1)); data.length + square(#)",
    "keras.charts.plot([1, #, 2])",
    "const { x: px, ...others } = { x: #, y: [data.length], z: 'text' }; others",
    "interface Row { readonly name: string } const rows: Row[] = [{ name: `#` }]; rows",
]
# Several times, with pauses: tensors are freed by finalizers, which run after the collection.
COLLECT = """%%typecheck off
(await import("node:v8")).setFlagsFromString("--expose-gc");
const collect = (await import("node:vm")).runInNewContext("gc");
for (let i = 0; i < 4; i += 1) { collect(); await new Promise((done) => setTimeout(done, 250)) }"""


def held(pid: int) -> float:
    """Megabytes that a process and those it started hold."""
    page = os.sysconf("SC_PAGE_SIZE")
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for thread in Path(f"/proc/{pid}/task").iterdir():
        children += (thread / "children").read_text().split()
    own = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * page / 2**20
    return own + sum(held(int(child)) for child in set(children))


def memory(table: Table, cells: int = 1000, early: int = 200) -> None:
    if not Path("/proc/self/statm").exists():
        print("Memory is measured on Linux only.")
        return
    with Kernel("tskeras") as kernel:
        kernel.run(IMPORTS["tskeras"])
        pid = kernel.manager.provisioner.pid
        first = 0.0
        for n in range(cells):
            kernel.run(CELLS[n % len(CELLS)].replace("#", str(n)))
            if n + 1 in (early, cells):
                kernel.run(COLLECT)
                time.sleep(1)
                first = first or held(pid)
        last = held(pid)
    table.add(f"memory after {cells} cells, MB", {"tskeras": last}, last / first, "×", 1.1)
