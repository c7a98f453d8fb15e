"""Requests whose JSON is well signed and has the wrong shape: each is answered, and the kernel goes on."""

import pytest

ODD = [None, 5, -1, 1e300, "text", "", [], [1], {}, {"a": {"b": None}}, True]
FIELDS = {
    "execute_request": ["code", "silent", "store_history", "user_expressions", "allow_stdin", "stop_on_error"],
    "complete_request": ["code", "cursor_pos"],
    "inspect_request": ["code", "cursor_pos", "detail_level"],
    "is_complete_request": ["code"],
    "history_request": ["hist_access_type", "session", "start", "stop", "n", "pattern", "output", "unique"],
    "comm_info_request": ["target_name"],
    "kernel_info_request": ["anything"],
}
USUAL = {"code": "1 + 1", "cursor_pos": 3, "hist_access_type": "range", "n": 1}


@pytest.mark.parametrize("msg_type", FIELDS)
def test_odd_values_of_every_field_are_answered(kernel, msg_type):
    for field in FIELDS[msg_type]:
        for value in ODD:
            kernel.request("shell", msg_type, {**USUAL, field: value})
    kernel.request("shell", msg_type, {})
    assert kernel.ok("1 + 1").result == "2"


@pytest.mark.parametrize("msg_type", ["comm_open", "comm_msg", "comm_close", "input_reply", "no_such_request"])
def test_messages_without_an_answer_do_no_harm(kernel, msg_type):
    for field in ("comm_id", "target_name", "data", "value"):
        for value in ODD:
            kernel.client.shell_channel.send(kernel.client.session.msg(msg_type, {field: value}))
            kernel.client.stdin_channel.send(kernel.client.session.msg(msg_type, {field: value}))
    assert kernel.ok("1 + 1").result == "2"


@pytest.mark.parametrize("command", [None, 5, "initialize", "evaluate", "setBreakpoints", "stackTrace", "variables", "source", "nonsense"])
def test_odd_debug_requests_are_answered(kernel, command):
    for arguments in ODD:
        reply = kernel.request("control", "debug_request", {"type": "request", "seq": 1, "command": command, "arguments": arguments})
        assert "success" in reply or reply["status"] == "error"
    assert kernel.ok("1 + 1").result == "2"
