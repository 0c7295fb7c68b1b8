"""The space in which constants are looked for: a box of plausible values, as a cube from 0 to 1 in every direction.

The prior is a normal around the declared value, cut off at the ends of the plausible range, whose width is four
standard deviations: what the record leaves open stays near our best judgement. Points are
rounded to six digits when they become values, so that a vector that was written down is the vector lived.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.policy.constant import Constant

Floats = NDArray[np.float64]
DIGITS = 6
LEVELS = 4  # of a Morris grid, the usual number
PRIOR_SPREAD = 0.25
"""Standard deviation of the prior [share of the plausible range]. Source: assumption."""


@dataclass(frozen=True)
class Space:
    """Free constants with the smallest and largest plausible value of each, and the declared one."""

    names: tuple[str, ...]
    low: Floats
    high: Floats
    declared: Floats

    @classmethod
    def of(cls, constants: Sequence[Constant]) -> Space:
        """Return the space of the usual ranges around the declared values."""
        return cls(
            tuple(one.name for one in constants),
            np.array([one.usual[0] for one in constants], np.float64),
            np.array([one.usual[1] for one in constants], np.float64),
            np.array([one.default for one in constants], np.float64),
        )

    @property
    def size(self) -> int:
        """Number of free constants."""
        return len(self.names)

    def values(self, cube: Floats) -> pd.DataFrame:
        """Return points of the cube [point, constant] as values, rounded as they will be lived."""
        values = self.low + np.clip(cube, 0.0, 1.0) * (self.high - self.low)
        rounded = [[float(f"{value:.{DIGITS}g}") for value in row] for row in values]
        return pd.DataFrame(rounded, columns=list(self.names), dtype=np.float64)

    def cube(self, values: pd.DataFrame) -> Floats:
        """Return values as points of the cube [point, constant]."""
        return (values[list(self.names)].to_numpy(np.float64) - self.low) / (self.high - self.low)

    @property
    def middle(self) -> Floats:
        """The declared values as a point of the cube [constant]."""
        return (self.declared - self.low) / (self.high - self.low)

    def prior(self, cube: Floats) -> Floats:
        """Return minus twice the log of the prior [point], but for a constant: 0 at the declared values."""
        return np.asarray((((cube - self.middle) / PRIOR_SPREAD) ** 2).sum(axis=-1), np.float64)

    def prior_quantile(self, share: Floats | float) -> Floats:
        """Return points of the cube [..., constant] below which these shares of the prior lie."""
        from scipy.stats import truncnorm

        ends = -self.middle / PRIOR_SPREAD, (1.0 - self.middle) / PRIOR_SPREAD
        return np.asarray(truncnorm.ppf(share, *ends, loc=self.middle, scale=PRIOR_SPREAD), np.float64)

    def hypercube(self, points: int, seed: int) -> Floats:
        """Return a Latin hypercube of the prior [point, constant]: every constant takes `points` well spread values."""
        from scipy.stats import qmc

        even = qmc.LatinHypercube(self.size, rng=np.random.default_rng(seed)).random(points)
        return self.prior_quantile(even)

    @property
    def problem(self) -> dict[str, object]:
        """The cube in the words of SALib."""
        return {"num_vars": self.size, "names": list(self.names), "bounds": [[0.0, 1.0]] * self.size}

    def trajectories(self, count: int, seed: int) -> Floats:
        """Return the points of `count` Morris trajectories [count x (size + 1), constant]."""
        from SALib.sample import morris

        return np.asarray(morris.sample(self.problem, count, num_levels=LEVELS, seed=seed), np.float64)
