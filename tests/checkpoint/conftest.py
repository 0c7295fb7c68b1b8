"""What checkpoints are compared with: a run that was never stopped, and bit by bit."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pytest
import xarray as xr

from model.compiled import Crew
from model.founding import RegionFacts
from model.policy.behaviour import Behaviour
from model.policy.scenario import Scenario
from model.running import run
from model.sheaf import Sheaf

ROWS = 900
MONTHS = ("1927-08", "1928-07", "1930-01", "1930-04", "1932-12", "1939-12")
"""After the first month, between two agricultural years, in winter, in the retreat, in the famine, before the last."""


def _same(one: xr.Dataset, other: xr.Dataset) -> bool:
    """To the last bit: `equals` would take a zero for its negative."""
    assert list(one.data_vars) == list(other.data_vars)
    return one.sizes == other.sizes and all(
        one[name].values.tobytes() == other[name].values.tobytes() for name in one.data_vars
    )


OF_MESA = vars(mesa.Model(rng=0)).keys() - {"running", "steps"}


def _differences(one: Any, other: Any, path: str = "country") -> list[str]:
    """Name every attribute, at any depth, in which two things differ: value, type, shape, bits."""
    if type(one) is not type(other):
        return [f"{path}: {type(one).__name__} is not {type(other).__name__}"]
    if isinstance(one, np.ndarray):
        alike = one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
        return [] if alike and one.flags.f_contiguous == other.flags.f_contiguous else [path]
    if isinstance(one, Crew | Scenario | Behaviour | RegionFacts | Sheaf | mesa.Model) and path != "country":
        return []
    if isinstance(one, list | tuple | deque):
        if len(one) != len(other):
            return [f"{path}: {len(one)} is not {len(other)}"]
        pairs = enumerate(zip(one, other, strict=True))
        return [line for place, (a, b) in pairs for line in _differences(a, b, f"{path}[{place}]")]
    if isinstance(one, dict):
        if one.keys() != other.keys():
            return [f"{path}: {one.keys() ^ other.keys()}"]
        return [line for name in one for line in _differences(one[name], other[name], f"{path}[{name}]")]
    if is_dataclass(one) and not hasattr(one, "__dict__"):
        return [
            line for field in fields(one)
            for line in _differences(getattr(one, field.name), getattr(other, field.name), f"{path}.{field.name}")
        ]  # fmt: skip
    if type(one).__module__.startswith("model."):
        mine, yours = vars(one), vars(other)
        # what each loop uses of the columns, and what is empty between phases
        names = (mine.keys() | yours.keys()) - OF_MESA - {"_tables", "_constants", "spare"}
        return [
            line for name in sorted(names)
            for line in ([f"{path}.{name}: missing"] if name not in mine or name not in yours
                         else _differences(mine[name], yours[name], f"{path}.{name}"))
        ]  # fmt: skip
    return [] if one == other or one is other else [f"{path}: {one} is not {other}"]


@pytest.fixture(scope="session")
def same() -> Callable[[xr.Dataset, xr.Dataset], bool]:
    return _same


@pytest.fixture(scope="session")
def differences() -> Callable[[Any, Any], list[str]]:
    return _differences


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[xr.Dataset, Path]:
    """A run that was never stopped, and the files that it wrote on its way."""
    folder = tmp_path_factory.mktemp("kept")
    return run("historical", households=ROWS, seed=3, threads=1, save_at=MONTHS, folder=folder), folder


@pytest.fixture
def winter(kept: tuple[xr.Dataset, Path]) -> Path:
    return kept[1] / "1930-01.checkpoint"
