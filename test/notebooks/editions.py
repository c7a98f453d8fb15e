"""The Korean notebooks take their code from the English ones: python test/notebooks/editions.py copies it over."""

from __future__ import annotations

import nbformat
from nbformat import NotebookNode

from notebooks import NOTEBOOKS

KOREAN = [name for name in NOTEBOOKS if name.startswith("ko/")]


def english(name: str) -> NotebookNode:
    return nbformat.read(NOTEBOOKS[name.removeprefix("ko/")], as_version=4)


def korean(name: str) -> NotebookNode:
    return nbformat.read(NOTEBOOKS[name], as_version=4)


def code(notebook: NotebookNode) -> dict[str, str]:
    """The source of each code cell, by the cell's id, in order."""
    return {cell.id: cell.source for cell in notebook.cells if cell.cell_type == "code"}


def copy_code(name: str) -> None:
    """Cells are found by their ids, so that a new or renamed cell must be put into its place by hand."""
    source = english(name)
    cells = {cell.id: cell for cell in source.cells}
    target = korean(name)
    if list(code(target)) != list(code(source)):
        raise SystemExit(f"{name}: expected the code cells {list(code(source))} but found {list(code(target))}.")
    for cell in target.cells:
        if cell.cell_type == "code":
            cell.update(cells[cell.id])
    nbformat.write(target, NOTEBOOKS[name])


if __name__ == "__main__":
    for each in KOREAN:
        copy_code(each)
