"""A model made of paper: outcomes are known functions of two constants, so that an analysis can be checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest

from model.policy.behaviour import BEHAVIOURS
from model.sensitivity import inquiry
from model.sensitivity.outcomes import OUTCOMES

NAMES = ("effort_loss", "yield_level", "norm_left")


class PaperRuns:
    """Stands where `live_all` does; remembers what was asked. Run number `fails` fails."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.fails: set[int] = set()

    def __call__(self, variants: Sequence[Any], *, progress: Any = None, **_: Any) -> pd.DataFrame:
        rows = []
        for one in variants:
            number = len(self.asked)
            self.asked.append(one)
            place = [
                (one.behaviour.get(name, BEHAVIOURS[name].default) - BEHAVIOURS[name].usual[0])
                / (BEHAVIOURS[name].usual[1] - BEHAVIOURS[name].usual[0])
                for name in NAMES
            ]
            luck = 0.01 * np.random.default_rng(one.seed).normal()
            row: dict[str, Any] = {"failure": "it failed" if number in self.fails else ""}
            for outcome in OUTCOMES:
                value = 4.0 * place[0] - 2.0 * place[1] + luck + 10.0
                row |= dict.fromkeys(outcome.keys, np.nan if number in self.fails else value)
            rows.append(row)
            if progress:
                progress(len(rows), len(variants), 0)
        return pd.DataFrame(rows)


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> PaperRuns:
    runs = PaperRuns()
    monkeypatch.setattr(inquiry, "live_all", runs)
    return runs
