"""The grain market of each region: what independents bring, what neighbours and towns buy, and the price of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.phases.towns import Towns
from model.policy.month import MonthPolicy

Regions = NDArray[np.float64]

OFFER_SEASON = (0.5, 0.9, 1.5, 1.6, 1.4, 1.2, 1.1, 1.0, 0.9, 0.6, 0.5, 0.4)
"""How willingly independents sell, July to June, against the mean. Source: assumption (taxes fall due in autumn)."""
TOWN_GRAIN_KG = 17.5
"""Grain that a townsman wants in a month, from State and market [kg]. Source: `grain_consumption_urban_per_head`."""
USUAL_PRICE_RATIO = 0.8
"""State price over market price in 1927. Source: `market_to_procurement_price_ratio`."""
DEAREST, CHEAPEST = 6.0, 0.8
"""Bounds of the price of grain on the market, 1 = usual. Source: `market_price_grain` (dearer still in 1932-33)."""
PRICE_PACE = 0.5
"""How fast the price follows what towns cannot buy [1/month]. Source: assumption."""


class Market:
    """Grain that lies on the markets, who wanted it last, and its price."""

    def __init__(self, townspeople: Regions) -> None:
        """Open the markets of July 1927: nothing lies on them yet.

        townspeople   people in towns [regions, persons]
        """
        self.kg = np.zeros_like(townspeople)
        """Brought to market and not yet bought, real [regions, kg]."""
        self.wanted_kg = float(townspeople.sum()) * TOWN_GRAIN_KG
        """Wanted last month by all buyers [kg]."""
        self.price = 1.0
        """Of grain, where it may be sold [1 = usual]."""

    def price_felt(self, free: float) -> float:
        """Price that a household reckons with [1 = usual]; `free` is how far it may sell as it likes [share]."""
        return float(1.0 + (self.price - 1.0) * free)

    def eased(self, free: float) -> float:
        """What a dear price leaves of the stock and the helpings that independents like [share]."""
        return 1.0 / max(1.0, self.price_felt(free))

    def unglutted(self) -> float:
        """What the grain that nobody bought yet leaves of the wish to bring more: nothing at three months' wants."""
        return max(0.0, 1.0 - float(self.kg.sum()) / (3.0 * max(self.wanted_kg, 1.0)))

    def open(self, brought_kg: Regions, wished_kg: Regions) -> Regions:
        """Take in what villages bring; return the part of their neighbours' wishes that can be met [regions, share]."""
        self.kg += brought_kg
        self.wanted_kg = float(wished_kg.sum())
        return np.minimum(1.0, self.kg / np.maximum(wished_kg, 1.0))

    def take(self, bought_kg: Regions) -> None:
        """Let go what was bought [regions, kg]."""
        self.kg = np.maximum(0.0, self.kg - bought_kg)

    def sell_to_towns(self, wanted_t: Regions) -> tuple[Regions, Regions]:
        """Sell to towns; the price follows what they cannot buy.

        wanted_t   what the towns of each region would buy [regions, t]

        Returns grain sold by the region of its villages and by that of the towns which bought it [regions, t].
        """
        wanted = float(wanted_t.sum())
        offered = float(self.kg.sum()) / 1000.0
        bought = min(offered, wanted)
        sold_t = self.kg / 1000.0 * (bought / max(offered, 1e-9))
        self.take(sold_t * 1000.0)
        self.wanted_kg += wanted * 1000.0
        shortage = 1.0 - bought / max(wanted, 1.0)
        self.price *= 1.0 + PRICE_PACE * (shortage - 0.1)
        self.price = min(DEAREST, max(CHEAPEST, self.price))
        return sold_t, wanted_t * (bought / max(wanted, 1e-9))


def wanted_by_towns(towns: Towns, policy: MonthPolicy, state_grain_t: float) -> Regions:
    """Grain that towns lack: beyond their ration, and what the State cannot issue of it [regions, t]."""
    lacking = np.maximum(0.0, towns.people * TOWN_GRAIN_KG / 1000.0 - towns.grain_wanted_t(policy))
    unissued = max(0.0, float(towns.grain_wanted_t(policy).sum()) - state_grain_t)
    return np.asarray(lacking + unissued * towns.people / towns.people.sum())


def offer_by_habit(price_ratio: float) -> float:
    """What stands in place of the ratio of prices where the mechanism of prices is out [ratio]."""
    return USUAL_PRICE_RATIO / max(price_ratio, 0.05)
