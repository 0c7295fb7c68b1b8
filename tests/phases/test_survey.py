"""What can be counted at the month's end is what lies on the rows, times the families for which a row stands."""

from __future__ import annotations

import numpy as np
import pytest

from model.compiled import Crew
from model.founding import facts_of, found
from model.history import N_REGIONS
from model.phases import survey

ROUNDING = 1e-6  # a village is summed in single precision, villages in double
AGES = ("small", "children", "adults", "elderly")


def of_homes(world, column):
    return np.bincount(world.region_of, column.astype(np.float64), N_REGIONS)


def test_stocks_are_the_sums_of_the_columns(autumn_of_1932):
    world, homes, villages = autumn_of_1932, autumn_of_1932.land.homes, autumn_of_1932.land.villages
    counted, weight = survey.stocks(world.land), autumn_of_1932.land.weight
    assert counted["grain_barns"] == pytest.approx(of_homes(world, homes.barn_kg) * weight / 1000.0, rel=ROUNDING)
    assert counted["grain_concealed"] == pytest.approx(
        of_homes(world, homes.concealed_kg) * weight / 1000.0, rel=ROUNDING
    )
    assert counted["grain_pools"] == pytest.approx(world.land.by_region(villages.pool_kg) * weight / 1000.0)
    own = of_homes(world, homes.sown_ha) * weight
    assert counted["sown_area"] == pytest.approx(own + world.land.by_region(villages.kolkhoz_sown_ha) * weight)
    for kind in survey.KINDS:
        common = world.land.by_region(getattr(villages, kind)) * weight
        assert counted[f"common_{kind}"] == pytest.approx(common)
        assert counted[kind] == pytest.approx(of_homes(world, getattr(homes, kind)) * weight + common)


def test_people_and_households_are_those_present(autumn_of_1932):
    world, homes = autumn_of_1932, autumn_of_1932.land.homes
    counted = survey.stocks(world.land)
    assert counted["households"] == pytest.approx(of_homes(world, world.here) * world.land.weight)
    people = of_homes(world, sum(getattr(homes, age).astype(int) for age in AGES))
    assert counted["rural_population"] == pytest.approx(people * world.land.person_weight)
    members = of_homes(world, world.members) / np.maximum(of_homes(world, world.here), 1.0)
    assert counted["collectivised_share"] == pytest.approx(members)
    assert ((members >= 0.0) & (members <= 1.0)).all()


def test_counting_changes_nothing(autumn_of_1932):
    before = autumn_of_1932.bits()
    survey.stocks(autumn_of_1932.land)
    survey.flows(autumn_of_1932.land)
    assert autumn_of_1932.bits() == before


def test_a_month_in_which_nothing_happened_reads_as_nothing(autumn_of_1932):
    autumn_of_1932.land.turn_page()
    counted = survey.flows(autumn_of_1932.land)
    assert not any(np.any(values) for name, values in counted.items() if name != "grain_per_labour_day")


def test_flows_are_carried_to_regions_with_their_weight(autumn_of_1932):
    land = autumn_of_1932.land
    land.turn_page()
    land.flows.harvest[:] = 1_000.0
    land.flows.deaths[:] = 1.0
    land.flows.died_horses[:] = 1.0
    counted, villages = survey.flows(land), np.diff(land.edges)
    assert counted["harvest"] == pytest.approx(villages * land.weight)
    assert counted["rural_deaths"] == pytest.approx(villages * land.person_weight)
    assert counted["died_horses"] == pytest.approx(villages * land.weight)


@pytest.mark.parametrize("rows", [900, 1_800])
def test_a_founded_country_counts_what_the_tables_say(rows):
    land = found(rows, seed=2, crew=Crew(1))
    facts, counted = facts_of(land), survey.stocks(land)
    assert counted["households"] == pytest.approx(facts.households, rel=1e-6)
    assert counted["sown_area"].sum() == pytest.approx(facts.sown_grain.sum(), rel=0.05)
    for kind, heads in zip(survey.KINDS, facts.herds, strict=True):
        assert counted[kind] == pytest.approx(heads, rel=1e-5)


def test_counts_are_the_same_in_plain_python_and_on_any_threads(assert_lives_alike):
    def count(world):
        for place, sums in enumerate(survey.stocks(world.land).values()):
            world.land.sheet[place, :N_REGIONS] = sums  # to be compared

    assert_lives_alike(count)
