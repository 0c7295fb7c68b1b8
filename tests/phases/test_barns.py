"""Grain leaves the village: what is hidden is not delivered, what is searched is emptied, nothing is taken twice."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from model.history import N_REGIONS
from model.phases import barns

NOBODY = np.zeros(N_REGIONS)
ALL = np.ones(N_REGIONS)


def of(policy, **orders):
    """The month's policy with other orders for procurement."""
    return policy._replace(procurement=policy.procurement.model_copy(update=orders))


def procure(world, *, quota=200.0, calendar=0.9, extra=0.0, search=0.0, purchase=0.0, season=1.0, mts=0.1, asked=1.0,
            **orders):  # fmt: skip
    """Collect grain as in December 1932, but for what the test changes."""
    fines = {"fines_in_kind": ALL * 0.6}
    changed = {
        "quota": ALL * quota, "calendar": calendar, "extra": ALL * extra, "search": ALL * search, "season": season,
        "purchase": purchase, "seed_ahead": 0.65, "mts_share": ALL * mts, "asked": ALL * asked,
    }  # fmt: skip
    assert changed.keys() <= world.campaign.keys()
    return barns.procure(
        world.land, of(world.policy, **(fines | orders)), world.behaviour, world.facts, **(world.campaign | changed)
    )


def conceal(world, *, taken=0.35, in_harvest=True, **orders):
    barns.conceal(world.land, of(world.policy, **orders), world.behaviour, ALL * taken, in_harvest=in_harvest)


def pay(world, *, share=0.5):
    barns.pay_trudodni(world.land, world.behaviour, world.facts, share=share, seed_ahead=0.65, fodder_months=5.0)


def after_a_harvest(world):
    """Fill barns and pools as in a harvest of 800 kg a hectare, with nothing delivered and nothing hidden yet."""
    homes, villages = world.land.homes, world.land.villages
    own = homes.land_ha * world.tilled * world.here * ~world.members
    homes.barn_kg[:] = homes.harvested_kg[:] = 800.0 * own
    homes.concealed_kg[:] = homes.delivered_kg[:] = 0.0
    kept = np.bincount(world.village_of, own, world.land.n_villages)
    villages.pool_kg[:] = 800.0 * np.where(villages.members > 0, villages.land_ha - kept, 0.0)
    villages.kolkhoz_harvested_kg[:] = villages.pool_kg
    villages.kolkhoz_delivered_kg[:] = 0.0
    return world


def test_hiding_moves_grain_from_the_barn_to_the_pit_and_loses_none(autumn_of_1932):
    world = after_a_harvest(autumn_of_1932)
    homes = world.land.homes
    before, barn, pool = world.grain(), homes.barn_kg.copy(), world.land.villages.pool_kg.copy()
    conceal(world)
    assert world.grain() == pytest.approx(before, rel=1e-5)
    assert (homes.barn_kg <= barn).all()
    assert homes.concealed_kg[world.members].sum() > 0.0, "members carry grain home from the kolkhoz field"
    assert (world.land.villages.pool_kg <= pool).all()
    assert not homes.concealed_kg[~world.here].any()


def test_the_law_of_august_1932_frightens_and_a_market_needs_no_pit(autumn_of_1932):
    free, lawless, strict = (after_a_harvest(autumn_of_1932.copy()) for _ in range(3))
    conceal(free, compulsion=0.0)
    conceal(lawless, compulsion=1.0, theft_law=0.0)
    conceal(strict, compulsion=1.0, theft_law=1.0)
    hidden = [float(world.land.homes.concealed_kg.sum()) for world in (free, strict, lawless)]
    assert hidden[0] == 0.0 < hidden[1] < hidden[2]


def test_concealed_grain_is_not_procured(autumn_of_1932):
    """Collectors of an ordinary campaign see barns and pools; pits only a search finds."""
    world = after_a_harvest(autumn_of_1932)
    conceal(world)
    pits = world.land.homes.concealed_kg.copy()
    assert pits.any()
    procure(world, quota=10_000.0, calendar=1.0, extra=1.0)
    assert (world.land.homes.concealed_kg == pits).all()


def test_all_that_leaves_the_village_is_procured(autumn_of_1932):
    world, flows = after_a_harvest(autumn_of_1932), autumn_of_1932.land.flows
    conceal(world)
    before = world.grain()
    procure(world, extra=0.3, search=0.8, purchase=0.2)
    assert before - world.grain() == pytest.approx(flows.procured, rel=1e-4, abs=0.5)
    assert (flows.confiscated <= flows.procured).all()
    assert min(world.land.homes.barn_kg.min(), world.land.homes.concealed_kg.min(), world.grain().min()) >= 0.0


def test_ordinary_collection_leaves_the_seed(autumn_of_1932):
    world = after_a_harvest(autumn_of_1932)
    homes, villages = world.land.homes, world.land.villages
    rate = world.facts.seed_rate[world.region_of]
    alone = world.here & ~world.members
    seed = np.where(alone, homes.land_ha * world.tilled * rate * 0.65, 0.0)
    own = np.bincount(world.village_of, homes.land_ha * world.tilled * alone, world.land.n_villages)
    fund = (villages.land_ha - own) * world.facts.seed_rate[villages.region] * 0.65
    procure(world, quota=10_000.0, calendar=1.0, extra=1.0)
    assert (homes.barn_kg >= seed * 0.9999 - 0.1)[alone].all()
    kolkhozy = villages.members > 0
    assert (villages.pool_kg >= fund * 0.9999 - 1.0)[kolkhozy].all()


def test_a_heavier_plan_never_brings_less(autumn_of_1932):
    brought = []
    for quota in (0.0, 50.0, 150.0, 400.0, 10_000.0):
        world = after_a_harvest(autumn_of_1932.copy())
        procure(world, quota=quota)
        brought.append(world.land.flows.procured.copy())
    assert all((light <= heavy + 0.1).all() for light, heavy in pairwise(brought))
    assert brought[0].sum() < brought[-1].sum()


def test_what_has_been_delivered_is_not_asked_for_again(autumn_of_1932):
    world = after_a_harvest(autumn_of_1932)
    procure(world, quota=100.0)
    first = world.land.flows.procured.sum()
    world.land.turn_page()
    procure(world, quota=100.0)
    assert first > 0.0
    assert world.land.flows.procured.sum() < 1e-4 * first


def test_searched_villages_lose_barn_pit_and_garden(autumn_of_1932):
    """A search takes from all alike: seed, advances and fines in potatoes too."""
    world = after_a_harvest(autumn_of_1932)
    conceal(world)
    homes, villages = world.land.homes, world.land.villages
    homes.garden[:] = 1.0
    unsearched = world.copy()
    procure(unsearched, quota=10_000.0, search=0.0)
    procure(world, quota=10_000.0, search=1.0)
    assert (villages.searched == (villages.land_ha > 0.0)).all(), "nobody who has a field can meet such a plan"
    tills = villages.searched[world.village_of] == 1
    with_grain = unsearched.land.homes.barn_kg > 0.0
    assert (homes.barn_kg < unsearched.land.homes.barn_kg)[with_grain].all()
    with_pit = unsearched.land.homes.concealed_kg > 0.0
    assert (homes.concealed_kg < unsearched.land.homes.concealed_kg)[with_pit].all()
    assert homes.garden[tills] == pytest.approx(0.4)
    assert (homes.garden[~tills] == 1.0).all()
    assert (unsearched.land.homes.garden == 1.0).all()
    assert not unsearched.land.villages.searched.any()
    assert not unsearched.land.flows.confiscated.any()


def test_as_many_villages_are_searched_as_were_ordered(autumn_of_1932):
    """To one village in each region, however few it has; drawn one by one, it would be none here and all there."""
    world = after_a_harvest(autumn_of_1932)
    villages = world.land.villages
    farmers = world.land.by_region(1 - villages.nomad)
    for share in (0.2, 0.5, 0.9):
        again = world.copy()
        procure(again, quota=10_000.0, search=share)
        searched = world.land.by_region(again.land.villages.searched)
        assert (np.abs(searched - share * farmers) <= 0.5 + 1e-6).all()


def test_a_village_that_has_met_its_plan_is_not_searched(autumn_of_1932):
    world = after_a_harvest(autumn_of_1932)
    gardens = world.land.homes.garden.copy()
    procure(world, quota=20.0, search=1.0)
    met = world.land.villages.searched == 0
    assert met.mean() > 0.8
    assert not world.land.flows.confiscated[met].any()
    unharmed = met[world.village_of]
    assert (world.land.homes.garden[unharmed] == gardens[unharmed]).all()


def test_cuts_of_the_plan_reach_villages_late(autumn_of_1932):
    """Who delivered what the cut plan asks for is behind all the same where more was asked for in July."""
    world = after_a_harvest(autumn_of_1932)
    spared = world.copy()
    procure(spared, quota=20.0, search=1.0)
    procure(world, quota=20.0, search=1.0, asked=3.0)
    assert world.land.villages.searched.sum() > 3 * spared.land.villages.searched.sum()


def test_a_counter_plan_falls_on_those_who_still_have_grain(autumn_of_1932):
    met, punished = after_a_harvest(autumn_of_1932.copy()), after_a_harvest(autumn_of_1932)
    procure(met, quota=50.0)
    procure(punished, quota=50.0, extra=0.5)
    assert (punished.land.flows.procured >= met.land.flows.procured - 0.1).all()
    assert punished.land.flows.procured.sum() > met.land.flows.procured.sum()


def test_under_the_nep_a_better_price_brings_more_grain_and_no_price_none(autumn_of_1932):
    """The scissors of 1927-28."""
    brought = []
    for price in (0.0, 0.4, 0.9):
        world = after_a_harvest(autumn_of_1932.copy())
        world.land.homes.barn_kg[:] *= 3.0
        procure(world, quota=0.0, compulsion=0.0, price_ratio=price)
        alone = np.bincount(world.village_of, world.land.homes.delivered_kg * ~world.members, world.land.n_villages)
        brought.append(alone.sum())
    assert brought[0] == 0.0 < brought[1] < brought[2]


def test_what_is_due_is_split_by_land_and_makes_up_the_plan(autumn_of_1932):
    world = after_a_harvest(autumn_of_1932)
    world.land.homes.barn_kg[:] *= 100.0
    world.land.homes.harvested_kg[:] *= 100.0
    world.land.villages.pool_kg[:] *= 100.0
    world.land.villages.kolkhoz_harvested_kg[:] *= 100.0
    plan = 1e8 + 1e8 * np.arange(N_REGIONS)
    quota = barns.plan_per_hectare(world.land, world.behaviour, plan)
    procure(world, quota=quota, calendar=1.0, mts=0.0, compulsion=1.0, kolkhoz_reach=1.0, independent_reach=1.0)
    delivered = world.land.flow("procured") * world.land.weight
    assert delivered == pytest.approx(plan, rel=1e-4)


def test_pay_for_labour_days_moves_grain_from_the_pool_to_members_and_leaves_the_seed(autumn_of_1932):
    world = after_a_harvest(autumn_of_1932)
    homes, villages = world.land.homes, world.land.villages
    before, barn, pool = world.grain(), homes.barn_kg.copy(), villages.pool_kg.copy()
    pay(world)
    assert world.grain() == pytest.approx(before, rel=1e-5)
    assert (homes.barn_kg[~world.members] == barn[~world.members]).all()
    assert (homes.barn_kg >= barn).all()
    assert villages.pool_kg.sum() < pool.sum()
    own = np.bincount(world.village_of, homes.land_ha * world.tilled * world.here * ~world.members)
    fund = (villages.land_ha - own) * world.facts.seed_rate[villages.region] * 0.65
    assert (villages.pool_kg >= np.minimum(pool, fund) * 0.9999 - 1.0).all()
    assert (villages.trudoden_kg[pool - villages.pool_kg > 1.0] > 0.0).all()


def test_an_empty_pool_pays_nothing(autumn_of_1932):
    world = autumn_of_1932
    world.land.villages.pool_kg[:] = 0.0
    barn = world.land.homes.barn_kg.copy()
    pay(world, share=1.0)
    assert (world.land.homes.barn_kg == barn).all()


def test_hiding_is_the_same_in_plain_python_and_on_any_threads(assert_lives_alike):
    assert_lives_alike(lambda world: conceal(after_a_harvest(world)))


def test_procurement_is_the_same_in_plain_python_and_on_any_threads(assert_lives_alike):
    assert_lives_alike(lambda world: procure(world, extra=0.2, search=0.7, purchase=0.3))


def test_bought_grain_is_the_same_in_plain_python_and_on_any_threads(assert_lives_alike):
    assert_lives_alike(lambda world: procure(after_a_harvest(world), compulsion=0.3))


def test_pay_is_the_same_in_plain_python_and_on_any_threads(assert_lives_alike):
    assert_lives_alike(lambda world: pay(after_a_harvest(world)))


def test_the_levy_is_the_same_in_plain_python(autumn_of_1932, assert_lives_alike):
    def levy(world):
        quota = barns.plan_per_hectare(world.land, world.behaviour, ALL * 1e8)
        world.land.villages.pool_kg[:] = quota[world.land.villages.region]  # to be compared

    assert_lives_alike(levy)
