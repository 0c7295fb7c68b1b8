"""The files in scenarios/: each loads, is sourced, describes itself; and what history ordered stands in it."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from model.agents.state import EXPORT_SEASON
from model.calendar import N_MONTHS, Month
from model.history import REGION_IDS, file_of, series
from model.policy.behaviour import BEHAVIOURS
from model.policy.describe import describe, warnings
from model.policy.month import LEVERS
from model.policy.scenario import Scenario
from model.policy.schema import files

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = Scenario.names()


def _keys() -> set[str]:
    """Keys of docs/sources.md."""
    bold = re.findall(r"\*\*([^*]+)\*\*", (ROOT / "docs" / "sources.md").read_text(encoding="utf-8"))
    return {key.strip() for part in bold for key in part.split(" / ")}


def _split(source: str) -> list[str]:
    return [part.split(",")[0].strip() for part in source.split(";")]


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_has_a_title_a_question_and_hints(name: str) -> None:
    scenario = Scenario.load(name)
    assert scenario.layer.head.title
    assert scenario.question.endswith("?")
    assert scenario.expect
    assert scenario.notice
    assert scenario.to_try
    assert (ROOT / "scenarios" / f"{name}.toml").read_text(encoding="utf-8").startswith("#:schema ./schema.json\n")


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_value_says_who_ordered_it_or_why_we_think_so(name: str) -> None:
    known = _keys()
    for key, course in Scenario.load(name).layer.courses.items():
        for region, steps in course.parts():
            for step in steps:
                assert step.source or step.why, (key, region, step)
                assert set(_split(step.source)) <= known | {""}, (key, region, step)


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_scenario_of_ours_is_implausible(name: str) -> None:
    assert warnings(Scenario.load(name)) == []


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_describes_itself(name: str) -> None:
    scenario = Scenario.load(name)
    text = describe(scenario)
    assert text.startswith(scenario.title)
    for key in scenario.layer.courses:
        assert key in text


def test_every_lever_is_ordered_by_history() -> None:
    """Nothing in the historical run may rest on a default that nobody has looked at."""
    assert Scenario.load("historical").layer.courses.keys() == LEVERS.keys()


def test_every_source_of_a_declaration_is_known() -> None:
    known = _keys() | {"assumption"}
    for lever in LEVERS.values():
        assert set(_split(lever.source)) <= known, lever.key
    for one in BEHAVIOURS.values():
        for source in set(_split(one.source)) - known:
            assert file_of(source), one.name


def test_generated_pages_are_not_stale() -> None:
    """Renew them with: python -m model.policy.schema."""
    for path, text in files().items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name} is stale; run python -m model.policy.schema"


def _sum(key: str, first: str, last: str) -> float:
    """Sum of a monthly rate over months, both included."""
    table = Scenario.load("historical").tables[key]
    return float(table[Month.parse(first).index : Month.parse(last).index + 1].sum())


@pytest.mark.parametrize("year", [1930, 1931])
def test_the_exile_of_a_year_is_that_of_the_record(year: int) -> None:
    (record,) = [point for point in series("dekulakised_households_exiled") if point.date == str(year)]
    assert _sum("dekulakisation.families_exiled", f"{year}-01", f"{year}-12") == pytest.approx(
        record.value / 1000, rel=0.01
    )


@pytest.mark.parametrize("year", range(1927, 1934))
def test_the_exports_of_a_year_are_those_of_the_record(year: int) -> None:
    (record,) = [point for point in series("grain_export_agyear") if point.date == str(year)]
    rates = Scenario.load("historical").tables["trade.grain_exports"]
    july = Month.parse(f"{year}-07").index
    shipped = float(rates[july : july + 12] @ np.array(EXPORT_SEASON))  # a rate of the year, shipped by season
    assert shipped == pytest.approx(record.value, abs=0.01)


@pytest.mark.parametrize("year", range(1930, 1939))
def test_the_arrivals_in_camps_of_a_year_are_those_of_the_record(year: int) -> None:
    (record,) = [point for point in series("camp_arrivals_new") if point.date == str(year)]
    villagers = _sum("dekulakisation.arrests", f"{year}-01", f"{year}-12")
    others = _sum("camps.other_arrivals", f"{year}-01", f"{year}-12")
    assert villagers + others == pytest.approx(record.value / 1000, rel=0.04)


def test_the_regions_share_the_quota_of_exile_among_them() -> None:
    shares = Scenario.load("historical").tables["dekulakisation.region_share"]
    assert np.allclose(shares.sum(axis=1), 1)


def test_the_searches_of_the_winter_of_1932_were_in_four_regions_and_had_an_end() -> None:
    history = Scenario.load("historical")
    searched = history.at("1932-12").procurement.search > 0
    assert {region for region, yes in zip(REGION_IDS, searched, strict=True) if yes} == {
        "ukraine_right_bank",
        "ukraine_left_bank",
        "ukraine_steppe",
        "north_caucasus",
        "lower_volga",
        "central_black_earth",
    }
    assert not history.at("1933-02").procurement.search.any()
    assert not history.at("1932-10").procurement.search.any()


def test_the_nep_goes_on_without_force() -> None:
    nep = Scenario.load("nep_continues")
    for row in range(Month(1928, 1).index, N_MONTHS):
        policy = nep.at(Month.at(row))
        assert policy.procurement.compulsion == policy.dekulakisation.families_exiled == 0
        assert (
            policy.collectivisation.tax_on_independents
            == policy.towns.passports
            == policy.procurement.counter_plan
            == 0
        )
        for order in (policy.procurement.search, policy.borders.closed, policy.livestock.nomad_settling):
            assert not order.any()


def test_what_the_nep_ordered_before_1928_is_history() -> None:
    history, nep = Scenario.load("historical"), Scenario.load("nep_continues")
    before = Month(1928, 1).index
    assert all((history.tables[key][:before] == nep.tables[key][:before]).all() for key in LEVERS)


def test_without_exports_nothing_is_ordered_otherwise_but_the_plan_that_served_them() -> None:
    """Grain that only fills the State's stores would feed no village: the plan is lower, and never higher."""
    history, other = Scenario.load("historical"), Scenario.load("no_grain_exports")
    changed = [key for key in LEVERS if (history.tables[key] != other.tables[key]).any()]
    assert changed == ["procurement.rate", "trade.grain_exports"]
    assert (other.tables["procurement.rate"] <= history.tables["procurement.rate"]).all()
    assert not other.tables["trade.grain_exports"][Month(1929, 7).index :].any()
