"""Bugs that other kernels had, each under its project and number. `pytest -k "tslab or deno or ijavascript or notebook_"`
finds them all: where one belongs to a subject, it stands in that subject's file."""

import json
import os
import subprocess

import pytest
from kernels import ROOT, Kernel


def package(folder, name):
    place = folder / name
    place.mkdir(parents=True)
    (place / "package.json").write_text(json.dumps({"name": name, "version": "1.0.0"}))
    (place / "index.js").write_text(f"exports.from = '{name}'")


def test_tslab_40_48_51_packages_of_parent_folders_and_of_node_path(tmp_path):
    notebooks = tmp_path / "project" / "notebooks"
    notebooks.mkdir(parents=True)
    package(tmp_path / "project" / "node_modules", "of-the-project")
    package(tmp_path / "everywhere", "of-everybody")
    kernel = Kernel(notebooks, {"NODE_PATH": str(tmp_path / "everywhere")})
    for name in ("of-the-project", "of-everybody"):
        assert kernel.ok(f"%%typecheck off\nimport found from '{name}'; found.from").result == f"'{name}'"
    kernel.stop()


def test_tslab_56_65_101_the_kernel_needs_no_path(tmp_path):
    """The kernelspec held a bare command: `spawn tslab ENOENT`."""
    kernel = Kernel(tmp_path, {"PATH": ""})
    assert kernel.ok("const n: number = 2; n").result == "2"
    kernel.stop()


def test_tslab_56_types_of_earlier_cells_are_known_after_an_import(kernel):
    kernel.ok("const earlier = { firstField: 1 }")
    kernel.ok("import { sep } from 'node:path'; sep")
    reply = kernel.request("shell", "complete_request", {"code": "earlier.first", "cursor_pos": 13})
    assert reply["matches"] == ["firstField"]


def test_tslab_105_the_library_works_in_a_worker(kernel):
    """`Error: Not ready` where no kernel was."""
    library = json.dumps(str(ROOT / "dist" / "src" / "index.js"))
    code = f"""%%typecheck off
    const {{ Worker }} = require('node:worker_threads');
    const source = `const {{ tf }} = require({library}); require('node:worker_threads').parentPort.postMessage(tf.tensor1d([1, 2]).sum().dataSync()[0])`;
    await new Promise((done, fail) => new Worker(source, {{ eval: true }}).on('message', done).on('error', fail))"""
    assert kernel.ok(code).result == "3"


def test_deno_21709_22094_vscode_deno_932_1288_types_follow_redeclarations(kernel):
    kernel.ok("const shared = 1; interface Shape { side: number }")
    kernel.ok("const shared = 'text'; interface Shape { radius: number }")
    assert kernel.ok("const circle: Shape = { radius: shared.length }; circle.radius").result == "4"
    assert "side" in kernel.run("const square: Shape = { side: 1 }").traceback


def test_deno_22771_korean_code(kernel):
    assert kernel.ok("const 이름 = '홍길동'; console.log(이름); 이름.length").text() == "홍길동\n"
    assert "정의되지않음" in kernel.run("'🙂'; 정의되지않음").traceback
    assert "오류" in kernel.run("throw new Error('오류')").traceback


def test_deno_24437_every_line_of_a_cell_is_shown(kernel):
    assert kernel.ok("console.log(1)\nconsole.log(2)\nfor (const n of [3, 4]) console.log(n)").text() == "1\n2\n3\n4\n"


@pytest.mark.parametrize("node", ["node", "node@20"])
def test_deno_25306_34492_an_upgrade_leaves_the_kernelspec_whole(tmp_path, node):
    old = tmp_path / "Cellar" / node / "20.1.0" / "bin" / "node"
    link = tmp_path / "opt" / node / "bin" / "node"
    for file in (old, link):
        file.parent.mkdir(parents=True)
        file.write_text("")
    script = "const { lastingNode } = require('./dist/kernel/kernelspec'); console.log(process.argv.slice(1).map(lastingNode).join())"
    asked = [str(old), "/usr/bin/node", str(tmp_path / "Cellar" / "other" / "1" / "bin" / "node")]
    told = subprocess.run(["node", "-e", script, *asked], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    assert told.strip().split(",") == [str(link), *asked[1:]]


def test_deno_33119_hover_knows_types_and_documentation(kernel):
    kernel.ok("/** The speed of learning. */\nconst learningRate = 0.1")
    reply = kernel.request("shell", "inspect_request", {"code": "learningRate", "cursor_pos": 4, "detail_level": 0})
    assert "const learningRate: 0.1" in reply["data"]["text/plain"] and "The speed of learning." in reply["data"]["text/plain"]


@pytest.mark.parametrize("text", ["'🙂🙂'", "'한글'"])
def test_deno_35098_cursors_count_code_points(kernel, text):
    """tslab counts UTF-16 units, too, and is off by one behind an emoji."""
    reply = kernel.request("shell", "complete_request", {"code": f"{text}; Math.hypo", "cursor_pos": 15})
    assert (reply["matches"], reply["cursor_start"], reply["cursor_end"]) == (["hypot"], 11, 15)


@pytest.mark.parametrize("code", ["throw new Error('no')", "await Promise.reject(new Error('no'))", "throw 'no'", "(() => { throw new TypeError('no') })()"])
def test_deno_35290_35328_whatever_is_thrown_is_an_error(kernel, code):
    reply = kernel.run(code)
    assert reply.status == "error" and len(reply.of("error")) == 1 and reply.of("execute_result") == []


def test_deno_35585_questions_do_not_overtake_their_answers(kernel):
    msg_id = kernel.send("let answers = ''; for (let i = 0; i < 20; i++) answers += await input(`${i}?`); answers", allow_stdin=True)
    for n in range(20):
        assert kernel.client.get_stdin_msg(timeout=20)["content"]["prompt"] == f"{n}?"
        kernel.client.input(chr(97 + n))
    assert kernel.collect(msg_id).result == "'abcdefghijklmnopqrst'"


def test_ijavascript_151_166_184_201_289_297_zeromq_needs_no_compiler():
    manifest = [json.loads(key) for key in json.loads((ROOT / "node_modules" / "zeromq" / "build" / "manifest.json").read_text())]
    for platform, arch in (("linux", "x64"), ("linux", "arm64"), ("darwin", "arm64"), ("darwin", "x64"), ("win32", "x64")):
        assert any((build["os"], build["arch"]) == (platform, arch) for build in manifest)
    assert "ignore-scripts=true" in (ROOT / ".npmrc").read_text().replace(" ", "")


CODES = ["setTimeout(() => { throw new Error('late') }, 1); await new Promise(r => setTimeout(r, 100))",
         "void (async () => { await null; throw new Error('late') })(); await new Promise(r => setTimeout(r, 100))",
         "[1].forEach(() => { throw new Error('late') })", "JSON.parse('{late')"]


@pytest.mark.parametrize("code", CODES)
def test_typescript_notebook_51_71_no_traceback_is_blank(kernel, code):
    reply = kernel.run(code)
    told = reply.traceback if reply.status == "error" else reply.text("stderr")
    assert "late" in told and ".ts:1:" in told


def test_plotly_py_2516_2672_4354_a_figure_is_data_and_no_script(kernel):
    """Scripts that load a library once leave a notebook that is opened again, or not trusted, blank."""
    (shown,) = kernel.ok("import { keras } from 'tskeras'; keras.charts.plotly([{ type: 'bar', x: ['a', 'b'], y: [3, 5] }])").of("execute_result")
    assert "application/vnd.plotly.v1+json" in shown["data"] and "text/plain" in shown["data"]
    assert not {"text/html", "text/javascript", "application/javascript", "application/json"} & set(shown["data"])


def test_altair_2311_a_chart_has_a_picture_for_github(kernel):
    """GitHub shows PNG alone."""
    (shown,) = kernel.ok("keras.charts.plot([1, 3, 2])").of("execute_result")
    assert {"application/vnd.vegalite.v5+json", "image/png"} <= set(shown["data"])
