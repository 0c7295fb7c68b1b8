"""The sky of a harvest year: what the weather allows the fields to yield, relative to usual. Asked once, in July."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from model import history
from model.draws import Ask, keys, uniform

if TYPE_CHECKING:
    from model.policy.reading import WeatherMode

Regions = NDArray[np.float64]


def sky_of(year: int, mode: WeatherMode, seed: int, yield_cv: Regions) -> Regions:
    """Return the yield that the weather of a harvest year allows, relative to usual [regions].

    mode       as it was (historical), the same every year (average), or drawn by lot
    yield_cv   how much yields vary from year to year, sd over mean [regions]
    """
    if mode == "average":
        return np.ones(history.N_REGIONS)
    if mode == "drawn":
        key = keys(seed, year)[Ask.WEATHER]
        # four uniforms are near normal; a fifth, shared by all, makes droughts cross borders
        own = np.array([sum(uniform(key, r + 100 * i) for i in range(4)) for r in range(history.N_REGIONS)])
        shared = sum(uniform(key, 10_000 + i) for i in range(4))
        normal = (0.8 * (own - 2.0) + 0.6 * (shared - 2.0)) * np.sqrt(3.0)
        return np.asarray(np.clip(1.0 + yield_cv * normal, 0.35, 1.6))
    return np.asarray(history.weather()[year - 1927])
