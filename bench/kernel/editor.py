"""Completion and hover: what an editor asks while somebody types, with TensorFlow.js's types loaded."""

from __future__ import annotations

from kernels import Kernel
from start import IMPORTS
from table import Table
from training import FIT, TRAINING

EARLIER = {
    "tskeras": f"{TRAINING}\nconst words = ['a', 'b'];",
    "ipykernel": "import pathlib, collections\nwords = ['a', 'b']\npath = pathlib.Path()",
    # It refuses the types of TensorFlow.js where a value of theirs is used.
    "tslab": "const words = ['a', 'b'];",
}
# A cell as people write them; where it stands before the cursor, the server checks all of it anew.
LINES = "\n".join(f"const layer{n} = keras.layers.Dense({n + 1}, {{ activation: 'relu' }}).apply(keras.layers.Input([{n + 2}]));" for n in range(30))
# What stands before the cursor; `#` is another number each time, so that every question comes after an edit.
COMPLETIONS = {
    "a member": {"tskeras": "const a# = x.add(#).resh", "ipykernel": "a# = path.abso", "tslab": "const a# = words.fil"},
    "a member of `keras.layers`": {"tskeras": "const a# = keras.layers.De"},
    "a text": {"tskeras": 'const a# = #; net.compile({ loss: "spar'},
    "a name": {"tskeras": "const a# = wor", "ipykernel": "a# = wor", "tslab": "const a# = wor"},
    "a member, after 30 lines": {"tskeras": f"const a# = #;\n{LINES}\nx.resh"},
}
HOVERS = {
    "a layer": {"tskeras": "const a# = keras.layers.Dense"},
    "a variable": {"tskeras": "const a# = words", "ipykernel": "a# = words", "tslab": "const a# = words"},
}


def completions(kernel: Kernel, code: str, times: int) -> list[float]:
    seconds = []
    for n in range(times):
        text = code.replace("#", str(n))
        took, reply = kernel.ask(kernel.client.complete, text, len(text))
        assert reply["matches"], reply
        seconds.append(took)
    return seconds


def hovers(kernel: Kernel, code: str, times: int) -> list[float]:
    seconds = []
    for n in range(times):
        text = code.replace("#", str(n))
        took, reply = kernel.ask(kernel.client.inspect, text, len(text) - 1)
        assert reply["found"], reply
        seconds.append(took)
    return seconds


def editor(table: Table, times: int = 40) -> None:
    kernels = {name: Kernel(name) for name in EARLIER}
    for name, kernel in kernels.items():
        kernel.run(f"{IMPORTS[name]}\n{EARLIER[name]}")
    for kind, measure, cases in (("completion", completions, COMPLETIONS), ("hover", hovers, HOVERS)):
        for what, codes in cases.items():
            seconds = {name: measure(kernels[name], code, times) for name, code in codes.items()}
            table.limit(f"{kind}: {what}", seconds, 0.5, at_most=50)
    kernel = kernels["tskeras"]
    running = kernel.start(FIT)
    what = "a member of `keras.layers`"
    seconds = completions(kernel, COMPLETIONS[what]["tskeras"], times)
    table.limit("completion while a model trains", {"tskeras": seconds}, 0.5, at_most=50)
    kernel.interrupt(running)
    for kernel in kernels.values():
        kernel.stop()
