"""Writes keras_rows.json: what Keras's own loaders make of the generated data sets.

    node dist/test/helpers/make_datasets.js FOLDER
    KERAS_BACKEND=jax python test/datasets/keras_rows.py FOLDER
"""

import importlib
import json
import sys
import tarfile
import tempfile
from pathlib import Path

import keras
import numpy as np
from keras.src.datasets.cifar import load_batch

FOLDER = Path(sys.argv[1])


def load(name, options):
    module = importlib.import_module(f"keras.src.datasets.{name}")
    module.get_file = lambda *_, origin, **__: str(FOLDER / Path(origin).name)
    return module.load_data(**options)


def texts(rows, labels):
    return {
        "count": len(rows),
        "words": sum(len(row) for row in rows),
        "sum": int(sum(sum(row) for row in rows)),
        "first": [list(map(int, row)) for row in rows[:2]],
        "last": list(map(int, rows[-1])),
        "labels": list(map(int, labels[:20])),
    }


def array(x):
    return {
        "shape": list(x.shape),
        "mean": float(x.astype("float64").mean()) if len(x) else 0,
        "first": x.ravel()[:16].tolist(),
        "last": x.ravel()[-4:].tolist(),
    }


def cifar(archive, inner, train, test, label):
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(FOLDER / archive) as tar:
            tar.extractall(folder, filter="data")
        for names in (train, [test]):
            parts = [load_batch(str(Path(folder, inner, name)), label_key=label) for name in names]
            x = np.concatenate([part[0] for part in parts]).transpose(0, 2, 3, 1)
            yield x, np.concatenate([np.array(part[1]) for part in parts]).reshape(-1, 1)


TEXTS = [
    ("imdb", {}),
    ("imdb", {"num_words": 5000}),
    ("imdb", {"num_words": 1000, "skip_top": 20, "maxlen": 40, "seed": 7}),
    ("imdb", {"start_char": None, "index_from": 0}),
    ("imdb", {"start_char": 5, "oov_char": None, "num_words": 800, "index_from": 10}),
    ("reuters", {}),
    ("reuters", {"num_words": 5000, "test_split": 0.3}),
    ("reuters", {"maxlen": 30, "oov_char": None, "skip_top": 50, "num_words": 300}),
    ("reuters", {"start_char": None, "index_from": 0, "seed": 3}),
]
ARRAYS = [
    ("mnist", {}),
    ("california_housing", {}),
    ("california_housing", {"version": "small"}),
    ("california_housing", {"test_split": 0.35, "seed": 9}),
    ("boston_housing", {}),
    ("boston_housing", {"seed": 1, "test_split": 0.5}),
    ("boston_housing", {"test_split": 0.0}),
]
TEN = ("cifar-10-python.tar.gz", "cifar-10-batches-py", [f"data_batch_{i}" for i in range(1, 6)], "test_batch")
HUNDRED = ("cifar-100-python.tar.gz", "cifar-100-python", ["train"], "test")

cases = []
for name, options in TEXTS:
    train, test = load(name, options)
    cases.append({"data": name, "options": options, "train": texts(*train), "test": texts(*test)})
sets = [(name, options, load(name, options)) for name, options in ARRAYS]
sets.append(("cifar10", {}, cifar(*TEN, "labels")))
sets += [("cifar100", {"label_mode": mode}, cifar(*HUNDRED, f"{mode}_labels")) for mode in ("fine", "coarse")]
for name, options, parts in sets:
    (x, y), (x_test, y_test) = parts
    arrays = {"train": [array(x), array(y)], "test": [array(x_test), array(y_test)]}
    cases.append({"data": name, "options": options, **arrays})
made_with = {"keras": keras.__version__, "numpy": np.__version__}
target = Path(__file__).with_suffix(".json")
target.write_text(json.dumps({"made_with": made_with, "cases": cases}) + "\n")
