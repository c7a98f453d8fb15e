"""Measures one step of a notebook, without what comes before it: prints seconds."""

import sys
import time

from common import keras, load
from sklearn.model_selection import KFold


def loading():
    start = time.monotonic()
    keras.datasets.fashion_mnist.load_data()
    return time.monotonic() - start


def folds():
    (x, y), _ = load("boston_housing")
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    start = time.monotonic()
    for train, val in KFold(4).split(x):
        dense = [keras.layers.Dense(64, activation="relu") for _ in range(2)]
        model = keras.Sequential([keras.layers.Input((13,)), *dense, keras.layers.Dense(1)])
        model.compile(optimizer="rmsprop", loss="mse", metrics=["mae"])
        held = (x[val], y[val])
        model.fit(x[train], y[train], epochs=100, batch_size=16, verbose=0, validation_data=held)
        model.evaluate(*held, verbose=0)
    return time.monotonic() - start


print("seconds", {"loading": loading, "folds": folds}[sys.argv[1]]())
