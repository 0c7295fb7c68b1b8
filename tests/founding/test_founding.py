"""The country of July 1927 has the people, land, animals and classes of the tables, however few rows stand for it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.columns import Countryside, Life, Stratum
from model.compiled import Crew
from model.founding import KINDS, LARGEST, SMALLEST, facts_of, found
from model.founding.classes import class_totals
from model.founding.facts import record
from model.founding.layout import VILLAGE, largest_remainder
from model.history import N_REGIONS, REGION_IDS

AGES = ("small", "children", "adults", "elderly")
NUMBERS = (900, 7_777, 25_000, 250_000)
ALONE = Crew(1)


@pytest.fixture(scope="module", params=NUMBERS)
def land(request: pytest.FixtureRequest) -> Countryside:
    return found(request.param, seed=1, crew=ALONE)


@pytest.fixture(scope="module")
def middling() -> Countryside:
    return found(25_000, seed=1, crew=ALONE)


def region_of_rows(land: Countryside) -> np.ndarray:
    return np.repeat(land.villages.region, np.diff(land.first))


def nomad_rows(land: Countryside) -> np.ndarray:
    return np.repeat(land.villages.nomad, np.diff(land.first)) == 1


def by_region(land: Countryside, column: np.ndarray) -> np.ndarray:
    return np.bincount(region_of_rows(land), column.astype(np.float64), N_REGIONS)


def persons(land: Countryside) -> np.ndarray:
    return sum(getattr(land.homes, age).astype(np.int64) for age in AGES)


def animals(land: Countryside, kind: str) -> np.ndarray:
    """Private and common animals of each region, real ones."""
    own, common = by_region(land, getattr(land.homes, kind)), land.by_region(getattr(land.villages, kind))
    return (own + common) * land.weight


def assert_meets_the_tables(land: Countryside) -> None:
    facts = record()
    rows = by_region(land, np.ones(len(land.homes.adults)))
    assert rows * land.weight == pytest.approx(facts.households, rel=1e-12)
    assert by_region(land, persons(land)) * land.person_weight == pytest.approx(facts.rural_pop, rel=1e-12)
    assert by_region(land, land.homes.land_ha) * land.weight == pytest.approx(facts.sown_grain, rel=1e-6)
    for kind, heads in zip(KINDS, facts.herds, strict=True):
        assert animals(land, kind) == pytest.approx(heads, rel=1e-6), kind
    counts = np.stack([by_region(land, land.homes.stratum == stratum) for stratum in Stratum])
    assert (counts == class_totals(rows.astype(np.int64), facts)).all()
    assert (np.abs(counts - facts.class_shares * rows) < 1.0).all()


def test_every_regional_total_is_met(land: Countryside) -> None:
    assert_meets_the_tables(land)


@settings(max_examples=25, deadline=None)
@given(households=st.integers(SMALLEST, 60_000), seed=st.integers(0, 2**40))
def test_every_regional_total_is_met_at_any_number_and_seed(households: int, seed: int) -> None:
    land = found(households, seed, ALONE)
    assert len(land.homes.adults) == land.first[-1] == households
    assert_meets_the_tables(land)
    assert (land.homes.adults >= 1).all()
    assert np.diff(land.first).min() >= 20
    assert np.diff(land.first).max() <= 1.5 * VILLAGE


def test_national_sums_are_those_of_the_census(land: Countryside) -> None:
    assert (by_region(land, persons(land)) * land.person_weight).sum() == pytest.approx(120_714_000, rel=1e-9)
    assert (by_region(land, land.homes.land_ha) * land.weight).sum() == pytest.approx(92_200_000, rel=1e-6)
    assert animals(land, "horses").sum() == pytest.approx(33_500_000, rel=1e-6)


def test_a_person_of_a_row_stands_for_nearly_as_many_people_as_its_household_for_households(land: Countryside) -> None:
    slack = 0.12 if len(land.homes.adults) < 5_000 else 0.05
    assert land.person_weight / land.weight == pytest.approx(1.0, abs=slack)


def test_every_region_has_its_villages_in_order(land: Countryside) -> None:
    assert (np.diff(land.edges) >= 1).all()
    for region in range(N_REGIONS):
        assert (land.villages.region[land.edges[region] : land.edges[region + 1]] == region).all()


def test_villages_are_land_communes_of_sixty_four_households(middling: Countryside) -> None:
    sizes = np.diff(middling.first)[middling.villages.nomad == 0]  # auls may be smaller, so that there are enough
    assert np.median(sizes) == VILLAGE
    assert sizes.min() >= VILLAGE // 2
    assert sizes.max() <= 1.5 * VILLAGE


def test_where_rows_are_few_villages_are_smaller_rather_than_fewer() -> None:
    """A region of two or three villages would owe all that happens in it to their luck."""
    for households, fewest in ((3_000, 3), (6_000, 7), (12_500, 10)):
        land = found(households, 1, ALONE)
        assert np.diff(land.edges).min() >= fewest
        assert np.diff(land.first).min() >= 20


def test_ages_are_those_of_the_rural_census(middling: Countryside) -> None:
    people = np.array([by_region(middling, getattr(middling.homes, age)) @ middling.person_weight for age in AGES])
    assert people / people.sum() == pytest.approx([0.156, 0.22, 0.536, 0.088], abs=0.005)


def test_households_are_of_very_different_size(middling: Countryside) -> None:
    assert persons(middling).min() <= 2
    assert persons(middling).max() >= 10
    assert 1.6 < persons(middling).std() < 2.5


@pytest.mark.parametrize("column", ["land_ha", "horses", "cattle", "wealth"])
def test_poor_middle_and_kulak_households_differ_within_every_region(middling: Countryside, column: str) -> None:
    farmers = ~nomad_rows(middling) & (middling.homes.months_in == 0)
    values = getattr(middling.homes, column)
    for region in range(N_REGIONS):
        here = farmers & (region_of_rows(middling) == region)
        poor, middle, kulak = (values[here & (middling.homes.stratum == stratum)].mean() for stratum in Stratum)
        assert poor < middle < kulak, REGION_IDS[region]


def test_land_a_head_differs_less_than_herds_do(middling: Countryside) -> None:
    poor, kulak = (middling.homes.stratum == stratum for stratum in (Stratum.POOR, Stratum.KULAK))
    farmers = ~nomad_rows(middling)
    land = [middling.homes.land_ha[k & farmers].sum() / persons(middling)[k & farmers].sum() for k in (poor, kulak)]
    assert 1.5 < land[1] / land[0] < 2.6
    assert middling.homes.wealth[kulak].mean() / middling.homes.wealth[poor].mean() > 4.0


def test_every_village_has_its_own_mix_of_classes(middling: Countryside) -> None:
    village = np.repeat(np.arange(middling.n_villages), np.diff(middling.first))
    poor = np.bincount(village, middling.homes.stratum == Stratum.POOR) / np.diff(middling.first)
    assert (poor > 0.1).all()
    assert (poor < 0.65).all()
    assert poor.std() > 0.03


def test_nomads_live_in_villages_of_their_own_without_fields_and_with_the_larger_herds(middling: Countryside) -> None:
    nomads = nomad_rows(middling)
    assert nomads.mean() == pytest.approx(0.038, abs=0.002)
    assert (middling.homes.land_ha[nomads] == 0).all()
    assert (middling.homes.pigs[nomads] == 0).all()
    kazakhstan = region_of_rows(middling) == REGION_IDS.index("kazakhstan")
    assert nomads[kazakhstan].mean() == pytest.approx(0.46, abs=0.02)
    sheep = middling.homes.sheep_goats
    assert sheep[kazakhstan & nomads].mean() == pytest.approx(5 * sheep[kazakhstan & ~nomads].mean(), rel=0.05)


def test_a_herd_is_the_norm_of_its_region_times_wealth(middling: Countryside) -> None:
    norm = facts_of(middling).herd_norm
    region, nomad = region_of_rows(middling), nomad_rows(middling).astype(int)
    alone = middling.homes.months_in == 0
    for kind, name in enumerate(KINDS):
        usual = norm[kind, region, nomad] * middling.homes.wealth
        assert getattr(middling.homes, name)[alone] == pytest.approx(usual[alone], rel=1e-5)


def test_wealth_is_one_on_average(middling: Countryside) -> None:
    rows = by_region(middling, np.ones(len(middling.homes.wealth)))
    assert by_region(middling, middling.homes.wealth) / rows == pytest.approx(1.0, abs=1e-6)


def test_barns_hold_ten_to_twelve_million_tonnes_before_the_harvest(land: Countryside) -> None:
    tonnes = by_region(land, land.homes.barn_kg) * land.weight / 1000.0
    assert 10e6 < tonnes.sum() < 12e6
    assert (tonnes / facts_of(land).rural_pop > 0.04).all()
    assert not land.homes.concealed_kg.any()


def test_fields_stand_for_the_harvest_of_1927_in_one_hand_or_the_other(land: Countryside) -> None:
    own, common = by_region(land, land.homes.sown_ha), land.by_region(land.villages.kolkhoz_sown_ha)
    assert (own + common) * land.weight == pytest.approx(record().sown_grain, rel=1e-6)
    assert (common > 0).any()
    assert (land.homes.sown_ha[land.homes.months_in > 0] == 0).all()


def test_eight_households_in_a_thousand_are_members_and_none_of_them_kulak_or_nomad(land: Countryside) -> None:
    members = land.homes.months_in > 0
    assert members.mean() == pytest.approx(0.008, abs=0.0006)
    assert not (members & (land.homes.stratum == Stratum.KULAK)).any()
    assert not (members & nomad_rows(land)).any()
    assert land.villages.members.sum() == members.sum()


def test_members_live_in_the_villages_that_lean_most(middling: Countryside) -> None:
    for region in range(N_REGIONS):
        here = slice(middling.edges[region], middling.edges[region + 1])
        farmers = middling.villages.nomad[here] == 0
        leaning, members = middling.villages.leaning[here][farmers], middling.villages.members[here][farmers] > 0
        if members.any():
            assert leaning[members].min() >= leaning[~members].max()


def test_part_of_the_members_animals_is_common(middling: Countryside) -> None:
    norm = facts_of(middling).herd_norm
    members = middling.homes.months_in > 0
    usual = norm[0, region_of_rows(middling), 0] * middling.homes.wealth
    assert middling.homes.horses[members] == pytest.approx(usual[members] * 0.5, rel=1e-5)
    assert middling.villages.horses.sum() == pytest.approx(usual[members].sum() * 0.5, rel=1e-4)


def test_leaning_and_temper_are_standard_normal(middling: Countryside) -> None:
    assert middling.homes.temper.mean() == pytest.approx(0.0, abs=0.03)
    assert middling.homes.temper.std() == pytest.approx(1.0, abs=0.03)
    assert middling.villages.leaning.max() <= 2.1
    for region in range(N_REGIONS):
        leaning = middling.villages.leaning[middling.edges[region] : middling.edges[region + 1]]
        assert leaning.mean() == pytest.approx(0.0, abs=0.1)


def test_every_region_leans_as_its_many_villages_would_at_any_size() -> None:
    """A region of five villages has one that leans far towards the kolkhoz and one that will have none of it."""
    for households in (6_000, 25_000, 250_000):
        land = found(households, 5, ALONE)
        size = np.diff(land.first)
        for begin, end in pairwise(land.ways_of_life().tolist()):
            leaning = land.villages.leaning[begin:end]
            assert np.average(leaning, weights=size[begin:end]) == pytest.approx(0.0, abs=1e-6)
            if end - begin >= 4:
                assert (leaning > 0.5).mean() == pytest.approx(0.31, abs=0.5 / (end - begin) + 0.08)
                assert (leaning < -0.5).mean() == pytest.approx(0.31, abs=0.5 / (end - begin) + 0.08)


def test_everybody_begins_present_and_well_fed(middling: Countryside) -> None:
    homes = middling.homes
    assert (homes.life == Life.PRESENT).all()
    assert (homes.reserve_days == 66.0).all()
    assert (homes.garden == 1.0).all()
    assert not homes.wasting.any()
    assert (found(900, 1, ALONE, reserve_days=60.0).homes.reserve_days == 60.0).all()


def test_villages_know_their_people_and_land(middling: Countryside) -> None:
    starts = middling.first[:-1]
    assert (middling.villages.people == np.add.reduceat(persons(middling), starts)).all()
    assert (middling.villages.present == np.diff(middling.first)).all()
    land = np.add.reduceat(middling.homes.land_ha.astype(np.float64), starts)
    assert middling.villages.land_ha == pytest.approx(land, rel=1e-6)


def assert_same(one: Countryside, other: Countryside) -> None:
    for table in ("homes", "villages"):
        for name, a, b in zip(getattr(one, table)._fields, getattr(one, table), getattr(other, table), strict=True):
            assert np.array_equal(a, b), f"{table}.{name}"
    assert np.array_equal(one.person_weight, other.person_weight)


def test_two_threads_found_the_same_country_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Crew, "SMALL", 1)
    assert_same(found(7_777, 3, Crew(1)), found(7_777, 3, Crew(2)))


def test_another_seed_founds_another_country_with_the_same_totals() -> None:
    one, other = found(7_777, 3, ALONE), found(7_777, 4, ALONE)
    assert_same(one, found(7_777, 3, ALONE))
    assert not np.array_equal(one.homes.wealth, other.homes.wealth)
    assert not np.array_equal(one.homes.stratum, other.homes.stratum)
    assert not np.array_equal(one.villages.leaning, other.villages.leaning)


@pytest.mark.parametrize(
    ("households", "sentence"),
    [
        (0, "households: 0 is too few for all regions and classes; write a number from 900 to 25,600,000."),
        (-5, "households: -5 is too few for all regions and classes; write a number from 900 to 25,600,000."),
        (899, "households: 899 is too few for all regions and classes; write a number from 900 to 25,600,000."),
        (10**9, "households: 1,000,000,000 is more than there were; write a number from 900 to 25,600,000."),
        (2.5e4, "households: 25000.0 is not a whole number; write one from 900 to 25,600,000."),
        ("many", "households: 'many' is not a whole number; write one from 900 to 25,600,000."),
        (True, "households: True is not a whole number; write one from 900 to 25,600,000."),
    ],
)
def test_an_absurd_number_of_households_is_one_clear_sentence(households: object, sentence: str) -> None:
    with pytest.raises(ValueError, match=r"^households") as error:
        found(households, 1, ALONE)  # type: ignore[arg-type]
    assert str(error.value) == sentence


@pytest.mark.parametrize("seed", [-1, 1.5, "a", None])
def test_an_absurd_seed_is_one_clear_sentence(seed: object) -> None:
    with pytest.raises(ValueError, match="is not a whole number from 0 on"):
        found(900, seed, ALONE)  # type: ignore[arg-type]


def test_facts_are_complete_and_consistent() -> None:
    facts = record()
    assert facts.harvest_share.sum(axis=0) == pytest.approx(1.0)
    assert facts.class_shares.sum(axis=0) == pytest.approx(1.0)
    assert facts.industrial_weight.sum() == pytest.approx(1.0)
    assert np.isfinite(facts.seed_rate).all()
    assert 80 < facts.seed_rate.min() < facts.seed_rate.max() < 200
    assert np.isfinite(facts.potatoes).all()
    assert facts.households.sum() == LARGEST
    assert (facts.members_share @ facts.households) / facts.households.sum() == pytest.approx(0.008)
    assert facts.living_space.sum() / facts.urban_pop.sum() == pytest.approx(5.8, abs=0.1)


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=30), st.integers(0, 10_000))
def test_shares_are_whole_and_never_a_whole_one_off(parts: list[float], total: int) -> None:
    shares = largest_remainder(np.array(parts), total)
    assert shares.sum() == total
    assert (np.abs(shares - np.array(parts) / sum(parts) * total) < 1.0 + 1e-9).all()
