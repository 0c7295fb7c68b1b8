"""Who leaves, who stays, whom the towns call."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from model.rules import migration

share = st.floats(0.0, 1.0)


@settings(deadline=None)  # the first call compiles
@given(adults=st.integers(0, 12), dependants=st.integers(0, 12))
def test_children_and_the_old_are_never_left_without_an_adult(adults: int, dependants: int) -> None:
    spare = migration.spare_adults(adults, dependants)
    assert 0 <= spare <= adults
    if adults > 0 and dependants > 0:
        assert adults - spare == 1


@settings(deadline=None)
@given(deficit=share, more=share)
def test_hungrier_household_is_never_less_ready_to_leave(deficit: float, more: float) -> None:
    weights = (2.0, 0.5, 0.6, 0.4)
    low, high = sorted((deficit, more))
    assert migration.readiness(high, 0.0, 0.0, 0.0, *weights) >= migration.readiness(low, 0.0, 0.0, 0.0, *weights)


def test_poor_household_leaves_sooner_for_work_than_a_kulak() -> None:
    weights = (2.0, 0.5, 0.6, 0.4)
    poor = migration.readiness(0.0, 1.0, 0.0, 0.0, *weights)
    assert poor > migration.readiness(0.0, 0.0, 0.0, 0.0, *weights) > migration.readiness(0.0, 0.0, 1.0, 0.0, *weights)


def test_member_who_is_paid_nothing_is_readier_than_one_who_is_paid() -> None:
    assert migration.unpaid(0.0, 3.0) > migration.unpaid(2.0, 3.0) > migration.unpaid(5.0, 3.0) == 0.0


def test_wife_left_alone_with_the_farm_follows_her_husband() -> None:
    assert migration.fetches_family(1, 0.05) == 1.0
    assert migration.fetches_family(3, 0.05) < 0.1


@given(wage=st.floats(0.1, 2.0), supply=share, living=st.floats(0.05, 2.0))
def test_better_fed_village_is_never_more_drawn_to_the_town(wage: float, supply: float, living: float) -> None:
    here = migration.attraction(wage, supply, np.array([living, living * 1.1]), 1.2, 1.3)
    assert 0.0 <= here[1] <= here[0] <= 1.3


def test_towns_call_nobody_when_no_job_is_open() -> None:
    assert migration.called(-5.0, 0.35, 1.0, 0.0, 0.05) == 0.0


def test_passports_lower_hiring() -> None:
    assert migration.called(100.0, 0.35, 1.0, 1.0, 0.05) < migration.called(100.0, 0.35, 1.0, 0.0, 0.05)


def test_hungry_town_sends_its_newcomers_home() -> None:
    hungry, fed = migration.homecoming(np.array([0.7, 1.0]), 0.04, 10.0)
    assert hungry > 3 * fed
