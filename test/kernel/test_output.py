"""What cells print and show: in the cell that made it, in order, whole, and at a pace that a front end takes."""

import re
import time

from kernels import Kernel, plain


def test_streams_keep_their_order(kernel):
    reply = kernel.ok("console.log('a'); console.error('b'); process.stdout.write('c'); console.warn('d'); console.log('e')")
    streams = [(stream["name"], stream["text"]) for stream in reply.of("stream")]
    assert streams == [("stdout", "a\n"), ("stderr", "b\n"), ("stdout", "c"), ("stderr", "d\n"), ("stdout", "e\n")]


def test_streams_and_displays_keep_their_order(kernel):
    reply = kernel.ok("for (let i = 0; i < 20; i++) { console.log(i); await display({ 'text/plain': `${i}` }) }")
    kinds = [m["content"].get("text", "").strip() or m["content"]["data"]["text/plain"]
             for m in reply.messages if m["msg_type"] in ("stream", "display_data")]
    assert kinds == [str(n) for i in range(20) for n in (i, i)]


def test_output_is_there_before_the_reply_is_idle(kernel):
    for _ in range(10):
        assert kernel.ok("process.stdout.write('tail')").text() == "tail"


def test_deno_22689_ijavascript_58_output_goes_to_the_cell_that_made_it_also_later(kernel):
    """tslab and Deno give it to the cell that happens to be the latest."""
    first = kernel.send("setTimeout(() => console.log('from the first'), 400); void (async () => { "
                        "await new Promise(r => setTimeout(r, 500)); process.stderr.write('async first') })(); 0")
    kernel.collect(first)
    assert kernel.ok("await new Promise(r => setTimeout(r, 50)); console.log('second')").text() == "second\n"
    late = kernel.late(first, 1.0)
    assert [m["content"]["text"] for m in late if m["msg_type"] == "stream"] == ["from the first\n", "async first"]


def test_late_output_while_another_cell_runs(kernel):
    first = kernel.send("setTimeout(() => console.log('first'), 100); 0")
    second = kernel.send("await new Promise(r => setTimeout(r, 300)); console.log('second')")
    texts = {first: "", second: ""}
    idle = 0
    while idle < 2:
        message = kernel.iopub()
        if message["msg_type"] == "stream":
            texts[message["parent_header"]["msg_id"]] += message["content"]["text"]
        idle += message["content"].get("execution_state") == "idle"
    kernel.shell_reply(first), kernel.shell_reply(second)
    assert texts == {first: "first\n", second: "second\n"}


def test_a_hundred_thousand_lines(kernel):
    reply = kernel.ok("for (let i = 0; i < 1e5; i++) console.log(i)")
    assert reply.text() == "".join(f"{i}\n" for i in range(100_000))
    assert len(reply.of("stream")) < 200


def test_fifty_megabytes(kernel):
    reply = kernel.ok("process.stdout.write('🙂'.repeat(12_500_000)); 0")
    assert len(reply.text()) == 12_500_000 and set(reply.text()) == {"🙂"}


def test_bytes_split_inside_a_character(kernel):
    code = "const bytes = new TextEncoder().encode('한'); for (const byte of bytes) process.stdout.write(new Uint8Array([byte])); 0"
    assert kernel.ok(code).text() == "한"


def test_a_front_end_gets_less_than_its_limits(tmp_path):
    """JupyterLab drops what exceeds 1,000 messages or 1,000,000 bytes a second, over 3 s."""
    kernel = Kernel(tmp_path, {"JPY_SESSION_NAME": "test"})
    try:
        msg_id = kernel.send("for (let i = 0; i < 150_000; i++) console.log('a line of some length ' + i)")
        arrived = []
        while True:
            message = kernel.iopub()
            if message["msg_type"] == "stream":
                arrived.append((time.monotonic(), len(message["content"]["text"])))
            if message["content"].get("execution_state") == "idle" and message["parent_header"]["msg_id"] == msg_id:
                break
        for start, _ in arrived:
            window = [size for at, size in arrived if start <= at < start + 3]
            assert sum(window) < 3_600_000 and len(window) < 3000
    finally:
        kernel.stop()


def test_update_display(kernel):
    reply = kernel.ok("const shown = await display('one', { displayId: 'mine' }); await shown.update('two'); 0")
    (display,), (update,) = reply.of("display_data"), reply.of("update_display_data")
    assert display["transient"] == update["transient"] == {"display_id": "mine"}
    assert update["data"] == {"text/plain": "'two'"}
    later = kernel.ok("await shown.update({ 'text/html': '<b>3</b>' }); 0")
    assert later.of("update_display_data")[0]["data"] == {"text/html": "<b>3</b>"}


def test_ijavascript_132_clear_output(kernel):
    assert kernel.ok("clearOutput(); clearOutput({ wait: true })").of("clear_output") == [{"wait": False}, {"wait": True}]


def test_tslab_displays(kernel):
    reply = kernel.ok("""import * as tslab from "tslab";
    tslab.display.html("<b>1</b>"); tslab.display.png(new Uint8Array([1, 2])); tslab.display.raw("text/x", "raw");
    const live = tslab.newDisplay(); live.text("first"); live.markdown("second"); tslab.versions""")
    data = [display["data"] for display in reply.of("display_data")]
    assert data == [{"text/html": "<b>1</b>"}, {"image/png": "AQI="}, {"text/x": "raw"}, {"text/plain": "first"}]
    assert reply.of("update_display_data")[0]["data"] == {"text/markdown": "second"}
    assert re.fullmatch(r"\{ tslab: '1\.0\.\d+', typescript: '7\.[\d.]+', node: 'v2\d\.[\d.]+' \}", plain(reply.result))


def test_a_value_shows_itself(kernel):
    code = "({ async [Symbol.for('Jupyter.display')]() { return { 'text/html': '<i>', 'application/x+json': { a: [1] }, 'image/png': new Uint8Array([255]) } } })"
    assert kernel.ok(code).of("execute_result")[0]["data"] == {
        "text/html": "<i>", "application/x+json": {"a": [1]}, "image/png": "/w==",
    }


def test_a_value_that_fails_to_show_itself_is_an_error_of_its_cell(kernel):
    reply = kernel.run("({ [Symbol.for('Jupyter.display')]() { throw new Error('no picture') } })")
    assert "no picture" in reply.traceback
    reply = kernel.run("({ [Symbol.for('Jupyter.display')]() { return 5 } })")
    assert "Expected" in reply.traceback and "MIME bundle" in reply.traceback


def test_child_processes_and_native_writes(kernel):
    """In tslab and Deno these end in the terminal of the server."""
    reply = kernel.ok("import { execSync, spawn } from 'node:child_process'; import { writeSync } from 'node:fs';"
                      "execSync('echo from a child; echo its complaint >&2', { stdio: 'inherit' });"
                      "writeSync(1, 'past Node\\n'); 0")
    assert reply.text() == "from a child\npast Node\n" and reply.text("stderr") == "its complaint\n"
    reply = kernel.ok("await new Promise(done => spawn('echo', ['spawned'], { stdio: 'inherit' }).on('exit', done)); 0")
    assert reply.text() == "spawned\n"


def test_replacing_console_harms_nobody(fresh):
    fresh.run("console = { log() {} } as any")
    fresh.run("let process = 1, Buffer = 2, setTimeout = 3, JSON = 4, Promise = 5, Error = 6 as any")
    assert fresh.ok("process + Buffer").result == "3"
    assert fresh.run("throw 'still an error'").status == "error"
    assert fresh.ok("[1].map(x => x)").result == "[ 1 ]"
