"""A scenario says in sentences what it does, and what in it looks unlikely."""

from __future__ import annotations

from typing import Any

from model.policy.behaviour import BEHAVIOURS
from model.policy.describe import changes, describe, warnings
from model.policy.month import LEVERS
from model.policy.scenario import Scenario

RATE = LEVERS["procurement.rate"].text


def _child(**changes_: Any) -> Scenario:
    parent = Scenario.from_document({"procurement": {"rate": {"1928-07": 0.2, "1931-07": 0.38}}}, name="before")
    return parent.with_changes(changes_, name="after")


def test_a_change_is_told_with_its_month_and_what_it_replaces() -> None:
    milder = {"1931-07": {"value": 0.2, "why": "the drought"}, "1933-07": 0.38}
    assert changes(_child(procurement={"rate": milder})) == [
        f"From July 1931 to June 1933, {RATE} is 0.2 instead of 0.38 [share; procurement.rate]: the drought.",
        f"From July 1933 on, {RATE} stays 0.38 [share; procurement.rate].",
    ]


def test_a_path_that_is_replaced_is_told_by_its_range() -> None:
    (sentence,) = changes(_child(procurement={"rate": 0.1}))
    assert "is 0.1 instead of 0.155 to 0.38" in sentence


def test_a_region_is_named() -> None:
    (sentence,) = changes(_child(borders={"closed": {"by_region": {"ukraine": {"1933-01": 1}}}}))
    assert sentence == (
        "From January 1933 on, closure of a region to peasants who would leave it in ukraine is 1 instead of 0 "
        "[index; borders.closed]."
    )


def test_what_is_switched_off_is_told() -> None:
    name, one = next(iter(BEHAVIOURS.items()))
    child = _child(
        mechanisms={"sharing": False}, behaviour={name: one.allowed[1]}, weather={"mode": "average"}, end="1935-12"
    )
    assert changes(child) == [
        "The mechanism sharing is switched off (households share food with hungry neighbours).",
        f"Behaviour: {name} is {one.allowed[1]:g} {one.unit} instead of {one.default:g}.",
        "The weather is average instead of historical.",
        "The story ends in December 1935.",
    ]


def test_a_scenario_without_parent_tells_its_orders_lever_by_lever() -> None:
    alone = Scenario.from_document({"procurement": {"rate": {"1928-07": 0.2, "1931-07": 0.38}}})
    assert changes(alone) == [
        f"{RATE.capitalize()} [share; procurement.rate]: 0.2 from July 1928, 0.38 from July 1931."
    ]


def test_an_implausible_value_is_warned_of() -> None:
    entry = {"1931-07": {"value": 0.7, "why": "to see what happens"}}
    assert warnings(_child(procurement={"rate": entry})) == [
        "procurement.rate, 1931-07: 0.7 is possible but not plausible (0.1 to 0.45 share)."
    ]


def test_a_value_without_reason_is_warned_of() -> None:
    assert warnings(_child(procurement={"rate": {"1931-07": 0.2}})) == [
        "procurement.rate: 1 of its values has neither source nor why."
    ]


def test_exports_that_procurement_cannot_feed_are_warned_of() -> None:
    (warning,) = warnings(_child(trade={"grain_exports": {"1929-07": {"value": 6, "why": "maximum"}}}))
    assert warning.startswith("trade.grain_exports, 1929-07: 6 Mt a year is more than two fifths of what procurement")


def test_quotas_that_do_not_add_up_are_warned_of() -> None:
    regions = {"urals": {"1930-01": {"value": 0.3, "why": "all to the Urals"}}}
    (warning,) = warnings(_child(dekulakisation={"region_share": {"by_region": regions}}))
    assert warning.startswith("dekulakisation.region_share, 1930-01: the regions add up to 1.2")


def test_the_description_has_title_question_change_and_warnings() -> None:
    child = _child(title="Milder", question="Less?", notice=["Herds."], procurement={"rate": {"1931-07": 0.2}})
    lines = describe(child).splitlines()
    assert lines[:2] == ["Milder", "Less?"]
    assert "What it changes against before:" in lines
    assert "- Herds." in lines
    assert "Warnings:" in lines


def test_who_forgets_extends_is_warned_that_history_is_not_there() -> None:
    (warning,) = warnings(Scenario.from_document({}))
    assert f"{len(LEVERS)} of {len(LEVERS)} levers stay" in warning
    assert 'write extends = "historical"' in warning
    assert not any("extends nothing" in one for one in warnings(Scenario.load("historical")))
