"""Deaths, births, ageing: whole persons, one draw per age group and household.

Ordinary death and death by hunger compete for the same draw: whoever dies in the month only because of hunger is
counted as excess. Writes the four ages and `life`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from model.arithmetic import whole
from model.columns import Countryside, Life
from model.compiled import loop, rule
from model.draws import Ask, uniform
from model.phases.leavings import end_household
from model.rules import body

_SMALL, _CHILD, _ADULT, _OLD = (int(a) for a in (Ask.DEATH_SMALL, Ask.DEATH_CHILD, Ask.DEATH_ADULT, Ask.DEATH_OLD))
_BIRTH = int(Ask.BIRTH)
_AGE_SMALL, _AGE_CHILD, _AGE_ADULT = (int(a) for a in (Ask.AGEING_SMALL, Ask.AGEING_CHILD, Ask.AGEING_ADULT))
_EXTINCT = int(Life.EXTINCT)


@rule
def lives_lost(persons, ordinary, hunger, u):
    """
    Deaths of one age group in a household, and how many of them would not have died without hunger.

    persons    persons of the age group [persons]
    ordinary   hazard without hunger [1/month]
    hunger     hazard of hunger [1/month]
    u          one draw for both, so that hunger only adds [share]

    Returns deaths of all causes and excess deaths [persons].

    >>> [float(x) for x in lives_lost(4.0, 0.01, 0.2, 0.5)], [float(x) for x in lives_lost(4.0, 0.01, 0.0, 0.5)]
    ([1.0, 1.0], [0.0, 0.0])
    """
    without = min(persons, whole(persons * ordinary, u))
    both = min(persons, whole(persons * (ordinary + (1.0 - ordinary) * min(1.0, hunger)), u))
    return both, both - without


@loop
def _die_and_bear(start, stop, first, homes, villages, flows, luck, hunger_kills, b):
    for village in range(start, stop):
        for home in range(first[village], first[village + 1]):
            hazard = hunger_kills * body.hunger_hazard(homes.wasting[home], b.death_threshold, b.death_fastest)
            small = np.float32(homes.small[home])
            children = np.float32(homes.children[home])
            adults = np.float32(homes.adults[home])
            elderly = np.float32(homes.elderly[home])
            small_died, small_excess = lives_lost(small, b.death_small, 1.5 * hazard, uniform(luck[_SMALL], home))
            child_died, child_excess = lives_lost(children, b.death_child, 0.7 * hazard, uniform(luck[_CHILD], home))
            adult_died, adult_excess = lives_lost(adults, b.death_adult, hazard, uniform(luck[_ADULT], home))
            old_died, old_excess = lives_lost(elderly, b.death_old, 1.8 * hazard, uniform(luck[_OLD], home))
            born = whole(
                body.births(adults, b.birth_rate, homes.barrenness[home], b.birth_hunger), uniform(luck[_BIRTH], home)
            )
            small -= small_died
            children -= child_died
            adults -= adult_died
            elderly -= old_died
            to_school = min(small, whole(small * 0.016667, uniform(luck[_AGE_SMALL], home)))
            to_work = min(children, whole(children * 0.0083333, uniform(luck[_AGE_CHILD], home)))
            to_rest = min(adults, whole(adults * 0.0017, uniform(luck[_AGE_ADULT], home)))
            homes.small[home] = np.int8(min(100.0, small - to_school + born))
            homes.children[home] = np.int8(min(100.0, children + to_school - to_work))
            homes.adults[home] = np.int8(min(100.0, adults + to_work - to_rest))
            homes.elderly[home] = np.int8(min(100.0, elderly + to_rest))
            flows.births[village] += born
            flows.deaths[village] += small_died + child_died + adult_died + old_died
            flows.excess[village] += small_excess + child_excess + adult_excess + old_excess
        people = 0.0
        for home in range(first[village], first[village + 1]):
            mouths = homes.small[home] + homes.children[home] + homes.adults[home] + homes.elderly[home]
            people += np.float32(mouths)
            if homes.life[home] == 0 and mouths == 0 and homes.away[home] == 0:
                if homes.months_in[home] > 0:
                    villages.members[village] -= 1.0
                villages.present[village] -= 1.0
                end_household(homes, villages, flows, village, home, _EXTINCT)
                flows.extinct_households[village] += 1.0
        villages.people[village] = people


def die_and_bear(land: Countryside, behaviour: Any, luck: np.ndarray, *, hunger_kills: bool) -> None:
    """Everybody risks the month, children are born, everybody grows older."""
    land.over(_die_and_bear, luck, np.float32(1.0 if hunger_kills else 0.0), behaviour)
