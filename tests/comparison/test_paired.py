"""Differences under shared luck: how sure they are, and how many seeds they need."""

from __future__ import annotations

import numpy as np
import pytest

from model.comparison.paired import NINE_TENTHS, Pair, seeds_enough

LUCK = np.random.default_rng(7).normal(size=400)


def test_luck_that_both_scenarios_share_falls_out_of_the_difference() -> None:
    pair = Pair(10.0 + LUCK, 7.0 + LUCK)
    assert pair.difference.mean == pytest.approx(-3.0)
    assert pair.sd_paired == pytest.approx(0.0, abs=1e-9)
    assert pair.sd_unpaired == pytest.approx(np.sqrt(2) * LUCK.std(ddof=1))
    assert pair.gain > 1e6


def test_without_shared_luck_pairing_gains_nothing() -> None:
    other = np.random.default_rng(8).normal(size=400)
    assert Pair(LUCK, other).gain == pytest.approx(1.0, abs=0.2)


def test_so_many_seeds_bring_the_interval_down_to_what_is_wanted() -> None:
    pair = Pair(np.full(400, 10.0), 7.0 + LUCK)
    enough = pair.seeds_enough
    assert NINE_TENTHS * pair.sd_paired / np.sqrt(enough) <= pair.wanted
    assert NINE_TENTHS * pair.sd_paired / np.sqrt(enough - 1) > pair.wanted


def test_a_difference_near_nought_is_judged_by_the_level() -> None:
    assert Pair(np.full(400, 10.0), 10.0 + 1e-6 * LUCK).wanted == pytest.approx(0.1)


def test_one_seed_tells_nothing_of_its_luck() -> None:
    pair = Pair(np.array([10.0]), np.array([7.0]))
    assert pair.difference.low == pair.difference.high == -3.0
    assert np.isnan([pair.sd_paired, pair.standard_error, pair.gain, pair.seeds_enough]).all()


def test_more_scatter_never_needs_fewer_seeds() -> None:
    needed = [seeds_enough(scatter, 0.5) for scatter in (0.0, 0.1, 1.0, 10.0)]
    assert needed == sorted(needed)
