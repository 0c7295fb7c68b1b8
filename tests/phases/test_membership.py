"""A small country joins, riots, is exiled; nothing gets lost on the way."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from model.calendar import Month
from model.compiled import Crew
from model.draws import keys
from model.founding import found
from model.phases import dekulakisation, membership, unrest
from model.phases.mood import Mood
from model.policy.behaviour import behaviour_of

KINDS = ("horses", "cattle", "pigs", "sheep_goats")
MONTH = Month(1930, 2)


def orders(**changes):
    """The winter of 1930, as far as these phases feel it."""
    collectivisation = {
        "pressure": 1.3, "pressure_by_region": np.ones(18), "retreat_threshold": 800.0, "leaving_tolerated": 0.02,
        "tax_on_independents": 0.0, "plot_guaranteed": 0.0, "kulaks_barred": 1.0, "take_horses": 1.0,
        "take_cattle": 0.75, "take_pigs": 0.7, "take_sheep_goats": 0.7,
    }  # fmt: skip
    exile = {"families_exiled": 0.0, "region_share": np.full(18, 1 / 18), "arrests": 0.0}
    return SimpleNamespace(
        collectivisation=SimpleNamespace(
            **(collectivisation | {k: v for k, v in changes.items() if k in collectivisation})
        ),
        dekulakisation=SimpleNamespace(**(exile | {k: v for k, v in changes.items() if k in exile})),
        livestock=SimpleNamespace(nomad_settling=np.zeros(18)),
    )


@pytest.fixture
def country():
    land = found(2_000, 1, Crew(1))
    return land, Mood.founded(land, keys(1, 0)), behaviour_of()


def join(land, mood, behaviour, months=1, **changes):
    for month in range(months):
        land.turn_page()
        membership.join_or_leave(land, orders(**changes), behaviour, mood, keys(1, month), MONTH)


def grain(land):
    return float(land.homes.barn_kg.sum(dtype=float) + land.villages.pool_kg.sum(dtype=float))


def fields(land):
    return float(land.homes.sown_ha.sum(dtype=float) + land.villages.kolkhoz_sown_ha.sum(dtype=float))


def herd(land, kind):
    return float(getattr(land.homes, kind).sum(dtype=float) + getattr(land.villages, kind).sum(dtype=float))


def people(land):
    homes = land.homes
    return sum(int(part.sum(dtype=int)) for part in (homes.small, homes.children, homes.adults, homes.elderly))


def test_campaign_fills_the_kolkhozy(country):
    land, mood, behaviour = country
    join(land, mood, behaviour)
    before = membership.share_inside(land)
    join(land, mood, behaviour, months=3)
    assert membership.share_inside(land) > before + 0.2


def test_joining_and_leaving_lose_no_grain_field_or_animal(country):
    land, mood, behaviour = country
    had = grain(land), fields(land), *(herd(land, kind) for kind in KINDS)
    join(land, mood, behaviour, months=4)
    join(land, mood, behaviour, months=8, pressure=0.0, leaving_tolerated=1.0)
    assert land.flows.left_kolkhoz.sum() > 0
    assert (grain(land), fields(land), *(herd(land, kind) for kind in KINDS)) == pytest.approx(had, rel=1e-4)


def test_barred_kulaks_stay_outside(country):
    land, mood, behaviour = country
    land.homes.months_in[:] = 0
    join(land, mood, behaviour, months=4)
    assert not land.homes.months_in[land.homes.stratum == 2].any()
    assert not land.homes.join_hazard[land.homes.stratum == 2].any()


def test_empty_kolkhoz_leaves_nothing_behind(country):
    """The last leaver takes the common herd home with the village; no animal belongs to nobody."""
    land, mood, behaviour = country
    join(land, mood, behaviour, months=2)
    land.homes.months_in[:] = 0
    membership.count(land)
    join(land, mood, behaviour, pressure=0.0)
    empty = land.villages.members == 0
    assert empty.any()
    assert not land.villages.horses[empty].any()
    assert not land.villages.pool_kg[empty].any()


def test_members_expect_nothing_and_independents_foresee_the_pressure(country):
    land, mood, behaviour = country
    join(land, mood, behaviour)
    inside = land.homes.months_in > 0
    assert not land.homes.join_hazard[inside].any()
    assert ((land.homes.join_hazard >= 0) & (land.homes.join_hazard <= 1)).all()
    assert land.homes.join_hazard[~inside].mean() > 0.1


def test_unwilling_are_no_more_than_the_members(country):
    land, mood, behaviour = country
    for _ in range(3):
        join(land, mood, behaviour)
        inside = land.villages.members / land.villages.present
        assert (land.villages.unwilling <= inside + 1e-4).all()
    assert land.villages.unwilling.mean() > 0.3


def test_same_decisions_on_any_number_of_threads():
    shares = []
    for threads in (1, 2):
        land = found(2_000, 1, Crew(threads))
        land.crew.SMALL = 0
        mood = Mood.founded(land, keys(1, 0))
        join(land, mood, behaviour_of(), months=3)
        shares.append((land.homes.months_in.copy(), land.villages.horses.copy(), mood.bitterness.copy()))
    for one, two in zip(*shares, strict=True):
        np.testing.assert_array_equal(one, two)


def test_forced_joining_stirs_the_country_and_the_state_retreats(country):
    land, mood, behaviour = country
    policy = orders()
    for month in range(3):
        land.turn_page()
        unrest.retreat(mood, mood.disturbances, policy)
        membership.join_or_leave(land, policy, behaviour, mood, keys(1, month), MONTH)
        unrest.stir(land, policy, behaviour, mood, keys(1, month), MONTH, np.zeros(18))
    assert mood.disturbances > 800
    assert mood.retreat > 0.5


def test_a_region_of_smaller_villages_has_no_more_disturbances(country):
    """Expected disturbances are of a village of sixty households; one of forty stands for two thirds of a village."""
    land, mood, behaviour = country
    land.villages.grievance[:] = 2.0
    land.villages.unwilling[:] = 0.0
    membership.count(land)
    land.villages.members[:] = 0.0
    mood.riot_rate[:] = 0.01
    unrest.stir(land, orders(), behaviour, mood, keys(1, 0), MONTH, np.zeros(18))
    sizes = np.diff(land.first)
    assert sizes.min() < 0.65 * sizes.max()
    assert land.flows.events / sizes == pytest.approx(land.flows.events.sum() / sizes.sum(), rel=1e-5)
    assert mood.riot_rate == pytest.approx(60.0 * land.flows.events.sum() / sizes.sum(), rel=1e-5)


def test_what_burns_leaves_barns_and_pools(country):
    land, mood, behaviour = country
    land.villages.grievance[:] = 3.0
    membership.count(land)
    had = grain(land)
    unrest.stir(land, orders(), behaviour, mood, keys(1, 0), MONTH, np.zeros(18))
    assert 0 < land.flows.burnt.sum() == pytest.approx(had - grain(land), rel=0.05)


def test_quota_of_exile_is_filled_from_the_top_of_the_list(country):
    land, mood, behaviour = country
    membership.count(land)
    had, animals = people(land), herd(land, "horses")
    families, persons = dekulakisation.dekulakise(
        land, orders(families_exiled=600.0), behaviour, mood, keys(1, 0), MONTH
    )
    gone = land.homes.life == 1
    assert families.sum() == pytest.approx(600_000, rel=0.2)
    assert had - people(land) == land.flows.exiled.sum() + land.flows.left_family.sum()
    assert persons.sum() > 2.5 * families.sum()
    assert (land.homes.stratum[gone] == 2).mean() > 0.4
    assert herd(land, "horses") + land.flows.slaughtered_horses.sum() == pytest.approx(animals, rel=1e-5)
    assert (mood.fear > 0).any()
    assert land.homes.named_kulak.any()


def test_fear_drives_kulaks_to_the_towns(country):
    land, mood, behaviour = country
    membership.count(land)
    mood.fear[:] = 20.0
    had = people(land)
    dekulakisation.dekulakise(land, orders(), behaviour, mood, keys(1, 0), MONTH)
    assert land.flows.fled_households.sum() > 0
    assert had - people(land) == land.flows.left_family.sum()


def test_arrests_take_adults_but_never_the_last_one(country):
    land, mood, behaviour = country
    membership.count(land)
    had, alone = people(land), (land.homes.adults <= 1).sum()
    dekulakisation.dekulakise(land, orders(arrests=2_000.0), behaviour, mood, keys(1, 0), MONTH)
    assert had - people(land) == land.flows.arrested.sum()
    assert float(land.flow("arrested") @ land.person_weight) == pytest.approx(2e6, rel=0.2)
    assert (land.homes.adults <= 1).sum() >= alone
    assert land.homes.adults[land.homes.life == 0].min() >= 0
