"""The towns of eighteen regions: fed, calling, growing, starving."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from model.history import region_index, regions
from model.phases.roads import Villagers
from model.phases.towns import Towns
from model.policy.behaviour import behaviour_of
from model.rules.towns import grown_since_census

B = behaviour_of()
NONE = np.zeros(18)


def policy(**given: Any) -> Any:
    """The orders that towns read, those of a hungry year unless told otherwise."""
    orders = {"ration": 195.0, "passports": 0.0, "expulsions": 0.0, "wage": 0.6, "housing": 8.0, "closed": NONE}
    orders |= {"ban": 0.0} | given
    return SimpleNamespace(
        towns=SimpleNamespace(
            ration=orders["ration"],
            passports=orders["passports"],
            expulsions=orders["expulsions"],
            abortion_banned=orders["ban"],
        ),
        borders=SimpleNamespace(closed=orders["closed"]),
        industry=SimpleNamespace(real_wage=orders["wage"], housing=orders["housing"]),
    )


def towns_of_1927() -> Towns:
    table = regions()
    return Towns(grown_since_census(table.urban_pop_1926 * 1e3), table.industrial_weight_pct, B)


def villagers(hunger: Any = 0.0, away: float = 1e6) -> Villagers:
    adults = regions().rural_pop_1926 * 530.0
    share = adults / adults.sum()
    return Villagers(adults, 0.6 * adults, adults, away * share, hunger + np.zeros(18))


def test_towns_of_1927_have_27_million_people_and_nine_million_workers() -> None:
    towns = towns_of_1927()
    assert towns.people.sum() == pytest.approx(27.0e6, rel=0.01)
    assert 9.0e6 < towns.workers.sum() < 9.6e6


def test_open_jobs_call_villagers_and_filled_jobs_call_nobody() -> None:
    towns = towns_of_1927()
    full = towns.offer_work(policy(), towns.workers.sum() * 0.9, villagers(), NONE, np.ones(18))
    open_jobs = towns.offer_work(policy(), towns.workers.sum() + 1e6, villagers(), NONE, np.ones(18))
    assert not full.worker.any()
    assert (open_jobs.worker > 0.0).all()


def test_townspeople_take_their_part_of_the_open_jobs_and_leave_the_rest_to_villagers() -> None:
    """A third of the new hands of 1928-32 were from towns, two thirds from villages."""
    towns = towns_of_1927()
    before = towns.workers.sum()
    rates = towns.offer_work(policy(wage=1.0), before + 20_000.0, villagers(), NONE, np.ones(18))
    taken = towns.workers.sum() - before
    assert taken == pytest.approx(20_000.0 * float(B.town_share_of_jobs) * float(B.hiring_pace))
    assert (rates.worker > 0.0).all()


def test_villagers_who_are_called_add_up_to_the_gap() -> None:
    towns = towns_of_1927()
    seen = villagers()
    rates = towns.offer_work(policy(wage=1.0), towns.workers.sum() + 1e6, seen, NONE, np.ones(18))
    called = (rates.worker * seen.ready + rates.household * seen.movable).sum()
    assert called == pytest.approx(B.hiring_pace * (1e6 - B.town_reserve_pace * 4.7e6), rel=0.02)


def test_closed_border_keeps_the_hungry_in_their_region() -> None:
    ukraine = region_index()["ukraine_steppe"]
    closed = NONE.copy()
    closed[ukraine] = 1.0
    towns = towns_of_1927()
    shut = towns.offer_work(policy(closed=closed), 11e6, villagers(0.3), NONE, np.ones(18))
    free = towns.offer_work(policy(), 11e6, villagers(0.3), NONE, np.ones(18))
    assert shut.flight_hungry[ukraine] == pytest.approx(0.15 * free.flight_hungry[ukraine], rel=1e-5)
    assert shut.worker[ukraine] < free.worker[ukraine]


def test_expulsions_send_workers_home() -> None:
    towns = towns_of_1927()
    expelled = towns.offer_work(policy(expulsions=70.0), 11e6, villagers(), NONE, np.ones(18)).come_home
    left_alone = towns.offer_work(policy(), 11e6, villagers(), NONE, np.ones(18)).come_home
    assert expelled - left_alone == pytest.approx(0.07, rel=1e-3)


def test_without_leaving_nobody_leaves_and_nobody_returns() -> None:
    rates = towns_of_1927().offer_work(policy(), 15e6, villagers(0.5), NONE, np.ones(18), leaving=False)
    assert not any(rate.any() for rate in rates)


def test_who_leaves_the_villages_arrives_in_towns() -> None:
    towns = towns_of_1927()
    before = towns.people.sum()
    work, family, home = np.full(18, 5_000.0), np.full(18, 4_000.0), np.full(18, 1_000.0)
    arrived = towns.receive(work, family, home)
    assert arrived.sum() == pytest.approx((work + family - home).sum(), rel=1e-12)
    assert towns.people.sum() == pytest.approx(before + arrived.sum(), rel=1e-12)


def test_industrial_regions_take_in_more_than_their_own_villagers() -> None:
    arrived = towns_of_1927().receive(np.full(18, 1_000.0), NONE, NONE)
    assert arrived[region_index()["moscow_ivanovo"]] > 2 * arrived[region_index()["kazakhstan"]]


def starve(fulfilment: float, months: int = 8, village_hunger: float = 0.0) -> tuple[Towns, float]:
    towns, orders, excess = towns_of_1927(), policy(), 0.0
    for _ in range(months):
        available = fulfilment * towns.grain_wanted_t(orders).sum()
        towns.feed(orders, available, NONE, herds=0.6, village_hunger=village_hunger)
        excess += towns.live(orders).excess_deaths.sum()
    return towns, excess


def test_full_ration_starves_nobody_and_a_failing_one_does() -> None:
    assert starve(1.0)[1] == 0.0
    assert starve(0.6)[1] > 100_000.0


def test_starving_villages_starve_their_towns_too() -> None:
    assert starve(0.85, village_hunger=0.6)[1] > starve(0.85)[1]


def test_hungry_town_bears_fewer_children_months_later() -> None:
    fed, hungry = starve(1.0, months=14)[0], starve(0.6, months=14)[0]
    assert (hungry.live(policy()).births < fed.live(policy()).births).all()


def test_state_never_issues_more_than_it_gives() -> None:
    towns, orders = towns_of_1927(), policy()
    given = 0.7 * towns.grain_wanted_t(orders).sum()
    report = towns.feed(orders, given, np.full(18, 1_000.0))
    assert report.grain_to_towns.sum() == pytest.approx(given, rel=1e-9)
    assert (report.ration_fulfilment <= 1.0).all()


def test_without_town_rations_everybody_eats_the_need() -> None:
    towns, orders = towns_of_1927(), policy()
    report = towns.feed(orders, 0.0, NONE, rationing=False)
    assert (report.ration_fulfilment == 1.0).all()
    assert report.food_kcal == pytest.approx(np.full(18, B.town_need))
    assert towns.live(orders).excess_deaths.sum() == 0.0


def test_people_of_towns_close_their_ledger() -> None:
    towns, orders = towns_of_1927(), policy()
    opening = towns.people.copy()
    towns.feed(orders, 100_000.0, NONE)
    arrived = towns.receive(np.full(18, 3_000.0), NONE, NONE)
    life = towns.live(orders)
    assert towns.people == pytest.approx(opening + arrived + life.births - life.deaths, rel=1e-12)


def test_crowding_follows_when_people_come_faster_than_houses() -> None:
    towns = towns_of_1927()
    before = towns.living_space_per_head.mean()
    for _ in range(24):
        towns.receive(np.full(18, 15_000.0), NONE, NONE)
        towns.live(policy())
    assert towns.living_space_per_head.mean() < before - 0.5


def test_the_worst_fed_of_a_town_starve_when_the_bazaar_is_empty() -> None:
    """The best fed have closed shops; two towns of one ration differ by the villages around them (Ukraine, 1933)."""
    towns = towns_of_1927()
    hunger = np.where(np.arange(18) < 3, 0.5, 0.0)
    for _ in range(8):
        towns.feed(policy(), 1e9, NONE, herds=0.6, village_hunger=hunger)
    assert (towns.wasting[0, :3] > towns.wasting[0, 3:].max() + 0.1).all()
    assert (towns.wasting[2, :3] == towns.wasting[2, 3]).all()


def test_a_ban_on_abortion_raises_births() -> None:
    """Decree of 27 June 1936."""
    free, banned = (towns_of_1927().live(policy(ban=ban)).births.sum() for ban in (0.0, 1.0))
    assert banned == pytest.approx(free * (1.0 + float(B.town_births_of_ban)))
