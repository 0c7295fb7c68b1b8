"""A run in some numbers with names: what the record can be laid beside, and what an ensemble keeps of a run.

A name is `subject/when` or `subject/place/when`, its value in the unit of the documented series. `when` is a year, a
span of years, a month, or a day for a share that was counted on a day. Years of grain are agricultural (1932 is July
1932 to June 1933), others calendar; herds are those of the end of June; towns, settlers, prisoners those of 1 January.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from model.calendar import Month
from model.history import REGION_IDS, members_of, series_by_region
from model.results.series import joined, months_of
from model.results.variables import HERDS, VARIABLES

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
When = Literal["harvest", "agricultural", "calendar", "month", "end of June", "end of year", "new year", "day"]


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject of the digest.

    variable   of the run
    factor     times the run's value gives `unit`
    when       how months become the times of the subject: sums (means for an index) of harvest months, agricultural or
               calendar years or single months; stocks at the end of June or December, on New Year's Day, on any first
               day of a month
    places     which parts of the country are told besides the whole
    """

    variable: str
    factor: float
    unit: str
    when: When
    places: tuple[str, ...] = ()


_REGIONS = ("ukraine", *REGION_IDS)
_COUNTED_DAYS = frozenset(point.date for points in series_by_region("collectivised_share").values() for point in points)
"""Days of which the record tells regional shares: the digest tells regions on these alone."""

SUBJECTS: dict[str, Subject] = {
    "harvest": Subject("harvest", 1e-6, "Mt", "harvest", _REGIONS),
    "sown": Subject("sown_area", 1e-6, "Mha", "end of June"),
    "procured": Subject("procured", 1e-6, "Mt", "agricultural", _REGIONS),
    "exported": Subject("grain_exported", 1e-6, "Mt", "agricultural"),
    "exported_calendar": Subject("grain_exported", 1e-6, "Mt", "calendar"),
    "collectivised": Subject("collectivised_share", 100.0, "percent", "day", REGION_IDS),
    **{herd: Subject(herd, 1e-6, "million", "end of June", ("ukraine", "kazakhstan")) for herd in HERDS},
    "excess_deaths": Subject("excess_deaths", 1e-6, "million", "calendar", _REGIONS),
    "excess_deaths_month": Subject("excess_deaths", 1e-6, "million", "month"),
    "rural_excess_deaths": Subject("rural_excess_deaths", 1e-6, "million", "calendar", ("ukraine",)),
    "urban_excess_deaths": Subject("urban_excess_deaths", 1e-6, "million", "calendar", ("ukraine",)),
    "villagers": Subject("rural_population", 1e-6, "million", "new year", _REGIONS),
    "births": Subject("births", 1e-3, "thousand", "calendar"),
    "migration": Subject("net_rural_urban_migration", 1e-3, "thousand", "calendar"),
    "towns": Subject("urban_population", 1e-3, "thousand", "new year", ("ukraine",)),
    "tractors": Subject("tractors", 1e-3, "thousand", "end of year"),
    "food_villages": Subject("food_per_head_rural", 1.0, "kcal/person/day", "calendar"),
    "food_towns": Subject("food_per_head_urban", 1.0, "kcal/person/day", "calendar"),
    "industry": Subject("industrial_output_index", 1.0, "1928=100", "calendar"),
    "machinery": Subject("machinery_imports", 1e-6, "million gold roubles", "calendar"),
    "disturbances": Subject("disturbances", 1.0, "events", "calendar"),
    "disturbances_month": Subject("disturbances", 1.0, "events", "month"),
    "exiled": Subject("households_exiled", 1.0, "households", "calendar"),
    "settlers": Subject("special_settlers", 1.0, "persons", "new year"),
    "settler_deaths": Subject("special_settler_deaths", 1.0, "persons", "calendar"),
    "prisoners": Subject("prisoners", 1.0, "persons", "new year"),
    "state_grain": Subject("grain_state", 1e-6, "Mt", "end of June"),
    "village_grain": Subject("grain_barns", 1e-6, "Mt", "end of June"),
    "most_of_the_dead": Subject("most_of_the_dead", 100.0, "percent", "end of year"),
}
"""Every subject of the digest, by name."""

_READ = frozenset(
    name for one in SUBJECTS.values() for name in (one.variable, *VARIABLES[one.variable].weight)
)  # fmt: skip
"""Variables that a digest reads, the weights of shares among them."""

_FIRST_MONTH = {"harvest": 7, "agricultural": 7, "calendar": 1}
_LENGTH = {"harvest": 6, "agricultural": 12, "calendar": 12}  # no grain ripens after December


@cache
def _sums(when: When, first: int, months: int) -> tuple[tuple[str, slice], ...]:
    """Return the whole years within `months` months from the month numbered `first`, as slices of rows."""
    found = []
    for row in range(months):
        month = Month.at(first + row)
        if month.month == _FIRST_MONTH[when] and row + _LENGTH[when] <= months:
            found.append((str(month.year), slice(row, row + _LENGTH[when])))
    return tuple(found)


@cache
def _moments(when: When, first: int, months: int) -> tuple[tuple[str, int], ...]:
    """Return the rows at whose end a stock is told, or single months of a flow, with their names."""
    found = []
    for row in range(months):
        month, after = Month.at(first + row), Month.at(first + row + 1)
        if when == "month":
            found.append((str(month), row))
        elif when == "day":
            found.append((f"{after}-01", row))
        elif when == "end of June" and month.month == 6:
            found.append((str(month.year), row))
        elif when in {"end of year", "new year"} and month.month == 12:
            found.append((str(month.year if when == "end of year" else after.year), row))
    return tuple(found)


def timed(subject: Subject, values: Array, first: int) -> dict[str, Array]:
    """Return a subject's values by time, of [month, ...]."""
    if subject.when not in _LENGTH:
        scaled = values * subject.factor
        return {name: scaled[row] for name, row in _moments(subject.when, first, len(values))}
    join = np.mean if VARIABLES[subject.variable].mean_over_year else np.sum
    return {name: join(values[rows], axis=0) * subject.factor for name, rows in _sums(subject.when, first, len(values))}


def digest(dataset: xr.Dataset) -> dict[str, float]:
    """Return one run (no `member` dimension) as numbers by name; a year that was not lived whole has none."""
    return digest_of({name: dataset[name].values for name in _READ}, months_of(dataset)[0])


def digest_of(readings: Mapping[str, Array], first: Month) -> dict[str, float]:
    """Return the digest of a run that nobody has labelled: readings [month, ...] by variable, from `first` on."""
    found: dict[str, float] = {}
    for name, subject in SUBJECTS.items():
        for when, value in timed(subject, joined(readings, subject.variable), first.index).items():
            found[f"{name}/{when}"] = float(value)
        if subject.places:
            regional = timed(subject, readings[subject.variable], first.index)
            told = [when for when in regional if subject.when != "day" or when in _COUNTED_DAYS]
            table = np.array([regional[when] for when in told]).reshape(len(told), len(REGION_IDS))
            by_place = np.stack([table[:, rows].sum(axis=1) for rows in map(_rows, subject.places)], axis=1)
            names = (f"{name}/{place}/{when}" for when in told for place in subject.places)
            found |= zip(names, by_place.ravel().tolist(), strict=True)
    return found


@cache
def _rows(place: str) -> list[int]:
    """Return the rows of the regions that a place means."""
    return [REGION_IDS.index(region) for region in members_of(place)]


def span(numbers: dict[str, float], subject: str, years: range, place: str = "") -> float:
    """Add up the years of a yearly subject.

    >>> span({"excess_deaths/1932": 1.0, "excess_deaths/1933": 3.0}, "excess_deaths", range(1932, 1934))
    4.0
    """
    middle = f"{place}/" if place else ""
    return sum(numbers[f"{subject}/{middle}{year}"] for year in years)
