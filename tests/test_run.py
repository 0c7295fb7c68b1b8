"""From scenario and seed to a labelled Dataset."""

from __future__ import annotations

import json
import threading
from typing import Any

import numpy as np
import pytest

from model.calendar import Month
from model.history import REGION_IDS
from model.plan import RunError, planned
from model.policy.scenario import Scenario
from model.results.ledger import check
from model.running import run


@pytest.fixture
def scenario() -> Scenario:
    return Scenario.from_document({"title": "On paper"}, "paper")


def test_a_run_lives_every_month_once(paper_country: Any, scenario: Scenario) -> None:
    seen: list[tuple[int, int, str]] = []
    dataset = run(
        scenario, households=900, progress=lambda lived, months, month: seen.append((lived, months, str(month)))
    )
    assert (dataset.sizes["month"], dataset.sizes["region"]) == (150, 18)
    assert seen[0] == (1, 150, "1927-07")
    assert seen[-1] == (150, 150, "1939-12")


def test_the_dataset_says_where_it_comes_from(paper_country: Any, scenario: Scenario) -> None:
    dataset = run(scenario, households=1000, seed=7)
    record = json.loads(dataset.attrs["provenance"])
    assert (record["households"], record["seeds"]) == (1000, [7])
    assert record["scenario"]["procurement"]
    assert {"python", "numpy", "numba", "mesa", "xarray"} <= record["versions"].keys()
    assert record["wall_seconds"] >= 0.0
    assert dataset.attrs["title"] == "On paper"


def test_a_scenario_may_begin_to_be_recorded_later_and_end_earlier(paper_country: Any) -> None:
    """The country always lives from July 1927; ledgers must close over the part that is kept."""
    short = Scenario.from_document({"title": "Short", "start": "1930-01", "end": "1931-12"}, "short")
    dataset = run(short)
    assert dataset.sizes["month"] == 24
    assert str(dataset["month"].values[0])[:7] == "1930-01"
    assert all(balance.closes for balance in check(dataset))
    whole = run(Scenario.from_document({"title": "Whole"}, "whole"))
    np.testing.assert_array_equal(dataset["harvest"], whole["harvest"][30:54])


def test_several_seeds_stand_side_by_side_whatever_the_number_of_threads(
    paper_country: Any, scenario: Scenario
) -> None:
    one = run(scenario, seed=3, seeds=4, threads=1)
    two = run(scenario, seed=3, seeds=4, threads=2)
    assert one["harvest"].dims == ("member", "month", "region")
    assert one["member"].values.tolist() == [3, 4, 5, 6]
    assert one.drop_attrs().equals(two.drop_attrs())
    alone = run(scenario, seed=5)
    np.testing.assert_array_equal(one["harvest"].sel(member=5), alone["harvest"])
    assert all(balance.closes for balance in check(one))


@pytest.mark.parametrize(
    ("reading", "said"),
    [("harvest", "paper, seed 4, 1930-02: harvest of kazakhstan is no finite number; the run was ended."),
     ("retreat", "paper, seed 4, 1930-02: retreat is no finite number; the run was ended.")],
)  # fmt: skip
def test_a_run_ends_where_a_reading_is_no_number(
    paper_country: Any, scenario: Scenario, monkeypatch: pytest.MonkeyPatch, reading: str, said: str
) -> None:
    """One sentence at the month where it happened, not a file full of holes ten years later."""
    lived = paper_country.step

    def step(country: Any) -> None:
        lived(country)
        if country.seed == 4 and country.month == Month(1930, 2):
            spoilt = np.where(np.array(REGION_IDS) == "kazakhstan", np.nan, 1.0)
            country.now[reading] = country.now[reading] * (spoilt if reading == "harvest" else np.nan)

    monkeypatch.setattr(paper_country, "step", step)
    with pytest.raises(RunError) as ended:
        run(scenario, seed=3, seeds=2)
    assert str(ended.value) == said


def test_an_interruption_stops_all_seeds(paper_country: Any, scenario: Scenario) -> None:
    """Otherwise Ctrl-C would wait for every country that is still to be lived."""
    lived = []

    def interrupt(done: int, _months: int, _month: Month) -> None:
        lived.append(done)
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(scenario, seeds=200, threads=2, progress=interrupt)
    assert len(lived) < 5000
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("country")]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"households": 0}, "households: 0 is not above zero"),
        ({"households": -5}, "households: -5 is not above zero"),
        ({"households": 899}, "too few to give every region its villages; write 900 or more"),
        ({"households": 30_000_000}, "more than the 25,600,000 that there were"),
        ({"households": "many"}, "households: 'many' is not a whole number; write for example 25000, or all"),
        ({"households": "1e400"}, "is not a whole number"),
        ({"households": 1000.5}, "is not a whole number"),
        ({"seeds": 0}, "seeds: 0 runs cannot be made; write 1 or more"),
        ({"seed": -1}, "seed: -1 is not a seed"),
        ({"seeds": 10**9}, "seeds: 1000000000 runs at once are too many; write 1 to 100,000."),
        ({"seed": 2**32 - 1, "seeds": 2}, "go beyond the last seed"),
        ({"threads": 0}, "threads: 0 is not a number of threads"),
        ({"keep": -1}, "keep: -1 households cannot be kept; write a number up to 1,000 (0 for none), or rows"),
        ({"keep": 1_001}, "keep: 1,001 households cannot be kept"),
        ({"keep": "some"}, "keep: 'some' does not say which households; write a number up to 1,000"),
        ({"keep": " , "}, "keep: ' , ' does not say which households"),
        ({"keep": ""}, "keep: '' does not say which households"),
        ({"keep": "17,x"}, "keep: '17,x' does not say which households"),
        ({"keep": "17,25000"}, "keep: there is no household 25000; rows go from 0 to 24999."),
        ({"keep": [3, -1]}, "keep: there is no household -1; rows go from 0 to 24999."),
        ({"keep": range(2_000)}, "keep: 2,000 households cannot be kept"),
        ({"keep": 1.5}, "keep: 1.5 does not say which households"),
    ],
)
def test_impossible_numbers_are_refused_before_the_first_household(
    scenario: Scenario, asked: dict[str, Any], said: str
) -> None:
    with pytest.raises(RunError) as refused:
        run(scenario, **asked)
    assert said in str(refused.value)


def test_a_country_is_lived_under_every_set_of_constants_that_is_handed_in() -> None:
    """One member each, under seeds of their own; the first is what a single run under these constants would be."""
    sets = [{"yield_level": 0.95}, {"yield_level": 1.05}]
    short = Scenario.load("historical").with_changes({"end": "1928-01"})
    both = run(short, households=900, threads=1, keep=0, behaviours=sets)
    alone = run(short.with_changes({"behaviour": sets[0]}), households=900, threads=1, keep=0)
    assert both.sizes["member"] == 2
    assert np.array_equal(both.harvest.isel(member=0), alone.harvest)
    assert float(both.harvest.isel(member=1).sum()) > float(both.harvest.isel(member=0).sum())
    assert json.loads(both.attrs["provenance"])["behaviours"] == sets


def test_a_scenario_keeps_the_constants_that_it_names_itself() -> None:
    plan = planned(
        Scenario.load("historical").with_changes({"behaviour": {"yield_level": 1.1}}),
        behaviours=[{"yield_level": 0.9, "effort_loss": 0.3}],
    )
    behaviour = plan.countries[0][0].behaviour
    assert (float(behaviour.yield_level), float(behaviour.effort_loss)) == pytest.approx((1.1, 0.3))


def test_sets_of_constants_bring_their_own_seeds_and_no_checkpoints() -> None:
    with pytest.raises(RunError, match="leave --seeds out"):
        planned("historical", seeds=2, behaviours=[{}])
    with pytest.raises(RunError, match="leave --from and --save-at out"):
        planned("historical", save_at=["1930-01"], behaviours=[{}])
