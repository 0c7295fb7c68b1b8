"""The twin's months as a digest: the national names of `results/digest.py`, and no others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from model.calendar import START
from model.results.digest import SUBJECTS, timed

UNITS = {
    "harvest": 1.0, "sown": 1.0, "procured": 1.0, "exported": 1.0, "exported_calendar": 1.0, "collectivised": 100.0,
    "horses": 1.0, "cattle": 1.0, "pigs": 1.0, "sheep_goats": 1.0, "excess_deaths": 1.0, "excess_deaths_month": 1.0,
    "rural_excess_deaths": 1.0, "villagers": 1.0, "births": 1e3, "migration": 1e3, "towns": 1e3, "tractors": 1e-3,
    "industry": 1.0, "machinery": 1e-6, "disturbances": 1.0, "disturbances_month": 1.0, "exiled": 1.0, "settlers": 1.0,
    "settler_deaths": 1.0, "prisoners": 1.0, "village_grain": 1.0,
}  # fmt: skip
"""Subjects that the twin can speak of, and what its own unit (millions) must be multiplied by for the record's."""
TOLD_BY = {
    "exported_calendar": "exported", "excess_deaths_month": "excess_deaths", "rural_excess_deaths": "excess_deaths",
    "disturbances_month": "disturbances",
}  # fmt: skip
"""Subjects that are another one's months told otherwise: everybody who dies of hunger dies in a village here."""


def told(months: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """Return the twin's run as numbers by name, as `results.digest.digest` does for a Dataset."""
    found: dict[str, float] = {}
    for name, factor in UNITS.items():
        course = np.asarray(months[TOLD_BY.get(name, name)], np.float64) * factor
        for when, value in timed(SUBJECTS[name], course, START.index, factor=1.0).items():
            found[f"{name}/{when}"] = float(value)
    return found
