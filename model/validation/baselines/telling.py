"""The twin's months as a digest: the national names of `results/digest.py`, and no others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from model.calendar import START
from model.results.digest import SUBJECTS, timed

MILLIONS = (
    "harvest", "sown", "procured", "exported", "exported_calendar", "horses", "cattle", "pigs", "sheep_goats",
    "excess_deaths", "excess_deaths_month", "rural_excess_deaths", "villagers", "births", "migration", "towns",
    "village_grain",
)  # fmt: skip
SINGLE = (
    "collectivised", "tractors", "industry", "machinery", "disturbances", "disturbances_month", "exiled", "settlers",
    "settler_deaths", "prisoners",
)  # fmt: skip
"""Subjects of the digest that the twin can speak of: counted by it in millions, or in the unit of the engine."""
TOLD_BY = {
    "exported_calendar": "exported", "excess_deaths_month": "excess_deaths", "rural_excess_deaths": "excess_deaths",
    "disturbances_month": "disturbances",
}  # fmt: skip
"""Subjects that are another one's months told otherwise: everybody who dies of hunger dies in a village here."""


def told(months: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """Return the twin's run as numbers by name, as `results.digest.digest` does for a Dataset."""
    found: dict[str, float] = {}
    for name in (*MILLIONS, *SINGLE):
        course = np.asarray(months[TOLD_BY.get(name, name)], np.float64) * (1e6 if name in MILLIONS else 1.0)
        for when, value in timed(SUBJECTS[name], course, START.index).items():
            found[f"{name}/{when}"] = float(value)
    return found
