"""The same hot loop in a cell and in a module."""

from __future__ import annotations

import tempfile
from pathlib import Path

from kernels import Kernel
from table import Table

_STEPS = "let s = 0; for (let i = 0; i < 1e8; i++) s += i % 7;"
FUNCTION = f"function hot() {{ {_STEPS} return s; }}"


def loops(table: Table, rounds: int = 7) -> None:
    with tempfile.TemporaryDirectory() as folder, Kernel("tskeras") as kernel:
        module = Path(folder) / "hot.mts"
        # A local file runs as a module of the kernel's importer, a package's file as Node's own; both are loaded once.
        module.write_text(f"export {FUNCTION}")
        native = Path(folder) / "node_modules/hot/index.mjs"
        native.parent.mkdir(parents=True)
        native.write_text(f"export {FUNCTION}")
        top = Path(folder) / "node_modules/hot/top.mjs"
        top.write_text(_STEPS)
        kernel.run("%%typecheck off\nlet s = 0;")
        kernel.run(f'%%typecheck off\nimport {{ hot as nodes }} from "{native.as_posix()}"; import {{ hot as local }} from "{module.as_posix()}";')
        kernel.run(f"const cell = () => {{ {_STEPS} return s }}; {FUNCTION.replace('hot', 'named')}")
        cases = {
            "Node's": "nodes();",
            "in a function of a cell": "named();",
            "in a local module": "local();",
            "at the top level of a cell": _STEPS,
        }
        seconds: dict[str, list[float]] = {what: [] for what in cases}
        for n in range(rounds):
            for what, code in cases.items():
                seconds[what].append(kernel.run(f"%%typecheck off\n{code}"))
    reference = min(seconds["Node's"])
    for what, values in seconds.items():
        if what != "Node's":
            table.add(f"a loop of 100 million steps {what}", {"tskeras": 1000 * min(values)}, min(values) / reference, "×", 1.1)
