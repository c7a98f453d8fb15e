"""What every test of the notebooks needs: the data sets, and the option that asks for the tests that take minutes."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest

from notebooks import ROOT


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also the tests that take minutes")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "long: takes minutes; runs with --long only: npm run test:tslab")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--long", default=False):
        items[:] = [item for item in items if item.get_closest_marker("long") is None]


@pytest.fixture(autouse=True, scope="session")
def small_data_sets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Small generated archives in Keras's own formats, so that nothing is downloaded."""
    folder = tmp_path_factory.mktemp("datasets")
    subprocess.run(["node", ROOT / "dist/test/helpers/make_datasets.js", folder], check=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TSKERAS_DATASETS", str(folder))
        yield
