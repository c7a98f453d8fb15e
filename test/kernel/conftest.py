"""The kernels that tests ask for, and the Jupyter data folder that these are started from."""

from __future__ import annotations

import json
import os

import pytest

from kernels import Kernel, kernel_spec


@pytest.fixture(scope="session", autouse=True)
def jupyter_data(tmp_path_factory):
    """A Jupyter data folder of the tests' own: its kernelspec is this build's, its history starts empty."""
    data = tmp_path_factory.mktemp("jupyter")
    folder = data / "kernels" / "tskeras"
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text(json.dumps(kernel_spec()))
    os.environ["JUPYTER_DATA_DIR"] = str(data)
    # Before the kernelspec that an environment may have of its own.
    os.environ["JUPYTER_PATH"] = str(data)
    return data


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    """One kernel for the tests of a file, in an empty folder."""
    kernel = Kernel(tmp_path_factory.mktemp("notebook"))
    yield kernel
    kernel.stop()


@pytest.fixture
def fresh(tmp_path):
    """A kernel of the test's own, in an empty folder."""
    kernel = Kernel(tmp_path)
    yield kernel
    kernel.stop()
