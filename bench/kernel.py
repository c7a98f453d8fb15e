"""The kernel beside ipykernel and tslab: `npm run bench:kernel`. Ratios, measured turn by turn in one run."""

from __future__ import annotations

import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

ROOT = Path(__file__).resolve().parents[1]
SPEC = json.loads(
    subprocess.run(
        ["node", "-e", "process.stdout.write(JSON.stringify(require('./dist/kernel/kernelspec').kernelSpec()))"],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout
)
KERNELS = {
    "tskeras": SPEC["argv"],
    "ipykernel": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    "tslab": ["node", str(ROOT / "node_modules/tslab/bin/tslab"), "kernel", "--config-path", "{connection_file}"],
}
IMPORTS = {
    "tskeras": 'import { keras, tf } from "tskeras";',
    "ipykernel": "import json",
    "tslab": 'import * as tf from "@tensorflow/tfjs-core";',
}

# What each draws, with the picture that is saved: this kernel beside matplotlib's inline backend.
CHART_PRELUDE = {
    "tskeras": """import { keras, tf } from "tskeras";
const x = Array.from({ length: 10_000 }, (_, i) => Math.abs(Math.sin(i * 12.9898) * 43758.5453) % 1);
const y = Array.from({ length: 10_000 }, (_, i) => Math.abs(Math.cos(i * 78.233) * 43758.5453) % 1);
const images = tf.randomUniform([100, 28, 28]);
const { plot, scatter, imageGrid } = keras.charts;""",
    "ipykernel": """%matplotlib inline
import numpy as np
import matplotlib.pyplot as plt
x, y, images = np.random.rand(10_000), np.random.rand(10_000), np.random.rand(100, 28, 28)""",
}
CHARTS = {
    "the first chart": ("plot([1, 3, 2])", "plt.plot([1, 3, 2]); plt.show()"),
    "a small chart": ("plot([1, 3, 2])", "plt.plot([1, 3, 2]); plt.show()"),
    "a line of 10,000 points": ("plot(y)", "plt.plot(y); plt.show()"),
    "10,000 points": ("scatter(x, y)", "plt.scatter(x, y); plt.show()"),
    "a grid of 10 × 10 images": (
        'imageGrid(images, { ncols: 10, cmap: "gray_r" })',
        "fig, axes = plt.subplots(10, 10, figsize=(10, 10))\n"
        "for image, ax in zip(images, axes.flat): ax.imshow(image, cmap='gray_r'); ax.axis('off')\n"
        "plt.show()",
    ),
}


class Kernel:
    def __init__(self, name: str):
        self.name = name
        self.manager = KernelManager()
        self.manager._kernel_spec = KernelSpec(argv=KERNELS[name], display_name=name, language="", interrupt_mode="message")
        started = time.perf_counter()
        self.manager.start_kernel(cwd=str(ROOT / "notebooks"), stderr=subprocess.DEVNULL)
        self.client = self.manager.client()
        self.client.start_channels()
        while True:
            self.client.kernel_info()
            try:
                self.client.get_shell_msg(timeout=0.1)
                break
            except Exception:
                continue
        self.ready = time.perf_counter() - started
        self.client.wait_for_ready(timeout=60)

    def run(self, code: str) -> float:
        """Seconds from the request to idle and reply."""
        started = time.perf_counter()
        msg_id = self.client.execute(code)
        idle = replied = False
        while not (idle and replied):
            if not replied and self.client.shell_channel.msg_ready():
                message = self.client.get_shell_msg()
                replied = message["parent_header"].get("msg_id") == msg_id
                assert not replied or message["content"]["status"] == "ok", message["content"]
            if not idle:
                try:
                    message = self.client.get_iopub_msg(timeout=0.001)
                except Exception:
                    continue
                idle = message["parent_header"].get("msg_id") == msg_id and message["content"].get("execution_state") == "idle"
        return time.perf_counter() - started

    def stop(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def row(what: str, seconds: dict[str, list[float]]) -> None:
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    cells = [f"{medians[name] * 1000:9.1f}" if name in medians else " " * 9 for name in KERNELS]
    others = ("ipykernel", "tslab")
    ratios = [f"{medians['tskeras'] / medians[name]:5.2f}×" if name in medians else "" for name in others]
    print(f"{what:44}{''.join(cells)}   {' '.join(ratios)}", flush=True)


def main(rounds: int = 3, cells: int = 30) -> None:
    os.environ.setdefault("JUPYTER_DATA_DIR", tempfile.mkdtemp())
    print(f"{'median ms':44}{''.join(f'{name:>9}' for name in KERNELS)}   to ipykernel, to tslab")
    ready: dict[str, list[float]] = {name: [] for name in KERNELS}
    first: dict[str, list[float]] = {name: [] for name in KERNELS}
    for _ in range(rounds):
        for name in KERNELS:
            kernel = Kernel(name)
            ready[name].append(kernel.ready)
            first[name].append(kernel.run("1 + 1"))
            kernel.stop()
    row("start to kernel_info", ready)
    row("first cell", first)
    kernels = {name: Kernel(name) for name in KERNELS}
    row("import of the library (tslab: tfjs-core)", {name: [kernels[name].run(IMPORTS[name])] for name in KERNELS})
    trivial: dict[str, list[float]] = {name: [] for name in KERNELS}
    for n in range(cells):
        for name, kernel in kernels.items():
            trivial[name].append(kernel.run(f"x = {n}\nx + 1" if name == "ipykernel" else f"let x = {n}\nx + 1"))
    row("a trivial cell after it", trivial)
    loop = "let s = 0; for (let i = 0; i < 1e8; i++) s += i % 7; s"
    hot = {name: [kernels[name].run(f"(() => {{ {loop.replace('; s', '; return s')} }})()")] for name in ("tskeras", "tslab")}
    row("a loop of 1e8 steps in a function", hot)
    row("the same at the top level of the cell", {name: [kernels[name].run(loop)] for name in ("tskeras", "tslab")})
    for kernel in kernels.values():
        kernel.stop()

    charts(rounds)


def charts(rounds: int) -> None:
    if importlib.util.find_spec("matplotlib") is None:
        print("For charts beside matplotlib's: .venv/bin/pip install matplotlib")
        return
    # Nobody watches here: without this name the kernel makes the picture itself that a browser would.
    os.environ.pop("JPY_SESSION_NAME", None)
    kernels = {name: Kernel(name) for name in CHART_PRELUDE}
    for name, kernel in kernels.items():
        kernel.run(CHART_PRELUDE[name])
    for what, codes in CHARTS.items():
        times = 1 if "first" in what else rounds
        seconds: dict[str, list[float]] = {name: [] for name in kernels}
        for _ in range(times):
            for (name, kernel), code in zip(kernels.items(), codes):
                seconds[name].append(kernel.run(code))
        row(what, seconds)
    for kernel in kernels.values():
        kernel.stop()


if __name__ == "__main__":
    main()
