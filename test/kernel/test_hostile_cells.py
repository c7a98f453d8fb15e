"""Cells that break what they stand on: an error in the right place, or a clean restart that says why; never a hang."""

import os
import signal
import time

import pytest
import zmq
from kernels import Kernel, plain


@pytest.fixture(scope="module")
def kernel(kernel):
    kernel.ok("%typecheck off")
    return kernel


@pytest.fixture
def fresh(fresh):
    fresh.ok("%typecheck off")
    return fresh


def still_works(kernel):
    reply = kernel.ok("console.log('prints'); await null; 1 + 1")
    assert (reply.result, reply.text()) == ("2", "prints\n")
    assert kernel.run("throw new RangeError('told')").content["ename"] == "RangeError"


SUICIDES = ["process.exit(3)", "process.abort()", "process.kill(process.pid)", "process.kill(process.pid, 'SIGKILL')",
            "process.kill(process.pid, 15)", "process.kill(0)", "require('node:process').exit()"]


@pytest.mark.parametrize("code", SUICIDES)
def test_a_cell_cannot_end_the_kernel(kernel, code):
    assert "Restart Kernel" in kernel.run(code).traceback
    still_works(kernel)


def test_signals_that_kill_nobody_may_be_sent(kernel):
    assert kernel.ok("[process.kill(process.pid, 0), process.kill(process.pid, 'SIGWINCH')]").result == "[ true, true ]"
    code = "let heard = 0; process.on('SIGUSR2', () => heard++); process.kill(process.pid, 'SIGUSR2'); await new Promise(r => setTimeout(r, 100)); heard"
    assert kernel.ok(code).result == "1"
    still_works(kernel)


def test_whoever_removes_all_listeners_removes_only_their_own(kernel):
    code = "setTimeout(() => { process.removeAllListeners(); throw new Error('at once') }, 10); await new Promise(r => setTimeout(r, 100))"
    assert "at once" in kernel.ok(code).text("stderr")
    still_works(kernel)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps its own standard descriptors")
def test_standard_descriptors_may_be_closed(fresh):
    fresh.ok("require('node:fs').closeSync(1); require('node:fs').closeSync(2)")
    reply = fresh.ok("require('node:child_process').execSync('echo out; echo err >&2', { stdio: 'inherit' }); 0")
    assert (reply.text(), reply.text("stderr")) == ("out\n", "err\n")
    still_works(fresh)


ODD_VALUES = {
    "inspect throws": ("({ [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('no look') } })", "no look"),
    "a proxy that throws": ("new Proxy({}, { get() { throw new Error('trap') } })", "trap"),
    "a bundle that is no JSON": ("await display({ 'text/html': 5n })", "BigInt"),
    "a circular bundle": ("const circle = {}; circle.a = circle; await display({ 'application/json': circle })", "circular"),
    "an error that is its own cause": ("const own = new Error('own'); own.cause = own; throw own", "the same error as above"),
    "an error among its own errors": ("const among = new AggregateError([], 'among'); among.errors.push(among, among); throw among", "the same error"),
    "very many errors": ("throw new AggregateError(Array.from({ length: 2e4 }, (_, i) => new Error('n' + i)), 'many')", "… of 20000 errors"),
    "a long message": ("throw new Error('long '.repeat(1e7))", "more characters"),
    "a getter that throws": ("throw Object.defineProperty(new Error('with getter'), 'bad', { enumerable: true, get() { throw 5 } })", "with getter"),
    "a stack that throws": ("throw Object.defineProperty(new Error('no stack'), 'stack', { get() { throw 5 } })", "no stack"),
    "a thenable that throws": ("({ then() { throw new Error('not then') } })", "not then"),
    "an endless recursion": ("function again(n) { return again(n + 1) + 1 }; again(0)", "Maximum call stack size exceeded"),
    "an endless recursion that prints": ("function prints(n) { process.stdout.write('x'.repeat(100)); prints(n + 1) }; prints(0)", "Maximum call stack"),
    "an endless asynchronous recursion": ("async function deeper() { await deeper() }; await deeper()", "Maximum call stack size exceeded"),
    "JavaScript's largest array": ("new Array(2 ** 32)", "Invalid array length"),
    "more memory than there is": ("new ArrayBuffer(2 ** 52)", "Array buffer allocation failed"),
    "more WebAssembly than there is": ("new WebAssembly.Memory({ initial: 65536, maximum: 65536 * 2 })", "WebAssembly.Memory"),
    "a tensor larger than all memory": ("const { tf } = await import('tskeras'); tf.ones([2 ** 20, 2 ** 20])", ""),
}


@pytest.mark.parametrize("name", ODD_VALUES)
def test_odd_values_and_errors_are_one_error(kernel, name):
    code, message = ODD_VALUES[name]
    reply = kernel.run(code)
    assert reply.status == "error" and message in reply.traceback
    assert len(reply.traceback) < 60_000
    still_works(kernel)


def test_a_value_whose_look_never_ends_can_be_interrupted(kernel):
    msg_id = kernel.send("console.log('looks'); ({ [Symbol.for('nodejs.util.inspect.custom')]() { for (;;); } })")
    while kernel.iopub()["msg_type"] != "stream":
        pass
    kernel.manager.interrupt_kernel()
    assert kernel.shell_reply(msg_id)["content"]["ename"] == "KeyboardInterrupt"
    still_works(kernel)


def test_thousands_of_rejections_are_counted(kernel):
    reply = kernel.ok("for (let i = 0; i < 5000; i++) Promise.reject(new Error('rejected ' + i)); await new Promise(r => setTimeout(r, 1000))")
    text = reply.text("stderr")
    assert text.count("Nobody caught this") == 10 and "… and 4990 more" in text
    still_works(kernel)


def test_a_flood_of_intervals_leaves_room_for_cells(fresh):
    fresh.ok("for (let i = 0; i < 10_000; i++) setInterval(() => {}, 0); 0")
    still_works(fresh)


def test_a_worker_that_crashes_is_told_in_its_cell(kernel):
    code = "const { Worker } = require('node:worker_threads'); new Worker(`{CODE}`, { eval: true }); await new Promise(r => setTimeout(r, 1500)); 0"
    assert "worker failed" in kernel.ok(code.replace("{CODE}", "throw new Error('worker failed')")).text("stderr")
    full = code.replace("{CODE}", "const all = []; for (;;) all.push(new Array(1e5).fill(1.5))").replace("eval: true", "eval: true, resourceLimits: { maxOldGenerationSizeMb: 20 }")
    assert "memory limit" in kernel.ok(full).text("stderr")
    kernel.ok(code.replace("{CODE}", "process.exit(3)"))
    still_works(kernel)


def test_names_of_the_language_may_be_taken(fresh):
    """A cell's `let` is seen by every module of the process."""
    fresh.ok("let globalThis = 1, Symbol = 2, Object = 3, Reflect = 4, Array = 5, Math = 6, String = 7, Number = 8")
    fresh.ok("let Map = 1, Set = 2, Promise = 3, WeakRef = 4, Uint8Array = 5, BigInt = 6, JSON = 7, console2 = 8, process = 9")
    still_works(fresh)
    assert fresh.ok("({ a: 1n, b: [NaN] })").result == "{ a: 1n, b: [ NaN ] }"
    msg_id = fresh.send("for (;;);")
    time.sleep(0.5)
    fresh.manager.interrupt_kernel()
    assert fresh.collect(msg_id).content["ename"] == "KeyboardInterrupt"
    still_works(fresh)


def test_methods_of_arrays_and_functions_may_be_replaced(fresh):
    fresh.ok("%%typecheck off\nfor (const name of ['map', 'entries', 'forEach']) Array.prototype[name] = () => { throw new Error('replaced') };"
             "Function.prototype.call = () => { throw new Error('replaced') }")
    for code in ("for (;;);", "%%typecheck off\nawait (0, eval)('(async () => { while (true) await null })()')"):
        msg_id = fresh.send(code)
        time.sleep(0.5)
        fresh.manager.interrupt_kernel()
        assert fresh.collect(msg_id).content["ename"] == "KeyboardInterrupt"
    assert fresh.ok("1 + 1").result == "2"


# What a cell replaces, by the name under which it is told of.
VITAL = {name: name for name in ("Array.prototype[Symbol.iterator]", "Array.prototype.pop", "Function.prototype.apply", "MessagePort.prototype.postMessage")}
VITAL["ArrayIterator.prototype.next"] = "Object.getPrototypeOf([][Symbol.iterator]()).next"
VITAL["Session.prototype.post"] = "require('node:inspector').Session.prototype.post"
for name in ("run", "enterWith", "getStore"):
    VITAL[f"AsyncLocalStorage.prototype.{name}"] = f"require('node:async_hooks').AsyncLocalStorage.prototype.{name}"


@pytest.mark.parametrize("name", VITAL)
@pytest.mark.parametrize("then", ["1", "await new Promise(r => setTimeout(r, 20)); 1", "throw 1", "for (;;);"])
def test_what_everything_stands_on_is_put_back(kernel, name, then):
    msg_id = kernel.send(f"{VITAL[name]} = () => {{ throw new Error('replaced') }}; {then}")
    if then.startswith("for"):
        time.sleep(0.5)
        kernel.manager.interrupt_kernel()
    assert name in kernel.collect(msg_id).text("stderr")
    still_works(kernel)
    assert kernel.run("1").text("stderr") == ""


def test_methods_of_event_emitters_may_be_replaced(fresh):
    fresh.ok("require('node:events').prototype.emit = () => { throw new Error('replaced') }; 0")
    assert "told" in fresh.ok("setTimeout(() => { throw new Error('told') }); await new Promise(r => setTimeout(r, 100))").text("stderr")
    still_works(fresh)


def test_globals_may_be_frozen(fresh):
    fresh.ok("for (const o of [Object, Array, Promise, Map, Set, JSON, Math, Reflect, process, console, Symbol, String, RegExp, Date, Error])"
             " { Object.freeze(o); if (o.prototype) Object.freeze(o.prototype) }; Object.freeze(globalThis)")
    still_works(fresh)
    assert fresh.ok("await new Promise(r => setTimeout(r, 5)); ({ a: 1 })").result == "{ a: 1 }"


def test_prototypes_may_be_extended(fresh):
    fresh.ok("for (const p of [Object, Array, Function, String, Promise]) p.prototype.extension = function () { return 1 };"
             "Object.defineProperty(Object.prototype, 'id', { set() { throw new Error('set') }, get() { return 5 }, configurable: true });"
             "Object.defineProperty(Object.prototype, 'value', { set() { throw new Error('set') }, configurable: true })")
    still_works(fresh)
    assert "cell-" in fresh.run("(void 0).x").traceback


BUILTINS = ["Array.prototype", "String.prototype", "Map.prototype", "Set.prototype", "WeakMap.prototype", "Promise.prototype", "Promise",
            "Object", "JSON", "RegExp.prototype", "Reflect", "Atomics", "Math", "AbortController.prototype", "EventTarget.prototype",
            "Error.prototype", "Number", "Date", "performance", "Buffer"]


def test_every_builtin_may_be_replaced(fresh):
    """One after the other, by a function that throws."""
    names = fresh.ok(f"""[{", ".join(f'"{name}"' for name in BUILTINS)}].flatMap((name) => {{
        const object = eval(name);
        return Object.getOwnPropertyNames(object).filter((key) => key !== "constructor" && key !== "prototype"
          && typeof Object.getOwnPropertyDescriptor(object, key).value === "function").map((key) => name + " " + key);
      }}).join()""").result.strip("'").split(",")
    assert len(names) > 200
    names.remove("Array.prototype pop")  # Node itself calls it behind every callback
    fresh.ok("globalThis.kept = () => {}; const restore = () => globalThis.kept(); 0")
    broken = []
    for name in names:
        target, key = name.split(" ")
        replaced = f"globalThis.kept = () => {{ {target}.{key} = kept }}; {target}.{key} = () => {{ throw new Error('replaced') }}"
        worked = fresh.run(f"restore(); {{ const kept = {target}.{key}; {replaced} }}; console.log('prints'); await null; 1 + 1")
        failed = fresh.run("throw new RangeError('told')").status
        if (worked.result, worked.text()) != ("2", "prints\n") or failed != "error":
            broken.append(name)
    assert broken == []
    fresh.ok("restore()")
    still_works(fresh)


def crash(kernel, code):
    """Runs a cell that the kernel does not survive, and starts it anew as Jupyter's server does."""
    kernel.send(code)
    for _ in range(1200):
        if not kernel.manager.is_alive():
            break
        time.sleep(0.1)
    else:
        pytest.fail("the kernel is still there")
    kernel.manager.restart_kernel(now=True)
    kernel.client.wait_for_ready(timeout=30)


def test_a_full_heap_is_a_restart_that_says_why(tmp_path):
    kernel = Kernel(tmp_path, {"NODE_OPTIONS": "--max-old-space-size=200"})
    crash(kernel, "const all: unknown[] = []; for (;;) all.push(new Array(1e5).fill(1.5))")
    first = kernel.ok("1 + 1")
    assert "cell [1]" in first.text("stderr") and "JavaScript's memory was full" in first.text("stderr")
    assert kernel.ok("1 + 1").text("stderr") == ""
    kernel.stop()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_crashed_native_code_is_a_restart_that_says_why(tmp_path):
    kernel = Kernel(tmp_path)
    crash(kernel, "!kill -SEGV $PPID")
    assert "native code crashed" in kernel.run("all").text("stderr")
    kernel.stop()


def test_an_error_that_ends_node_is_a_restart_that_says_which(tmp_path):
    kernel = Kernel(tmp_path)
    crash(kernel, "Object.assign(process, { _fatalException: undefined }); setTimeout(() => { throw new RangeError('mine') }); await new Promise(r => setTimeout(r, 9000))")
    assert 'nobody caught "RangeError: mine"' in kernel.run("1").text("stderr")
    kernel.stop()


def test_a_restart_that_was_wanted_says_nothing(tmp_path):
    kernel = Kernel(tmp_path)
    kernel.ok("1")
    kernel.manager.restart_kernel()
    kernel.client.wait_for_ready(timeout=30)
    assert kernel.ok("1").text("stderr") == ""
    kernel.stop()


def processes_with(word):
    """The processes that have a word in their environment: what a kernel starts inherits its own."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/environ", "rb") as environ, open(f"/proc/{pid}/stat") as stat:
                if word.encode() in environ.read() and stat.read().rsplit(")", 1)[1].split()[0] != "Z":
                    found.append(int(pid))
        except OSError:
            pass
    return found


def remaining(word):
    """What is still there after a while, for there to be nothing."""
    for _ in range(100):
        if not (pids := processes_with(word)):
            return []
        time.sleep(0.05)
    return [open(f"/proc/{pid}/cmdline").read().replace("\0", " ") for pid in pids]


ENDS = {
    "shutdown": lambda kernel: kernel.request("control", "shutdown_request", {"restart": False}),
    "SIGTERM": lambda kernel: os.kill(kernel.manager.provisioner.process.pid, signal.SIGTERM),
    "SIGKILL by Jupyter": lambda kernel: kernel.manager.shutdown_kernel(now=True),
    "a crash and a new start": lambda kernel: (os.kill(kernel.manager.provisioner.process.pid, signal.SIGKILL),
                                               kernel.manager.provisioner.process.wait(5),
                                               kernel.manager.restart_kernel(now=True, env={**os.environ}), kernel.client.wait_for_ready(timeout=30)),
}


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="looks into /proc")
@pytest.mark.parametrize("how", ENDS)
@pytest.mark.parametrize("busy", ["", "for (;;);"])
def test_no_process_outlives_the_kernel(tmp_path, how, busy):
    word = f"outlives-{os.getpid()}-{time.monotonic_ns()}"
    kernel = Kernel(tmp_path, {"TSKERAS_TEST_WORD": word})
    kernel.ok("import { spawn } from 'node:child_process'; spawn('sleep', ['1000']); spawn('sh', ['-c', 'sleep 1000; true']); 0")
    assert len(processes_with(word)) >= 4  # the kernel, TypeScript's server, and these
    if busy:
        kernel.send(busy)
        time.sleep(0.3)
    ENDS[how](kernel)
    assert remaining(word) == []
    kernel.stop()


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="looks into /proc")
def test_signs_of_life_asked_for_while_it_ends_do_not_keep_a_busy_kernel(tmp_path):
    word = f"beats-{os.getpid()}-{time.monotonic_ns()}"
    kernel = Kernel(tmp_path, {"TSKERAS_TEST_WORD": word})
    kernel.send("for (;;);")
    with zmq.Context() as context, context.socket(zmq.DEALER) as heart:
        heart.linger, heart.rcvtimeo = 0, 30_000
        heart.connect(f"tcp://127.0.0.1:{kernel.manager.hb_port}")
        heart.send_multipart([b"", b"ping"])
        heart.recv_multipart()
        ENDS["SIGTERM"](kernel)
        end = time.monotonic() + 1
        while time.monotonic() < end:
            time.sleep(0.0003)
            if heart.poll(0, zmq.POLLOUT):
                heart.send_multipart([b"", b"ping"])
    assert remaining(word) == []
    kernel.stop()
