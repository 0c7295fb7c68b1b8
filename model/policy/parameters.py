"""The levers of the countryside, each declared once: collectivisation, grain, livestock, dekulakisation and relief.

A default is the value of the NEP in July 1927: a scenario that names nothing leaves the country as it was.
"""

from __future__ import annotations

from model.policy.lever import Section, by_region, national
from model.units import (
    ByRegion,
    EventsPerMonth,
    Factor,
    Index,
    KgPerPersonYear,
    Months,
    Mt,
    Ratio,
    Share,
    SharePerMonth,
    SharePerYear,
    ThousandFamiliesPerMonth,
    ThousandPersonsPerMonth,
)


class Collectivisation(Section):
    """The campaign for the kolkhoz: how hard officials press, on what terms, and when they give way."""

    pressure: float = national(
        Index,
        0.003,
        "pressure of the campaign to join (1 = January to February 1930)",
        usual=(0, 1.4),
        allowed=(0, 2),
        source="DAVIES1980",
    )
    pressure_by_region: ByRegion = by_region(
        Factor,
        1,
        "weight of the campaign in a region",
        usual=(0.1, 1),
        source="DAVIES1980",
    )
    retreat_threshold: float = national(
        EventsPerMonth,
        800,
        "disturbances a month before which the State gives way (1e9 = never)",
        usual=(300, 2500),
        source="assumption",
    )
    leaving_tolerated: float = national(
        Index,
        0.3,
        "freedom to leave the kolkhoz",
        usual=(0.02, 0.9),
        source="assumption",
    )
    tax_on_independents: float = national(
        Index,
        0,
        "squeeze of independent households by taxes and delivery norms",
        usual=(0, 0.85),
        source="SZSSSR",
    )
    plot_guaranteed: float = national(
        Index,
        0,
        "guarantee of an own plot and cow to members",
        usual=(0, 1),
        source="SZSSSR",
    )
    kulaks_barred: float = national(
        Index,
        0,
        "exclusion of kulaks from the kolkhoz",
        usual=(0, 1),
        source="TSD",
    )
    take_horses: float = national(
        Share,
        0.5,
        "share of a joiner's horses taken into the common herd",
        usual=(0, 1),
        source="DAVIES1980",
    )
    take_cattle: float = national(
        Share,
        0.15,
        "share of a joiner's cattle taken into the common herd",
        usual=(0, 0.8),
        source="DAVIES1980",
    )
    take_pigs: float = national(
        Share,
        0.1,
        "share of a joiner's pigs taken into the common herd",
        usual=(0, 0.8),
        source="DAVIES1980",
    )
    take_sheep_goats: float = national(
        Share,
        0.1,
        "share of a joiner's sheep and goats taken into the common herd",
        usual=(0, 0.8),
        source="DAVIES1980",
    )


class Procurement(Section):
    """Grain for the State: how much, from whom, by what means."""

    rate: float = national(
        Share,
        0.155,
        "share of the believed harvest demanded in the agricultural year",
        usual=(0.1, 0.45),
        source="DW2004",
    )
    compulsion: float = national(
        Index,
        0,
        "compulsion of procurement (0 = bought at a price, 1 = an obligation)",
        usual=(0, 1),
        source="TSD",
    )
    price_ratio: float = national(
        Ratio,
        0.8,
        "procurement price over the price of the private market",
        usual=(0.05, 1.1),
        source="JASNY1949",
    )
    progressivity: float = national(
        Index,
        0.8,
        "progressivity of the plan (1 = levied on the surplus over seed and norm, 0 = on the harvest)",
        usual=(0.5, 1),
        source="assumption",
    )
    flexibility: float = national(
        Share,
        0.78,
        "weight of the new harvest estimate against last year's share of a region in the plan",
        usual=(0.2, 0.9),
        source="assumption",
    )
    weather_seen: float = national(
        Share,
        0.97,
        "part of the weather that officials see when they set the plan",
        usual=(0.7, 1),
        source="assumption",
    )
    optimism: float = national(
        Share,
        0.03,
        "officials' wish to please, as a share added to the believed harvest",
        usual=(0, 0.3),
        allowed=(-0.2, 0.5),
        source="DW2004",
    )
    kolkhoz_reach: float = national(
        Share,
        0.85,
        "share of kolkhoz grain beyond seed that collectors can reach",
        usual=(0.7, 0.97),
        source="assumption",
    )
    independent_reach: float = national(
        Share,
        0.75,
        "share of independents' grain beyond seed that collectors can reach",
        usual=(0.6, 0.97),
        source="assumption",
    )
    counter_plan: float = national(
        Share,
        0,
        "part of a region's shortfall laid upon villages that have delivered",
        usual=(0, 0.7),
        source="TSD",
    )
    shortfall_written_off: float = national(
        Share,
        0.4,
        "part of a shortfall that is written off within the campaign",
        usual=(0.2, 0.7),
        source="DW2004",
    )
    plan_cut: ByRegion = by_region(
        Share,
        0,
        "part of the year's plan that an order of this month strikes off; it holds for one month",
        usual=(0, 0.3),
        source="DW2004",
    )
    fixed_norms: float = national(
        Index,
        0,
        "fixed norms a hectare in place of a plan by estimated harvest",
        usual=(0, 1),
        source="SZSSSR",
    )
    mts_payment: float = national(
        Share,
        0,
        "share of the harvest paid to the machine-tractor station for full service",
        usual=(0, 0.22),
        allowed=(0, 0.4),
        source="SZSSSR",
    )
    purchases: float = national(
        Share,
        0,
        "part of the kolkhoz grain above need in January that the State buys",
        usual=(0, 0.6),
        source="DHKW2014",
    )
    search: ByRegion = by_region(
        Index,
        0,
        "search of villages that are behind their plan, seed and advances included",
        usual=(0, 1),
        source="PYRIH2007",
    )
    fines_in_kind: ByRegion = by_region(
        SharePerMonth,
        0,
        "share of potatoes and garden taken a month from searched households",
        usual=(0, 0.7),
        source="PYRIH2007",
    )
    theft_law: float = national(
        Index,
        0,
        "force of the law on theft of kolkhoz property",
        usual=(0, 1),
        source="SZSSSR",
    )


class Livestock(Section):
    """Orders upon the herds."""

    meat_procurement: ByRegion = by_region(
        SharePerYear,
        0,
        "share of the herd demanded as meat in a year",
        usual=(0, 0.5),
        source="PIANCIOLA2004",
    )
    nomad_settling: ByRegion = by_region(
        Index,
        0,
        "forced settling of nomads",
        usual=(0, 1),
        source="PIANCIOLA2004",
    )
    herd_aid: float = national(
        Index,
        0,
        "help to members without a cow",
        usual=(0, 1),
        source="GOLODSSSR",
    )


class Dekulakisation(Section):
    """Exile and arrest by quota."""

    families_exiled: float = national(
        ThousandFamiliesPerMonth,
        0,
        "families exiled in a month",
        usual=(0, 70),
        source="ZEMSKOV1994",
    )
    region_share: ByRegion = by_region(
        Share,
        1 / 18,
        "part of the month's quota of exile and arrest that falls upon a region",
        usual=(0, 0.3),
        source="ZEMSKOV1994",
    )
    arrests: float = national(
        ThousandPersonsPerMonth,
        0.5,
        "villagers sent to camps in a month",
        usual=(0, 50),
        source="ZEMSKOV1991",
    )


class Relief(Section):
    """Help of the State to the villages."""

    share: float = national(
        Share,
        0.3,
        "part of the need which the State perceives that it meets with food",
        usual=(0, 1),
        source="GOLODSSSR",
    )
    delay: float = national(
        Months,
        2,
        "months from need to relief",
        usual=(0, 6),
        source="GOLODSSSR",
    )
    threshold: float = national(
        Share,
        0.15,
        "share of food need missing in a region at which relief begins",
        usual=(0.05, 0.4),
        source="assumption",
    )
    reserve_kept: float = national(
        Mt,
        0.3,
        "grain reserve that is never touched",
        usual=(0, 4),
        source="DTW1995",
    )
    seed_loans: ByRegion = by_region(
        Share,
        0.05,
        "share of the spring seed of kolkhozy that the State lends",
        usual=(0, 1),
        source="DW2004",
    )
    rural_rations: ByRegion = by_region(
        KgPerPersonYear,
        0,
        "grain sold back to villages of deficit and technical crops, a rural head and year",
        usual=(0, 70),
        allowed=(0, 100),
        source="assumption",
    )
