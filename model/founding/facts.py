"""What the tables tell of each region and the phases need: people, land, yield, herds, diet, time of harvest."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from model.columns import Countryside
from model.history import N_REGIONS, REGION_IDS, array_by_region, regions, series

Floats = NDArray[np.float64]

AS_IT_WAS = "as it was"
"""How holdings are spread in every scenario that does not say otherwise (`policy/reading.py`)."""

KINDS = ("horses", "cattle", "pigs", "sheep_goats")
"""The four kinds of animals, in the order of every array [kinds, ...]."""

NOMAD_HERD = np.array([2.5, 1.6, 0.0, 5.0])
"""Herd of a nomad household over that of a farmer of its region [ratio, by kind].

Source: judgement. With 46 % of Kazakhstan's households nomadic it leaves them 81 % of the sheep and goats, 68 % of the
horses, 58 % of the cattle, as the steppe's herds were shared between the Kazakh auls and the settlers.
"""

HARVEST_SOUTH = (
    "ukraine_right_bank", "ukraine_left_bank", "ukraine_steppe", "north_caucasus", "lower_volga", "central_asia",
    "transcaucasia",
)  # fmt: skip
HARVEST_NORTH = ("leningrad_north", "urals", "west_siberia", "east_siberia_far_east", "nizhny_vyatka")
HARVEST_SHARES = {"south": (0.18, 0.50, 0.32), "middle": (0.06, 0.50, 0.44), "north": (0.02, 0.50, 0.48)}
"""Share of the harvest brought in in July, August and September. Source: judgement by zone of ripening."""


@dataclass(frozen=True, slots=True)
class RegionFacts:
    """One number for each region, in the order of `REGION_IDS` [regions] unless another shape is told."""

    rural_pop: Floats
    """Rural people, census of December 1926 [persons]."""
    urban_pop: Floats
    """Townspeople, census of December 1926 [persons]."""
    households: Floats
    """Peasant households, 1928 [count]."""
    sown_grain: Floats
    """Area under grain, 1928 [ha]."""
    mean_yield: Floats
    """Barn yield of 1925-29, whose weather counts as 1 [t/ha]."""
    yield_cv: Floats
    """Spread of yields from year to year [sd/mean]."""
    seed_rate: Floats
    """Seed [kg/ha]."""
    potatoes: Floats
    """Potatoes eaten in a good year [kg/rural head/year]."""
    herds: Floats
    """Animals in mid-1928, taken for 1927 too [heads; kinds, regions]."""
    herds_per_household: Floats
    """Animals of a household, mean of the region [heads; kinds, regions]."""
    nomadic_share: Floats
    """Households that are nomads or half-nomads [share]."""
    class_shares: Floats
    """Households that are poor, middle, kulak [share; classes, regions]."""
    members_share: Floats
    """Households in kolkhozy in June 1927 [share]."""
    industrial_weight: Floats
    """Part of the Union's industrial jobs [share]."""
    harvest_share: Floats
    """Share of the harvest that comes in in July, August, September [share; months, regions]."""
    living_space: Floats
    """Living space of the towns in mid-1927 [m2]."""
    herd_norm: Floats
    """Usual herd of a household of wealth 1, farmers and nomads [heads; kinds, regions, 2]."""


def _harvest_share() -> Floats:
    zone = dict.fromkeys(HARVEST_SOUTH, "south") | dict.fromkeys(HARVEST_NORTH, "north")
    return np.array([HARVEST_SHARES[zone.get(region, "middle")] for region in REGION_IDS]).T


def _members_share(households: Floats) -> Floats:
    """Share known for two regions in June 1927; the others alike, so that the Union has its 0.8 %."""
    known = array_by_region("collectivised_share", "1927-06-01") / 100.0
    union = next(p.value for p in series("collectivised_households_share") if p.date == "1927-06-01") / 100.0
    rest = np.isnan(known)
    elsewhere = (union * households.sum() - np.nansum(known * households)) / households[rest].sum()
    return np.where(rest, elsewhere, known)


def _living_space_per_head() -> float:
    """Mean of the Union's towns in mid-1927, half-way between the figures of 1926 and 1928 [m2/person]."""
    figures = {p.year: p.value for p in series("living_space_per_urban_resident")}
    return (figures[1926] + figures[1928]) / 2.0


def norms(nomadic: Floats, herds_per_household: Floats) -> Floats:
    """Return the herd of a household of wealth 1 so that each region's animals are met.

    Arguments: share of nomads [regions]; mean herd [heads; kinds, regions].
    Returns heads [kinds, regions, 2]: farmers, nomads.
    """
    farmer = herds_per_household / (1.0 + nomadic * (NOMAD_HERD[:, None] - 1.0))
    return np.stack([farmer, farmer * NOMAD_HERD[:, None]], axis=-1)


@cache
def record() -> RegionFacts:
    """Return the facts as the tables have them, whatever country is founded on them; read-only."""
    table = regions()
    households = table.peasant_households_1928 * 1000.0
    herds = np.stack([getattr(table, f"{kind}_1928") for kind in KINDS]) * 1000.0
    classes = np.stack([table.poor_pct_1927, table.middle_pct_1927, table.kulak_pct_1927])
    nomadic = table.nomadic_pct / 100.0
    urban = table.urban_pop_1926 * 1000.0
    facts = RegionFacts(
        rural_pop=table.rural_pop_1926 * 1000.0,
        urban_pop=urban,
        households=households,
        sown_grain=table.sown_grain_1928 * 1000.0,
        mean_yield=table.mean_yield_1925_29.copy(),
        yield_cv=table.yield_cv.copy(),
        seed_rate=array_by_region("seed_rate_grain", "1927", "inputs.csv") * 1000.0,
        potatoes=array_by_region("potatoes_eaten_per_rural_head", "1927", "inputs.csv"),
        herds=herds,
        herds_per_household=herds / households,
        nomadic_share=nomadic,
        class_shares=classes / classes.sum(axis=0),
        members_share=_members_share(households),
        industrial_weight=table.industrial_weight_pct / table.industrial_weight_pct.sum(),
        harvest_share=_harvest_share(),
        living_space=urban * _living_space_per_head(),
        herd_norm=norms(nomadic, herds / households),
    )
    for field in fields(facts):
        getattr(facts, field.name).flags.writeable = False
    return facts


@cache
def evened() -> RegionFacts:
    """Return the facts with the nation's means of holdings in every region; soil, sky, diet and nomads stay in place.

    A farmer anywhere has the land and a share of the animals of the Union's mean farmer, a nomad anywhere
    `NOMAD_HERD` times as many; classes and members are as frequent everywhere. The Union's totals are kept.
    """
    facts = record()
    farmers = facts.households * (1.0 - facts.nomadic_share)
    alike = farmers + NOMAD_HERD[:, None] * (facts.households - farmers)  # households in terms of a farmer's herd
    herds = facts.herds.sum(axis=1, keepdims=True) * alike / alike.sum(axis=1, keepdims=True)
    classes = (facts.class_shares * facts.households).sum(axis=1, keepdims=True) / facts.households.sum()
    members = (facts.members_share * facts.households).sum() * farmers / farmers.sum()
    return replace(
        facts,
        sown_grain=facts.sown_grain.sum() * farmers / farmers.sum(),
        herds=herds,
        herds_per_household=herds / facts.households,
        class_shares=np.repeat(classes, N_REGIONS, axis=1),
        members_share=members / facts.households,
        herd_norm=norms(facts.nomadic_share, herds / facts.households),
    )


def facts_for(spread: str) -> RegionFacts:
    """Return what founding takes for a region's holdings: those of the tables, or the nation's where shuffled."""
    return evened() if spread == "shuffled" else record()


def nomad_rows(land: Countryside) -> Floats:
    """Return the share of rows that are nomads, by region: near `nomadic_share`, rounded to whole villages [share]."""
    rows = land.sizes.astype(np.float64)
    return land.by_region(rows * land.villages.nomad) / land.by_region(rows)


def facts_of(land: Countryside, spread: str = AS_IT_WAS) -> RegionFacts:
    """Return the facts for a country as founded: its herd norms know how many of its rows are nomads."""
    facts = facts_for(spread)
    values = {field.name: getattr(facts, field.name) for field in fields(facts)}
    values["herd_norm"] = norms(nomad_rows(land), facts.herds_per_household)
    assert values["herd_norm"].shape == (len(KINDS), N_REGIONS, 2)
    return RegionFacts(**values)
