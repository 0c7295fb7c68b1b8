"""What can be counted in the countryside at the month's end, in real-world units by region. Reads, never writes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.arithmetic import total
from model.columns import Countryside, Flows
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
    "persons_exiled": "exiled", "persons_arrested": "arrested", "nomads_gone": "wandered",
}  # fmt: skip
_HOUSEHOLD_FLOWS = {
    "households_exiled": "exiled_households", "households_fled": "fled_households",
    "households_extinct": "extinct_households", "disturbances": "events",
    **{f"{fate}_{kind}": f"{fate}_{kind}" for fate in ("born", "died", "slaughtered", "delivered") for kind in KINDS},
}  # fmt: skip
_TOLD = _GRAIN_FLOWS | _PEOPLE_FLOWS | _HOUSEHOLD_FLOWS
_ROWS = np.array([Flows._fields.index(flow) for flow in _TOLD.values()])
_OF_PEOPLE = np.array([name in _PEOPLE_FLOWS for name in _TOLD])[:, None]
_KCAL, _HUNGRY = Flows._fields.index("kcal"), Flows._fields.index("hungry")


@loop
def _sum_homes(start, stop, first, homes, villages, flows, out):
    for village in range(start, stop):
        begin, rows = np.uint64(first[village]), np.uint64(first[village + 1] - first[village])
        out[0, village] = total(homes.barn_kg, begin, rows)
        out[1, village] = total(homes.concealed_kg, begin, rows)
        out[2, village] = total(homes.sown_ha, begin, rows) + villages.kolkhoz_sown_ha[village]
        out[3, village] = total(homes.horses, begin, rows) + villages.horses[village]
        out[4, village] = total(homes.cattle, begin, rows) + villages.cattle[village]
        out[5, village] = total(homes.pigs, begin, rows) + villages.pigs[village]
        out[6, village] = total(homes.sheep_goats, begin, rows) + villages.sheep_goats[village]
        out[7, village] = villages.horses[village]
        out[8, village] = villages.cattle[village]
        out[9, village] = villages.pigs[village]
        out[10, village] = villages.sheep_goats[village]
        out[11, village] = villages.pool_kg[village]
        out[12, village] = villages.present[village]
        out[13, village] = villages.members[village]
        out[14, village] = villages.people[village]


def stocks(land: Countryside) -> dict[str, Regions]:
    """Count grain, land, herds, households and people at the month's end [regions; t, ha, heads, persons]."""
    sums = np.empty((15, land.n_villages))
    land.over(_sum_homes, sums)
    counted = land.by_region(sums)
    barn, concealed, sown, *herds = counted[:11] * land.weight
    pool, present, members, people = counted[11:]
    return {
        "grain_barns": barn / 1000.0,
        "grain_concealed": concealed / 1000.0,
        "grain_pools": pool * land.weight / 1000.0,
        "sown_area": sown,
        "households": present * land.weight,
        "collectivised_share": members / np.maximum(present, 1.0),
        "rural_population": people * land.person_weight,
        **dict(zip((*KINDS, *(f"common_{kind}" for kind in KINDS)), herds, strict=True)),
    }


def flows(land: Countryside) -> dict[str, Regions]:
    """Sum what happened this month [regions, real units: t, persons, households, heads]."""
    sums = land.by_region(land.sheet)
    told = sums[_ROWS] * np.where(_OF_PEOPLE, land.person_weight, land.weight)
    told[: len(_GRAIN_FLOWS)] /= 1000.0
    readings = dict(zip(_TOLD, told, strict=True))
    people = np.maximum(land.by_region(land.villages.people), 1.0)
    readings["food_per_head_rural"] = sums[_KCAL] / people
    readings["hungry_share"] = sums[_HUNGRY] / people
    paid = np.where(land.villages.members > 0.0, land.villages.trudoden_kg * land.villages.members, 0.0)
    readings["grain_per_labour_day"] = land.by_region(paid) / np.maximum(land.by_region(land.villages.members), 1.0)
    return readings
