"""The documented record is whole: ranges hold, rivals stand side by side, regions add up, every source has a name."""

from __future__ import annotations

import itertools
import re

import numpy as np
import pytest

from model import history
from model.history.series import points_of
from model.history.tables import SERIES_FILES, rows_of, text_of

ALL_POINTS = [(file, point) for file in SERIES_FILES for points in points_of(file).values() for point in points]


def test_every_figure_lies_within_its_own_range() -> None:
    """A range that excludes its own figure would make every later comparison absurd."""
    for file, point in ALL_POINTS:
        low, high = point.range
        assert low <= point.value <= high, (file, point)


def test_each_series_has_one_unit() -> None:
    """A series that changes its unit half-way would be drawn as a cliff."""
    units: dict[tuple[str, str], set[str]] = {}
    for file, point in ALL_POINTS:
        units.setdefault((file, point.series), set()).add(point.unit)
    assert {key: unit for key, unit in units.items() if len(unit) > 1} == {}


def test_every_date_can_be_placed_in_time() -> None:
    """A year, a month, a day, or a span that runs forward; all within living memory of 1913."""
    for file, point in ALL_POINTS:
        assert re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?|-(19)\d\d)?", point.date), (file, point)
        assert 1913 <= point.day.year <= point.last_year <= 1956, (file, point)


def test_a_range_has_two_ends_or_none() -> None:
    """A lower bound alone would be drawn as a range that ends at the figure itself, which nobody claims."""
    assert [(file, point) for file, point in ALL_POINTS if (point.low is None) != (point.high is None)] == []


def test_every_figure_says_whether_it_was_seen() -> None:
    """`checked` is the page on which a figure was seen, or the word recalled: nothing in between."""
    marks = {point.checked for _, point in ALL_POINTS if not re.match(r"https?://\S+$", point.checked)}
    assert marks == {"recalled"}


def test_no_row_has_a_cell_too_many_or_too_few() -> None:
    """A comma in an unquoted note would shift what follows into the wrong column."""
    for name in (*SERIES_FILES, "orders.csv", "regions.csv", "regions_aggregates.csv", "roles.csv"):
        for row in rows_of(name):
            assert None not in row, (name, row)
            assert None not in row.values(), (name, row)


def test_only_what_can_shrink_is_negative() -> None:
    """Nobody can harvest less than nothing; a stock can be drawn down and a town can lose people."""
    negative = {point.series for _, point in ALL_POINTS if point.value < 0}
    assert negative == {"grain_use_state_stock_change", "grain_use_state_unexplained", "urban_natural_increase"}


def test_no_share_of_a_whole_exceeds_it() -> None:
    """Per cent lie between nought and a hundred."""
    assert [p for _, p in ALL_POINTS if p.unit.startswith("percent") and not 0 <= p.value <= 100] == []


def test_disturbances_and_terror_acts_of_1930_add_up_to_the_published_years() -> None:
    """13,754 and 13,794: the months of one table of the OGPU and its yearly sum."""
    for name, year in (("peasant_disturbances", 13_754), ("terror_acts", 13_794)):
        assert sum(point.value for point in history.series(f"{name}_month")) == year
        assert next(p.value for p in history.series(name, "repression.csv") if p.date == "1930") == year


def test_the_population_of_a_year_is_that_of_the_last_and_those_born_less_those_who_died() -> None:
    """The balance of Andreev, Darskii and Khar'kova; in 1933 it lacks the 0.2 million who fled abroad [thousand]."""
    people = {point.year: point.value for point in history.series("population_total")}
    born = {point.year: point.value for point in history.series("births")}
    died = {point.year: point.value for point in history.series("deaths")}
    gaps = {year: people[year + 1] - people[year] - born[year] + died[year] for year in range(1927, 1939)}
    assert gaps.pop(1933) == -200
    assert max(map(abs, gaps.values())) <= 1


def test_the_exiled_of_two_years_are_the_published_sum() -> None:
    """381,026 families in 1930 and 1931, in the national file as in the regional one."""
    national = sum(point.value for point in history.series("dekulakised_households_exiled"))
    regional = sum(p.value for ps in history.series_by_region("exiled_families_sent").values() for p in ps)
    assert national == regional == 381_026


def test_grain_is_not_exported_before_it_is_procured() -> None:
    """In every agricultural year the State shipped less than it took [Mt]."""
    taken = {point.year: point.value for point in history.series("grain_procurement_agyear")}
    assert all(point.value < taken[point.year] for point in history.series("grain_export_agyear"))


def test_the_national_and_the_regional_file_agree_on_the_union() -> None:
    """Two files that give one date the same whole must give it the same number."""
    taken = {point.year: point.value for point in history.series("grain_procurement_agyear")}
    for point in history.series("grain_procurement", "regions_series.csv"):
        assert point.value / 1000 == pytest.approx(taken[point.year], abs=0.05)
    joined = {point.date: point.value for point in history.series("collectivised_households_share")}
    for point in history.series("collectivised_share", "regions_series.csv"):
        assert point.value == joined.get(point.date, point.value), point.date


def test_no_source_counts_the_same_thing_twice() -> None:
    """(series, region, date, source) is the key of the record."""
    keys = [(file, point.series, point.region, point.date, point.source) for file, point in ALL_POINTS]
    assert len(keys) == len(set(keys))


def test_rival_historians_of_the_famine_are_kept_side_by_side() -> None:
    """No average is made of Davies and Wheatcroft, of Andreev and others, and of the Kyiv demographers."""
    rivals = {point.source: point.value for point in history.series("famine_excess_deaths_total")}
    assert {"DW2004", "ADK1993", "RUDNYTSKYI2018", "TSAPLIN1989"} <= rivals.keys()
    assert rivals["DW2004"] < rivals["ADK1993"] < rivals["RUDNYTSKYI2018"]


def test_every_source_key_is_described() -> None:
    """A figure whose source nobody can look up is hearsay. The regional file names its sources in full."""
    described = text_of("sources.md")
    keys = {point.source for file, point in ALL_POINTS if file != "regions_series.csv"}
    keys |= {order.source for order in history.orders()}
    assert [key for key in keys if not re.search(rf"\b{re.escape(key)}\b", described)] == []
    assert all(point.source for _, point in ALL_POINTS)


def test_every_role_speaks_of_a_series_that_exists() -> None:
    """A misspelt row in roles.csv would silently turn validation data into calibration data or the reverse."""
    for row in rows_of("roles.csv"):
        assert row["role"] in history.ROLES
        if row["file"] != "*":
            points = history.series(row["series"], row["file"], region=None)
            assert any(int(row["from"]) <= point.year <= int(row["to"]) for point in points), row


def test_no_year_of_a_series_has_two_roles() -> None:
    """What is fitted may not also test the fit."""
    spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for row in rows_of("roles.csv"):
        if row["file"] != "*":
            spans.setdefault((row["file"], row["series"]), []).append((int(row["from"]), int(row["to"])))
    for key, found in spans.items():
        ordered = sorted(found)
        assert all(first[1] < second[0] for first, second in itertools.pairwise(ordered)), key


@pytest.mark.parametrize(
    ("column", "national"),
    [
        ("rural_pop_1926", 120_714),
        ("urban_pop_1926", 26_314),
        ("peasant_households_1928", 25_600),
        ("sown_grain_1928", 92_200),
        ("horses_1928", 33_500),
        ("cattle_1928", 70_500),
        ("pigs_1928", 26_000),
        ("sheep_goats_1928", 146_700),
    ],
)
def test_the_regions_of_the_first_table_add_up_to_the_nation(column: str, national: float) -> None:
    """Founding meets every regional total, so the regional totals must meet the national one [thousand]."""
    assert getattr(history.regions(), column).sum() == pytest.approx(national)


@pytest.mark.parametrize("kind", ["horses", "cattle", "pigs", "sheep_goats"])
def test_the_regional_herds_are_the_national_count_of_mid_1928(kind: str) -> None:
    """The herds of regions.csv [thousand] and of livestock.csv [million] are one count."""
    national = next(p.value for p in history.series(f"{kind}_midyear") if p.date == "1928-07")
    assert getattr(history.regions(), f"{kind}_1928").sum() == pytest.approx(1000 * national)


def test_shares_of_poor_middle_and_kulak_make_up_every_region() -> None:
    """Nobody in the countryside of 1927 is outside the three classes [per cent]."""
    table = history.regions()
    np.testing.assert_allclose(table.kulak_pct_1927 + table.middle_pct_1927 + table.poor_pct_1927, 100.0)


@pytest.mark.parametrize(
    ("name", "date"),
    [("excess_deaths", "1931-1934"), ("exiled_families_sent", "1930-1931")]
    + [("grain_procurement", str(year)) for year in range(1928, 1935)],
)
def test_the_regions_add_up_to_the_union(name: str, date: str) -> None:
    """Where all 18 regions have a figure, their sum is the published total (to the rounding of single rows)."""
    national = next(p.value for p in history.series(name, "regions_series.csv") if p.date == date)
    values = history.array_by_region(name, date)
    assert not np.isnan(values).any()
    assert values.sum() == pytest.approx(national, rel=1e-6)


def test_every_harvest_has_its_weather_in_every_region() -> None:
    """13 harvests, 18 regions; 1931 was a drought, 1937 the best of the years."""
    weather = history.weather()
    assert weather.shape == (13, history.N_REGIONS)
    weights = history.regions().sown_grain_1928 * history.regions().mean_yield_1925_29
    national = (weather * weights).sum(axis=1) / weights.sum()
    assert national.argmax() == 10
    assert national[4] < 0.9
    assert weather.min() > 0.3
    assert weather.max() < 2.0


def test_every_region_has_a_border_and_a_short_name() -> None:
    """The map and the tables need every one of the 18."""
    assert set(history.borders()) == set(history.REGION_IDS) == set(history.SHORT_NAMES)
    for rings in history.borders().values():
        assert all((ring[0] == ring[-1]).all() for ring in rings)


def test_tiles_do_not_overlap() -> None:
    """Two regions on one tile would hide one of them."""
    table = history.regions()
    tiles = list(zip(table.tile_col, table.tile_row, strict=True))
    assert len(set(tiles)) == history.N_REGIONS


def test_orders_are_in_order_and_name_known_regions() -> None:
    """An order to a region nobody knows could never be carried out."""
    dates = [order.date for order in history.orders()]
    assert dates == sorted(dates)
    assert all(set(order.regions) <= set(history.REGION_IDS) and order.regions for order in history.orders())


def test_an_unknown_series_is_refused_by_name() -> None:
    """The message says which name was not found."""
    with pytest.raises(KeyError, match="grain_harvst"):
        history.series("grain_harvst")
