"""The wire and the requests besides execute, as the protocol has them."""

import json
import os
import time
from queue import Empty

import pytest
import zmq
from kernels import Kernel
from jupyter_client import BlockingKernelClient

REQUESTS = [
    # request type, content, what its reply must hold
    ("kernel_info_request", {}, {"status": "ok", "implementation": "tskeras", "protocol_version": "5.5"}),
    ("is_complete_request", {"code": "1 + 1"}, {"status": "complete"}),
    ("is_complete_request", {"code": "if (true) {"}, {"status": "incomplete", "indent": "  "}),
    ("is_complete_request", {"code": "a b c )"}, {"status": "invalid"}),
    ("complete_request", {"code": "Math.hypo", "cursor_pos": 9}, {"status": "ok", "matches": ["hypot"], "cursor_start": 5, "cursor_end": 9}),
    ("inspect_request", {"code": "'🙂'; Math.max", "cursor_pos": 9, "detail_level": 0}, {"status": "ok", "found": True}),
    ("inspect_request", {"code": "   ", "cursor_pos": 1, "detail_level": 0}, {"status": "ok", "found": False}),
    ("history_request", {"hist_access_type": "tail", "n": 0, "output": False, "raw": True}, {"status": "ok", "history": []}),
    ("comm_info_request", {}, {"status": "ok", "comms": {}}),
]


@pytest.mark.parametrize(("msg_type", "content", "expected"), REQUESTS)
def test_requests(kernel, msg_type, content, expected):
    reply = kernel.request("shell", msg_type, content)
    assert {key: reply.get(key) for key in expected} == expected


def test_deno_36241_jupyterlab_14627_kernel_info_tells_the_truth(kernel):
    reply = kernel.request("control", "kernel_info_request", {})
    info = reply["language_info"]
    # A string: JupyterLab and Zed know the mode by its name (denoland/deno#36241).
    assert info["codemirror_mode"] == "typescript" and info["pygments_lexer"] == "typescript"
    assert info["version"].startswith("7.") and info["nbconvert_exporter"] == "script"
    assert reply["supported_features"] == ["debugger"]


def test_every_request_is_framed_by_busy_and_idle(kernel):
    for msg_type, content, _ in REQUESTS:
        message = kernel.client.session.msg(msg_type, content)
        kernel.client.shell_channel.send(message)
        states = [m["content"]["execution_state"] for m in kernel.iopub_until_idle(message["header"]["msg_id"])]
        assert states == ["busy", "idle"]
        kernel.shell_reply(message["header"]["msg_id"])


def test_completion_and_inspection_while_a_cell_runs(kernel):
    kernel.ok("const table = { firstColumn: 1, second: 2 }")
    msg_id = kernel.send("for (const end = Date.now() + 2000; Date.now() < end; );")
    time.sleep(0.2)
    started = time.monotonic()
    assert "firstColumn" in kernel.request("shell", "complete_request", {"code": "table.fi", "cursor_pos": 8})["matches"]
    reply = kernel.request("shell", "inspect_request", {"code": "table", "cursor_pos": 3, "detail_level": 0})
    assert "firstColumn" in reply["data"]["text/plain"] and "```typescript" in reply["data"]["text/markdown"]
    assert time.monotonic() - started < 1.7
    assert kernel.collect(msg_id).status == "ok"


def test_deno_20662_completion_tells_kinds(kernel):
    reply = kernel.request("shell", "complete_request", {"code": "Math.ab", "cursor_pos": 7})
    (item,) = [item for item in reply["metadata"]["_jupyter_types_experimental"] if item["text"] == "abs"]
    assert item["type"] in ("method", "function") and (item["start"], item["end"]) == (5, 7)


def test_history(fresh):
    fresh.ok("const one = 1")
    fresh.ok("one + 1")
    fresh.ok("one + 1")
    ask = lambda **content: fresh.request("shell", "history_request", {"output": False, "raw": True, **content})["history"]
    tail = ask(hist_access_type="tail", n=2)
    session = tail[0][0]
    assert [entry[1:] for entry in tail] == [[2, "one + 1"], [3, "one + 1"]]
    assert [e[1] for e in ask(hist_access_type="range", session=session, start=1, stop=3)] == [1, 2]
    assert [e[1] for e in ask(hist_access_type="range", session=0, start=2, stop=4)] == [2, 3]
    assert [e[1] for e in ask(hist_access_type="search", pattern="one + *", n=10, unique=True) if e[0] == session] == [3]


def test_kernels_at_the_same_time_have_sessions_of_their_own(tmp_path):
    kernels = [Kernel(tmp_path), Kernel(tmp_path)]
    tail = {"hist_access_type": "tail", "n": 1, "output": False, "raw": True}
    for kernel in kernels:
        kernel.request("shell", "history_request", tail)
    for kernel in kernels:
        kernel.ok("'at the same time'")
    sessions = [kernel.request("shell", "history_request", tail)["history"][0][0] for kernel in kernels]
    for kernel in kernels:
        kernel.stop()
    assert len(set(sessions)) == 2


def test_history_outlives_the_kernel(tmp_path):
    first = Kernel(tmp_path)
    first.ok("'remember me 4711'")
    first.client.shutdown()
    first.manager.finish_shutdown()
    first.stop()
    second = Kernel(tmp_path)
    found = second.request("shell", "history_request", {"output": False, "raw": True, "hist_access_type": "search", "pattern": "*4711*", "n": 5})
    second.stop()
    assert found["history"][-1][2] == "'remember me 4711'"


def answer(kernel, value):
    question = kernel.client.get_stdin_msg(timeout=20)
    assert question["msg_type"] == "input_request"
    kernel.client.input(value)
    return question["content"]


def test_input(kernel):
    code = "const name = await input('name? '); const secret = await input('secret? ', { password: true }); name + secret"
    # An answer may come before the kernel knows that its question was sent.
    for _ in range(50):
        msg_id = kernel.send(code, allow_stdin=True)
        assert answer(kernel, "한글🙂") == {"prompt": "name? ", "password": False}
        assert answer(kernel, "s3cret") == {"prompt": "secret? ", "password": True}
        assert kernel.collect(msg_id).result == "'한글🙂s3cret'"


def test_input_can_be_interrupted(kernel):
    msg_id = kernel.send("await input('never answered')", allow_stdin=True)
    kernel.client.get_stdin_msg(timeout=20)
    kernel.manager.interrupt_kernel()
    assert kernel.collect(msg_id).content["ename"] == "KeyboardInterrupt"


@pytest.mark.parametrize("call", ["await input('?')", "prompt('?')", "confirm('?')"])
def test_questions_without_anybody_to_answer(kernel, call):
    assert "nobody to answer" in kernel.run(call, allow_stdin=False).traceback


def test_prompt_waits_for_its_answer(kernel):
    code = """console.log("first");
    setTimeout(() => console.log("timer"));
    const epochs = prompt("epochs?", "5"), name = prompt("name?", "none"), sure = [confirm("sure?"), confirm()];
    console.log(epochs, name, sure);
    await null"""
    msg_id = kernel.send(code, allow_stdin=True)
    assert answer(kernel, "한글🙂") == {"prompt": "epochs? [5] ", "password": False}
    assert answer(kernel, "")["prompt"] == "name? [none] "
    assert answer(kernel, "Y")["prompt"] == "sure? [y/N] "
    assert answer(kernel, "no")["prompt"] == "[y/N] "
    reply = kernel.collect(msg_id)
    assert reply.text().startswith("first\n한글🙂 none [ true, false ]\n")


def test_prompt_can_be_interrupted(kernel):
    code = "const kept = 4; function ask() { try { return prompt('never answered') } finally { console.log('finally') } }\nask()"
    for _ in range(2):
        msg_id = kernel.send(code, allow_stdin=True)
        late = kernel.client.get_stdin_msg(timeout=20)
        kernel.manager.interrupt_kernel()
        reply = kernel.collect(msg_id)
        assert reply.content["ename"] == "KeyboardInterrupt" and reply.text() == "finally\n"
        assert "ask()" in reply.traceback
    # The front end's field is still there: its answer must not be taken for one to the next question.
    msg_id = kernel.send("prompt('again?') + kept", allow_stdin=True)
    question = kernel.client.get_stdin_msg(timeout=20)
    for parent, value in ((late, "too late"), (question, "now")):
        reply = kernel.client.session.msg("input_reply", {"value": value, "status": "ok"}, parent=parent["header"])
        kernel.client.stdin_channel.send(reply)
    assert kernel.collect(msg_id).result == "'now4'"


def comm(kernel, msg_type, content, buffers=()):
    message = kernel.client.session.msg(msg_type, content)
    kernel.client.session.send(kernel.client.shell_channel.socket, message, buffers=list(buffers))
    return kernel.iopub_until_idle(message["header"]["msg_id"])


def test_tslab_23_deno_20592_ijavascript_100_comms_both_ways_with_buffers(kernel):
    """A slider that changes a learning rate."""
    kernel.ok("""%%typecheck off
    let rate = 0.1;
    comms.register("slider", (comm, opened) => {
      console.log("opened", opened.data.start);
      comm.onMessage = ({ data, buffers }) => {
        rate = data.rate;
        comm.send({ got: rate }, { buffers: [new Uint8Array([...buffers[0]].reverse())] });
      };
      comm.onClose = () => console.log("closed");
    })""")
    opened = comm(kernel, "comm_open", {"comm_id": "c1", "target_name": "slider", "data": {"start": 1}})
    assert [m["content"]["text"] for m in opened if m["msg_type"] == "stream"] == ["opened 1\n"]
    assert kernel.request("shell", "comm_info_request", {"target_name": "slider"})["comms"] == {"c1": {"target_name": "slider"}}
    messages = comm(kernel, "comm_msg", {"comm_id": "c1", "data": {"rate": 0.5}}, [b"\x01\x02\x03"])
    (reply,) = [m for m in messages if m["msg_type"] == "comm_msg"]
    assert reply["content"] == {"comm_id": "c1", "data": {"got": 0.5}}
    assert [bytes(buffer) for buffer in reply["buffers"]] == [b"\x03\x02\x01"]
    assert kernel.ok("rate").result == "0.5"
    closed = comm(kernel, "comm_close", {"comm_id": "c1", "data": {}})
    assert [m["content"]["text"] for m in closed if m["msg_type"] == "stream"] == ["closed\n"]
    assert kernel.request("shell", "comm_info_request", {})["comms"] == {}


def test_comms_change_a_variable_while_a_cell_awaits(kernel):
    kernel.ok("%%typecheck off\nlet go = false; comms.register('go', comm => { go = true })")
    msg_id = kernel.send("while (!go) await new Promise(r => setTimeout(r, 10)); 'gone'")
    comm(kernel, "comm_open", {"comm_id": "c2", "target_name": "go", "data": {}})
    assert kernel.shell_reply(msg_id)["content"]["status"] == "ok"


def test_a_comm_that_nobody_waits_for_is_closed(kernel):
    messages = comm(kernel, "comm_open", {"comm_id": "c3", "target_name": "unknown", "data": {}})
    assert [m["content"]["comm_id"] for m in messages if m["msg_type"] == "comm_close"] == ["c3"]


def test_deno_34825_wrong_signatures_and_malformed_messages_are_ignored(kernel):
    """Deno did not verify signatures (denoland/deno#34825)."""
    client = kernel.client
    socket = zmq.Context.instance().socket(zmq.DEALER)
    socket.connect(f"tcp://127.0.0.1:{kernel.manager.shell_port}")
    message = client.session.msg("execute_request", {"code": "globalThis.broken = 1"})
    good = client.session.serialize(message)
    delimiter, signature, header, parent, metadata, content = good
    sign = client.session.sign
    not_object = [header, parent, metadata, b"[]"]
    no_json = [header, parent, metadata, b"{"]
    no_type = [b"{}", parent, metadata, content]
    unknown = [json.dumps({**json.loads(header), "msg_type": "no_such_request"}).encode(), parent, metadata, content]
    for frames in (
        [delimiter, b"0" * 64, header, parent, metadata, content],
        [delimiter, b"", header, parent, metadata, content],
        [b"nonsense"],
        [delimiter],
        [delimiter, signature, header],
        [delimiter, sign(not_object), *not_object],
        [delimiter, sign(no_json), *no_json],
        [delimiter, sign(no_type), *no_type],
        [delimiter, sign(unknown), *unknown],
    ):
        socket.send_multipart(frames)
    assert not socket.poll(500)
    socket.send_multipart(good)
    assert socket.poll(20_000)
    socket.recv_multipart()
    socket.send_multipart(good)  # the same message again
    assert not socket.poll(500)
    socket.close()
    assert kernel.run("1").status == "ok"


def test_an_execute_request_without_code_is_an_error(kernel):
    assert kernel.request("shell", "execute_request", {"silent": False})["ename"] == "TypeError"


def gone(pid):
    for _ in range(100):
        try:
            os.kill(pid, 0)
            with open(f"/proc/{pid}/stat") as stat:
                if stat.read().rsplit(")", 1)[1].split()[0] == "Z":
                    return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("busy", ["", "while (true);", "await new Promise(() => {})"])
@pytest.mark.parametrize("restart", [False, True])
def test_shutdown_leaves_no_process(tmp_path, busy, restart):
    kernel = Kernel(tmp_path)
    pid = int(kernel.ok("process.pid").result)
    if busy:
        kernel.send(busy)
        time.sleep(0.3)
    assert kernel.request("control", "shutdown_request", {"restart": restart}) == {"status": "ok", "restart": restart}
    assert gone(pid)
    assert kernel.manager.provisioner.process.wait(5) == 0
    kernel.stop()


@pytest.mark.parametrize("after", [0, 0.02, 0.3])
def test_shutdown_starts_no_cell_that_waits(tmp_path, after):
    kernel = Kernel(tmp_path)
    kernel.ok("1")
    for _ in range(5):
        kernel.send("while (true);", stop_on_error=False)
    time.sleep(after)
    kernel.request("control", "shutdown_request", {"restart": False})
    assert kernel.manager.provisioner.process.wait(5) == 0
    kernel.stop()


def test_restart_forgets_the_variables(fresh):
    fresh.ok("const before = 1")
    fresh.manager.restart_kernel()
    fresh.client.wait_for_ready(timeout=30)
    assert "before" in fresh.run("before").traceback


def test_deno_20556_a_dead_parent_takes_the_kernel_with_it(tmp_path):
    import signal
    import subprocess
    import sys

    code = (
        "import sys, time; from kernels import Kernel; from pathlib import Path; "
        f"kernel = Kernel(Path({str(tmp_path)!r})); print(kernel.ok('process.pid').result, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=os.path.dirname(__file__))
    pid = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert gone(pid)


def test_messages_of_other_sessions_are_told_apart(kernel):
    other = BlockingKernelClient()
    other.load_connection_file(kernel.manager.connection_file)
    other.start_channels()
    other.wait_for_ready(timeout=30)
    mine, theirs = kernel.send("'mine'"), other.execute("'theirs'")
    assert other.get_shell_msg(timeout=20)["parent_header"]["msg_id"] == theirs
    assert kernel.collect(mine).result == "'mine'"
    with pytest.raises(Empty):
        kernel.client.get_shell_msg(timeout=0.2)
    other.stop_channels()
