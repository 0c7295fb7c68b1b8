"""One look for each scenario, everywhere."""

from __future__ import annotations

from model.figures.looks import LOOKS, looks_of
from model.policy.scenario import Scenario


def test_history_is_black_and_nothing_else_is() -> None:
    assert [name for name, look in LOOKS.items() if look.colour == "#000000"] == ["historical"]


def test_no_two_scenarios_of_the_library_look_alike() -> None:
    assert len(set(LOOKS.values())) == len(LOOKS)


def test_every_scenario_that_is_shipped_has_a_look_of_its_own() -> None:
    assert set(Scenario.names()) <= set(LOOKS)


def test_a_question_of_a_reader_keeps_its_look() -> None:
    assert looks_of("my_question") == looks_of("my_question")
    assert looks_of("historical+open_borders").colour != "#000000"


def test_scenarios_are_told_apart_in_grey() -> None:
    """Paper may have no colours: dash and mark together must do."""
    assert len({(look.dash, look.mark) for look in LOOKS.values()}) == len(LOOKS)
