"""The policies among which an outcome is shared: what each of them replaces, and when."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from model.comparison.claims import CLAIMS
from model.comparison.policies import Policy, policies, subsets
from model.policy.month import LEVERS
from model.policy.scenario import Scenario

ROOT = Path(__file__).resolve().parents[2]
NAMES = [one.name for one in policies()]


@pytest.fixture(scope="module")
def history() -> Scenario:
    return Scenario.load("historical")


@pytest.fixture(scope="module")
def worlds(history: Scenario) -> list[Scenario]:
    return subsets(history, policies())


def _without(worlds: list[Scenario], *names: str) -> Scenario:
    mask = sum(1 << place for place, name in enumerate(NAMES) if name not in names)
    return worlds[mask]


def test_with_all_policies_in_force_the_orders_are_those_of_history(history: Scenario, worlds: list[Scenario]) -> None:
    assert worlds[-1] is history
    assert len(worlds) == 2 ** len(NAMES)


@pytest.mark.parametrize("one", policies(), ids=NAMES)
def test_each_policy_taken_away_changes_its_own_levers_and_no_other(
    history: Scenario, worlds: list[Scenario], one: Policy
) -> None:
    other = _without(worlds, one.name)
    own = {f"{section}.{lever}" for section, levers in one.instead.items() for lever in levers}
    changed = {name for name in LEVERS if not np.array_equal(history.tables[name], other.tables[name])}
    if one.name == "weather":
        assert (changed, other.weather_mode) == (set(), "average")
    else:
        assert changed == own
        assert other.weather_mode == history.weather_mode


@pytest.mark.parametrize("one", policies(), ids=NAMES)
def test_nothing_is_changed_before_1928(history: Scenario, worlds: list[Scenario], one: Policy) -> None:
    """The NEP of 1927 is the common ground on which all of them stand."""
    other = _without(worlds, one.name)
    for name in LEVERS:
        assert np.array_equal(history.tables[name][:6], other.tables[name][:6]), name


def test_without_exports_nothing_is_shipped_and_less_is_taken(history: Scenario, worlds: list[Scenario]) -> None:
    other = _without(worlds, "exports").at("1930-11")
    assert other.trade.grain_exports == 0.0
    assert other.procurement.rate < history.at("1930-11").procurement.rate


def test_what_is_taken_for_exports_is_taken_only_where_grain_is_exported(worlds: list[Scenario]) -> None:
    """Both policies set the rate: without either, the State takes what it uses at home."""
    rates = [
        _without(worlds, *names).at("1931-11").procurement.rate
        for names in ((), ("exports",), ("procurement",), ("exports", "procurement"))
    ]
    assert rates == [0.38, 0.31, 0.36, 0.285]


def test_from_the_harvest_of_1933_grain_is_taken_as_it_was(history: Scenario, worlds: list[Scenario]) -> None:
    other, was = (one.at("1934-11").procurement for one in (_without(worlds, "procurement"), history))
    assert all(np.array_equal(getattr(other, name), getattr(was, name)) for name in type(was).model_fields)


def test_no_region_is_closed_once_borders_are_taken_away(worlds: list[Scenario]) -> None:
    assert not _without(worlds, "borders").at("1933-02").borders.closed.any()
    assert _without(worlds, "weather").at("1933-02").borders.closed.any()


def test_arrests_after_the_law_of_august_1932_are_not_dekulakisation(history: Scenario, worlds: list[Scenario]) -> None:
    other = _without(worlds, "dekulakisation")
    for month in ("1932-11", "1933-03", "1937-09", "1939-06"):
        assert other.at(month).dekulakisation.arrests == history.at(month).dekulakisation.arrests


def test_every_source_is_a_key_of_the_list_of_sources() -> None:
    listed = set(re.findall(r"\*\*([A-Z0-9&+-]+)\*\*", (ROOT / "docs/sources.md").read_text(encoding="utf-8")))
    named = {key for one in policies() for key in re.findall(r"\b[A-Z]{2,}[A-Z0-9]*\b", one.sources)} - {"NEP"}
    named |= {claim.source for claim in CLAIMS}
    assert not named - listed


def test_every_claim_is_about_a_policy_that_is_shared_among() -> None:
    assert {claim.policy for claim in CLAIMS} <= set(NAMES)
