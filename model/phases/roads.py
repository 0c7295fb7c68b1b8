"""People on the roads: workers leave for towns, families follow, whole households move or flee, workers come home.

Whole persons only. Reads want, class and pay of every household; writes `adults`, `away` and, where a household
leaves whole, everything it held (`leavings`); sums `left_work`, `left_family`, `wandered` and `returned`. How many the
towns call is decided by `phases/towns.py` from what `villagers` sees. Nomad families that leave whole wander to other
lands: of some million who left Kazakhstan in 1930-33 two in ten went abroad, and four in ten came back (PIANCIOLA2004),
which the model does not follow.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.arithmetic import LANE, lanes, total, whole
from model.columns import Countryside, Life, Stratum
from model.compiled import loop, rule
from model.draws import Ask, uniform
from model.phases.leavings import close
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


# Lanes of the sheet on which a village's departures are reckoned.
_ADULTS, _OTHERS, _WILLING, _SPARE, _MOVES, _CALLS, _DRAW, _STIRS = lanes(8)
_LANES = 8


@rule
def _take_stock(begin, end, homes, sheet, unpaid, b):
    """Note who is at home, who could be spared and how ready they are; `unpaid` is that of members [share]."""
    rows = np.uint64(end - begin)
    small, children = homes.small[begin:end], homes.children[begin:end]
    adults, elderly = homes.adults[begin:end], homes.elderly[begin:end]
    for i in range(rows):
        hands = np.float32(adults[i])
        others = np.float32(small[i] + children[i] + elderly[i])
        sheet[_ADULTS + i] = hands
        sheet[_OTHERS + i] = others
        sheet[_SPARE + i] = migration.spare_adults(hands, others)
    hungry, of_poor, of_kulak, of_unpaid = b.leave_hungry, b.leave_poor, b.leave_kulak, b.leave_unpaid
    stratum, months_in, deficit = homes.stratum[begin:end], homes.months_in[begin:end], homes.deficit[begin:end]
    for i in range(rows):
        poor = 1.0 if stratum[i] == _POOR else 0.0
        kulak = 1.0 if stratum[i] == _KULAK else 0.0
        short = unpaid if months_in[i] > 0 else 0.0
        sheet[_WILLING + i] = migration.readiness(deficit[i], poor, kulak, short, hungry, of_poor, of_kulak, of_unpaid)
    return rows


@loop
def _look(start, stop, first, homes, villages, _flows, seen, b):
    sheet = np.zeros(_LANES * LANE, np.float32)
    for village in range(start, stop):
        begin, end = first[village], first[village + 1]
        rows = _take_stock(begin, end, homes, sheet, migration.unpaid(villages.trudoden_kg[village], b.enough_pay), b)
        deficit, away = homes.deficit[begin:end], homes.away[begin:end]
        in_town = np.int32(0)
        for i in range(rows):
            in_town = np.int32(in_town + away[i])
            people = sheet[_ADULTS + i] + sheet[_OTHERS + i]
            sheet[_OTHERS + i] = people
            sheet[_SPARE + i] *= sheet[_WILLING + i]
            sheet[_MOVES + i] = sheet[_ADULTS + i] * sheet[_WILLING + i]
            sheet[_CALLS + i] = deficit[i] * people
        seen[0, village] = total(sheet, _ADULTS, rows)
        seen[1, village] = total(sheet, _SPARE, rows)
        seen[2, village] = total(sheet, _MOVES, rows)
        seen[3, village] = in_town
        seen[4, village] = total(sheet, _CALLS, rows)
        seen[5, village] = total(sheet, _OTHERS, rows)


@loop
def _leave(
    start, stop, first, homes, villages, flows, ending, worker, family, household, flight_hungry, come_home, luck, b
):  # fmt: skip
    sheet = np.zeros(_LANES * LANE, np.float32)
    to_move, to_return, to_follow = luck[_MOVE], luck[_RETURN], luck[_FOLLOW]
    want, by_class = b.flight_threshold, b.flee_kulak
    for village in range(start, stop):
        begin, end = first[village], first[village + 1]
        region = villages.region[village]
        rows = _take_stock(begin, end, homes, sheet, migration.unpaid(villages.trudoden_kg[village], b.enough_pay), b)
        worker_pace = worker[region]
        move_pace = household[region]
        flight_pace = flight_hungry[region] * (b.nomad_mobility if villages.nomad[village] == 1 else 1.0)
        deficit, named_kulak, away = homes.deficit[begin:end], homes.named_kulak[begin:end], homes.away[begin:end]
        for i in range(rows):
            flees = migration.hunger_on_the_road(deficit[i], want) * (by_class if named_kulak[i] > 0 else 1.0)
            sheet[_MOVES + i] = move_pace * sheet[_WILLING + i] + flight_pace * flees
            sheet[_CALLS + i] = worker_pace * sheet[_WILLING + i] * sheet[_SPARE + i]
        # one draw for both: at its low end the household moves, at its high end it sends a worker
        for i in range(rows):
            u = uniform(to_move, np.uint64(begin) + i)
            sheet[_DRAW + i] = u
            is_home = sheet[_ADULTS + i] + sheet[_OTHERS + i] > 0.0
            is_called = (u < sheet[_MOVES + i]) | (u + sheet[_CALLS + i] >= 1.0)
            sheet[_STIRS + i] = 1.0 if (away[i] > 0) | (is_home & is_called) else 0.0
        gone = came = moved = departed = np.int32(0)
        for i in range(rows):
            if sheet[_STIRS + i] == 0.0:
                continue
            home = begin + np.int64(i)
            adults = np.int32(homes.adults[home])
            others = np.int32(sheet[_OTHERS + i])
            in_town = np.int32(homes.away[home])
            u = sheet[_DRAW + i]
            leaves = adults > 0 and u < sheet[_MOVES + i]
            back = np.int32(0)
            if in_town > 0:
                alone = np.float32(in_town)
                back = min(np.int32(whole(alone * come_home[region], uniform(to_return, home))), in_town)
                settling = alone * family[region]
                settles = uniform(to_follow, home)
                # one draw settles who stays for good and, within it, who fetches the family
                if back == 0 and settles < settling:
                    leaves = leaves or settles < settling * migration.fetches_family(adults, b.kin_bond)
                    in_town -= np.int32(1)
                in_town -= back
                adults += back
                came += back
            if leaves:
                moved += adults + others
                departed += np.int32(1)
                homes.life[home] = -_DEPARTED
            elif back == 0 and in_town < _MOST_AWAY:
                going = np.int32(min(whole(sheet[_CALLS + i], u), sheet[_SPARE + i]))
                adults -= going
                in_town += going
                gone += going
            homes.adults[home] = np.int8(adults)
            homes.away[home] = np.int8(in_town)
        ending[village] = departed
        flows.left_work[village] += gone
        flows.returned[village] += came
        if villages.nomad[village] == 1:  # otkochevniki: to China, the Volga, Siberia, hardly to towns
            flows.wandered[village] += moved
        else:
            flows.left_family[village] += moved
        villages.people[village] += np.float32(came - gone)


def villagers(land: Countryside, behaviour: Behaviour) -> Villagers:
    """Count who could leave, before the towns call."""
    seen = np.zeros((6, land.n_villages))
    land.over(_look, seen, behaviour)
    adults, ready, movable, away, hungry, people = land.by_region(seen) * land.person_weight
    return Villagers(adults, ready, movable, away, hungry / np.maximum(people, 1.0))


def leave(land: Countryside, rates: LeavingRates, behaviour: Behaviour, luck: NDArray[np.uint64]) -> None:
    """Workers come home, settle, fetch their families, leave; households move or flee."""
    ending = np.zeros(land.n_villages, np.int32)
    land.over(_leave, ending, *rates, luck, behaviour)
    close(land, ending)
