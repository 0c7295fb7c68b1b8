"""From a checkpoint on another way may be taken; what was not lived is never claimed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from model.calendar import Month
from model.policy.scenario import Scenario
from model.results.ledger import check
from model.running import RunWarning, run

ROWS = 900


def from_1930(name: str = "turn") -> Scenario:
    changes = {"procurement": {"rate": {"1930-01": 0.1}}, "trade": {"grain_exports": {"1930-06": 0.0}}}
    return Scenario.load("historical").with_changes(changes, name)


def test_a_fork_is_the_run_of_what_was_ordered(same: Any, winter: Path, recwarn: pytest.WarningsRecorder) -> None:
    """A scenario that differs from the fork on only: the orders of January 1930 are not yet applied in the file."""
    scenario = from_1930()
    forked = run(scenario, start_from=winter)
    assert not [one for one in recwarn if issubclass(one.category, RunWarning)]
    assert same(forked, run(scenario, households=ROWS, seed=3))
    assert not same(forked, run(start_from=winter))


def test_orders_of_before_the_fork_are_never_claimed(same: Any, winter: Path) -> None:
    with pytest.warns(RunWarning) as told:
        forked = run("nep_continues", start_from=winter)
    sentence = str(told[0].message)
    assert sentence.startswith("nep_continues goes on in 1930-01 from the past of historical: its own orders (")
    assert sentence.endswith(" more) were not lived before.")
    record = json.loads(forked.attrs["provenance"])
    [past] = record["past"]
    assert (past["until"], past["scenario"], past["checkpoint"]) == ("1930-01", "historical", "1930-01.checkpoint")
    assert "procurement.compulsion" in past["not_lived"]["orders"]
    assert str(winter.parent) not in forked.attrs["provenance"]  # no path of anybody's machine
    orders = record["scenario"]
    told_again = Scenario.from_document({k: v for k, v in orders.items() if k not in {"name", "extends"}}, "told")
    assert same(forked, run(told_again, households=ROWS, seed=3))  # provenance orders what was lived, month by month


def test_mechanisms_and_constants_may_change_at_a_fork_and_it_is_said(same: Any, winter: Path) -> None:
    changes = {"mechanisms": {"search": False}, "behaviour": {"reserve_max": 50.0}, "weather": {"mode": "average"}}
    with pytest.warns(RunWarning, match=r"mechanisms \(search\), constants \(reserve_max\) and weather \(average\)"):
        forked = run(Scenario.load("historical").with_changes(changes, "otherwise"), start_from=winter)
    whole = run(start_from=winter)
    until = {"month": slice(0, 30), "census": slice(0, 5)}  # December 1929
    assert same(forked.isel(until), whole.isel(until))
    assert float(forked["grain_confiscated"][30:].sum()) == 0.0 < float(whole["grain_confiscated"][30:].sum())
    assert all(balance.closes for balance in check(forked))


def test_a_fork_may_be_forked(winter: Path, tmp_path: Path) -> None:
    run(from_1930(), start_from=winter, save_at=["1931-05"], folder=tmp_path)
    with pytest.warns(RunWarning, match="historical goes on in 1931-05 from the past of turn"):
        back = run("historical", start_from=tmp_path / "1931-05.checkpoint")
    past = json.loads(back.attrs["provenance"])["past"]
    assert [(one["until"], one["scenario"]) for one in past] == [("1930-01", "historical"), ("1931-05", "turn")]
    exported = back["grain_exported"].values
    assert exported[Month(1930, 11).index] == 0.0 < exported[Month(1931, 11).index]


def test_a_fork_may_be_recorded_from_later_on(kept: tuple[xr.Dataset, Path], winter: Path) -> None:
    late = Scenario.load("historical").with_changes({"start": "1929-07", "end": "1933-12"})
    dataset = run(late, start_from=winter)
    assert str(dataset["month"].values[0])[:7] == "1929-07"
    assert all(balance.closes for balance in check(dataset))
    np.testing.assert_array_equal(dataset["harvest"], kept[0]["harvest"][24:78])
