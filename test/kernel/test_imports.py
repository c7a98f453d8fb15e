"""Imports: every kind of module, from the notebook's folder first, local ones again when they changed."""

import json
import os

import pytest
from kernels import Kernel


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notebook")
    packages = {
        "only-esm": ({"type": "module", "exports": {"import": "./index.js"}}, "export const kind = 'esm'; export default 1; await null;"),
        "plain-esm": ({"type": "module", "main": "index.js"}, "export const kind = 'plain esm'"),
        "common": ({"main": "index.js"}, "module.exports = { kind: 'cjs', self() { return this.kind } }"),
        "callable": ({"main": "index.js"}, "module.exports = () => 'called'"),
        "transpiled": ({"main": "index.js"}, "exports.__esModule = true; exports.default = 'its default'; exports.named = 2"),
    }
    for name, (manifest, code) in packages.items():
        package = folder / "node_modules" / name
        package.mkdir(parents=True)
        (package / "package.json").write_text(json.dumps({"name": name, "version": "1.0.0", **manifest}))
        (package / "index.js").write_text(code)
    return folder


@pytest.fixture(scope="module")
def kernel(folder):
    kernel = Kernel(folder)
    kernel.ok("%typecheck off")  # these packages have no types
    yield kernel
    kernel.stop()


@pytest.mark.parametrize(
    ("code", "result"),
    [
        ("import { kind as k1, default as d1 } from 'only-esm'; k1 + d1", "'esm1'"),
        ("import * as e2 from 'plain-esm'; e2.kind", "'plain esm'"),
        ("import c3 from 'common'; c3.self()", "'cjs'"),
        ("import { kind as k4 } from 'common'; k4", "'cjs'"),
        ("import * as c5 from 'common'; c5.kind + (c5 as any).default.kind", "'cjscjs'"),
        ("import c6 from 'callable'; c6()", "'called'"),
        ("import c7, { named as n7 } from 'transpiled'; c7 + n7", "'its default2'"),
        ("import { readFileSync } from 'node:fs'; import fs8 from 'fs'; fs8.readFileSync === readFileSync", "true"),
        ("(await import('only-esm')).kind", "'esm'"),
        ("require('common').kind", "'cjs'"),
        ("import { tf } from 'tskeras'; import * as core from '@tensorflow/tfjs-core'; tf.Tensor === core.Tensor", "true"),
        ("import { tf as again } from 'tskeras'; tf === again", "true"),
        ("import * as vega from 'vega'; typeof vega.View", "'function'"),
        ("import { display as show } from 'tslab'; typeof show.html", "'function'"),
    ],
)
def test_tslab_72_typescript_notebook_39_packages(kernel, code, result):
    """tslab refuses ES modules (yunabe/tslab#72)."""
    assert kernel.ok(code).result == result


def test_a_missing_package_says_what_to_do(kernel, folder):
    traceback = kernel.run("import x from 'no-such-package-at-all'").traceback
    assert "npm install no-such-package-at-all" in traceback and str(folder) in traceback


def write(file, text):
    file.write_text(text)
    # Two writes within the clock's resolution would look the same.
    stat = file.stat()
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns + write.count * 1_000_000_000))
    write.count += 1


write.count = 0


def test_local_modules_are_reloaded_when_they_or_their_dependencies_change(kernel, folder):
    write(folder / "helper.ts", "import { base } from './base'; export const total: number = base + 1; export class Named {}")
    write(folder / "base.ts", "export const base = 10;")
    assert kernel.ok("import { total } from './helper'; total").result == "11"
    assert kernel.ok("import { total } from './helper.ts'; total").result == "11"
    write(folder / "base.ts", "export const base = 20;")
    assert kernel.ok("import { total } from './helper.js'; total").result == "21"
    write(folder / "helper.ts", "export const total: string = 'new'")
    assert kernel.ok("import { total } from './helper'; total").result == "'new'"


def test_an_unchanged_module_keeps_its_state(kernel, folder):
    write(folder / "state.ts", "export let n = 0; export function up() { return ++n }")
    assert kernel.ok("import { up } from './state'; up(); up()").result == "2"
    assert kernel.ok("import { up } from './state'; up()").result == "3"
    assert kernel.ok("import * as state from './state'; state.n").result == "3"


@pytest.mark.parametrize(
    ("name", "code", "use", "result"),
    [
        ("a.mts", "import { kind } from 'only-esm'; export const v: string = kind", "import { v } from './a.mts'; v", "'esm'"),
        ("b.cts", "export const v: number = 2", "import { v } from './b.cjs'; v", "2"),
        ("c.js", "module.exports = { v: __filename.endsWith('c.js') }", "import { v } from './c.js'; v", "true"),
        ("d.mjs", "export const v = 4; export default 5", "import d, { v as v4 } from './d.mjs'; d + v4", "9"),
        ("e.json", '{"v": 5}', "import e from './e.json'; e.v", "5"),
        ("f.ts", "export const v = await Promise.resolve(6)", "import { v as v6 } from './f'; v6", "6"),
        ("g/index.ts", "export const v = 7", "import { v as v7 } from './g'; v7", "7"),
        ("h.ts", "export const load = async () => (await import('./e.json')).default.v", "import { load } from './h'; await load()", "5"),
        ("i.ts", "import { tf } from 'tskeras'; export const same = (t: unknown) => t === tf", "import { same } from './i'; import { tf as t9 } from 'tskeras'; same(t9)", "true"),
    ],
)
def test_local_files(kernel, folder, name, code, use, result):
    (folder / name).parent.mkdir(exist_ok=True)
    write(folder / name, code)
    assert kernel.ok(use).result == result


def test_cycles(kernel, folder):
    write(folder / "one.ts", "import { two } from './two'; export const one = () => 1; export const sum = () => one() + two()")
    write(folder / "two.ts", "import { one } from './one'; export const two = () => one() + 1")
    assert kernel.ok("import { sum } from './one'; sum()").result == "3"


def test_errors_in_a_local_module_point_at_its_lines(kernel, folder):
    write(folder / "faulty.ts", "interface Gone { a: number }\n\nexport function fail(): never {\n  throw new Error('in the module')\n}")
    traceback = kernel.run("import { fail } from './faulty'; fail()").traceback
    assert "faulty.ts:4:9" in traceback and "> 4 |   throw new Error('in the module')" in traceback
    write(folder / "broken.ts", "export const = 3")
    reply = kernel.run("import './broken'")
    assert reply.content["ename"] == "SyntaxError" and "broken.ts:1" in reply.content["evalue"]
    write(folder / "broken.ts", "export const repaired = 3")
    assert kernel.ok("import { repaired } from './broken'; repaired").result == "3"


def test_local_types_reach_the_cell(folder):
    kernel = Kernel(folder)
    try:
        write(folder / "typed.ts", "export const typed: number = 1")
        assert kernel.ok("import { typed } from './typed'; typed").result == "1"
        assert "TS2322" in kernel.run("const wrong: string = typed").traceback
    finally:
        kernel.stop()
