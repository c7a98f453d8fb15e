"""The Python half of the saving tests: real Keras writes models, and reads those that were written here.

`make DIR` writes CASE.keras and CASE.json (inputs and what Keras computes from them) for every case below.
`check DIR` loads every *.ts.keras, compares it with the numbers in its .json, and writes results.json.
"""

import json
import os
import sys
import traceback
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "jax")

import keras
import numpy as np
from keras import layers, losses, ops, optimizers

from keras_cases import COMPILED, LAYERS, OPTIMIZERS

rng = np.random.RandomState(7)
EPOCHS, BATCH = 2, 4


def data(shape, rows=12):
    return rng.uniform(-1, 1, (rows, *shape)).astype("float32")


def numbers(value):
    return [numbers(each) for each in value] if isinstance(value, (list, tuple)) else np.asarray(value).tolist()


def outputs(model, x):
    for layer in model.layers:
        if getattr(layer, "stateful", False):
            layer.reset_state()
    result = model(x if isinstance(x, list) else x, training=False)
    return numbers(result if isinstance(result, (list, tuple)) else [result])


def shuffled(model):
    """Weights that no initializer gives, so that one left out shows."""
    model.set_weights([rng.uniform(0.2, 0.9, w.shape).astype(w.dtype) for w in model.get_weights()])
    return model


def write(folder, name, model, x, y=None, evaluate=False, train=False):
    """Saves a model with what it computes, and with what it computes after more training."""
    case = {"x": numbers(x), "lists": isinstance(x, list), "outputs": outputs(model, x)}
    if y is not None:
        case["y"] = numbers(y)
    if train:
        model.fit(x, y, epochs=EPOCHS, batch_size=BATCH, shuffle=False, verbose=0)
        case["outputs"] = outputs(model, x)
    model.save(folder / f"{name}.keras")
    model.save_weights(folder / f"{name}.weights.h5")
    if evaluate:
        case["evaluation"] = numbers(model.evaluate(x, y, verbose=0, batch_size=BATCH))
    if train:
        model.fit(x, y, epochs=EPOCHS, batch_size=BATCH, shuffle=False, verbose=0)
        case["continued"] = outputs(model, x)
    (folder / f"{name}.json").write_text(json.dumps(case))


def make_layers(folder):
    for i, (make, shape) in enumerate(LAYERS):
        layer = make()
        shapes = shape if isinstance(shape, list) else [shape]
        inputs = [keras.Input(s) for s in shapes]
        x = [data(s, 3) for s in shapes]
        if len(inputs) > 1:
            model = keras.Model(inputs, layer(inputs))
        else:
            model = keras.Sequential([inputs[0], layer])
            x = x[0]
        if isinstance(layer, layers.Normalization) and layer.input_mean is None:
            layer.adapt(x)
        elif model.weights:
            shuffled(model)
        write(folder, f"layer-{i:02}-{type(layer).__name__}", model, x)


def make_models(folder):
    y3 = np.eye(3, dtype="float32")[rng.randint(0, 3, 12)]
    labels = y3.argmax(-1).astype("int32")

    mlp = keras.Sequential([layers.Input((6,)), layers.Dense(8, "relu"), layers.Dense(3, "softmax", name="out")], name="mlp")
    mlp.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    write(folder, "model-mlp", mlp, data((6,)), labels, evaluate=True, train=True)

    cnn = keras.Sequential(
        [
            layers.Input((8, 8, 1)),
            layers.Conv2D(4, 3, activation="relu", padding="same", kernel_regularizer="l2"),
            layers.BatchNormalization(),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(3, activation="softmax"),
        ]
    )
    cnn.compile("rmsprop", "categorical_crossentropy", metrics=["accuracy"])
    write(folder, "model-cnn", cnn, data((8, 8, 1)), y3, evaluate=True, train=True)

    lazy = keras.Sequential([layers.Dense(4, activation="tanh"), layers.Dropout(0.5), layers.Dense(1)])
    lazy(data((5,)))
    write(folder, "model-lazy", lazy, data((5,)))

    a, b = keras.Input((4,), name="a"), keras.Input((3,), name="b")
    shared = layers.Dense(5, activation="relu", name="z_shared")
    merged = layers.concatenate([shared(a), b])
    merged = layers.Dropout(0.0)(merged, training=False)
    left = layers.Dense(1, name="left")(merged)
    right = layers.Dense(2, name="right")(layers.Dense(4, name="a_before")(merged))
    two = keras.Model([a, b], [left, right])
    two.compile(
        optimizers.SGD(0.05),
        loss={"left": "mse", "right": losses.Huber()},
        metrics={"left": ["mae"]},
        loss_weights={"left": 0.5, "right": 1.0},
    )
    write(folder, "model-two", two, [data((4,)), data((3,))], [data((1,)), data((2,))], evaluate=True, train=True)

    p, q = keras.Input((4,)), keras.Input((4,))
    twin = keras.Sequential([layers.Input((4,)), layers.Dense(3, activation="tanh"), layers.Dense(2)], name="twin")
    inner_in = keras.Input((2,))
    inner = keras.Model(inner_in, layers.Add()([inner_in, layers.Dense(2)(inner_in)]), name="inner")
    joined = layers.Multiply()([inner(twin(p)), inner(twin(q))])
    siamese = keras.Model({"p": p, "q": q}, layers.Dense(1)(joined))
    siamese = keras.Model([p, q], siamese.output)
    siamese.compile("adam", "mse")
    write(folder, "model-nested", siamese, [data((4,)), data((4,))], data((1,)), train=True)

    words = keras.Sequential(
        [
            layers.Input((5,), dtype="int32"),
            layers.Embedding(10, 4),
            layers.Bidirectional(layers.LSTM(3, return_sequences=True)),
            layers.SimpleRNN(3, return_sequences=True),
            layers.GRU(2),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    words.compile("rmsprop", "binary_crossentropy", metrics=["accuracy"])
    x = rng.randint(0, 10, (12, 5)).astype("int32")
    write(folder, "model-words", words, x, (labels[:, None] > 0).astype("float32"), evaluate=True, train=True)

    # Sentences of different lengths, padded with zeros at the end, at the start, and one that is all padding.
    x = rng.randint(1, 10, (12, 5)).astype("int32")
    for row, length in enumerate(rng.randint(0, 5, 12)):
        x[row, length:] = 0
    x[3, :2], x[4] = 0, 0
    masked = keras.Sequential(
        [
            layers.Input((5,), dtype="int32"),
            layers.Embedding(10, 4, mask_zero=True),
            layers.Bidirectional(layers.LSTM(3, return_sequences=True)),
            layers.Dropout(0.0),
            layers.SimpleRNN(3, return_sequences=True, go_backwards=True),
            layers.LayerNormalization(),
            layers.Bidirectional(layers.GRU(2), merge_mode="sum"),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    masked.compile("rmsprop", "binary_crossentropy", metrics=["accuracy"])
    write(folder, "model-masked", masked, x, (labels[:, None] > 0).astype("float32"), evaluate=True, train=True)

    steps = keras.Sequential(
        [
            layers.Input((5,), dtype="int32"),
            layers.Embedding(10, 4, mask_zero=True),
            layers.LSTM(3, return_sequences=True, zero_output_for_mask=True),
            layers.BatchNormalization(momentum=0.5),
            layers.Activation("tanh"),
            layers.TimeDistributed(layers.Dense(3, activation="softmax")),
        ]
    )
    steps.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy", "sparse_categorical_crossentropy"])
    write(folder, "model-masked-steps", steps, x, rng.randint(0, 3, (12, 5)).astype("int32"), evaluate=True, train=True)

    words, numbers_in = keras.Input((5,), dtype="int32"), keras.Input((5, 2))
    embedded = layers.Embedding(10, 4, mask_zero=True)(words)
    measured = layers.Dense(4)(layers.Masking(0.5)(numbers_in))
    both = layers.Add()([embedded, measured])
    mean = layers.GlobalAveragePooling1D()(both)
    last = layers.GRU(3)(layers.Concatenate()([embedded, measured]))
    flat = layers.Dense(2)(layers.Flatten()(both))
    masks = keras.Model([words, numbers_in], layers.Concatenate()([mean, last, flat]))
    masks.compile("sgd", "mse")
    x2 = data((5, 2))
    x2[2:5, 1:3], x2[3, 1:] = 0.5, 0.5
    x1 = np.maximum(x, 0)
    x1[:, 0] = 1
    write(folder, "model-masks", masks, [x1, x2], data((9,)), evaluate=True, train=True)

    p, q, ids = keras.Input((4,)), keras.Input((2, 3)), keras.Input((5,), dtype="int32")
    parts = ops.split(ops.concatenate([ops.relu(p), 2.0 - p], axis=-1), 2, axis=1)
    mean, variance = ops.moments(q, axes=[1])
    flat = [
        ops.where(p > 0.1, p, ops.exp(p)),
        parts[1] @ ops.ones((4, 2)),
        ops.expand_dims(ops.mean(q, axis=(1, 2)), -1),
        mean,
        variance,
        q[:, -1, ::2],
        q[..., 0],
        ops.reshape(ops.one_hot(ids, 3), (-1, 15)),
        ops.einsum("bij,bk->bjk", q, p)[:, :, 1],
        ops.squeeze(ops.max(q, axis=1, keepdims=True), 1),
        ops.clip(ops.sum(ops.square(p), axis=-1, keepdims=True), 0.2, 1.5),
        ops.reshape(ops.pad(q, [[0, 0], [1, 0], [0, 2]], constant_values=3.0), (-1, 15)),
        ops.softmax(ops.take(p, [2, 0], axis=1), axis=-1) * np.array([[1.0, 2.0]], "float32"),
        ops.reshape(ops.transpose(ops.stack([q, ops.abs(q)], axis=1), (0, 2, 1, 3)), (-1, 12)),
        ops.cast(ops.argmax(p, axis=1, keepdims=True), "float32"),
        ops.cumsum(ops.flip(p, axis=1), axis=1),
        ops.leaky_relu(ops.std(q, axis=1), negative_slope=0.3),
    ]
    every = keras.Model([p, q, ids], layers.Dense(2)(ops.concatenate(flat, axis=1)))
    every.compile("sgd", "mse")
    inputs = [data((4,)), data((2, 3)), rng.randint(0, 3, (12, 5)).astype("int32")]
    write(folder, "model-operations", shuffled(every), inputs, data((2,)), evaluate=True, train=True)

    stateful = keras.Sequential(
        [
            layers.Input(batch_shape=(4, 5, 2)),
            layers.LSTM(3, stateful=True, return_sequences=True),
            layers.GRU(2, stateful=True),
        ]
    )
    write(folder, "model-stateful", shuffled(stateful), data((5, 2), 4))

    source, target = keras.Input((4, 2)), keras.Input((3, 2))
    _, h, c = layers.LSTM(3, return_state=True)(source)
    decoded = layers.LSTM(3, return_sequences=True)(target, initial_state=[h, c])
    seq2seq = keras.Model([source, target], layers.Dense(1)(decoded))
    write(folder, "model-seq2seq", shuffled(seq2seq), [data((4, 2)), data((3, 2))])

    frozen = keras.Sequential([layers.Input((4,)), layers.Dense(3), layers.Dense(1)])
    frozen.layers[0].trainable = False
    frozen.compile("adam", "mse")
    write(folder, "model-frozen", frozen, data((4,)), data((1,)), train=True)


def make_compiled(folder):
    x = data((5,))
    sparse = rng.randint(0, 3, 12).astype("int32")
    targets = {"one-hot": np.eye(3, dtype="float32")[sparse], "sparse": sparse, "plain": np.abs(data((3,)))}
    for name, make in OPTIMIZERS.items():
        model = keras.Sequential([layers.Input((5,)), layers.Dense(4, activation="tanh"), layers.Dense(3)])
        model.compile(make(), "mse")
        write(folder, f"optimizer-{name}", model, x, targets["plain"], train=True)
    for i, (loss, kind, made) in enumerate(COMPILED):
        model = keras.Sequential([layers.Input((5,)), layers.Dense(3, activation="softmax")])
        model.compile("sgd", loss(), metrics=made())
        named = loss()
        name = named if isinstance(named, str) else getattr(named, "__name__", type(named).__name__)
        write(folder, f"loss-{i:02}-{name}", model, x, targets[kind], evaluate=True)


def close(found, expected, what):
    for f, e in zip(found, expected, strict=True):
        np.testing.assert_allclose(np.asarray(f), np.asarray(e), rtol=1e-4, atol=1e-5, err_msg=what)


@keras.saving.register_keras_serializable()
class Scale(layers.Layer):
    def __init__(self, start_value=1.0, **options):
        super().__init__(**options)
        self.start_value = start_value

    def build(self, shape):
        self.factor = self.add_weight(shape=(shape[-1],), name="factor")

    def call(self, x):
        return x * self.factor


def my_loss(y_true, y_pred):
    return keras.ops.mean(keras.ops.square(y_true - y_pred), -1)


def check(folder):
    results = {}
    for path in sorted(folder.glob("*.ts.keras")):
        name = path.name.removesuffix(".ts.keras")
        try:
            case = json.loads((folder / f"{name}.json").read_text())
            model = keras.saving.load_model(path, custom_objects={"Scale": Scale, "my_loss": my_loss})
            arrays = [np.array(each) for each in case["x"]] if case["lists"] else np.array(case["x"])
            close(outputs(model, arrays), case["outputs"], "predictions")
            y = case.get("y")
            if y is not None:
                y = [np.array(each) for each in y] if case["lists"] and len(model.outputs) > 1 else np.array(y)
            if "evaluation" in case:
                found = model.evaluate(arrays, y, verbose=0, batch_size=BATCH)
                close(np.ravel(found), np.ravel(case["evaluation"]), "evaluation")
            if "continued" in case:
                model.fit(arrays, y, epochs=EPOCHS, batch_size=BATCH, shuffle=False, verbose=0)
                close(outputs(model, arrays), case["continued"], "predictions after more training")
            weights = folder / f"{name}.ts.weights.h5"
            if weights.exists():
                model.load_weights(weights)
                close(outputs(model, arrays), case["outputs"], "predictions with the weights of .weights.h5")
            results[name] = "ok"
        except Exception:
            results[name] = traceback.format_exc()
    (folder / "results.json").write_text(json.dumps(results))


if __name__ == "__main__":
    command, folder = sys.argv[1], Path(sys.argv[2])
    if command == "make":
        keras.utils.set_random_seed(1)
        make_layers(folder)
        make_models(folder)
        make_compiled(folder)
    else:
        check(folder)
