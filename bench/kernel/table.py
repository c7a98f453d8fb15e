"""Measurements, printed as lines and written as the page docs/kernel-times.md."""

from __future__ import annotations

import json
import os
import statistics
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kernels import KERNELS, ROOT

FILE = ROOT / "build/bench/kernel.json"
PAGE = ROOT / "docs/kernel-times.md"


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Table:
    """All rows measured on this machine; new rows of a group replace its old ones."""

    def __init__(self) -> None:
        self.groups: dict[str, dict] = json.loads(FILE.read_text()) if FILE.exists() else {}
        self.group: dict = {}
        print(f"{'median, ms':52}{''.join(f'{name:>11}' for name in KERNELS)}   compared, goal")

    def begin(self, name: str) -> None:
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0
        self.group = {"date": date.today().isoformat(), "load": load, "rows": []}
        self.groups[name] = self.group

    def times(self, what: str, seconds: dict[str, Sequence[float]], at_most: float | None = None) -> None:
        """The medians; `at_most` is the goal, as a multiple of ipykernel's."""
        medians = {name: 1000 * statistics.median(values) for name, values in seconds.items()}
        ratio = medians["tskeras"] / medians["ipykernel"] if "ipykernel" in medians else None
        self.add(what, medians, ratio, "×", at_most)

    def limit(self, what: str, seconds: dict[str, Sequence[float]], share: float, at_most: float | None = None) -> None:
        """The medians; what counts is which time a share of ours does not exceed: `at_most` so many milliseconds."""
        medians = {name: 1000 * statistics.median(values) for name, values in seconds.items()}
        unit = {0.5: "ms", 1: "ms at most"}.get(share, f"ms in {100 * share:.0f} %")
        self.add(what, medians, 1000 * percentile(seconds["tskeras"], share), unit, at_most)

    def add(self, what: str, values: dict[str, float], compared: float | None, unit: str, at_most: float | None) -> None:
        row = {"what": what, "values": values, "compared": compared, "unit": unit, "at_most": at_most}
        self.group["rows"].append(row)
        cells = "".join(f"{number(values.get(name)):>11}" for name in KERNELS)
        print(f"{what.replace('`', ''):52}{cells}   {outcome(row)}{f', {goal(row)}' if at_most else ''}", flush=True)
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_text(json.dumps(self.groups, indent=2) + "\n")

    def write_page(self, groups: Sequence[str]) -> None:
        lines = []
        for name in groups:
            for row in self.groups.get(name, {"rows": []})["rows"]:
                values = [number(row["values"].get(kernel)) for kernel in KERNELS]
                lines.append(f"| {' | '.join([row['what'], *values, outcome(row), goal(row)])} |")
        dates = [group["date"] for group in self.groups.values()]
        load = max(group.get("load", 0) for group in self.groups.values())
        # Other programs add to every time, most of all to the longest.
        busy = f" Other programs kept the machine busy (load {load:.0f})." if load > 2 * (os.cpu_count() or 1) else ""
        page = f"""# Kernel times, compared with ipykernel and tslab

Median milliseconds (memory: megabytes), with all kernels measured alternately in one run. "Compared" is the figure with a goal: the
ratio to ipykernel, to the same loop in a module, or to memory after 200 cells; or the time itself. A loop at the top level of a cell
is compared with one at the top level of a module that exports its sum, because later cells can see a cell's variables: V8 keeps both
in memory, but keeps variables that only a function or module can see in registers. {max(dates)}, {os.cpu_count()} cores, {processor()}.{busy}

`npm run bench:kernel -- --docs` writes this page.

| | tskeras | ipykernel | tslab | compared | goal |
|---|--:|--:|--:|--:|--:|
{chr(10).join(lines)}
"""
        PAGE.write_text(page)


def number(value: float | None) -> str:
    """With a decimal below 10."""
    if value is None:
        return ""
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"


def outcome(row: dict) -> str:
    compared, unit = row["compared"], row["unit"]
    if compared is None:
        return ""
    text = f"{compared:.2f} ×" if unit == "×" else f"{number(compared)} {unit}"
    return text if row["at_most"] is None else f"{text} {'✓' if compared <= row['at_most'] else '✗'}"


def goal(row: dict) -> str:
    at_most = row["at_most"]
    return "" if at_most is None else f"≤ {at_most:g} {'×' if row['unit'] == '×' else 'ms'}"


def processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "unknown processor")
