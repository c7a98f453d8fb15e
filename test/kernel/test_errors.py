"""Errors at my line."""

import pytest


def test_a_thrown_error_points_at_its_line(kernel):
    reply = kernel.run("const a = 1;\nconst b: number = a;\nthrow new RangeError('too far');\nconst c = 2")
    assert (reply.content["ename"], reply.content["evalue"]) == ("RangeError", "too far")
    count = reply.content["execution_count"]
    assert f"cell-{count}.ts:3:7" in reply.traceback
    assert "  2 | const b: number = a;\n> 3 | throw new RangeError('too far');\n    |       ^\n  4 | const c = 2" in reply.traceback


def test_deno_20643_typescript_lines_not_javascript_lines(kernel):
    """Deno's traces speak of the transpiled lines (denoland/deno#20643)."""
    code = "interface Gone {\n  a: number\n}\ntype AlsoGone = Gone;\nenum E { A }\nfunction f(this: void, n: number): never {\n  throw new Error(`line 7 ${n}`)\n}\nf(1)"
    reply = kernel.run(code)
    count = reply.content["execution_count"]
    assert f"at f (cell-{count}.ts:7:9)" in reply.traceback and f"cell-{count}.ts:9:1" in reply.traceback


def test_functions_of_earlier_cells(kernel):
    first = kernel.ok("function inner() {\n  return (undefined as any).x\n}").content["execution_count"]
    second = kernel.ok("async function outer() {\n  await null\n  return inner()\n}").content["execution_count"]
    reply = kernel.run("1;\nawait outer()")
    third = reply.content["execution_count"]
    assert f"inner (cell-{first}.ts:2:" in reply.traceback
    assert f"outer (cell-{second}.ts:3:" in reply.traceback
    assert f"cell-{third}.ts:2:" in reply.traceback


def test_async_stacks_survive_interruptible_awaits(kernel):
    reply = kernel.run("async function deep() {\n  await new Promise(r => setTimeout(r, 5));\n  throw new Error('deep')\n}\n"
                       "async function middle() {\n  return await deep()\n}\nawait middle()")
    for frame in ("at deep", "at async middle", ":8:1"):
        assert frame in reply.traceback


def test_the_kernel_is_not_in_the_traceback(kernel):
    for code in ("(null as any).x", "await Promise.reject(new Error('x'))", "new Promise((_, r) => r(new Error('y')))"):
        traceback = kernel.run(code).traceback
        assert "node:" not in traceback and "evaluator" not in traceback


def test_causes_and_aggregates(kernel):
    reply = kernel.run("throw new Error('outer', { cause: new TypeError('inner') })")
    assert "Error: outer" in reply.traceback and "Caused by TypeError: inner" in reply.traceback
    reply = kernel.run("await Promise.any([Promise.reject(new Error('one')), Promise.reject(new Error('two'))])")
    assert reply.content["ename"] == "AggregateError"
    assert "Error: one" in reply.traceback and "Error: two" in reply.traceback


@pytest.mark.parametrize(
    ("code", "ename", "evalue"),
    [
        ("throw 'text'", "string", "'text'"),
        ("throw 5", "number", "5"),
        ("throw null", "null", "null"),
        ("throw undefined", "undefined", "undefined"),
        ("throw { code: 3 }", "object", "{ code: 3 }"),
        ("throw Symbol('s')", "symbol", "Symbol(s)"),
        ("await Promise.reject('rejected')", "string", "'rejected'"),
        ("class Odd extends Error { get message(): string { throw new Error('getter') } }; throw new Odd()", "Error", ""),
        ("function again(): number { return again() + 1 }; again()", "RangeError", "Maximum call stack size exceeded"),
    ],
)
def test_whatever_is_thrown_is_one_error(kernel, code, ename, evalue):
    reply = kernel.run(code)
    assert (reply.content["ename"], reply.content["evalue"]) == (ename, evalue)
    assert len(reply.of("error")) == 1
    assert kernel.ok("1").result == "1"


def test_a_proxy_that_throws_can_be_thrown(kernel):
    reply = kernel.run("throw new Proxy({}, { get() { throw new Error('trap') } })")
    # Node 26 says that it is a proxy.
    assert reply.content["ename"] == "object" and reply.content["evalue"] in ("{}", "Proxy({})")
    assert len(reply.of("error")) == 1


@pytest.mark.parametrize("code", ["const = 3", "let = 3 4", "function (", "a b c", "}", "const x = {", "'unclosed", "await await"])
def test_a_syntax_error_is_told_before_anything_runs(kernel, code):
    """Deno tells of a syntax error nowhere but in the reply."""
    reply = kernel.run(f"console.log('ran');\n{code}")
    assert reply.content["ename"] == "SyntaxError"
    assert reply.text() == "" and "> 2 |" in reply.traceback and "^" in reply.traceback
    assert kernel.ok("1").result == "1"


def test_a_type_error_is_told_before_anything_runs(kernel):
    reply = kernel.run("console.log('ran');\nconst n: number = 'text'")
    count = reply.content["execution_count"]
    assert reply.content["ename"] == "TypeScriptError" and reply.text() == ""
    assert f"cell-{count}.ts:2:7" in reply.traceback and "TS2322" in reply.traceback
    assert "> 2 | const n: number = 'text'\n    |       ^" in reply.traceback


def test_an_unhandled_rejection_is_shown_in_its_cell(kernel):
    reply = kernel.ok("void Promise.reject(new Error('nobody listens')); await new Promise(r => setTimeout(r, 50))")
    assert "nobody listens" in reply.text("stderr") and ".ts:1:21" in reply.text("stderr")
    first = kernel.send("setTimeout(() => Promise.reject(new Error('late rejection')), 200); setTimeout(() => { throw new Error('late throw') }, 250); 0")
    kernel.collect(first)
    kernel.ok("1")
    text = "".join(m["content"]["text"] for m in kernel.late(first, 1))
    assert "late rejection" in text and "late throw" in text
    assert kernel.ok("1").result == "1"
