"""Founding: July 1927 from the census tables, every regional total met at any number of households.

A household of a founded country stands for `weight` real ones of its region. Its animals are
`facts_of(land).herd_norm[kind, region, nomad] * wealth`, so that a herd can later be measured against its usual size.
"""

from __future__ import annotations

import operator

import numpy as np
from numpy.typing import NDArray

from model.columns import Countryside, Households, Villages, blank, blank_flows
from model.compiled import Crew
from model.draws import keys, normal_table
from model.founding import classes, rows, spreads
from model.founding.facts import AS_IT_WAS, RegionFacts, facts_for, facts_of, record
from model.founding.layout import Layout, lay_out

Floats = NDArray[np.float64]

SMALLEST, LARGEST = 900, 25_600_000
"""Households that a country may have: at least a village for every region, at most all that there were."""

BEFORE_THE_STORY = 10_000  # the "month" of all lots drawn at the founding; no month of the story has this number

AGES = np.array([0.156, 0.220, 0.536, 0.088])
"""Rural people aged 0-4, 5-14, 15-59, 60 and over [share]. Source: census of 1926, shape."""
SPREAD_OF_STANDING = 0.35  # sd of the logarithm of animals within a class; judgement
STOCK_A_HEAD = 0.0925  # t of grain a farming head on 1 July 1927, 10-12 Mt in all; below it 1928 starves
STOCK_BY_HEADS = 0.5  # part of the stock that regions hold by heads, the rest by their usual harvest; judgement
NOMAD_STOCK_KG = 10.0  # kg a head; judgement
POOLED = np.array([0.50, 0.15, 0.10, 0.10])
"""Part of members' horses, cattle, pigs, sheep that was common in 1927 [share]. Source: judgement, early artels."""
MEMBER_MONTHS = 24  # months that the members of 1927 have been inside
LAND_POWER = 0.9  # land grows a little slower than the household


def _checked(households: int, seed: int) -> tuple[int, int]:
    """Return both as plain numbers, or say in one sentence what is wrong with them."""
    try:
        if isinstance(households, bool):
            raise TypeError
        number = operator.index(households)
    except TypeError:
        raise ValueError(
            f"households: {households!r} is not a whole number; write one from {SMALLEST:,} to {LARGEST:,}."
        ) from None
    if not SMALLEST <= number <= LARGEST:
        why = "too few for all regions and classes" if number < SMALLEST else "more than there were"
        raise ValueError(f"households: {number:,} is {why}; write a number from {SMALLEST:,} to {LARGEST:,}.")
    try:
        if isinstance(seed, bool) or operator.index(seed) < 0:
            raise TypeError
    except TypeError:
        raise ValueError(f"seed: {seed!r} is not a whole number from 0 on.") from None
    return number, operator.index(seed)


def _steps() -> NDArray[np.uint64]:
    """Return the steps of even sequences that do not run alongside each other (Roberts), by lot [uint64]."""
    even = [lot for lot in rows.Lot if lot >= rows.Lot.SPAN]
    golden = 2.0
    for _ in range(60):
        golden = (1.0 + golden) ** (1.0 / (len(even) + 1))
    steps = np.zeros(len(rows.Lot), np.uint64)
    for power, lot in enumerate(even, start=1):
        steps[lot] = int(golden**-power * 2.0**64)
    return steps


def _expected_people(facts: RegionFacts) -> NDArray[np.float32]:
    """Return the people of a mean household by age, class and region [4, classes, regions]."""
    size = classes.by_class_and_region(classes.SIZE, facts) * facts.rural_pop / facts.households
    return (AGES[:, None, None] * size).astype(np.float32)


def _settle(land: Countryside, layout: Layout, lots: NDArray[np.uint64], reserve_days: float, spread: str) -> Floats:
    """Give every household its people and its ratios; return the ratios summed by region and way of life [2, 2, R]."""
    villages, n = land.villages, land.n_villages
    facts = facts_for(spread)
    census = classes.count(layout, lots[-4:-1], facts)
    villages.region[:] = layout.region
    villages.nomad[:] = layout.nomad
    villages.leaning[:] = census.leaning
    villages.shock[:] = 1.0
    villages.plan_error[:] = 1.0
    villages.kolkhoz_stand[:] = 1.0
    villages.experience[:] = np.where(census.members > 0, MEMBER_MONTHS / 12.0, 0.0)
    sums = np.zeros((2, n))
    mass = (np.arange(64) ** LAND_POWER).astype(np.float32)
    land.over(
        rows.settle,
        lots,
        _steps(),
        census.kulaks,
        census.poor,
        census.members,
        _expected_people(facts),
        classes.LAND_A_HEAD.astype(np.float32),
        classes.STANDING.astype(np.float32),
        np.float32(SPREAD_OF_STANDING),
        MEMBER_MONTHS,
        np.float32(reserve_days),
        normal_table(),
        mass,
        sums,
    )
    if spread != AS_IT_WAS:
        sums = spreads.deal_anew(land, mass, lots[-5]) if spread == "shuffled" else spreads.level(land)
    return np.stack([land.by_region(sums * (layout.nomad == nomad)) for nomad in (0, 1)])


def _stocks(hectares: Floats, heads: Floats) -> Floats:
    """Return the grain that farmers hold for each hectare of theirs on 1 July 1927 [kg/ha; regions].

    Arguments: hectares of a region; heads of farmers and nomads [2, regions], real ones.
    """
    facts = record()
    farmers, harvest = heads[0], hectares * facts.mean_yield
    total = STOCK_A_HEAD * 1000.0 * farmers.sum()
    by_region = total * (STOCK_BY_HEADS * farmers / farmers.sum() + (1.0 - STOCK_BY_HEADS) * harvest / harvest.sum())
    per_hectare: Floats = by_region / hectares
    return per_hectare


def found(households: int, seed: int, crew: Crew, reserve_days: float = 66.0, spread: str = AS_IT_WAS) -> Countryside:
    """Found the countryside of 1 July 1927 with so many rows; the same for any crew.

    Arguments: `households` rows of the country, 900 to 25,600,000; `seed` of all luck; `crew` of threads;
    `reserve_days` reserve of a well-fed body [days of full need]; `spread` of what households have (`spreads.py`).
    Raises `ValueError` with one sentence.

    >>> land = found(2_560, seed=1, crew=Crew(1))
    >>> round(float(land.weight.mean())), len(land.homes.adults)
    (10001, 2560)
    """
    households, seed = _checked(households, seed)
    facts = facts_for(spread)
    lots = keys(seed, BEFORE_THE_STORY)
    layout = lay_out(households)
    n_villages = len(layout.region)
    flows, sheet = blank_flows(n_villages)
    of_region = np.diff(layout.first[layout.edges]).astype(np.float64)
    land = Countryside(
        first=layout.first,
        homes=blank(Households, households),
        villages=blank(Villages, n_villages),
        edges=layout.edges,
        weight=facts.households / of_region,
        person_weight=np.ones(len(of_region)),
        crew=crew,
        flows=flows,
        sheet=sheet,
    )
    ratios = _settle(land, layout, lots, reserve_days, spread)
    people = np.stack([land.by_region(land.villages.people * (layout.nomad == nomad)) for nomad in (0, 1)])
    land.person_weight = facts.rural_pop / people.sum(axis=0)

    row_counts = np.diff(layout.first)
    group = np.stack([land.by_region(row_counts * (layout.nomad == nomad)) for nomad in (0, 1)])
    ha_of_ratio = np.zeros((len(of_region), 2))
    ha_of_ratio[:, 0] = facts.sown_grain / land.weight / ratios[0, 0]
    wealth_of_ratio = np.divide(group, ratios[:, 1], out=np.zeros_like(group), where=group > 0).T.copy()
    per_hectare = _stocks(facts.sown_grain, people * land.person_weight)
    land.over(
        rows.endow,
        ha_of_ratio,
        wealth_of_ratio,
        facts_of(land, spread).herd_norm,
        per_hectare,
        NOMAD_STOCK_KG * land.person_weight / land.weight,
        POOLED,
    )
    return land
