"""Writes numpy_arrays.json: archives by NumPy itself, in base64, and what they hold. Run with NumPy 1 and NumPy 2."""

import base64
import io
import json
import pickle
import sys
from pathlib import Path

import numpy as np


def ragged(rows):
    out = np.empty(len(rows), dtype=object)
    out[:] = rows
    return out


ARRAYS = {
    **{t: np.arange(6).reshape(2, 3).astype(t) for t in ("u1", "i1", "i2", "u2", "i4", "u4", "i8", "u8", "f4", "f8")},
    "b1": np.array([True, False]),
    "scalar": np.array(2.5),
    "empty": np.zeros((0, 3)),
    "lists": ragged([[1, 300], [70000, -5], []]),
    "mixed": ragged([[1, 2.5, None, True, "é", [2**40]], [{"a": 1}]]),
}


def plain(x):
    return [x.item()] if x.ndim == 0 else x.ravel().tolist()


target = Path(__file__).with_suffix(".json")
known = json.loads(target.read_text()) if target.exists() else {}
for compressed in (False, True):
    file = io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(file, **ARRAYS)
    expected = {name: {"shape": list(x.shape), "values": plain(x)} for name, x in ARRAYS.items()}
    name = f"NumPy {np.__version__}{', compressed' if compressed else ''}"
    known[name] = {"archive": base64.b64encode(file.getvalue()).decode(), "expected": expected}
for protocol in (3, 4):
    data = {"data": np.arange(4, dtype="u1"), "labels": [1, 2], "text": "é", "none": None, "pair": (1, 2.5), "big": 2**33}
    written = base64.b64encode(pickle.dumps(data, protocol)).decode()
    known[f"pickle {protocol} of NumPy {np.__version__}"] = {"pickle": written}
target.write_text(json.dumps(known) + "\n")
print(sys.version, np.__version__, list(known))
