"""The kernel beside ipykernel and tslab: `npm run bench:kernel [-- start editor --docs]`. Adds to build/bench/kernel.json; `--docs`
makes docs/kernel-times.md of all in it.
"""

from __future__ import annotations

import argparse
import os
import tempfile

from charts import charts
from editor import editor
from loops import loops
from memory import memory
from start import first_cells, starts
from stopping import interrupts, interrupts_of_fit
from table import Table
from training import heartbeat

GROUPS = {
    "start": starts,
    "cells": first_cells,
    "editor": editor,
    "loops": loops,
    "heartbeat": heartbeat,
    "interrupts": interrupts,
    "fit": interrupts_of_fit,
    "memory": memory,
    "charts": charts,
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("groups", nargs="*", choices=[*GROUPS, []], help="default: all")
    parser.add_argument("--docs", action="store_true")
    arguments = parser.parse_args()
    # A history of its own.
    os.environ.setdefault("JUPYTER_DATA_DIR", tempfile.mkdtemp())
    table = Table()
    for name in arguments.groups or GROUPS:
        table.begin(name)
        GROUPS[name](table)
    if arguments.docs:
        table.write_page(list(GROUPS))


if __name__ == "__main__":
    main()
