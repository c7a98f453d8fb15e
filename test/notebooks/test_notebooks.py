"""Every notebook runs from top to bottom, twice in one kernel, as for a reader who presses Run All again."""

from __future__ import annotations

import re

import pytest
from nbformat import NotebookNode

from notebooks import NOTEBOOKS, run_notebook, text_of

# What the text of the notebooks says about their outputs: cell, pattern of a number in its output, least, greatest.
CLAIMS = {
    "01-two-layers.ipynb": [
        ("targets", r"\[(9 0 0 3 0 2 7 2 5 5)\]", None, None),
        ("model", r"Total params: (79,510)", None, None),
        ("evaluate", r"\[\s*([\d.]+),", 0.30, 0.40),
        ("evaluate", r",\s*([\d.]+)\s*\]", 0.86, 0.89),
    ],
    "02-relu-and-flatten.ipynb": [
        ("evaluate", r"\[\s*([\d.]+),", 0.33, 0.45),
        ("evaluate", r",\s*([\d.]+)\s*\]", 0.86, 0.89),
    ],
    "03-comparing-optimizers.ipynb": [
        ("sgd", r",\s*([\d.]+)\s*\]", 0.83, 0.87),
        ("sgd-rate", r",\s*([\d.]+)\s*\]", 0.86, 0.89),
        ("adagrad", r",\s*([\d.]+)\s*\]", 0.60, 0.80),
        ("adam", r"\[\s*([\d.]+),", 0.31, 0.38),
        ("adam", r",\s*([\d.]+)\s*\]", 0.87, 0.89),
    ],
}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_runs_twice_and_keeps_its_word(name: str) -> None:
    executed = run_notebook(NOTEBOOKS[name], runs=2, timeout=900)
    check_claims(name, executed)


def check_claims(name: str, executed: NotebookNode) -> None:
    cells = {cell.id: cell for cell in executed.cells}
    for cell, pattern, least, greatest in CLAIMS.get(name, []):
        text = text_of(cells[cell])
        found = re.search(pattern, text)
        assert found, f"{name}, cell {cell}: {pattern} not in {text!r}"
        if least is not None:
            assert least <= float(found[1]) <= greatest, f"{name}, cell {cell}: {text!r}"
