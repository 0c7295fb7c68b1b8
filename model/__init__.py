"""The Soviet countryside 1927-1939, household by household: `Scenario`, `run` and `Country`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from model.country import Country
    from model.policy.scenario import Scenario
    from model.running import run

__version__ = "0.1.0"
__all__ = ["Country", "Scenario", "__version__", "run"]

_HOMES = {"Country": "model.country", "Scenario": "model.policy.scenario", "run": "model.running"}


def __getattr__(name: str) -> Any:
    """Import the three public names only when asked for, so that `--help` need not wait for numba."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'model' has no attribute {name!r}")
