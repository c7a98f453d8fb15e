"""A notebook top to bottom, again and again in one kernel: `npm run soak [-- NOTEBOOK]`. What a round
takes after the first must stay: no round may leave more memory behind than the first did.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 3
# What a garbage collector leaves lying about differs from round to round.
TOLERATED = 1.08


def kernel_spec() -> dict:
    script = "process.stdout.write(JSON.stringify(require('./dist/kernel/kernelspec').kernelSpec()))"
    return json.loads(subprocess.run(["node", "-e", script], cwd=ROOT, capture_output=True, check=True).stdout)


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
    spec = kernel_spec()
    manager = KernelManager()
    manager._kernel_spec = KernelSpec(argv=spec["argv"], display_name="tskeras", language="typescript", interrupt_mode="message")
    manager.start_kernel(cwd=str(ROOT / "notebooks"))
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    sizes = []
    try:
        for number in range(1, ROUNDS + 1):
            started = time.perf_counter()
            for code in codes:
                run(client, code)
            # Twice, with a pause: tensors are freed by finalizers, which run after the collection.
            printed = run(
                client,
                """%%typecheck off
                (await import("node:v8")).setFlagsFromString("--expose-gc");
                const collect = (await import("node:vm")).runInNewContext("gc");
                for (let i = 0; i < 4; i += 1) { collect(); await new Promise((done) => setTimeout(done, 250)) }
                console.log((process.memoryUsage().rss / 2 ** 20).toFixed(0))""",
            )
            sizes.append(int(printed.split()[-1]))
            print(f"round {number}: {sizes[-1]} MB, {time.perf_counter() - started:.0f} s", flush=True)
    finally:
        client.stop_channels()
        manager.shutdown_kernel()
    if sizes[-1] > sizes[0] * TOLERATED:
        sys.exit(f"{notebook.name} leaves memory behind: {sizes[0]} MB after round 1, {sizes[-1]} MB after round {ROUNDS}.")


if __name__ == "__main__":
    main()
