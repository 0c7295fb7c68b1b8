"""A country that was kept and woken lives on as if nothing had happened: nothing of it is forgotten."""

from __future__ import annotations

import json
import zipfile
from collections import deque
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.calendar import Month
from model.compiled import Crew
from model.country import Country
from model.policy.errors import ScenarioError
from model.policy.scenario import Scenario
from model.results import checkpoint
from model.results.checkpoint import Checkpoint
from model.results.ledger import Recorder, check
from model.results.memory import KINDS, put_back, take_apart
from model.running import run

ROWS = 900
MONTHS = ("1927-08", "1928-07", "1930-01", "1930-04", "1932-12", "1939-12")


@pytest.mark.parametrize("month", MONTHS)
def test_a_run_resumed_is_a_run_never_stopped(same: Any, kept: tuple[xr.Dataset, Path], month: str) -> None:
    """All 150 months of it, also those before the checkpoint; ledgers close over the seam."""
    whole, folder = kept
    resumed = run(start_from=folder / f"{month}.checkpoint", threads=2)
    assert same(whole, resumed)
    assert all(balance.closes for balance in check(resumed))


def test_threads_do_not_matter_where_they_matter(same: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Crew, "SMALL", 1)
    scenario = Scenario.load("historical").with_changes({"end": "1931-12"})
    whole = run(scenario, households=ROWS, threads=3, save_at=["1930-03"], folder=tmp_path)
    for threads in (1, 2):
        assert same(whole, run(start_from=tmp_path / "1930-03.checkpoint", threads=threads))


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(month=st.integers(1, 40), seed=st.integers(0, 2**32 - 1), weather=st.sampled_from(("drawn", "average")))
def test_any_month_of_any_country_can_be_kept(same: Any, tmp_path: Path, month: int, seed: int, weather: str) -> None:
    scenario = Scenario.load("historical").with_changes({"end": "1930-11", "weather": {"mode": weather}})
    morning = Month.at(month)
    whole = run(scenario, households=ROWS, seed=seed, threads=1, save_at=[morning], folder=tmp_path)
    assert same(whole, run(start_from=tmp_path / f"{morning}.checkpoint", threads=1))


def test_a_checkpoint_of_a_checkpoint_is_the_checkpoint_of_a_run(kept: tuple[xr.Dataset, Path], tmp_path: Path) -> None:
    """Its columns and memory are the same; only its past knows the stop on the way."""
    _, folder = kept
    run(start_from=folder / "1930-01.checkpoint", save_at=["1932-12"], folder=tmp_path)
    with (
        zipfile.ZipFile(folder / "1932-12.checkpoint") as once,
        zipfile.ZipFile(tmp_path / "1932-12.checkpoint") as twice,
    ):
        assert once.namelist() == twice.namelist()
        names = [name for name in once.namelist() if name != checkpoint.HEADER]
        assert [name for name in names if once.read(name) != twice.read(name)] == []
        one, other = (json.loads(archive.read(checkpoint.HEADER)) for archive in (once, twice))
        assert [step["until"] for step in other["past"]] == ["1930-01"]
        assert {**one, "past": other["past"]} == other


def test_a_country_woken_after_its_last_month_can_be_looked_at(tmp_path: Path) -> None:
    scenario = Scenario.load("historical").with_changes({"end": "1928-03"})
    run(scenario, households=ROWS, save_at=["1928-04"], folder=tmp_path)
    country, _ = Checkpoint.open(tmp_path / "1928-04.checkpoint").wake(scenario, 1, scenario.end.index + 1)
    assert not country.running
    assert country.household(5).adults >= 0
    with pytest.raises(ScenarioError, match="ends in 1928-04 or later"):
        run(start_from=tmp_path / "1928-04.checkpoint")
    longer = Scenario.load("historical").with_changes({"end": "1928-06"})
    assert run(longer, start_from=tmp_path / "1928-04.checkpoint").sizes["month"] == 12


def test_no_attribute_of_any_part_is_forgotten(differences: Any, winter: Path) -> None:
    scenario = Scenario.load("historical")
    lived = Country(scenario, households=ROWS, seed=3, threads=1)
    while str(lived.month) < "1929-12":
        lived.step()
    woken, _ = Checkpoint.open(winter).wake(scenario, 1, 150)
    assert differences(lived, woken) == []
    assert all(np.array_equal(value, woken.readings()[name]) for name, value in lived.readings().items())
    founded = Country(scenario, households=ROWS, seed=3, threads=1)
    found = {line.split(".")[1].split(":")[0] for line in differences(lived, founded)}
    parts = {"towns", "market", "state", "economy", "expectations", "mood", "camps", "land", "month"}
    assert parts <= found  # the comparison sees what it should


def test_who_adds_a_new_kind_of_part_is_told() -> None:
    country = Country("historical", households=ROWS, seed=1, threads=1)
    country.omens = Recorder(1)
    with pytest.raises(TypeError, match="omens: nobody has said how a Recorder is kept"):
        take_apart(country, {})


def test_a_new_attribute_needs_nobody_to_remember_it() -> None:
    country, again = (Country("historical", households=ROWS, seed=1, threads=1) for _ in range(2))
    country.market.haggling = np.float32(0.1)
    country.rumours = deque([1.5, None, "frost"], maxlen=4)
    arrays: dict[str, Any] = {}
    put_back(json.loads(json.dumps(take_apart(country, arrays))), arrays, again)
    assert type(again.market.haggling) is np.float32
    assert (again.rumours, again.rumours.maxlen) == (country.rumours, 4)


NUMBERS = st.floats() | st.integers() | st.booleans() | st.none() | st.text(max_size=5)
SCALARS = st.floats(width=32).map(np.float32) | st.floats().map(np.float64) | st.integers(0, 2**64 - 1).map(np.uint64)


@given(st.recursive(NUMBERS | SCALARS, lambda held: st.lists(held, max_size=3) | st.dictionaries(st.text(), held)))
def test_whatever_is_taken_apart_comes_back_to_the_bit(thing: Any) -> None:
    arrays: dict[str, Any] = {}
    back = put_back(json.loads(json.dumps(take_apart(thing, arrays))), arrays)
    assert repr(back) == repr(thing)  # also minus zero, and what is no number


def test_kinds_have_names_of_their_own() -> None:
    assert len({kind.__name__ for kind in KINDS}) == len(KINDS)
