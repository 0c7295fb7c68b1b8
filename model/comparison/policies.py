"""Policies that `attribute` shares an outcome among, and the scenarios in which only some of them are in force."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from model.policy.scenario import Scenario

FILE = Path(__file__).parent / "policies.toml"


@dataclass(frozen=True)
class Policy:
    """One policy: what is in force as in the scenario, or replaced by what would have been ordered instead."""

    name: str
    title: str
    text: str
    """What would have been done instead, in a sentence."""
    sources: str
    instead: dict[str, Any]
    """That, in the shape of a scenario file."""
    where: dict[str, dict[str, Any]]
    """What is laid over it where an earlier policy, named, is replaced too."""


@cache
def policies() -> tuple[Policy, ...]:
    """Return the policies in the order of their file.

    >>> [one.name for one in policies()][:3]
    ['exports', 'procurement', 'collectivisation']
    """
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        Policy(name, one["title"], one["text"], one["sources"], one["instead"], one.get("where", {}))
        for name, one in document.items()
    )


def subsets(scenario: Scenario, among: Sequence[Policy]) -> list[Scenario]:
    """Return the 2^n scenarios in which only some of n policies are in force.

    The scenario at place `mask` has policy i in force where bit i of `mask` is set; of all others, what would have
    been ordered instead is laid over the scenario, in their order. The last one is the scenario itself.
    """
    n = len(among)
    found: dict[int, Scenario] = {2**n - 1: scenario}
    for mask in range(2**n - 2, -1, -1):
        last = max(place for place in range(n) if not mask >> place & 1)
        beneath = found[mask | 1 << last]  # all others that are replaced are laid already
        in_force = "+".join(one.name for place, one in enumerate(among) if mask >> place & 1)
        name = f"{scenario.name}, only {in_force or 'nothing'}"
        replaced = {one.name for place, one in enumerate(among) if not mask >> place & 1}
        world = beneath.with_changes(among[last].instead, name=name)
        for other, changes in among[last].where.items():
            world = world.with_changes(changes, name=name) if other in replaced else world
        found[mask] = world
    return [found[mask] for mask in range(2**n)]
