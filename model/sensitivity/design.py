"""Which runs an analysis needs: points in the space of the behavioural constants, and the seed of each.

A constant is varied over its plausible range (`usual`), uniformly; policy and weather stay as the scenario has them.
Runs that are compared share their seed, so that an effect is the constant's and not the luck's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.plan import RunError
from model.policy.behaviour import BEHAVIOURS
from model.policy.constant import Constant
from model.policy.errors import nearest

if TYPE_CHECKING:
    from model.policy.scenario import Scenario

Floats = NDArray[np.float64]

LEVELS = 4  # of a Morris design; a step is two thirds of the range
NEEDS = "sensitivity needs the library SALib: pip install 'collectivisation[sensitivity]'."


@dataclass(frozen=True, slots=True)
class Budget:
    """How much is lived.

    trajectories   of the Morris screening, each of one run more than there are constants
    top            constants that the screening hands on to curves and shares
    values         of each of them along its curve, ends included
    seeds          countries behind every point of a curve
    blocks         of the Sobol design, a power of two; each of two runs more than `top`
    """

    trajectories: int = 3
    top: int = 5
    values: int = 5
    seeds: int = 4
    blocks: int = 64

    def __post_init__(self) -> None:
        """Refuse what gives no analysis."""
        least = {"trajectories": 2, "top": 1, "values": 2, "seeds": 1, "blocks": 4}
        for name, fewest in least.items():
            if getattr(self, name) < fewest:
                raise RunError(f"{name}: {getattr(self, name)} are too few; write {fewest} or more.")
        if self.blocks & (self.blocks - 1):
            raise RunError(f"blocks: {self.blocks} is not a power of two; write 32, 64, 128, ...")

    def runs(self, constants: int) -> int:
        """Return how many runs the whole analysis of so many constants asks for, repeated ones included."""
        top = min(self.top, constants)
        curves = (1 + top * self.values) * self.seeds
        return self.trajectories * (constants + 1) + curves + self.blocks * (top + 2)


class Design(NamedTuple):
    """Points to live: values of the constants [runs, constants] and the seed of each run [runs]."""

    names: tuple[str, ...]
    points: Floats
    seeds: NDArray[np.int64]


def constants(wanted: Sequence[str] = ()) -> tuple[Constant, ...]:
    """Return the constants to vary: those named, or all; a `RunError` says which there are not."""
    for name in wanted:
        if name not in BEHAVIOURS:
            raise RunError(f"constants: there is no constant called {name!r}; {nearest(name, list(BEHAVIOURS))}")
    chosen = [BEHAVIOURS[name] for name in dict.fromkeys(wanted)] or list(BEHAVIOURS.values())
    free = tuple(one for one in chosen if one.usual[1] > one.usual[0])
    if len(free) < 2:
        raise RunError("constants: fewer than two of those named have a range to vary over; name more.")
    return free


def centre(scenario: Scenario, names: Sequence[str]) -> Floats:
    """Return the values that the scenario itself has [constants]."""
    own = {name: one.default for name, one in BEHAVIOURS.items()} | scenario.overrides
    return np.array([own[name] for name in names])


def problem(chosen: Sequence[Constant]) -> dict[str, Any]:
    """Return the space in the words of SALib."""
    return {
        "num_vars": len(chosen),
        "names": [one.name for one in chosen],
        "bounds": [list(one.usual) for one in chosen],
    }


def salib(part: str) -> Any:
    """Import a part of SALib, or say in one sentence that it is missing."""
    from importlib import import_module

    try:
        return import_module(f"SALib.{part}")
    except ImportError:
        raise RunError(NEEDS) from None


def screening(chosen: Sequence[Constant], trajectories: int, seed: int) -> Design:
    """Return a Morris design: each trajectory moves one constant after the other, under one seed."""
    points = salib("sample.morris").sample(problem(chosen), trajectories, num_levels=LEVELS, seed=seed)
    names = tuple(one.name for one in chosen)
    seeds = np.repeat(np.arange(seed, seed + trajectories), len(names) + 1)
    return Design(names, points, seeds)


def curves(scenario: Scenario, chosen: Sequence[Constant], values: int, seeds: int, seed: int) -> Design:
    """Return one-at-a-time curves: the scenario itself, then each constant over its range, all under the same seeds."""
    names = tuple(one.name for one in chosen)
    rows = [centre(scenario, names)]
    for place, one in enumerate(chosen):
        for value in np.linspace(*one.usual, values):
            rows.append(rows[0].copy())
            rows[-1][place] = value
    points = np.repeat(np.array(rows), seeds, axis=0)
    return Design(names, points, np.tile(np.arange(seed, seed + seeds), len(rows)))


def shares(chosen: Sequence[Constant], blocks: int, seed: int) -> Design:
    """Return a Sobol design (Saltelli): blocks of `constants + 2` runs, each block under a seed of its own."""
    points = salib("sample.sobol").sample(problem(chosen), blocks, calc_second_order=False, seed=seed)
    seeds = np.repeat(np.arange(seed, seed + blocks), len(chosen) + 2)
    return Design(tuple(one.name for one in chosen), points, seeds)
