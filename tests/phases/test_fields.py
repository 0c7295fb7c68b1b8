"""Sowing and harvest in a small country: every kilogram of seed is somebody's, every field bears once."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from model.compiled import Crew
from model.draws import keys
from model.founding import facts_of, found
from model.history import N_REGIONS, REGION_IDS
from model.phases import fields
from model.policy.behaviour import behaviour_defaults

NOBODY = np.zeros(N_REGIONS)
ALL = np.ones(N_REGIONS)


def sow(world, *, autumn=False, draught=1.0, lent=0.0):
    fields.sow(
        world.land, world.facts, world.behaviour, autumn=autumn, draught=ALL * draught, loan_share=ALL * lent
    )  # fmt: skip


def harvest(world, *, alone=800.0, kolkhoz=700.0, share=0.5):
    fields.harvest(world.land, world.behaviour, share=ALL * share, alone_yield=ALL * alone, kolkhoz_yield=ALL * kolkhoz)


def short_of_seed(world):
    """Leave the kolkhozy a tenth of the seed of their fields."""
    villages = world.land.villages
    tenth = 0.1 * villages.land_ha * world.facts.seed_rate[villages.region]
    villages.pool_kg[:] = np.where(villages.members > 0, tenth, 0.0)
    return world


def fields_sown(world):
    """Own and kolkhoz fields [villages, ha]."""
    own = np.bincount(world.village_of, world.land.homes.sown_ha.astype(np.float64), world.land.n_villages)
    return own + world.land.villages.kolkhoz_sown_ha


def test_seed_is_taken_from_barns_pits_and_pools_and_nowhere_else(autumn_of_1932):
    world, flows = short_of_seed(autumn_of_1932), autumn_of_1932.land.flows
    before = world.grain()
    sow(world, lent=0.6)
    assert flows.seed.sum() > 0.0
    assert flows.seed_loan.sum() > 0.0
    assert world.grain() == pytest.approx(before + flows.seed_loan - flows.seed, rel=1e-5, abs=0.5)
    # a barn that is emptied in single precision may be a gram short
    assert min(world.land.homes.barn_kg.min(), world.land.homes.concealed_kg.min(), world.grain().min()) >= -0.01


def test_autumn_ends_the_old_crop_and_spring_adds_to_the_winter_corn(autumn_of_1932):
    world = autumn_of_1932
    world.land.homes.barn_kg[world.here] += 1_000.0
    world.land.villages.pool_kg[world.land.villages.members > 0] += 100_000.0
    world.land.homes.sown_ha[:] = 1_000.0
    sow(world, autumn=True)
    winter = fields_sown(world)
    assert winter.sum() < 1.2 * fields.WINTER_SHARE * world.land.villages.land_ha.sum()
    sow(world, autumn=False)
    assert fields_sown(world).sum() == pytest.approx(winter.sum() / fields.WINTER_SHARE, rel=0.02)


def test_more_seed_lent_never_means_less_land_sown(autumn_of_1932):
    unaided, aided = short_of_seed(autumn_of_1932.copy()), short_of_seed(autumn_of_1932)
    sow(unaided, lent=0.0)
    sow(aided, lent=1.0)
    crop = [world.land.villages.kolkhoz_sown_ha * world.land.villages.kolkhoz_stand for world in (unaided, aided)]
    assert (crop[1] >= crop[0] - 0.1).all()
    assert crop[1].sum() > crop[0].sum()
    assert not aided.land.flows.seed_loan[aided.land.villages.members == 0].any(), "seed is lent to kolkhozy"


def test_fewer_horses_sow_less_land(autumn_of_1932):
    weak, strong = autumn_of_1932.copy(), autumn_of_1932
    sow(weak, draught=0.4)
    sow(strong, draught=1.0)
    assert fields_sown(weak).sum() < fields_sown(strong).sum()


def test_nomads_and_those_who_are_gone_sow_nothing(autumn_of_1932):
    world = autumn_of_1932
    assert not world.here.all()
    sow(world, autumn=True, lent=1.0)
    nomads = world.land.villages.nomad[world.village_of] == 1
    assert not world.land.homes.sown_ha[nomads | ~world.here].any()


def test_harvest_is_what_comes_in_and_what_is_lost_on_the_threshing_floor(autumn_of_1932):
    world, flows = autumn_of_1932, autumn_of_1932.land.flows
    before = world.grain()
    harvest(world)
    assert flows.harvest.sum() > flows.lost.sum() > 0.0
    assert world.grain() == pytest.approx(before + flows.harvest - flows.lost, rel=1e-5, abs=0.5)


def test_the_harvest_of_a_better_year_is_larger_by_as_much_everywhere(autumn_of_1932):
    poor, good = autumn_of_1932.copy(), autumn_of_1932
    harvest(poor)
    harvest(good, alone=1_600.0, kolkhoz=1_400.0)
    assert good.land.flows.harvest == pytest.approx(2.0 * poor.land.flows.harvest, rel=1e-5)


def test_hungry_hands_bring_in_less_of_the_kolkhoz_field(autumn_of_1932):
    """Of the harvest of 1933 part stood too long because those who should have cut it were too weak."""
    fed, starved = autumn_of_1932.copy(), autumn_of_1932
    fed.land.villages.hunger[:] = 0.0
    starved.land.villages.hunger[:] = 0.5
    harvest(fed)
    harvest(starved)
    assert starved.land.flows.harvest.sum() < fed.land.flows.harvest.sum()
    assert starved.land.homes.harvested_kg == pytest.approx(fed.land.homes.harvested_kg), "own fields are small"


def test_village_luck_neither_helps_nor_harms_a_region(autumn_of_1932):
    world, villages = autumn_of_1932, autumn_of_1932.land.villages
    fields.open_year(world.land, world.behaviour, keys(5, 72))
    for luck in (villages.shock, villages.plan_error):
        ground = np.maximum(villages.land_ha, 1e-6)
        assert world.land.by_region(luck * ground) / world.land.by_region(ground) == pytest.approx(1.0, abs=1e-5)
        assert luck.min() > 0.0
        assert luck.std() > 0.01


def years_luck(households, seed=1):
    """A founded country whose year has opened; nothing else has happened in it."""
    land = found(households, seed, Crew(1))
    fields.open_year(land, behaviour_defaults(), keys(seed, 0))
    return land


@pytest.mark.parametrize("column", ["shock", "plan_error"])
def test_every_region_has_its_bad_villages_at_any_size(column):
    """Were luck drawn village by village, a region of five would often have none that is really bad."""
    large = years_luck(250_000)
    for households, slack in ((12_500, 0.03), (25_000, 0.02)):
        land = years_luck(households, seed=3)
        for region in range(N_REGIONS):
            luck, many = (
                getattr(country.villages, column)[(country.villages.region == region) & (country.villages.nomad == 0)]
                for country in (land, large)
            )
            assert luck.min() < 0.88
            for share in (0.2, 0.5, 0.8):
                few, all_of_them = (np.quantile(drawn, share, method="hazen") for drawn in (luck, many))
                # the mean by land is 1, and who has more land is left to chance: hence some slack
                assert few == pytest.approx(all_of_them, abs=slack), REGION_IDS[region]


def test_brigades_have_an_order_that_leaves_no_part_of_a_region_out():
    """Whatever share of the villages is to be searched, that share of a region's farmers stands first in the order."""
    for households in (900, 6_000, 60_000):
        land = years_luck(households)
        for begin, end in pairwise(land.ways_of_life().tolist()):
            assert np.sort(land.villages.turn[begin:end]) == pytest.approx(
                (np.arange(end - begin) + 0.5) / (end - begin), abs=1e-6
            )


def test_luck_of_one_year_is_not_that_of_another_nor_of_another_question():
    land = years_luck(60_000)
    first = land.villages.shock.copy()
    assert abs(np.corrcoef(first, land.villages.plan_error)[0, 1]) < 0.1
    assert abs(np.corrcoef(first, land.villages.turn)[0, 1]) < 0.1
    fields.open_year(land, behaviour_defaults(), keys(1, 12))
    assert abs(np.corrcoef(first, land.villages.shock)[0, 1]) < 0.1


def test_the_new_year_begins_with_empty_counts_and_whole_gardens(autumn_of_1932):
    world, homes, villages = autumn_of_1932, autumn_of_1932.land.homes, autumn_of_1932.land.villages
    grain = world.grain()
    fields.open_year(world.land, world.behaviour, keys(5, 72))
    counts = (homes.harvested_kg, homes.delivered_kg, villages.kolkhoz_harvested_kg, villages.kolkhoz_delivered_kg)
    assert not any(column.any() for column in (*counts, villages.trudoden_kg))
    assert (homes.garden == 1.0).all()
    assert (world.grain() == grain).all()


@pytest.mark.parametrize("autumn", [True, False])
def test_sowing_is_the_same_in_plain_python_and_on_any_threads(assert_lives_alike, autumn):
    assert_lives_alike(lambda world: sow(world, autumn=autumn, draught=0.7, lent=0.5))


def test_harvest_is_the_same_in_plain_python_and_on_any_threads(assert_lives_alike):
    assert_lives_alike(harvest)


def test_the_years_luck_is_the_same_in_plain_python_and_on_any_threads(assert_lives_alike):
    assert_lives_alike(lambda world: fields.open_year(world.land, world.behaviour, keys(5, 72)))


def test_land_of_those_gone_is_tilled_by_their_neighbours_where_there_is_no_kolkhoz() -> None:
    """The commune shares out land; without it, exile and departure alone would shrink the fields of the NEP."""
    behaviour = behaviour_defaults()

    def sown(gone: bool) -> float:
        land = found(900, 1, Crew(1))
        facts = facts_of(land)
        village = int(np.flatnonzero((land.villages.members == 0) & (land.villages.nomad == 0))[0])
        rows = slice(int(land.first[village]), int(land.first[village + 1]))
        land.homes.barn_kg[rows] = 5_000.0
        land.homes.adults[rows] = 8
        if gone:
            first = rows.start
            land.homes.life[first] = 2
            for column in (land.homes.adults, land.homes.barn_kg, land.homes.sown_ha):
                column[first] = 0
        ones = np.ones(len(land.weight))
        fields.sow(land, facts, behaviour, autumn=True, draught=ones, loan_share=0 * ones)
        return float(land.homes.sown_ha[rows].sum())

    assert sown(gone=True) == pytest.approx(sown(gone=False), rel=1e-5)


def test_a_kulak_with_one_worker_tills_more_with_hired_hands() -> None:
    """Hired labour is what the census called a kulak by; the laws of 1930 ended it."""
    behaviour = behaviour_defaults()
    areas = []
    for hired in (0, 1):
        land = found(900, 1, Crew(1))
        kulak = int(np.flatnonzero((land.homes.stratum == 2) & (land.homes.land_ha > 0))[0])
        assert land.homes.hired[kulak] == 1
        assert not land.homes.hired[land.homes.stratum < 2].any()
        land.homes.hired[kulak] = hired
        land.homes.adults[kulak] = 1
        land.homes.land_ha[kulak] = 12.0
        land.homes.barn_kg[kulak] = 9_000.0
        ones = np.ones(len(land.weight))
        fields.sow(land, facts_of(land), behaviour, autumn=True, draught=ones, loan_share=0 * ones)
        areas.append(float(land.homes.sown_ha[kulak]))
    assert areas[1] > 1.5 * areas[0]
