"""The stop button: whatever runs is stopped, and everything else stays."""

import json
import os
import signal
import threading
import time

import pytest
from kernels import TIMEOUT, Kernel

SLEEP = "const sleep = (ms: number) => new Promise<void>(r => setTimeout(r, ms));"
HOST = "const host = (globalThis as any)[Symbol.for('Jupyter.host')];"


def interrupt(kernel, code, after=0.3, how=None, **options):
    """Runs a cell, interrupts it, and returns its reply with the seconds from the interrupt to the reply."""
    reply = interrupt_once(kernel, code, after, how, **options)
    # On a busy machine a cell's types may take longer than that.
    if after and reply.content.get("evalue") == "interrupted before the cell started":
        return interrupt(kernel, code, 2 * after, how, **options)
    return reply


def interrupt_once(kernel, code, after, how, **options):
    pressed = []

    def press():
        time.sleep(after)
        pressed.append(time.monotonic())
        (how or kernel.manager.interrupt_kernel)()

    thread = threading.Thread(target=press)
    msg_id = kernel.send(code, **options)
    thread.start()
    reply = kernel.collect(msg_id)
    reply.seconds = time.monotonic() - pressed[0]
    thread.join()
    return reply


@pytest.fixture(autouse=True)
def variables(kernel):
    kernel.ok(f"{SLEEP} {HOST} let kept = 'kept'; let ticks = 0")
    yield
    assert kernel.ok("kept").result == "'kept'"


CELLS = {
    "a busy loop": "while (true) {}",
    "a busy loop that uses a variable": "while (true) ticks++",
    "a pending promise": "await new Promise(() => {})",
    "a promise as the last value": "new Promise(() => {})",
    "an awaited loop": "while (true) { await sleep(5); ticks++ }",
    "a loop of microtasks": "async function train() { while (true) { await null; ticks++ } }; await train()",
    "a busy loop after an await": "await sleep(50); while (true) ticks++",
    "a busy loop in a timer": "setTimeout(() => { while (true); }, 50); await new Promise(() => {})",
    "a busy loop in a microtask": "await Promise.resolve().then(() => { while (true); })",
    "a value that shows itself for ever": "({ [Symbol.for('Jupyter.display')]() { while (true); } })",
    "a loop that catches everything": "while (true) { try { await sleep(10) } catch {} }",
    "a busy loop that catches everything": "while (true) { try { while (true); } catch {} }",
    "for await": "for await (const _ of (async function* () { while (true) { await sleep(5); yield 1 } })()) ticks++",
    "a child process": "await new Promise(r => require('node:child_process').exec('sleep 1000').on('exit', r))",
    "a child process that blocks": "require('node:child_process').execSync('sleep 1000')",
    "a shell command": "!sleep 1000",
    "an endless print loop": "while (true) console.log('endless ' + ticks++)",
    "an endless print loop with awaits": "while (true) { console.log('endless'); await null }",
    "a wait for shared memory": "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)",
}


@pytest.mark.parametrize("name", CELLS)
def test_ijavascript_49_typescript_notebook_16_interrupts(kernel, name):
    reply = interrupt(kernel, CELLS[name])
    assert reply.content["ename"] == "KeyboardInterrupt", reply.traceback
    assert "KeyboardInterrupt" in reply.traceback


def test_what_an_endless_loop_has_printed_is_there(kernel):
    lines = interrupt(kernel, "while (true) console.log(ticks++)").text().splitlines()
    assert lines == [str(n) for n in range(len(lines))]
    # The last one may have been stopped between counting and printing.
    assert int(kernel.ok("ticks").result) - len(lines) in (0, 1)


def test_an_endless_loop_of_displays(kernel):
    """They wait for room as prints do, else they would fill the memory."""
    displays = interrupt(kernel, "while (true) display({ 'text/plain': ticks++ })").of("display_data")
    texts = [str(display["data"]["text/plain"]) for display in displays]
    assert texts == [str(n) for n in range(len(texts))]
    assert int(kernel.ok("ticks").result) - len(texts) in (0, 1)


def test_nothing_goes_on_after_the_interrupt(kernel):
    """tslab drops the promise, and the training goes on."""
    interrupt(kernel, "while (true) { await sleep(2); ticks++ }")
    assert kernel.ok("const before = ticks; await sleep(150); ticks - before").result == "0"


def test_finally_blocks_run_and_can_await(kernel):
    reply = interrupt(kernel, "try { await sleep(1e6) } finally { await sleep(20); console.log('cleaned up') }")
    assert reply.text() == "cleaned up\n"


def test_generators_are_closed(kernel):
    code = "for await (const _ of (async function* () { try { while (true) { await sleep(1); yield 1 } } finally { console.log('closed') } })()) ticks++"
    assert interrupt(kernel, code).text() == "closed\n"


def test_the_interrupt_can_be_caught(kernel):
    reply = interrupt(kernel, "let caught = ''; try { await sleep(1e6) } catch (error) { caught = (error as Error).name }; caught")
    assert reply.result == "'KeyboardInterrupt'"


def test_cooperating_work_ends_where_it_wants(kernel):
    """As fit does: it computes 150 ms at a time, and returns what it has when the signal is aborted."""
    code = """
    let steps = 0;
    await host.cooperate(async () => {
      while (!host.signal.aborted) {
        for (const end = Date.now() + 150; Date.now() < end; );
        steps++;
        await new Promise(r => setImmediate(r));
      }
    });
    steps > 0 && host.signal.reason.name"""
    assert interrupt(kernel, code).result == "'KeyboardInterrupt'"
    assert kernel.ok("[steps > 0, host.signal.aborted]").result == "[ true, false ]"


def test_work_that_promises_to_cooperate_and_does_not_is_stopped(kernel):
    reply = interrupt(kernel, "await host.cooperate(async () => { while (true); })")
    assert reply.content["ename"] == "KeyboardInterrupt"
    assert interrupt(kernel, "while (true);").seconds < 1.5  # the count of cooperating work is back at 0


def test_twice_in_a_row(kernel):
    def twice():
        kernel.manager.interrupt_kernel()
        kernel.manager.interrupt_kernel()

    # The second one finds the main thread between two states, another one each time.
    for _ in range(8):
        for code in ("while (true);", "while (true) { try { await sleep(10) } catch {} }"):
            assert interrupt(kernel, code, after=0.1, how=twice).content["ename"] == "KeyboardInterrupt"
            assert kernel.ok("1 + 1").result == "2"


def test_an_interrupt_while_idle_changes_nothing(kernel):
    """Nothing waits in between: the interrupt and the cell travel on two channels, which may overtake each other."""
    kernel.manager.interrupt_kernel()
    assert kernel.ok("await sleep(100); 'not interrupted'").result == "'not interrupted'"


def test_queued_cells_are_aborted(kernel):
    running = kernel.send("while (true);")
    queued = kernel.send("'queued'")
    time.sleep(0.3)
    kernel.manager.interrupt_kernel()
    assert kernel.collect(running).content["ename"] == "KeyboardInterrupt"
    assert kernel.collect(queued).status == "aborted"


def test_background_work_of_other_cells_goes_on(kernel):
    kernel.ok("let alive = 0; void (async () => { for (;;) { await sleep(5); alive++ } })(); 0")
    interrupt(kernel, "while (true) await sleep(10)")
    before = int(kernel.ok("alive").result)
    assert int(kernel.ok("await sleep(100); alive").result) > before


def test_timers_of_a_stopped_cell_end_and_those_of_earlier_cells_go_on(kernel):
    kernel.ok("let [early, late] = [0, 0]; const earlier = setInterval(() => early++, 5)")
    interrupt(kernel, """setInterval(() => late++, 5);
      setTimeout(function again() { late++; setTimeout(again, 5) }, 5);
      setImmediate(function soon() { late++; setImmediate(soon) });
      setTimeout(() => { late = -1e9 }, 2000);
      const { setInterval: named } = await import('node:timers'); named(() => late++, 5);
      await new Promise(() => {})""")
    kernel.ok("await sleep(20)")  # what was due is struck off
    code = "const [e, l] = [early, late]; await sleep(2000); [early > e, late - l, l > 0]"
    assert kernel.ok(code).result == "[ true, 0, true ]"
    kernel.ok("clearInterval(earlier)")


def test_timers_that_a_library_has_set_outlive_the_cell_that_used_it(tmp_path):
    """A connection's timeout belongs to the connection."""
    package = tmp_path / "node_modules" / "beats"
    package.mkdir(parents=True)
    (package / "index.js").write_text("exports.beats = 0; exports.start = () => { setInterval(() => exports.beats++, 5) }")
    kernel = Kernel(tmp_path)
    interrupt(kernel, "%%typecheck off\nconst library = require('beats'); library.start(); await new Promise(() => {})")
    assert kernel.ok("%%typecheck off\nconst before = library.beats; await new Promise(r => setTimeout(r, 100)); library.beats > before").result == "true"
    kernel.stop()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
@pytest.mark.parametrize("name", ["a busy loop", "a pending promise", "a busy loop after an await", "an awaited loop"])
def test_deno_24491_a_signal_interrupts_as_well(kernel, name):
    """denoland/deno#24491: a SIGINT ended the kernel. V8's thread is busy, so another one has to hear it."""
    pid = int(kernel.ok("process.pid").result)
    reply = interrupt(kernel, CELLS[name], how=lambda: os.kill(pid, signal.SIGINT))
    assert reply.content["ename"] == "KeyboardInterrupt"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
def test_a_signal_while_idle_changes_nothing(kernel):
    pid = int(kernel.ok("process.pid").result)
    os.kill(pid, signal.SIGINT)
    time.sleep(0.1)  # a signal has no time of its own
    assert kernel.ok("await sleep(100); 'not interrupted'").result == "'not interrupted'"


def test_a_cell_that_is_being_prepared_can_be_interrupted(fresh):
    """The first cell waits for TypeScript's server."""
    reply = interrupt(fresh, "while (true);", after=0)
    assert reply.content["ename"] == "KeyboardInterrupt"
    assert fresh.ok("1 + 1").result == "2"


def test_the_control_channel_answers_while_a_cell_computes(kernel):
    msg_id = kernel.send("for (const end = Date.now() + 1500; Date.now() < end; );")
    started = time.monotonic()
    assert kernel.request("control", "kernel_info_request", {})["status"] == "ok"
    kernel.client.hb_channel.unpause()
    time.sleep(0.3)
    assert kernel.client.hb_channel.is_beating()
    assert kernel.request("shell", "is_complete_request", {"code": "f("})["status"] == "incomplete"
    assert time.monotonic() - started < 1.2
    assert kernel.collect(msg_id, TIMEOUT).status == "ok"


# What a library does is stopped anywhere, not only where it awaits.
IN_LIBRARIES = {
    "microtasks": "(async () => { for (;;) await null })()",
    "ticks": "new Promise(() => { const f = () => process.nextTick(f); f() })",
    "files and microtasks": """(async () => { for (;;) {
        await new Promise((done) => require("node:fs").stat("/", done));
        for (let i = 0; i < 1e5; i++) await i } })()""",
    "a storage of its own": """(async () => {
        const { AsyncLocalStorage } = require("node:async_hooks"), storage = new AsyncLocalStorage();
        for (;;) await storage.run(1, async () => { await null }) })()""",
    "immediates": "new Promise(() => { const f = () => { for (let i = 0; i < 1e6; i++); setImmediate(f) }; f(); f() })",
}


@pytest.mark.parametrize("name", IN_LIBRARIES)
def test_stopping_a_library_again_and_again_leaves_the_kernel_alive(fresh, name):
    """Node looks after what ran asynchronously, and does not expect that V8 ends it anywhere."""
    fresh.ok("const kept = 'kept'")
    # As code that is no cell's, whose awaits are V8's own.
    code = f"%%typecheck off\nawait (0, eval)({json.dumps(IN_LIBRARIES[name])})"
    for n in range(12):
        assert interrupt(fresh, code, after=0.05 + 0.2 * (n * 0.618 % 1)).content["ename"] == "KeyboardInterrupt"
    assert fresh.ok("kept").result == "'kept'"


def test_stopping_charts_again_and_again_leaves_the_kernel_alive(kernel):
    """Drawing is optimized code; what V8 is asked and says while it is terminated must not end the process."""
    kernel.ok('%%typecheck off\nimport { keras as forCharts } from "tskeras"; const started = Date.now(); forCharts.charts.plot([1])')
    for n in range(40):
        code = "%%typecheck off\nfor (;;) await display(forCharts.charts.plot([1, 3, 2]))"
        assert interrupt(kernel, code, after=0.03 + 0.15 * (n * 0.618 % 1)).content["ename"] == "KeyboardInterrupt"
    assert kernel.ok("started > 0").result == "true"
