"""A country that costs nothing: its ledgers close, its months pass, no rule is compiled."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from model.calendar import START
from model.history import N_REGIONS
from model.results.ledger import LEDGERS, OPENING
from model.results.variables import VARIABLES


class PaperCountry:
    """Every flow is drawn, every stock follows from its ledger: closing = opening + income - expense."""

    def __init__(self, scenario: Any, households: int = 25_000, seed: int = 1, threads: int | None = None) -> None:
        self.scenario, self.households, self.seed, self.threads = scenario, households, seed, threads
        self.luck = np.random.default_rng(seed)
        self.month = START
        self.lived = 0
        self.running = True
        self.opening = {name: self._draw(name) + 1e6 for name in OPENING}
        self.stocks = dict(self.opening)
        self.now: dict[str, Any] = {}

    def _draw(self, name: str) -> Any:
        return self.luck.random(N_REGIONS if VARIABLES[name].scope == "region" else None) * 1000.0

    def step(self) -> None:
        if self.lived:
            self.month = self.month.next()
        self.lived += 1
        now = {name: self._draw(name) for name in VARIABLES}
        now["urban_net_arrivals"] = np.roll(now["net_rural_urban_migration"], 1)
        for ledger in LEDGERS:
            whole = np.asarray if ledger.scope == "region" else np.sum
            change = sum(whole(now[name]) for name in ledger.incomes)
            change = change - sum(whole(now[name]) for name in ledger.expenses)
            for name in ledger.stocks:
                now[name] = self.stocks[name] + (change if name == ledger.stocks[0] else 0.0)
                self.stocks[name] = now[name]
        self.now = now
        self.running = self.month < self.scenario.end

    def readings(self) -> dict[str, Any]:
        return self.now


@pytest.fixture
def paper_country(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[PaperCountry]]:
    """Put the paper country in the place of the living one."""
    module = types.ModuleType("model.country")
    module.Country = PaperCountry  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "model.country", module)
    return PaperCountry
