"""What pulls the ploughs: horses, oxen and tractors, by region."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Regions = NDArray[np.float64]

HORSE_EQUIVALENTS = {"horses": 0.76, "cattle": 0.025}
"""Working strength of a head relative to a horse. Source: `draught_power_horse_equivalents`."""
TRACTOR_STRENGTH = 13.5
"""Working strength of a tractor [horses]. Source: `tractor_horsepower` over `tractors_stock`, 1932-34."""


def power(stocks: Mapping[str, Regions], tractors: Regions) -> Regions:
    """Add up the working strength of animals (`survey.stocks`) and tractors [regions, horses]."""
    beasts = sum(strength * stocks[kind] for kind, strength in HORSE_EQUIVALENTS.items())
    return np.asarray(beasts + TRACTOR_STRENGTH * tractors)
