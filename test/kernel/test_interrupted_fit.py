"""The stop button during `fit`, whatever it is at: the model, its history so far and all variables stay, and it trains on."""

import pytest
from test_interrupt import interrupt

SETUP = """
import { keras, tf } from "tskeras";
const x = tf.randomNormal([2000, 8]), y = tf.zeros([2000], "int32");
const net = keras.Sequential([keras.layers.Input([8]), keras.layers.Dense(16, { activation: "relu" }), keras.layers.Dense(3, { activation: "softmax" })]);
const ready = (runEagerly = false) => net.compile({ loss: "sparse_categorical_crossentropy", metrics: "accuracy", runEagerly });
ready(); await net.fit(x, y, { verbose: 0 });
const busy = (ms: number) => { for (const end = Date.now() + ms; Date.now() < end; ); };
const many = { epochs: 1_000_000, verbose: 0 } as const;
const sleep = (ms: number) => new Promise<void>(r => setTimeout(r, ms));
let kept = "kept";
"""

PHASES = {
    "compiled": "await net.fit(x, y, many)",
    "with its progress": "await net.fit(x, y, { epochs: 1_000_000 })",
    "eager": "ready(true); await net.fit(x, y, many)",
    "validation": "await net.fit(x.slice(0, 32), y.slice(0, 32), { ...many, validationData: [tf.randomNormal([200_000, 8]), tf.zeros([200_000], 'int32')] })",
    "between epochs": "await net.fit(x.slice(0, 1), y.slice(0, 1), many)",
    "a callback that computes": "await net.fit(x, y, { ...many, callbacks: { onEpochEnd: () => busy(400) } })",
    "a callback that awaits": "await net.fit(x, y, { ...many, callbacks: { onEpochEnd: () => sleep(300) } })",
    "every batch": "await net.fit(x, y, { ...many, callbacks: { onTrainBatchEnd: () => busy(5) } })",
    "a generator": "await net.fit((async function* () { for (;;) { await sleep(5); yield [x.slice(0, 32), y.slice(0, 32)]; } })(), undefined, { ...many, stepsPerEpoch: 3 })",
    "drawing": "await net.fit(x, y, { ...many, callbacks: [keras.callbacks.LiveChart()] })",
    "loading": "for (;;) await keras.datasets.fashionMnist.loadData()",
    "evaluate": "for (;;) await net.evaluate(x, y, { verbose: 0 })",
    "predict": "for (;;) await net.predict(x, { verbose: 0 })",
}


@pytest.fixture(scope="module")
def trained(kernel):
    kernel.ok(SETUP)
    return kernel


@pytest.mark.parametrize("phase", PHASES)
def test_the_model_and_its_history_are_whole_after_an_interrupt(trained, phase):
    trained.ok("ready()")
    reply = interrupt(trained, PHASES[phase], after=0.8)
    assert reply.content["ename"] == "KeyboardInterrupt", reply.traceback
    assert trained.ok("kept").result == "'kept'"
    assert trained.ok("[net.history!.epoch.length === (net.history!.history.loss ?? []).length, net.history!.epoch.every((epoch, i) => epoch === i)]").result == "[ true, true ]"
    assert trained.ok("ready(); (await net.fit(x, y, { epochs: 2, verbose: 0 })).epoch").result == "[ 0, 1 ]"
    assert trained.ok("(await net.evaluate(x, y, { verbose: 0 })).every(Number.isFinite)").result == "true"
