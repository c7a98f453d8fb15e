"""Values of keras.ops, from Keras.

    pip install tensorflow-cpu && python keras_ops.py

writes keras_ops.json beside this file. Arguments are stored as the TypeScript call has them: tensors as {"x", "dtype"},
named arguments in camel case as an object at the end.
"""
import json, os
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import keras

rng = np.random.default_rng(11)
A = rng.normal(size=(3, 4)).astype("float32")
B = rng.normal(size=(4, 2)).astype("float32")
C = rng.normal(size=(2, 3, 4)).astype("float32")
P = rng.uniform(0.1, 0.9, size=(3, 4)).astype("float32")
R = (P / P.sum(-1, keepdims=True)).astype("float32")
I = np.array([[3, -1, 2], [0, 7, -5]], "int32")
V = np.array([2.5, -1.5, 0.5, 3.0], "float32")
W = np.array([1, 0, 2, 2], "int32")
cases = []


def camel(name):
    head, *tail = name.split("_")
    return head + "".join(t[:1].upper() + t[1:] for t in tail)


def stored(a):
    if isinstance(a, np.ndarray):
        return {"x": a.tolist(), "dtype": str(a.dtype)}
    if isinstance(a, tuple) and a and isinstance(a[0], np.ndarray):
        return [stored(e) for e in a]
    return a


def result(value):
    if isinstance(value, (tuple, list)) and value and not isinstance(value[0], int):
        return [result(v) for v in value]
    a = np.asarray(value)
    if a.dtype == bool or np.issubdtype(a.dtype, np.integer):
        return {"dtype": "bool" if a.dtype == bool else "int32", "shape": list(a.shape), "x": a.astype(int).tolist()}
    x = np.vectorize(lambda v: float(np.format_float_positional(v, 9, fractional=False)))(a.astype("float64")) if a.size else a
    return {"dtype": "float32", "shape": list(a.shape), "x": x.tolist()}


def add(op, *args, as_args=None, **named):
    """`as_args`: the TypeScript arguments, where they are not the Python ones."""
    value = getattr(keras.ops, op)(*args, **named)
    if as_args is None:
        as_args = [stored(a) for a in args] + ([{camel(k): stored(v) for k, v in named.items()}] if named else [])
    cases.append({"op": camel(op), "args": as_args, "value": result(value)})


for op in "abs negative sign square exp exp2 expm1 sin cos tan sinh cosh arctan arcsinh erf floor ceil round trunc reciprocal deg2rad rad2deg isfinite isnan".split():
    add(op, A)
for op in "sqrt rsqrt log log1p log2 log10 arcsin arccos arctanh".split():
    add(op, P)
for op in "abs negative sign square sqrt exp floor round mean std logical_not".split():
    add(op, np.abs(I) if op == "sqrt" else I)
for op in "add subtract multiply divide maximum minimum arctan2 logaddexp hypot greater less_equal divide_no_nan floor_divide mod".split():
    add(op, A, V)
for op in "add subtract multiply divide mod floor_divide equal not_equal".split():
    add(op, I, 2)
add("round", A, 2)
add("round", A, decimals=1, as_args=[stored(A), 1])
add("power", P, 3.0)
add("logical_and", A > 0, V > 0)
add("logical_xor", A > 0, V > 0)
add("clip", A, -0.5, 0.5)
add("isclose", A, A + 1e-6)
add("where", A > 0, A, 0.0)
for op in "sum prod max min mean var std logsumexp ptp median".split():
    add(op, C)
    add(op, C, 0)
    add(op, C, axis=-1, keepdims=True)
    add(op, C, axis=[0, 2])
add("count_nonzero", I)
add("count_nonzero", I, 0)
for op in ("all", "any"):
    add(op, A > 0, axis=0)
for op in ("argmax", "argmin"):
    add(op, C)
    add(op, C, -1)
    add(op, C, axis=1, keepdims=True)
for op in ("cumsum", "cumprod"):
    add(op, A)
    add(op, A, 1)
add("average", A, axis=0, weights=np.array([1, 2, 3], "float32"))
add("moments", A, [0], as_args=[stored(A), [0]])
add("arange", 5)
add("arange", 1, 2, 0.25)
add("linspace", 0, 1, 7)
add("eye", 3)
add("full", [2, 2], 7.0)
add("zeros_like", I)
add("tril", A)
add("triu", A, 1)
add("meshgrid", V, np.array([1.0, 2.0], "float32"))
add("reshape", A, [2, -1])
add("ravel", A)
add("transpose", C)
add("transpose", C, [1, 0, 2])
add("expand_dims", A, -1)
add("expand_dims", A, [0, 3])
add("squeeze", A[:, :1])
add("squeeze", A[:1, :1], 0)
add("swapaxes", C, 0, -1)
add("moveaxis", C, 0, -1)
add("broadcast_to", V, [2, 4])
add("concatenate", (A, A), -1)
add("stack", (A, A), -1)
add("vstack", (A, A))
add("hstack", (A, A))
add("append", A, A, 0)
add("split", A, 2, 1)
add("split", A, [1, 3], 1)
add("unstack", A, 4, 1)
add("tile", A, 2)
add("tile", V, [2, 2])
add("repeat", A, 2)
add("repeat", A, 2, 1)
add("flip", A)
add("flip", A, 1)
add("roll", A, 1)
add("roll", A, -2, 1)
add("pad", A, [[1, 0], [0, 2]])
add("pad", A, [[1, 0], [0, 2]], mode="reflect")
add("take", A, np.array([1, -1], "int32"), 1)
add("take", A, np.array([[0, 5]], "int32"))
add("take_along_axis", A, np.array([[0], [3], [-2]], "int32"), 1)
add("take_along_axis", A, np.array([[0, 1, 2, 0]], "int32"), 0)
add("slice", C, [0, 1, 1], [2, 1, 2])
add("scatter", np.array([[0], [2]], "int32"), np.array([5.0, 6.0], "float32"), [4])
add("scatter_update", V, np.array([[0], [2]], "int32"), np.array([5.0, 6.0], "float32"))
add("one_hot", W, 3)
add("one_hot", W, 3, axis=0)
add("sort", A)
add("sort", A, 0)
add("argsort", A)
add("argsort", C, 1)
add("argsort", W)
add("in_top_k", np.array([0, 1, 3], "int32"), A, 2)
add("bincount", W)
add("bincount", W, minlength=5)
add("segment_sum", A, np.array([0, 1, 0], "int32"), 2)
add("searchsorted", np.array([1.0, 2.0, 3.0], "float32"), V)
for args in ((A, B), (C, B), (V, B), (A, V), (V, V), (C, np.swapaxes(C, 1, 2))):
    add("matmul", *args)
add("dot", A, B)
add("dot", C, B)
add("tensordot", C, A, as_args=[stored(C), stored(A), 2])
add("einsum", "bij,jk->bik", C, B)
add("einsum", "bij,kj->bik", C, A)
add("einsum", "bij,bk->bjk", C, A[:2])
add("einsum", "...ij,jk->ik...", C, B)
add("einsum", "ij,jk,ki", A, B, np.ascontiguousarray(A[:, :2].T))
add("einsum", "bij->ji", C)
add("get_item", C, (0, slice(1, None), -1), as_args=[stored(C), "0, 1:, -1"])
add("outer", V, V)
add("diag", V)
add("diag", A)
add("trace", A)
add("norm", A)
add("norm", A, axis=-1, keepdims=True)
add("norm", A, ord=1, axis=0)
add("normalize", A)
for op in "relu sigmoid softplus softsign silu gelu elu selu tanh_shrink hard_sigmoid log_sigmoid".split():
    add(op, A)
add("softmax", A)
add("softmax", A, 0)
add("log_softmax", A)
add("binary_crossentropy", (A > 0).astype("float32"), P)
add("binary_crossentropy", (A > 0).astype("float32"), A, from_logits=True)
add("categorical_crossentropy", R, R[::-1].copy())
add("sparse_categorical_crossentropy", np.array([0, 3, 1], "int32"), R)
add("sparse_categorical_crossentropy", np.array([0, 3, 1], "int32"), A, from_logits=True)

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "keras_ops.json"), "w") as f:
    json.dump({"keras": keras.__version__, "cases": cases}, f, separators=(",", ":"))
    f.write("\n")
