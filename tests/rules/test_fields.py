"""What a field gives: seed, draught power, will and hands can only ever help."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.rules import fields

shares = st.floats(0, 1, width=32)
hectares = st.floats(0, 200, width=32)
kilograms = st.floats(0, 50_000, width=32)
seed_rates = st.floats(50, 200, width=32)
thinnest = st.floats(0.25, 0.9375, width=32)
patient = settings(deadline=None)  # the first call compiles the rule
ROUNDING = 1e-5  # six digits of single precision


def sow(wanted, seed, rate=125.0, thin=0.6, loss=0.25):
    return tuple(float(x) for x in fields.sow(wanted, seed, rate, thin, loss))


@patient
@given(hectares, kilograms, seed_rates, thinnest, shares)
def test_nobody_sows_more_land_or_seed_than_he_has(wanted, seed, rate, thin, loss):
    sown, used, stand = sow(wanted, seed, rate, thin, loss)
    assert 0.0 <= sown <= wanted
    assert 0.0 <= used <= seed
    assert 1.0 - loss - ROUNDING <= stand <= 1.0 + ROUNDING


@patient
@given(hectares, kilograms, kilograms, seed_rates, thinnest, shares)
def test_more_seed_never_means_less_sown_or_a_smaller_crop(wanted, one, other, rate, thin, loss):
    poor, rich = (sow(wanted, seed, rate, thin, loss) for seed in sorted((one, other)))
    assert poor[0] <= rich[0] * (1.0 + ROUNDING)
    assert poor[0] * poor[2] <= rich[0] * rich[2] * (1.0 + ROUNDING) + ROUNDING


def test_short_seed_is_first_sown_thinner_and_only_then_on_less_land():
    """So it was in 1932: the sown area hardly fell, the stand did."""
    enough, thinner, less = (sow(4.0, seed)[::2] for seed in (500.0, 400.0, 150.0))
    assert enough == pytest.approx((4.0, 1.0), rel=ROUNDING)
    assert thinner[0] == pytest.approx(4.0, rel=ROUNDING)
    assert thinner[1] < 1.0
    assert less[0] == pytest.approx(2.0, rel=ROUNDING)
    assert less[1] == pytest.approx(0.75, rel=ROUNDING)


def test_without_seed_nothing_is_sown():
    assert sow(4.0, 0.0)[:2] == (0.0, 0.0)


@patient
@given(st.floats(0, 3), st.floats(0, 3), shares)
def test_more_draught_power_never_means_a_smaller_yield(one, other, elasticity):
    few, many = (float(fields.timeliness(draught, elasticity)) for draught in sorted((one, other)))
    assert 1.0 - elasticity - ROUNDING <= few <= many <= 1.05 + ROUNDING


@patient
@given(shares, shares, shares, st.floats(0, 0.6))
def test_more_grain_taken_and_more_effort_lost_never_mean_more_yield(one, other, next_tonne, loss):
    less, more = sorted((one, other))
    careful, careless = (float(fields.effort(taken, next_tonne, loss)) for taken in (less, more))
    assert 0.0 < careless <= careful <= 1.0
    assert float(fields.effort(more, next_tonne, loss)) <= float(fields.effort(more, next_tonne, 0.5 * loss))


def test_who_trusts_that_the_next_tonne_is_his_works_as_before():
    """Fixed norms of 1933: what is grown beyond them stays."""
    assert float(fields.effort(0.45, 0.0, 0.3)) == 1.0
    assert float(fields.effort(0.45, 1.0, 0.3)) < float(fields.effort(0.45, 0.5, 0.3)) < 1.0


@patient
@given(st.floats(0, 15), st.floats(0, 15), shares, st.floats(0.5, 10))
def test_an_older_kolkhoz_is_never_worse_run(one, other, loss, learning):
    young, old = (float(fields.organisation(years, loss, learning)) for years in sorted((one, other)))
    assert 1.0 - loss - ROUNDING <= young <= old + ROUNDING <= 1.0 + 2 * ROUNDING


@patient
@given(st.integers(0, 12), st.integers(0, 12), hectares)
def test_more_hands_never_till_less(one, other, land):
    few, many = (float(fields.hands(float(adults), land, 4.0)) for adults in sorted((one, other)))
    assert 0.0 <= few <= many <= 1.0


def test_nobody_at_home_tills_nothing():
    assert float(fields.hands(0.0, 3.0, 4.0)) == 0.0
