"""The same hot loop in a cell and in a module."""

from __future__ import annotations

import tempfile
from pathlib import Path

from kernels import Kernel
from table import Table

_STEPS = "let s = 0; for (let i = 0; i < 1e8; i++) s += i % 7;"
LOOP = "a loop of 100 million steps"
FUNCTION = f"function hot() {{ {_STEPS} return s; }}"


def loops(table: Table, rounds: int = 7) -> None:
    with tempfile.TemporaryDirectory() as folder, Kernel("tskeras") as kernel:
        module = Path(folder) / "hot.mts"
        # A local file runs as a module of the kernel's importer, a package's file as Node's own; both are loaded once.
        module.write_text(f"export {FUNCTION}")
        native = Path(folder) / "node_modules/hot/index.mjs"
        native.parent.mkdir(parents=True)
        native.write_text(f"export {FUNCTION}")
        # At a module's top level a loop runs once: each round has a file of its own.
        for n in range(rounds):
            (native.parent / f"exported{n}.mjs").write_text(f"export {_STEPS}")
            (native.parent / f"kept{n}.mjs").write_text(_STEPS)
        kernel.run("%%typecheck off\nlet s = 0;")
        kernel.run(f'%%typecheck off\nimport {{ hot as nodes }} from "{native.as_posix()}"; import {{ hot as local }} from "{module.as_posix()}";')
        kernel.run(FUNCTION.replace('hot', 'named'))
        cases = {
            "a module's function": "nodes();",
            "in a function of a cell": "named();",
            "in a local module": "local();",
            "top level": _STEPS,
            "exported": f'await import("{native.parent.as_posix()}/exported#.mjs");',
            "kept": f'await import("{native.parent.as_posix()}/kept#.mjs");',
        }
        seconds: dict[str, list[float]] = {what: [] for what in cases}
        for n in range(rounds):
            for what, code in cases.items():
                seconds[what].append(kernel.run(f"%%typecheck off\n{code}".replace("#", str(n))))
    best = {what: min(values) for what, values in seconds.items()}
    for what in ("in a function of a cell", "in a local module"):
        table.add(f"{LOOP} {what}", {"tskeras": 1000 * best[what]}, best[what] / best["a module's function"], "×", 1.1)
    # A later cell sees the sum: so the same is a module that exports it.
    top = {"tskeras": 1000 * best["top level"]}
    table.add(f"{LOOP} at the top level of a cell", top, best["top level"] / best["exported"], "×", 1.1)
    table.add("the same beside a module that exports nothing", top, best["top level"] / best["kept"], "×", None)
    table.add("the same beside a function of a module", top, best["top level"] / best["a module's function"], "×", None)
