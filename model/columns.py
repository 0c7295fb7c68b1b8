"""What is known of every household and village: one column each, with type, unit and meaning beside it.

A household is a row, a village a range of rows: `first[v]` to `first[v + 1]`. Rows never move and are never
used twice, so a row is a household's lasting name. What happened in the month is summed by village in `Flows`
and carried to regions with the region's weight (real households per row).
"""

from __future__ import annotations

from collections import namedtuple
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Annotated, Any, NamedTuple, TypeVar, get_type_hints

import numpy as np
from numpy.typing import NDArray

from model.arithmetic import LANE
from model.compiled import Crew, names_used
from model.sheaf import Sheaf

Array = NDArray[Any]
T = TypeVar("T", bound=tuple[Any, ...])


class Column(NamedTuple):
    """Type, unit and meaning of a column."""

    dtype: str
    unit: str
    meaning: str


class Life(IntEnum):
    """What has become of a household."""

    PRESENT = 0
    EXILED = 1
    DEPARTED = 2
    EXTINCT = 3


class Stratum(IntEnum):
    """The class that the census of 1927 would give it."""

    POOR = 0
    MIDDLE = 1
    KULAK = 2


class Households(NamedTuple):
    """One entry per household [households]."""

    stratum: Annotated[Array, Column("i1", "Stratum", "poor, middle or kulak in 1927")]
    named_kulak: Annotated[Array, Column("i1", "0/1", "officials have called it kulak")]
    life: Annotated[Array, Column("i1", "Life", "present, exiled, departed whole or extinct")]
    small: Annotated[Array, Column("i1", "persons", "aged 0-4")]
    children: Annotated[Array, Column("i1", "persons", "aged 5-14")]
    adults: Annotated[Array, Column("i1", "persons", "aged 15-59, at home")]
    elderly: Annotated[Array, Column("i1", "persons", "aged 60 and over")]
    away: Annotated[Array, Column("i1", "persons", "adults working in a town, counted there")]
    hired: Annotated[Array, Column("i1", "persons", "labourers it hires for the season where that is allowed")]
    months_in: Annotated[Array, Column("i1", "months", "months in the kolkhoz, 0 = independent, held at 120")]
    join_hazard: Annotated[Array, Column("f4", "1/month", "how soon it expects to be inside the kolkhoz")]
    land_ha: Annotated[Array, Column("f4", "ha", "grain land it tilled in 1927")]
    wealth: Annotated[Array, Column("f4", "ratio", "lasting standing: its usual herd over the region's mean")]
    temper: Annotated[Array, Column("f4", "sd", "own leaning towards the kolkhoz, standard normal")]
    horses: Annotated[Array, Column("f4", "heads", "private horses")]
    cattle: Annotated[Array, Column("f4", "heads", "private cattle")]
    pigs: Annotated[Array, Column("f4", "heads", "private pigs")]
    sheep_goats: Annotated[Array, Column("f4", "heads", "private sheep and goats")]
    barn_kg: Annotated[Array, Column("f4", "kg", "grain in the barn that a search would see")]
    concealed_kg: Annotated[Array, Column("f4", "kg", "grain concealed")]
    sown_ha: Annotated[Array, Column("f4", "ha", "own field sown for the coming harvest")]
    stand: Annotated[Array, Column("f4", "share", "what thin sowing leaves of the yield")]
    harvested_kg: Annotated[Array, Column("f4", "kg", "own harvest of this agricultural year")]
    delivered_kg: Annotated[Array, Column("f4", "kg", "given to the State in this agricultural year")]
    garden: Annotated[Array, Column("f4", "share", "part of the year's potatoes and garden not taken away")]
    shortfall_kg: Annotated[Array, Column("f4", "kg", "grain wanted beyond its own this month")]
    reserve_days: Annotated[Array, Column("f4", "days", "reserve of the body in days of full need")]
    wasting: Annotated[Array, Column("f4", "share", "depletion of the body over some months: weakness, infection")]
    barrenness: Annotated[Array, Column("f4", "share", "depletion nine months ago, smoothed: births not conceived")]
    deficit: Annotated[Array, Column("f4", "share", "need of this month not met")]
    starved: Annotated[Array, Column("i1", "persons", "of it who died of hunger since 1927, held at 100")]


class Villages(NamedTuple):
    """One entry per village [villages]."""

    region: Annotated[Array, Column("i4", "row", "region it lies in")]
    nomad: Annotated[Array, Column("i1", "0/1", "nomads: no fields, herds are the food")]
    leaning: Annotated[Array, Column("f4", "sd", "the village's leaning towards the kolkhoz, stratified normal")]
    shock: Annotated[Array, Column("f4", "ratio", "field luck of the year, mean 1 in its region")]
    plan_error: Annotated[Array, Column("f4", "ratio", "how officials err in sharing out the plan")]
    turn: Annotated[Array, Column("f4", "share", "place in the order in which brigades come to its region this year")]
    kolkhoz_sown_ha: Annotated[Array, Column("f4", "ha", "kolkhoz fields sown for the coming harvest")]
    kolkhoz_stand: Annotated[Array, Column("f4", "share", "what thin sowing leaves of the kolkhoz yield")]
    kolkhoz_harvested_kg: Annotated[Array, Column("f4", "kg", "kolkhoz harvest of this agricultural year")]
    kolkhoz_delivered_kg: Annotated[Array, Column("f4", "kg", "given to the State by the kolkhoz this year")]
    pool_kg: Annotated[Array, Column("f4", "kg", "grain of the kolkhoz, seed included")]
    horses: Annotated[Array, Column("f4", "heads", "common horses")]
    cattle: Annotated[Array, Column("f4", "heads", "common cattle")]
    pigs: Annotated[Array, Column("f4", "heads", "common pigs")]
    sheep_goats: Annotated[Array, Column("f4", "heads", "common sheep and goats")]
    experience: Annotated[Array, Column("f4", "years", "kolkhoz years behind the village")]
    members: Annotated[Array, Column("f4", "households", "member households present")]
    present: Annotated[Array, Column("f4", "households", "households present")]
    people: Annotated[Array, Column("f4", "persons", "people at home")]
    land_ha: Annotated[Array, Column("f4", "ha", "land of all its rows, also of those gone")]
    grievance: Annotated[Array, Column("f4", "index", "what has been done to it, remembered")]
    unwilling: Annotated[Array, Column("f4", "share", "households inside the kolkhoz against their will")]
    riot_hazard: Annotated[Array, Column("f4", "events/month", "expected disturbances of one real village")]
    hunger: Annotated[Array, Column("f4", "share", "need not met this month, mean of its people")]
    trudoden_kg: Annotated[Array, Column("f4", "kg", "grain paid for one labour-day this agricultural year")]
    searched: Annotated[Array, Column("i1", "0/1", "brigades search it this month")]


class Flows(NamedTuple):
    """What happened in the month, summed over a village's rows, not yet weighted [villages], float64."""

    harvest: Annotated[Array, Column("f8", "kg", "grain brought in")]
    procured: Annotated[Array, Column("f8", "kg", "taken or bought by the State")]
    confiscated: Annotated[Array, Column("f8", "kg", "of it found in searches")]
    eaten: Annotated[Array, Column("f8", "kg", "eaten by peasants")]
    seed: Annotated[Array, Column("f8", "kg", "sown")]
    fodder: Annotated[Array, Column("f8", "kg", "fed to animals")]
    lost: Annotated[Array, Column("f8", "kg", "lost after threshing, left behind or taken along by those gone")]
    burnt: Annotated[Array, Column("f8", "kg", "burnt in defiance")]
    relief: Annotated[Array, Column("f8", "kg", "food lent or given by the State")]
    seed_loan: Annotated[Array, Column("f8", "kg", "seed lent by the State")]
    ration: Annotated[Array, Column("f8", "kg", "grain sold back by the State to deficit villages")]
    to_market: Annotated[Array, Column("f8", "kg", "brought to the market of the region")]
    from_market: Annotated[Array, Column("f8", "kg", "bought on the market of the region")]
    births: Annotated[Array, Column("f8", "persons", "born")]
    deaths: Annotated[Array, Column("f8", "persons", "died, all causes")]
    excess: Annotated[Array, Column("f8", "persons", "of them by hunger: would have lived without it")]
    left_work: Annotated[Array, Column("f8", "persons", "workers gone to towns")]
    left_family: Annotated[Array, Column("f8", "persons", "people gone to towns with their household or after it")]
    wandered: Annotated[Array, Column("f8", "persons", "nomads gone with tent and family to other lands or abroad")]
    returned: Annotated[Array, Column("f8", "persons", "come back from towns")]
    exiled: Annotated[Array, Column("f8", "persons", "sent into exile")]
    arrested: Annotated[Array, Column("f8", "persons", "sent to camps")]
    exiled_households: Annotated[Array, Column("f8", "households", "sent into exile")]
    fled_households: Annotated[Array, Column("f8", "households", "fled from the threat of exile")]
    extinct_households: Annotated[Array, Column("f8", "households", "died out")]
    joined: Annotated[Array, Column("f8", "households", "joined the kolkhoz")]
    left_kolkhoz: Annotated[Array, Column("f8", "households", "left the kolkhoz")]
    events: Annotated[Array, Column("f8", "events", "expected disturbances, of a real village for every 60 households")]
    born_horses: Annotated[Array, Column("f8", "heads", "foaled")]
    born_cattle: Annotated[Array, Column("f8", "heads", "calved")]
    born_pigs: Annotated[Array, Column("f8", "heads", "farrowed")]
    born_sheep_goats: Annotated[Array, Column("f8", "heads", "lambed")]
    died_horses: Annotated[Array, Column("f8", "heads", "died of age, sickness, want of fodder")]
    died_cattle: Annotated[Array, Column("f8", "heads", "died of age, sickness, want of fodder")]
    died_pigs: Annotated[Array, Column("f8", "heads", "died of age, sickness, want of fodder")]
    died_sheep_goats: Annotated[Array, Column("f8", "heads", "died of age, sickness, want of fodder")]
    slaughtered_horses: Annotated[Array, Column("f8", "heads", "slaughtered or sold for slaughter")]
    slaughtered_cattle: Annotated[Array, Column("f8", "heads", "slaughtered or sold for slaughter")]
    slaughtered_pigs: Annotated[Array, Column("f8", "heads", "slaughtered or sold for slaughter")]
    slaughtered_sheep_goats: Annotated[Array, Column("f8", "heads", "slaughtered or sold for slaughter")]
    delivered_horses: Annotated[Array, Column("f8", "heads", "taken by meat procurement")]
    delivered_cattle: Annotated[Array, Column("f8", "heads", "taken by meat procurement")]
    delivered_pigs: Annotated[Array, Column("f8", "heads", "taken by meat procurement")]
    delivered_sheep_goats: Annotated[Array, Column("f8", "heads", "taken by meat procurement")]
    meat_kg: Annotated[Array, Column("f8", "kg", "meat left to the village by slaughter")]
    kcal: Annotated[Array, Column("f8", "kcal/day", "eaten per day, summed over people")]
    hungry: Annotated[Array, Column("f8", "persons", "people below four fifths of need")]


def columns_of(table: type) -> dict[str, Column]:
    """Return the declared columns of a table, in order."""
    hints = get_type_hints(table, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}


def bytes_per_row(table: type) -> int:
    """Memory of one row of a table [bytes]."""
    return sum(np.dtype(column.dtype).itemsize for column in columns_of(table).values())


def blank(table: type[T], rows: int) -> T:
    """Return a table of zeros with `rows` rows."""
    return table(*(np.zeros(rows, column.dtype) for column in columns_of(table).values()))


def blank_flows(villages: int) -> tuple[Flows, NDArray[np.float64]]:
    """Return the month's sums and the one array [flows, villages] whose rows they are."""
    sheet = np.zeros((len(Flows._fields), villages))
    return Flows(*sheet), sheet


def group_edges(region: Array, nomad: Array) -> NDArray[np.int64]:
    """Return where one region's farmers or nomads end and the next group of villages begins, and the end [groups + 1].

    >>> group_edges(np.array([0, 0, 1, 1, 1]), np.array([0, 0, 0, 1, 1])).tolist()
    [0, 2, 3, 5]
    """
    group = 2 * region.astype(np.int64) + nomad
    return np.concatenate(([0], np.flatnonzero(np.diff(group)) + 1, [len(group)]))


_narrow: dict[tuple[Any, type], tuple[Any, tuple[int, ...]]] = {}
"""The part of a table that one loop uses: a named tuple class of its own and the places of its columns."""


def narrowed(table: Any, function: Any) -> Any:
    """Return only those columns (or constants) of a named tuple that a compiled loop uses; other things as they are.

    Compiling and calling a loop cost by the column: with all of them a loop takes three times as long to compile.
    """
    if not isinstance(table, tuple):
        return table
    kind = type(table)
    if (function, kind) not in _narrow:
        if not hasattr(kind, "_fields") or not hasattr(function, "py_func"):
            return table
        used = names_used(function)
        places = tuple(place for place, name in enumerate(kind._fields) if name in used)
        plain = function.py_func
        name = f"{kind.__name__}_of_{plain.__module__.replace('.', '_')}_{plain.__name__}"
        part: Any = namedtuple(name, [kind._fields[place] for place in places], module=__name__)  # type: ignore[misc]
        globals()[name] = part  # numba's cache finds the class by its name
        _narrow[(function, kind)] = part, places
    cls, places = _narrow[(function, kind)]
    return cls._make([table[place] for place in places])


def bound(table: Any, function: Any) -> Any:
    """Return the part of a named tuple that a compiled loop uses, bound where it lasts: columns, and constants.

    What the regions are told of a month is new each month, and binding it would cost more than it saves.
    """
    part = narrowed(table, function)
    lasts = isinstance(table, Households | Villages | Flows) or not any(isinstance(one, np.ndarray) for one in table)
    return Sheaf(part) if lasts and part is not table else part


@dataclass
class Countryside:
    """All villages of the country with their households, and what the phases need to walk over them.

    Villages are sorted by region: region r holds villages `edges[r]` to `edges[r + 1]`.
    """

    first: NDArray[np.int64]
    """First household of each village, and the end [villages + 1]."""
    homes: Households
    villages: Villages
    edges: NDArray[np.int64]
    """First village of each region, and the end [regions + 1]."""
    weight: NDArray[np.float64]
    """Real households per row [regions]."""
    person_weight: NDArray[np.float64]
    """Real persons per person of a row [regions]; a hair off `weight`, so that the census is met exactly."""
    crew: Crew
    flows: Flows
    sheet: NDArray[np.float64]
    """The month's flows as one array [flows, villages]."""
    sizes: NDArray[np.int64] = field(init=False, repr=False)
    """Rows of each village [villages]; they never change."""
    rows: NDArray[np.int64] = field(init=False, repr=False)
    """Rows of each region [regions]."""
    starts: NDArray[np.int64] = field(init=False, repr=False)
    """First village of each region [regions]."""
    spare: NDArray[np.float32] = field(init=False, repr=False)
    """What one loop of a phase tells the next about a household; empty between phases [households]."""
    _tables: dict[Any, tuple[Any, ...]] = field(default_factory=dict, init=False, repr=False)
    """Parts of the three tables that each loop uses: columns are written in place and never replaced."""
    _constants: dict[Any, tuple[Any, Any]] = field(default_factory=dict, init=False, repr=False)
    """The named tuple that each loop was handed last, and the part of it that the loop uses."""

    def __post_init__(self) -> None:
        """Refuse a village that is longer than the lanes on which loops reckon."""
        self.sizes, self.rows = np.diff(self.first), np.diff(self.first[self.edges])
        self.starts = self.edges[:-1]
        if len(self.sizes) and self.sizes.max() > LANE:
            raise ValueError(f"A village has more than {LANE} households; cut it into several.")
        self.spare = np.zeros(int(self.first[-1]) if len(self.first) else 0, np.float32)

    @property
    def n_villages(self) -> int:
        """Villages in the country [count]."""
        return len(self.first) - 1

    def ways_of_life(self) -> NDArray[np.int64]:
        """Return the first village of each region's farmers and of its nomads, and the end [groups + 1]."""
        return group_edges(self.villages.region, self.villages.nomad)

    def over(self, function: Any, *arguments: Any) -> None:
        """Run a compiled loop `function(start, stop, first, homes, villages, flows, *arguments)` over all villages."""
        tables = self._tables.get(function)
        if tables is None:
            tables = tuple(bound(table, function) for table in (self.homes, self.villages, self.flows))
            self._tables[function] = tables
        own = [self._part(one, function) if isinstance(one, tuple) else one for one in arguments]
        self.crew.over(len(self.first) - 1, function, self.first, *tables, *own)

    def _part(self, table: Any, function: Any) -> Any:
        """Return the part of a named tuple that a loop uses; constants are the same from month to month."""
        place = (function, type(table))
        last = self._constants.get(place)
        if last is None or last[0] is not table:
            last = self._constants[place] = (table, bound(table, function))
        return last[1]

    def by_region(self, column: Array) -> NDArray[np.float64]:
        """Sum a village column over each region, in a fixed order, unweighted [regions]."""
        return np.add.reduceat(column, self.starts, axis=-1, dtype=np.float64)

    def flow(self, name: str) -> NDArray[np.float64]:
        """Sum one flow of the month over each region, unweighted [regions]."""
        return self.by_region(getattr(self.flows, name))

    def turn_page(self) -> None:
        """Empty the month's flows."""
        self.sheet[:] = 0.0
