"""The plain Mesa program lives the same history as the engine: every loop has a second opinion."""

from __future__ import annotations

import importlib
import inspect
import os
import pkgutil
from typing import Any

import numpy as np
import pytest

from benchmarks.plain.country import COUNTERPARTS, Household, PlainCountry, Village, asked_for, loop_name
from benchmarks.plain.uncompiled import uncompiled, uniform
from model import draws, phases
from model.calendar import Month
from model.columns import Countryside
from model.country import Country

pytestmark = pytest.mark.skipif(os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="there is no engine to compare with")

ROWS = 900
FOUNDING, CAMPAIGN, FAMINE = None, Month(1929, 12), Month(1932, 10)


def _loops() -> dict[str, Any]:
    """Every loop over villages that a phase runs, by name; a rule that walks over rows is part of a loop."""
    found = {}
    for room in pkgutil.iter_modules(phases.__path__):
        for thing in vars(importlib.import_module(f"model.phases.{room.name}")).values():
            if getattr(thing, "targetoptions", {}).get("nogil") and "first" in inspect.signature(thing).parameters:
                found[loop_name(thing.py_func)] = thing
    return found


def test_every_loop_has_a_counterpart_among_the_agents():
    """A loop that the Mesa program does not know would be left out of the comparison, in cost and in outcome."""
    assert _loops().keys() == COUNTERPARTS.keys()


@pytest.mark.parametrize("name", COUNTERPARTS)
def test_counterpart_is_asked_the_same_as_its_loop(name: str):
    """Arguments are handed over by the loop's own words."""
    asked = list(inspect.signature(getattr(Village, COUNTERPARTS[name])).parameters)[1:]
    assert sorted(asked) == sorted(asked_for(_loops()[name]))


def test_draws_of_the_agents_are_those_of_the_engine():
    key = draws.keys(seed=7, month=3)[draws.Ask.JOIN]
    assert [uniform(int(key), who) for who in range(500)] == [float(draws.uniform(key, who)) for who in range(500)]


def test_rules_of_the_agents_come_from_the_same_source():
    """Nothing in them is compiled, and nothing is copied."""
    from model.rules import livestock

    plain = uncompiled("model.rules.livestock").slaughter
    assert inspect.isfunction(plain)
    assert plain.__code__.co_filename == livestock.slaughter.py_func.__code__.co_filename
    assert plain(2.0, 1.0, 0.03, 0.05, 0.0, 0.0, 0.6) == pytest.approx(0.06, rel=1e-3)


@pytest.mark.parametrize(
    ("settled", "months"), [(FOUNDING, 8), (CAMPAIGN, 9), (FAMINE, 8)], ids=["founding", "campaign", "famine"]
)
def test_agents_live_the_same_months_as_the_engine(settled: Month | None, months: int):
    """To a thousandth of the largest region: agents reckon in double precision, the engine in single.

    The three stretches take every way in and out of the kolkhoz and of the village.
    """
    engine = Country("historical", households=ROWS, seed=3, threads=1)
    agents = PlainCountry("historical", households=ROWS, seed=3, threads=1, settled=settled)
    while engine.month < agents.month:
        engine.step()
    for _ in range(months):
        engine.step()
        agents.step()
        ours, theirs = engine.readings(), agents.readings()
        apart = {
            name: (ours[name], theirs[name])
            for name in ours
            if not np.allclose(ours[name], theirs[name], rtol=1e-3, atol=1e-3 * np.abs(ours[name]).max() + _LITTLE)
        }
        assert not apart, (str(engine.month), apart)
    assert len(agents.agents_by_type[Household]) == (engine.land.homes.life == 0).sum()


_LITTLE = 1e-2
"""Tonnes, heads, persons or events in the whole country that are nothing: residues of single precision."""


def test_no_other_loop_is_called_in_the_years_of_the_story(monkeypatch: pytest.MonkeyPatch):
    """Nor is any of them idle: what nobody calls would be compared with nothing."""
    called: set[str] = set()
    over = Countryside.over

    def heard(land: Countryside, function: Any, *arguments: Any) -> None:
        called.add(loop_name(function))
        over(land, function, *arguments)

    monkeypatch.setattr(Countryside, "over", heard)
    country = Country("historical", households=ROWS, seed=3, threads=1)
    while country.month < Month(1933, 7):
        country.step()
    assert {name for name in called if not name.startswith("rows.")} == COUNTERPARTS.keys()  # rows: the founding
