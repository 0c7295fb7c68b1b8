"""The two countries that never were keep the totals of the one that was: only who has what differs."""

from __future__ import annotations

import numpy as np
import pytest

from model.columns import Countryside, Stratum
from model.compiled import Crew
from model.founding import KINDS, facts_of, found
from model.founding.facts import evened, record
from model.history import N_REGIONS

ROWS = 7_777
ALONE = Crew(1)
AGES = ("small", "children", "adults", "elderly")


@pytest.fixture(scope="module")
def as_it_was() -> Countryside:
    return found(ROWS, seed=1, crew=ALONE)


@pytest.fixture(scope="module")
def shuffled() -> Countryside:
    return found(ROWS, seed=1, crew=ALONE, spread="shuffled")


@pytest.fixture(scope="module")
def average() -> Countryside:
    return found(ROWS, seed=1, crew=ALONE, spread="average")


def _region(land: Countryside) -> np.ndarray:
    return np.repeat(land.villages.region, np.diff(land.first))


def _by_region(land: Countryside, column: np.ndarray) -> np.ndarray:
    return np.bincount(_region(land), column.astype(np.float64), N_REGIONS) * land.weight


def _people(land: Countryside) -> np.ndarray:
    return sum(getattr(land.homes, age).astype(np.int64) for age in AGES)


def _animals(land: Countryside, kind: str) -> np.ndarray:
    return _by_region(land, getattr(land.homes, kind)) + land.by_region(getattr(land.villages, kind)) * land.weight


@pytest.mark.parametrize("spread", ["shuffled", "average"])
def test_the_unions_totals_are_kept(spread: str, request: pytest.FixtureRequest) -> None:
    """A baseline with more land or fewer horses would test something else than who has them."""
    land: Countryside = request.getfixturevalue(spread)
    facts = record()
    assert (_people(land).astype(float) @ land.person_weight[_region(land)]) == pytest.approx(facts.rural_pop.sum())
    assert _by_region(land, land.homes.land_ha).sum() == pytest.approx(facts.sown_grain.sum(), rel=1e-6)
    for kind, heads in zip(KINDS, facts.herds, strict=True):
        assert _animals(land, kind).sum() == pytest.approx(heads.sum(), rel=1e-6), kind
    before = found(ROWS, seed=1, crew=ALONE)
    assert _by_region(land, land.homes.barn_kg).sum() == pytest.approx(
        _by_region(before, before.homes.barn_kg).sum(), rel=2e-3
    )  # nomads' barns hold by heads, and a shuffled region's heads differ by a household


def test_average_households_keep_the_totals_of_every_region(average: Countryside, as_it_was: Countryside) -> None:
    for column in ("land_ha", "barn_kg"):
        before, now = (_by_region(land, getattr(land.homes, column)) for land in (as_it_was, average))
        assert now == pytest.approx(before, rel=1e-4)
    assert _animals(average, "sheep_goats") == pytest.approx(record().herds[3], rel=1e-6)


def test_among_average_households_nobody_is_better_off_than_a_neighbour(average: Countryside) -> None:
    here = (_region(average) == 3) & (np.repeat(average.villages.nomad, np.diff(average.first)) == 0)
    land = average.homes.land_ha[here] / _people(average)[here]
    assert np.ptp(land) < 1e-5 * land.mean()
    assert (average.homes.stratum == Stratum.MIDDLE).all()
    assert not average.homes.temper.any()
    assert not average.villages.leaning.any()


def test_shuffled_holdings_tell_nothing_of_the_region(shuffled: Countryside, as_it_was: Countryside) -> None:
    """A farmer of the steppe had three times the land of one near Moscow; dealt out anew they have the same."""

    def spread_of_means(land: Countryside) -> float:
        farmers = np.repeat(land.villages.nomad, np.diff(land.first)) == 0
        of = np.where(farmers, 1.0, 0.0)
        means = np.bincount(_region(land), land.homes.land_ha * of, N_REGIONS) / np.bincount(_region(land), of)
        return float(means.std() / means.mean())

    assert spread_of_means(as_it_was) > 0.3
    assert spread_of_means(shuffled) < 0.05  # households of a few rows are not all of one size


def test_shuffled_holdings_tell_nothing_of_the_village_beyond_chance(shuffled: Countryside) -> None:
    """In the tables' country the members of 1927 fill the villages that lean most; dealt out they are anywhere."""
    farming = shuffled.villages.nomad == 0
    with_members = (shuffled.villages.members[farming] > 0).mean()
    was = found(ROWS, seed=1, crew=ALONE).villages
    assert with_members > 2.0 * (was.members[was.nomad == 0] > 0).mean()
    assert np.add.reduceat(shuffled.homes.months_in > 0, shuffled.first[:-1]).tolist() == list(
        shuffled.villages.members
    )


def test_shuffled_classes_are_as_many_as_before(shuffled: Countryside, as_it_was: Countryside) -> None:
    for stratum in Stratum:
        count = [int((land.homes.stratum == stratum).sum()) for land in (as_it_was, shuffled)]
        assert abs(count[0] - count[1]) <= N_REGIONS  # rounded in every region
    assert (shuffled.homes.hired == (shuffled.homes.stratum == Stratum.KULAK)).all()


def test_soil_sky_and_people_stay_where_they_were() -> None:
    was, now = record(), evened()
    for name in ("rural_pop", "households", "mean_yield", "yield_cv", "seed_rate", "potatoes", "nomadic_share"):
        assert (getattr(was, name) == getattr(now, name)).all(), name
    assert facts_of(found(900, 1, ALONE, spread="shuffled"), "shuffled").sown_grain == pytest.approx(now.sown_grain)
