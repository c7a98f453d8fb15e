"""What the counterparts of the notebooks share. Charts are left out; everything else is done as in the notebook."""

import importlib
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402
import numpy as np  # noqa: E402
from sklearn.model_selection import train_test_split  # noqa: E402

CLASSIFIER = {"loss": "sparse_categorical_crossentropy", "metrics": ["accuracy"]}


def module(name):
    """Keras's own loader on the files in $TSKERAS_DATASETS, whose checksums it does not know where they are generated."""
    loader = importlib.import_module(f"keras.src.datasets.{name}")
    folder = Path(os.environ["TSKERAS_DATASETS"])
    loader.get_file = lambda *_, origin, **__: str(folder / Path(origin).name)
    return loader


def load(name, **options):
    return module(name).load_data(**options)


def word_index(name):
    return module(name).get_word_index()


def vectorize_sequences(sequences, dimension=10000):
    results = np.zeros((len(sequences), dimension), "float32")
    for i, sequence in enumerate(sequences):
        results[i, sequence] = 1.0
    return results


def fashion_split(shape=(-1, 28, 28)):
    """Fashion-MNIST from Keras's cache, scaled and split: x_train, x_val, y_train, y_val."""
    (train_input, train_target), _ = keras.datasets.fashion_mnist.load_data()
    return train_test_split((train_input / 255.0).reshape(shape), train_target, test_size=0.2, random_state=42)


def dense_model(activation="relu", *before_output):
    return keras.Sequential(
        [
            keras.layers.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(100, activation=activation),
            *before_output,
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
