"""The space in which constants are looked for: a box of plausible values, as a cube from 0 to 1 in every direction.

Points are rounded to six digits when they become values, so that a vector that was written down is the vector lived.
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


@dataclass(frozen=True)
class Space:
    """Free constants with the smallest and largest plausible value of each."""

    names: tuple[str, ...]
    low: Floats
    high: Floats

    @classmethod
    def of(cls, constants: Sequence[Constant]) -> Space:
        """Return the space of the usual ranges: a prior that is even over each of them."""
        return cls(
            tuple(one.name for one in constants),
            np.array([one.usual[0] for one in constants], np.float64),
            np.array([one.usual[1] for one in constants], np.float64),
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

    def hypercube(self, points: int, seed: int) -> Floats:
        """Return a Latin hypercube [point, constant]: every constant takes `points` evenly spread values."""
        from scipy.stats import qmc

        return np.asarray(qmc.LatinHypercube(self.size, rng=np.random.default_rng(seed)).random(points), np.float64)

    @property
    def problem(self) -> dict[str, object]:
        """The cube in the words of SALib."""
        return {"num_vars": self.size, "names": list(self.names), "bounds": [[0.0, 1.0]] * self.size}

    def trajectories(self, count: int, seed: int) -> Floats:
        """Return the points of `count` Morris trajectories [count x (size + 1), constant]."""
        from SALib.sample import morris

        return np.asarray(morris.sample(self.problem, count, num_levels=LEVELS, seed=seed), np.float64)
