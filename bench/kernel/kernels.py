"""The kernels that are compared, each behind a real jupyter_client."""

from __future__ import annotations

import atexit
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from queue import Empty

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

ROOT = Path(__file__).resolve().parents[2]
SPEC = json.loads(
    subprocess.run(
        ["node", "-e", "process.stdout.write(JSON.stringify(require('./dist/kernel/kernelspec').kernelSpec()))"],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout
)
KERNELS = {
    "tskeras": SPEC["argv"],
    "ipykernel": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    "tslab": ["node", str(ROOT / "node_modules/tslab/bin/tslab"), "kernel", "--config-path", "{connection_file}"],
}
# Whoever ends a bench ends its kernels as well: tslab's would stay for ever.
signal.signal(signal.SIGTERM, lambda *_: sys.exit("terminated"))


class Kernel:
    """A running kernel of this name; `ready` is the seconds from its start to its kernel_info_reply."""

    def __init__(self, name: str):
        self.name = name
        self.manager = KernelManager()
        mode = "signal" if name == "ipykernel" else "message"
        self.manager._kernel_spec = KernelSpec(argv=KERNELS[name], display_name=name, language="", interrupt_mode=mode)
        started = time.perf_counter()
        self.manager.start_kernel(cwd=str(ROOT / "notebooks"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.client = self.manager.client()
        atexit.register(self.stop)
        self.client.start_channels(hb=False)
        while True:
            self.client.kernel_info()
            try:
                self.client.get_shell_msg(timeout=0.1)
                break
            except Empty:
                continue
        self.ready = time.perf_counter() - started
        # A cell whose messages came before the subscription would never seem to end.
        while True:
            try:
                self.client.get_iopub_msg(timeout=0.02)
                break
            except Empty:
                self.client.kernel_info()

    def __enter__(self) -> Kernel:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def run(self, code: str) -> float:
        """Seconds from the request to idle and reply."""
        started = time.perf_counter()
        msg_id = self.client.execute(code)
        idle = replied = False
        while not (idle and replied):
            if not replied and self.client.shell_channel.msg_ready():
                message = self.client.get_shell_msg()
                replied = message["parent_header"].get("msg_id") == msg_id
                assert not replied or message["content"]["status"] == "ok", f"{self.name} failed: {code}"
            if not idle:
                try:
                    message = self.client.get_iopub_msg(timeout=0.001)
                except Empty:
                    continue
                idle = message["parent_header"].get("msg_id") == msg_id and message["content"].get("execution_state") == "idle"
        return time.perf_counter() - started

    def start(self, code: str) -> str:
        """Sends a cell that prints something, and returns its id once it has."""
        msg_id = self.client.execute(code, allow_stdin=True)
        while True:
            message = self.client.get_iopub_msg(timeout=60)
            if message["parent_header"].get("msg_id") != msg_id:
                continue
            assert message["msg_type"] != "error", message["content"]
            if message["msg_type"] == "stream":
                return msg_id

    def reply(self, msg_id: str) -> dict:
        """The content of the reply to a request."""
        while True:
            message = self.client.get_shell_msg(timeout=60)
            if message["parent_header"].get("msg_id") == msg_id:
                return message["content"]

    def ask(self, send: Callable[..., str], *content: object) -> tuple[float, dict]:
        """Seconds until the reply to a request, and the reply."""
        started = time.perf_counter()
        reply = self.reply(send(*content))
        return time.perf_counter() - started, reply

    def interrupt(self, msg_id: str) -> float:
        """Seconds from the stop button to the cell's reply."""
        started = time.perf_counter()
        self.manager.interrupt_kernel()
        reply = self.reply(msg_id)
        assert reply.get("ename") == "KeyboardInterrupt", reply
        return time.perf_counter() - started

    def stop(self) -> None:
        atexit.unregister(self.stop)
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
