"""Fates of the households of 1927: nobody is counted twice, nobody is lost."""

from __future__ import annotations

import numpy as np
import pytest

from model.columns import Life, Stratum
from model.country import Country
from model.founding.facts import record
from model.history import REGION_IDS
from model.policy.scenario import Scenario
from model.results.fates import CLASSES, FATES, fates, key, people_of


@pytest.fixture(scope="module")
def country() -> Country:
    return Country(Scenario.load("historical"), households=2000, seed=1, threads=1)


def _sum(found: dict[str, float], fate: str) -> float:
    return sum(found[key(fate, stratum, region)] for stratum in CLASSES for region in REGION_IDS)


def test_the_classes_of_all_regions_are_the_country(country: Country) -> None:
    people = people_of(country.land)
    found = fates(country.land, people)
    assert _sum(found, "people") == pytest.approx(float(record().rural_pop.sum()))
    assert _sum(found, "households") == pytest.approx(float(record().households.sum()))


def test_at_the_founding_nobody_has_died_or_gone(country: Country) -> None:
    found = fates(country.land, people_of(country.land))
    for fate in ("starved", "bereaved", "exiled", "departed", "extinct"):
        assert _sum(found, fate) == 0.0, fate
    assert len(found) == len(FATES) * len(CLASSES) * len(REGION_IDS)


def test_a_kulak_household_sent_away_is_counted_once_in_its_class_and_region(country: Country) -> None:
    homes = country.land.homes
    row = int(np.flatnonzero(homes.stratum == Stratum.KULAK)[0])
    village = int(np.searchsorted(country.land.first, row, side="right")) - 1
    region = int(country.land.villages.region[village])
    homes.life[row], homes.starved[row] = Life.EXILED, 2
    found = fates(country.land, people_of(country.land))
    homes.life[row], homes.starved[row] = Life.PRESENT, 0
    assert _sum(found, "exiled") == found[key("exiled", "kulak", REGION_IDS[region])] == country.land.weight[region]
    assert _sum(found, "starved") == pytest.approx(2 * country.land.person_weight[region])
    assert _sum(found, "bereaved") == country.land.weight[region]
