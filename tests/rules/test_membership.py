"""Joining and leaving: what pushes in, what keeps out, what moves."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from model.rules import membership

patient = settings(deadline=None)  # the first call compiles the rule

logits = st.floats(-20, 20, width=32)
shares = st.floats(0, 1, width=32)


def joining(wish, push, barred):
    index = membership.readiness_to_move(wish, push, 1.0, 0.0, 0.6, 3.7)
    return membership.hazard(index, membership.fastest_move(1.0, barred, 0.0, 0.7, 0.4))


def leaving(wish, merged, door):
    index = membership.readiness_to_move(wish, 0.0, 0.0, merged, 0.6, 3.7)
    return membership.hazard(index, membership.fastest_move(0.0, 0.0, door, 0.7, 0.4))


@patient
@given(logits, logits, shares)
def test_hazard_of_joining_is_a_probability(wish, push, barred):
    assert 0.0 <= joining(wish, push, barred) <= 1.0


@patient
@given(logits, st.floats(0, 20, width=32), st.floats(0, 5, width=32))
def test_more_pressure_never_lowers_joining(wish, push, more):
    assert joining(wish, push + more, 0.0) >= joining(wish, push, 0.0) * (1.0 - 1e-5)


@patient
@given(st.floats(0, 1), st.floats(0, 1), shares)
def test_higher_tax_never_lowers_joining(tax, more, inside):
    low, high = (
        membership.village_wish(7.8, inside, 5.0, 7.0 * level, 0.0, 2.1) for level in (tax, min(1.0, tax + more))
    )
    assert membership.hazard(high, 0.7) >= membership.hazard(low, 0.7) * (1.0 - 1e-5)


@patient
@given(logits, logits)
def test_barred_kulaks_never_join(wish, push):
    assert joining(wish, push, 1.0) == 0.0


@patient
@given(st.floats(0, 2), shares)
def test_full_retreat_takes_the_pressure_away(pressure, inside):
    assert membership.campaign_push(pressure, 1.0, inside, 13.1, 0.1, 1.0) == 0.0


def test_closed_door_keeps_everybody_in():
    assert leaving(-9.0, 0.0, 0.0) == 0.0


def test_retreat_opens_the_door():
    assert membership.open_door(0.02, 1.0, 0.95) > membership.open_door(0.02, 0.0, 0.95)


def test_members_on_paper_leave_more_easily():
    """The animals of the first months are still in the yard; whoever took them to the common stable stays."""
    assert leaving(-2.0, 0.0, 1.0) > leaving(-2.0, 1.0, 1.0)


def test_wealth_binds_to_independence():
    assert membership.own_wish(0.0, 2.0, 0.0, 1.8, 0.5) < membership.own_wish(0.0, 0.5, 0.0, 1.8, 0.5)


@patient
@given(shares, st.floats(0, 0.9))
def test_four_months_bring_in_exactly_what_the_terms_take(term, pace):
    left = 1.0
    for month in (1, 2, 3, 4, 5):
        left *= 1.0 - membership.part_of_herd_moved(term, month, pace)
    assert abs(left - (1.0 - term)) < 1e-4


def test_joining_that_nothing_pushed_is_not_forced():
    assert membership.forced(0.0, 0.5) == 0.0
    assert membership.forced(-6.0, 0.5) > 0.99


crumbs = st.floats(-(2.0**-23), 2.0**-23, width=32)  # hectares: what rounding leaves of a field


@patient
@given(crumbs, shares, crumbs, shares)
def test_crumbs_of_fields_never_yield_more_than_a_field(one, quality, other, its_quality):
    """A kolkhoz whose last member has left keeps a field of rounding errors; its stand is a share all the same."""
    assert 0.0 <= membership.mixed(one, quality, other, its_quality) <= 1.0
