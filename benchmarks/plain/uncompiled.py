"""The engine's scalar rules as plain Python, from the same source: `rule` leaves a function as it is.

Plain Python reckons with its own floats. Four helpers are written anew, because their single-precision forms are made
for vector code and would slow plain Python down for nothing: `exponential`, `whole`, `logarithm` and the draw
`uniform`, which gives the same numbers from Python's own integers. So the agents have their best chance.
"""

from __future__ import annotations

import builtins
import importlib.util
import math
import types
from pathlib import Path
from typing import Any

from model import arithmetic, draws

_MASK = (1 << 64) - 1


def uniform(key: int, who: int) -> float:
    """Draw the number in [0, 1) that `model.draws.uniform` gives."""
    z = ((who + 1) * 0x9E3779B97F4A7C15 + key) & _MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return ((z ^ (z >> 31)) >> 40) * 2.0**-24


def exponential(x: float) -> float:
    """e to the power of x; x is held within -60 and 60."""
    return math.exp(min(max(x, -60.0), 60.0))


def logistic(x: float) -> float:
    """Share between 0 and 1 that belongs to the logit x."""
    return 1.0 / (1.0 + exponential(-x))


def logarithm(x: float) -> float:
    """Natural logarithm; at or below 0 it answers -87."""
    return math.log(max(x, 1.2e-38))


def whole(expected: float, u: float) -> int:
    """Round an expected number of events to whole ones, by one draw u in [0, 1)."""
    return math.floor(expected + u)


def _as_it_is(function: Any) -> Any:
    return function


def _room(like: Any, **instead: Any) -> types.SimpleNamespace:
    return types.SimpleNamespace(**(vars(like) | instead))


_TWINS: dict[str, Any] = {
    "model.compiled": types.SimpleNamespace(rule=_as_it_is, loop=_as_it_is),
    "model.arithmetic": _room(arithmetic, exponential=exponential, logistic=logistic, whole=whole),
    "model.draws": _room(draws, uniform=uniform),
    "model.rules": types.SimpleNamespace(),
}


def _fetch(name: str, scope: Any = None, own: Any = None, wanted: Any = (), level: int = 0) -> Any:
    """Import as Python does, but the plain twin of a module where there is one."""
    if name == "model.rules":
        for rule in wanted:
            setattr(_TWINS[name], rule, uncompiled(f"model.rules.{rule}"))
    elif name.startswith("model.rules."):
        return uncompiled(name)
    return _TWINS.get(name) or builtins.__import__(name, scope, own, wanted, level)


def uncompiled(name: str) -> Any:
    """Return a module of rules or phases with everything in it as plain Python."""
    if name not in _TWINS:
        found = importlib.util.find_spec(name)
        if found is None or found.origin is None:
            raise ImportError(f"{name}: there is no such module.")
        module = types.ModuleType(f"{name} (uncompiled)")
        module.__dict__["__builtins__"] = vars(builtins) | {"__import__": _fetch}
        exec(compile(Path(found.origin).read_bytes(), found.origin, "exec"), module.__dict__)
        if hasattr(module, "logarithm"):
            module.logarithm = logarithm
        _TWINS[name] = module
    return _TWINS[name]
