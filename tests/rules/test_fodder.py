"""Grain for animals: after people, after seed, and never more than there is."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from model.rules import fodder

kilos = st.floats(0, 1e5, width=32)
heads = st.floats(0, 200, width=32)
shares = st.floats(0, 1, width=32)
patient = settings(deadline=None)  # the first call compiles the rule


def test_people_and_seed_come_before_animals():
    assert fodder.spare(800.0, 5.0, 17.0, 8.0, 200.0) == 0.0


@patient
@given(kilos, kilos, kilos, shares)
def test_animals_never_eat_more_than_is_in_the_barn(stock, spare, need, share_now):
    eaten = fodder.feed(stock, spare, need, share_now, 1.1)
    assert 0.0 <= eaten <= stock


@patient
@given(kilos, kilos, st.floats(1, 1e5, width=32), shares)
def test_more_grain_never_worsens_the_condition_of_animals(spare, more, need, usual):
    poorer = fodder.condition(spare, need, usual, 0.85)
    richer = fodder.condition(spare + more, need, usual, 0.85)
    assert 0.03 <= poorer <= richer * (1 + 1e-6) <= 1.0 + 1e-6


def test_animals_that_always_lived_on_hay_hardly_miss_grain():
    assert fodder.condition(0.0, 100.0, 0.1, 1.0) > 0.85 > fodder.condition(0.0, 100.0, 0.9, 1.0)


@patient
@given(shares, shares, st.floats(0, 10, width=32), st.sampled_from([0.0, 1.0]))
def test_better_fodder_never_means_a_smaller_herd(one, other, bend, steep):
    worse, better = sorted((max(0.03, one), max(0.03, other)))
    assert 0.0 <= fodder.carried(worse, bend, steep) <= fodder.carried(better, bend, steep) + 1e-6 <= 1.0 + 2e-6


def test_pigs_go_first_when_grain_fails_and_cows_last():
    pigs, cattle = fodder.carried(0.4, 6.0, 1.0), fodder.carried(0.4, 0.031, 0.0)
    assert pigs < 0.25
    assert cattle > 0.9


def test_horse_is_fed_five_times_as_much_as_a_cow():
    assert fodder.need(1.0, 0.0, 0.0, 0.0) > 5 * fodder.need(0.0, 1.0, 0.0, 0.0)
