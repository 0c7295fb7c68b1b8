"""Shapley's value: what it must be by its own definition."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from model.comparison.shapley import alone, shapley

WORLDS = arrays(np.float64, (16, 3), elements=st.floats(-1e6, 1e6))


@given(WORLDS)
def test_shares_add_up_to_the_whole_difference_in_every_run(values: np.ndarray) -> None:
    assert shapley(values).sum(axis=0) == pytest.approx(values[-1] - values[0], abs=1e-6)


@given(WORLDS)
def test_a_share_is_the_mean_addition_over_all_orders_of_coming(values: np.ndarray) -> None:
    expected = np.zeros((4, 3))
    for order in permutations(range(4)):
        mask = 0
        for policy in order:
            expected[policy] += (values[mask | 1 << policy] - values[mask]) / 24
            mask |= 1 << policy
    assert shapley(values) == pytest.approx(expected, abs=1e-5)


def test_a_policy_that_changes_nothing_gets_nothing() -> None:
    values = np.array([5.0, 5.0, 9.0, 9.0])  # the first one never matters
    assert shapley(values).tolist() == [0.0, 4.0]


def test_two_policies_that_only_work_together_share_alike() -> None:
    values = np.array([0.0, 0.0, 0.0, 6.0])
    assert shapley(values).tolist() == [3.0, 3.0]
    gone, first = alone(values)
    assert gone.tolist() == [6.0, 6.0]  # each looks like the whole cause when it alone is taken away
    assert first.tolist() == [0.0, 0.0]


def test_values_of_some_subsets_alone_are_refused() -> None:
    with pytest.raises(ValueError, match="subsets"):
        shapley(np.zeros(7))
