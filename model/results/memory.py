"""What a country remembers beside its columns, taken apart into plain values and arrays, and put back. No pickle.

Everything is remembered that is not named as given by founding: who adds an attribute to the country or to one of its
parts need do nothing; who adds a new kind of thing is told to name it in `KINDS` when the first checkpoint is written.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from model.agents.region import Region, Town
from model.agents.state import GrainBook, State
from model.calendar import Month
from model.country import Country
from model.phases.economy import Economy
from model.phases.expectations import Expectations
from model.phases.market import Market
from model.phases.mood import Mood
from model.phases.settlements import Camps, Settlements
from model.phases.towns import Towns

Arrays = dict[str, NDArray[Any]]

_CONSTANTS = frozenset({"behaviour"})
_OF_MESA = frozenset(vars(mesa.Model(rng=0)))
_OF_AGENTS = frozenset({"model", "unique_id", "pos"})
KINDS: Mapping[type, frozenset[str]] = {
    Country: _OF_MESA | _CONSTANTS | {"scenario", "seed", "land", "facts", "weight"},
    State: _OF_AGENTS,
    Region: _OF_AGENTS,
    Town: _OF_AGENTS,
    Towns: _CONSTANTS | {"_loop_behaviour"},
    Economy: _CONSTANTS,
    Settlements: _CONSTANTS,
    Camps: _CONSTANTS,
    **dict.fromkeys((Expectations, GrainBook, Market, Month, Mood), frozenset()),
}
"""Things that remember, and those of their attributes that founding gives: all others are kept."""

_PLAIN = (type(None), bool, int, float, str)


def _attributes(thing: Any) -> dict[str, Any]:
    """Return what a thing remembers."""
    names = [field.name for field in fields(thing)] if is_dataclass(thing) else list(vars(thing))
    return {name: getattr(thing, name) for name in names if name not in KINDS[type(thing)]}


def take_apart(thing: Any, arrays: Arrays, path: str = "") -> Any:
    """Return a thing as JSON can write it; its arrays go into `arrays`, by their path.

    The type of every number is kept: single and double precision do not add up alike.
    """
    if type(thing) in _PLAIN:
        return thing
    if isinstance(thing, np.ndarray):
        arrays[path] = thing
        return {"array": path}
    if isinstance(thing, np.generic):
        return {"number": thing.dtype.str, "value": thing.item()}
    if type(thing) is list:
        return [take_apart(one, arrays, f"{path}.{place}") for place, one in enumerate(thing)]
    if type(thing) is deque:
        return {"queue": take_apart(list(thing), arrays, path), "longest": thing.maxlen}
    if type(thing) is dict:
        return {"names": {name: take_apart(one, arrays, f"{path}.{name}") for name, one in thing.items()}}
    if type(thing) in KINDS:
        held = {name: take_apart(one, arrays, f"{path}.{name}".lstrip(".")) for name, one in _attributes(thing).items()}
        return {"kind": type(thing).__name__, "holds": held}
    raise TypeError(f"{path}: nobody has said how a {type(thing).__name__} is kept; name it in {__name__}.KINDS.")


def put_back(plain: Any, arrays: Arrays, thing: Any = None) -> Any:
    """Return what was taken apart; `thing`, founded anew, is given its memory back where it stands."""
    if isinstance(plain, list):
        founded = thing if isinstance(thing, list) and len(thing) == len(plain) else [None] * len(plain)
        return [put_back(one, arrays, old) for one, old in zip(plain, founded, strict=True)]
    if not isinstance(plain, dict):
        return plain
    if "array" in plain:
        return arrays[plain["array"]]
    if "number" in plain:
        return np.dtype(plain["number"]).type(plain["value"])
    if "queue" in plain:
        return deque(put_back(plain["queue"], arrays), maxlen=plain["longest"])
    if "names" in plain:
        return {name: put_back(one, arrays) for name, one in plain["names"].items()}
    kind = {kind.__name__: kind for kind in KINDS}[plain["kind"]]
    if is_dataclass(kind):
        return kind(**{name: put_back(one, arrays) for name, one in plain["holds"].items()})
    if type(thing) is not kind:
        raise ValueError(f"a {kind.__name__} is kept where founding puts a {type(thing).__name__}")
    for name, one in plain["holds"].items():
        setattr(thing, name, put_back(one, arrays, getattr(thing, name, None)))
    return thing
