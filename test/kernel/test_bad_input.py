"""Every mistake gives one clear error at the reader's line; the kernel lives, and every variable is still there."""

import pytest

from kernels import Kernel

SETUP = """
import { keras, tf, trainTestSplit } from "tskeras";
const kept = tf.tensor1d([1, 2, 3]);
const x = tf.ones([6, 4]), y = tf.tensor1d([0, 1, 2, 0, 1, 2], "int32");
const model = keras.Sequential([keras.layers.Input([4]), keras.layers.Dense(3, { activation: "softmax" })]);
model.compile({ loss: "sparse_categorical_crossentropy", metrics: "accuracy" });
"""


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notebook")
    datasets = folder / "keras" / "datasets"
    datasets.mkdir(parents=True)
    (datasets / "mnist.npz").write_bytes(b"PK\x03\x04 half of a download")
    # Nothing listens there: a file that is missing cannot be downloaded.
    kernel = Kernel(folder, {"KERAS_HOME": str(folder / "keras"), "TSKERAS_MIRROR": "http://127.0.0.1:9"})
    kernel.ok(SETUP)
    yield kernel
    kernel.stop()


# What is wrong, the cell, what the error says.
MISTAKES = {
    "fit before compile": ("await keras.Sequential([keras.layers.Dense(3)]).fit(x, y)", "Call model.compile("),
    "wrong shape": ("await model.fit(tf.ones([6, 5]), y)", "Expected data of shape (None, 4) for input"),
    "wrong shape, last expression": ("model.fit(tf.ones([6, 5]), y)", "but found (6, 5)"),
    "a single sample": ("await model.predict(tf.ones([4]))", "expandDims(0)"),
    "as many labels as rows": ("await model.fit(x, tf.zeros([5]))", "Expected as many rows in y as in x, but found 5 and 6"),
    "one-hot labels for the sparse loss": ("await model.fit(x, tf.oneHot(y, 3))", "For one-hot labels use categorical_crossentropy"),
    "integer labels for the dense loss": (
        'model.compile({ loss: "categorical_crossentropy" });\nawait model.fit(x, y)',
        "For integer labels use sparse_categorical_crossentropy, or toCategorical().",
    ),
    "a label out of range": (
        'model.compile({ loss: "sparse_categorical_crossentropy" });\nawait model.fit(x, y.add(tf.scalar(1, "int32")))',
        "Expected labels from 0 to 2",
    ),
    "a negative label": ("await model.fit(x, tf.fill([6], -1))", "but found -1 in row 0 of y"),
    "an unknown loss": ('model.compile({ loss: "sparse_categorical_crosentropy" })', "Did you mean '\"sparse_categorical_crossentropy\"'?"),
    "an unknown loss, unchecked": (
        'model.compile({ loss: "sparse_categorical_crosentropy" as any })',
        'Did you mean "sparse_categorical_crossentropy"?',
    ),
    "an unknown optimizer": ('model.compile({ optimizer: "adm", loss: "mse" })', 'Did you mean'),
    "an unknown metric": ('model.compile({ metrics: ["acuracy" as any], loss: "mse" });\nawait model.fit(x, y)', 'Did you mean "accuracy"?'),
    "an unknown activation": ('keras.layers.Dense(3, { activation: "rellu" as any })', 'Did you mean "relu"?'),
    "an unknown option": ("await model.fit(x, y, { ephocs: 5 })", "Did you mean to write 'epochs'?"),
    "an unknown option, unchecked": ("await model.fit(x, y, { ephocs: 5 } as object)", 'Did you mean "epochs"?'),
    "Python's spelling of an option": ("keras.optimizers.SGD({ learning_rate: 0.1 } as object)", 'Did you mean "learningRate"?'),
    "an unknown layer": ("keras.layers.Dens(3)", "Did you mean 'Dense'?"),
    "no data": ('model.compile({ loss: "mse" });\nawait model.fit(tf.zeros([0, 4]), tf.zeros([0, 3]))', "Expected at least one sample in x"),
    "NaN in the data": ("await model.fit(tf.fill([6, 4], NaN), tf.ones([6, 3]))", "found NaN in row 0"),
    "a split of data that do not belong together": ("trainTestSplit(x, y.slice(0, 5))", "same number of rows"),
    "shapes that do not fit": ("x.matMul(tf.ones([3, 3]))", "inner shapes (4) and (3)"),
    "a half-downloaded data file": ("await keras.datasets.mnist.loadData()", "mnist.npz"),
    "a syntax error": ("const a = ;", "Expression expected"),
    "a string thrown": ('throw "text"', "'text'"),
    "an object thrown": ("throw { code: 1 }", "code: 1"),
    "nothing thrown": ("throw undefined", "undefined"),
    "a rejection": ('await Promise.reject(new Error("no"))', "no"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_clear_error(session, mistake):
    code, message = MISTAKES[mistake]
    reply = session.run(code)
    assert reply.status == "error" and len(reply.of("error")) == 1
    assert message in reply.traceback
    if not code.startswith("throw"):
        line = code.split("\n")[-1]
        # The line that the reader wrote stands there, and nothing of what is inside the library.
        assert line in reply.traceback and ".ts:" in reply.traceback
    assert "dist/src" not in reply.traceback and "@tensorflow" not in reply.traceback
    assert session.ok("kept").result.startswith("[1. 2. 3.]")


def test_the_model_still_trains_after_all_mistakes(session):
    reply = session.ok('model.compile({ loss: "sparse_categorical_crossentropy" });\n(await model.fit(x, y, { epochs: 2, verbose: 0 })).epoch')
    assert reply.result == "[ 0, 1 ]"


def test_a_rejection_that_nobody_awaits_is_told_and_changes_nothing(session):
    reply = session.ok('void model.fit(tf.ones([6, 5]), y); await new Promise(r => setTimeout(r, 100)); kept.size')
    assert reply.result == "3" and "Expected data of shape (None, 4)" in reply.text("stderr")


def test_an_endless_print_loop_is_stopped(session):
    msg_id = session.send('for (let i = 0; ; i += 1) console.log("line", i)')
    while session.iopub()["msg_type"] != "stream":
        pass
    session.manager.interrupt_kernel()
    assert session.shell_reply(msg_id)["content"]["ename"] == "KeyboardInterrupt"
    assert session.ok("kept").result.startswith("[1. 2. 3.]")
