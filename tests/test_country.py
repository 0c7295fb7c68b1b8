"""A small country lives: its accounts close under any orders, its luck is its own, its households can be looked at."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model import run
from model.agents.household import Kulak, Peasant
from model.agents.region import Region, Town
from model.agents.state import State
from model.calendar import Month
from model.columns import Households, Stratum, Villages, columns_of
from model.compiled import Crew
from model.country import Country
from model.draws import N_QUESTIONS, keys, uniform
from model.history import N_REGIONS, REGION_IDS
from model.phases import membership
from model.policy.month import LEVERS
from model.policy.scenario import Scenario
from model.results.ledger import check, sentence
from model.results.variables import VARIABLES

ROWS = 900
SCENARIOS = ("historical", "nep_continues", "no_grain_exports")
SIGNED = {
    "net_rural_urban_migration",
    "urban_net_arrivals",
    "urban_from_exile",
    "foreign_debt",
}  # may rightly be below zero


def live(country: Country, months: int) -> list[dict[str, Any]]:
    """Live some months and keep what was read."""
    seen = []
    for _ in range(months):
        country.step()
        seen.append(country.readings())
    return seen


def bits(country: Country) -> bytes:
    """All that stands on the rows of households and villages, to the last bit."""
    tables = (country.land.homes, country.land.villages)
    return b"".join(column.tobytes() for table in tables for column in table)


def unlike(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return [name for name in VARIABLES if not np.array_equal(one[name], other[name])]


# ------------------------------------------------------------------------------------------- accounts


@pytest.mark.parametrize("name", SCENARIOS)
def test_nobody_ever_holds_less_than_nothing(name: str) -> None:
    """A barn a thousandth of a gram below zero is enough to ruin a kolkhoz that inherits it, years later."""
    country = Country(name, households=5_000, seed=2, threads=1)
    shares = {"stand", "kolkhoz_stand", "garden", "deficit", "wasting", "barrenness", "unwilling", "hunger"}
    while country.running and country.month.year < 1935:
        country.step()
        for table in (country.land.homes, country.land.villages, country.land.flows):
            for column, values in zip(table._fields, table, strict=True):
                if column not in {"temper", "leaning", "life"}:
                    assert values.min() >= 0, (str(country.month), column)
                if column in shares:
                    assert values.max() <= 1.0 + 1e-6, (str(country.month), column)


def test_nine_hundred_households_live_two_years() -> None:
    country = Country("historical", households=ROWS, seed=1, threads=1)
    for readings in live(country, 24):
        assert readings.keys() >= VARIABLES.keys()
    assert str(country.month) == "1929-06"
    assert country.running
    harvests = 140e6
    assert 0.5 * harvests < sum(float(r["harvest"].sum()) for r in live(country, 24)) < 1.5 * harvests


def test_villages_know_how_many_they_are_without_counting() -> None:
    """Who joins, leaves, dies, is exiled or arrested is counted off there and then; a recount finds the same."""
    country = Country("historical", households=5_000, seed=3, threads=1)
    while country.month.year < 1935:
        country.step()
        if country.month.month in {1, 3, 7}:
            villages = country.land.villages
            kept = [villages.present.copy(), villages.members.copy(), villages.people.copy()]
            membership.count(country.land)
            for known, counted in zip(kept, (villages.present, villages.members, villages.people), strict=True):
                assert np.array_equal(known, counted), str(country.month)


@pytest.mark.parametrize("name", SCENARIOS)
def test_all_accounts_close_over_the_whole_time(name: str) -> None:
    """Grain, State grain, people and each herd: what stands at the month's end is what stood, came and went."""
    dataset = run(name, households=1_200, seed=4, threads=1)
    assert dataset.sizes["month"] == 150
    balances = check(dataset)
    assert all(balance.closes for balance in balances), sentence(balances)
    for variable in VARIABLES:
        assert np.isfinite(dataset[variable].values).all(), variable
        if variable not in SIGNED:
            assert float(dataset[variable].min()) >= 0.0, variable


@st.composite
def orders(draw: st.DrawFn) -> dict[str, Any]:
    """Any levers at all, each anywhere within what is allowed, from some month on."""
    changes: dict[str, Any] = {"end": str(Month.at(draw(st.integers(23, 47))))}
    for key in draw(st.lists(st.sampled_from(sorted(LEVERS)), min_size=3, max_size=14, unique=True)):
        lever = LEVERS[key]
        lowest, highest = lever.allowed
        # without an upper bound, ten times what is plausible is wild enough
        value = draw(st.floats(lowest, min(highest, 10.0 * lever.usual[1] + 1.0)))
        since = str(Month.at(draw(st.sampled_from((0, 6, 12, 18)))))
        changes.setdefault(lever.section, {})[lever.name] = {since: value}
    changes["weather"] = {"mode": draw(st.sampled_from(("historical", "average", "drawn")))}
    return changes


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=orders(), base=st.sampled_from(SCENARIOS), seed=st.integers(0, 1_000))
def test_all_accounts_close_whatever_is_ordered(changes: dict[str, Any], base: str, seed: int) -> None:
    """No order, however mad, makes grain, animals or people out of nothing."""
    dataset = run(Scenario.load(base).with_changes(changes), households=ROWS, seed=seed, threads=1)
    balances = check(dataset)
    assert all(balance.closes for balance in balances), sentence(balances)
    for variable in VARIABLES:
        assert np.isfinite(dataset[variable].values).all(), variable
        if variable not in SIGNED:
            assert float(dataset[variable].min()) >= 0.0, variable


@pytest.mark.parametrize("base", SCENARIOS)
def test_the_state_never_gives_out_grain_that_it_has_not(base: str) -> None:
    """Exports, towns, relief and seed loans all draw on one store: what one has been promised another cannot have."""
    generous = {
        "relief": {"share": 1.0, "threshold": 0.01, "delay": 0, "reserve_kept": 0, "seed_loans": 1.0},
        "trade": {"grain_exports": 10},
        "towns": {"ration": 230},
    }
    country = Country(Scenario.load(base).with_changes(generous), households=ROWS, seed=1, threads=1)
    assert min(float(readings["grain_state"]) for readings in live(country, 125)) >= 0.0


# ----------------------------------------------------------------------------------------------- luck


def test_two_threads_live_the_same_months_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Crew, "SMALL", 0)  # so that threads really share out the few villages
    one, two = (Country("historical", households=2_000, seed=3, threads=threads) for threads in (1, 2))
    for _ in range(72):
        one.step()
        two.step()
        assert not unlike(one.readings(), two.readings()), one.month
    assert bits(one) == bits(two)


def test_the_same_seed_is_the_same_country_and_another_is_not() -> None:
    first, again, other = (Country("historical", households=ROWS, seed=seed, threads=1) for seed in (1, 1, 2))
    assert bits(first) == bits(again)
    assert bits(first) != bits(other)
    read = [live(country, 12)[-1] for country in (first, again, other)]
    assert not unlike(read[0], read[1])
    assert len(unlike(read[0], read[2])) > 30


def test_countries_are_the_same_until_their_orders_differ() -> None:
    """The three scenarios part in January 1928 and July 1929; until then nothing may tell them apart."""
    countries = [Country(name, households=ROWS, seed=1, threads=1) for name in SCENARIOS]
    history, nep, no_exports = countries
    for _ in range(6):  # July to December 1927
        for country in countries:
            country.step()
        assert bits(history) == bits(nep) == bits(no_exports)
        assert not unlike(history.readings(), nep.readings())
    for _ in range(18):  # to June 1929
        for country in countries:
            country.step()
        assert bits(history) == bits(no_exports)
    assert bits(history) != bits(nep)
    live(history, 12)
    live(no_exports, 12)
    # what stays in the State's stores is felt by villages late or never, by the State at once
    assert history.readings()["grain_state"] != no_exports.readings()["grain_state"]


def test_a_household_draws_the_same_lot_in_every_scenario() -> None:
    """A lot belongs to seed, month, question and row; no scenario has a say in it."""
    rows = (0, 17, ROWS - 1)

    def lots(month: int) -> list[float]:
        return [float(uniform(keys(1, month)[question], row)) for question in range(N_QUESTIONS) for row in rows]

    for name in SCENARIOS:
        country = Country(name, households=ROWS, seed=1, threads=1)
        before = lots(5)
        live(country, 6)
        assert lots(country.month.index) == before
    assert lots(5) != lots(6)
    assert len(set(lots(5))) == N_QUESTIONS * len(rows)


# ---------------------------------------------------------------------------------------------- scale


def test_twice_the_rows_stand_for_the_same_country() -> None:
    """A row stands for fewer families then; the Union has the same people, fields and herds."""
    small, large = (Country("historical", households=rows, seed=1, threads=1) for rows in (1_500, 3_000))
    for name in ("rural_population", "urban_population", "households", "horses", "cattle", "pigs", "sheep_goats"):
        assert small.opening[name].sum() == pytest.approx(large.opening[name].sum(), rel=1e-6), name
    assert small.opening["grain_barns"].sum() == pytest.approx(large.opening["grain_barns"].sum(), rel=0.02)
    first = [sum(float(r["harvest"].sum()) for r in live(country, 12)) for country in (small, large)]
    # fields of a region are the same; villages differ in luck and hands, some 10 % each, and 25 or more villages count
    assert first[0] == pytest.approx(first[1], rel=0.03)


def test_any_row_stands_for_the_families_of_its_region() -> None:
    for rows in (900, 1_800):
        country = Country("historical", households=rows, seed=1, threads=1)
        counted = np.bincount(country.land.villages.region, np.diff(country.land.first), N_REGIONS)
        assert (counted * country.weight).sum() == pytest.approx(country.opening["households"].sum(), rel=1e-9)


# ------------------------------------------------------------------------------------------- who lives


@pytest.fixture(scope="module")
def country() -> Country:
    country = Country("historical", households=ROWS, seed=1, threads=1)
    live(country, 30)
    return country


def test_a_household_is_looked_at_as_a_peasant_or_a_kulak(country: Country) -> None:
    homes = country.land.homes
    is_kulak = (homes.stratum == Stratum.KULAK) | (homes.named_kulak == 1)
    assert 0 < is_kulak.sum() < ROWS / 4
    for row in (*np.flatnonzero(is_kulak)[:5], *np.flatnonzero(~is_kulak)[:5]):
        assert type(country.household(int(row))) is (Kulak if is_kulak[row] else Peasant)


def test_what_is_seen_of_a_household_is_what_stands_on_its_row(country: Country) -> None:
    for row in (0, 1, 450, ROWS - 1):
        peasant = country.household(row)
        for name in columns_of(Households):
            assert getattr(peasant, name) == getattr(country.land.homes, name)[row].item(), name
        assert country.land.first[peasant.village] <= row < country.land.first[peasant.village + 1]
        assert peasant.region == country.land.villages.region[peasant.village]
        assert peasant.is_member == (country.land.homes.months_in[row] > 0)
        assert peasant.fate == country.land.homes.life[row]


def test_a_household_is_seen_as_it_is_now_not_as_it_was(country: Country) -> None:
    peasant = country.household(3)
    before = peasant.barn_kg
    country.land.homes.barn_kg[3] += 64.0
    assert peasant.barn_kg == pytest.approx(before + 64.0)
    country.land.homes.barn_kg[3] -= 64.0


def test_looking_changes_nothing(country: Country) -> None:
    before = bits(country)
    agents = len(country.agents)
    assert country.household(7).adults >= 0
    assert bits(country) == before
    assert len(country.agents) == agents


@pytest.mark.parametrize("row", [-1, ROWS, 10**9])
def test_a_household_that_is_not_there_is_refused_in_one_sentence(country: Country, row: int) -> None:
    with pytest.raises(ValueError, match=rf"^household {row}: there is none; rows go from 0 to {ROWS - 1}\.$"):
        country.household(row)


def test_what_no_household_has_is_refused_with_what_it_has(country: Country) -> None:
    with pytest.raises(AttributeError, match=r"^A household has no tractors; its columns are stratum, .*starved\.$"):
        _ = country.household(0).tractors


def test_the_agents_are_the_state_its_regions_and_their_towns(country: Country) -> None:
    """Households are rows; only who decides or reports on his own is an agent that Mesa keeps."""
    kinds = [type(agent) for agent in country.agents]
    assert (kinds.count(State), kinds.count(Region), kinds.count(Town)) == (1, 18, 18)
    assert len(kinds) == 37
    assert [region.name for region in country.regions] == list(REGION_IDS)
    assert country.town_agents[3].people == country.readings()["urban_population"][3]


def test_the_country_stops_after_the_last_month_of_its_scenario() -> None:
    country = Country(Scenario.load("historical").with_changes({"end": "1927-12"}), households=ROWS, threads=1)
    lived = 0
    while country.running:
        country.step()
        lived += 1
    assert lived == 6
    assert str(country.month) == "1927-12"


def test_every_column_is_declared_with_unit_and_meaning() -> None:
    for table in (Households, Villages):
        assert all(column.unit and column.meaning for column in columns_of(table).values())
