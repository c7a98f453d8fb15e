"""Every notebook runs from top to bottom, twice in one kernel, as for a reader who presses Run All again."""

from __future__ import annotations

import pytest

from claims import check_claims
from notebooks import ENGLISH, NOTEBOOKS, run_fresh, run_notebook


@pytest.mark.parametrize("name", ENGLISH)
def test_runs_twice_and_keeps_its_word(name: str) -> None:
    executed = run_notebook(NOTEBOOKS[name], runs=2, timeout=900)
    check_claims(name, executed)


@pytest.mark.parametrize("name", ENGLISH[::-1])
def test_needs_none_of_those_before_it(name: str) -> None:
    check_claims(name, run_fresh(name))


def test_the_korean_tour_runs_in_its_own_folder() -> None:
    check_claims("00-tour.ipynb", run_notebook(NOTEBOOKS["ko/00-tour.ipynb"], timeout=900))
