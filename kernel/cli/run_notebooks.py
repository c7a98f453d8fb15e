"""Executes notebooks in the real kernel, a line for each cell: python run_notebooks.py [options] NOTEBOOK..."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError


def first_line(source: str, width: int = 70) -> str:
    line = next((line for line in source.splitlines() if line.strip()), "").strip()
    return line if len(line) <= width else line[: width - 1] + "…"


def run_once(client: NotebookClient, say: Callable[[str], None]) -> None:
    """Runs every code cell once, in the kernel that the client has open."""
    number = 0
    for index, cell in enumerate(client.nb.cells):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        number += 1
        started = time.monotonic()
        try:
            client.execute_cell(cell, index)
        except CellExecutionError:
            say(f"  {number:3} FAILED    {first_line(cell.source)}")
            raise
        say(f"  {number:3} {time.monotonic() - started:7.2f} s  {first_line(cell.source)}")


def run_notebook(
    path: Path,
    *,
    runs: int = 1,
    timeout: int | None = None,
    kernel_name: str = "tskeras",
    say: Callable[[str], None] = print,
) -> nbformat.NotebookNode:
    """
    Executes a notebook from top to bottom, `runs` times in the same kernel, and returns it with its last outputs.

    The kernel's folder is the notebook's own, so that its imports resolve as they do in JupyterLab.
    """
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        kernel_name=kernel_name,
        timeout=timeout,
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    started = time.monotonic()
    with client.setup_kernel():
        for run in range(runs):
            say(f"{path.name}{f' (run {run + 1} of {runs})' if runs > 1 else ''}")
            run_once(client, say)
        reply = client.wait_for_reply(client.kc.kernel_info())
        client.set_widgets_metadata()
    notebook.metadata["language_info"] = reply["content"]["language_info"]
    say(f"  all {time.monotonic() - started:7.2f} s")
    return notebook


def main() -> int:
    parser = argparse.ArgumentParser(prog="tskeras run")
    parser.add_argument("notebooks", nargs="+", type=Path)
    parser.add_argument("--twice", action="store_true", help="run all cells again in the same kernel")
    parser.add_argument("--in-place", action="store_true", help="write the outputs into the notebooks themselves")
    parser.add_argument("--to", type=Path, default=Path("build/notebooks"), help="folder of the executed copies")
    options = parser.parse_args()
    failed = []
    for path in options.notebooks:
        try:
            executed = run_notebook(path.resolve(), runs=2 if options.twice else 1, say=partial(print, flush=True))
        except (CellExecutionError, DeadKernelError) as error:
            print(error, file=sys.stderr)
            failed.append(path.name)
            continue
        target = path if options.in_place else options.to / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(executed, target)
    if failed:
        print(f"Stopped by an error: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
