"""What happened to a family, read from its columns: the fewest events that explain each month, and each year's account.

Columns are read at the ends of months. Births, deaths and moves of one month may cancel out in them (a child born as
another turns five): the least that must have happened is told, never more. An adult who died and one who was arrested
leave the same trace, so these two are told together.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from model.biography.family import ANIMALS, Family
from model.calendar import Month
from model.columns import Life

HUNGRY = 0.2  # need not met above which a month is one of hunger: the measure of the census of hunger [share]


class Event(NamedTuple):
    """Something that happened in a month, and the numbers that say what."""

    month: Month
    kind: str
    facts: dict[str, float]


def events(family: Family) -> list[Event]:
    """Return everything that the columns tell of the family, in order of time; a year's account closes the year."""
    found: list[Event] = []
    for place in range(1, min(family.present_months + 1, len(family.months))):
        found += _membership(family, place)
        if family["life"][place] in {Life.PRESENT, Life.EXTINCT}:
            found += _people(family, place)
        else:
            found += _deaths_of_hunger(family, place)
        found += _ending(family, place)
    for first, stop in _years(family):
        found += _hunger(family, first, stop)
        found += _searches(family, first, stop)
        found += _account(family, first, stop)
    return sorted(found, key=lambda event: (event.month.index, event.kind == "account"))


def _change(family: Family, name: str, place: int) -> int:
    return int(family[name][place] - family[name][place - 1])


def _membership(family: Family, place: int) -> Iterator[Event]:
    month, before, now = family.months[place], family["months_in"][place - 1] > 0, family["months_in"][place] > 0
    if _change(family, "named_kulak", place) > 0 and family["life"][place] != Life.EXILED:
        yield Event(month, "named_kulak", {})
    if now and not before:
        yield Event(month, "joined", {"village_share": float(family["village_collectivised_share"][place])})
    if before and not now and family["life"][place] == Life.PRESENT:
        months = float(family["months_in"][place - 1])
        yield Event(month, "left_kolkhoz", {"months": months, "held": float(months >= 120)})


def _deaths_of_hunger(family: Family, place: int) -> Iterator[Event]:
    if (dead := _change(family, "starved", place)) > 0:
        yield Event(family.months[place], "starved", {"persons": dead, "in_all": float(family["starved"][place])})


def _people(family: Family, place: int) -> Iterator[Event]:
    """Births, deaths, roads: the fewest that explain how the four ages and those in town changed."""
    month = family.months[place]
    small, young, adults, old = (_change(family, age, place) for age in ("small", "children", "adults", "elderly"))
    away = _change(family, "away", place)
    starved = max(0, _change(family, "starved", place))
    whole = small + young + adults + old + away
    born = max(0, small, whole + starved)
    lost = born - whole - starved  # otherwise than by hunger, or gone for good
    stayed = min(lost, max(0, -away))
    back = max(0, -away) - stayed
    if born:
        yield Event(month, "born", {"persons": born})
    yield from _deaths_of_hunger(family, place)
    lost -= stayed
    if starved and lost:  # whose age each of them had cannot be told any more
        yield Event(month, "lost", {"persons": lost})
    elif lost:
        elderly = min(lost, max(0, -old))
        grown = min(lost - elderly, max(0, -(adults + max(0, away) - back)))
        for kind, persons in (("died_old", elderly), ("lost_adult", grown), ("died_young", lost - elderly - grown)):
            if persons:
                yield Event(month, kind, {"persons": persons})
    for kind, persons in (("to_town", max(0, away)), ("came_home", back), ("stayed_in_town", stayed)):
        if persons:
            yield Event(month, kind, {"persons": persons, "still_away": float(family["away"][place])})


def _ending(family: Family, place: int) -> Iterator[Event]:
    life = Life(int(family["life"][place]))
    if life != Life.PRESENT:
        facts = {
            "people": float(family.at_home[place - 1]),
            "away": float(family["away"][place - 1]),
            "named_now": float(_change(family, "named_kulak", place) > 0),
            "deficit": float(family["deficit"][place - 1]),
        }
        yield Event(family.months[place], life.name.lower(), facts)


def _years(family: Family) -> Iterator[tuple[int, int]]:
    """Return the places at which each agricultural year (July to June) begins and ends, while the family is there."""
    stop = family.present_months
    first = 0
    for place in range(stop):
        if place + 1 == stop or family.months[place + 1].of_agricultural_year == 0:
            yield first, place + 1
            first = place + 1


def _hunger(family: Family, first: int, stop: int) -> Iterator[Event]:
    deficit = np.where(family.at_home[first:stop] > 0, family["deficit"][first:stop], 0.0)
    hungry = np.flatnonzero(deficit >= HUNGRY)
    if len(hungry):
        worst = int(np.argmax(deficit))
        facts = {"months": float(len(hungry)), "met": 1.0 - float(deficit[worst]), "of": float(stop - first)}
        yield Event(family.months[first + worst], "hunger", facts)


def _searches(family: Family, first: int, stop: int) -> Iterator[Event]:
    searched = np.flatnonzero(family["village_searched"][first:stop] > 0)
    if len(searched):
        yield Event(family.months[first + int(searched[0])], "searched", {"months": float(len(searched))})


def _account(family: Family, first: int, stop: int) -> Iterator[Event]:
    """Close the year: grain of its own, what the State took, what was concealed, who and what is left."""
    last = stop - 1
    names = ("harvested_kg", "delivered_kg", "barn_kg", "sown_ha", "away", *ANIMALS)
    facts = {name: float(family[name][last]) for name in names}
    facts["concealed_kg"] = float(family["concealed_kg"][first:stop].max())
    facts["people"] = float(family.at_home[last])
    facts["member"] = float(family["months_in"][last] > 0)
    facts["trudoden_kg"] = float(family["village_trudoden_kg"][last])
    facts["months"] = float(stop - first)
    facts["year"] = float(family.months[last].agricultural_year)
    yield Event(family.months[last], "account", facts)
