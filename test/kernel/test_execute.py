"""Cells: values, redeclaration, queueing and what an execute_request may ask for."""

import pytest
from kernels import TIMEOUT, plain

VALUES = [
    ("1 + 1", "2"),
    ('"text"', "'text'"),
    ("123n", "123n"),
    ("NaN", "NaN"),
    ("-0", "-0"),
    ("null", "null"),
    ("undefined", None),
    ("const unshown = 1", None),
    ("1;", "1"),
    ("Symbol('s')", "Symbol(s)"),
    ("({ a: 1, b: [2] })", "{ a: 1, b: [ 2 ] }"),
    ("new Map([[1, 2]])", "Map(1) { 1 => 2 }"),
    ("await Promise.resolve(5)", "5"),
    ("Promise.resolve(6)", "6"),
    ("new Float32Array([1, 2]) instanceof Float32Array", "true"),
    ("if (true) { 3 }", None),
    ("await 0; let afterAwait = 3", None),
    ("// only a remark", None),
    ("", None),
    ("const 한글 = '🙂'; 한글", "'🙂'"),
]


@pytest.mark.parametrize(("code", "text"), VALUES)
def test_a_cell_shows_its_last_expression(kernel, code, text):
    assert kernel.ok(code).result == text


REDECLARATIONS = [
    ("const a1 = 1", "const a1 = 'two'", "a1", "'two'"),
    ("let a2 = 1", "const a2 = 2", "a2", "2"),
    ("const a3 = 1", "let a3 = 2", "a3", "2"),
    ("var a4 = 1", "const a4 = 2", "a4", "2"),
    ("const a5 = 1", "var a5 = 2", "a5", "2"),
    ("function a6() { return 1 }", "const a6 = 2", "a6", "2"),
    ("const a7 = 1", "function a7() { return 2 }", "a7()", "2"),
    ("class A8 { static v = 1 }", "class A8 { static v = 2 }", "A8.v", "2"),
    ("class A9 {}", "const A9 = 9", "A9", "9"),
    ("const A10 = 1", "class A10 { static v = 2 }", "A10.v", "2"),
    ("enum A11 { X = 1 }", "enum A11 { X = 2, Y }", "A11.Y", "3"),
    ("namespace A12 { export const v = 1 }", "namespace A12 { export const v = 2 }", "A12.v", "2"),
    ("interface A13 { a: number }", "interface A13 { b: string }", "(({ b: 'x' }) as A13).b", "'x'"),
    ("type A14 = number", "type A14 = string", "('s' satisfies A14)", "'s'"),
    ("const { a15, b15: [c15] } = { a15: 1, b15: [2] }", "const [a15, c15] = ['x', 'y']", "a15 + c15", "'xy'"),
    ("import { sep as a16 } from 'node:path'", "const a16 = 1", "a16", "1"),
    ("const a17 = 1", "import * as a17 from 'node:path'", "typeof a17.join", "'function'"),
    ("enum A18 { X }", "class A18 { static v = 5 }", "A18.v", "5"),
    ("async function a19() { return 1 }", "function* a19() { yield 2 }", "[...a19()]", "[ 2 ]"),
]


@pytest.mark.parametrize(("first", "second", "use", "text"), REDECLARATIONS)
def test_ijavascript_107_154_every_kind_of_declaration_can_be_declared_again(kernel, first, second, use, text):
    kernel.ok(first)
    kernel.ok(second)
    assert kernel.ok(use).result == text


def test_functions_and_classes_see_the_new_binding(kernel):
    """tslab gives 0.1 here: its cells copy their locals."""
    kernel.ok("let lr = 0.1; function rate() { return lr } class Rate { get now() { return lr } }")
    kernel.ok("const arrow = () => lr")
    kernel.ok("let lr = 0.5")
    assert kernel.ok("[rate(), new Rate().now, arrow()]").result == "[ 0.5, 0.5, 0.5 ]"


def test_run_all_twice(kernel):
    cells = ["const x = 1; class C { v = x }", "function f(n: number): number { return n < 1 ? x : f(n - 1) }", "f(3) + new C().v"]
    for _ in range(2):
        for code in cells:
            reply = kernel.ok(code)
        assert reply.result == "2"


def test_a_cell_that_fails_half_way_leaves_what_it_had_defined(kernel):
    assert kernel.run("const half = 1; throw new Error('half way'); const never = 2").status == "error"
    assert kernel.ok("half").result == "1"
    assert kernel.ok("const half = 2; half").result == "2"


def test_execution_counts_rise_by_one_and_input_is_published(fresh):
    for count in (1, 2):
        reply = fresh.ok("1")
        assert reply.content["execution_count"] == count
        assert reply.of("execute_input") == [{"code": "1", "execution_count": count}]


def test_silent_shows_nothing_and_counts_nothing(fresh):
    silent = fresh.ok("const quiet = 5; quiet", silent=True)
    assert silent.of("execute_input") == [] and silent.of("execute_result") == []
    assert fresh.ok("quiet").content["execution_count"] == 1
    error = fresh.run("throw new Error('quiet')", silent=True)
    assert error.status == "error" and error.of("error") == []


def test_store_history_false_does_not_count(fresh):
    assert fresh.ok("1", store_history=False).content["execution_count"] == 0
    assert fresh.ok("1").content["execution_count"] == 1
    history = fresh.request("shell", "history_request", {"hist_access_type": "tail", "n": 10, "output": False, "raw": True})
    session = history["history"][-1][0]
    assert [line for s, line, _ in history["history"] if s == session] == [1]


def test_user_expressions(kernel):
    reply = kernel.ok("const u = 20", user_expressions={"good": "u + 1", "bad": "u.missing.more", "broken": "u +"})
    expressions = reply.content["user_expressions"]
    assert expressions["good"] == {"status": "ok", "data": {"text/plain": "21"}, "metadata": {}}
    assert expressions["bad"]["status"] == "error" and expressions["bad"]["ename"] == "TypeError"
    assert expressions["broken"]["status"] == "error" and expressions["broken"]["ename"] == "SyntaxError"


def test_stop_on_error_aborts_what_was_queued_and_nothing_later(kernel):
    failing = kernel.send("await new Promise(r => setTimeout(r, 300)); throw new Error('stop')")
    queued = [kernel.send(f"const queued = {n}; queued") for n in range(3)]
    assert kernel.collect(failing).status == "error"
    for msg_id in queued:
        reply = kernel.collect(msg_id)
        assert reply.status == "aborted"
        assert reply.of("execute_input") == []
    assert kernel.ok("1").result == "1"


def test_stop_on_error_false_goes_on(kernel):
    failing = kernel.send("await new Promise(r => setTimeout(r, 200)); throw new Error('go on')", stop_on_error=False)
    queued = kernel.send("'went on'")
    assert kernel.collect(failing).status == "error"
    assert kernel.collect(queued).result == "'went on'"


def test_cells_run_in_order(kernel):
    kernel.ok("const order: number[] = []")
    ids = [kernel.send(f"await new Promise(r => setTimeout(r, {20 - n})); order.push({n})") for n in range(10)]
    for msg_id in ids:
        assert kernel.collect(msg_id).status == "ok"
    assert kernel.ok("order.join()").result == "'0,1,2,3,4,5,6,7,8,9'"


def test_redeclared_values_are_freed(kernel):
    """The inspector keeps every result alive until its object group is released."""
    kernel.ok("const used = () => { (globalThis as any).gc?.(); return process.memoryUsage().arrayBuffers / 2 ** 20 }")
    before = float(kernel.ok("used()").result)
    for _ in range(20):
        kernel.ok("let big = new Float32Array(25e6); console.log({ big }); big")
    kernel.ok("let big = new Float32Array(1)")
    after = float(kernel.ok("import { setFlagsFromString } from 'node:v8'; import { runInNewContext } from 'node:vm'; "
                            "setFlagsFromString('--expose-gc'); runInNewContext('gc')(); used()").result)
    assert after - before < 250  # 20 × 95 MB were made


def test_line_tools(kernel):
    assert "%npm" in kernel.ok("%help").content["payload"][0]["data"]["text/plain"]
    timed = kernel.ok("%%time\nconst timed = 3, other = 4; timed")
    assert timed.result == "3" and "Wall time:" in timed.text()
    assert kernel.ok("%time timed * 2").result == "6"
    assert "timed" in kernel.ok("%who").text()
    assert kernel.ok("!echo from the shell").text() == "from the shell\n"
    assert "exit code 3" in kernel.run("!exit 3").traceback
    assert kernel.ok("!!timed").result == "true"
    assert kernel.ok("7\n% 4").result == "3"
    declared = len(kernel.ok("%who").text().splitlines())
    assert declared > 1 and f"{declared} variables are undefined now." in kernel.ok("%reset").text()
    assert kernel.ok("timed").result is None
    # An error points at the line as the reader wrote it.
    assert "> 1 | %cd nowhere" in kernel.run("%cd nowhere").traceback
    for first in ("1;", "%%typecheck off"):
        frame = plain(kernel.run(f"{first}\n%time 5 + unknownName").traceback)
        assert "> 2 | %time 5 + unknownName\n    |           ^" in frame and ":2:11" in frame, frame
    assert ":1:13" in kernel.run("%time 5 + + )").content["evalue"]


def test_another_folder_is_another_place_for_imports_and_types(fresh, tmp_path):
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "near.ts").write_text("export const near = 7;")
    fresh.ok("const kept = [1]")
    refused = fresh.run('import { near } from "./near"')
    assert "Cannot find module" in refused.traceback
    fresh.ok("%cd inner")
    assert fresh.ok('import { near } from "./near"; near + kept.length').result == "8"
    assert "not assignable to type 'string'" in fresh.run("const wrong: string = near").traceback
    fresh.ok("%cd ..")
    assert fresh.run('import { near } from "./near"').status == "error"


def test_tslab_38_103_typecheck_can_be_relaxed(kernel):
    refused = kernel.run("const wrong: string = 5; wrong")
    assert refused.status == "error" and refused.content["ename"] == "TypeScriptError"
    warned = kernel.ok("%%typecheck warn\nconst wrong: string = 5; wrong")
    assert warned.result == "5" and "not assignable" in warned.text("stderr")
    relaxed = kernel.ok("%%typecheck off\nconst wrong: string = 6; wrong")
    assert relaxed.result == "6" and relaxed.text("stderr") == ""
    assert kernel.run("const wrong: string = 7").status == "error"


def test_ijavascript_73_top_level_await_leaves_the_next_cell_usable(kernel):
    reply = kernel.run("await new Promise((_, reject) => setTimeout(() => reject(new RangeError('later')), 20))", timeout=TIMEOUT)
    assert reply.content["ename"] == "RangeError"
    assert kernel.ok("1").result == "1"
