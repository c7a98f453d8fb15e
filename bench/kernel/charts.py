"""Charts with the picture that is saved, beside matplotlib's inline backend."""

from __future__ import annotations

import importlib.util
import os

from kernels import Kernel
from table import Table

PRELUDE = {
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


def charts(table: Table, rounds: int = 9) -> None:
    if importlib.util.find_spec("matplotlib") is None:
        print("For charts beside matplotlib's: .venv/bin/pip install matplotlib")
        return
    # Nobody watches here: without this name the kernel makes the picture itself that a browser would.
    os.environ.pop("JPY_SESSION_NAME", None)
    kernels = {name: Kernel(name) for name in PRELUDE}
    for name, kernel in kernels.items():
        kernel.run(PRELUDE[name])
    for what, codes in CHARTS.items():
        times = 1 if "first" in what else rounds
        seconds: dict[str, list[float]] = {name: [] for name in kernels}
        for _ in range(times):
            for (name, kernel), code in zip(kernels.items(), codes):
                seconds[name].append(kernel.run(code))
        table.times(f"{what} (ipykernel: matplotlib's)", seconds)
    for kernel in kernels.values():
        kernel.stop()
