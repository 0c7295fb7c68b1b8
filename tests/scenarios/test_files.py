"""The library as a reader meets it: all questions are there, say what they hold fixed, and name only what exists."""

from __future__ import annotations

import re
import shlex

import pytest

from model.policy.scenario import Scenario

LIBRARY = {
    "historical", "nep_continues", "market_prices_1928", "voluntary_cooperation", "slow_collectivisation",
    "no_dekulakisation", "no_grain_exports", "relief_1932", "flexible_procurement", "open_borders", "cows_stay_home",
    "machines_first", "no_nomad_settling", "maximum_extraction", "average_weather", "drawn_weather",
}  # fmt: skip


def test_the_library_has_its_sixteen_questions() -> None:
    assert set(Scenario.names()) == LIBRARY


@pytest.mark.parametrize("name", sorted(LIBRARY - {"historical"}))
def test_every_counterfactual_says_what_it_holds_fixed(name: str) -> None:
    assert Scenario.load(name).holds


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_what_is_to_be_tried_can_be_tried(name: str) -> None:
    """Commands name scenarios that exist; levers are those of the model."""
    from model.policy.month import LEVERS, SECTIONS

    for hint in Scenario.load(name).to_try:
        if hint.startswith("collectivisation "):
            for word in shlex.split(hint)[2:3]:
                assert Scenario.load(word).title
        for lever in re.findall(rf"\b(?:{'|'.join(SECTIONS)})\.\w+", hint):
            assert lever in LEVERS, (name, lever)


def test_exile_ends_in_every_scenario_that_lets_the_kulaks_in() -> None:
    """Who is not barred as a class is not exiled as a class; nowhere is the ban lifted and the exile kept."""
    for name in LIBRARY - {"historical"}:
        scenario = Scenario.load(name)
        if not scenario.at("1930-03").collectivisation.kulaks_barred:
            assert scenario.tables["dekulakisation.families_exiled"].sum() == 0.0, name
