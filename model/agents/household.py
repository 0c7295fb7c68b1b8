"""Any household, looked at as an agent: a handle on its row. Kulak or peasant, independent or member."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from model.columns import Life, Stratum, columns_of

if TYPE_CHECKING:
    from model.columns import Countryside


class Peasant(mesa.Agent):
    """A peasant household. Its columns are attributes: `peasant.barn_kg`, `peasant.horses`, `peasant.adults` ..."""

    def __init__(self, model: mesa.Model, land: Countryside, row: int) -> None:
        """Look at household `row`; looking changes nothing, so the handle is not one of `model.agents`."""
        super().__init__(model)
        model.deregister_agent(self)
        self.land = land
        self.row = row

    def __getattr__(self, name: str) -> Any:
        """Read a column of the household."""
        if name in columns_of(type(self.land.homes)):
            return getattr(self.land.homes, name)[self.row].item()
        columns = ", ".join(columns_of(type(self.land.homes)))
        raise AttributeError(f"A household has no {name}; its columns are {columns}.")

    @property
    def village(self) -> int:
        """Row of its village."""
        return int(np.searchsorted(self.land.first, self.row, side="right")) - 1

    @property
    def region(self) -> int:
        """Row of its region."""
        return int(self.land.villages.region[self.village])

    @property
    def is_member(self) -> bool:
        """Whether it is in the kolkhoz."""
        return bool(self.land.homes.months_in[self.row] > 0)

    @property
    def fate(self) -> Life:
        """Present, exiled, departed or extinct."""
        return Life(int(self.land.homes.life[self.row]))


class Kulak(Peasant):
    """A household that the census would call kulak, or that officials do."""


def household(model: mesa.Model, land: Countryside, row: int) -> Peasant:
    """Look at one household of the country, as a `Kulak` where it is or is called one, else as a `Peasant`."""
    rows = len(land.homes.life)
    if not 0 <= row < rows:
        raise ValueError(f"household {row}: there is none; rows go from 0 to {rows - 1}.")
    is_kulak = land.homes.stratum[row] == Stratum.KULAK or land.homes.named_kulak[row]
    return (Kulak if is_kulak else Peasant)(model, land, row)
