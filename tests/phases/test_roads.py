"""People on the roads of a small country."""

from __future__ import annotations

import numpy as np
import pytest

from model.columns import Countryside, Life
from model.compiled import Crew
from model.draws import keys
from model.founding import found
from model.phases import roads
from model.phases.roads import LeavingRates
from model.policy.behaviour import behaviour_of

B = behaviour_of()


def small_country(threads: int = 1) -> Countryside:
    return found(1_800, 1, Crew(threads))


def rates(**given: float) -> LeavingRates:
    return LeavingRates(**{name: np.full(18, given.get(name, 0.0), np.float32) for name in LeavingRates._fields})


def at_home(land: Countryside) -> float:
    homes = land.homes
    ages = (homes.small, homes.children, homes.adults, homes.elderly)
    return float(sum(people.sum(dtype=np.int64) for people in ages))


def test_nobody_moves_when_no_town_calls_and_nobody_is_hungry() -> None:
    land = small_country()
    before = [column.copy() for column in land.homes]
    roads.leave(land, rates(), B, keys(1, 0))
    assert all((old == new).all() for old, new in zip(before, land.homes, strict=True))


def test_every_person_who_leaves_or_comes_is_counted() -> None:
    land = small_country()
    land.homes.deficit[::3] = 0.6
    for month in range(24):
        land.turn_page()
        before, away = at_home(land), land.homes.away.sum(dtype=np.int64)
        everything = rates(worker=0.03, family=0.08, household=0.002, flight_hungry=0.02, come_home=0.06)
        roads.leave(land, everything, B, keys(1, month))
        gone = sum(land.flow(name).sum() for name in ("left_work", "left_family", "wandered"))
        back = land.flow("returned").sum()
        assert at_home(land) == before - gone + back
        assert land.homes.away.sum(dtype=np.int64) <= away + land.flow("left_work").sum() - back
    assert (land.homes.life == Life.DEPARTED).any()


def test_villages_remember_who_is_left() -> None:
    land = small_country()
    roads.leave(land, rates(worker=0.1, household=0.02), B, keys(1, 0))
    present = np.add.reduceat((land.homes.life == 0).astype(float), land.first[:-1])
    assert land.villages.present == pytest.approx(present)
    assert land.villages.people.sum() == pytest.approx(at_home(land))


def test_children_are_never_left_without_an_adult() -> None:
    land = small_country()
    homes = land.homes
    had = (homes.adults > 0) & (homes.small + homes.children + homes.elderly > 0)
    roads.leave(land, rates(worker=0.9), B, keys(1, 0))
    assert (homes.adults[had] >= 1).all()


def test_as_many_workers_leave_as_the_towns_call() -> None:
    land = small_country()
    seen = roads.villagers(land, B)
    called = 0.01 * seen.adults
    pace = (called / seen.ready).astype(np.float32)
    gone = np.zeros(18)
    for month in range(20):  # draws of 20 months over the same villages, since one month is a few dozen people
        fresh = small_country() if month else land
        roads.leave(fresh, rates()._replace(worker=pace), B, keys(1, month))
        gone += fresh.flow("left_work") * fresh.person_weight
    assert gone.sum() == pytest.approx(20 * called.sum(), rel=0.08)  # about 900 draws: 3.3 % sd


def test_hungry_households_flee_and_fed_ones_stay() -> None:
    land = small_country()
    land.homes.deficit[::2] = 1.0
    roads.leave(land, rates(flight_hungry=0.5), B, keys(1, 0))
    gone = land.homes.life == Life.DEPARTED
    assert 0.4 < gone[::2].mean() < 0.6
    assert not gone[1::2].any()


def test_workers_away_come_home_as_adults() -> None:
    land = small_country()
    land.homes.away[:] = 1
    adults = land.homes.adults.sum(dtype=np.int64)
    roads.leave(land, rates(come_home=1.0), B, keys(1, 0))
    assert land.homes.away.sum() == 0
    assert land.homes.adults.sum(dtype=np.int64) - adults == land.flow("returned").sum() == len(land.homes.away)


def test_household_without_other_hands_follows_its_worker() -> None:
    land = small_country()
    homes = land.homes
    homes.away[:] = 1
    homes.adults[:] = np.where(np.arange(homes.adults.size) % 2, 4, 1)
    roads.leave(land, rates(family=1.0), B, keys(1, 0))
    gone = homes.life == Life.DEPARTED
    assert gone[::2].all()
    assert gone[1::2].mean() == pytest.approx(float(B.kin_bond), abs=0.15)
    assert (homes.away == 0).all()


def test_same_departures_on_any_threads() -> None:
    one, two = small_country(1), small_country(2)
    two.crew.SMALL = 0  # type: ignore[misc]
    for land in (one, two):
        roads.leave(land, rates(worker=0.1, household=0.01, flight_hungry=0.1), B, keys(3, 5))
    assert all((a == b).all() for a, b in zip(one.homes, two.homes, strict=True))
    assert (one.sheet == two.sheet).all()
