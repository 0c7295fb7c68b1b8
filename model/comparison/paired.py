"""Differences between two scenarios whose runs share their luck, seed by seed: how large, how sure, how many seeds.

Every run of a scenario has a twin of the same seed under the baseline. A household has the same luck in both, so most
of what chance does is in both and falls out of the difference; the rest is told as an interval and a standard error.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, inf, isfinite, nan

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BAND = (0.05, 0.95)
"""Between these quantiles lie 90 % of the runs."""
NINE_TENTHS = 1.645  # standard errors either side of a mean that hold 90 %
PART, OF_LEVEL = 0.10, 0.01
"""A mean difference is known well enough when its 90 % interval reaches no further than a tenth of it, or than a
hundredth of the baseline's level where it is small."""


@dataclass(frozen=True, slots=True)
class Told:
    """Some runs in three numbers."""

    mean: float
    low: float
    """5 % of the runs lie below it."""
    high: float

    @classmethod
    def of(cls, values: Floats) -> Told:
        """Tell values [runs].

        >>> Told.of(np.array([1.0, 2.0, 3.0])).mean
        2.0
        """
        low, high = np.quantile(values, BAND)
        return cls(float(values.mean()), float(low), float(high))


@dataclass(frozen=True, slots=True)
class Pair:
    """One outcome of one scenario beside the baseline, run by run [runs]."""

    baseline: Floats
    other: Floats

    @property
    def difference(self) -> Told:
        """The paired difference: mean, and the range of 90 % of the runs."""
        return Told.of(self.other - self.baseline)

    @property
    def sd_paired(self) -> float:
        """Standard deviation of the difference over runs that share their luck; nan for one run."""
        return _sd(self.other - self.baseline)

    @property
    def sd_unpaired(self) -> float:
        """What it would be had every run a luck of its own."""
        return float(np.hypot(_sd(self.other), _sd(self.baseline)))

    @property
    def standard_error(self) -> float:
        """Standard error of the mean paired difference."""
        return self.sd_paired / float(np.sqrt(len(self.baseline)))

    @property
    def gain(self) -> float:
        """How many times as many seeds runs without shared luck would need for the same standard error."""
        paired, unpaired = self.sd_paired, self.sd_unpaired
        if not (isfinite(paired) and isfinite(unpaired)):
            return nan
        return (unpaired / paired) ** 2 if paired > 0.0 else inf

    @property
    def wanted(self) -> float:
        """Half width of the 90 % interval of the mean at which the difference is known well enough."""
        return max(PART * abs(self.difference.mean), OF_LEVEL * abs(float(self.baseline.mean())))

    @property
    def seeds_enough(self) -> float:
        """Seeds at which the mean difference is known well enough; nan for one run."""
        return seeds_enough(self.sd_paired, self.wanted)


def seeds_enough(deviation: float, wanted: float) -> float:
    """Return how many seeds bring the half width of the mean's 90 % interval down to `wanted`, 2 at least.

    >>> seeds_enough(1.0, 0.5), seeds_enough(0.0, 0.5)
    (11.0, 2.0)
    """
    if not isfinite(deviation):
        return nan
    if deviation == 0.0:
        return 2.0
    return float(max(2, ceil((NINE_TENTHS * deviation / wanted) ** 2))) if wanted > 0.0 else inf


def _sd(values: Floats) -> float:
    return float(values.std(ddof=1)) if len(values) > 1 else nan
