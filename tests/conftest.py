"""A country that costs nothing: its ledgers close, its months pass, no rule is compiled."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from model.calendar import START
from model.columns import Countryside, Households, Villages, blank, blank_flows
from model.compiled import Crew
from model.history import N_REGIONS
from model.phases.census import COUNTED_IN
from model.results.distributions import DISTRIBUTIONS
from model.results.ledger import LEDGERS, OPENING
from model.results.variables import VARIABLES

ROWS = 50  # of each region's one village


def paper_land() -> Countryside:
    """A village in every region, its households of all classes and with nothing."""
    flows, sheet = blank_flows(N_REGIONS)
    land = Countryside(
        first=np.arange(N_REGIONS + 1) * ROWS,
        homes=blank(Households, N_REGIONS * ROWS),
        villages=blank(Villages, N_REGIONS),
        edges=np.arange(N_REGIONS + 1),
        weight=np.ones(N_REGIONS),
        person_weight=np.ones(N_REGIONS),
        crew=Crew(1),
        flows=flows,
        sheet=sheet,
    )
    land.homes.stratum[:] = np.arange(N_REGIONS * ROWS) % 3
    land.villages.region[:] = np.arange(N_REGIONS)
    return land


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
        self.land = paper_land()

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

    def distributions(self) -> dict[str, Any]:
        spread, luck = {}, np.random.default_rng(self.lived)
        for name, one in DISTRIBUTIONS.items():
            if one.time == "month" or self.month.month in COUNTED_IN:
                parts = luck.random((N_REGIONS, 2, len(one.scale.edges)))
                spread[name] = parts * (self.now[one.total] / parts.sum(axis=(1, 2)))[:, None, None]
        return spread


@pytest.fixture
def paper_country(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[PaperCountry]]:
    """Put the paper country in the place of the living one."""
    module = types.ModuleType("model.country")
    module.Country = PaperCountry  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "model.country", module)
    return PaperCountry
