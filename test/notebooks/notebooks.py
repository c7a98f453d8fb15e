"""The notebooks of the checkout and the driver that runs them, which is the one behind `tskeras run`."""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path

from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "kernel" / "cli"))

from run_notebooks import run_notebook  # noqa: E402

__all__ = ["ANYWHERE", "ENGLISH", "NOTEBOOKS", "ROOT", "plain", "run_fresh", "run_notebook", "text_of"]

NOTEBOOKS = {
    path.relative_to(ROOT / "notebooks").as_posix(): path
    for path in sorted((ROOT / "notebooks").rglob("*.ipynb"))
    if ".ipynb_checkpoints" not in path.parts
}

# The Korean edition has the same code: see test_editions.py.
ENGLISH = [name for name in NOTEBOOKS if not name.startswith("ko/")]

# The slider of notebook 12 needs this kernel's comms.
ANYWHERE = [name for name in ENGLISH if not name.startswith("12-")]


@cache
def run_fresh(name: str) -> NotebookNode:
    """A notebook as it comes out of a new kernel; run once for all tests."""
    return run_notebook(NOTEBOOKS[name], timeout=900)


def plain(text: str) -> str:
    """Text without colors."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def text_of(cell: NotebookNode) -> str:
    """Everything that a cell printed or showed, as text without colors; of a table in HTML what stands in it."""
    parts = []
    for output in cell.outputs:
        data = output.get("data", {})
        text = data.get("text/plain") or re.sub(r"<[^>]*>", " ", data.get("text/html", ""))
        parts.append(output.text if output.output_type == "stream" else text)
    return plain("".join(parts))
