"""The officials of a region: they report what they think Moscow wants to read. A Mesa agent."""

from __future__ import annotations

import mesa


class Region(mesa.Agent):
    """One of the 18 regions; a handle on its rows, and the reporter of its harvest."""

    def __init__(self, model: mesa.Model, row: int, name: str) -> None:
        """Take office in region `row`."""
        super().__init__(model)
        self.row = row
        self.name = name

    def report(self, harvest_t: float, optimism: float, *, honest: bool) -> float:
        """Report this month's harvest [t]: what was brought in and the wish to please."""
        return harvest_t if honest else harvest_t * (1.0 + optimism)


class Town(mesa.Agent):
    """The towns of one region; a handle on their row in `Towns`."""

    def __init__(self, model: mesa.Model, row: int, name: str) -> None:
        """Stand for the towns of region `row`."""
        super().__init__(model)
        self.row = row
        self.name = name

    @property
    def people(self) -> float:
        """Townspeople [persons]."""
        return float(self.model.towns.people[self.row])

    @property
    def ration_fulfilment(self) -> float:
        """What the State delivers of the ration it promised [share]."""
        return float(self.model.towns.ration_fulfilment[self.row])
