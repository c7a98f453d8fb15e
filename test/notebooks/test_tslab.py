"""The library also runs in a stock tslab kernel: notebook 01, unmodified, with its charts and its progress."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from notebooks import NOTEBOOKS, ROOT, run_notebook, text_of


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


def test_notebook_01_runs_in_stock_tslab(folder: Path) -> None:
    notebook = folder / "01.ipynb"
    shutil.copyfile(NOTEBOOKS["01-two-layers.ipynb"], notebook)
    executed = run_notebook(notebook, kernel_name="tslab", timeout=900)
    cells = {cell.id: cell for cell in executed.cells}
    pictures = [output for output in cells["look"].outputs if "image/png" in output.get("data", {})]
    assert len(pictures) == 1
    assert "Total params: 79,510" in text_of(cells["model"])
    assert "Epoch 5/5" in text_of(cells["compile"])
