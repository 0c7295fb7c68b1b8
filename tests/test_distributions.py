"""Histograms and kept households as a run leaves them: labelled, whole, in tables, the same in every scenario."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from model.columns import Households, Life, Stratum, columns_of
from model.compiled import Crew
from model.founding import found
from model.history import N_REGIONS, REGION_IDS
from model.policy.scenario import Scenario
from model.results import sample, store
from model.results.distributions import DISTRIBUTIONS, write_distributions
from model.results.ledger import check, sentence
from model.results.sample import OF_HOUSEHOLD, OF_VILLAGE, choose, write_households
from model.running import run


@pytest.fixture
def country_on_paper(paper_country: Any) -> xr.Dataset:
    return run(Scenario.from_document({"title": "On paper"}, "paper"))


def _table(write: Any, dataset: xr.Dataset) -> list[dict[str, str]]:
    text = io.StringIO()
    write(dataset, text)
    return list(csv.DictReader(io.StringIO(text.getvalue())))


@pytest.mark.parametrize("one", DISTRIBUTIONS.values(), ids=lambda one: one.name)
def test_a_distribution_says_what_is_counted_and_where_its_bins_begin_and_end(
    one: Any, country_on_paper: xr.Dataset
) -> None:
    counts = country_on_paper[one.name]
    assert counts.dims == (one.time, "region", "membership", f"{one.scale.name}_from")
    assert counts.attrs["units"] == one.unit
    assert counts.attrs["long_name"]
    begin, end = country_on_paper[f"{one.scale.name}_from"], country_on_paper[f"{one.scale.name}_to"]
    assert begin.attrs["units"] == end.attrs["units"] == one.scale.unit
    np.testing.assert_array_equal(begin[1:], end[:-1])
    assert begin[0] == 0.0
    assert np.isinf(end[-1])


def test_possessions_are_dated_by_their_censuses(country_on_paper: xr.Dataset) -> None:
    months = country_on_paper["census"].values.astype("datetime64[M]").astype(str)
    assert months[:3].tolist() == ["1927-12", "1928-06", "1928-12"]
    assert len(months) == 25


@pytest.mark.parametrize(
    ("name", "ledger"),
    [("people_by_reserve", "persons in all bins"), ("households_by_grain", "households in all bins")],
)
def test_a_bin_that_loses_somebody_is_found(country_on_paper: xr.Dataset, name: str, ledger: str) -> None:
    country_on_paper[name].values[7, 3, 0, 2] -= 1.0
    assert [balance.ledger for balance in check(country_on_paper) if not balance.closes] == [ledger]


def test_a_run_too_short_for_a_census_has_none(paper_country: Any, tmp_path: Path) -> None:
    short = Scenario.from_document({"title": "Short", "start": "1930-01", "end": "1930-04"}, "short")
    dataset = run(short)
    assert "people_by_deficit" in dataset
    assert "households_by_cows" not in dataset
    assert "census" not in dataset.dims
    store.write(dataset, tmp_path, {})
    assert store.load(tmp_path / "run.nc").equals(dataset)
    assert all(balance.closes for balance in check(dataset))


def test_the_table_of_distributions_says_what_the_dataset_says(country_on_paper: xr.Dataset) -> None:
    rows = _table(write_distributions, country_on_paper)
    assert len(rows) == sum(country_on_paper[name].size for name in DISTRIBUTIONS)
    wanted = {"month": "1932-12", "region": "urals", "membership": "kolkhoz", "variable": "households_by_cows"}
    found = [row for row in rows if wanted.items() <= row.items()]
    assert [(row["from"], row["to"], row["scale_unit"], row["unit"]) for row in found] == [
        ("0", "0.5", "heads", "households"), ("0.5", "1.5", "heads", "households"),
        ("1.5", "2.5", "heads", "households"), ("2.5", "", "heads", "households"),
    ]  # fmt: skip
    there = country_on_paper["households_by_cows"].sel(census="1932-12-01", region="urals", membership="kolkhoz")
    np.testing.assert_allclose([float(row["value"]) for row in found], there, rtol=1e-8)


def test_several_seeds_have_distributions_each_and_families_of_the_first(paper_country: Any) -> None:
    scenario = Scenario.from_document({"title": "On paper"}, "paper")
    three, one = run(scenario, seed=5, seeds=3), run(scenario, seed=5)
    assert three["people_by_deficit"].dims[0] == "member"
    np.testing.assert_array_equal(three["people_by_deficit"].sel(member=5), one["people_by_deficit"])
    assert three["household_horses"].dims == ("month", "household")
    assert three["household_horses"].identical(one["household_horses"])
    assert sentence(check(three)).startswith("All 11 ledgers close")
    assert len(_table(write_distributions, three)) == 3 * len(_table(write_distributions, one))


# ------------------------------------------------------------------------------------------------ kept households


@pytest.fixture(scope="module")
def land() -> Any:
    return found(25_000, seed=1, crew=Crew(1))


def _cells(land: Any, rows: Any) -> np.ndarray:
    """Kept households by region and class."""
    region = land.villages.region[np.searchsorted(land.first, rows, side="right") - 1]
    counts = np.zeros((N_REGIONS, len(Stratum)), int)
    np.add.at(counts, (region, land.homes.stratum[rows]), 1)
    return counts


def test_of_54_families_every_region_and_class_has_one(land: Any) -> None:
    assert (_cells(land, choose(land, 54)) == 1).all()


@pytest.mark.parametrize("number", [0, 1, 7, 18, 55, 200, 1_000])
def test_families_are_taken_evenly_from_regions_and_classes(land: Any, number: int) -> None:
    rows = choose(land, number)
    assert len(set(rows.tolist())) == number
    cells = _cells(land, rows)
    assert cells.max() - cells.min() <= 1 or number > 500  # a region has few kulaks: others take the places
    regions = cells.sum(axis=1)
    assert regions.max() - regions.min() <= 1 or number > 54


def test_small_samples_are_scattered_over_the_country(land: Any) -> None:
    """Six families should not all be Ukrainian because the Ukraine stands first in the table."""
    regions = np.flatnonzero(_cells(land, choose(land, 6)).sum(axis=1))
    assert len(regions) == 6
    assert np.diff(regions).max() <= 5


def test_the_smallest_country_too_has_as_many_families_as_were_asked_for() -> None:
    land = found(900, seed=1, crew=Crew(1))
    assert len(choose(land, 400)) == 400
    assert choose(land, 900).tolist() == list(range(900))


def _scenario(**changes: Any) -> Scenario:
    return Scenario.load("historical").with_changes({"end": "1928-12"} | changes, "short")


@pytest.fixture(scope="module")
def two_years() -> xr.Dataset:
    return run(_scenario(), households=2_000, seed=2, threads=1)


def test_the_same_families_are_kept_in_every_scenario(two_years: xr.Dataset) -> None:
    """What became of one family under other orders can only be asked if it is the same one."""
    other = run(_scenario(mechanisms={"procurement": False}), households=2_000, seed=2, threads=2)
    np.testing.assert_array_equal(two_years["household"], other["household"])
    np.testing.assert_array_equal(two_years["household_temper"], other["household_temper"])
    assert not two_years["household_barn_kg"].equals(other["household_barn_kg"])


def test_keeping_more_or_fewer_families_changes_nothing_else(two_years: xr.Dataset) -> None:
    none = run(_scenario(), households=2_000, seed=2, threads=1, keep=0)
    assert "household" not in none.dims
    assert none.drop_attrs().equals(two_years.drop_dims("household").drop_attrs())


def test_a_kept_family_is_its_row_month_by_month() -> None:
    from model.country import Country

    rows = [3, 1_999, 700]
    dataset = run(_scenario(), households=2_000, seed=2, threads=2, keep=rows)
    country = Country(_scenario(), households=2_000, seed=2, threads=1)
    assert dataset["household"].values.tolist() == rows
    for month in range(18):
        country.step()
        for row in rows:
            family, kept = country.household(row), dataset.isel(month=month).sel(household=row)
            for column in columns_of(Households):
                assert kept[f"household_{column}"] == getattr(family, column)
            villages, village = country.land.villages, family.village
            assert kept["household_village"] == village
            assert kept["household_region"] == REGION_IDS[family.region]
            assert kept["village_hunger"] == villages.hunger[village]
            assert kept["village_collectivised_share"] == pytest.approx(
                villages.members[village] / villages.present[village]
            )


def test_kept_columns_say_their_unit_and_meaning(two_years: xr.Dataset) -> None:
    for name in (*OF_HOUSEHOLD, *OF_VILLAGE):
        assert two_years[name].dims == ("month", "household")
        assert two_years[name].attrs["units"]
        assert two_years[name].attrs["long_name"]
    assert two_years["household_life"].attrs["flag_meanings"] == "present exiled departed extinct"


def test_the_table_of_families_is_read_without_a_code_book(two_years: xr.Dataset) -> None:
    rows = _table(write_households, two_years)
    assert len(rows) == 18 * sample.KEEP
    home = int(two_years["household"][7])
    row = next(row for row in rows if row["month"] == "1928-04" and int(row["household"]) == home)
    kept = two_years.sel(month="1928-04-01", household=home)
    assert row["stratum"] == Stratum(int(kept["household_stratum"])).name.lower()
    assert row["life"] == Life(int(kept["household_life"])).name.lower()
    assert row["region"] == kept["household_region"]
    assert float(row["barn_kg"]) == pytest.approx(float(kept["household_barn_kg"]), rel=1e-6)
    assert row["village_searched"] == "0"


def test_families_of_an_earlier_run_go_when_none_are_kept(two_years: xr.Dataset, tmp_path: Path) -> None:
    """They would stand beside numbers of another country."""
    store.write(two_years, tmp_path, {})
    assert store.load(tmp_path / "run.nc").equals(two_years)
    store.write(two_years.drop_dims("household"), tmp_path, {})
    assert not (tmp_path / store.HOUSEHOLDS).exists()


def test_a_run_file_stays_modest(two_years: xr.Dataset) -> None:
    """What 13 years at any number of households would need, reckoned from 18 months."""
    assert two_years.nbytes * 150 / 18 < 10e6
