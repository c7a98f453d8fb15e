"""Trains a workload with Python's Keras, on the backend that KERAS_BACKEND names."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from data import load, serve  # noqa: E402

import keras  # noqa: E402


def layer(kind, *arguments):
    layers = keras.layers
    if kind == "dense":
        return layers.Dense(arguments[0], activation=arguments[1])
    if kind == "conv":
        return layers.Conv2D(arguments[0], 3, activation="relu", padding="same")
    return {"pool": lambda: layers.MaxPooling2D(2), "flatten": layers.Flatten, "dropout": layers.Dropout}[kind](*arguments)


def prepare(workload):
    x, y = load(workload)
    model = keras.Sequential([keras.layers.Input(x.shape[1:]), *(layer(*each) for each in workload["layers"])])
    model.compile(optimizer=workload["optimizer"], loss=workload["loss"], metrics=[workload["metric"]])
    return lambda: model.fit(x, y, batch_size=workload["batchSize"], epochs=1, verbose=0)


serve(prepare)
