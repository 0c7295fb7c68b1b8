"""The table of a household: hunger overrides thrift, and the seed is eaten last."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.rules import food

shares = st.floats(0, 1, width=32)
kilograms = st.floats(0, 10_000, width=32)
kcal = st.floats(0, 40_000, width=32)
persons = st.integers(0, 8)
months = st.floats(1, 13, width=32)
patient = settings(deadline=None)  # the first call compiles the rule
ROUNDING = 1e-2  # kg: six digits of 10 t
KG = 0.010857  # grain that gives one kcal a day for a month [kg]


def helping(stock, seed, wanted, to_harvest, *, expected=0.0, bare=0.0, carry=2.0):
    return float(food.helping(stock, expected, seed, wanted, bare, to_harvest, carry))


@patient
@given(persons, persons, persons, persons)
def test_every_mouth_needs_food_and_a_worker_most(small, children, adults, elderly):
    ages = tuple(float(n) for n in (small, children, adults, elderly))
    need = float(food.need(*ages))
    assert 1_100.0 * sum(ages) <= need <= 2_550.0 * sum(ages)
    assert float(food.need(*ages[:2], ages[2] + 1.0, ages[3])) == pytest.approx(need + 2_550.0)


def test_a_drought_harms_potatoes_half_as_much_as_grain():
    usual = float(food.garden_kcal(180.0, 1.0, 1.0, 1.0))
    assert float(food.garden_kcal(180.0, 0.5, 1.0, 1.0)) == pytest.approx(0.75 * usual)
    assert float(food.garden_kcal(180.0, 1.0, 1.0, 0.0)) == 0.0, "taken whole as a fine in kind"


def test_a_second_cow_gives_as_much_milk_as_the_first():
    assert float(food.milk_kcal(2.0)) == pytest.approx(2.0 * float(food.milk_kcal(1.0)))


@patient
@given(kcal, shares, shares, shares, st.floats(0.5, 3))
def test_nomads_who_lose_animals_never_eat_more(need, horses, cattle, sheep, plenty):
    usual = (5.0, 6.0, 40.0)
    now = (5.0 * horses, 6.0 * cattle, 40.0 * sheep)
    eaten = float(food.herd_food(need, *now, *usual, plenty))
    assert 0.0 <= eaten <= float(food.herd_food(need, *usual, *usual, plenty)) * (1.0 + 1e-6) + ROUNDING


@patient
@given(kcal, kcal, kcal, st.floats(0.5, 2))
def test_who_has_more_beside_grain_never_wants_more_grain(need, one, other, desire):
    little, much = (float(food.wanted_grain(need, beside, desire)) for beside in sorted((one, other)))
    assert 0.0 <= much <= little


@patient
@given(kilograms, kilograms, kilograms, months)
def test_thrift_leaves_the_seed_and_never_eats_more_than_wanted(stock, seed, wanted, to_harvest):
    eaten = helping(stock, seed, wanted, to_harvest)
    assert 0.0 <= eaten <= wanted
    assert stock - eaten >= min(stock, seed) - ROUNDING


@patient
@given(kilograms, kilograms, kilograms, months, months)
def test_the_longer_the_wait_for_new_grain_the_smaller_the_helping(stock, seed, wanted, one, other):
    short, long = sorted((one, other))
    assert helping(stock, seed, wanted, long, bare=0.5 * wanted) <= helping(
        stock, seed, wanted, short, bare=0.5 * wanted
    )


@patient
@given(kilograms, kilograms, kilograms, kilograms, months)
def test_who_waits_for_pay_eats_no_less_than_who_has_none_coming(stock, expected, seed, wanted, to_harvest):
    """Members live on the pay for their labour-days before they have it."""
    assert helping(stock, seed, wanted, to_harvest) <= helping(stock, seed, wanted, to_harvest, expected=expected)


def test_where_food_is_short_nothing_is_carried_into_the_next_year():
    assert helping(300.0, 100.0, 100.0, 8.0, bare=50.0) == pytest.approx(25.0)
    assert helping(300.0, 100.0, 100.0, 8.0, bare=0.0) == pytest.approx(20.0)


@patient
@given(kilograms, kilograms, kcal, kcal, months)
def test_a_gift_to_neighbours_leaves_seed_and_nine_tenths_of_need(stock, seed, need, other, to_harvest):
    spare = float(food.above_bare(stock, seed, need, other, to_harvest))
    bare = max(0.0, 0.9 * need - other) * KG * to_harvest
    assert 0.0 <= spare <= stock
    if spare > 0.0:
        assert stock - spare >= seed + bare - ROUNDING - 1e-4 * (seed + bare)


@patient
@given(kilograms, shares, kcal, kcal, shares, months)
def test_hungry_household_eats_its_seed_last(stock, part, need, other, bare_share, to_harvest):
    """While bare need can be met without the seed, the seed is not touched."""
    seed = stock * part
    allowed = helping(stock, seed, float(food.wanted_grain(need, other, 1.4)), to_harvest)
    eaten = float(food.hungry_helping(stock, allowed, need, other, bare_share))
    bare = max(0.0, bare_share * need - other) * KG
    assert 0.0 <= eaten <= stock
    if bare <= stock - seed:
        assert stock - eaten >= seed - ROUNDING
    else:
        assert eaten >= min(stock, bare) - ROUNDING


def test_a_household_with_nothing_but_seed_eats_it():
    """It is rational to plant and impossible to wait: the seed of spring 1932 was eaten in winter."""
    assert float(food.hungry_helping(100.0, 0.0, 8_000.0, 0.0, 0.6)) == pytest.approx(52.1, abs=0.1)
    assert float(food.hungry_helping(20.0, 0.0, 8_000.0, 0.0, 0.6)) == 20.0


@patient
@given(kilograms, kilograms, kcal, kcal, shares)
def test_more_grain_never_means_a_smaller_meal(one, other, need, beside, bare_share):
    poor, rich = (
        float(food.hungry_helping(stock, helping(stock, 0.0, 500.0, 6.0), need, beside, bare_share))
        for stock in sorted((one, other))
    )
    assert poor <= rich


@patient
@given(kilograms, kilograms)
def test_who_eats_all_grain_empties_the_barn_and_no_more(barn, pit):
    """One barn in 25 million went a thousandth of a gram below nothing, and a kolkhoz inherited it."""
    stock = np.float32(barn) + np.float32(pit)
    left = np.float32(barn) - np.float32(food.out_of_barn(np.float32(barn), stock, stock))
    assert 0.0 <= left <= ROUNDING
