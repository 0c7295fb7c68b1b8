"""What differs between a family's lives in two worlds, one line for each thing that does."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from model.biography.events import HUNGRY
from model.biography.family import ANIMALS, Family
from model.biography.sentences import animals, count, when
from model.columns import Life

_ENDS = {Life.EXILED: "exiled", Life.DEPARTED: "left the village", Life.EXTINCT: "with nobody left"}


class Difference(NamedTuple):
    """One thing, and what it was in each world."""

    what: str
    worlds: tuple[str, str]


def differences(one: Family, other: Family) -> list[Difference]:
    """Return what differs: the end first, then people, food, grain, the kolkhoz and animals.

    Sums run over the months that the household was there, which is why the lines say how many these are.
    """
    both = min(one.present_months, other.present_months) - 1
    asked: list[tuple[str, Callable[[Family], str]]] = [
        ("How it ended", ending),
        (
            "Died of hunger",
            lambda family: count(family["starved"].max(), "person", "people").replace("no people", "nobody"),
        ),
        ("Months with no more than four fifths of the food needed", _hungry),
        ("Grain from its own barn, not the kolkhoz's, that went to the State", _delivered),
        ("Months in the kolkhoz", _inside),
    ]
    if both >= 0:
        at = f"Animals of its own at the end of {when(one.months[both])}"
        asked.append((at, lambda family: animals({kind: float(family[kind][both]) for kind in ANIMALS})))
    found = [Difference(what, (tell(one), tell(other))) for what, tell in asked]
    return [difference for difference in found if difference.worlds[0] != difference.worlds[1]]


def ending(family: Family) -> str:
    """Say what had become of the household when it ended, or by the last month.

    >>> import numpy as np
    >>> from model.calendar import Month
    >>> columns = {"life": np.zeros(1), "small": np.ones(1), "children": np.ones(1), "adults": np.full(1, 2.0)}
    >>> columns |= {"elderly": np.zeros(1)}
    >>> ending(Family(3, "urals", "historical", "As it was", 900, 1, (Month(1939, 12),), columns))
    'in its village in December 1939, four people at home'
    """
    stop = family.present_months
    if stop == len(family.months):
        return f"in its village in {when(family.months[-1])}, {count(family.at_home[-1], 'person', 'people')} at home"
    end = _ENDS[Life(int(family["life"][stop]))]
    return f"{end} in {when(family.months[stop])}"


def _starved(family: Family) -> str:
    dead = float(family["starved"].max())
    return count(dead, "person", "people") if dead else "nobody"


def _hungry(family: Family) -> str:
    there = slice(0, family.present_months)
    hungry = (family["deficit"][there] >= HUNGRY) & (family.at_home[there] > 0)
    return f"{int(hungry.sum())} of {family.present_months}"


def _inside(family: Family) -> str:
    return f"{int((family['months_in'][: family.present_months] > 0).sum())} of {family.present_months}"


def _delivered(family: Family) -> str:
    """Add up what left the household's own barn: its column starts anew each July."""
    column = family["delivered_kg"][: family.present_months]
    closes = [
        place
        for place in range(len(column))
        if place + 1 == len(column) or family.months[place + 1].of_agricultural_year == 0
    ]
    return f"{float(np.sum(column[closes])):,.0f} kg in {family.present_months} months"
