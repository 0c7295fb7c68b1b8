"""The villages' table: what lies on it beside grain before all eat, and how people lived by it; for the country."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.columns import Countryside
from model.phases.kitchen import MILK, WILD, Table
from model.phases.seasons import seed_ahead
from model.policy.behaviour import Behaviour

Regions = NDArray[np.float64]

PLENTY, USUAL_KCAL = 1.2, 2900.0
"""What is eaten in good years [1 = usual], and usually [kcal/person/day]."""
_SINGLE = np.float32


def laid(facts: Any, policy: Any, b: Behaviour, of_year: int, sky: Regions, eased: float) -> Table:
    """Lay the tables of a month.

    facts     of the regions (`founding.RegionFacts`)
    of_year   0 = July
    sky       yield of the weather relative to usual [regions, ratio]
    eased     what a dear price leaves of the helpings that independents like [share]
    """
    norm = facts.herd_norm[:, :, 1].astype(_SINGLE)
    begging = 1.0 - (1.0 - float(b.begging_ease)) * np.asarray(policy.borders.closed)
    return Table(
        potatoes=facts.potatoes.astype(_SINGLE),
        weather=sky.astype(_SINGLE),
        wild=(float(b.wild_food) * WILD[of_year] * begging).astype(_SINGLE),
        member_plot=_SINGLE(float(b.member_plot) + float(b.plot_gain) * policy.collectivisation.plot_guaranteed),
        milk=_SINGLE(MILK[of_year]),
        seed_rate=facts.seed_rate.astype(_SINGLE),
        seed_ahead=_SINGLE(seed_ahead(of_year)),
        months_to_harvest=_SINGLE(13.0 - of_year if of_year else 13.0),
        is_harvest=_SINGLE(1.0 if of_year < 2 else 0.0),
        usual_horses=norm[0],
        usual_cattle=norm[1],
        usual_sheep_goats=norm[3],
        settled_floor=_SINGLE(0.85 * policy.livestock.herd_aid),
        eased=_SINGLE(eased),
        pay_ahead=_SINGLE(1.0 if of_year < 8 else 0.0),  # members wait for labour-days until March
    )


def hunger(land: Countryside) -> Regions:
    """Need that was not met this month, mean of the villagers [regions, share]."""
    bites = np.asarray(land.villages.hunger * land.villages.people, np.float64)
    return np.asarray(land.by_region(bites) / np.maximum(land.by_region(land.villages.people), 1.0))


def living(land: Countryside) -> Regions:
    """Living in villages by what was eaten this month, half of it felt [regions, 1 = usual]."""
    eaten = land.flow("kcal") / np.maximum(land.by_region(land.villages.people), 1.0)
    return np.asarray(0.5 + 0.5 * np.minimum(PLENTY, eaten / USUAL_KCAL))
