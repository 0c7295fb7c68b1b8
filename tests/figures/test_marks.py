"""Labels, levels and projections: the small geometry of the charts."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from model.figures.maps import EAST_END, _west, albers
from model.figures.marks import levels, spread
from model.figures.readings import Readings
from model.figures.words import number, went


@given(st.lists(st.floats(0, 100), min_size=1, max_size=9))
def test_spread_labels_keep_their_order_and_distance(places: list[float]) -> None:
    """Labels may move, never cross, never touch."""
    found = spread(places, gap=2.0, low=0.0, high=100.0)
    order = np.argsort(places, kind="stable")
    assert (np.diff(np.array(found)[order]) >= 2.0 - 1e-6).all()
    assert min(found) >= -1e-6
    assert max(found) <= 100 + 1e-6


@given(st.floats(0.01, 1e6))
def test_levels_are_few_and_round(top: float) -> None:
    """An axis from zero has three to six labels."""
    found = levels(0.0, top)
    assert 2 <= len(found) <= 7
    assert found[-1] <= top * 1.0001


def test_equal_areas_stay_equal_on_the_map() -> None:
    """A degree square far in the north covers its true share: the projection is equal-area."""

    def area(lon: float, lat: float) -> float:
        edge = np.array([[lon, lat], [lon + 0.1, lat], [lon + 0.1, lat + 0.1], [lon, lat + 0.1]])
        x, y = albers(edge).T
        return float(abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2)

    north = np.sin(np.radians(70.1)) - np.sin(np.radians(70.0))
    south = np.sin(np.radians(45.1)) - np.sin(np.radians(45.0))
    assert np.isclose(area(60, 70) / area(40, 45), north / south, rtol=1e-4)


def test_a_share_of_the_union_is_weighed_by_households(country) -> None:  # type: ignore[no-untyped-def]
    """A small region wholly collectivised moves the national share little."""
    national = Readings(country).national("collectivised_share")[0, 40]
    weights = country["households"].values[40]
    assert np.isclose(national, (country["collectivised_share"].values[40] * weights).sum() / weights.sum())


def test_years_are_whole() -> None:
    """A harvest year is whole in December, an agricultural year only in June."""
    import xarray as xr

    months = np.arange("1927-07", "1940-01", dtype="datetime64[M]").astype("datetime64[ns]")
    readings = Readings(xr.Dataset(coords={"month": months, "region": ["urals"]}))
    assert readings.years("harvest").tolist() == list(range(1927, 1940))
    assert readings.years("agricultural").tolist() == list(range(1927, 1939))
    assert readings.years("calendar").tolist() == list(range(1928, 1940))


def test_words_do_not_overstate() -> None:
    """What rounds to no change is no change."""
    assert went(70.2, 69.8) == "stayed near 70"
    assert number(-0.001) == "0.00"


def test_the_map_ends_in_the_east_without_a_trail() -> None:
    """A coast beyond the cut leaves neither points nor a line along the meridian."""
    square = np.array([[100.0, 50.0], [120.0, 50.0], [120.0, 40.0], [130.0, 60.0], [100.0, 60.0], [100.0, 50.0]])
    cut = _west(square)
    assert cut[:, 0].max() == EAST_END
    assert cut[:, 1].min() == 50.0
    assert len(_west(square + np.array([40.0, 0.0]))) == 0
