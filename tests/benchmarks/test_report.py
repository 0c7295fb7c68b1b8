"""What speed was measured is told once, in numbers; page and picture are made of them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.chart import lines, picture
from benchmarks.measure import FULL, HOME, QUICK, USUAL
from benchmarks.tables import page, tables
from benchmarks.words import OUTCOMES

REPORT = json.loads((HOME / "docs" / "benchmarks.json").read_text(encoding="utf-8"))


def test_page_says_what_the_numbers_say():
    """If this fails: python -m benchmarks --from docs/benchmarks.json --write."""
    assert page(REPORT) == (HOME / "docs" / "benchmarks.md").read_text(encoding="utf-8")


def test_every_table_has_as_many_cells_as_its_head():
    shown = tables(REPORT)
    assert len(shown) == 7
    assert not [table.title for table in shown for row in table.rows if len(row) != len(table.head)]


def test_machine_is_written_beside_without_its_name():
    about = REPORT["machine"]
    assert {"processor", "processors", "system", "python", "numba", "numpy", "mesa"} <= about.keys()
    assert not {"node", "host", "user"} & about.keys()


def test_agents_and_engine_agree_in_every_outcome_that_was_stored():
    """Far within the luck of the seeds: the same rules on the same draws."""
    found = REPORT["agreement"]["outcomes"]
    assert found.keys() == OUTCOMES.keys()
    for one in found.values():
        low, high = one["spread"]
        assert abs(one["mesa"] - one["engine"]) <= 0.5 * (high - low)


def test_branchy_rival_does_what_the_engine_does():
    """Else it would be compared with nothing. A draw on the very edge of a hazard may move one person of a village.

    The two round differently (many at a time, and one by one): three villages of some 1,500 in the last measurement.
    """
    assert all(one["alike"] > 0.995 for one in REPORT["branchy"]["loops"].values())


def test_picture_shows_engine_agents_compiler_and_memory():
    names = {line.name for line in lines(REPORT)}
    assert {"engine, one thread", "Mesa agents, same rules", "same source, compiler off"} <= names
    assert {row.series for row in picture(REPORT).rows} == names


@pytest.mark.parametrize("plan", [QUICK, USUAL, FULL], ids=lambda plan: plan.name)
def test_every_plan_measures_what_the_page_needs(plan):
    assert {(25_000, 1), (25_000, 2)} <= {(size.households, size.threads) for size in plan.sizes}
    assert plan.agents
    assert plan.ensemble > 0


def test_numbers_that_are_not_there_get_one_sentence(tmp_path: Path):
    command = [sys.executable, "-m", "benchmarks", "--from", str(tmp_path / "none.json")]
    answer = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert answer.stderr.startswith("benchmarks: ")
    assert "Traceback" not in answer.stderr
