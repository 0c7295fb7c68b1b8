"""Sold, concealed, delivered, paid out: nobody gives what he has not, and ordinary collection leaves the seed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.rules import grain

shares = st.floats(0, 1, width=32)
kilograms = st.floats(0, 50_000, width=32)
patient = settings(deadline=None)  # the first call compiles the rule
ROUNDING = 1e-2  # kg: seven digits of 50 t


@patient
@given(kilograms, kilograms, st.floats(0, 3), st.floats(0, 3), shares)
def test_nobody_sells_seed_and_food_and_a_better_price_never_brings_less(barn, kept, one, other, eagerness):
    cheap, dear = (float(grain.offer(barn, kept, price, eagerness)) for price in sorted((one, other)))
    assert 0.0 <= cheap <= dear <= max(0.0, barn - kept) + ROUNDING


def test_a_peasant_without_surplus_or_without_a_price_sells_nothing():
    assert float(grain.offer(500.0, 600.0, 1.0, 0.2)) == 0.0
    assert float(grain.offer(900.0, 600.0, 0.0, 0.2)) == 0.0


@patient
@given(kilograms, kilograms, kilograms, shares, st.floats(-1000, 50_000))
def test_collectors_leave_the_seed_and_take_no_more_than_is_due(stock, seed, harvest, reach, due):
    taken, reachable = (float(x) for x in grain.deliver(stock, seed, harvest, reach, due))
    assert 0.0 <= taken <= reachable + ROUNDING
    assert taken <= max(0.0, due) + ROUNDING
    assert stock - taken >= min(stock, seed) - ROUNDING


@patient
@given(kilograms, kilograms, kilograms, shares, kilograms, kilograms)
def test_more_due_never_means_less_delivered(stock, seed, harvest, reach, one, other):
    light, heavy = (float(grain.deliver(stock, seed, harvest, reach, due)[0]) for due in sorted((one, other)))
    assert light <= heavy


@patient
@given(kilograms, kilograms, kilograms, shares, shares, kilograms)
def test_collectors_who_reach_further_never_bring_less(stock, seed, harvest, one, other, due):
    near, far = (float(grain.deliver(stock, seed, harvest, reach, due)[0]) for reach in sorted((one, other)))
    assert near <= far + ROUNDING


@patient
@given(kilograms, kilograms, kilograms, shares)
def test_at_most_half_a_barn_goes_into_the_pit_and_never_more_than_is_dared(barn, hidden, harvest, share):
    moved = float(grain.conceal(barn, hidden, harvest, share))
    assert 0.0 <= moved <= 0.5 * barn
    if moved > 0.0:
        assert hidden + moved <= share * harvest + ROUNDING


@patient
@given(shares, shares, shares, shares, shares, shares)
def test_more_taken_means_more_hidden_and_a_harsher_law_less(most, one, other, compulsion, law, deterrence):
    less, more = sorted((one, other))
    bold = float(grain.daring(most, more, compulsion, 0.0, deterrence))
    assert float(grain.daring(most, less, compulsion, 0.0, deterrence)) <= bold <= 0.5 + 1e-6
    assert 0.0 <= float(grain.daring(most, more, compulsion, law, deterrence)) <= bold


def test_where_the_state_buys_nobody_hides():
    assert float(grain.daring(0.1, 0.4, 0.0, 0.0, 0.4)) == 0.0


@patient
@given(kilograms, kilograms, shares, shares)
def test_a_kolkhoz_pays_only_what_is_left_after_seed_and_fodder(pool, kept, one, other):
    thrifty, generous = (float(grain.pay(pool, kept, share)) for share in sorted((one, other)))
    assert 0.0 <= thrifty <= generous <= max(0.0, pool - kept) + ROUNDING


def test_half_the_rest_is_paid_as_an_advance():
    assert float(grain.pay(1_000.0, 400.0, 0.5)) == pytest.approx(300.0)
