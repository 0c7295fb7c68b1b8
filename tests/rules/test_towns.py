"""Rations by list, food beside grain, births, deaths and dwellings of towns."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.rules import towns


@given(
    need=st.lists(st.floats(1.0, 1e5), min_size=2, max_size=18),
    part=st.floats(0.0, 1.5),
    preference=st.floats(0.0, 1.0),
)
def test_all_grain_given_to_towns_is_issued_and_no_ration_is_more_than_full(
    need: list[float], part: float, preference: float
) -> None:
    wanted = np.array(need)
    rank = np.linspace(0.0, 0.9, wanted.size)
    issued = towns.fulfil(wanted, rank, part * wanted.sum(), preference)
    assert (issued >= 0.0).all()
    assert (issued <= 1.0 + 1e-9).all()
    assert (issued * wanted).sum() == pytest.approx(min(part, 1.0) * wanted.sum(), rel=1e-6, abs=1e-6)


def test_first_list_loses_least_when_grain_is_short() -> None:
    issued = towns.fulfil(np.full(3, 10.0), np.array([1.0, 0.5, 0.0]), 24.0, 0.7)
    assert issued[0] > issued[1] > issued[2]


def test_hunger_in_the_villages_empties_the_market_of_the_town() -> None:
    assert towns.other_food(500.0, 380.0, 1.0, 0.5, 0.8) < 0.7 * towns.other_food(500.0, 380.0, 1.0, 0.0, 0.8)


def test_halved_herds_take_meat_and_milk_from_the_table() -> None:
    assert towns.other_food(500.0, 380.0, 0.5, 0.0, 0.8) == pytest.approx(690.0)


def test_hunger_of_nine_months_ago_lowers_births() -> None:
    assert towns.births(1e6, 33.0, 1.0, 0.3, 0.4, 1.1) < 0.6 * towns.births(1e6, 33.0, 1.0, 0.3, 0.0, 1.1)


def test_crowding_raises_deaths() -> None:
    assert towns.deaths(1e6, 16.0, 4.0, 5.7, 0.5) > towns.deaths(1e6, 16.0, 5.7, 5.7, 0.5)


def test_dwellings_decay_when_nothing_is_built() -> None:
    space = 100.0
    for _ in range(12):
        space = towns.dwell(space, 0.0, 0.01)
    assert space == pytest.approx(99.0, abs=0.01)
