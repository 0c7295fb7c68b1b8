"""The country whose households and villages are Mesa agents. `PlainCountry` lives a month as `Country` does.

It is founded by the engine, so that both begin with the same people; then every row becomes an agent.
"""

from __future__ import annotations

import inspect
from typing import Any

import mesa
import numpy as np

from benchmarks.plain import barns, fields, herds, kitchen, membership, people, roads, unrest
from model.calendar import Month
from model.columns import Countryside, Households, Villages, columns_of
from model.country import Country

PHASES = (fields, barns, kitchen, people, herds, membership, unrest, roads)
COUNTERPARTS = {loop: method for phase in PHASES for loop, method in phase.COUNTERPARTS.items()}
"""Every loop that the country calls in a month, and the method of `Village` that does the same."""
WRITTEN = frozenset({
    "levy", "due_left", "reachable_left", "demand", "want_relief", "ending", "seen", "scores", "bitterness", "out",
    "other_kcal",
})  # fmt: skip
"""Arrays that a loop fills: handed over as they are; all others become plain numbers and lists."""


class Household(
    fields.Home, barns.Home, kitchen.Home, people.Home, herds.Home, membership.Home, unrest.Home, roads.Home, mesa.Agent
):
    """A peasant household with its columns as ordinary attributes."""

    def __init__(self, model: mesa.Model, row: int, columns: dict[str, Any]) -> None:
        """Move in."""
        super().__init__(model)
        self.row = row
        self.moves = False
        self.__dict__.update(columns)


class Village(
    fields.Place, barns.Place, kitchen.Place, people.Place, herds.Place, membership.Place, unrest.Place, roads.Place,
    mesa.Agent,
):  # fmt: skip
    """A village with its kolkhoz; `homes` are the households present, `households` all that it ever had."""

    def __init__(self, model: mesa.Model, row: int, columns: dict[str, Any], flows: Any) -> None:
        """Stand where the census found it; `flows` are the books of the month [flows][villages]."""
        super().__init__(model)
        self.row = row
        self.flows = flows
        self.__dict__.update(columns)
        self.households: list[Household] = []
        self.homes: list[Household] = []

    def note(self, flow: str, amount: float) -> None:
        """Write into the books what happened this month."""
        getattr(self.flows, flow)[self.row] += amount

    def noted(self, flow: str) -> float:
        """Read what happened this month."""
        return float(getattr(self.flows, flow)[self.row])


class Attribute(np.lib.mixins.NDArrayOperatorsMixin):
    """One attribute of many agents, for those parts of the model that read or write whole columns."""

    def __init__(self, agents: list[Any], name: str, dtype: str) -> None:
        """Name the attribute; nothing is copied before it is asked for."""
        self.agents, self.name, self.dtype = agents, name, np.dtype(dtype)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return np.array([getattr(agent, self.name) for agent in self.agents], dtype or self.dtype)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        plain = [np.asarray(one) if isinstance(one, Attribute) else one for one in inputs]
        return getattr(ufunc, method)(*plain, **options)

    def __len__(self) -> int:
        return len(self.agents)

    def astype(self, dtype: Any) -> np.ndarray:
        """Copy the column in another type."""
        return np.asarray(self).astype(dtype)

    def __getitem__(self, places: Any) -> Any:
        if isinstance(places, slice):
            return np.asarray(self)[places]
        return np.array([getattr(self.agents[place], self.name) for place in places], self.dtype)

    def __setitem__(self, places: Any, values: Any) -> None:
        agents = self.agents[places] if isinstance(places, slice) else [self.agents[place] for place in places]
        for agent, value in zip(agents, np.broadcast_to(values, len(agents)).tolist(), strict=True):
            setattr(agent, self.name, value)


def plain(thing: Any) -> Any:
    """Return numbers and arrays of numpy as Python's own."""
    if isinstance(thing, np.generic | np.ndarray):
        return thing.tolist()
    if isinstance(thing, tuple) and hasattr(thing, "_fields"):
        return type(thing)(*(plain(one) for one in thing))
    return thing


def loop_name(function: Any) -> str:
    """Name a loop by its file and its own name."""
    return f"{function.__module__.rsplit('.', 1)[-1]}.{function.__name__}"


def asked_for(function: Any) -> list[str]:
    """Names of the arguments that a loop takes beside its range and the three tables."""
    return list(inspect.signature(getattr(function, "py_func", function)).parameters)[6:]


class Settled(Countryside):
    """A countryside of agents: what the engine does by a loop over rows, each village does with its households."""

    def __init__(self, model: mesa.Model, founded: Countryside) -> None:
        """Turn every row of a founded country into an agent."""
        rows, places = _rows(founded.homes), _rows(founded.villages)
        villages = [Village(model, row, columns, founded.flows) for row, columns in enumerate(places)]
        homes = [Household(model, row, columns) for row, columns in enumerate(rows)]
        for home in homes:
            if home.life:
                home.remove()
        for village, first, end in zip(villages, founded.first, founded.first[1:], strict=False):
            village.households = homes[first:end]
            village.homes = [home for home in village.households if not home.life]
        super().__init__(
            first=founded.first, homes=_attributes(Households, homes), villages=_attributes(Villages, villages),
            edges=founded.edges, weight=founded.weight, person_weight=founded.person_weight, crew=founded.crew,
            flows=founded.flows, sheet=founded.sheet,
        )  # fmt: skip
        self.agents = model.agents_by_type[Village]
        self.called: set[str] = set()

    def over(self, function: Any, *arguments: Any) -> None:
        """Let every village do what the loop does, in the order of rows."""
        name = loop_name(function)
        self.called.add(name)
        named = {
            word: value if word in WRITTEN else plain(value)
            for word, value in zip(asked_for(function), arguments, strict=True)
        }
        self.agents.do(COUNTERPARTS[name], **named)


def _rows(table: Any) -> list[dict[str, Any]]:
    columns = [column.tolist() for column in table]
    return [dict(zip(table._fields, row, strict=True)) for row in zip(*columns, strict=True)]


def _attributes(table: Any, agents: list[Any]) -> Any:
    return table(*(Attribute(agents, name, column.dtype) for name, column in columns_of(table).items()))


class PlainCountry(Country):
    """The country, lived by Mesa agents from the end of a month on; until then by the engine.

    settled   month after which agents move in; None = at the founding
    """

    def __init__(self, *arguments: Any, settled: Month | None = None, **options: Any) -> None:
        """Found it as the engine does, then let agents move in."""
        super().__init__(*arguments, **options)
        while settled is not None and self.month < settled:
            self.step()
        self.land: Any = Settled(self, self.land)
