"""Exports, credit, debt and machines bought, one rule at a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.rules import trade

money = st.floats(0.0, 1e10)


def test_grain_of_1930_earned_two_hundred_million() -> None:
    """4.85 Mt at 42.7 gold roubles: 207 million (grain_export_revenue)."""
    assert trade.export_earnings(4.85e6, 42.7, 0.0, 0.0) / 1e6 == pytest.approx(207.1, rel=0.01)


@given(grain=st.floats(0.0, 1e7), less=st.floats(0.0, 1.0), price=st.floats(0.0, 500.0))
def test_less_grain_earns_no_more(grain: float, less: float, price: float) -> None:
    assert trade.export_earnings(less * grain, price, 1e6, 0.0) <= trade.export_earnings(grain, price, 1e6, 0.0)


@given(wanted=st.floats(-1e9, 1e9), debt=money, ceiling=money)
def test_nobody_lends_beyond_the_ceiling_nor_is_paid_more_than_is_owed(
    wanted: float, debt: float, ceiling: float
) -> None:
    credit = trade.credit_granted(wanted, debt, ceiling)
    assert debt + credit <= max(debt, ceiling) + 1.0
    assert debt + credit >= 0.0
    assert abs(credit) <= abs(wanted)


@given(debt=money, credit=st.floats(-1e9, 1e9), gold=money)
def test_debt_is_never_negative(debt: float, credit: float, gold: float) -> None:
    assert trade.debt_after(debt, credit, gold, 0.06) >= 0.0


@given(imports=st.floats(-1e9, 1e9), share=st.floats(0.0, 1.0))
def test_machines_are_part_of_imports(imports: float, share: float) -> None:
    assert 0.0 <= trade.machinery_bought(imports, share) <= max(imports, 0.0)


def test_machines_ordered_arrive_within_two_years() -> None:
    arriving = 0.0
    for _ in range(24):
        arriving = trade.machinery_delivered(arriving, 400.0, 9.0)
    assert arriving > 0.9 * 400.0


@given(planned=st.floats(0.0, 1e5), machinery=st.floats(0.0, 1e9))
def test_tractors_are_bought_only_for_money(planned: float, machinery: float) -> None:
    bought = trade.tractors_bought(planned, machinery, 2_100.0, 0.25)
    assert bought <= planned
    assert bought * 2_100.0 <= 0.25 * machinery + 1e-3


def test_settlers_timber_earns_tens_of_millions() -> None:
    """1.2 million settlers: 36 of 575 million gold roubles of exports of 1932; assumption, so only its size."""
    assert 12.0 * trade.forced_labour_exports(1.2e6, 30.0) == pytest.approx(36e6)
