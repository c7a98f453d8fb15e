"""The Korean edition: the same code as the English one, cell by cell, and Korean prose around it."""

from __future__ import annotations

import re

import pytest

from editions import KOREAN, code, english, korean
from notebooks import NOTEBOOKS


def test_the_first_five_notebooks_have_a_korean_edition() -> None:
    first = [name for name in NOTEBOOKS if re.match(r"0[0-4]-", name)]
    assert [name.removeprefix("ko/") for name in KOREAN] == first


@pytest.mark.parametrize("name", KOREAN)
def test_same_code(name: str) -> None:
    # If this fails: python test/notebooks/editions.py
    assert list(code(korean(name)).items()) == list(code(english(name)).items())


@pytest.mark.parametrize("name", KOREAN)
def test_same_chapters_in_korean(name: str) -> None:
    texts = [cell for cell in korean(name).cells if cell.cell_type == "markdown"]
    assert [cell.id for cell in texts] == [cell.id for cell in english(name).cells if cell.cell_type == "markdown"]
    assert all(re.search("[가-힣]", cell.source) for cell in texts)
