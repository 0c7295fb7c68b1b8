"""How the State plans grain: what it believes of the harvest, what it demands of each region, what it can spare.

Pure functions of region arrays, called by the State. Officials see the sky, and so the drought; they do not see
work done badly.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Regions = NDArray[np.float64]

DUE = (0.03, 0.17, 0.42, 0.66, 0.80, 0.91, 0.99, 1.0, 0.0, 0.0, 0.0, 0.0)
"""Part of the year's plan due by the end of each month, July to June; the campaign ends in February.
Source: `grain_procurement_cumulative_share`."""


def believed_harvest(
    area_ha: Regions, mean_yield_kg: Regions, weather: Regions, *, seen: float, optimism: float, norms: float
) -> Regions:
    """Harvest that officials expect in July [regions, kg].

    area_ha         land sown [regions, ha]
    mean_yield_kg   usual yield [regions, kg/ha]
    weather         yield of the weather relative to usual [regions, ratio]
    seen            how much of the weather they see [share]
    optimism        what they add to please [share]
    norms           1 = fixed norms per hectare: the weather plays no part [share]

    Source: Meng, Qian and Yared 2015 (plans that respond slowly); `mechanisms`.

    >>> believed_harvest(np.array([1.0]), np.array([800.0]), np.array([0.5]), seen=1.0, optimism=0.0, norms=0.0)
    array([400.])
    """
    sky = 1.0 + (1.0 - norms) * seen * (weather - 1.0)
    return area_ha * mean_yield_kg * sky * (1.0 + optimism)


def share_of_plan(
    believed_kg: Regions,
    seed_kg: Regions,
    farming_people: Regions,
    last_share: Regions,
    *,
    norm_left_kg: float,
    progressivity: float,
    flexibility: float,
) -> Regions:
    """Split of the national plan over the regions; sums to 1 [regions, share].

    norm_left_kg    food and fodder left per head before a surplus is seen [kg/person]
    progressivity   1 = only the surplus is levied, 0 = every harvest alike [share]
    flexibility     weight of the new estimate against last year's split [share]

    Source: Meng, Qian and Yared 2015; Markevich, Naumenko and Qian 2021.

    Two regions of one harvest, the second with nothing to spare: the more progressive the plan, the less it pays.

    >>> harvest, seed, people, last = np.full(2, 100.0), np.zeros(2), np.array([1.0, 2.0]), np.full(2, 0.5)
    >>> share_of_plan(harvest, seed, people, last, norm_left_kg=50.0, progressivity=1.0, flexibility=1.0).tolist()
    [1.0, 0.0]
    >>> share_of_plan(harvest, seed, people, last, norm_left_kg=50.0, progressivity=0.5, flexibility=0.5).tolist()
    [0.625, 0.375]
    """
    surplus = np.maximum(0.0, believed_kg - seed_kg - norm_left_kg * farming_people)
    flat = believed_kg / max(believed_kg.sum(), 1.0)
    levied = surplus / surplus.sum() if surplus.sum() > 0 else flat
    new = progressivity * levied + (1.0 - progressivity) * flat
    return flexibility * new + (1.0 - flexibility) * last_share


def left_over(stock_t: float, expected_t: float, kept_t: float, first_t: float, last_t: float) -> float:
    """Part of what is wanted last that can be given once all that goes before it is met [share].

    stock_t, expected_t, kept_t   as in `spare`
    first_t                       goes before it until the new harvest [t]
    last_t                        wanted last [t]

    >>> left_over(8.0e6, 0.0, 1.0e6, 6.0e6, 2.0e6)
    0.5
    """
    if last_t <= 0.0:
        return 1.0
    return min(1.0, max(0.0, (stock_t + expected_t - kept_t - first_t) / last_t))


def spare(stock_t: float, expected_t: float, kept_t: float, wanted_t: float) -> float:
    """Part of what is wanted until the new harvest that stock and expected deliveries can pay for [share].

    stock_t      grain of the State [t]
    expected_t   deliveries still expected: the plan is believed [t]
    kept_t       carried over into the next year [t]
    wanted_t     wanted until the new harvest [t]

    >>> spare(4.0e6, 0.0, 1.0e6, 6.0e6)
    0.5
    """
    if wanted_t <= 0.0:
        return 1.0
    return min(1.0, max(0.0, (stock_t + expected_t - kept_t) / wanted_t))
