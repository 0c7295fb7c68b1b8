"""People on the roads: workers leave for towns, families follow, whole households move or flee, workers come home.

Whole persons only. Reads want, class and pay of every household; writes `adults`, `away` and, where a household
leaves whole, everything it held (`leavings`); sums `left_work`, `left_family` and `returned`. How many the towns call
is decided by `phases/towns.py` from what `villagers` sees.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.arithmetic import whole
from model.columns import Countryside, Life, Stratum
from model.compiled import loop, rule
from model.draws import Ask, uniform
from model.phases.leavings import end_household
from model.policy.behaviour import Behaviour
from model.rules import migration

Floats = NDArray[np.float64]

_FOLLOW, _RETURN, _MOVE = int(Ask.FOLLOW), int(Ask.RETURN), int(Ask.MOVE)
_DEPARTED = int(Life.DEPARTED)
_POOR, _KULAK = int(Stratum.POOR), int(Stratum.KULAK)
_MOST_AWAY = 100


class Villagers(NamedTuple):
    """Who could leave the villages [regions], in real persons."""

    adults: Floats
    """Aged 15-59, at home [persons]."""
    ready: Floats
    """Adults who could leave for work, each counted by the readiness of the household [persons]."""
    movable: Floats
    """Adults of all households, counted by readiness: who would work if the whole household moved [persons]."""
    away: Floats
    """Workers in towns whose household is in the village [persons]."""
    hunger: Floats
    """Need not met this month, mean of the people [share]."""


class LeavingRates(NamedTuple):
    """How fast villagers leave and come back this month [regions], float32."""

    worker: NDArray[np.float32]
    """Workers called, over the adults who are ready [1/month]."""
    family: NDArray[np.float32]
    """Workers alone in town who settle for good [1/month]."""
    household: NDArray[np.float32]
    """Households called whole, times their readiness [1/month]."""
    flight_hungry: NDArray[np.float32]
    """Households without any food that flee [1/month]."""
    come_home: NDArray[np.float32]
    """Workers alone in town who go home [1/month]."""


@rule
def _readiness(homes, home, unpaid, b):
    """The readiness of a row; see `migration.readiness`. `unpaid` is that of the village's members [share]."""
    poor = 1.0 if homes.stratum[home] == _POOR else 0.0
    kulak = 1.0 if homes.stratum[home] == _KULAK else 0.0
    short = unpaid if homes.months_in[home] > 0 else 0.0
    return migration.readiness(
        homes.deficit[home], poor, kulak, short, b.leave_hungry, b.leave_poor, b.leave_kulak, b.leave_unpaid
    )


@loop
def _look(start, stop, first, homes, villages, _flows, seen, b):
    for village in range(start, stop):
        unpaid = migration.unpaid(villages.trudoden_kg[village], b.enough_pay)
        adults_all = away = people_all = np.int32(0)
        ready = movable = hungry = 0.0
        for home in range(first[village], first[village + 1]):
            adults = np.int32(homes.adults[home])
            others = np.int32(homes.small[home] + homes.children[home] + homes.elderly[home])
            willing = _readiness(homes, home, unpaid, b)
            adults_all += adults
            ready += willing * np.float32(migration.spare_adults(adults, others))
            movable += willing * np.float32(adults)
            away += homes.away[home]
            hungry += homes.deficit[home] * np.float32(adults + others)
            people_all += adults + others
        seen[0, village] = adults_all
        seen[1, village] = ready
        seen[2, village] = movable
        seen[3, village] = away
        seen[4, village] = hungry
        seen[5, village] = people_all


@loop
def _leave(start, stop, first, homes, villages, flows, worker, family, household, flight_hungry, come_home, luck, b):
    for village in range(start, stop):
        region = villages.region[village]
        unpaid = migration.unpaid(villages.trudoden_kg[village], b.enough_pay)
        worker_pace = worker[region]
        move_pace = household[region]
        flight_pace = flight_hungry[region] * (b.nomad_mobility if villages.nomad[village] == 1 else 1.0)
        gone = came = moved = np.int32(0)
        for home in range(first[village], first[village + 1]):
            adults = np.int32(homes.adults[home])
            away = np.int32(homes.away[home])
            others = np.int32(homes.small[home] + homes.children[home] + homes.elderly[home])
            if adults + others + away == 0:
                continue
            willing = _readiness(homes, home, unpaid, b)
            spare = np.float32(migration.spare_adults(adults, others))
            moves = move_pace * willing
            if homes.deficit[home] > b.flight_threshold:
                flees = migration.hunger_on_the_road(homes.deficit[home], b.flight_threshold)
                moves += flight_pace * flees * (b.flee_kulak if homes.named_kulak[home] > 0 else 1.0)
            calls = worker_pace * willing * spare
            # one draw for both: at its low end the household moves, at its high end it sends a worker
            u = uniform(luck[_MOVE], home)
            if away == 0 and u >= moves and u + calls < 1.0:
                continue
            leaves = adults > 0 and u < moves
            back = np.int32(0)
            if away > 0:
                back = min(np.int32(whole(np.float32(away) * come_home[region], uniform(luck[_RETURN], home))), away)
                settling = np.float32(away) * family[region]
                settles = uniform(luck[_FOLLOW], home)
                # one draw settles who stays for good and, within it, who fetches the family
                if back == 0 and settles < settling:
                    leaves = leaves or settles < settling * migration.fetches_family(adults, b.kin_bond)
                    away -= np.int32(1)
                away -= back
                adults += back
                came += back
            if leaves:
                moved += adults + others
                if homes.months_in[home] > 0:
                    villages.members[village] -= 1.0
                villages.present[village] -= 1.0
                end_household(homes, villages, flows, village, home, _DEPARTED)
                continue
            if back == 0 and away < _MOST_AWAY:
                going = np.int32(min(whole(calls, u), spare))
                adults -= going
                away += going
                gone += going
            homes.adults[home] = np.int8(adults)
            homes.away[home] = np.int8(away)
        flows.left_work[village] += gone
        flows.returned[village] += came
        flows.left_family[village] += moved
        villages.people[village] += np.float32(came - gone - moved)


def villagers(land: Countryside, behaviour: Behaviour) -> Villagers:
    """Count who could leave, before the towns call."""
    seen = np.zeros((6, land.n_villages))
    land.over(_look, seen, behaviour)
    adults, ready, movable, away, hungry, people = land.by_region(seen) * land.person_weight
    return Villagers(adults, ready, movable, away, hungry / np.maximum(people, 1.0))


def leave(land: Countryside, rates: LeavingRates, behaviour: Behaviour, luck: NDArray[np.uint64]) -> None:
    """Workers come home, settle, fetch their families, leave; households move or flee."""
    land.over(_leave, *rates, luck, behaviour)
