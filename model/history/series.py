"""Documented figures: what was counted, when, by whom, and how far historians differ.

Rivals for the same date stay side by side under their own source: nothing here is averaged. Read by founding and the
inputs (starting levels), by the figures (points and ranges over the model's lines) and by validation, which asks
`role_of` first whether a figure may be fitted to, tested against, or only shown.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from model.history.regions import N_REGIONS, REGION_IDS, region_index
from model.history.tables import SERIES_FILES, Row, rows_of

USSR = "ussr"
FIRST_HARVEST, LAST_HARVEST = 1927, 1939


@dataclass(frozen=True, slots=True)
class Point:
    """One documented figure."""

    series: str
    unit: str
    date: str  # 1932, 1932-11, 1932-11-01, or a span of years 1930-1931
    value: float
    low: float | None
    high: float | None
    source: str  # key in data/sources.md, or the reference itself in the regional file
    note: str
    region: str  # a region id, `ussr`, or an `agg_` id of data/regions_aggregates.csv
    checked: str  # page on which it was seen, or `recalled`

    @property
    def year(self) -> int:
        """Return the (first) year of the figure; of an agricultural year, the one in which it begins."""
        return int(self.date[:4])

    @property
    def last_year(self) -> int:
        """Return the last year of a span, else the year itself."""
        return int(self.date[5:]) if self.is_span else self.year

    @property
    def is_span(self) -> bool:
        """Say whether the figure covers several years."""
        return len(self.date) == 9

    @property
    def day(self) -> dt.date:
        """Return the first day of the date: 1932-11 is 1 November 1932, 1932 is 1 January 1932."""
        if self.is_span or len(self.date) == 4:
            return dt.date(self.year, 1, 1)
        month = int(self.date[5:7])
        return dt.date(self.year, month, int(self.date[8:10]) if len(self.date) == 10 else 1)

    @property
    def range(self) -> tuple[float, float]:
        """Return low and high; where no range is known, both are the value."""
        return (
            self.value if self.low is None else self.low,
            self.value if self.high is None else self.high,
        )


def _point(row: Row) -> Point:
    region = row.get("region") or USSR
    low, high = row["low"], row["high"]
    return Point(
        series=row["series"],
        unit=row["unit"],
        date=row["date"],
        value=float(row["value"]),
        low=float(low) if low else None,
        high=float(high) if high else None,
        source=row["source"],
        note=row["note"],
        region=USSR if region == "agg_ussr" else region,
        checked=row["checked"],
    )


@cache
def points_of(file: str) -> dict[str, tuple[Point, ...]]:
    """Return the points of one file by series, each series in order of date."""
    found: dict[str, list[Point]] = {}
    for row in rows_of(file):
        found.setdefault(row["series"], []).append(_point(row))
    return {name: tuple(sorted(points, key=lambda point: (point.day, point.source))) for name, points in found.items()}


def file_of(name: str) -> str:
    """Return the first file that holds the series, the national files before the regional one; none is a `KeyError`.

    >>> file_of("grain_harvest"), file_of("weather_index")
    ('grain.csv', 'regions_series.csv')
    """
    for file in SERIES_FILES:
        if name in points_of(file):
            return file
    raise KeyError(f"no file of the record holds a series {name!r}")


def series(name: str, file: str | None = None, *, region: str | None = USSR) -> tuple[Point, ...]:
    """Return the figures of one series in order of date; rivals for one date follow each other.

    Arguments: `file` where a name stands in two files (the herds: `livestock.csv` for the nation,
    `regions_series.csv` for the regions); `region` a region id, an `agg_` id, `ussr`, or None for all of them.

    >>> [point.value for point in series("grain_harvest") if point.year == 1932], series("grain_harvest")[0].unit
    ([57.5], 'Mt')
    """
    points = points_of(file or file_of(name))[name]
    return points if region is None else tuple(point for point in points if point.region == region)


def series_by_region(
    name: str, date: str | None = None, file: str = "regions_series.csv"
) -> dict[str, tuple[Point, ...]]:
    """Return the figures of one series by region id (the 18 only, no sums); with `date`, those of that date alone.

    >>> sum(point.value for points in series_by_region("exiled_families_sent").values() for point in points)
    381026.0
    """
    found: dict[str, list[Point]] = {}
    for point in points_of(file)[name]:
        if point.region in region_index() and (date is None or point.date == date):
            found.setdefault(point.region, []).append(point)
    return {region: tuple(found[region]) for region in REGION_IDS if region in found}


def array_by_region(
    name: str, date: str | None = None, file: str = "regions_series.csv", missing: float = np.nan
) -> NDArray[np.float64]:
    """Return one value for each region [18], `missing` where none is known; of rivals, the first.

    >>> round(float(array_by_region("excess_deaths", "1931-1934").sum()))
    6800
    """
    values = np.full(N_REGIONS, missing)
    for region, points in series_by_region(name, date, file).items():
        values[region_index()[region]] = points[0].value
    return values


@cache
def weather() -> NDArray[np.float64]:
    """Return the weather of the harvests of 1927 to 1939 [13, 18]: ratio to the mean yield of 1925-29, weather alone.

    A harvest without a figure would stand at 1.0, average weather (today every one of the 13 x 18 has its figure).
    Source: judgement from drought narratives and the checked regional yields of 1928-31, `data/regions.md`.

    >>> weather().shape, bool((weather() > 0.3).all())
    ((13, 18), True)
    """
    years = range(FIRST_HARVEST, LAST_HARVEST + 1)
    table = np.stack([array_by_region("weather_index", str(year), missing=1.0) for year in years])
    table.flags.writeable = False
    return table
