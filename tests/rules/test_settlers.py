"""Rates of death and flight in settlements and camps, one rule at a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.rules import settlers

share = st.floats(0.0, 1.0)
years = st.floats(0.0, 12.0)


@given(years, share, share)
def test_hunger_never_spares_settlers(since: float, ration: float, worse: float) -> None:
    ration, worse = max(ration, worse), min(ration, worse)
    fed, hungry = (settlers.settler_death_rate(since, eaten, 0.012, 0.032, 0.76) for eaten in (ration, worse))
    assert 0.0 < fed <= hungry


@given(years, years, share)
def test_the_first_year_is_the_worst(since: float, later: float, ration: float) -> None:
    since, later = min(since, later), max(since, later)
    first, second = (settlers.settler_death_rate(age, ration, 0.012, 0.032, 0.76) for age in (since, later))
    assert second <= first
    first, second = (settlers.settler_escape_rate(age, ration, 0.39, 1.25, 0.008, 1.5) for age in (since, later))
    assert 0.0 < second <= first


def test_a_ration_of_three_fifths_brings_the_death_rate_of_1933() -> None:
    """Registered 151,601 deaths on about 1.1 million: 13-14 % a year, most of them two years after arrival."""
    assert settlers.settler_death_rate(1.8, 0.6, 0.012, 0.032, 0.76) == pytest.approx(0.137, rel=0.05)


def test_prisoners_of_1933_die_at_an_eighth_a_year() -> None:
    """Archive 15.3 % of the mean stock, 67,297 on 420 thousand; the ration alone would give 10.5 %."""
    assert settlers.prisoner_death_rate(0.6, 0.95, 0.022, 0.52, 0.08, 0.5) == pytest.approx(0.14, abs=0.015)


@given(share, st.floats(0.0, 12.0), st.floats(0.0, 12.0))
def test_crowding_never_spares_prisoners(ration: float, crowding: float, worse: float) -> None:
    crowding, worse = min(crowding, worse), max(crowding, worse)
    roomy, crowded = (settlers.prisoner_death_rate(ration, it, 0.022, 0.52, 0.08, 0.5) for it in (crowding, worse))
    assert 0.0 < roomy <= crowded


@given(st.floats(0.0, 12.0), st.floats(0.0, 1e6), st.floats(0.0, 1e6))
def test_crowding_is_bounded_even_when_a_camp_begins_empty(crowding: float, arrivals: float, stock: float) -> None:
    assert 0.0 <= settlers.crowding_after(crowding, arrivals, stock, 12.0) <= 12.0


@given(st.lists(st.floats(0.0, 100.0), min_size=1, max_size=4))
def test_competing_risks_never_take_more_than_everybody(rates: list[float]) -> None:
    lost = [settlers.share_lost(rate, sum(rates)) for rate in rates]
    assert min(lost) >= 0.0
    assert sum(lost) <= 1.0 + 1e-12
