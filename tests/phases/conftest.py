"""A small country in its hardest autumn, and a crew that runs the loops in plain Python."""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from model.calendar import Month
from model.columns import Countryside, Flows, Households, Villages
from model.compiled import Crew
from model.country import Country
from model.founding import RegionFacts
from model.phases import barns, kitchen
from model.policy.behaviour import Behaviour
from model.policy.scenario import Scenario
from model.sheaf import Sheaf

ROWS = 2_000
AUTUMN = Month(1932, 11)


def in_plain_python(function: Any, known: dict[int, Any]) -> Any:
    """The same function, and every rule that it calls, as Python runs it without the compiler."""
    if id(function) in known:
        return known[id(function)]
    source = function.py_func
    around = dict(source.__globals__)
    plain = types.FunctionType(source.__code__, around, source.__name__, source.__defaults__)
    known[id(function)] = plain
    for name in source.__code__.co_names:
        thing = around.get(name)
        if hasattr(thing, "py_func"):
            around[name] = in_plain_python(thing, known)
        elif isinstance(thing, types.ModuleType) and thing.__name__.startswith("model."):
            rules = {key: value for key, value in vars(thing).items() if hasattr(value, "py_func")}
            around[name] = types.SimpleNamespace(**{key: in_plain_python(value, known) for key, value in rules.items()})
    return plain


class PlainCrew(Crew):
    """Hands that reckon slowly: every loop as plain Python."""

    def __init__(self) -> None:
        super().__init__(1)
        self.known: dict[int, Any] = {}

    def over(self, villages: int, function: Any, *arguments: Any, small: int | None = None) -> None:  # noqa: ARG002
        unbound = (one.table if isinstance(one, Sheaf) else one for one in arguments)
        in_plain_python(function, self.known)(0, villages, *unbound)


class SharingCrew(Crew):
    """Three threads that share out the smallest country."""

    SMALL = 0


@dataclass
class World:
    """A country as the phases see it."""

    land: Countryside
    facts: RegionFacts
    behaviour: Behaviour
    policy: Any
    table: kitchen.Table
    """What the next month lays on the tables."""
    campaign: dict[str, Any]
    """How the next month collects grain: the arguments of `barns.procure`."""

    def copy(self, crew: Crew | None = None) -> World:
        """The same country once more, to live its own life."""
        land = self.land
        sheet = land.sheet.copy()
        again = replace(
            land,
            homes=Households(*(column.copy() for column in land.homes)),
            villages=Villages(*(column.copy() for column in land.villages)),
            flows=Flows(*sheet),
            sheet=sheet,
            crew=crew or Crew(1),
        )
        again.turn_page()
        return replace(self, land=again)

    @property
    def village_of(self) -> np.ndarray:
        """Village of each household [households]."""
        return np.repeat(np.arange(self.land.n_villages), np.diff(self.land.first))

    @property
    def region_of(self) -> np.ndarray:
        """Region of each household [households]."""
        return self.land.villages.region[self.village_of]

    @property
    def here(self) -> np.ndarray:
        """Households that have not gone [households]."""
        return self.land.homes.life == 0

    @property
    def members(self) -> np.ndarray:
        """Households in a kolkhoz [households]."""
        return self.land.homes.months_in > 0

    @property
    def tilled(self) -> np.ndarray:
        """Part of its land that an independent household is left with [households]."""
        villages = self.land.villages
        inside = villages.members / np.maximum(villages.present, 1.0)
        return (1.0 - float(self.behaviour.land_cut) * inside)[self.village_of]

    def grain(self) -> np.ndarray:
        """Grain in barns, pits and pools [villages, kg]."""
        homes = self.land.homes
        held = homes.barn_kg.astype(np.float64) + homes.concealed_kg
        return np.bincount(self.village_of, held, self.land.n_villages) + self.land.villages.pool_kg

    def bits(self) -> bytes:
        """All that is known, to the last bit."""
        tables = (self.land.homes, self.land.villages)
        return b"".join(column.tobytes() for table in tables for column in table) + self.land.sheet.tobytes()


@pytest.fixture(scope="session")
def _autumn_of_1932() -> World:
    country = Country(Scenario.load("historical"), households=ROWS, seed=5, threads=1)
    while country.month < AUTUMN:
        country.step()
    facts, policy = country.facts, country.scenario.at(AUTUMN.next())
    world = World(country.land, facts, country.behaviour, policy, table=None, campaign={}).copy()  # type: ignore[arg-type]
    # what the country tells its phases in December; so a phase may ask for more without a change here
    with pytest.MonkeyPatch.context() as listening:
        told: dict[str, Any] = {}
        for module, name in ((kitchen, "share_and_ask"), (barns, "procure")):
            listening.setattr(module, name, _noting(getattr(module, name), name, told))
        country.step()
    return replace(world, table=told["share_and_ask"][0][2], campaign=told["procure"][1])


def _noting(phase: Any, name: str, told: dict[str, Any]) -> Any:
    def heard(*arguments: Any, **named: Any) -> Any:
        told[name] = arguments, named
        return phase(*arguments, **named)

    return heard


@pytest.fixture
def autumn_of_1932(_autumn_of_1932: World) -> World:
    """The end of November 1932: kolkhozy and independents, pits, hunger, households that are gone."""
    return _autumn_of_1932.copy()


Living = Callable[[World], object]


def _differences(one: Any, other: Any) -> list[str]:
    # Single precision keeps seven digits; a compiled sum may keep more on the way than plain Python does, and where
    # large numbers nearly cancel (a barn emptied to its last kilogram) the difference is that of the large ones.
    return [
        name for name in one._fields if not np.allclose(getattr(one, name), getattr(other, name), rtol=2e-5, atol=2e-3)
    ]


@pytest.fixture
def assert_lives_alike(autumn_of_1932: World) -> Callable[[Living], None]:
    """Compiled and in plain Python, and with one thread and three, a phase must do the same."""

    def judge(live: Living) -> None:
        compiled = autumn_of_1932.copy()
        before = compiled.bits()
        live(compiled)
        assert compiled.bits() != before, "the phase did nothing"
        plain = autumn_of_1932.copy(PlainCrew())
        live(plain)
        for one, other in (
            (compiled.land.homes, plain.land.homes),
            (compiled.land.villages, plain.land.villages),
            (compiled.land.flows, plain.land.flows),
        ):
            assert not _differences(one, other)
        shared = autumn_of_1932.copy(SharingCrew(3))
        live(shared)
        assert shared.bits() == compiled.bits()

    return judge
