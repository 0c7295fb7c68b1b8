"""Columns that are bound together reach a loop as they are: the same memory, the same numbers."""

from __future__ import annotations

import gc
import os
from typing import NamedTuple

import numpy as np
import pytest

from model.columns import Flows, Households, Villages, blank, bound
from model.compiled import loop
from model.sheaf import Sheaf

pytestmark = pytest.mark.skipif(os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="plain Python binds nothing")


class Customs(NamedTuple):
    tithe: np.float32
    mouths: np.int8
    acres: np.float64


@loop
def _give(start, stop, homes, customs):
    for home in range(start, stop):
        homes.barn_kg[home] -= customs.tithe * homes.horses[home] + np.float32(customs.mouths)
        homes.adults[home] += homes.small[home]
        homes.deficit[home] = np.float32(customs.acres)


def test_a_loop_writes_into_the_very_columns_that_were_bound() -> None:
    """A copy would be fast as well, and the country would stand still."""
    homes = blank(Households, 5)
    homes.barn_kg[:], homes.horses[:], homes.small[:] = 100.0, np.arange(5), 2
    part, customs = bound(homes, _give), Sheaf(Customs(np.float32(10.0), np.int8(-3), np.float64(0.5)))
    assert isinstance(part, Sheaf)
    _give(1, 4, part, customs)
    assert homes.barn_kg.tolist() == [100.0, 93.0, 83.0, 73.0, 100.0]
    assert homes.adults.tolist() == [0, 2, 2, 2, 0]
    assert homes.deficit.tolist() == [0.0, 0.5, 0.5, 0.5, 0.0]
    assert len(_give.signatures) == 1


def test_bound_columns_live_as_long_as_the_sheaf() -> None:
    """It hands out bare addresses: memory that was given back would be somebody else's by now."""
    part = bound(blank(Households, 100_000), _give)
    gc.collect()
    others = [np.full(100_000, 7.0, np.float32) for _ in range(20)]
    _give(0, 100_000, part, Sheaf(Customs(np.float32(1.0), np.int8(1), np.float64(0.0))))
    assert (part.table.barn_kg == -1.0).all()
    assert all((one == 7.0).all() for one in others)


def test_what_is_new_every_month_is_not_bound() -> None:
    """Binding costs more than one call saves; columns and constants of a run are bound once for all its months."""

    class Weather(NamedTuple):
        barn_kg: np.ndarray
        horses: np.float32

    assert not isinstance(bound(Weather(np.zeros(18, np.float32), np.float32(1.0)), _give), Sheaf)
    assert all(isinstance(bound(blank(table, 2), _give), Sheaf) for table in (Households, Villages, Flows))


def test_a_column_with_gaps_is_refused() -> None:
    with pytest.raises(TypeError, match="without gaps"):
        Sheaf(Customs(np.zeros(10)[::2], np.int8(0), np.float64(0.0)))  # type: ignore[arg-type]
