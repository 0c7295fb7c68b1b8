"""Everybody eats: of his own, his neighbours', the market's and the State's grain, and not a kilogram twice."""

from __future__ import annotations

import numpy as np
import pytest

from model.history import N_REGIONS
from model.phases import kitchen

ALL = np.ones(N_REGIONS)
WASTED = 0.7  # of the reserve: below it relief is given
MARKET_KG = 6.0


def table(world, *, wild=20.0, **month):
    """A December table."""
    single = {name: np.float32(value) for name, value in month.items()}
    plain = {"weather": ALL.astype(np.float32), "wild": (ALL * wild).astype(np.float32)}
    return world.table._replace(settled_floor=np.float32(0.0), **plain, **single)


def ask(world, *, sale=0.05, market_kg=MARKET_KG, ration=0.0, behaviour=None, **month):
    return kitchen.share_and_ask(
        world.land, behaviour or world.behaviour, table(world, **month),
        sale=ALL * sale, market_kg=market_kg, ration_kg=ALL * ration,
    )  # fmt: skip


def eat(world, asked, *, market=0.5, relief=0.0, market_kg=MARKET_KG, **month):
    kitchen.eat(
        world.land, world.behaviour, table(world, **month), asked,
        market_kg=market_kg, market_fill=ALL * market, relief_fill=ALL * relief,
    )  # fmt: skip


def supper(world, **offers):
    eat(world, ask(world), **offers)


def stocks(world):
    homes = world.land.homes
    return homes.barn_kg.astype(np.float64) + homes.concealed_kg


def mouths(world):
    homes = world.land.homes
    return homes.small.astype(int) + homes.children + homes.adults + homes.elderly


def test_grain_eaten_is_grain_that_was_there_came_from_the_market_or_from_the_state(autumn_of_1932):
    world, flows = autumn_of_1932, autumn_of_1932.land.flows
    before = world.grain()
    eat(world, ask(world, ration=1.0), market=0.4, relief=0.5)
    came, gone = flows.from_market + flows.relief + flows.ration, flows.to_market + flows.eaten + flows.lost
    assert min(flow.sum() for flow in (flows.eaten, flows.to_market, flows.from_market, flows.relief, flows.lost)) > 0.0
    assert world.grain() == pytest.approx(before + came - gone, rel=1e-5, abs=0.5)
    # pits and barns are eaten alike: a gram may be left over by rounding, never taken twice
    assert min(world.land.homes.barn_kg.min(), world.land.homes.concealed_kg.min()) >= -0.01


def test_neighbours_give_within_the_village_and_lose_no_grain(autumn_of_1932):
    world = autumn_of_1932
    before, held = world.grain(), stocks(world)
    ask(world, sale=0.0)
    assert world.grain() == pytest.approx(before, rel=1e-5, abs=0.5)
    given = stocks(world) - held
    assert given.max() > 1.0
    assert given.min() < -1.0
    per_village = np.bincount(world.village_of, given, world.land.n_villages)
    assert per_village == pytest.approx(0.0, abs=0.5)


def test_where_neighbours_share_less_is_lacking(autumn_of_1932):
    alone, together = autumn_of_1932.copy(), autumn_of_1932
    ask(alone, sale=0.0, behaviour=alone.behaviour._replace(sharing=np.float32(0.0)))
    ask(together, sale=0.0)
    lacking = [float(world.land.homes.shortfall_kg.sum(dtype=float)) for world in (together, alone)]
    assert lacking[0] < lacking[1]
    assert together.land.homes.shortfall_kg.min() >= 0.0


def test_relief_reaches_only_the_wasted(autumn_of_1932):
    """Relief came when people were already swollen: the State saw hunger late."""
    world = autumn_of_1932
    homes, full = world.land.homes, float(world.behaviour.reserve_max)
    homes.barn_kg[:] = homes.concealed_kg[:] = 0.0
    wasted = world.village_of % 2 == 0
    homes.reserve_days[:] = np.where(wasted, 0.3 * full, 0.9 * full)
    helped, left_alone = world.copy(), world
    supper(helped, relief=1.0)
    supper(left_alone, relief=0.0)
    better = helped.land.homes.deficit < left_alone.land.homes.deficit - 1e-4
    assert better.any()
    assert wasted[better].all()
    assert not helped.land.flows.relief[1::2].any()
    assert helped.land.flows.relief[::2].sum() > 0.0
    assert not left_alone.land.flows.relief.any()


def test_relief_eases_every_wasted_body(autumn_of_1932):
    world = autumn_of_1932
    homes = world.land.homes
    homes.barn_kg[:] = homes.concealed_kg[:] = 0.0
    homes.reserve_days[:] = 0.3 * float(world.behaviour.reserve_max)
    much, little = world.copy(), world
    supper(much, relief=1.0)
    supper(little, relief=0.3)
    assert (much.land.homes.deficit <= little.land.homes.deficit + 1e-5).all()
    assert (much.land.homes.reserve_days >= little.land.homes.reserve_days - 1e-3).all()
    assert much.land.homes.wasting.sum() < little.land.homes.wasting.sum()


@pytest.mark.parametrize("supply", [0.0, 0.25, 1.0, 5.0])
def test_market_buyers_get_what_the_market_has(autumn_of_1932, supply):
    world = autumn_of_1932
    asked = ask(world)
    assert (asked.market_demand > 0.0).any()
    has = asked.market_demand * supply
    fill = np.minimum(1.0, has / np.maximum(asked.market_demand, 1.0))
    kitchen.eat(
        world.land, world.behaviour, table(world), asked, market_kg=MARKET_KG, market_fill=fill, relief_fill=0.0 * ALL
    )
    bought = world.land.flow("from_market")
    assert bought == pytest.approx(np.minimum(has, asked.market_demand), rel=1e-4, abs=0.5)


def test_nobody_buys_more_than_the_market_lets_a_head_carry(autumn_of_1932):
    world = autumn_of_1932
    world.land.homes.barn_kg[:] = world.land.homes.concealed_kg[:] = 0.0
    eat(world, ask(world), market=1.0)
    most = np.bincount(world.village_of, MARKET_KG * mouths(world), world.land.n_villages)
    assert (world.land.flows.from_market <= most * 1.0001).all()


def test_who_has_plenty_leaves_the_seed_and_eats_his_fill(autumn_of_1932):
    world = autumn_of_1932
    world.land.homes.barn_kg[world.here] = 20_000.0
    supper(world)
    eaters = world.here & (mouths(world) > 0)
    assert (world.land.homes.deficit[eaters] == 0.0).all()
    seed = world.land.homes.land_ha * world.facts.seed_rate[world.region_of] * 0.65
    assert (stocks(world)[eaters] > seed[eaters]).all()


def test_the_seed_is_eaten_by_the_starving_only(autumn_of_1932):
    """Who holds just his seed and can live on his garden keeps it; who has no garden eats it."""
    world = autumn_of_1932
    homes = world.land.homes
    alone = world.here & ~world.members & (homes.land_ha > 1.0) & (mouths(world) > 0)
    seed = homes.land_ha * world.tilled * world.facts.seed_rate[world.region_of] * 0.65
    homes.concealed_kg[:] = 0.0
    homes.barn_kg[:] = np.where(alone, seed, 0.0)
    well, ill = world.copy(), world
    for one, wild in ((well, 3_000.0), (ill, 0.0)):
        one.land.homes.garden[:] = 0.0
        one.land.homes.cattle[:] = 0.0
        one.land.homes.sheep_goats[:] = 0.0
        eat(one, ask(one, sale=0.0, market_kg=0.0, wild=wild), market_kg=0.0, wild=wild)
    spoilt = float(world.behaviour.barn_spoils)
    assert stocks(well)[alone] == pytest.approx(seed[alone] * (1.0 - spoilt), rel=1e-4)
    assert (stocks(ill)[alone] < 0.98 * seed[alone]).all()


def test_every_meal_leaves_bodies_between_nothing_and_full(autumn_of_1932):
    world = autumn_of_1932
    for _ in range(12):
        supper(world, market=0.2)
    homes = world.land.homes
    for column, most in ((homes.reserve_days, float(world.behaviour.reserve_max)), (homes.wasting, 1.0)):
        assert column.min() >= 0.0
        assert column.max() <= most * (1.0 + 1e-5)
    assert ((homes.deficit >= 0.0) & (homes.deficit <= 1.0)).all()
    assert ((homes.barrenness >= -1e-6) & (homes.barrenness <= 1.0)).all()


def test_those_who_are_gone_neither_eat_nor_buy(autumn_of_1932):
    world = autumn_of_1932
    supper(world, market=1.0, relief=1.0)
    gone = ~world.here
    assert gone.any()
    assert not stocks(world)[gone].any()
    assert not world.land.homes.deficit[gone].any()


def test_hunger_of_the_village_is_the_mean_of_its_people(autumn_of_1932):
    world = autumn_of_1932
    supper(world)
    people = np.bincount(world.village_of, mouths(world), world.land.n_villages)
    missing = np.bincount(world.village_of, world.land.homes.deficit * mouths(world), world.land.n_villages)
    assert world.land.villages.people == pytest.approx(people)
    assert world.land.villages.hunger == pytest.approx(missing / np.maximum(people, 1.0), rel=1e-4, abs=1e-6)


def test_a_month_at_table_is_the_same_in_plain_python_and_on_any_threads(assert_lives_alike):
    assert_lives_alike(lambda world: eat(world, ask(world, ration=0.5), market=0.6, relief=0.4))


def test_hidden_grain_rots_faster_than_grain_in_the_barn(autumn_of_1932):
    """Mice and damp take some of both; nobody is fed by what is lost."""
    hidden, open_barn = autumn_of_1932.copy(), autumn_of_1932
    for world, in_pit in ((hidden, 1.0), (open_barn, 0.0)):
        held = world.land.homes.barn_kg + world.land.homes.concealed_kg
        world.land.homes.barn_kg[:], world.land.homes.concealed_kg[:] = held * (1.0 - in_pit), held * in_pit
        eat(world, ask(world))
    assert hidden.land.flows.lost.sum() > 2.0 * open_barn.land.flows.lost.sum() > 0.0
