"""What hunger does to a body: it lives on its reserve, wastes with delay, and dies when there is nothing left."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.rules import body

shares = st.floats(0, 1, width=32)
meals = st.floats(0, 2, width=32)
patient = settings(deadline=None)  # the first call compiles the rule
FULL = 66.0  # reserve of a well-fed body [days]


def fast(meal, months, reserve=FULL):
    for _ in range(months):
        reserve = float(body.draw_on_reserve(reserve, meal, FULL))
    return reserve


@patient
@given(shares, meals, meals)
def test_more_food_never_leaves_a_smaller_reserve(left, one, other):
    meagre, ample = (fast(meal, 1, FULL * left) for meal in sorted((one, other)))
    assert 0.0 <= meagre <= ample <= FULL


@patient
@given(shares, shares, meals)
def test_a_body_that_begins_with_more_is_never_the_weaker_one(one, other, meal):
    """The sparing of a wasted body softens the difference; it never turns it round."""
    thin, stout = (fast(meal, 1, FULL * left) for left in sorted((one, other)))
    assert thin <= stout + 1e-4


def test_full_meals_keep_the_reserve_and_refill_it():
    assert fast(1.0, 12) == FULL
    assert fast(1.0, 6, reserve=5.0) > 30.0


def test_a_body_can_live_for_years_on_two_thirds_of_need_but_not_on_half():
    assert fast(0.66, 36) > 0.3 * FULL
    assert fast(0.5, 12) == 0.0


@patient
@given(shares, shares, st.floats(1, 12), st.floats(1, 12))
def test_wasting_follows_depletion_with_delay(wasting, depletion, months, recovery):
    after = float(body.waste(wasting, depletion, months, recovery))
    low, high = sorted((wasting, depletion))
    assert low - 1e-6 <= after <= high + 1e-6


@patient
@given(shares, shares, st.floats(0, 0.9), shares)
def test_hazard_grows_with_wasting_and_is_nothing_below_the_threshold(one, other, threshold, fastest):
    fresh, wasted = (float(body.hunger_hazard(w, threshold, fastest)) for w in sorted((one, other)))
    assert 0.0 <= fresh <= wasted <= fastest + 1e-6
    if max(one, other) <= threshold:
        assert wasted == 0.0


@patient
@given(st.integers(0, 10), shares, shares, st.floats(0, 2))
def test_hungrier_women_never_bear_more(adults, one, other, sensitivity):
    fed, starved = (float(body.births(float(adults), 0.09, b, sensitivity)) for b in sorted((one, other)))
    assert 0.0 <= starved <= fed <= adults * 0.09 / 12.0 + 1e-6


def test_no_child_is_born_where_everybody_starved_nine_months_ago():
    assert float(body.births(3.0, 0.09, 1.0, 1.1)) == 0.0
    assert float(body.births(3.0, 0.09, 0.0, 1.1)) == pytest.approx(0.0225, rel=1e-4)
