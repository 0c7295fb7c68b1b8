"""Whom officials choose, and who flees."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from model.rules import dekulakisation, powers

patient = settings(deadline=None)  # the first call compiles the rule


def _score(wealth, kulak, member):
    return dekulakisation.score(wealth, kulak, member, 0.5, 1.5, 2.75, 1.0)


def test_wealth_and_class_put_a_household_on_the_list():
    assert _score(3.0, 1.0, 0.0) > _score(3.0, 0.0, 0.0) > _score(0.5, 0.0, 0.0)


def test_members_are_spared():
    assert _score(1.0, 0.0, 1.0) < _score(1.0, 0.0, 0.0)


@patient
@given(st.floats(0, 20), st.floats(0, 5))
def test_flight_is_a_probability(fear, threatened):
    assert 0.0 <= dekulakisation.flight_hazard(fear, threatened, 0.013) <= 1.0


def test_the_poor_do_not_flee_from_exile():
    assert dekulakisation.threat(1.0, 0.0, 1.0, 0.0, 0.08, 0.3) == 0.0


@patient
@given(st.floats(2**-20, 2**20, width=32))
def test_logarithm_is_the_logarithm(x):
    """Single precision: 23 bits of mantissa, and logarithms up to 14."""
    assert abs(float(powers.logarithm(np.float32(x))) - np.log(x)) < 5e-6
