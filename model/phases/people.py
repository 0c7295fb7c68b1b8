"""Deaths, births, ageing: whole persons, one draw per age group and household.

Ordinary death and death by hunger compete for the same draw: whoever dies in the month only because of hunger is
counted as excess. Writes the four ages, `starved` and `life`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from model.arithmetic import LANE, lanes, whole
from model.columns import Countryside, Life
from model.compiled import loop, rule
from model.draws import Ask, uniform
from model.phases.leavings import close
from model.rules import body

_SMALL, _CHILD, _ADULT, _OLD = (int(a) for a in (Ask.DEATH_SMALL, Ask.DEATH_CHILD, Ask.DEATH_ADULT, Ask.DEATH_OLD))
_BIRTH = int(Ask.BIRTH)
_AGE_SMALL, _AGE_CHILD, _AGE_ADULT = (int(a) for a in (Ask.AGEING_SMALL, Ask.AGEING_CHILD, Ask.AGEING_ADULT))
_EXTINCT = int(Life.EXTINCT)

# Lanes of the sheet on which a village's births and deaths are reckoned.
_HAZARD, _SMALLS, _CHILDREN, _ADULTS, _ELDERLY, _BORN, _STARVED = lanes(7)
_LANES = 7


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


@rule
def _bury(sheet, left, rows, persons, row, key, ordinary, frailty):
    """
    Note who is left of an age group and who starved; `frailty` multiplies the hazard of hunger [ratio].

    Returns deaths of all causes and excess deaths: whole numbers, which add up alike in any order, many at a time.
    """
    deaths = np.int32(0)
    deaths_of_hunger = np.int32(0)
    for i in range(rows):
        alive = np.float32(persons[i])
        died, excess = lives_lost(alive, ordinary, frailty * sheet[_HAZARD + i], uniform(key, row + i))
        sheet[left + i] = alive - died
        sheet[_STARVED + i] += excess
        deaths = np.int32(deaths + np.int32(died))
        deaths_of_hunger = np.int32(deaths_of_hunger + np.int32(excess))
    return deaths, deaths_of_hunger


@rule
def _grow_up(sheet, younger, older, rows, row, key, pace):
    """Some of an age group pass into the next one; `pace` is their part [1/month]."""
    for i in range(rows):
        grown = min(sheet[younger + i], whole(sheet[younger + i] * pace, uniform(key, row + i)))
        sheet[younger + i] -= grown
        sheet[older + i] += grown


@loop
def _die_and_bear(start, stop, first, homes, villages, flows, ending, luck, hunger_kills, b):
    sheet = np.zeros(_LANES * LANE, np.float32)
    for village in range(start, stop):
        begin, end = first[village], first[village + 1]
        row, rows = np.uint64(begin), np.uint64(end - begin)
        small, children = homes.small[begin:end], homes.children[begin:end]
        adults, elderly = homes.adults[begin:end], homes.elderly[begin:end]
        wasting, barrenness = homes.wasting[begin:end], homes.barrenness[begin:end]
        threshold, fastest, birth_rate = b.death_threshold, b.death_fastest, b.birth_rate
        sensitivity = b.birth_hunger * hunger_kills
        to_birth = luck[_BIRTH]
        starved = homes.starved[begin:end]
        for i in range(rows):
            sheet[_HAZARD + i] = hunger_kills * body.hunger_hazard(wasting[i], threshold, fastest)
            expected = body.births(np.float32(adults[i]), birth_rate, barrenness[i], sensitivity)
            sheet[_BORN + i] = whole(expected, uniform(to_birth, row + i))
            sheet[_STARVED + i] = starved[i]
        of_small = _bury(sheet, _SMALLS, rows, small, row, luck[_SMALL], b.death_small, 1.5)
        of_children = _bury(sheet, _CHILDREN, rows, children, row, luck[_CHILD], b.death_child, 0.7)
        of_adults = _bury(sheet, _ADULTS, rows, adults, row, luck[_ADULT], b.death_adult, 1.0)
        of_elderly = _bury(sheet, _ELDERLY, rows, elderly, row, luck[_OLD], b.death_old, 1.8)
        # from the oldest on, so that nobody grows up twice in a month
        _grow_up(sheet, _ADULTS, _ELDERLY, rows, row, luck[_AGE_ADULT], 0.0017)
        _grow_up(sheet, _CHILDREN, _ADULTS, rows, row, luck[_AGE_CHILD], 0.0083333)
        _grow_up(sheet, _SMALLS, _CHILDREN, rows, row, luck[_AGE_SMALL], 0.016667)
        for i in range(rows):
            small[i] = np.int8(min(100.0, sheet[_SMALLS + i] + sheet[_BORN + i]))
            children[i] = np.int8(min(100.0, sheet[_CHILDREN + i]))
            adults[i] = np.int8(min(100.0, sheet[_ADULTS + i]))
            elderly[i] = np.int8(min(100.0, sheet[_ELDERLY + i]))
            starved[i] = np.int8(min(100.0, sheet[_STARVED + i]))
        life, away = homes.life[begin:end], homes.away[begin:end]
        died_out = np.int32(0)
        born = np.int32(0)
        people = np.int32(0)
        for i in range(rows):
            mouths = np.int32(small[i] + children[i] + adults[i] + elderly[i])
            born = np.int32(born + np.int32(sheet[_BORN + i]))
            people = np.int32(people + mouths)
            empty = (life[i] == 0) & (mouths == 0) & (away[i] == 0)
            life[i] = -_EXTINCT if empty else life[i]
            died_out = np.int32(died_out + np.int32(empty))
        ending[village] = died_out
        villages.people[village] = np.float32(people)
        flows.births[village] += born
        flows.deaths[village] += of_small[0] + of_children[0] + of_adults[0] + of_elderly[0]
        flows.excess[village] += of_small[1] + of_children[1] + of_adults[1] + of_elderly[1]
        flows.extinct_households[village] += died_out


def die_and_bear(land: Countryside, behaviour: Any, luck: np.ndarray, *, hunger_kills: bool) -> None:
    """Everybody risks the month, children are born, everybody grows older."""
    ending = np.zeros(land.n_villages, np.int32)
    land.over(_die_and_bear, ending, luck, np.float32(1.0 if hunger_kills else 0.0), behaviour)
    close(land, ending)
