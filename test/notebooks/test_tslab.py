"""Every notebook runs in a stock tslab kernel, too, unmodified: with its numbers, its charts and its progress."""

from __future__ import annotations

import base64
import json
import shutil
from pathlib import Path

import pytest
from nbformat import NotebookNode

from claims import check_claims
from notebooks import ANYWHERE, NOTEBOOKS, ROOT, run_notebook, text_of

# These take minutes: npm run test:tslab.
LONG = {"03-comparing-optimizers.ipynb", "10-regularizing.ipynb", "11-convolutions.ipynb"}

VEGA = "application/vnd.vegalite.v5+json"
PNG = "image/png"
HTML = "text/html"

# The cells that show a picture or a table, and what tslab sends for it.
PICTURES = {
    "00-tour.ipynb": {"data": PNG, "fit": VEGA, "predict": PNG, "own": VEGA},
    "01-two-layers.ipynb": {"look": PNG, "names": HTML, "plot": VEGA, "predict": PNG},
    "02-relu-and-flatten.ipynb": {"relu": VEGA, "plot": VEGA},
    "03-comparing-optimizers.ipynb": {"watch": VEGA, "table": HTML, "edit": VEGA},
    "04-keras-3-walkthrough.ipynb": {"look": PNG},
    "05-first-network-mnist.ipynb": {"look": PNG, "digit": PNG},
    "06-imdb-reviews.ipynb": {"loss-curves": VEGA, "accuracy-curves": VEGA, "histogram": VEGA},
    "07-reuters-newswires.ipynb": {"topics": VEGA, "curves": VEGA},
    "08-boston-housing.ipynb": {"prices": VEGA, "long": VEGA, "smooth": VEGA, "predict": VEGA},
    "09-layers-losses-metrics.ipynb": {"data": VEGA, "hand-step": VEGA, "hand-line": VEGA},
    "10-regularizing.ipynb": {"long": VEGA, "plot": VEGA},
    "11-convolutions.ipynb": {
        "plot-model": VEGA,
        "plot": VEGA,
        "predict": PNG,
        "confusion": VEGA,
        "filters-before": PNG,
        "filters-after": PNG,
        "weights": VEGA,
        "maps": PNG,
        "maps-1": PNG,
        "maps-2": PNG,
    },
}

# The cells that train and say so, and the last line's epoch.
PROGRESS = {
    "00-tour.ipynb": {"fit": 5},
    "01-two-layers.ipynb": {"compile": 5},
    "02-relu-and-flatten.ipynb": {"fit": 10},
    "03-comparing-optimizers.ipynb": {},
    "04-keras-3-walkthrough.ipynb": {"baseline-fit": 5, "hidden-fit": 5, "relu-fit": 5, "adam": 5},
    "05-first-network-mnist.ipynb": {"fit": 5},
    "06-imdb-reviews.ipynb": {"fit": 20, "retrain": 4},
    "07-reuters-newswires.ipynb": {"fit": 20, "retrain": 9},
    "08-boston-housing.ipynb": {},
    "09-layers-losses-metrics.ipynb": {"custom": 5, "fit": 5},
    "10-regularizing.ipynb": {"callbacks": 5},
    "11-convolutions.ipynb": {"fit": 4},
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that has tskeras as an installed package, and Jupyter's data folder with tslab's kernel in it."""
    node = shutil.which("node")
    tslab = ROOT / "node_modules" / "tslab" / "bin" / "tslab"
    spec = {
        "argv": [node, str(tslab), "kernel", "--config-path={connection_file}"],
        "display_name": "TypeScript (tslab)",
        "language": "typescript",
    }
    specs = tmp_path / "jupyter" / "kernels" / "tslab"
    specs.mkdir(parents=True)
    (specs / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    packages = tmp_path / "node_modules"
    packages.mkdir()
    (packages / "tskeras").symlink_to(ROOT, target_is_directory=True)
    return tmp_path


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.long] if name in LONG else []) for name in ANYWHERE]
)
def test_runs_in_stock_tslab(name: str, folder: Path) -> None:
    notebook = folder / "notebook.ipynb"
    shutil.copyfile(NOTEBOOKS[name], notebook)
    executed = run_notebook(notebook, kernel_name="tslab", timeout=900)
    for output in (output for cell in executed.cells for output in cell.get("outputs", []) if is_picture(output)):
        output.data.setdefault("text/plain", legend(output.data.get(VEGA, {})))
    check_claims(name, executed)
    cells = {cell.id: cell for cell in executed.cells}
    for cell, mime in PICTURES[name].items():
        (shown,) = [output.data for output in cells[cell].outputs if is_picture(output)]
        assert mime in shown, f"{name}, cell {cell}: {list(shown)}"
        check_picture(shown[mime], mime)
    for cell, epochs in PROGRESS[name].items():
        text = text_of(cells[cell])
        assert f"Epoch {epochs}/" in text and text.count("loss: ") >= epochs, f"{name}, cell {cell}: {text!r}"
    unexpected = {cell.id for cell in executed.cells if any(is_picture(output) for output in cell.get("outputs", []))}
    assert unexpected == set(PICTURES[name])


def is_picture(output: NotebookNode) -> bool:
    return bool({VEGA, PNG, HTML}.intersection(output.get("data", {})))


def legend(chart: dict) -> str:
    """The names in a chart: tslab sends one type at a time, so that there is no text beside it."""
    colors = [layer.get("encoding", {}).get("color", {}) for layer in chart.get("layer", [])]
    return "".join(f"({', '.join(map(str, color['scale']['domain']))})" for color in colors if "scale" in color)


def check_picture(shown: object, mime: str) -> None:
    if mime == PNG:
        assert base64.b64decode(str(shown)).startswith(b"\x89PNG")
    elif mime == VEGA:
        assert isinstance(shown, dict) and shown["$schema"].endswith("v5.json")
    else:
        assert "<td" in str(shown) or "<pre" in str(shown)
