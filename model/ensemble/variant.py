"""One run of an ensemble as it is asked for, and the key by which it is known again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np

from model import __version__
from model.plan import HOUSEHOLDS, planned
from model.policy.errors import ScenarioError, nearest
from model.policy.month import LEVERS
from model.policy.scenario import Scenario

HOME = Path(__file__).resolve().parents[1]
ENGINE = ("agents", "founding", "history", "phases", "policy", "results", "rules", "*.py")
"""Rooms of the package whose files numbers come from; ensembles, figures and the command line only handle them."""


@dataclass(frozen=True)
class Variant:
    """One run that is asked for: a country under orders, with changes laid over them.

    scenario    a Scenario, a name in `scenarios/`, or a path to a TOML file
    seed        the country's luck; variants of one seed share it, so that they differ by policy alone
    households  simulated households, 900 to 25.6 million
    behaviour   constants laid over the scenario's own, by name, in the unit of their declaration
    policy      levers, "procurement.rate": the value that holds everywhere from July 1927 on, in the lever's unit
    label       what the user calls it; the numbers do not depend on it
    """

    scenario: str | Path | Scenario
    seed: int = 1
    households: int = HOUSEHOLDS
    behaviour: Mapping[str, float] = field(default_factory=dict)
    policy: Mapping[str, float] = field(default_factory=dict)
    label: str = ""

    @cached_property
    def base(self) -> Scenario:
        """The scenario without the changes."""
        return self.scenario if isinstance(self.scenario, Scenario) else Scenario.load(self.scenario)

    @property
    def changes(self) -> dict[str, Any]:
        """What is laid over the scenario, in the shape of a scenario file."""
        document: dict[str, Any] = {"behaviour": dict(self.behaviour)} if self.behaviour else {}
        for lever, value in self.policy.items():
            if lever not in LEVERS:
                raise ScenarioError(f"{self.base.name}, {lever}: there is no such lever; {nearest(lever, LEVERS)}")
            section, _, name = lever.partition(".")
            document.setdefault(section, {})[name] = value
        return document

    @cached_property
    def orders(self) -> Scenario:
        """The scenario with the changes laid over it; a `ScenarioError` says what is wrong with them."""
        changes = self.changes
        return self.base.with_changes(changes, name=self.label or None) if changes else self.base

    @cached_property
    def key(self) -> str:
        """Hash of all that determines the numbers of the run, and of nothing else."""
        scenario, last = self.orders, self.orders.end.index + 1
        hashed = hashlib.sha256(f"{engine()} {self.seed} {self.households}".encode())
        told = (scenario.weather_mode, scenario.spread, scenario.mechanisms, scenario.start, scenario.end)
        hashed.update(" ".join(map(str, told)).encode())
        hashed.update(np.array(scenario.behaviour, np.float32).tobytes())
        for lever, table in scenario.tables.items():
            hashed.update(lever.encode())
            hashed.update(np.ascontiguousarray(table[:last]).tobytes())  # orders after the last month reach nobody
        return hashed.hexdigest()[:20]


@cache
def engine(home: Path = HOME) -> str:
    """Hash of the model's version and of every file that numbers come from; the same on all machines of a cluster."""
    hashed = hashlib.sha256(__version__.encode())
    for room in ENGINE:
        for file in sorted(home.glob(room) if "*" in room else (home / room).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                hashed.update(f"{file.relative_to(home).as_posix()} {file.stat().st_size} ".encode())
                hashed.update(file.read_bytes())
    return hashed.hexdigest()[:16]


def checked(variants: Sequence[Variant]) -> list[Variant]:
    """Return the variants with their scenarios loaded, each file once; what is wrong with one is said before any run.

    Files are read here, and not anew for every variant: 18 ms each.
    """
    loaded: dict[str | Path, Scenario] = {}
    ready = []
    for one in variants:
        if not isinstance(one.scenario, Scenario):
            if one.scenario not in loaded:
                loaded[one.scenario] = one.base
            one = replace(one, scenario=loaded[one.scenario])  # noqa: PLW2901  # the same variant, loaded
        planned(one.orders, households=one.households, seed=one.seed)
        ready.append(one)
    return ready
