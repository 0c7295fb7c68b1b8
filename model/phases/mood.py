"""What the months remember of fear, unrest and terms: the state of the countryside that is not on any row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from model.columns import Array, Countryside
from model.draws import Ask, uniform
from model.rules.unrest import next_retreat

Floats = NDArray[np.float64]

HERD_VALUES = (1.0, 0.8, 0.25, 0.12)
"""Worth of a horse, a head of cattle, a pig, a sheep, in horses (mechanisms: livestock units of the time)."""


@dataclass
class Mood:
    """Fear, retreat and memory, by region where it differs between regions."""

    fear: Floats
    """Fear of exile [regions], index."""
    exiled_share: Floats
    """Families exiled so far [regions], share of the households of 1927."""
    riot_rate: Floats
    """Expected disturbances per village of 60 households last month [regions]."""
    families_owed: Floats
    """Parts of a household that the quota of exile has carried over [regions], rows."""
    herd_share: Floats
    """Shares of horses, cattle, pigs, sheep in the value of the herds of 1927 [regions, 4]."""
    feared_take: Floats
    """Terms of the kolkhoz as they are feared: share of horses, cattle, pigs, sheep taken on joining [4]."""
    bitterness: Array
    """What this month's joiners add to grievance [villages], index."""
    retreat: float = 0.0
    """How far the State has retreated [0-1]."""
    held: int = 0
    """Months that it has held the retreat [count]."""
    disturbances: float = 0.0
    """Expected disturbances in the country last month [events]."""

    @classmethod
    def founded(cls, land: Countryside, luck: NDArray[np.uint64]) -> Self:
        """Begin in July 1927: nobody is afraid yet; quotas begin with a random remainder, so that none rounds away."""
        regions = len(land.weight)
        starts = land.first[land.edges[:-1]]
        herds = (land.homes.horses, land.homes.cattle, land.homes.pigs, land.homes.sheep_goats)
        worth = np.stack(
            [
                value * np.add.reduceat(herd, starts, dtype=np.float64)
                for value, herd in zip(HERD_VALUES, herds, strict=True)
            ],
            axis=1,
        )
        nothing = np.zeros(regions)
        return cls(
            fear=nothing.copy(),
            exiled_share=nothing.copy(),
            riot_rate=nothing.copy(),
            families_owed=np.array([0.2 + 0.6 * float(uniform(luck[Ask.EXILE], region)) for region in range(regions)]),
            herd_share=worth / np.maximum(worth.sum(axis=1, keepdims=True), 1e-9),
            feared_take=np.zeros(4),
            bitterness=np.zeros(land.n_villages, np.float32),
        )

    def listen(self, disturbances: float, pressure: float, threshold: float) -> None:
        """Let the State rise to, hold or end its retreat before last month's disturbances in the country."""
        self.retreat, self.held = next_retreat(self.retreat, self.held, disturbances, threshold, pressure)
