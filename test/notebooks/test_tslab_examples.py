"""The example notebooks of tslab's documentation run in this kernel, as they are."""

from __future__ import annotations

import json
import os
import re
import shutil
import struct
import subprocess
from pathlib import Path

import nbformat
import numpy
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from notebooks import ROOT, plain, text_of

EXAMPLES = Path(__file__).parent / "tslab_examples"

# What the code cells give, from the first to the last: a pattern in their text, or an error's. What tslab itself refuses is
# refused here, too. Only a promise at the end of a cell differs: tslab shows it as pending, this kernel awaits it.
PROMISES = {
    "getting_started": [
        r"Hello, tslab!\nVersions: \{ tslab: '1\.0\.\d+', typescript: '[\d.]+', node: 'v[\d.]+' \}",
        r"^$",
        r"naiveFib\(40\) = 165580141",
        r"Hello, tslab!",
        r"Slept 5\d\d\[ms\]",
        r"^$",
        r"^$",
        r"Hello +Type +Script",
        r"^$",
        r"progress: 100%",
        r"\{ abc: 123, klm: 'hello' \}\n\{ x: 1, y: 2, z: 3 \}\narray = \[ 0, 4, 16, 36, 64 \]",
        r"Slept 5\d\d\[ms\]",
        r"obj\?\.x\?\.z == undefined\nx \?\? y \?\? z == 0",
    ],
    "getting_started_javascript": [
        r"Versions: \{ tslab",
        r"^$",
        r"naiveFib\(40\) = 165580141",
        r"Type 'string' is not assignable to type 'number'",
        # JavaScript that is no TypeScript, as its comment says.
        r"Property 'name' does not exist on type 'Hello'",
        r"Slept 5\d\d\[ms\]",
        r"^$",
        r"^$",
        r"Hello +Java +Script",
        r"^$",
        r"progress: 100%",
        r"Property 'abc' does not exist on type 'MyObj'",
        r"Slept 5\d\d\[ms\]",
        r"x \?\? y \?\? z == 0",
        r"\w",
        r"Type 'string' is not assignable to type 'number'",
        # A JSDoc comment gives a type in JavaScript only.
        r"Type 'string' is not assignable to type 'number'",
    ],
    "errors": [r"Type 'string' is not assignable to type 'number'"] * 2,
    "clean_notebooks": [r"^$"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """tslab's repository of examples, with a picture of ours."""
    notebooks = tmp_path / "notebooks"
    (notebooks / "images").mkdir(parents=True)
    for path in EXAMPLES.glob("*.ipynb"):
        shutil.copy(path, notebooks)
    draw = "const { data } = require('jpeg-js').encode({ width: 8, height: 8, data: Buffer.alloc(256, 128) });"
    jpeg = notebooks / "images" / "nodejs-new-pantone-black.jpg"
    node(f"{draw} require('fs').writeFileSync(process.argv[1], data);", jpeg)
    return notebooks


def node(script: str, *args: object) -> None:
    subprocess.run(["node", "-e", script, *map(str, args)], cwd=ROOT, check=True)


def run(path: Path, first: str = "") -> list[NotebookNode]:
    notebook = nbformat.read(path, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    cells[0].source = first + cells[0].source
    resources = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, kernel_name="tskeras", timeout=300, allow_errors=True, resources=resources).execute()
    return cells


def told(cell: NotebookNode) -> str:
    """What a cell gave, its error included."""
    errors = [output.evalue for output in cell.outputs if output.output_type == "error"]
    return plain("".join([text_of(cell), *errors]))


def data(cell: NotebookNode) -> list[dict[str, str]]:
    return [output.data for output in cell.outputs if "data" in output]


@pytest.mark.parametrize("name", PROMISES)
def test_runs(name: str, folder: Path) -> None:
    cells = run(folder / f"{name}.ipynb")
    for number, (cell, pattern) in enumerate(zip(cells, PROMISES[name], strict=True), 1):
        assert re.search(pattern, told(cell)), f"{name}, cell {number}: {pattern} not in {told(cell)!r}"
    if name.startswith("getting_started"):
        html, jpeg, moving = (data(cell) for cell in cells if data(cell) and "progress" in cell.source or "display." in cell.source)
        assert "text/html" in html[0] and jpeg[0]["image/jpeg"].startswith("/9j/")
        assert moving == [{"text/plain": "progress: 100%"}]


def test_javascript_runs_without_a_type_check(folder: Path) -> None:
    cells = run(folder / "getting_started_javascript.ipynb", "%typecheck off\n")
    assert [cell for cell in cells if any(output.output_type == "error" for output in cell.outputs)] == []
    assert re.search(r"\d+hello", told(cells[3])) and told(cells[4]) == "Hello, tslab in JavaScript\n"
    assert told(cells[-1]) == told(cells[-2]) == "123 hello\n"


def test_clean_notebooks_cleans(folder: Path) -> None:
    other = folder / "errors.ipynb"
    other.write_text(other.read_text().replace('"execution_count": null', '"execution_count": 7'))
    run(folder / "clean_notebooks.ipynb")
    assert all(cell.get("execution_count") is None for cell in json.loads(other.read_text())["cells"])


@pytest.mark.long
def test_tensorflow(folder: Path) -> None:
    """Needs tfjs-node with its native part, and Jimp; the MNIST that it would download is the tests' own."""
    native = ROOT / "build" / "native"
    make = "require('./dist/test/native_installation').nativeInstallation(process.argv[1])"
    node(make, native)
    packages = folder.parent / "node_modules"
    install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder.parent, "jimp@0.16.1"]
    subprocess.run(install, check=True)
    (packages / "@tensorflow").symlink_to(native / "node_modules" / "@tensorflow", target_is_directory=True)
    (folder.parent / "lib").mkdir()
    shutil.copy(EXAMPLES / "mnist.txt", folder.parent / "lib" / "mnist.ts")
    write_mnist(folder)
    *_, fit, _, some, wrong = run(folder / "tensorflow.ipynb")
    assert "Epoch 20 / 20" in told(fit)
    found = re.search(r"Loss = ([\d.]+); Accuracy = ([\d.]+)\n", told(fit))
    assert found and float(found[2]) > 0.95, told(fit)
    assert (folder / "mnist" / "weights.bin").exists()
    assert data(some)[0]["text/html"].count("<img") == 32
    assert "Prediction: " in data(wrong)[0]["text/html"] or float(found[2]) > 0.999


def write_mnist(folder: Path) -> None:
    """The generated digits in MNIST's own files, unpacked, in the shares that the example expects."""
    with numpy.load(Path(os.environ["TSKERAS_DATASETS"]) / "mnist.npz") as arrays:
        images = numpy.concatenate([arrays["x_train"], arrays["x_test"]])
        labels = numpy.concatenate([arrays["y_train"], arrays["y_test"]])
    for name, part in {"train": slice(0, 4500), "t10k": slice(4500, None)}.items():
        pixels, numbers = images[part].astype("uint8"), labels[part].astype("uint8")
        head = struct.pack(">IIII", 2051, len(pixels), 28, 28)
        (folder / f"{name}-images-idx3-ubyte").write_bytes(head + pixels.tobytes())
        (folder / f"{name}-labels-idx1-ubyte").write_bytes(struct.pack(">II", 2049, len(numbers)) + numbers.tobytes())
