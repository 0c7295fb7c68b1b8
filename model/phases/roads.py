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

_WORK, _FOLLOW, _RETURN, _MOVE = int(Ask.WORK), int(Ask.FOLLOW), int(Ask.RETURN), int(Ask.MOVE)
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
def _readiness(homes, home, trudoden_kg, b):
    """The readiness of a row; see `migration.readiness`."""
    poor = 1.0 if homes.stratum[home] == _POOR else 0.0
    kulak = 1.0 if homes.stratum[home] == _KULAK else 0.0
    is_member = 1.0 if homes.months_in[home] > 0 else 0.0
    short = migration.unpaid(is_member, trudoden_kg, b.enough_pay)
    return migration.readiness(
        homes.deficit[home], poor, kulak, short, b.leave_hungry, b.leave_poor, b.leave_kulak, b.leave_unpaid
    )


@loop
def _look(start, stop, first, homes, villages, _flows, seen, b):
    for village in range(start, stop):
        trudoden_kg = villages.trudoden_kg[village]
        adults_all = ready = movable = away = hungry = people_all = 0.0
        for home in range(first[village], first[village + 1]):
            adults = np.int32(homes.adults[home])
            others = np.int32(homes.small[home]) + np.int32(homes.children[home]) + np.int32(homes.elderly[home])
            willing = _readiness(homes, home, trudoden_kg, b)
            people = np.float32(adults + others)
            adults_all += np.float32(adults)
            ready += willing * np.float32(migration.spare_adults(adults, others))
            movable += willing * np.float32(adults)
            away += np.float32(homes.away[home])
            hungry += homes.deficit[home] * people
            people_all += people
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
        trudoden_kg = villages.trudoden_kg[village]
        worker_pace = worker[region]
        move_pace = household[region]
        flight_pace = flight_hungry[region]
        gone = came = moved = 0
        for home in range(first[village], first[village + 1]):
            adults = np.int32(homes.adults[home])
            away = np.int32(homes.away[home])
            others = np.int32(homes.small[home]) + np.int32(homes.children[home]) + np.int32(homes.elderly[home])
            mouths = adults + others
            if mouths + away == 0:
                continue
            willing = _readiness(homes, home, trudoden_kg, b)
            leaves = False
            if away > 0:
                back = np.int32(whole(np.float32(away) * come_home[region], uniform(luck[_RETURN], home)))
                back = min(back, away)
                away -= back
                adults += back
                came += back
                # one draw settles who stays for good and, within it, who fetches the family
                u = uniform(luck[_FOLLOW], home)
                settling = min(np.float32(away) * family[region], np.float32(1.0))
                if back == 0 and u < settling:
                    leaves = u < settling * migration.fetches_family(adults, b.kin_bond)
                    away -= 1
                mouths = adults + others
            else:
                back = 0
            if not leaves and adults > 0:
                flees = migration.hunger_on_the_road(homes.deficit[home], b.flight_threshold)
                if homes.named_kulak[home] > 0:
                    flees *= b.flee_kulak
                leaves = uniform(luck[_MOVE], home) < move_pace * willing + flight_pace * flees
            if leaves:
                moved += mouths
                if homes.months_in[home] > 0:
                    villages.members[village] -= 1.0
                villages.present[village] -= 1.0
                end_household(homes, villages, flows, village, home, _DEPARTED)
                continue
            spare = migration.spare_adults(adults, others)
            if spare > 0 and back == 0 and away < _MOST_AWAY:
                calls = worker_pace * willing * np.float32(spare)
                going = min(np.int32(whole(calls, uniform(luck[_WORK], home))), spare)
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
