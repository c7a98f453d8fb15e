"""A model that trains until it is stopped, and the heartbeat meanwhile."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence

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


# A program that does nothing but echo: what the system's scheduler alone takes. The kernel starts it, for Linux shares
# processors out by session; its priority is that of the kernel's own answering thread, where root measures.
_ECHO = "import zmq; s = zmq.Context().socket(zmq.REP); print(s.bind_to_random_port('tcp://127.0.0.1'), flush=True)\nwhile True: s.send(s.recv())"
_START_ECHO = """%%typecheck off
const echo = require('node:child_process').spawn(#, { stdio: ['ignore', 'pipe', 'inherit'] });
echo.stdout.on('data', (port) => console.log(String(port)));
try { require('node:os').setPriority(echo.pid, 0) } catch {}"""


def _echo(kernel: Kernel) -> int:
    """The port of such a program."""
    command = f"{json.dumps(sys.executable)}, ['-c', {json.dumps(_ECHO)}]"
    msg_id = kernel.client.execute(_START_ECHO.replace("#", command))
    while True:
        message = kernel.client.get_iopub_msg(timeout=60)
        if message["parent_header"].get("msg_id") == msg_id and message["msg_type"] == "stream":
            return int(message["content"]["text"])


def beats(ports: Sequence[int], times: int) -> list[list[float]]:
    """Seconds that each beat takes to come back, of each port in turns."""
    sockets = [zmq.Context.instance().socket(zmq.REQ) for _ in ports]
    seconds: list[list[float]] = [[] for _ in ports]
    for socket, port in zip(sockets, ports):
        socket.connect(f"tcp://127.0.0.1:{port}")
    for _ in range(times):
        for socket, took in zip(sockets, seconds):
            started = time.perf_counter()
            socket.send(b"ping")
            socket.recv()
            took.append(time.perf_counter() - started)
            time.sleep(0.005)
    for socket in sockets:
        socket.close()
    return seconds


def heartbeat(table: Table, times: int = 1000) -> None:
    with Kernel("tskeras") as kernel:
        kernel.run(f"{IMPORTS['tskeras']}\n{TRAINING}")
        ports = (kernel.manager.hb_port, _echo(kernel))
        for what, before in {"compiled": "", "eager": EAGER}.items():
            running = kernel.start(before + FIT)
            ours, bare = beats(ports, times)
            table.limit(f"heartbeat during `fit`, {what}", {"tskeras": ours}, 1, at_most=20)
            table.limit("the same for a program that only echoes", {"tskeras": bare}, 1)
            kernel.interrupt(running)
