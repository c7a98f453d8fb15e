"""The notebooks of the checkout and the driver that runs them, which is the one behind `tskeras run`."""

from __future__ import annotations

import sys
from pathlib import Path

from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "kernel" / "cli"))

from run_notebooks import run_notebook  # noqa: E402

__all__ = ["NOTEBOOKS", "ROOT", "run_notebook", "text_of"]

NOTEBOOKS = {
    path.relative_to(ROOT / "notebooks").as_posix(): path
    for path in sorted((ROOT / "notebooks").rglob("*.ipynb"))
    if ".ipynb_checkpoints" not in path.parts
}


def text_of(cell: NotebookNode) -> str:
    """Everything that a cell printed or showed, as text."""
    parts = []
    for output in cell.outputs:
        parts.append(output.text if output.output_type == "stream" else output.get("data", {}).get("text/plain", ""))
    return "".join(parts)
