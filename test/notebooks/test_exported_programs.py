"""`tskeras export` makes programs that print in plain Node what the notebooks show."""

from __future__ import annotations

import copy
import re
import subprocess
from pathlib import Path

import pytest
from nbformat import NotebookNode

from notebooks import ANYWHERE, NOTEBOOKS, ROOT, plain, run_fresh, text_of

# These take minutes: npm run test:tslab.
LONG = {"03-comparing-optimizers.ipynb", "10-regularizing.ipynb", "11-convolutions.ipynb"}

# From this version on Node leaves out types by itself.
VERSION = tuple(map(int, subprocess.run(["node", "-v"], capture_output=True, text=True).stdout[1:].split(".")))
STRIPS = VERSION >= (22, 18)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.long] if name in LONG else []) for name in ANYWHERE]
)
def test_prints_what_the_notebook_shows(name: str, tmp_path: Path) -> None:
    packages = tmp_path / "node_modules"
    packages.mkdir()
    (packages / "tskeras").symlink_to(ROOT, target_is_directory=True)
    options = ["--to", tmp_path] if STRIPS else ["--js", "--to", tmp_path]
    export = ["node", ROOT / "dist/kernel/cli/main.js", "export", NOTEBOOKS[name], *options]
    program = subprocess.run(export, capture_output=True, text=True, check=True).stdout.strip()
    assert Path(program).suffix == (".ts" if STRIPS else ".mjs")
    run = subprocess.run(["node", program], cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert lines(run.stdout) == shown_lines(copy.deepcopy(run_fresh(name)))


def shown_lines(notebook: NotebookNode) -> list[str]:
    """What the cells gave, but for the one chart that all trainings of a cell fill in: it needs somebody who looks."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell in cells:
        cell.outputs = [output for output in cell.outputs if not is_shared_chart(output)]
    return lines("\n".join(text_of(cell) for cell in cells))


def is_shared_chart(output: NotebookNode) -> bool:
    return output.output_type == "display_data" and "application/vnd.plotly.v1+json" in output.data


def lines(text: str) -> list[str]:
    """The lines without what a clock says, and without the quotes of a text that is a cell's value."""
    timeless = re.sub(r"\d+m?s(?: \d+[mu]?s/(?:step|epoch))?", "…s", plain(text))
    return [re.sub(r"^'(.*)'$", r"\1", line.rstrip()) for line in timeless.splitlines() if line.strip()]
