"""A model that trains until it is stopped, and the heartbeat meanwhile."""

from __future__ import annotations

import time

import zmq
from kernels import Kernel
from start import IMPORTS
from table import Table

TRAINING = """const x = tf.randomNormal([20_000, 784]), y = tf.randomUniform([20_000], 0, 10, "int32");
const net = keras.Sequential([
  keras.layers.Input([784]),
  keras.layers.Dense(512, { activation: "relu" }),
  keras.layers.Dense(10, { activation: "softmax" }),
]);
net.compile({ loss: "sparse_categorical_crossentropy" });"""
# The first epoch prints, so that nobody measures before it trains.
_STARTED = 'keras.callbacks.LambdaCallback({ onEpochBegin: (epoch) => { if (epoch === 0) console.log("training") } })'
FIT = f"await net.fit(x, y, {{ epochs: 1000, verbose: 0, callbacks: [{_STARTED}] }});"
EAGER = 'net.compile({ loss: "sparse_categorical_crossentropy", runEagerly: true });'


def beats(kernel: Kernel, times: int) -> list[float]:
    """Seconds that each beat takes to come back."""
    socket = zmq.Context.instance().socket(zmq.REQ)
    socket.connect(f"tcp://127.0.0.1:{kernel.manager.hb_port}")
    seconds = []
    for _ in range(times):
        started = time.perf_counter()
        socket.send(b"ping")
        socket.recv()
        seconds.append(time.perf_counter() - started)
        time.sleep(0.005)
    socket.close()
    return seconds


def heartbeat(table: Table, times: int = 1000) -> None:
    with Kernel("tskeras") as kernel:
        kernel.run(f"{IMPORTS['tskeras']}\n{TRAINING}")
        for what, before in {"compiled": "", "eager": EAGER}.items():
            running = kernel.start(before + FIT)
            table.limit(f"heartbeat during `fit`, {what}", {"tskeras": beats(kernel, times)}, 1, at_most=20)
            kernel.interrupt(running)
