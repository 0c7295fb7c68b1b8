"""How far a run lies from the record: for each series and for all of them together.

`Misfit.by_series` is the implausibility of history matching for a block of correlated figures: the root mean square of
their standardised distances, luck counted as an error too. Three means: beyond what observation, discrepancy and luck
explain. A vector is ruled out by the second largest of these, so that one series that no constant can mend does not
rule out everything (Vernon, Goldstein and Bower 2010).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.calibration.targets import Target, blocks, weight

Floats = NDArray[np.float64]
BEND = 3.0  # standard deviations beyond which distances are counted in orders of magnitude


def bent(distance: Floats) -> Floats:
    """Return standardised distances bent as a logarithm beyond three: thirty million dead are not ten times as wrong.

    >>> bent(np.array([0.0, 1.0, 30.0])).round(2)
    array([0.  , 0.98, 8.99])
    """
    return BEND * np.arcsinh(distance / BEND)


@dataclass(frozen=True)
class Misfit:
    """Distances of runs from a set of targets."""

    chosen: tuple[Target, ...]

    @property
    def blocks(self) -> dict[str, NDArray[np.intp]]:
        """Places of the targets of each series."""
        return blocks(self.chosen)

    def by_series(self, distance: Floats, variance: Floats | float = 0.0) -> Floats:
        """Return the implausibility [run, series] of bent distances [run, target].

        `variance` is what else is unsure of them, in squared standard deviations of the target's own error: luck, and
        for a run that was not lived the emulator.
        """
        squares = distance**2 / (1.0 + np.broadcast_to(variance, distance.shape))
        return np.stack([np.sqrt(squares[:, places].mean(axis=1)) for places in self.blocks.values()], axis=1)

    def total(self, by_series: Floats) -> Floats:
        """Return minus twice the log likelihood [run]: series add up, each with its weight."""
        weights = np.array([weight(len(places)) for places in self.blocks.values()])
        return np.asarray((weights * by_series**2).sum(axis=1), np.float64)

    def worst_but_one(self, by_series: Floats, aside: frozenset[str] = frozenset()) -> Floats:
        """Return the second largest implausibility [run] among the series that are not set aside."""
        kept = [place for place, name in enumerate(self.blocks) if name not in aside]
        if len(kept) < 2:
            return by_series[:, kept].max(axis=1) if kept else np.zeros(len(by_series))
        return np.sort(by_series[:, kept], axis=1)[:, -2]
