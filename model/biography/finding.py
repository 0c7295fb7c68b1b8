"""Which household to tell of: a row, or the first of a region and class to which something happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.calendar import Month
from model.columns import Households, Life, Stratum
from model.history import N_REGIONS, REGION_IDS
from model.plan import Plan, RunError

if TYPE_CHECKING:
    from model.country import Country

Rows = NDArray[np.int64]
Chosen = NDArray[np.bool_]

EARLY = Month(1930, 3)
NEVER = -1


class Lived(NamedTuple):
    """What is known of all households when a run has ended."""

    homes: Households
    first_inside: NDArray[np.int64]
    """Month since July 1927 at whose end a household was first a member; -1: never [households]."""


PICKS: dict[str, Callable[[Lived], Chosen]] = {
    "deported": lambda lived: lived.homes.life == Life.EXILED,
    "departed": lambda lived: lived.homes.life == Life.DEPARTED,
    "extinct": lambda lived: lived.homes.life == Life.EXTINCT,
    "present": lambda lived: lived.homes.life == Life.PRESENT,
    "starved": lambda lived: lived.homes.starved > 0,
    "joined_early": lambda lived: (lived.first_inside >= 0) & (lived.first_inside <= EARLY.index),
    "never_joined": lambda lived: (lived.first_inside == NEVER) & (lived.homes.life == Life.PRESENT),
}
"""What may have happened to a household by the end of the run; `typical` is chosen at its beginning."""
TYPICAL = "typical"


def find(
    plan: Plan,
    *,
    region: str | None = None,
    stratum: str | None = None,
    pick: str | None = None,
    tick: Callable[[Month], None] = lambda _: None,
) -> int:
    """Return the row of a household; the plan's country is lived only where the pick asks how it ended.

    region   one of the 18, None: any
    stratum  poor, middle or kulak by the census of 1927, None: any
    pick     `typical` (None too): nearest to the middle of its region and class in 1927 by people, land and standing;
             or what happened to it by the end of the run: the first such row
    """
    _check(region, stratum, pick)
    from model.country import Country

    country = Country(plan.scenario, households=plan.households, seed=plan.luck[0], threads=plan.threads)
    asked = _of(country, region, stratum)
    if not asked.any():
        raise RunError(f"class: no {stratum} household lives in {region} among {plan.households:,}; ask for more.")
    if pick in {None, TYPICAL}:
        return _nearest_to_the_middle(country.land.homes, np.flatnonzero(asked))
    found = np.flatnonzero(asked & PICKS[str(pick)](_live(country, tick)))
    if not len(found):
        who = " ".join(part for part in (stratum, "household", f"of {region}" if region else "") if part)
        raise RunError(f"pick: no {who} is {pick} in {plan.scenario.name} with seed {plan.luck[0]}; try another seed.")
    return int(found[0])


def _check(region: str | None, stratum: str | None, pick: str | None) -> None:
    """Refuse words that name nothing."""
    strata = [one.name.lower() for one in Stratum]
    for option, word, allowed in (
        ("region", region, list(REGION_IDS)),
        ("class", stratum, strata),
        ("pick", pick, [TYPICAL, *PICKS]),
    ):
        if word is not None and word not in allowed:
            raise RunError(f"{option}: there is no {word!r}; write one of {', '.join(allowed)}.")


def _of(country: Country, region: str | None, stratum: str | None) -> Chosen:
    """Mark the households of a region and class [households]."""
    land = country.land
    asked = np.ones(len(land.homes.life), bool)
    if region is not None:
        rows = land.first[land.edges]
        place = REGION_IDS.index(region)
        asked[: rows[place]] = False
        asked[rows[place + 1] if place + 1 < N_REGIONS else len(asked) :] = False
    if stratum is not None:
        asked &= land.homes.stratum == Stratum[stratum.upper()]
    return asked


def _nearest_to_the_middle(homes: Households, rows: Rows) -> int:
    """Return the row that differs least from the medians of people, land and standing, in spreads of each."""
    people = homes.small + homes.children + homes.adults + homes.elderly
    apart = np.zeros(len(rows))
    for column in (people, homes.land_ha, homes.wealth):
        values = column[rows].astype(np.float64)
        apart += ((values - np.median(values)) / max(float(values.std()), 1e-9)) ** 2
    return int(rows[int(np.argmin(apart))])


def _live(country: Country, tick: Callable[[Month], None]) -> Lived:
    """Live the country to its end and note when each household was first a member."""
    first_inside = np.full(len(country.land.homes.life), NEVER, np.int64)
    while country.running:
        country.step()
        new = (country.land.homes.months_in > 0) & (first_inside == NEVER)
        first_inside[new] = country.month.index
        tick(country.month)
    return Lived(country.land.homes, first_inside)
