"""A model made of paper: outcomes are known functions of orders and seed, so that a comparison can be checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest

import model.calibration
from model.calendar import Month
from model.comparison import contest
from model.comparison.attribution import SHARED
from model.comparison.outcomes import OUTCOMES
from model.figures.household_fates import CLASSES
from model.history import REGION_IDS
from model.policy.behaviour import BEHAVIOURS
from model.results.fates import FATES, key

YEARS = range(1928, 1940)


class PaperRuns:
    """Stands where `live_all` does; remembers what was asked. Run number `fails` fails."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.fails = -1

    def __call__(self, variants: Sequence[Any], *, progress: Any = None, **_: Any) -> pd.DataFrame:
        rows = []
        for one in variants:
            luck = np.random.default_rng(one.seed)
            orders = one.orders.at(Month(1932, 11))
            shared, own = luck.normal(), 0.05 * luck.normal() * float(orders.procurement.rate)
            exported, rate = float(orders.trade.grain_exports), float(orders.procurement.rate)
            closed = float(orders.borders.closed.max())
            value = 10.0 + 2.0 * exported + 20.0 * rate + 3.0 * closed * exported + shared + own
            row: dict[str, Any] = {"failure": "it failed" if len(self.asked) == self.fails else "", "seed": one.seed}
            self.asked.append(one)
            for outcome in (*OUTCOMES, *SHARED):
                row |= {name: value * (place + 1) for place, (name, _) in enumerate(outcome.terms)}
            for subject in ("excess_deaths", "harvest", "procured", "cattle", "towns", "industry"):
                row |= {f"{subject}/{year}": value + year - 1930 for year in YEARS}
            row |= {
                f"excess_deaths/{region}/{year}": value / 100 for region in REGION_IDS for year in range(1930, 1935)
            }
            row |= {key(fate, each, region): value * 1e5 for fate in FATES for each in CLASSES for region in REGION_IDS}
            rows.append(row)
        if progress:
            progress(len(rows), len(variants), 0)
        return pd.DataFrame(rows)


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> PaperRuns:
    runs = PaperRuns()
    monkeypatch.setattr(contest, "live_all", runs)
    return runs


@pytest.fixture
def posterior(monkeypatch: pytest.MonkeyPatch) -> None:
    """A posterior set of two constants, whether or not one is shipped."""

    def drawn(n: int) -> list[dict[str, float]]:
        ends = {name: BEHAVIOURS[name].usual for name in ("effort_loss", "yield_level")}
        return [{name: low + (high - low) * (i + 0.5) / n for name, (low, high) in ends.items()} for i in range(n)]

    monkeypatch.setattr(model.calibration, "vectors", drawn)
