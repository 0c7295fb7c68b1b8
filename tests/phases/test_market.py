"""The grain market sells nothing twice, its price follows what towns could not buy; takings are remembered."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.phases.expectations import Expectations
from model.phases.market import CHEAPEST, DEAREST, Market
from model.phases.sky import sky_of
from model.policy.behaviour import behaviour_of

PEOPLE = np.array([1e6, 2e6, 5e5])
tonnes = st.lists(st.floats(0.0, 1e6), min_size=3, max_size=3).map(np.array)


@given(brought_t=tonnes, wanted_t=tonnes)
def test_towns_buy_what_leaves_the_market_and_no_more(brought_t: np.ndarray, wanted_t: np.ndarray) -> None:
    market = Market(PEOPLE)
    market.open(brought_t * 1000.0, np.zeros(3))
    sold, bought = market.sell_to_towns(wanted_t)
    assert float(sold.sum()) == pytest.approx(float(bought.sum()), rel=1e-9, abs=1e-6)
    assert float(bought.sum()) == pytest.approx(min(brought_t.sum(), wanted_t.sum()), rel=1e-9, abs=1e-6)
    np.testing.assert_allclose(market.kg / 1000.0, brought_t - sold, atol=1e-6)
    assert (market.kg >= 0.0).all()


def test_grain_is_dear_where_towns_go_without_and_falls_again_when_they_do_not() -> None:
    market = Market(PEOPLE)
    for _ in range(24):
        market.sell_to_towns(np.full(3, 1e4))
    assert market.price == DEAREST
    assert market.price_felt(0.0) == 1.0  # a price tells nothing where grain is taken by force
    assert market.eased(1.0) < 0.2
    for _ in range(60):
        market.open(np.full(3, 1e8), np.zeros(3))
        market.sell_to_towns(np.full(3, 1e4))
    assert market.price == CHEAPEST
    assert market.unglutted() == 0.0  # and nobody brings more to a market that is full


def test_in_june_peasants_remember_what_was_taken_and_till_with_less_care() -> None:
    b = behaviour_of({})
    robbed, spared = Expectations.founded(1), Expectations.founded(1)
    for peasants, taken in ((robbed, 60.0), (spared, 10.0)):
        peasants.open_year()
        peasants.year_harvest_kg += 100.0
        peasants.year_taken_kg += taken
        peasants.conclude(b, 0.0, year_ends=False)
        assert peasants.take[0] == pytest.approx(0.16)
        peasants.conclude(b, 0.0, year_ends=True)
    assert robbed.take[0] > 0.16 > spared.take[0]
    assert robbed.care(b)[0] < spared.care(b)[0] <= 1.0
    before = robbed.care(b)[0]
    for _ in range(120):
        robbed.conclude(b, 1.0, year_ends=False)
    assert robbed.care(b)[0] > before  # fixed norms, believed at last, leave the next tonne to who grows it


def test_the_sky_is_drawn_once_for_a_harvest_year() -> None:
    cv = np.full(18, 0.25)
    assert (sky_of(1931, "average", 1, cv) == 1.0).all()
    drawn = sky_of(1931, "drawn", 1, cv)
    assert (drawn == sky_of(1931, "drawn", 1, cv)).all()
    assert not (drawn == sky_of(1932, "drawn", 1, cv)).any()
    assert (sky_of(1931, "historical", 1, cv) == sky_of(1931, "historical", 2, cv)).all()
