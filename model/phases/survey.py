"""What can be counted in the countryside at the month's end, in real-world units by region. Reads, never writes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.arithmetic import total
from model.columns import Countryside
from model.compiled import loop

Regions = NDArray[np.float64]
KINDS = ("horses", "cattle", "pigs", "sheep_goats")

_GRAIN_FLOWS = {
    "harvest": "harvest", "procured": "procured", "grain_confiscated": "confiscated", "grain_eaten": "eaten",
    "seed_used": "seed", "fodder_used": "fodder", "grain_lost": "lost", "grain_burnt": "burnt", "relief": "relief",
    "seed_loans": "seed_loan", "rural_rations": "ration",
}  # fmt: skip
_PEOPLE_FLOWS = {
    "rural_births": "births", "rural_deaths": "deaths", "rural_excess_deaths": "excess",
    "persons_exiled": "exiled", "persons_arrested": "arrested",
}  # fmt: skip
_HOUSEHOLD_FLOWS = {
    "households_exiled": "exiled_households", "households_fled": "fled_households",
    "households_extinct": "extinct_households", "disturbances": "events",
}  # fmt: skip


@loop
def _sum_homes(start, stop, first, homes, villages, flows, out):
    for village in range(start, stop):
        begin, rows = np.uint64(first[village]), np.uint64(first[village + 1] - first[village])
        out[0, village] = total(homes.barn_kg, begin, rows)
        out[1, village] = total(homes.concealed_kg, begin, rows)
        out[2, village] = total(homes.sown_ha, begin, rows)
        out[3, village] = total(homes.horses, begin, rows)
        out[4, village] = total(homes.cattle, begin, rows)
        out[5, village] = total(homes.pigs, begin, rows)
        out[6, village] = total(homes.sheep_goats, begin, rows)


def stocks(land: Countryside) -> dict[str, Regions]:
    """Count grain, land, herds, households and people at the month's end [regions; t, ha, heads, persons]."""
    sums = np.empty((7, land.n_villages))
    land.over(_sum_homes, sums)
    barn, concealed, sown, *private = land.by_region(sums) * land.weight
    villages = land.villages
    w = land.weight
    common = [land.by_region(getattr(villages, kind)) * w for kind in KINDS]
    present = land.by_region(villages.present)
    readings = {
        "grain_barns": barn / 1000.0,
        "grain_concealed": concealed / 1000.0,
        "grain_pools": land.by_region(villages.pool_kg) * w / 1000.0,
        "sown_area": sown + land.by_region(villages.kolkhoz_sown_ha) * w,
        "households": present * w,
        "collectivised_share": land.by_region(villages.members) / np.maximum(present, 1.0),
        "rural_population": land.by_region(villages.people) * land.person_weight,
    }
    for kind, own, together in zip(KINDS, private, common, strict=True):
        readings[kind] = own + together
        readings[f"common_{kind}"] = together
    return readings


def flows(land: Countryside) -> dict[str, Regions]:
    """Sum what happened this month [regions, real units: t, persons, households, heads]."""
    sums = dict(zip(land.flows._fields, land.by_region(land.sheet), strict=True))
    w, persons = land.weight, land.person_weight
    readings = {name: sums[flow] * w / 1000.0 for name, flow in _GRAIN_FLOWS.items()}
    readings |= {name: sums[flow] * persons for name, flow in _PEOPLE_FLOWS.items()}
    readings |= {name: sums[flow] * w for name, flow in _HOUSEHOLD_FLOWS.items()}
    for event in ("born", "died", "slaughtered", "delivered"):
        for kind in KINDS:
            readings[f"{event}_{kind}"] = sums[f"{event}_{kind}"] * w
    people = np.maximum(land.by_region(land.villages.people), 1.0)
    readings["food_per_head_rural"] = sums["kcal"] / people
    readings["hungry_share"] = sums["hungry"] / people
    paid = np.where(land.villages.members > 0.0, land.villages.trudoden_kg * land.villages.members, 0.0)
    readings["grain_per_labour_day"] = land.by_region(paid) / np.maximum(land.by_region(land.villages.members), 1.0)
    return readings
