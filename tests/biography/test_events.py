"""A family's story is true of its columns: nothing is told that they do not hold, and nothing they hold is left out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.biography.differences import differences
from model.biography.events import HUNGRY, Event, events
from model.biography.family import Family, months_alike
from model.biography.introduction import introduction
from model.biography.sentences import sentence
from model.calendar import Month
from model.columns import Households, Life, columns_of

MONTHS = 30
OF_VILLAGE = ("collectivised_share", "trudoden_kg", "searched")
people = st.lists(st.integers(0, 6), min_size=MONTHS, max_size=MONTHS)
signs = st.lists(st.integers(0, 1), min_size=MONTHS, max_size=MONTHS)


def family_of(**columns: Any) -> Family:
    """A family of which nothing is known but the columns given, each a number or one for every month."""
    names = [*columns_of(Households), *(f"village_{name}" for name in OF_VILLAGE)]
    values = {name: np.broadcast_to(np.asarray(columns.get(name, 0.0), float), MONTHS).copy() for name in names}
    return Family(
        row=7, region="kazakhstan", scenario="historical", title="What happened", households=12_500, seed=1,
        months=tuple(Month.at(i) for i in range(MONTHS)), columns=values,
    )  # fmt: skip


def of(told: list[Event], *kinds: str) -> list[Event]:
    return [event for event in told if event.kind in kinds]


def persons(told: list[Event], month: Month, *kinds: str) -> float:
    return sum(event.facts["persons"] for event in of(told, *kinds) if event.month == month)


@settings(max_examples=100, deadline=None)
@given(people, people, people, people, people, signs)
def test_births_deaths_and_roads_explain_every_month_to_the_last_person(
    small: Any, children: Any, adults: Any, elderly: Any, away: Any, hunger: Any
) -> None:
    starved = np.cumsum(hunger)
    one = family_of(small=small, children=children, adults=adults, elderly=elderly, away=away, starved=starved)
    told = events(one)
    whole = one.at_home + one["away"]
    for place in range(1, MONTHS):
        month = one.months[place]
        gained = persons(told, month, "born")
        lost = persons(told, month, "starved", "lost", "died_old", "died_young", "lost_adult", "stayed_in_town")
        assert gained - lost == whole[place] - whole[place - 1], month
        town = persons(told, month, "to_town") - persons(told, month, "came_home", "stayed_in_town")
        assert town == one["away"][place] - one["away"][place - 1], month
        assert persons(told, month, "starved") == hunger[place], month
        assert persons(told, month, "died_old") <= max(0, elderly[place - 1] - elderly[place])
        assert gained >= small[place] - small[place - 1]
    assert all(event.facts["persons"] > 0 for event in told if "persons" in event.facts)


@settings(max_examples=100, deadline=None)
@given(people, signs)
def test_joining_and_leaving_are_told_whenever_membership_changes(months_in: Any, named: Any) -> None:
    named = np.maximum.accumulate(named)
    one = family_of(months_in=months_in, named_kulak=named, adults=2)
    told = events(one)
    inside = one["months_in"] > 0
    joined = {one.months[i] for i in range(1, MONTHS) if inside[i] and not inside[i - 1]}
    left = {one.months[i] for i in range(1, MONTHS) if inside[i - 1] and not inside[i]}
    assert {event.month for event in of(told, "joined")} == joined
    assert {event.month for event in of(told, "left_kolkhoz")} == left
    assert len(of(told, "named_kulak")) == named[-1] - named[0]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(0, 1, width=32), min_size=MONTHS, max_size=MONTHS))
def test_hunger_is_told_by_its_worst_month_and_its_length(deficit: Any) -> None:
    one = family_of(deficit=deficit, adults=2)
    told = of(events(one), "hunger")
    for year in {month.agricultural_year for month in one.months}:
        places = [i for i, month in enumerate(one.months) if month.agricultural_year == year]
        hungry = [i for i in places if deficit[i] >= HUNGRY]
        found = [event for event in told if event.month.agricultural_year == year]
        assert len(found) == bool(hungry)
        for event in found:
            assert event.facts["months"] == len(hungry)
            assert event.facts["met"] == pytest.approx(1.0 - max(deficit[i] for i in places))
            assert f"{100 * event.facts['met']:.0f} %" in sentence(event)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, MONTHS - 1), st.sampled_from([Life.EXILED, Life.DEPARTED, Life.EXTINCT]))
def test_nothing_is_told_after_the_household_has_ended(end: int, how: Life) -> None:
    there = np.arange(MONTHS) < end
    one = family_of(adults=2 * there, deficit=0.5, months_in=3 * there, life=np.where(there, 0, how))
    told = events(one)
    assert max(event.month.index for event in told) == end
    assert [event.month.index for event in of(told, how.name.lower())] == [end]
    assert not of(told, "left_kolkhoz")
    if how is not Life.EXTINCT:  # nobody is said to have died because the house is empty
        assert not of(told, "lost_adult", "lost", "died_young", "died_old", "starved")


def test_the_years_account_carries_the_numbers_of_june() -> None:
    harvested = np.concatenate([np.full(12, 1240.0), np.full(12, 900.0), np.zeros(6)])
    one = family_of(
        harvested_kg=harvested, delivered_kg=harvested / 4, concealed_kg=harvested / 10, adults=2, horses=1.26
    )
    first, second, last = of(events(one), "account")
    assert sentence(first) == (
        "Year to June 1928: The family harvested 1,240 kg of grain of its own; 310 kg went to the State, and at most "
        "124 kg lay concealed. At home at the end of June: two people; 1.3 horses."
    )
    assert second.facts["delivered_kg"] == 225.0
    assert last.month == Month(1929, 12)
    assert sentence(last) == (
        "July to December 1929: The family harvested no grain of its own. "
        "At home at the end of December: two people; 1.3 horses."
    )


def test_an_exile_is_told_with_those_who_were_at_home() -> None:
    there = np.arange(MONTHS) < 20
    one = family_of(adults=2 * there, children=3 * there, life=np.where(there, 0, Life.EXILED), named_kulak=~there)
    (exile,) = of(events(one), "exiled")
    assert sentence(exile).startswith(
        "March 1929: Officials named the household kulak and exiled it. The month before, five people were at home;"
    )


def test_whom_the_family_stands_for_is_said_once() -> None:
    lines = introduction(family_of(adults=2, small=1, stratum=2, cattle=0.8, land_ha=4.0))
    assert lines[0] == "Household 7 of 12,500, seed 1: Kazakhstan, kulak by the census of 1927."
    assert "stands for some 2,000 households like it and is no real one" in lines[1]
    assert lines[2] == (
        "End of July 1927: three people at home (one under 5, two of 15-59); 0.8 cattle; 4.0 ha of grain land; "
        "outside any kolkhoz."
    )


def test_two_lives_are_alike_until_a_column_differs() -> None:
    barn = np.zeros(MONTHS)
    barn[11:] = 1.0
    assert months_alike(family_of(adults=2), family_of(adults=2, barn_kg=barn)) == 11
    assert months_alike(family_of(adults=2), family_of(adults=2)) == MONTHS


def test_two_lives_are_told_apart_by_what_differs_and_by_nothing_else() -> None:
    there = np.arange(MONTHS) < 20
    one = family_of(adults=2 * there, life=np.where(there, 0, Life.EXILED), starved=1.0, cattle=2.0)
    other = family_of(adults=2, starved=1.0, cattle=2.0, delivered_kg=100.0)
    assert differences(other, other) == []
    assert differences(one, other)[0].worlds == (
        "exiled in March 1929", "in its village in December 1929, two people at home",
    )  # fmt: skip
    told = {each.what: each.worlds for each in differences(one, other)}
    assert "Died of hunger" not in told
    assert not any("Animals" in what for what in told)
    (grain,) = (worlds for what, worlds in told.items() if what.startswith("Grain"))
    assert grain == ("0 kg in 20 months", "300 kg in 30 months")  # the column starts anew each July
