"""What charts leave in a notebook that runs where nobody watches, in this kernel and in a stock tslab kernel."""

import base64
import json
import pathlib
import shutil

import nbclient
import pytest
from nbformat.v4 import new_code_cell, new_notebook

ROOT = pathlib.Path(__file__).parents[2]
VEGA = "application/vnd.vegalite.v5+json"
PLOTLY = "application/vnd.plotly.v1+json"

CELLS = [
    'import { compareHistories, imageGrid, keras, tf } from "tskeras";\n'
    "const sgd = { history: { loss: [0.9, 0.6], val_accuracy: [0.7, 0.8] } };",
    'imageGrid(tf.ones([3, 28, 28]), { cmap: "gray_r" })',
    "keras.charts.plotHistory(sgd)",
    "compareHistories({ SGD: sgd })",
    "keras.charts.table([{ optimizer: 'SGD', accuracy: 0.8 }])",
    "tf.tensor([[1, 2.5], [3, 4]])",
    'const model = keras.Sequential([keras.layers.Input([4]), keras.layers.Dense(1)]);\nmodel.compile({ loss: "mse" });\n'
    "await model.fit(tf.zeros([80, 4]), tf.zeros([80, 1]), { epochs: 3, verbose: 0, callbacks: [keras.callbacks.LiveChart()] });\n"
    "const done = true;",
]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A reader's project, where tskeras is installed as npm installs it."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "node_modules").mkdir()
    (folder / "node_modules" / "tskeras").symlink_to(ROOT)
    return folder


def run(kernel, folder):
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in CELLS])
    resources = {"metadata": {"path": str(folder)}}
    nbclient.NotebookClient(notebook, kernel_name=kernel, timeout=120, resources=resources).execute()
    return [[output.data for output in cell.outputs if "data" in output] for cell in notebook.cells]


def test_a_picture_goes_beside_each_chart(project, monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    _, grid, history, comparison, table, tensor, live = run("tskeras", project)
    assert [sorted(one) for one in grid] == [["image/png", "text/plain"]]
    assert [sorted(one) for one in history] == [[VEGA, "image/png", "text/plain"]]
    assert [sorted(one) for one in comparison] == [[PLOTLY, "image/png", "text/plain"]]
    assert [sorted(one) for one in table] == [["text/html", "text/plain"]]
    assert tensor[0]["text/plain"] == "[[1.  2.5]\n [3.  4. ]]\ntf.Tensor shape=[2,2] dtype=float32"
    assert [sorted(one) for one in live] == [[VEGA, "image/png", "text/plain"]]
    for output in [*grid, *history, *comparison, *live]:
        assert base64.b64decode(output["image/png"]).startswith(b"\x89PNG")


def test_a_stock_tslab_kernel_shows_figures(project, tmp_path, monkeypatch):
    spec = tmp_path / "kernels" / "stock-tslab"
    spec.mkdir(parents=True)
    argv = [shutil.which("node"), str(ROOT / "node_modules" / "tslab" / "bin" / "tslab"), "kernel"]
    argv.append("--config-path={connection_file}")
    (spec / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "tslab", "language": "typescript"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    _, grid, history, comparison, table, _, live = run("stock-tslab", project)
    assert [sorted(one) for one in grid] == [["image/png"]]
    assert [sorted(one) for one in history] == [[VEGA]]
    assert history[0][VEGA]["$schema"].endswith("v5.json")
    assert [sorted(one) for one in comparison] == [[VEGA]]
    assert [sorted(one) for one in table] == [["text/html"]]
    assert [sorted(one) for one in live] == [[VEGA]]
