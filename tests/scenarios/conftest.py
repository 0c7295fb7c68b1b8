"""Small countries under every scenario of the library, each lived once, all with the same luck."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
import xarray as xr

from model import run

HOUSEHOLDS = 4_000
"""Enough for a paired difference under one luck; far too few for a level (docs/scale.md)."""

Lived = Callable[..., xr.Dataset]


@cache
def _lived(name: str, seed: int, households: int) -> xr.Dataset:
    return run(name, households=households, seed=seed, threads=1, keep=0)


@pytest.fixture(scope="session")
def lived() -> Lived:
    """Return a country that lived under a scenario to the end of 1939; asked again, the same."""

    def live(name: str, seed: int = 1, households: int = HOUSEHOLDS) -> xr.Dataset:
        return _lived(name, seed, households)

    return live
