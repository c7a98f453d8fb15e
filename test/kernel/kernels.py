"""A kernel of this build behind a real jupyter_client, with every message checked against the protocol's schema."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty

from jupyter_client.manager import KernelManager
from jupyter_kernel_test import msgspec_v5
from jupyter_kernel_test.msgspec_v5 import validate_message

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT = 30

# jupyter_kernel_test has no schemas for these.
msgspec_v5.schema_fragments.setdefault("iopub_welcome", {"properties": {"subscription": {"type": "string"}}})
_anything = {"properties": {"data": {"type": "object"}, "comm_id": {"type": "string"}}}
msgspec_v5.schema_fragments.setdefault("comm_msg", _anything)
msgspec_v5.schema_fragments.setdefault("comm_close", _anything)
msgspec_v5.schema_fragments.setdefault(
    "comm_open", {"properties": {**_anything["properties"], "target_name": {"type": "string"}}}
)
# https://microsoft.github.io/debug-adapter-protocol/specification#Base_Protocol_Response
_answer = {"type": {"enum": ["response"]}, "request_seq": {"type": "integer"}, "success": {"type": "boolean"}}
msgspec_v5.schema_fragments.setdefault("debug_reply", {"properties": {**_answer, "command": {"type": "string"}}})
_event = {"type": {"enum": ["event"]}, "seq": {"type": "integer"}, "event": {"type": "string"}}
msgspec_v5.schema_fragments.setdefault("debug_event", {"properties": _event, "required": list(_event)})


def kernel_spec() -> dict:
    """What `tskeras install` writes for this build."""
    script = "process.stdout.write(JSON.stringify(require('./dist/kernel/kernelspec').kernelSpec()))"
    return json.loads(subprocess.run(["node", "-e", script], cwd=ROOT, capture_output=True, check=True).stdout)


@dataclass
class Reply:
    """All that came of one request."""

    content: dict
    messages: list[dict] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def status(self) -> str:
        return self.content["status"]

    def of(self, msg_type: str) -> list[dict]:
        return [message["content"] for message in self.messages if message["msg_type"] == msg_type]

    def text(self, name: str = "stdout") -> str:
        return "".join(stream["text"] for stream in self.of("stream") if stream["name"] == name)

    @property
    def result(self) -> str | None:
        """The text/plain of the execute_result."""
        results = self.of("execute_result")
        assert len(results) <= 1
        return results[0]["data"].get("text/plain") if results else None

    @property
    def traceback(self) -> str:
        """The one error, without colors."""
        (error,) = self.of("error")
        assert error["ename"] == self.content["ename"] and error["evalue"] == self.content["evalue"]
        return plain("\n".join(error["traceback"]))


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


class Kernel:
    """A running kernel and its client."""

    def __init__(self, cwd: Path, env: dict[str, str] | None = None):
        self.manager = KernelManager(kernel_name="tskeras")
        self.manager.start_kernel(cwd=str(cwd), env={**os.environ, **(env or {})})
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=TIMEOUT)

    def stop(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def send(self, code: str, **options) -> str:
        return self.client.execute(code, **options)

    def run(self, code: str, timeout: float = TIMEOUT, **options) -> Reply:
        """Runs a cell and collects what it gives until it is idle."""
        return self.collect(self.send(code, **options), timeout)

    def ok(self, code: str, **options) -> Reply:
        reply = self.run(code, **options)
        assert reply.status == "ok", plain("\n".join(reply.content.get("traceback", [])))
        return reply

    def collect(self, msg_id: str, timeout: float = TIMEOUT) -> Reply:
        started = time.monotonic()
        messages = self.iopub_until_idle(msg_id, timeout)
        reply = self.shell_reply(msg_id, timeout)
        return Reply(reply["content"], messages, time.monotonic() - started)

    def iopub_until_idle(self, msg_id: str, timeout: float = TIMEOUT) -> list[dict]:
        """A request's messages: busy first, idle last."""
        messages: list[dict] = []
        deadline = time.monotonic() + timeout
        while True:
            message = self.iopub(max(0.01, deadline - time.monotonic()))
            if message["parent_header"].get("msg_id") != msg_id:
                continue
            messages.append(message)
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                break
        assert messages[0]["content"].get("execution_state") == "busy"
        return messages

    def iopub(self, timeout: float = TIMEOUT) -> dict:
        message = self.client.get_iopub_msg(timeout=timeout)
        check(message)
        return message

    def shell_reply(self, msg_id: str, timeout: float = TIMEOUT) -> dict:
        while True:
            message = self.client.get_shell_msg(timeout=timeout)
            check(message)
            if message["parent_header"].get("msg_id") == msg_id:
                return message

    def late(self, msg_id: str, seconds: float) -> list[dict]:
        """What still comes for a request after it was answered."""
        found, deadline = [], time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            try:
                message = self.iopub(left)
            except Empty:
                break
            if message["parent_header"].get("msg_id") == msg_id:
                found.append(message)
        return found

    def request(self, channel: str, msg_type: str, content: dict) -> dict:
        """Sends any request and returns the content of its reply."""
        message = self.client.session.msg(msg_type, content)
        socket = self.client.shell_channel if channel == "shell" else self.client.control_channel
        socket.send(message)
        msg_id = message["header"]["msg_id"]
        if channel == "shell":
            return self.shell_reply(msg_id)["content"]
        while True:
            reply = self.client.get_control_msg(timeout=TIMEOUT)
            check(reply)
            if reply["parent_header"].get("msg_id") == msg_id:
                assert reply["msg_type"] == msg_type.replace("_request", "_reply")
                return reply["content"]


def check(message: dict) -> None:
    """Every message, whatever a test looks at, is what the protocol says."""
    assert message["header"]["msg_type"] == message["msg_type"]
    if message["content"].get("status") == "aborted":
        # The protocol's word; the schemas of jupyter_kernel_test know a status "abort" with an error's fields.
        assert set(message["content"]) == {"status", "execution_count"}
    else:
        validate_message(message, message["msg_type"])
