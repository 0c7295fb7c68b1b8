"""What a run is measured by: the figures that may be fitted to, each with its errors, in blocks of one series each.

Two errors stand here, as standard deviations; that of the country's luck is measured by the calibration itself.

- Observation: a quarter of the way from `low` to `high` (read as a range of two standard deviations either side),
  where rivals stand side by side the standard deviation between them, in any case no less than the series' floor,
  for official counts without a range are not free of error.
- Discrepancy: what a model of this kind cannot be expected to hit even with the right constants. Half of the tolerance
  by which the scoreboard judges the series (harvest 7 %, procurement 10 %, ...; what it does not judge, likewise), and
  never below a least amount.

The yearly figures of one series err together, so n of them do not weigh n times as much as one: a series weighs
sqrt(n) (`weight`), as if n correlated figures told what sqrt(n) independent ones would.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.history.calibration import Point, fitted

Floats = NDArray[np.float64]
Keys = Callable[[str, Point], tuple[str, ...]]


def _year(subject: str, point: Point) -> tuple[str, ...]:
    """A figure of a year, of its midsummer or of its New Year's Day; of days in between there are no targets."""
    return () if len(point.date) == 10 and not point.date.endswith("-01-01") else (f"{subject}/{point.year}",)


def _month(subject: str, point: Point) -> tuple[str, ...]:
    return (f"{subject}_month/{point.date}",)


def _day(subject: str, point: Point) -> tuple[str, ...]:
    """A share on the first day of a month; the model knows no days within one."""
    return (f"{subject}/{point.date}",) if point.day.day == 1 else ()


def _famine(subject: str, _: Point) -> tuple[str, ...]:
    """A toll of the whole famine stands under its peak year: the sum of 1930 to 1934."""
    return tuple(f"{subject}/{year}" for year in range(1930, 1935))


@dataclass(frozen=True, slots=True)
class Series:
    """One series of the record, where a run's digest has it (in the same unit), and how surely both are known."""

    subject: str
    file: str
    name: str
    keys: Keys
    since: str
    """First date that a run from July 1927 covers whole."""
    floor: float
    """Least observation error [share of the value]."""
    discrepancy: float
    """Model discrepancy [share of the value]."""
    least: float
    """Least model discrepancy [unit]: what is near zero cannot be hit by a share of itself."""


SERIES: tuple[Series, ...] = (
    Series("harvest", "grain.csv", "grain_harvest", _year, "1927", 0.03, 0.035, 0.5),
    Series("sown", "grain.csv", "sown_area_grain", _year, "1928", 0.02, 0.025, 0.5),
    Series("procured", "grain.csv", "grain_procurement_agyear", _year, "1927", 0.02, 0.05, 0.3),
    Series("exported", "grain.csv", "grain_export_agyear", _year, "1927", 0.03, 0.075, 0.2),
    Series("collectivised", "collectivisation.csv", "collectivised_households_share", _day, "1927-08", 0.02, 0.0, 2.5),
    Series("horses", "livestock.csv", "horses_midyear", _year, "1928", 0.03, 0.05, 0.1),
    Series("cattle", "livestock.csv", "cattle_midyear", _year, "1928", 0.03, 0.05, 0.1),
    Series("pigs", "livestock.csv", "pigs_midyear", _year, "1928", 0.03, 0.05, 0.1),
    Series("sheep_goats", "livestock.csv", "sheep_goats_midyear", _year, "1928", 0.03, 0.05, 0.1),
    Series("excess_deaths", "famine.csv", "famine_excess_deaths_total", _famine, "1930", 0.1, 0.1, 0.1),
    Series("migration", "migration_urban.csv", "net_rural_urban_migration", _year, "1928", 0.05, 0.075, 100),
    Series("towns", "population.csv", "population_urban", _year, "1928", 0.01, 0.03, 100),
    Series("births", "population.csv", "births", _year, "1928", 0.02, 0.04, 50),
    Series("disturbances", "repression.csv", "peasant_disturbances_month", _month, "1930", 0.1, 0.25, 100),
    Series("exiled", "repression.csv", "dekulakised_households_exiled", _year, "1930", 0.03, 0.075, 1000),
    Series("settlers", "repression.csv", "special_settlers_stock", _year, "1930", 0.03, 0.075, 10_000),
    Series("tractors", "livestock.csv", "tractors_stock", _year, "1928", 0.02, 0.075, 1),
)
"""Every national series with the role `calibration`; regional exile has that role too, but orders write it."""


@dataclass(frozen=True, slots=True)
class Target:
    """One figure that a run should meet: the sum of these keys of its digest."""

    series: str
    when: str
    keys: tuple[str, ...]
    value: float
    observation: float
    """Standard deviation of the documented figure."""
    discrepancy: float
    """Standard deviation of the model's own imperfection."""
    unit: str
    source: str

    @property
    def name(self) -> str:
        """What it is called in tables: `harvest/1932`."""
        return f"{self.series}/{self.when}"

    @property
    def error(self) -> float:
        """Both errors together."""
        return math.hypot(self.observation, self.discrepancy)


@cache
def targets() -> tuple[Target, ...]:
    """Return all targets, series after series, each in order of date.

    >>> next(target.value for target in targets() if target.name == "harvest/1932")
    57.5
    """
    found = []
    for one in SERIES:
        rivals: dict[tuple[str, ...], list[Point]] = {}
        for point in fitted(one.file, one.name):
            keys = one.keys(one.subject, point)
            if keys and point.date >= one.since:
                rivals.setdefault(keys, []).append(point)
        found += [_target(one, keys, points) for keys, points in rivals.items()]
    return tuple(found)


def _target(one: Series, keys: tuple[str, ...], points: list[Point]) -> Target:
    """Make one target of all that historians say of one moment."""
    value = statistics.median(point.value for point in points)
    spreads = [(high - low) / 4.0 for low, high in (point.range for point in points)]
    spread = statistics.stdev(point.value for point in points) if len(points) > 1 else spreads[0]
    when = keys[0].split("/")[1] if len(keys) == 1 else f"{keys[0].split('/')[1]}-{keys[-1].split('/')[1]}"
    return Target(
        series=one.subject,
        when=when,
        keys=keys,
        value=value,
        observation=max(spread, one.floor * abs(value)),
        discrepancy=max(one.discrepancy * abs(value), one.least),
        unit=points[0].unit,
        source=", ".join(dict.fromkeys(point.source for point in points)),
    )


def blocks(chosen: tuple[Target, ...]) -> dict[str, NDArray[np.intp]]:
    """Return for each series the places of its targets."""
    names = [target.series for target in chosen]
    return {name: np.flatnonzero([other == name for other in names]) for name in dict.fromkeys(names)}


def weight(figures: int) -> float:
    """Return what a series of so many figures weighs in the likelihood, in independent figures.

    >>> weight(1), weight(4)
    (1.0, 2.0)
    """
    return math.sqrt(figures)


def of_digests(digests: pd.DataFrame | Mapping[str, object], chosen: tuple[Target, ...]) -> Floats:
    """Return the model's figures [run, target]; a run that failed has NaN."""
    table = pd.DataFrame(digests).reindex(columns=[key for target in chosen for key in target.keys])
    return np.stack([table[list(target.keys)].sum(axis=1, skipna=False).to_numpy(np.float64) for target in chosen], 1)


def standardised(figures: Floats, chosen: tuple[Target, ...]) -> Floats:
    """Return how far figures [..., target] lie from the targets, in standard deviations of both errors."""
    value = np.array([target.value for target in chosen])
    return np.asarray((figures - value) / np.array([target.error for target in chosen]), np.float64)
