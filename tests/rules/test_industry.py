"""Capital, skill, output and tractors, one rule at a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.rules import industry

share = st.floats(0.0, 1.0)


@given(low=st.floats(0.01, 10.0), high=st.floats(0.01, 10.0))
def test_grown_industry_needs_fewer_machines_from_abroad(low: float, high: float) -> None:
    low, high = min(low, high), max(low, high)
    young, grown = (industry.imported_machine_share(capital, 2.05, 8.0) for capital in (low, high))
    assert 0.0 <= grown <= young <= 1.0


@given(imported=share, delivered=st.floats(0.0, 1e4), needed=st.floats(0.0, 1e4))
def test_no_more_machines_are_missing_than_had_to_be_imported(imported: float, delivered: float, needed: float) -> None:
    assert 0.0 <= industry.machine_shortage(imported, delivered, needed) <= imported


@given(shortage=share, more=share)
def test_missing_machines_leave_walls_standing_empty(shortage: float, more: float) -> None:
    shortage, more = min(shortage, more), max(shortage, more)
    assert (
        0.0 < industry.capital_formation(2.0, more, 0.45, 0.0) <= industry.capital_formation(2.0, shortage, 0.45, 0.0)
    )


@given(skill=st.floats(0.3, 1.0), newcomers=st.floats(0.0, 1.0))
def test_skill_stays_between_a_newcomers_and_full(skill: float, newcomers: float) -> None:
    assert 0.3 <= industry.skill_after(skill, newcomers, 15.0, 0.3) <= 1.0


def test_a_flood_of_villagers_dilutes_skill_and_time_restores_it() -> None:
    """1931: four million newcomers to thirteen million; a year and a half later they know the work."""
    skill = 0.9
    for _ in range(12):
        skill = industry.skill_after(skill, 0.03, 15.0, 0.3)
    flooded = skill
    for _ in range(18):
        skill = industry.skill_after(skill, 0.005, 15.0, 0.3)
    assert flooded < 0.85
    assert skill > 0.9


@given(capital=st.floats(0.1, 10.0), labour=st.floats(0.0, 10.0), more=st.floats(1.0, 2.0))
def test_more_capital_or_hands_never_make_less(capital: float, labour: float, more: float) -> None:
    output = industry.output_index(capital, labour, 0.45, 0.01, 3.0)
    assert 0.0 <= output <= industry.output_index(capital * more, labour, 0.45, 0.01, 3.0)
    assert output <= industry.output_index(capital, labour * more, 0.45, 0.01, 3.0)


def test_jobs_follow_the_regression_of_1932() -> None:
    """Investment 2.5, capital 1.9, wage halved: 19.9 million outside farming in that year, 5 % by the fit."""
    assert industry.jobs_wanted(2.5, 1.9, 0.5, 9.6e6, (0.33, 0.29, -0.32)) == pytest.approx(19.9e6, rel=0.05)


def test_lower_real_wages_make_more_jobs() -> None:
    assert industry.jobs_wanted(1.0, 1.0, 0.5, 9.6e6, (0.33, 0.29, -0.32)) > 9.6e6


def test_tractors_wear_out_when_none_are_made() -> None:
    """8 % a year."""
    stock = 100_000.0
    for _ in range(12):
        stock = industry.tractors_after(stock, industry.tractors_made(100.0, 0.0), 0.96, 0.08)
    assert stock == pytest.approx(92_000.0, rel=0.005)


def test_prisoners_and_settlers_add_to_the_hands_at_work() -> None:
    assert industry.effective_labour(20e6, 1e6, 1e6, 0.33, 0.2) > industry.effective_labour(20e6, 0.0, 0.0, 0.33, 0.2)


@given(share)
def test_empty_rations_cost_work(ration: float) -> None:
    assert 0.7 <= industry.fed_effort(ration, 0.3) <= 1.0


def test_building_finishes_in_time_and_capital_keeps_no_more_than_was_begun() -> None:
    """With no wear and nothing new begun, all that was begun becomes capital."""
    begun, capital = 1.0, 0.0
    for _ in range(240):
        finished = industry.finished_in_month(begun, 12.0)
        begun -= finished
        capital = industry.capital_after(capital, finished, 0.0)
    assert capital == pytest.approx(1.0)
