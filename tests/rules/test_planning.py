"""How the State plans: it splits the whole plan, sees drought, does not see careless work."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from model.rules import planning

REGIONS = 18
shares = st.floats(0, 1)
harvests = arrays(np.float64, REGIONS, elements=st.floats(1e6, 1e10))
people = arrays(np.float64, REGIONS, elements=st.floats(1e3, 2e7))
amounts = st.floats(0, 5e7)
splits = arrays(np.float64, REGIONS, elements=st.floats(0.01, 1)).map(lambda a: a / a.sum())


def split(harvest, heads, last, norm=200.0, progressivity=0.8, flexibility=0.78):
    return planning.share_of_plan(
        harvest, 0.15 * harvest, heads, last,
        norm_left_kg=norm, progressivity=progressivity, flexibility=flexibility,
    )  # fmt: skip


def believed(weather, *, seen=0.97, optimism=0.03, norms=0.0):
    area, usual = np.full(REGIONS, 5e6), np.full(REGIONS, 800.0)
    return planning.believed_harvest(area, usual, np.asarray(weather), seen=seen, optimism=optimism, norms=norms)


@given(harvests, people, splits, st.floats(0, 500), shares, shares)
def test_the_whole_plan_is_shared_out_and_no_region_gets_grain_back(harvest, heads, last, norm, steep, pliant):
    share = split(harvest, heads, last, norm, steep, pliant)
    assert share.sum() == pytest.approx(1.0, rel=1e-9)
    assert (share >= 0.0).all()


@given(harvests, people, splits, st.integers(0, REGIONS - 1), st.floats(1, 3))
def test_a_better_harvest_never_lowers_a_regions_share(harvest, heads, last, region, times):
    better = harvest.copy()
    better[region] *= times
    assert split(better, heads, last)[region] >= split(harvest, heads, last)[region] - 1e-9


def test_a_progressive_plan_spares_the_region_that_has_no_surplus():
    harvest, heads = np.full(REGIONS, 3e9), np.full(REGIONS, 4e6)
    heads[0] = 2e7
    even = np.full(REGIONS, 1 / REGIONS)
    assert split(harvest, heads, even, progressivity=1.0, flexibility=1.0)[0] == 0.0
    assert split(harvest, heads, even, progressivity=0.0, flexibility=1.0)[0] == pytest.approx(1 / REGIONS)


def test_a_rigid_plan_remembers_last_year():
    harvest, heads = np.full(REGIONS, 3e9), np.full(REGIONS, 4e6)
    last = np.linspace(1, 2, REGIONS) / np.linspace(1, 2, REGIONS).sum()
    assert split(harvest, heads, last, flexibility=0.0) == pytest.approx(last)


@given(st.floats(0.35, 1.6), st.floats(0.35, 1.6), shares)
def test_officials_who_see_the_sky_never_expect_more_of_a_drier_year(one, other, seen):
    dry, wet = (believed(np.full(REGIONS, sky), seen=seen) for sky in sorted((one, other)))
    assert (dry > 0.0).all()
    assert (dry <= wet).all()


def test_fixed_norms_ask_for_the_same_in_a_drought():
    assert believed(np.full(REGIONS, 0.5), norms=1.0) == pytest.approx(believed(np.ones(REGIONS), norms=1.0))


def test_the_wish_to_please_raises_the_belief():
    assert (believed(np.ones(REGIONS), optimism=0.2) > believed(np.ones(REGIONS), optimism=0.0)).all()


@given(st.floats(0, 3e7), st.floats(0, 3e7), st.floats(0, 3e6), st.floats(0, 4e7), st.floats(0, 1e7))
def test_the_state_serves_a_share_of_its_wants_and_more_of_it_with_more_grain(stock, expected, kept, wanted, more):
    share = planning.spare(stock, expected, kept, wanted)
    assert 0.0 <= share <= 1.0
    assert share <= planning.spare(stock + more, expected, kept, wanted)


def test_the_campaign_only_ever_asks_for_more_until_it_ends_in_february():
    campaign = planning.DUE[:8]
    assert list(campaign) == sorted(campaign)
    assert campaign[-1] == 1.0
    assert not any(planning.DUE[8:])


@given(amounts, amounts, amounts, amounts, amounts)
def test_what_towns_need_is_never_shipped_where_exports_come_last(
    stock: float, expected: float, kept: float, at_home: float, exports: float
) -> None:
    left = planning.left_over(stock, expected, kept, at_home, exports)
    assert 0.0 <= left <= 1.0
    assert left * exports <= max(0.0, stock + expected - kept - at_home) + 1e-9 * (stock + expected + 1.0)
