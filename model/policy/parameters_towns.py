"""The levers of the towns, each declared once: trade, rations, barriers, industry and camps.

A default is the value of the NEP in July 1927, as in `parameters.py`.
"""

from __future__ import annotations

from model.policy.lever import Section, by_region, national
from model.units import (
    ByRegion,
    GoldRoublesPerT,
    Index,
    KgPerPersonYear,
    MillionGoldRoublesPerYear,
    MillionM2PerYear,
    MtPerYear,
    Share,
    SharePerYear,
    ThousandPersonsPerMonth,
    ThousandPerYear,
    TimesOf1928,
    TractorsPerPoint,
)


class Trade(Section):
    """What is sold abroad and bought there."""

    grain_exports: float = national(
        MtPerYear,
        2,
        "grain planned for export (shipped only if the State has it)",
        usual=(0, 6),
        source="VT1918-1940",
    )
    exports_first: float = national(
        Share,
        1,
        "how far exports go before the needs of towns at home; 0 = only what these leave is shipped",
        usual=(0, 1),
        source="DW2004",
    )
    grain_imports: float = national(
        MtPerYear,
        0,
        "grain that may be bought abroad where the State's own does not reach",
        usual=(0, 3),
        source="DW2004",
    )
    grain_price: float = national(
        GoldRoublesPerT,
        90,
        "price of grain at the border, exported or imported",
        usual=(18, 110),
        source="VT1918-1940",
    )
    other_exports: float = national(
        MillionGoldRoublesPerYear,
        600,
        "export of timber, oil, furs and other goods",
        usual=(100, 1000),
        allowed=(0, 5000),
        source="VT1918-1940",
    )
    credit: float = national(
        MillionGoldRoublesPerYear,
        0,
        "imports beyond exports, on credit or for gold (negative = repayment)",
        usual=(-250, 400),
        source="VT1918-1940",
    )
    gold_sales: float = national(
        MillionGoldRoublesPerYear,
        0,
        "gold and valuables sold, and debt wiped out by devaluation: pays interest and debt, not goods",
        usual=(0, 600),
        allowed=(0, 2000),
        source="OSOKINA2009",
    )
    machinery_share: float = national(
        Share,
        0.22,
        "part of imports that is machinery",
        usual=(0.15, 0.6),
        source="VT1918-1940",
    )


class Towns(Section):
    """The State's grain: who is fed, by how much."""

    ration: float = national(
        KgPerPersonYear,
        150,
        "grain that the State means to give a head of the towns in a year",
        usual=(60, 240),
        allowed=(50, 300),
        source="MOSHKOV1966",
    )
    army_grain: float = national(MtPerYear, 0.45, "grain for the army", usual=(0.3, 2), source="JUDGEMENT")
    industry_grain: float = national(
        MtPerYear,
        0.5,
        "grain for industry and alcohol",
        usual=(0.2, 1.2),
        source="JUDGEMENT",
    )
    transport_grain: float = national(
        MtPerYear,
        0.8,
        "grain for horses of transport and building sites",
        usual=(0.3, 2.2),
        source="JUDGEMENT",
    )
    state_farm_grain: float = national(
        MtPerYear,
        0.1,
        "grain for state farms",
        usual=(0, 1.2),
        source="JUDGEMENT",
    )
    unnamed_grain: float = national(
        MtPerYear,
        0.8,
        "grain of the State that leaves its stores for uses no source names",
        usual=(0, 8),
        source="DTW1995",
    )
    camp_ration: float = national(
        Share,
        1,
        "fulfilment of the food norm of special settlers",
        usual=(0.5, 1.1),
        allowed=(0, 1.5),
        source="KRASILNIKOV",
    )
    prisoner_ration: float = national(
        Share,
        1,
        "fulfilment of the food norm of prisoners in camps",
        usual=(0.5, 1.1),
        allowed=(0, 1.5),
        source="KHLEVNIUK2004",
    )
    passports: float = national(
        Index,
        0,
        "passports and residence permits that villagers do not get",
        usual=(0, 1),
        source="KESSLER2001",
    )
    abortion_banned: float = national(
        Index,
        0,
        "ban on abortion",
        usual=(0, 1),
        source="SZSSSR",
    )
    expulsions: float = national(
        ThousandPersonsPerMonth,
        0,
        "people expelled from towns of the passport system in a month",
        usual=(0, 100),
        source="KESSLER2001",
    )


class Borders(Section):
    """Barriers between regions."""

    closed: ByRegion = by_region(
        Index,
        0,
        "closure of a region to peasants who would leave it",
        usual=(0, 1),
        source="TSD",
    )


class Industry(Section):
    """What is invested, paid and built, and the machines that come back to the fields."""

    investment: float = national(
        TimesOf1928,
        0.85,
        "real fixed investment",
        usual=(0.5, 4),
        source="MOORPOW1966",
    )
    real_wage: float = national(
        TimesOf1928,
        0.97,
        "real wage of an employed worker",
        usual=(0.3, 1.3),
        allowed=(0.05, 5),
        source="CHAPMAN1963",
    )
    housing: float = national(
        MillionM2PerYear,
        5.5,
        "living space completed in towns in a year",
        usual=(3, 20),
        source="JUDGEMENT",
    )
    tractor_output_share: float = national(
        TractorsPerPoint,
        10,
        "tractors built a year for every point of industrial output (1928 = 100)",
        usual=(0, 500),
        source="DERIVED",
    )
    tractor_imports: float = national(
        ThousandPerYear,
        3,
        "tractors bought abroad",
        usual=(0, 30),
        source="VT1918-1940",
    )
    mts_coverage: ByRegion = by_region(
        Share,
        0,
        "share of kolkhoz area that machine-tractor stations are to serve",
        usual=(0, 1),
        source="STALIN18",
    )


class Camps(Section):
    """Arrivals in camps and special settlements other than from the villages' quotas, and releases."""

    other_arrivals: float = national(
        ThousandPersonsPerMonth,
        5.4,
        "people from towns and elsewhere sent to camps in a month",
        usual=(0, 50),
        source="ZEMSKOV1991",
    )
    settler_arrivals_other: float = national(
        ThousandPersonsPerMonth,
        0,
        "people sent to special settlements in a month other than exiled families",
        usual=(0, 40),
        source="ZEMSKOV1994",
    )
    settlers_released: float = national(
        SharePerYear,
        0,
        "share of special settlers released in a year",
        usual=(0, 0.2),
        source="ZEMSKOV1994",
    )
