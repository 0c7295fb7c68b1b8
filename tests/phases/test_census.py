"""Counting by bins: everybody who is there is counted once, where a plain count on the columns would put him."""

from __future__ import annotations

import numpy as np
import pytest

from model.calendar import Month
from model.compiled import Crew
from model.country import Country
from model.history import N_REGIONS
from model.phases import census, survey

AGES = ("small", "children", "adults", "elderly")
JUNE = Month(1932, 6)


def values_of(homes):
    """What every household is told apart by, reckoned plainly in single precision."""
    size = sum(getattr(homes, age).astype(np.int32) for age in AGES)
    return size, {
        "deficit": homes.deficit,
        "reserve": homes.reserve_days,
        "livestock": homes.horses
        + homes.cattle
        + np.float32(0.2) * homes.pigs
        + np.float32(0.1) * homes.sheep_goats,
        "grain": (homes.barn_kg + homes.concealed_kg) / np.maximum(size, 1).astype(np.float32),
        "cows": np.float32(0.42) * homes.cattle,
        "horses": homes.horses,
    }  # fmt: skip


def plainly(land, scale, of_people):
    """The same counts by numpy alone [regions, memberships, bins]."""
    homes = land.homes
    size, values = values_of(homes)
    bins = np.digitize(values[scale], np.array(census.EDGES[scale][1:], np.float32))
    region = np.repeat(land.villages.region, np.diff(land.first))
    counts = np.zeros((N_REGIONS, 2, len(census.EDGES[scale])))
    weight = np.where(homes.life == 0, size if of_people else 1, 0)
    np.add.at(counts, (region, (homes.months_in > 0).astype(int), bins), weight)
    return counts


@pytest.fixture(scope="module")
def winter_of_1933():
    """25,000 households in the worst months."""
    country = Country("historical", households=25_000, seed=3, threads=1)
    while country.month < Month(1933, 2):
        country.step()
    return country


@pytest.mark.parametrize("scale", census.EDGES)
def test_bins_hold_what_a_plain_count_of_the_columns_holds(winter_of_1933, scale):
    land = winter_of_1933.land
    of_people = scale in census.HUNGER
    name = f"{'people' if of_people else 'households'}_by_{scale}"
    weight = (land.person_weight if of_people else land.weight)[:, None, None]
    counted, expected = census.take(land, JUNE)[name] / weight, plainly(land, scale, of_people)
    # compiled sums may keep a digit more on the way: a herd that stands on an edge may fall to either side
    slack = 0 if scale in {"deficit", "reserve", "cows", "horses"} else 3
    assert np.abs(np.rint(counted) - expected).max() <= slack
    assert counted.sum(axis=(1, 2)) == pytest.approx(expected.sum(axis=(1, 2)))
    assert (expected > 0).sum() > 50, "nothing was spread"


def test_all_who_are_there_are_counted_and_nobody_else(winter_of_1933):
    """Bins add up to the households and the people of the same month, to the last one."""
    land = winter_of_1933.land
    stocks = survey.stocks(land)
    for name, counts in census.take(land, JUNE).items():
        total = stocks["rural_population" if name.startswith("people") else "households"]
        assert counts.sum(axis=(1, 2)) == pytest.approx(total, rel=1e-12)
        assert (counts >= 0.0).all()


def test_the_hungry_of_the_bins_are_the_hungry_of_the_villages(winter_of_1933):
    """`hungry_share` is reckoned at the table, before the month's deaths: a few in a hundred lie between."""
    land = winter_of_1933.land
    people = census.take(land, JUNE)["people_by_deficit"].sum(axis=(0, 1))
    hungry = people[census.EDGES["deficit"].index(0.2) :].sum() / people.sum()
    flows = survey.flows(land)
    weight = survey.stocks(land)["rural_population"]
    assert hungry > 0.05
    assert hungry == pytest.approx((flows["hungry_share"] * weight).sum() / weight.sum(), rel=0.05)


def test_possessions_are_counted_in_june_and_december_alone(autumn_of_1932):
    """Hunger changes by the month, herds by the season: and the counts of the time were of June and of 1 January."""
    for month in range(1, 13):
        names = census.take(autumn_of_1932.land, Month(1932, month)).keys()
        assert {"people_by_deficit", "people_by_reserve"} <= names
        assert ("households_by_cows" in names) == (month in {6, 12})


def test_counting_changes_nothing(autumn_of_1932):
    before = autumn_of_1932.bits()
    census.take(autumn_of_1932.land, JUNE)
    assert autumn_of_1932.bits() == before


def test_those_who_are_gone_are_in_no_bin(autumn_of_1932):
    land = autumn_of_1932.land
    land.homes.life[:] = 1
    assert not any(counts.any() for counts in census.take(land, JUNE).values())


def test_a_household_without_animals_is_poor_and_one_with_many_rich(autumn_of_1932):
    land = autumn_of_1932.land
    for kind in survey.KINDS:
        getattr(land.homes, kind)[:] = 0.0
    bare = census.take(land, JUNE)
    assert not any(bare[f"households_by_{scale}"][..., 1:].any() for scale in ("livestock", "cows", "horses"))
    land.homes.horses[:] = 20.0
    rich = census.take(land, JUNE)
    assert not any(rich[f"households_by_{scale}"][..., :-1].any() for scale in ("livestock", "horses"))


def test_pieces_and_threads_do_not_show(winter_of_1933, monkeypatch):
    """Cut as for 25 million households and shared out to three threads, the counts keep every bit."""
    land = winter_of_1933.land
    before = census.take(land, JUNE)
    monkeypatch.setattr(census, "PIECE", 37)
    monkeypatch.setattr(census, "FEW", 0)
    monkeypatch.setattr(land, "crew", Crew(3))
    again = census.take(land, JUNE)
    assert all(before[name].tobytes() == again[name].tobytes() for name in before)


def test_counts_are_the_same_in_plain_python_and_on_any_threads(assert_lives_alike):
    def count(world):
        for place, counts in enumerate(census.take(world.land, JUNE).values()):
            by_bin = counts.sum(axis=(0, 1))
            world.land.sheet[place, : len(by_bin)] = by_bin  # to be compared

    assert_lives_alike(count)
