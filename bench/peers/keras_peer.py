"""Trains the workloads with Python's Keras. Reads a line `{"name": ..., "workload": ..., "epochs": ...}`, answers with a line
`{"seconds": [...], "first": ...}`: each epoch's time, and the first `fit` of the workload with tracing and compilation."""

import gzip
import json
import os
import sys
import time

import numpy as np

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
folder = sys.argv[1]

answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # what libraries print is no answer

import keras  # noqa: E402


def data(workload):
    rows = workload["rows"]
    if workload["data"] == "fashion":
        with gzip.open(f"{folder}/train-images-idx3-ubyte.gz") as file:
            images = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 28, 28)
        with gzip.open(f"{folder}/train-labels-idx1-ubyte.gz") as file:
            labels = np.frombuffer(file.read(), np.uint8, offset=8)
        x = images[:rows].astype("float32") / 255
        return (x[..., None] if workload["layers"][0][0] == "conv" else x), labels[:rows]
    random = np.random.RandomState(1)
    if workload["data"] == "multiHot":
        return (random.rand(rows, 10000) < 0.02).astype("float32"), random.randint(0, 2, rows).astype("float32")
    return random.randn(rows, 13).astype("float32"), random.randn(rows).astype("float32")


def layer(kind, *arguments):
    layers = keras.layers
    if kind == "dense":
        return layers.Dense(arguments[0], activation=arguments[1])
    if kind == "conv":
        return layers.Conv2D(arguments[0], 3, activation="relu", padding="same")
    return {"pool": lambda: layers.MaxPooling2D(2), "flatten": layers.Flatten, "dropout": layers.Dropout}[kind](*arguments)


models = {}


def prepare(name, workload):
    x, y = data(workload)
    model = keras.Sequential([keras.layers.Input(x.shape[1:]), *(layer(*each) for each in workload["layers"])])
    model.compile(optimizer=workload["optimizer"], loss=workload["loss"], metrics=[workload["metric"]])
    fit = lambda: model.fit(x, y, batch_size=workload["batchSize"], epochs=1, verbose=0)  # noqa: E731
    start = time.perf_counter()
    fit()
    models[name] = fit, time.perf_counter() - start


for line in sys.stdin:
    request = json.loads(line)
    if request["name"] not in models:
        models.clear()
        prepare(request["name"], request["workload"])
    fit, first = models[request["name"]]
    seconds = []
    for _ in range(request["epochs"]):
        start = time.perf_counter()
        fit()
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"seconds": seconds, "first": first}), file=answers, flush=True)
