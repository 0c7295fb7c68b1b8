"""Scenarios laid over each other by name: in order, each by what its own file orders, and collisions are told."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from model.calendar import Month
from model.plan import planned
from model.policy.describe import describe
from model.policy.errors import ScenarioError
from model.policy.month import LEVERS
from model.policy.scenario import Scenario

DEEPER = """
title = "Nothing from 1931 on"
question = "What if less had been taken?"
extends = "{parent}"
[procurement]
rate = {{ 1931-07 = {{ value = 0.2, why = "{parent}" }} }}
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own with a milder plan in it, for which exports are told too."""
    monkeypatch.chdir(tmp_path)
    Path("milder.toml").write_text(DEEPER.format(parent="historical"), encoding="utf-8")
    return tmp_path


def _same(one: Scenario, other: Scenario) -> bool:
    return all((one.tables[key] == other.tables[key]).all() for key in LEVERS)


def _told(name: str) -> list[str]:
    text = describe(Scenario.load(name)).partition("Where they collide:\n")[2]
    return text.partition("\n\n")[0].splitlines()


def test_what_is_laid_over_history_is_what_each_file_orders() -> None:
    both = Scenario.load("historical+open_borders+relief_1932")
    assert both.at("1933-02").relief.share == 0.8
    assert not both.at("1933-02").borders.closed.any()
    changed = {key for key in LEVERS if (both.tables[key] != Scenario.load("historical").tables[key]).any()}
    alone = [Scenario.load(name).layer.courses for name in ("open_borders", "relief_1932")]
    assert changed == set().union(*alone)


def test_one_scenario_over_its_own_parent_is_that_scenario() -> None:
    assert _same(Scenario.load("historical+relief_1932"), Scenario.load("relief_1932"))


def test_a_child_of_the_nep_brings_only_its_own_orders() -> None:
    """Laid over history, market prices do not bring the rest of the NEP with them."""
    stacked = Scenario.load("historical+market_prices_1928")
    assert stacked.at("1930-02").procurement.price_ratio == 1.0
    assert stacked.at("1930-02").collectivisation.pressure == 1.3


def test_where_two_order_otherwise_the_later_holds_and_description_says_so() -> None:
    one, other = (Scenario.load(name) for name in ("no_grain_exports", "maximum_extraction"))
    either = {"no_grain_exports+maximum_extraction": other, "maximum_extraction+no_grain_exports": one}
    for name, winner in either.items():
        held = Scenario.load(name)
        assert (held.at("1931-09").trade.grain_exports) == winner.at("1931-09").trade.grain_exports
        lower, upper = name.split("+")
        assert any(
            line.startswith("- trade.grain_exports, 19") and line.endswith(f"{lower} and {upper} order it; {upper}, "
            "the later, holds.") for line in _told(name)
        ), name  # fmt: skip


def test_before_the_later_one_begins_the_earlier_one_holds() -> None:
    stacked = Scenario.load("no_grain_exports+maximum_extraction")
    assert stacked.at("1930-06").trade.grain_exports == 0.0
    (line,) = [line for line in _told("no_grain_exports+maximum_extraction") if line.startswith("- trade.grain_exp")]
    assert "1930-07 to 1939-12" in line


def test_scenarios_of_different_levers_do_not_collide_in_any_order() -> None:
    names = ("open_borders", "relief_1932", "average_weather")
    stacked = [Scenario.load("+".join(("historical", *order))) for order in (names, names[::-1])]
    assert _same(*stacked)
    assert all("collide" not in describe(one) for one in stacked)
    assert {one.weather_mode for one in stacked} == {"average"}


def test_two_words_for_the_weather_collide() -> None:
    assert _told("average_weather+drawn_weather") == [
        "- weather.mode: both average_weather and drawn_weather order it; drawn_weather, the later, holds."
    ]


def test_description_tells_each_scenario_by_itself() -> None:
    text = describe(Scenario.load("historical+open_borders+relief_1932"))
    assert text.startswith("As it was + Open borders + Relief in 1932\nWhat if the starving had been allowed to leave")
    assert "What open_borders changes against historical:" in text
    assert "What relief_1932 changes against historical+open_borders:" in text


def test_a_stack_is_lived_like_any_scenario() -> None:
    plan = planned("historical+open_borders", households=900)
    assert plan.scenario.name == "historical+open_borders"


def test_files_of_ones_own_are_laid_over_like_those_of_the_library(own: Path) -> None:
    stacked = Scenario.load("historical+milder.toml+open_borders")
    assert stacked.at("1933-02").procurement.rate == 0.2
    assert stacked.name == "historical+milder+open_borders"


def test_a_file_may_extend_several(own: Path) -> None:
    Path("on_top.toml").write_text(DEEPER.format(parent="historical+open_borders+relief_1932"), encoding="utf-8")
    scenario = Scenario.load("on_top.toml")
    assert scenario.at("1933-02").relief.share == 0.8
    assert scenario.ancestors[0] == "historical+open_borders+relief_1932"
    assert "What it changes against historical+open_borders+relief_1932:" in describe(scenario)


def test_a_file_with_a_plus_in_its_name_is_one_file(own: Path) -> None:
    Path("milder.toml").rename("a+b.toml")
    assert Scenario.load("a+b.toml").name == "a+b"
    assert Scenario.load(Path("a+b.toml")).title == "Nothing from 1931 on"


def test_a_circle_through_a_stack_is_refused(own: Path) -> None:
    Path("one.toml").write_text(DEEPER.format(parent="historical+two.toml"), encoding="utf-8")
    Path("two.toml").write_text(DEEPER.format(parent="one.toml"), encoding="utf-8")
    with pytest.raises(ScenarioError, match="a circle"):
        Scenario.load("one.toml")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("historical+", "historical+: a name is missing beside a plus; write them as in historical+open_borders."),
        ("+relief_1932", "+relief_1932: a name is missing beside a plus; write them as in historical+open_borders."),
        (
            "historical+open_borders+open_borders",
            "historical+open_borders+open_borders: open_borders is named twice; laid over itself it changes nothing.",
        ),
        (
            "open_borders+historical",
            "open_borders+historical: historical extends nothing, so it has no changes to lay on top; name it first.",
        ),
        ("historical+open_bordrs", "there is no scenario called 'open_bordrs'; did you mean open_borders?"),
        ("historical+x.toml", "x.toml: there is no such file."),
        ("historical+\0", "there is no scenario called '\\x00'; there are: " + ", ".join(Scenario.names()) + "."),
    ],
)
def test_a_stack_that_cannot_be_is_refused_in_one_sentence(own: Path, name: str, sentence: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        Scenario.load(name)
    assert refused.value.problems == (sentence,)


def test_a_stack_survives_being_written_down(own: Path) -> None:
    """Provenance keeps the whole of it: what is read again orders the same in every month."""
    stacked = Scenario.load("nep_continues+relief_1932")
    assert _same(Scenario.from_document(stacked.resolved()), stacked)
    row = Month(1933, 1).index
    assert np.array_equal(stacked.tables["relief.share"][row], np.float64(0.8))
    assert os.sep not in stacked.name
