"""Which documented series stands beside which variable of the model, in the model's time and the chart's unit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

from model.figures.readings import Floats, NothingToDraw, Readings
from model.history import Point, role_of, series

Timing = Literal["harvest", "agricultural", "calendar", "stock"]

SOURCE_NAMES = {
    "ADK1993": "Andreev, Darskii, Khar'kova 1993",
    "CONQUEST1986": "Conquest 1986",
    "DW2004": "Davies and Wheatcroft 2004",
    "IVNITSKII1995": "Ivnitskii 1995",
    "LORIMER1946": "Lorimer 1946",
    "NAUMENKO2021": "Naumenko 2021",
    "RUDNYTSKYI2015": "Rudnytskyi and others 2015",
    "RUDNYTSKYI2018": "Rudnytskyi and others 2018",
    "TSAPLIN1989": "Tsaplin 1989 (registered)",
    "WHEATCROFT1990": "Wheatcroft 1990",
    "KULCHYTSKY2007": "Kul'chyts'kyi 2007",
    "VALLIN2002": "Vallin and others 2002",
}
"""Source keys of the record as a reader knows them; a key that is not here is printed as it is."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One variable, the documented series beside it, and how to bring both to one unit."""

    variable: str
    label: str
    unit: str  # of the chart
    model_factor: float  # times the model's value gives the chart's unit
    file: str
    name: str
    factor: float  # times the documented value gives the chart's unit
    timing: Timing


COMPARISONS: dict[str, Comparison] = {
    c.variable: c
    for c in (
        Comparison("harvest", "Grain harvest", "Mt", 1e-6, "grain.csv", "grain_harvest", 1, "harvest"),
        Comparison("procured", "Procurement", "Mt", 1e-6, "grain.csv", "grain_procurement_agyear", 1, "agricultural"),
        Comparison("grain_exported", "Grain exports", "Mt", 1e-6, "grain.csv", "grain_export", 1, "calendar"),
        Comparison("sown_area", "Grain area", "Mha", 1e-6, "grain.csv", "sown_area_grain", 1, "stock"),
        Comparison("horses", "Horses", "million", 1e-6, "livestock.csv", "horses_midyear", 1, "stock"),
        Comparison("cattle", "Cattle", "million", 1e-6, "livestock.csv", "cattle_midyear", 1, "stock"),
        Comparison("pigs", "Pigs", "million", 1e-6, "livestock.csv", "pigs_midyear", 1, "stock"),
        Comparison(
            "sheep_goats", "Sheep and goats", "million", 1e-6, "livestock.csv", "sheep_goats_midyear", 1, "stock",
        ),
        Comparison("tractors", "Tractors", "thousand", 1e-3, "livestock.csv", "tractors_stock", 1, "stock"),
        Comparison(
            "collectivised_share", "Collectivised", "% of households", 100,
            "collectivisation.csv", "collectivised_households_share", 1, "stock",
        ),
        Comparison(
            "excess_deaths", "Excess deaths", "million", 1e-6, "famine.csv", "famine_excess_deaths", 1, "calendar",
        ),
        Comparison("births", "Births", "million", 1e-6, "population.csv", "births", 1e-3, "calendar"),
        Comparison("deaths", "Deaths", "million", 1e-6, "population.csv", "deaths", 1e-3, "calendar"),
        Comparison(
            "urban_population", "Urban population", "million", 1e-6,
            "population.csv", "population_urban", 1e-3, "stock",
        ),
        Comparison(
            "rural_population", "Rural population", "million", 1e-6,
            "population.csv", "population_rural", 1e-3, "stock",
        ),
        Comparison(
            "net_rural_urban_migration", "Net move to towns", "million", 1e-6,
            "migration_urban.csv", "net_rural_urban_migration", 1e-3, "calendar",
        ),
        Comparison(
            "living_space_per_head", "Living space in towns", "m² per head", 1,
            "migration_urban.csv", "living_space_per_urban_resident", 1, "stock",
        ),
        Comparison(
            "disturbances", "Disturbances", "a month", 1,
            "repression.csv", "peasant_disturbances_month", 1, "calendar",
        ),
        Comparison(
            "special_settlers", "Special settlers", "million", 1e-6,
            "repression.csv", "special_settlers_stock", 1e-6, "stock",
        ),
        Comparison(
            "industrial_output_index", "Industrial output", "1928 = 100", 1,
            "industry.csv", "industrial_output_index_official", 1, "calendar",
        ),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Documented:
    """A documented point on the chart's axes: `time` in decimal years, the rest in the chart's unit."""

    time: float
    value: float
    low: float
    high: float
    at: str
    source: str
    is_validation: bool


@cache
def documented(variable: str) -> tuple[Documented, ...]:
    """Return the documented points that stand beside a variable, at the time of the model's axis."""
    c = COMPARISONS[variable]
    return tuple(_placed(point, c.file, c.factor, c.timing) for point in series(c.name, c.file))


@cache
def rivals(name: str, file: str, factor: float, timing: Timing) -> tuple[Documented, ...]:
    """Return the points of a further series, for a second opinion beside the first."""
    return tuple(_placed(point, file, factor, timing) for point in series(name, file))


def _placed(point: Point, file: str, factor: float, timing: Timing) -> Documented:
    low, high = point.range
    return Documented(
        time=_time(point, timing),
        value=point.value * factor,
        low=low * factor,
        high=high * factor,
        at=f"{point.year}/{(point.year + 1) % 100:02d}" if timing in {"harvest", "agricultural"} else point.date,
        source=point.source,
        is_validation=role_of(file, point.series, point.year) == "validation",
    )


def _time(point: Point, timing: Timing) -> float:
    """Return the moment of a figure: a year's middle (of an agricultural year, 1 January), a month's middle, a day."""
    day = point.day
    if timing in {"harvest", "agricultural"}:
        return point.year + 1.0
    if len(point.date) == 4:
        return point.year + 0.5
    middle_of_month = 0.5 if len(point.date) == 7 else (day.day - 1) / 30.4
    if timing == "stock" and len(point.date) == 7:
        middle_of_month = 0.0
    return day.year + (day.month - 1 + middle_of_month) / 12.0


def model_values(readings: Readings, variable: str) -> tuple[Floats, Floats]:
    """Return times [decimal years] and values [member, time] of a variable as its documented series counts it."""
    c = COMPARISONS[variable]
    values = readings.national(variable) * c.model_factor
    if c.timing == "stock":
        return readings.stock_time, values
    if variable == "disturbances":
        return readings.flow_time, values
    sums = readings.by_year(values, c.timing)
    if variable == "industrial_output_index":
        sums = sums / 12.0
    to_middle = 0.5 if c.timing == "calendar" else 1.0
    return readings.years(c.timing).astype(np.float64) + to_middle, sums


def paired(readings: Readings, variable: str) -> tuple[Floats, tuple[Documented, ...]]:
    """Return the model's values [member, point] at the documented points that the run covers, and those points."""
    times, values = model_values(readings, variable)
    tolerance = 0.26 if COMPARISONS[variable].timing != "stock" else 0.05
    places, points = [], []
    for point in documented(variable):
        nearest = int(np.abs(times - point.time).argmin())
        if abs(times[nearest] - point.time) <= tolerance:
            places.append(nearest)
            points.append(point)
    if not points:
        raise NothingToDraw(f"no documented point of {variable!r} falls within the run")
    return values[:, places], tuple(points)
