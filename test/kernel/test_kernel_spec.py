"""Jupyter's own conformance tests, with every sample filled in."""

import jupyter_kernel_test as jkt


class TskerasTests(jkt.KernelTests):
    kernel_name = "tskeras"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = 'console.log("hello, world")'
    code_stderr = 'console.error("oops")'
    completion_samples = [
        {"text": "Number.MAX_S", "matches": ["MAX_SAFE_INTEGER"]},
        {"text": "JSON.pars", "matches": ["parse"]},
    ]
    complete_code_samples = ["1", "const a = 1;", "function f(): number {\n  return 3\n}", "await 1", "// nothing"]
    incomplete_code_samples = ["function f() {", "const a = [", "`text", "/* remark", "if (true) {\n  f("]
    invalid_code_samples = ["a b c )", "const = 3", "}"]
    code_page_something = "%help"
    code_generate_error = 'throw new Error("generated")'
    code_execute_result = [
        {"code": "1 + 2", "result": "3"},
        {"code": "[1, 2, 3].map(x => x * 2)", "result": "[ 2, 4, 6 ]"},
        {"code": '"one" + "two"', "result": "'onetwo'"},
        {"code": "await Promise.resolve(6 * 7)", "result": "42"},
        {
            "code": '({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<b>b</b>" }) })',
            "mime": "text/html",
            "result": "<b>b</b>",
        },
    ]
    code_display_data = [
        {"code": 'display({ "text/html": "<b>bold</b>" })', "mime": "text/html"},
        {"code": 'display({ "image/png": new Uint8Array([137, 80]) }); 0', "mime": "image/png"},
        {"code": 'import { display } from "tslab"; display.markdown("# one")', "mime": "text/markdown"},
    ]
    code_history_pattern = "1 ? 2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.max"
    code_clear_output = "clearOutput()"


class TskerasIopubWelcomeTests(jkt.IopubWelcomeTests):
    kernel_name = "tskeras"
    support_iopub_welcome = True
