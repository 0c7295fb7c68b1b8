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
from model.validation.baselines.numbers import NUMBERS, Numbers
from model.validation.baselines.orders import nation
from model.validation.baselines.telling import told
from model.validation.baselines.twin import live
from model.validation.beside import beside

Floats = NDArray[np.float64]

SUBJECTS = (
    "harvest", "sown", "procured", "exported", "collectivised", "horses", "cattle", "pigs", "sheep_goats", "migration",
    "towns", "births", "disturbances_month", "settlers", "tractors",
)  # fmt: skip
"""What the twin is fitted to, as far as the record allows; the total of the dead comes on top."""

COUNTED = "disturbances_month"  # fitted by its logarithm: months differ by a factor of seventy
ROUGHLY = 0.05  # how surely a figure without a range is known [share]
POINTS = 2.0  # ... and a collectivised share [points]
EVENTS = 0.4  # sd of the logarithm of a month's disturbances


class Row(NamedTuple):
    """One figure to fit to: names of the digest that are weighed to it, its value and sd, perhaps as logarithms."""

    subject: str
    names: tuple[str, ...]
    weights: tuple[float, ...]
    value: float
    sd: float


@cache
def rows_to_fit() -> tuple[Row, ...]:
    """Return every figure with the role `calibration` that the twin can speak of."""
    rows = []
    for subject in SUBJECTS:
        for one in beside(subject):
            if one.role != "calibration":
                continue
            sd = max((one.high - one.low) / 3.29, ROUGHLY * one.value)
            value = log(one.value) if subject == COUNTED else one.value
            sd = EVENTS if subject == COUNTED else POINTS if subject == "collectivised" else sd
            rows.append(Row(subject, one.names, one.weights, value, sd))
    return (*rows, _deaths())


def _deaths() -> Row:
    """The historians' totals of excess deaths: the middle of their estimates, and how far they lie apart."""
    file, name = "famine.csv", "famine_excess_deaths_total"
    found = [point.value for point in series(name, file) if role_of(file, name, point.year) == "calibration"]
    names = tuple(f"excess_deaths/{year}" for year in range(1930, 1935))
    return Row("excess_deaths", names, (1.0,) * len(names), float(np.median(found)), float(np.std(found)))


def misses(numbers: dict[str, float], rows: tuple[Row, ...]) -> Floats:
    """Return how far a digest lies from each figure [sd]."""
    found = []
    for row in rows:
        value = sum(weight * numbers[name] for name, weight in zip(row.names, row.weights, strict=True))
        found.append(((log(max(value, 1e-3)) if row.subject == COUNTED else value) - row.value) / row.sd)
    return np.array(found)


class Fit(NamedTuple):
    """What the fit found."""

    numbers: Numbers
    moved: dict[str, float]
    """How far each number was moved from its first guess [sd]."""
    left: float
    """What is left of the misses [root mean square, sd]."""
    before: float
    """The same at the first guess."""


@cache
def fitted() -> Fit:
    """Fit the free numbers to the historical scenario."""
    from scipy.optimize import least_squares

    given, rows = nation(Scenario.load("historical")), rows_to_fit()

    def numbers(steps: Floats) -> Numbers:
        return {
            name: max(0.0, one.start + one.spread * float(step))
            for (name, one), step in zip(NUMBERS.items(), steps, strict=True)
        }

    def away(steps: Floats) -> Floats:
        return np.concatenate([misses(told(live(given, numbers(steps))), rows), steps])

    nowhere = np.zeros(len(NUMBERS))
    answer = least_squares(away, nowhere, loss="soft_l1", max_nfev=60, xtol=1e-4, ftol=1e-4)  # some rows will be missed
    before, left = (float(np.sqrt(np.mean(away(steps)[: len(rows)] ** 2))) for steps in (nowhere, answer.x))
    return Fit(numbers(answer.x), dict(zip(NUMBERS, answer.x.tolist(), strict=True)), left, before)
