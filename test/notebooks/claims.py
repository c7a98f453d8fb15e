"""What the notebooks promise of their outputs."""

from __future__ import annotations

import re

from nbformat import NotebookNode

from notebooks import text_of

# What `evaluate` gives: [ loss, accuracy ].
LOSS = r"\[\s*([\d.]+),"
ACCURACY = r",\s*([\d.]+)\s*\]"

# What the text of the notebooks says about their outputs: cell, pattern of a number in its output, least, greatest.
# Those of 05-07 hold for the generated data that the tests run them on.
CLAIMS = {
    "00-tour.ipynb": [
        ("tensors", r"(\[\[13\.5 23\.5 33\.5\])", None, None),
        ("evaluate", LOSS, 0.30, 0.37),
        ("evaluate", ACCURACY, 0.865, 0.89),
    ],
    "01-two-layers.ipynb": [
        ("targets", r"\[(9 0 0 3 0 2 7 2 5 5)\]", None, None),
        ("model", r"Total params: (79,510)", None, None),
        ("evaluate", LOSS, 0.30, 0.40),
        ("evaluate", ACCURACY, 0.86, 0.89),
    ],
    "02-relu-and-flatten.ipynb": [
        ("evaluate", LOSS, 0.33, 0.45),
        ("evaluate", ACCURACY, 0.86, 0.89),
    ],
    "03-comparing-optimizers.ipynb": [
        ("watch", r"\((SGD, SGD, learning rate 0\.1, momentum, Nesterov momentum, Adagrad, RMSprop, Adam)\)", None, None),
        ("watch", LOSS, 0.31, 0.38),
        ("watch", ACCURACY, 0.87, 0.89),
        ("table", r"SGD  +([\d.]+)", 0.83, 0.87),
        ("table", r"SGD, learning rate 0\.1 +([\d.]+)", 0.86, 0.89),
        ("table", r"Adagrad +([\d.]+)", 0.60, 0.80),
        ("edit", r"Adam, (mine)\)", None, None),
    ],
    "04-keras-3-walkthrough.ipynb": [
        ("targets", r"\[(9 0 0 3 0 2 7 2 5 5)\]", None, None),
        ("baseline-evaluate", LOSS, 0.42, 0.52),
        ("baseline-evaluate", ACCURACY, 0.82, 0.86),
        ("hidden", r"Total params: (79,510)", None, None),
        ("hidden-fit", r"accuracy: ([\d.]+) - loss: [\d.]+\s*$", 0.865, 0.885),
        ("relu-evaluate", ACCURACY, 0.86, 0.89),
        ("sgd", r"(0\.01)", None, None),
        ("adam-evaluate", LOSS, 0.31, 0.38),
        ("adam-evaluate", ACCURACY, 0.865, 0.89),
    ],
    "05-first-network-mnist.ipynb": [
        ("network", r"Total params: (407,050)", None, None),
        ("evaluate", r"test_acc: ([\d.]+)", 0.96, 1),
        ("matrix", r"\[ 2, \[ 3, 5 \], '(float32)' \]", None, None),
        ("gradient", r"\[(2\. 4\. 6\.)\]", None, None),
    ],
    "06-imdb-reviews.ipynb": [
        ("model", r"Total params: (160,305)", None, None),
        ("vectorise-small", r"\[(0\. 1\. 0\. 1\. 1\. 0\.)\]", None, None),
        ("retrain", ACCURACY, 0.85, 1),
    ],
    "07-reuters-newswires.ipynb": [
        ("model", r"Total params: (647,214)", None, None),
        ("fit", r"val_accuracy: ([\d.]+) - val_loss: [\d.]+\s*$", 0.65, 1),
        ("chance", r"([\d.]+)", 0.05, 0.3),
        ("predict", r"sum of the first row: (1\.000)", None, None),
    ],
    "08-boston-housing.ipynb": [
        ("data", r"\[ (404, 13) \]", None, None),
        ("folds", r"fold 1: MAE ([\d.]+)", 1.7, 2.6),
        ("folds", r"fold 4: MAE ([\d.]+)", 2.0, 3.1),
        ("folds", r"average: ([\d.]+)", 2.1, 2.7),
        ("final", r"([\d.]+)", 2.3, 3.2),
    ],
    "09-layers-losses-metrics.ipynb": [
        ("hand-step", r"at the 40th: ([\d.]+)", 0.01, 0.05),
        ("hand-line", r"right: ([\d.]+) %", 99, 100),
        ("validation", r"(\[ 1400, 2 \] \[ 600, 2 \])", None, None),
        ("fit", r"- binary_accuracy: ([\d.]+) - loss: [\d.]+ - val_\w+: [\d.]+ - val_loss: [\d.]+\s*$", 0.9, 1),
    ],
    "10-regularizing.ipynb": [
        ("overfit", r"validation loss: ([\d.]+)", 0.33, 0.6),
        ("overfit", r"lowest validation loss was ([\d.]+)", 0.29, 0.35),
        ("stopped", r"epochs run: (\d+)", 5, 20),
        ("evaluate", ACCURACY, 0.87, 0.9),
        ("reload", ACCURACY, 0.87, 0.9),
        ("answers", r"([\d.]+)", 0.87, 0.9),
    ],
    "11-convolutions.ipynb": [
        ("model", r"Total params: (333,526)", None, None),
        ("evaluate", ACCURACY, 0.9, 0.93),
        ("test", ACCURACY, 0.89, 0.93),
    ],
    "12-a-slider-for-the-learning-rate.ipynb": [
        ("slider", r"(widget \{\"value\":0\.3\})", None, None),
        ("rates", r"^((?:0\.30 ?){20})\n", None, None),
        ("rates", r"validation loss: .* ([\d.]+)\s*$", 0.36, 0.55),
        ("settled", r"learning rate: (0\.0100)", None, None),
        ("settled", r"validation loss: .* ([\d.]+)\s*$", 0.31, 0.36),
        ("stop", r"(epochs: 5, presses: 0)", None, None),
    ],
}


def check_claims(name: str, executed: NotebookNode) -> None:
    cells = {cell.id: cell for cell in executed.cells}
    for cell, pattern, least, greatest in CLAIMS[name]:
        text = text_of(cells[cell])
        found = re.search(pattern, text)
        assert found, f"{name}, cell {cell}: {pattern} not in {text!r}"
        if least is not None:
            assert least <= float(found[1]) <= greatest, f"{name}, cell {cell}: {text!r}"
