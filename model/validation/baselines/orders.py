"""The orders and the weather of a scenario as the aggregate twin sees them: one number a month for the whole Union.

A lever that differs by region becomes the mean of the regions, weighed by what it bears on: households for the kolkhoz
and for herds, usual harvests for grain. What an order means for one region and not for another is lost: that is the
point of the twin.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.calendar import N_MONTHS, Month
from model.founding.facts import RegionFacts, record
from model.phases.sky import sky_of
from model.policy.scenario import Scenario

Floats = NDArray[np.float64]

SINGLE = {
    "collectivisation": ("retreat_threshold", "leaving_tolerated", "tax_on_independents", "plot_guaranteed"),
    "procurement": (
        "rate", "compulsion", "price_ratio", "weather_seen", "optimism", "fixed_norms", "shortfall_written_off",
        "mts_payment", "purchases",
    ),
    "livestock": ("herd_aid",),
    "dekulakisation": ("families_exiled", "arrests"),
    "trade": ("grain_exports",),
    "towns": ("passports",),
    "camps": ("other_arrivals", "settler_arrivals_other", "settlers_released"),
}  # fmt: skip
"""Levers that are one number for the country already, by section."""
TAKEN = ("horses", "cattle", "pigs", "sheep_goats")
YEARS = range(1927, 1940)


class Nation(NamedTuple):
    """What is given to the twin."""

    scenario: Scenario
    facts: RegionFacts
    course: dict[str, list[float]]
    """Orders by lever, each [months]."""
    weather: dict[int, float]
    """Yield that the weather allows over the usual one, by harvest year [ratio]."""
    sown_ha: float
    """Grain of 1928 [Mha]."""
    usual_yield: float
    """Mean of 1925-29 [t/ha]."""
    seed_rate: float
    """Seed [t/ha]."""
    harvest_share: tuple[float, float, float]
    """Part of the harvest that comes in in July, August, September."""


def nation(scenario: Scenario) -> Nation:
    """Return the scenario as one country without regions."""
    facts = record()
    usual = facts.sown_grain * facts.mean_yield
    by_homes, by_grain = facts.households / facts.households.sum(), usual / usual.sum()
    months = [scenario.at(Month.at(index)) for index in range(N_MONTHS)]
    course = {
        name: [float(getattr(getattr(month, section), name)) for month in months]
        for section, names in SINGLE.items()
        for name in names
    }
    course["pressure"] = [
        m.collectivisation.pressure * float(np.asarray(m.collectivisation.pressure_by_region) @ by_homes)
        for m in months
    ]
    course["search"] = [float(np.asarray(m.procurement.search) @ by_grain) for m in months]
    course["mts_coverage"] = [float(np.asarray(m.industry.mts_coverage) @ by_grain) for m in months]
    course["meat"] = [float(np.asarray(m.livestock.meat_procurement) @ by_homes) for m in months]
    for kind in TAKEN:
        course[f"take_{kind}"] = [float(getattr(m.collectivisation, f"take_{kind}")) for m in months]
    weather = {year: float(sky_of(year, scenario.weather_mode, 1, facts.yield_cv) @ by_grain) for year in YEARS}
    shares = facts.harvest_share @ by_grain
    return Nation(
        scenario,
        facts,
        course,
        weather,
        sown_ha=float(facts.sown_grain.sum()) / 1e6,
        usual_yield=float(usual.sum() / facts.sown_grain.sum()),
        seed_rate=float(facts.seed_rate @ facts.sown_grain / facts.sown_grain.sum()) / 1000.0,
        harvest_share=(float(shares[0]), float(shares[1]), float(shares[2])),
    )
