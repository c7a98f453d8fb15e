"""Writes numpy_repr.json: how NumPy prints arrays. Run with NumPy >= 2.3: python numpy_repr.py"""

import json
import pathlib

import numpy as np

rng = np.random.default_rng(0)


def special():
    f = np.float32
    yield np.array([9, 0, 0, 3, 0, 2, 7, 2, 5, 5], "int32")
    yield np.array([-1, 10, 255], "int32")
    yield np.array(7, "int32")
    yield np.array([True, False])
    yield np.array(True)
    yield np.array(["티셔츠", "a"])
    for scalar in [0.1, 1, 1e-5, 0.0001, 1e8, 1e16, 999999, 1e6, 16777216, 123456.789, -0.0, 2.5e-38, 3.4e38, 0.33333334, float("nan"), float("inf")]:
        yield np.array(scalar, f)
    for row in [
        [0.1, 0.25, 1], [1, 2, 3], [0, 0], [-0.0, 1], [1e-5, 1.5], [1e6, 1], [999999, 1000], [1e8, 2], [1e-3, 1],
        [1e-3, 1.0001], [0.5, float("nan")], [float("inf"), -float("inf"), 1], [float("nan")] * 2, [-float("inf"), 2],
        [1 / 3, 2 / 3, 1], [1.1e-5, 1234.56], [16777216, 3], [0.00012345678, 0.1], [1e-30], [12345.678, 0.9], [-1.5, 2.25], [0.001953125, 0.5], [0.005859375, 1], [99999992, 1], [0.1, 123.456],
    ]:
        yield np.array(row, f)
    yield np.zeros((0,), f)
    yield np.zeros((0, 3), f)
    yield np.zeros((2, 2, 2), f)
    yield np.arange(24, dtype="int32").reshape(2, 3, 4)
    yield np.arange(16, dtype="int32").reshape(2, 2, 2, 2)
    yield np.arange(100, dtype="int32")
    yield np.arange(1000, dtype="int32").reshape(10, 100)
    yield (np.arange(60, dtype=f) / 7).reshape(3, 20)


def arrays():
    yield from special()
    for _ in range(120):
        shape = tuple(int(n) for n in rng.integers(1, 6, size=rng.integers(1, 4)))
        yield (rng.standard_normal(shape) * 10.0 ** rng.integers(-6, 8)).astype("float32")
    for _ in range(30):
        shape = tuple(int(n) for n in rng.integers(1, 7, size=2))
        yield (rng.integers(-999, 999, shape) / 10.0 ** rng.integers(0, 4)).astype("float32")
    for _ in range(20):
        yield rng.integers(-300, 70000, tuple(rng.integers(1, 30, size=2))).astype("int32")


def number(value):
    return value if isinstance(value, str) else str(value) if value != value or abs(value) == float("inf") else value


cases = [
    {
        "shape": list(a.shape),
        "dtype": {"b": "bool", "U": "string"}.get(a.dtype.kind, str(a.dtype)),
        "values": [number(v) for v in a.ravel().tolist()],
        "text": str(a),
    }
    for a in arrays()
]
# Long arrays are counted in steps, value = index * step: the file stays small.
long = [
    {"shape": shape, "dtype": dtype, "step": step, "text": str((np.arange(np.prod(shape)) * np.float32(step)).astype(dtype).reshape(shape))}
    for shape, dtype, step in [
        ([1001], "int32", 1),
        ([60000, 28], "int32", 1),
        ([7, 300], "float32", 0.5),
        ([3, 4, 200], "float32", 0.25),
        ([12, 28, 28], "int32", 1),
        ([2000, 10], "float32", 1),
        ([5, 1000], "float32", 1),
    ]
]
path = pathlib.Path(__file__).with_name("numpy_repr.json")
path.write_text(json.dumps({"numpy": np.__version__, "cases": cases, "long": long}, ensure_ascii=False) + "\n")
