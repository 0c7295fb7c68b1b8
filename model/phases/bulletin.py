"""What is measured of a month beside the villages (`survey`): readings of towns, exile, industry, the State's grain."""

from __future__ import annotations

from typing import Any

from model.phases.economy import EconomyReport
from model.phases.settlements import CampReport, SettlementReport
from model.phases.towns import TownLife, Towns

Readings = dict[str, Any]
"""By the name of the variable: arrays [regions], or numbers of the whole Union."""


def of_towns(towns: Towns, life: TownLife) -> Readings:
    """Townspeople of the month."""
    return {
        "urban_births": life.births,
        "urban_deaths": life.deaths,
        "urban_excess_deaths": life.excess_deaths,
        "food_per_head_urban": towns.food_kcal,
        "ration_fulfilment": towns.ration_fulfilment,
        "jobs_filled": float(towns.workers.sum()),
    }


def of_exile(settled: SettlementReport, camp: CampReport) -> Readings:
    """Special settlements and camps of the month."""
    return {
        "special_settler_deaths": settled.deaths,
        "special_settler_births": settled.births,
        "special_settler_escapes": settled.escapes,
        "special_settler_arrivals": settled.arrivals,
        "settlers_released": settled.released,
        "prisoner_deaths": camp.deaths,
        "prisoner_arrivals": camp.arrivals,
        "prisoner_releases": camp.releases,
    }


def of_industry(report: EconomyReport) -> Readings:
    """Trade and industry of the month."""
    return {
        "machinery_imports": report.machinery_imports,
        "industrial_output_index": report.output_index,
        "foreign_debt": report.debt,
        "capital_index": report.capital_index,
    }


def of_state_grain(book: Any) -> Readings:
    """What the State did with its grain this month; `book` is its `GrainBook`, settled."""
    return {
        "grain_to_towns": book.towns,
        "grain_exported": book.exported,
        "grain_imported": book.imported,
        "grain_army": book.army,
        "grain_industry": book.industry,
        "grain_transport": book.transport,
        "grain_state_farms": book.state_farms,
        "grain_camps": book.camps,
        "grain_state_lost": book.lost,
        "grain_unnamed": book.unnamed,
    }
