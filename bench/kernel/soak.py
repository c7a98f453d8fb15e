"""A notebook top to bottom, again and again in one kernel: `npm run soak [-- NOTEBOOK]`. The first two rounds
load libraries and compile what runs often; after them, memory must stay.
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

from kernels import ROOT, Kernel
from memory import COLLECT

ROUNDS = 5
WARM_UP = 2
# What a garbage collector leaves lying about differs from round to round.
TOLERATED = 1.08


def run(client, code: str) -> str:
    """What the cell printed; an error ends the program."""
    printed = []

    def output(message: dict) -> None:
        if message["msg_type"] == "stream":
            printed.append(message["content"]["text"])

    content = client.execute_interactive(code, output_hook=output, timeout=1800)["content"]
    if content["status"] == "error":
        sys.exit(re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(content["traceback"])))
    return "".join(printed)


def main() -> None:
    notebook = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "notebooks" / "03-comparing-optimizers.ipynb"
    cells = json.loads(notebook.read_text())["cells"]
    codes = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    sizes = []
    with Kernel("tskeras") as kernel:
        for number in range(1, ROUNDS + 1):
            started = time.perf_counter()
            for code in codes:
                run(kernel.client, code)
            printed = run(kernel.client, f"{COLLECT}\nconsole.log((process.memoryUsage().rss / 2 ** 20).toFixed(0))")
            sizes.append(int(printed.split()[-1]))
            print(f"round {number}: {sizes[-1]} MB, {time.perf_counter() - started:.0f} s", flush=True)
    before, after = sizes[WARM_UP - 1], sizes[-1]
    if after > before * TOLERATED:
        sys.exit(f"{notebook.name} leaves memory behind: {before} MB after round {WARM_UP}, {after} MB after round {ROUNDS}.")


if __name__ == "__main__":
    main()
