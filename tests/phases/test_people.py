"""Deaths, births and ageing: whole persons, and nothing of those who died out is left on their row."""

from __future__ import annotations

import numpy as np
import pytest

from model.columns import Life
from model.draws import keys
from model.phases import people

AGES = ("small", "children", "adults", "elderly")


def persons(world):
    """People at home [households]."""
    return sum(getattr(world.land.homes, age).astype(np.int64) for age in AGES)


def in_villages(world):
    """People at home [villages]."""
    return np.bincount(world.village_of, persons(world), world.land.n_villages)


def live(world, month=65, *, hunger_kills=True):
    people.die_and_bear(world.land, world.behaviour, keys(5, month), hunger_kills=hunger_kills)


def starve(world, wasting=0.95):
    world.land.homes.wasting[:] = wasting


def test_every_birth_and_every_death_is_a_whole_person(autumn_of_1932):
    world, flows = autumn_of_1932, autumn_of_1932.land.flows
    starve(world)
    before = in_villages(world)
    live(world)
    for count in (flows.births, flows.deaths, flows.excess):
        assert (count == np.rint(count)).all()
        assert (count >= 0.0).all()
    assert flows.deaths.sum() > flows.excess.sum() > 0.0
    assert (flows.excess <= flows.deaths).all()
    assert (in_villages(world) == before + flows.births - flows.deaths).all()
    assert (world.land.villages.people == in_villages(world)).all()


def test_nobody_is_born_to_or_dies_from_a_household_that_is_gone(autumn_of_1932):
    world = autumn_of_1932
    gone = ~world.here
    assert gone.any()
    starve(world)
    live(world)
    assert not persons(world)[gone].any()


def test_hunger_that_does_not_kill_leaves_only_ordinary_deaths(autumn_of_1932):
    world = autumn_of_1932
    starve(world)
    live(world, hunger_kills=False)
    assert world.land.flows.deaths.sum() > 0.0
    assert not world.land.flows.excess.any()


def test_more_wasted_bodies_never_die_less(autumn_of_1932):
    """The same luck decides in both: hunger can only add to the dead of a household."""
    mild, hard = autumn_of_1932.copy(), autumn_of_1932
    starve(mild, 0.7)
    starve(hard, 0.95)
    live(mild)
    live(hard)
    assert (hard.land.flows.deaths >= mild.land.flows.deaths).all()
    assert hard.land.flows.deaths.sum() > mild.land.flows.deaths.sum()


def test_households_that_die_out_leave_neither_herd_nor_grain_nor_field(autumn_of_1932):
    """A row whose people are gone must not feed a herd or reap: its goods go to the kolkhoz, the pot or the ledger."""
    world, homes, villages = autumn_of_1932, autumn_of_1932.land.homes, autumn_of_1932.land.villages
    homes.barn_kg[world.here] += 50.0
    homes.cattle[world.here] += 1.0
    members, present = villages.members.copy(), villages.present.copy()
    cattle = homes.cattle.sum(dtype=float) + villages.cattle.sum(dtype=float)
    grain, field = world.grain().sum(), homes.sown_ha.sum(dtype=float) + villages.kolkhoz_sown_ha.sum(dtype=float)
    starve(world, 1.0)
    for month in range(65, 125):
        live(world, month)
    died_out = homes.life == Life.EXTINCT
    flows = world.land.flows
    assert flows.extinct_households.sum() > 100
    for name in ("barn_kg", "concealed_kg", "sown_ha", "horses", "cattle", "pigs", "sheep_goats", "months_in", "away"):
        assert not getattr(homes, name)[died_out].any(), name
    assert not persons(world)[died_out].any()
    assert (present - villages.present == flows.extinct_households).all()
    assert (villages.members <= members).all()
    assert (villages.members == np.bincount(world.village_of, world.members, world.land.n_villages)).all()
    slaughtered = flows.slaughtered_cattle.sum()
    assert homes.cattle.sum(dtype=float) + villages.cattle.sum(dtype=float) + slaughtered == pytest.approx(cattle)
    assert world.grain().sum() + flows.lost.sum() == pytest.approx(grain)
    assert homes.sown_ha.sum(dtype=float) + villages.kolkhoz_sown_ha.sum(dtype=float) <= field * (1.0 + 1e-5)


def test_a_household_with_somebody_away_is_not_dead(autumn_of_1932):
    world, homes = autumn_of_1932, autumn_of_1932.land.homes
    row = int(np.flatnonzero(world.here)[0])
    for age in AGES:
        getattr(homes, age)[row] = 0
    homes.away[row] = 1
    live(world)
    assert homes.life[row] == Life.PRESENT


def test_fed_villages_grow_by_a_fiftieth_a_year(autumn_of_1932):
    """Some 45 born and 20 to 25 dead a thousand and year, as in the good years of the NEP."""
    world = autumn_of_1932
    world.land.homes.wasting[:] = 0.0
    world.land.homes.barrenness[:] = 0.0
    before = persons(world).sum()
    for month in range(65, 77):
        live(world, month)
    assert 0.01 < persons(world).sum() / before - 1.0 < 0.04


def test_life_and_death_are_the_same_in_plain_python_and_on_any_threads(assert_lives_alike):
    assert_lives_alike(live)
