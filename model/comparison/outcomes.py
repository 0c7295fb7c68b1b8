"""The outcomes that a comparison tells first, each a sum of numbers of the digest in one unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome: numbers of the digest, each times its weight, added up, or the least of them."""

    name: str
    label: str
    unit: str
    terms: tuple[tuple[str, float], ...]
    least: bool = False

    def of(self, runs: pd.DataFrame) -> Floats | None:
        """Return the outcome of every run [runs]; None where the runs do not tell all of it."""
        keys, weights = [key for key, _ in self.terms], np.array([weight for _, weight in self.terms])
        if not set(keys) <= set(runs.columns):
            return None
        numbers = runs[keys].to_numpy(dtype=np.float64)
        values = (numbers * weights).min(axis=1) if self.least else numbers @ weights
        return np.asarray(values) if np.isfinite(values).all() else None


def years(subject: str, when: Iterable[int], place: str = "", weight: float = 1.0) -> tuple[tuple[str, float], ...]:
    """Return the terms that add up some years of a subject.

    >>> years("harvest", [1932], "ukraine")
    (('harvest/ukraine/1932', 1.0),)
    """
    middle = f"{place}/" if place else ""
    return tuple((f"{subject}/{middle}{year}", weight) for year in when)


ALIVE = (("villagers/1940", 1.0), ("towns/1940", 1e-3), ("settlers/1940", 1e-6), ("prisoners/1940", 1e-6))

OUTCOMES: tuple[Outcome, ...] = (
    Outcome("deaths", "Excess deaths 1930-34", "million", years("excess_deaths", range(1930, 1935))),
    Outcome("deaths_1933", "Excess deaths 1933", "million", years("excess_deaths", [1933])),
    Outcome("alive", "People alive, January 1940", "million", ALIVE),
    Outcome("harvest", "Harvest 1932", "Mt", years("harvest", [1932])),
    Outcome("procured", "Procured 1931/32", "Mt", years("procured", [1931])),
    Outcome("exported", "Grain exports 1930-33", "Mt", years("exported_calendar", range(1930, 1934))),
    Outcome("horses", "Horses, June 1933", "million", years("horses", [1933])),
    Outcome("cattle", "Cattle, June 1933", "million", years("cattle", [1933])),
    Outcome("pigs", "Pigs, June 1933", "million", years("pigs", [1933])),
    Outcome("sheep_goats", "Sheep and goats, June 1933", "million", years("sheep_goats", [1933])),
    Outcome("collectivised", "In kolkhozy, July 1932", "% of households", (("collectivised/1932-07-01", 1.0),)),
    Outcome("towns", "Townspeople, January 1939", "million", years("towns", [1939], weight=1e-3)),
    Outcome("migration", "Net move to towns 1928-35", "million", years("migration", range(1928, 1936), weight=1e-3)),
    Outcome("food_villages", "Food in villages 1933", "kcal a head and day", years("food_villages", [1933])),
    Outcome("food_towns", "Food in towns 1933", "kcal a head and day", years("food_towns", [1933])),
    Outcome("machinery", "Machines imported 1930-33", "million roubles", years("machinery", range(1930, 1934))),
    Outcome("industry", "Industry 1937", "(1928 = 100)", years("industry", [1937])),
)
"""Headline outcomes of a comparison, in the order of its table."""
