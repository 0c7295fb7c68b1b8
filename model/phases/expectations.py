"""What peasants expect of the State, from what it took: they till the fields accordingly. Asked every month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.policy.behaviour import Behaviour
from model.rules import fields

Regions = NDArray[np.float64]

TAKE_OF_1927 = 0.16
"""Share of the harvest bought before 1927, as peasants remember it. Source: `grain_procurement_agyear`."""


@dataclass
class Expectations:
    """Memory of the State's takings, by region; real grain."""

    take: Regions
    """Share of harvests taken, as peasants remember it [regions]."""
    year_harvest_kg: Regions
    """Brought in so far in this agricultural year [regions, kg]."""
    year_taken_kg: Regions
    """Taken so far in this agricultural year [regions, kg]."""
    trust: float = 0.0
    """How far peasants believe that fixed norms hold [share]."""

    @classmethod
    def founded(cls, regions: int) -> Expectations:
        """Begin in July 1927."""
        return cls(np.full(regions, TAKE_OF_1927), np.zeros(regions), np.zeros(regions))

    def open_year(self) -> None:
        """July: begin to count anew."""
        self.year_harvest_kg[:], self.year_taken_kg[:] = 0.0, 0.0

    def care(self, b: Behaviour) -> Regions:
        """Return how carefully fields are tilled, where most of the next tonne is expected to be taken [regions]."""
        next_tonne = 1.0 - float(b.trust_gain) * self.trust
        return np.array([fields.effort(take, next_tonne, b.effort_loss) for take in self.take])

    def conclude(self, b: Behaviour, fixed_norms: float, *, year_ends: bool) -> None:
        """Close the month: trust follows the orders; in June the share taken this year is remembered."""
        self.trust += (fixed_norms - self.trust) / float(b.trust_months)
        if year_ends:
            share = self.year_taken_kg / np.maximum(self.year_harvest_kg, 1.0)
            weight = float(b.memory_share)
            self.take = weight * share + (1.0 - weight) * self.take
