"""The debugger: JupyterLab's own requests over the control channel, on cells that stop, step and go on."""

from __future__ import annotations

import time
from queue import Empty

import pytest
from kernels import TIMEOUT, Kernel
from ipykernel.compiler import murmur2_x86


class Debugging:
    """A front end with the debugger on."""

    def __init__(self, kernel: Kernel):
        self.kernel = kernel
        self.seq = 0
        self.events: list[dict] = []
        assert self("initialize", clientID="test", linesStartAt1=True)["supportsConfigurationDoneRequest"]
        self("attach")

    def answer(self, command: str, **arguments) -> dict:
        self.seq += 1
        request = {"type": "request", "seq": self.seq, "command": command, "arguments": arguments}
        answer = self.kernel.request("control", "debug_request", request)
        assert (answer["type"], answer["request_seq"], answer["command"]) == ("response", self.seq, command)
        return answer

    def __call__(self, command: str, **arguments) -> dict:
        answer = self.answer(command, **arguments)
        assert answer["success"], answer["message"]
        return answer.get("body", {})

    def breakpoints(self, code: str, *lines: int, **options) -> list[int]:
        path = self("dumpCell", code=code)["sourcePath"]
        wanted = [{"line": line, **options} for line in lines]
        found = self("setBreakpoints", source={"path": path}, breakpoints=wanted, sourceModified=False)
        return [each["line"] for each in found["breakpoints"]]

    def event(self, name: str, timeout: float = TIMEOUT) -> dict:
        """The next event of this name."""
        deadline = time.monotonic() + timeout
        while (left := deadline - time.monotonic()) > 0:
            message = self.kernel.iopub(left)
            if message["msg_type"] == "debug_event" and message["content"]["event"] == name:
                return message["content"].get("body", {})
        raise Empty

    def stopped(self, reason: str = "breakpoint") -> list[dict]:
        """Waits for a stop; gives the frames."""
        event = self.event("stopped")
        assert (event["reason"], event["threadId"]) == (reason, 1)
        return self("stackTrace", threadId=1)["stackFrames"]

    def scope(self, frame: dict, name: str) -> dict[str, str]:
        scopes = self("scopes", frameId=frame["id"])["scopes"]
        reference = next(scope["variablesReference"] for scope in scopes if scope["name"] == name)
        return {each["name"]: each["value"] for each in self.children(reference)}

    def children(self, reference: int) -> list[dict]:
        return self("variables", variablesReference=reference)["variables"]

    def finish(self, msg_id: str) -> dict:
        return self.kernel.shell_reply(msg_id)["content"]


@pytest.fixture
def debugging(kernel):
    front_end = Debugging(kernel)
    yield front_end
    front_end("disconnect", restart=False, terminateDebuggee=False)


def test_the_kernel_says_that_it_has_a_debugger(kernel):
    info = kernel.request("shell", "kernel_info_request", {})
    assert info["debugger"] is True and "debugger" in info["supported_features"]


def test_cells_are_named_as_jupyterlab_names_them(kernel):
    debugging = Debugging(kernel)
    info = debugging("debugInfo")
    assert info["isStarted"] and info["hashMethod"] == "Murmur2" and info["stoppedThreads"] == []
    for code in ("const a = 1;", "const 제목 = '🙂 épée';\n"):
        name = f"{info['tmpFilePrefix']}{murmur2_x86(code, info['hashSeed'])}{info['tmpFileSuffix']}"
        assert debugging("dumpCell", code=code)["sourcePath"] == name
        assert debugging("source", source={"path": name})["content"] == code
    debugging("disconnect")
    assert debugging("debugInfo")["isStarted"] is False


AVERAGE = """interface Point { x: number; y: number }
function average(points: Point[]): number {
  let sum = 0;
  for (const { x } of points) {
    sum += x;
  }
  return sum / points.length;
}
const points: Point[] = [{ x: 1, y: 2 }, { x: 5, y: 6 }];
const mean = average(points);
mean"""


def test_a_breakpoint_stops_a_cell_in_the_readers_lines(kernel, debugging):
    assert debugging.breakpoints(AVERAGE, 5) == [5]
    cell = kernel.send(AVERAGE)
    inner, outer = debugging.stopped()
    path = debugging("dumpCell", code=AVERAGE)["sourcePath"]
    assert (inner["name"], inner["line"], inner["source"]["path"]) == ("average", 5, path)
    assert (outer["line"], outer["source"]["path"]) == (10, path)
    locals_ = debugging.scope(inner, "Locals")
    assert (locals_["x"], locals_["sum"]) == ("1", "0") and locals_["points"].startswith("[ [Object]")
    # The kernel answers while the program stands.
    assert kernel.request("shell", "is_complete_request", {"code": "f("})["status"] == "incomplete"
    debugging("continue", threadId=1)
    inner, _ = debugging.stopped()
    assert {**debugging.scope(inner, "Locals"), "points": ""} == {"x": "5", "sum": "1", "points": ""}
    assert debugging("evaluate", expression="(sum as number) + x * 100", frameId=inner["id"])["result"] == "501"
    debugging("continue", threadId=1)
    assert debugging.finish(cell)["status"] == "ok"


def test_stepping_goes_over_into_and_out(kernel, debugging):
    code = "function twice(x: number) {\n  const y = x * 2;\n  return y;\n}\nlet a = 1;\na = twice(a);\na = twice(a);\na"
    debugging.breakpoints(code, 5)
    cell = kernel.send(code)
    assert debugging.stopped()[0]["line"] == 5
    lines = []
    for command in ("next", "stepIn", "next", "stepOut", "next"):
        debugging(command, threadId=1)
        (frame, *_) = debugging.stopped("step")
        lines.append(frame["line"])
    assert lines[:3] == [6, 2, 3] and lines[3] in (6, 7) and lines[4] in (7, 8)
    debugging("continue", threadId=1)
    debugging.event("continued")
    assert debugging.finish(cell)["status"] == "ok"
    assert kernel.ok("a").result == "4"


def test_a_step_past_the_end_does_not_stop_the_next_cell(kernel, debugging):
    code = "const last = 1;"
    debugging.breakpoints(code, 1)
    cell = kernel.send(code)
    debugging.stopped()
    debugging("stepOut", threadId=1)
    debugging.event("continued")
    assert debugging.finish(cell)["status"] == "ok"
    debugging.breakpoints(code)
    assert kernel.ok("last + 1").result == "2"


def test_stepping_goes_over_an_await(kernel, debugging):
    code = "let b = 1;\nawait new Promise((resolve) => setTimeout(resolve, 30));\nb = 2;\nb = 3;"
    debugging.breakpoints(code, 2)
    cell = kernel.send(code)
    assert debugging.stopped()[0]["line"] == 2
    debugging("next", threadId=1)
    (frame, *_) = debugging.stopped("step")
    assert frame["line"] == 3
    assert debugging("evaluate", expression="b", frameId=frame["id"])["result"] == "1"
    debugging("continue", threadId=1)
    assert debugging.finish(cell)["status"] == "ok"


def test_functions_of_earlier_cells_can_be_stopped_in(kernel, debugging):
    earlier = "function scaled(x: number) {\n  return x * 10;\n}"
    kernel.ok(earlier)
    assert debugging.breakpoints(earlier, 2) == [2]
    cell = kernel.send("scaled(3)")
    inner, outer = debugging.stopped()
    assert (inner["name"], inner["line"], outer["line"]) == ("scaled", 2, 1)
    debugging("continue", threadId=1)
    assert debugging.finish(cell)["status"] == "ok"
    # Taken away again.
    debugging.breakpoints(earlier)
    assert kernel.ok("scaled(4)").result == "40"


def test_a_line_without_code_takes_the_next_one(kernel, debugging):
    code = "// a comment\n\nconst c = 1;\n// the end"
    kernel.ok(code)
    assert debugging.breakpoints(code, 1, 2) == [3, 3]


def test_conditions(kernel, debugging):
    code = "let total = 0;\nfor (let i = 0; i < 10; i++) {\n  total += i;\n}"
    debugging.breakpoints(code, 3, condition="i === 7")
    cell = kernel.send(code)
    (frame, *_) = debugging.stopped()
    assert debugging("evaluate", expression="[i, total]", frameId=frame["id"])["result"] == "[ 7, 21 ]"
    debugging("continue", threadId=1)
    assert debugging.finish(cell)["status"] == "ok"


def test_breakpoints_in_a_file_beside_the_notebook(fresh, tmp_path):
    helper = tmp_path / "helper.ts"
    helper.write_text("export function half(x: number): number {\n  const y: number = x / 2;\n  return y;\n}\n")
    debugging = Debugging(fresh)
    found = debugging("setBreakpoints", source={"path": str(helper)}, breakpoints=[{"line": 3}])
    assert [each["line"] for each in found["breakpoints"]] == [3]
    cell = fresh.send('import { half } from "./helper.ts";\nhalf(5)')
    inner, outer = debugging.stopped()
    assert (inner["line"], inner["source"]["path"], outer["line"]) == (3, str(helper), 2)
    assert debugging.scope(inner, "Locals") == {"x": "5", "y": "2.5"}
    debugging("disconnect")
    assert debugging.finish(cell)["status"] == "ok"


def test_exceptions_stop_when_wanted(kernel, debugging):
    code = 'function risky(): number {\n  throw new RangeError("too far");\n}\ntry { risky(); } catch {}\nrisky();'
    debugging("setExceptionBreakpoints", filters=["all"])
    cell = kernel.send(code)
    assert [frame["line"] for frame in debugging.stopped("exception")] == [2, 4]
    debugging("setExceptionBreakpoints", filters=[])
    debugging("continue", threadId=1)
    assert debugging.finish(cell)["ename"] == "RangeError"


def test_variables_without_a_stop(kernel, debugging):
    kernel.ok("const word = '한글'; const list = Array.from({ length: 250 }, (_, i) => i); let nothing: string | undefined;")
    kernel.ok("const big = new Float32Array(5_000_000); const table = new Map([['a', 1]]);")
    variables = {each["name"]: each for each in debugging("inspectVariables")["variables"]}
    assert variables["word"]["value"] == '"한글"' and variables["nothing"]["value"] == "undefined"
    items = debugging.children(variables["list"]["variablesReference"])
    assert [(each["name"], each["value"]) for each in items[:2]] == [("0", "0"), ("1", "1")]
    assert items[-1]["value"] == "150 more"
    assert len(debugging.children(variables["big"]["variablesReference"])) == 101
    assert variables["table"]["value"] == "Map(1) { 'a' => 1 }"
    rich = debugging("richInspectVariables", variableName="list")
    assert rich["data"]["text/plain"].startswith("[")
    assert debugging("evaluate", expression="word.length")["result"] == "2"


def test_rich_variables_at_a_stop(kernel, debugging):
    code = (
        'class Shown { [Symbol.for("Jupyter.display")]() { return { "text/html": "<b>shown</b>" }; } }\n'
        "function look() {\n  const inner = new Shown();\n  return inner;\n}\nlook();"
    )
    debugging.breakpoints(code, 4)
    cell = kernel.send(code)
    (frame, *_) = debugging.stopped()
    rich = debugging("richInspectVariables", variableName="inner", frameId=frame["id"])
    assert rich["data"] == {"text/html": "<b>shown</b>"}
    debugging("continue", threadId=1)
    assert debugging.finish(cell)["status"] == "ok"


def test_the_stop_button_ends_a_cell_at_a_breakpoint(kernel, debugging):
    code = "let turns = 0;\nwhile (true) {\n  turns++;\n}"
    debugging.breakpoints(code, 3)
    cell = kernel.send(code)
    debugging.stopped()
    kernel.request("control", "interrupt_request", {})
    assert debugging.finish(cell)["ename"] == "KeyboardInterrupt"
    debugging.breakpoints(code)
    assert kernel.ok("turns > 0").result == "true"


def test_pause_stops_a_running_loop(kernel, debugging):
    cell = kernel.send("let spin = true;\nlet rounds = 0;\nwhile (spin) {\n  rounds++;\n}")
    time.sleep(0.5)
    debugging("pause", threadId=1)
    (frame, *_) = debugging.stopped("pause")
    assert frame["line"] in (3, 4)
    debugging("evaluate", expression="spin = false", frameId=frame["id"])
    debugging("continue", threadId=1)
    assert debugging.finish(cell)["status"] == "ok"


def test_disconnecting_lets_the_program_go_on(kernel):
    debugging = Debugging(kernel)
    code = "const here = 1;\nhere + 1"
    debugging.breakpoints(code, 2)
    cell = kernel.send(code)
    debugging.stopped()
    debugging("disconnect")
    assert debugging.finish(cell)["status"] == "ok"
    # A breakpoint of a debugger that is off does not stop anything.
    assert kernel.ok(code).result == "2"


def test_a_restart_while_a_cell_stands_at_a_breakpoint(fresh):
    debugging = Debugging(fresh)
    code = "const stuck = 1;"
    debugging.breakpoints(code, 1)
    fresh.send(code)
    debugging.stopped()
    fresh.manager.shutdown_kernel(now=False)
    assert not fresh.manager.is_alive()


@pytest.mark.parametrize(
    ("command", "arguments", "says"),
    [
        ("fly", {}, 'no command "fly"'),
        ("constructor", {}, 'no command "constructor"'),
        ("dumpCell", {"code": 3}, 'Expected "code" to be a text'),
        ("setBreakpoints", {"breakpoints": []}, 'Expected "source.path"'),
        ("source", {"source": {"path": "/nowhere.ts"}}, "no source at /nowhere.ts"),
        ("continue", {}, "does not stand at a breakpoint"),
        ("next", {}, "does not stand at a breakpoint"),
        ("scopes", {"frameId": 7}, "earlier stop"),
        ("variables", {"variablesReference": 99}, "earlier stop"),
        ("evaluate", {"expression": "nobody"}, "nobody is not defined"),
        ("evaluate", {"expression": "const ="}, "expected"),
        ("richInspectVariables", {"variableName": "a; b"}, "variable's name"),
    ],
)
def test_what_cannot_be_done_is_said(kernel, debugging, command, arguments, says):
    answer = debugging.answer(command, **arguments)
    assert answer["success"] is False and says in answer["message"]
    assert kernel.ok("1 + 1").result == "2"


def test_commands_before_the_debugger_is_on(fresh):
    request = {"type": "request", "seq": 1, "command": "pause", "arguments": {}}
    answer = fresh.request("control", "debug_request", request)
    assert answer["success"] is False and "The debugger is off" in answer["message"]


def test_a_local_is_copied_to_the_notebook(kernel, debugging):
    code = "function local() {\n  const inner = { deep: [1, 2] };\n  return inner.deep.length;\n}\nlocal()"
    debugging.breakpoints(code, 3)
    running = kernel.send(code)
    (frame, *_) = debugging.stopped()
    debugging("copyToGlobals", srcVariableName="inner", dstVariableName="copied", srcFrameId=frame["id"])
    # A name that the notebook has already takes the new value.
    debugging("copyToGlobals", srcVariableName="inner", dstVariableName="local", srcFrameId=frame["id"])
    unknown = debugging.answer("copyToGlobals", srcVariableName="nobody", dstVariableName="copied", srcFrameId=frame["id"])
    assert not unknown["success"] and "nobody is not defined" in unknown["message"]
    debugging("continue", threadId=1)
    assert kernel.collect(running).result == "2"
    assert kernel.ok("copied.deep[1] + (local as any).deep[0]").result == "3"
    assert {"copied", "local"} <= {each["name"] for each in debugging("inspectVariables")["variables"]}
    assert kernel.ok("let copied = 5; copied").result == "5"


def test_the_readers_files_are_the_modules(kernel, debugging):
    kernel.ok("import { writeFileSync } from 'node:fs'; writeFileSync('listed.ts', 'export const listed: number = 4;')")
    kernel.ok("import { listed } from './listed'; import { keras } from 'tskeras'; listed")
    (module,) = [each for each in debugging("modules")["modules"] if each["name"] == "listed.ts"]
    assert debugging("source", source={"path": module["path"]})["content"] == "export const listed: number = 4;"
    assert not any("node_modules" in each["path"] or "dist" in each["path"] for each in debugging("modules")["modules"])
