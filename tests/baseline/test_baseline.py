"""The small country of the baseline reads the same as when the file was made, to the last digit."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def baseline() -> dict[str, Any]:
    return runpy.run_path(str(Path(__file__).with_name("__main__.py")), run_name="baseline")


def test_nothing_changes_unless_it_is_meant(baseline: dict[str, Any]) -> None:
    """A refactoring must not move a single digit; a change of rules must be told to those who use the results."""
    changed = baseline["differences"](baseline["kept"](), baseline["numbers"]())
    if changed:
        shown = "\n".join(f"  {line}" for line in changed[:15])
        pytest.fail(f"{len(changed)} variables differ from {baseline['FILE'].name}:\n{shown}\n{baseline['MEANT']}")


def test_every_variable_stands_in_the_baseline(baseline: dict[str, Any]) -> None:
    header, *rows = baseline["kept"]()
    assert header[2:] == [str(year) for year in range(1927, 1934)]
    assert [row[0] for row in rows] == list(baseline["VARIABLES"])


def test_a_difference_is_told_with_its_year_and_size(baseline: dict[str, Any]) -> None:
    old = [["variable", "unit", "1931", "1932"], ["harvest", "t", "70.0", "60.0"], ["procured", "t", "22.0", "18.0"]]
    new = [["variable", "unit", "1931", "1932"], ["harvest", "t", "70.0", "57.0"], ["procured", "t", "22.0", "18.0"]]
    assert baseline["differences"](old, old) == []
    assert baseline["differences"](old, new) == ["harvest, 1932: 60 -> 57 (5.0e-02; from 1932 on)"]
