"""Keep or slaughter: what one household does with its herd."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.rules import livestock

heads = st.floats(0, 100, width=32)
shares = st.floats(0, 1, width=32)
patient = settings(deadline=None)  # the first call compiles the rule


def slaughtered(herd, kept, lost, *, ordinary=0.03, panic=0.05, hungry=0.0, most=0.58):
    return float(livestock.slaughter(herd, kept, ordinary, panic, lost, hungry, most))


@patient
@given(heads, heads, shares, shares)
def test_slaughter_is_a_share_of_the_herd(herd, kept, lost, hungry):
    assert 0.0 <= slaughtered(herd, kept, lost, hungry=hungry) <= 0.58 + 1e-6


@patient
@given(heads, heads, shares, shares)
def test_more_fear_never_means_less_slaughter(herd, kept, one, other):
    calm, afraid = sorted((one, other))
    assert slaughtered(herd, kept * (1 - calm), calm) <= slaughtered(herd, kept * (1 - afraid), afraid) + 1e-6


@patient
@given(heads, heads, shares, shares)
def test_more_hunger_never_means_less_slaughter(herd, kept, one, other):
    fed, hungry = sorted((one, other))
    assert slaughtered(herd, kept, 0.2, hungry=fed) <= slaughtered(herd, kept, 0.2, hungry=hungry) + 1e-6


def test_a_herd_below_what_is_wanted_is_spared_and_grows():
    """Slaughter and recovery are one formula: births of 0.04 a month outrun the slaughter of half a herd."""
    assert slaughtered(1.0, 2.0, 0.0) < 0.02
    assert slaughtered(3.0, 2.0, 0.0) > 0.04


@pytest.mark.parametrize("kind_taken", [0.1, 0.5, 1.0])
def test_who_expects_nothing_to_be_taken_fears_nothing(kind_taken):
    assert livestock.threat(0.0, 0.0, kind_taken, 0.0) == 0.0
    assert livestock.threat(1.0, 0.0, 0.0, 0.0) == 0.0


@patient
@given(shares, shares, shares, shares, shares)
def test_every_reason_to_fear_adds_to_the_threat(joining, rumour, take, exile, more):
    base = livestock.threat(joining, rumour, take, exile)
    assert 0.0 <= base <= 1.0
    assert base <= livestock.threat(max(joining, more), rumour, take, exile) + 1e-6
    assert base <= livestock.threat(joining, max(rumour, more), take, exile) + 1e-6
    assert base <= livestock.threat(joining, rumour, take, max(exile, more)) + 1e-6


def test_fear_is_greatest_between_joining_and_the_leading_away_of_the_animals():
    assert livestock.foresee(0.05, 0, 8.0) < livestock.foresee(0.0, 2, 8.0) == 1.0
    assert livestock.foresee(0.0, 12, 8.0) == 0.0


def test_kulak_fears_exile_and_a_poor_household_does_not():
    kulak, middle, poor = (livestock.standing(stratum, 0, 1.0) for stratum in (2, 1, 0))
    fears = [float(livestock.dread(3.0, standing, 0.0, 0.02, 8.0)) for standing in (kulak, middle, poor)]
    assert fears[0] > 5 * fears[1] > fears[2] == 0.0


def test_middle_household_called_a_kulak_fears_like_one():
    assert livestock.standing(1, 1, 1.0) == 1.0


@patient
@given(heads, heads, shares, shares)
def test_member_may_keep_more_where_plots_are_guaranteed(usual, mean, plot, more):
    cap = 0.8
    assert (
        livestock.allow(usual, mean, 1.0, cap, min(plot, more))
        <= livestock.allow(usual, mean, 1.0, cap, max(plot, more)) * (1 + 1e-5) + 1e-5
    )


@patient
@given(heads, heads)
def test_kolkhoz_sells_less_the_further_it_is_below_its_target(herd, target):
    assert 0.0 <= livestock.sell(herd, target, 0.03) <= livestock.sell(2 * herd, target, 0.03) <= 0.5


def test_care_is_learnt_over_years():
    years = [float(livestock.care(year, 17.0)) for year in (0.0, 1.0, 3.0, 8.0)]
    assert years[0] == 0.0
    assert years == sorted(years)
    assert years[-1] > 0.99


@patient
@given(heads, heads, shares)
def test_only_households_without_half_their_herd_buy_young_animals(herd, kept, pace):
    wish = livestock.want(herd, kept, pace)
    assert wish >= 0.0
    assert wish == 0.0 or herd < kept
