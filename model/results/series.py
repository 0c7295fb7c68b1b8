"""The tidy tables that people open first: `series.csv` by month, `annual.csv` by year, and the sums for the whole USSR.

Rows are written through one long format string instead of one call for each row: 200,000 rows in a fraction of a
second. Numbers carry nine significant digits, so persons and heads stay whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

import numpy as np
from numpy.typing import NDArray

from model.calendar import Month
from model.results.variables import VARIABLES, Variable

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
USSR = "ussr"


def months_of(dataset: xr.Dataset) -> list[Month]:
    """Return the months of a Dataset."""
    return [Month.parse(str(month)) for month in dataset["month"].values.astype("datetime64[M]")]


def national(dataset: xr.Dataset, name: str) -> Array:
    """Return a variable for the whole USSR [month], or [member, month]: regions added up, or weighed if per head."""
    return joined({one: dataset[one].values for one in (name, *VARIABLES[name].weight)}, name)


def joined(readings: Mapping[str, Array], name: str) -> Array:
    """Join the regions of a reading [..., month, region] to the whole USSR [..., month]; weights are readings too."""
    variable = VARIABLES[name]
    values: Array = np.asarray(readings[name], dtype=np.float64)
    if variable.scope == "ussr":
        return values
    if not variable.weight:
        return np.asarray(values.sum(axis=-1))
    weights = np.ones_like(values)
    for weight in variable.weight:
        weights = weights * readings[weight]
    weighed, whole = (values * weights).sum(axis=-1), weights.sum(axis=-1)
    return np.asarray(np.divide(weighed, whole, out=np.zeros_like(whole), where=whole > 0.0))


@dataclass(frozen=True, slots=True)
class Period:
    """One year of a run: calendar (January to December) or agricultural (July to June, named by its first year)."""

    year: int
    kind: str
    first: int  # row of its first month; negative where the run began later
    last: int  # row of its last month
    complete: bool


def periods(months: list[Month]) -> list[Period]:
    """Return the years whose last month was lived; whole ones are `complete`, others know only their closing stocks."""
    found = []
    for row, month in enumerate(months):
        for kind, closing in (("calendar", 12), ("agricultural", 6)):
            if month.month == closing:
                year = month.year if kind == "calendar" else month.agricultural_year
                found.append(Period(year, kind, row - 11, row, row >= 11))
    return found


def over_year(variable: Variable, values: Array, period: Period) -> Array | None:
    """Join the months (first axis) of one year; None where the year is not whole and a sum would mislead."""
    if variable.over_year == "end":
        return np.asarray(values[period.last])
    if not period.complete:
        return None
    year = values[period.first : period.last + 1]
    return np.asarray(year.sum(axis=0) if variable.over_year == "sum" else year.mean(axis=0))


def annual(dataset: xr.Dataset, name: str, kind: str = "calendar") -> dict[int, float]:
    """Return a variable for the whole USSR by year; of several seeds, the median."""
    variable, found = VARIABLES[name], {}
    values = national(dataset, name)
    for period in periods(months_of(dataset)):
        if period.kind == kind:
            joined = over_year(variable, np.moveaxis(values, -1, 0), period)
            if joined is not None:
                found[period.year] = float(np.median(joined))
    return found


def _tables(dataset: xr.Dataset) -> Iterator[tuple[Variable, tuple[str, ...], Array]]:
    """Yield every variable as [month, place] with its places, the USSR last."""
    regions = tuple(str(region) for region in dataset["region"].values)
    for name, variable in VARIABLES.items():
        whole = national(dataset, name)[:, None]
        if variable.scope == "ussr":
            yield variable, (USSR,), whole
        else:
            yield variable, (*regions, USSR), np.concatenate([dataset[name].values, whole], axis=1)


def lines(starts: list[str], end: str, values: Array) -> str:
    """Return one line for each value: its start, `end` holding the number's place."""
    text = (end.join(starts) + end) % tuple(values.ravel().tolist())
    return text if np.isfinite(values).all() else text.replace(",nan", ",").replace(",inf", ",").replace(",-inf", ",")


def members(dataset: xr.Dataset) -> Iterator[tuple[str, xr.Dataset]]:
    """Yield each member's Dataset with the text that opens its rows (nothing where there is one seed)."""
    if "member" not in dataset.dims:
        yield "", dataset
        return
    for row, member in enumerate(dataset["member"].values):
        yield f"{member},", dataset.isel(member=row)


def write_series(dataset: xr.Dataset, file: TextIO) -> None:
    """Write `series.csv`: month, region, variable, unit, value; with several seeds `member` stands first."""
    months = [str(month) for month in months_of(dataset)]
    file.write(("member," if "member" in dataset.dims else "") + "month,region,variable,unit,value\n")
    for opening, member in members(dataset):
        starts: dict[tuple[str, ...], list[str]] = {}
        for variable, places, values in _tables(member):
            if places not in starts:
                starts[places] = [f"{opening}{month},{place}," for month in months for place in places]
            file.write(lines(starts[places], f"{variable.name},{variable.unit},%.9g\n", values))


def write_annual(dataset: xr.Dataset, file: TextIO) -> None:
    """Write `annual.csv`: year, region, variable, unit, value, period; flows added up, stocks as the year closed."""
    years = periods(months_of(dataset))
    file.write(("member," if "member" in dataset.dims else "") + "year,region,variable,unit,value,period\n")
    for opening, member in members(dataset):
        for variable, places, values in _tables(member):
            for period in years:
                joined = over_year(variable, values, period)
                if joined is not None:
                    starts = [f"{opening}{period.year},{place}," for place in places]
                    file.write(lines(starts, f"{variable.name},{variable.unit},%.9g,{period.kind}\n", joined))
