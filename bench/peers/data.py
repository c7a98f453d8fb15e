"""What the Python peers have in common: the data of a workload, and the lines that go in and out."""

import gzip
import json
import os
import resource
import sys
import time

import numpy as np

folder = sys.argv[1]
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # what libraries print is no answer


def load(workload):
    """The arrays, made as a tutorial makes them: pixels divided by 255, words set to one in a matrix of zeros."""
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
        x = np.zeros((rows, 10000), "float32")
        for row in x:
            row[random.randint(0, 10000, 200)] = 1
        return x, random.randint(0, 2, rows).astype("float32")
    return random.randn(rows, 13).astype("float32"), random.randn(rows).astype("float32")


def answer(message):
    print(json.dumps(message), file=answers, flush=True)


def serve(prepare):
    """Answers a line `{"workload": …}` with `{"seconds": …, "first": …, "peak": …}`: the time of one `fit` over one epoch, of
    the very first with tracing and compilation, and the process's peak memory in MB. `prepare` makes the `fit` of a workload."""
    answer({"ready": True})
    fit = first = None
    for line in sys.stdin:
        if fit is None:
            fit = prepare(json.loads(line)["workload"])
            start = time.perf_counter()
            fit()
            first = time.perf_counter() - start
        start = time.perf_counter()
        fit()
        seconds = time.perf_counter() - start
        unit = 2**20 if sys.platform == "darwin" else 2**10
        answer({"seconds": seconds, "first": first, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit})
