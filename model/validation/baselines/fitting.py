"""The twin's free numbers, fitted by least squares to the rows of the record that may be fitted to, and to no others.

A row pulls with its own uncertainty: the spread of historians where one is told, a twentieth of the figure elsewhere.
Every number is held near its first guess as loosely as `numbers.py` says, so that those on which no row bears stay put.
"""

from __future__ import annotations

from functools import cache
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.history import role_of, series
from model.policy.scenario import Scenario
from model.validation.baselines.numbers import NUMBERS, Numbers, guessed
from model.validation.baselines.orders import nation
from model.validation.baselines.telling import told
from model.validation.baselines.twin import live

Floats = NDArray[np.float64]

ROWS = {
    "harvest": ("grain.csv", "grain_harvest"),
    "sown": ("grain.csv", "sown_area_grain"),
    "procured": ("grain.csv", "grain_procurement_agyear"),
    "exported": ("grain.csv", "grain_export_agyear"),
    "collectivised": ("collectivisation.csv", "collectivised_households_share"),
    "horses": ("livestock.csv", "horses_midyear"),
    "cattle": ("livestock.csv", "cattle_midyear"),
    "pigs": ("livestock.csv", "pigs_midyear"),
    "sheep_goats": ("livestock.csv", "sheep_goats_midyear"),
    "migration": ("migration_urban.csv", "net_rural_urban_migration"),
    "towns": ("population.csv", "population_urban"),
    "births": ("population.csv", "births"),
    "disturbances_month": ("repression.csv", "peasant_disturbances_month"),
    "settlers": ("repression.csv", "special_settlers_stock"),
    "tractors": ("livestock.csv", "tractors_stock"),
}
"""Where the record tells the subjects of the digest that the twin may be fitted to."""

BY_DAY = {"collectivised"}
AT_NEW_YEAR = {"towns", "settlers"}
AT_JUNE = {"sown", "horses", "cattle", "pigs", "sheep_goats"}
ROUGHLY = 0.05  # how surely a figure without a range is known [share]
POINTS = 2.0  # ... and a collectivised share [points]
EVENTS = 0.4  # sd of the logarithm of a month's disturbances
DEATHS = (6.8, 0.8)  # million in 1930-34, middle and sd of the historians' totals below


class Row(NamedTuple):
    """One figure to fit to."""

    names: tuple[str, ...]
    value: float
    sd: float
    logarithm: bool


def _name(subject: str, date: str) -> str:
    """Return the digest's name of a figure."""
    return f"{subject}/{date}" if subject in BY_DAY or subject.endswith("_month") else f"{subject}/{date[:4]}"


@cache
def rows_to_fit() -> tuple[Row, ...]:
    """Return every figure with the role `calibration` that the twin can speak of."""
    spoken = told(live(nation(Scenario.load("historical")), guessed()))
    rows = []
    for subject, (file, name) in ROWS.items():
        for point in series(name, file):
            key = _name(subject, point.date)
            if role_of(file, name, point.year) != "calibration" or key not in spoken:
                continue
            low, high = point.range
            sd = max((high - low) / 3.29, ROUGHLY * point.value)
            if subject == "disturbances_month":
                rows.append(Row((key,), log(point.value), EVENTS, logarithm=True))
            else:
                rows.append(Row((key,), point.value, POINTS if subject in BY_DAY else sd, logarithm=False))
    return (*rows, _deaths())


def _deaths() -> Row:
    """The historians' totals of excess deaths: the middle of their estimates, and how far they lie apart."""
    file, name = "famine.csv", "famine_excess_deaths_total"
    found = [point.value for point in series(name, file) if role_of(file, name, point.year) == "calibration"]
    return Row(tuple(f"excess_deaths/{year}" for year in range(1930, 1935)), float(np.median(found)), float(np.std(found)), logarithm=False)


def misses(numbers: dict[str, float], rows: tuple[Row, ...]) -> Floats:
    """Return how far a digest lies from each figure [sd]."""
    found = []
    for row in rows:
        value = sum(numbers[name] for name in row.names)
        found.append(((log(max(value, 1e-3)) if row.logarithm else value) - row.value) / row.sd)
    return np.array(found)


@cache
def fitted() -> tuple[Numbers, float]:
    """Fit the free numbers to the historical scenario; returns them and what is left of the misses [root mean sd]."""
    from scipy.optimize import least_squares

    given, rows = nation(Scenario.load("historical")), rows_to_fit()
    names = list(NUMBERS)
    start = np.array([NUMBERS[name].start for name in names])
    spread = np.array([NUMBERS[name].spread for name in names])

    def away(steps: Floats) -> Floats:
        numbers = dict(zip(names, np.maximum(start + spread * steps, 0.0).tolist(), strict=True))
        return np.concatenate([misses(told(live(given, numbers)), rows), steps])

    answer = least_squares(away, np.zeros(len(names)), loss="soft_l1", max_nfev=60, xtol=1e-4, ftol=1e-4)
    found = dict(zip(names, np.maximum(start + spread * answer.x, 0.0).tolist(), strict=True))
    left = misses(told(live(given, found)), rows)
    return found, float(np.sqrt(np.mean(left**2)))
