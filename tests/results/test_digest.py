"""The digest: one run in numbers with names, as the record counts them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import xarray as xr

from model import run
from model.history import REGION_IDS
from model.phases.census import most_of_the_dead
from model.results.digest import SUBJECTS, digest, span


@pytest.fixture(scope="module")
def lived() -> xr.Dataset:
    """A small country, the years as they were."""
    return run("historical", households=900, threads=1, keep=0)


@pytest.fixture(scope="module")
def numbers(lived: xr.Dataset) -> dict[str, float]:
    """Its digest."""
    return digest(lived)


def test_every_subject_is_told_and_every_number_is_one(numbers: dict[str, float]) -> None:
    told = {name.split("/")[0] for name in numbers}
    assert told == set(SUBJECTS)
    assert np.isfinite(list(numbers.values())).all()


def test_years_of_grain_are_agricultural_and_others_calendar(lived: xr.Dataset, numbers: dict[str, float]) -> None:
    grain = lived.procured.sel(month=slice("1932-07-01", "1933-06-01")).sum() / 1e6
    deaths = lived.excess_deaths.sel(month=slice("1933-01-01", "1933-12-01")).sum() / 1e6
    assert numbers["procured/1932"] == pytest.approx(float(grain))
    assert numbers["excess_deaths/1933"] == pytest.approx(float(deaths))


def test_a_stock_of_new_years_day_is_that_of_december(lived: xr.Dataset, numbers: dict[str, float]) -> None:
    december = float(lived.urban_population.sel(month="1932-12-01").sum()) / 1e3
    assert numbers["towns/1933"] == pytest.approx(december)


def test_a_share_on_the_first_of_march_is_that_of_the_end_of_february(
    lived: xr.Dataset, numbers: dict[str, float]
) -> None:
    then = lived.sel(month="1930-02-01")
    inside = float((then.collectivised_share * then.households).sum() / then.households.sum())
    assert numbers["collectivised/1930-03-01"] == pytest.approx(100.0 * inside)


def test_regions_add_up_to_the_country(numbers: dict[str, float]) -> None:
    assert sum(numbers[f"harvest/{region}/1932"] for region in REGION_IDS) == pytest.approx(numbers["harvest/1932"])
    ukraine = sum(numbers[f"excess_deaths/{region}/1933"] for region in REGION_IDS if region.startswith("ukraine"))
    assert numbers["excess_deaths/ukraine/1933"] == pytest.approx(ukraine)


def test_years_add_up(numbers: dict[str, float]) -> None:
    assert span(numbers, "excess_deaths", range(1932, 1934)) == pytest.approx(
        numbers["excess_deaths/1932"] + numbers["excess_deaths/1933"]
    )


def test_a_year_that_was_not_lived_whole_has_no_number() -> None:
    from model import Scenario

    short = Scenario.load("historical").with_changes({"end": "1928-03"})
    told = digest(run(short, households=900, threads=1, keep=0))
    assert "harvest/1927" in told
    assert "procured/1927" not in told
    assert "excess_deaths/1928" not in told


def _land(starved: list[int]) -> Any:
    """Ten rows in two regions of different weight."""
    homes = SimpleNamespace(starved=np.array(starved, np.int8))
    return SimpleNamespace(
        weight=np.array([1.0, 3.0]), first=np.array([0, 5, 10]), edges=np.array([0, 1, 2]), homes=homes
    )


def test_the_dead_are_counted_by_household_and_weight() -> None:
    """Eight weighted dead in 20 households: 4 in one, 1 in another, 3 in three; four fifths of them are 6.4."""
    assert most_of_the_dead(_land([4, 0, 0, 0, 1, 0, 0, 0, 0, 1])) == pytest.approx((1 + 2.4) / 20)
    assert most_of_the_dead(_land([0] * 10)) == 0.0
