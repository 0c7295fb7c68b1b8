"""Each mechanism is taken out in turn: what changes is what the literature says that it did.

All countries have the same seed and so the same luck. A direction that the model gets wrong is a finding about the
model; it is not to be mended here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from model.calendar import Month
from model.country import Country
from model.history import REGION_IDS
from model.policy.mechanisms import MECHANISMS
from model.policy.scenario import Scenario

ROWS = 12_500
UKRAINE = [row for row, name in enumerate(REGION_IDS) if name.startswith("ukraine")]
KAZAKHSTAN = REGION_IDS.index("kazakhstan")
ALL = slice(None)


class Life:
    """What was read of a country, month by month."""

    def __init__(self, without: str | None, until: str, changes: dict[str, Any]) -> None:
        off = {"mechanisms": {without: False}} if without else {}
        country = Country(Scenario.load("historical").with_changes(changes | off), households=ROWS, seed=1, threads=1)
        self.opening = country.opening
        self.seen: list[dict[str, Any]] = []
        while country.month < Month.parse(until):
            country.step()
            self.seen.append(country.readings())

    def at(self, name: str, month: str, regions: Any = ALL) -> float:
        """A stock at the end of a month, summed over regions."""
        return self._sum(Month.parse(month).index, name, regions)

    def during(self, name: str, first: str, last: str, regions: Any = ALL) -> float:
        """A flow from one month to another, both included, summed over regions."""
        months = range(Month.parse(first).index, Month.parse(last).index + 1)
        return sum(self._sum(month, name, regions) for month in months)

    def _sum(self, month: int, name: str, regions: Any) -> float:
        return float(np.atleast_1d(self.seen[month][name])[regions].sum())

    def ever(self, name: str) -> np.ndarray:
        """All readings of a variable [months, regions] or [months]."""
        return np.array([readings[name] for readings in self.seen])

    def inside(self, month: str) -> float:
        """Share of households in kolkhozy."""
        here = self.seen[Month.parse(month).index]
        return float((here["collectivised_share"] * here["households"]).sum() / here["households"].sum())


Pair = Callable[..., tuple[Life, Life]]


@pytest.fixture(scope="module")
def compare() -> Iterator[Pair]:
    """Return a country with the mechanism and one without it; lives are kept, so that each is lived once."""
    lived: dict[tuple[str | None, str, str], Life] = {}

    def life(without: str | None, until: str, changes: dict[str, Any]) -> Life:
        key = (without, until, repr(changes))
        if key not in lived:
            lived[key] = Life(without, until, changes)
        return lived[key]

    def pair(mechanism: str, until: str = "1934-12", **changes: Any) -> tuple[Life, Life]:
        assert mechanism in MECHANISMS
        return life(None, until, changes), life(mechanism, until, changes)

    yield pair
    lived.clear()


def test_without_loss_of_effort_the_harvest_of_1932_is_larger(compare: Pair) -> None:
    """Drought alone does not explain 1932: fields were tilled with little care by those who would not eat of them."""
    with_it, without = compare("fields_effort")
    assert without.during("harvest", "1932-07", "1932-09") > 1.03 * with_it.during("harvest", "1932-07", "1932-09")
    assert without.during("excess_deaths", "1932-07", "1933-12") < with_it.during("excess_deaths", "1932-07", "1933-12")


def test_without_prices_the_low_price_of_1927_makes_no_procurement_crisis(compare: Pair) -> None:
    """The scissors: a State price at two thirds of the market's kept grain in the barns in the autumn of 1927."""
    with_it, without = compare("nep_market", until="1928-06")
    assert with_it.during("procured", "1927-07", "1927-12") > 1e6
    assert without.during("procured", "1927-10", "1927-12") > 1.05 * with_it.during("procured", "1927-10", "1927-12")


def test_without_procurement_the_state_gets_nothing_and_barns_stay_full(compare: Pair) -> None:
    with_it, without = compare("procurement")
    assert without.ever("procured").sum() == 0.0
    assert without.ever("grain_confiscated").sum() == 0.0
    for january in ("1930-01", "1932-01", "1933-01"):
        held = [
            sum(life.at(place, january) for place in ("grain_barns", "grain_concealed", "grain_pools"))
            for life in (with_it, without)
        ]
        assert held[1] > 1.3 * held[0], january
    assert without.during("rural_excess_deaths", "1932-07", "1933-12") < with_it.during(
        "rural_excess_deaths", "1932-07", "1933-12"
    )


def test_without_concealment_no_pit_holds_grain_and_collectors_bring_more(compare: Pair) -> None:
    with_it, without = compare("concealment")
    assert with_it.ever("grain_concealed").sum(axis=1).max() > 3e5
    # a meal is shared between barn and pit in single precision: grams may be left over
    assert without.ever("grain_concealed").sum(axis=1).max() < 100.0
    assert without.during("procured", "1929-07", "1932-06") > with_it.during("procured", "1929-07", "1932-06")


def test_without_the_search_fewer_die_in_ukraine_in_1933(compare: Pair) -> None:
    """The searches of November 1932 to January 1933 took seed, advances and gardens where the plan was not met."""
    with_it, without = compare("search")
    assert with_it.ever("grain_confiscated").sum() > 0.0
    assert without.ever("grain_confiscated").sum() == 0.0
    assert without.during("excess_deaths", "1933-01", "1933-12", UKRAINE) < with_it.during(
        "excess_deaths", "1933-01", "1933-12", UKRAINE
    )


def test_without_collectivisation_nobody_joins_and_herds_are_larger_in_1931(compare: Pair) -> None:
    """Animals were slaughtered before joining and neglected in common stables. Later want of fodder tells more.

    Independents from whom as much grain is taken lose their animals too, by 1933, pigs first: a finding of the model.
    """
    with_it, without = compare("collectivisation")
    assert with_it.inside("1932-06") > 0.5
    assert without.ever("collectivised_share").max() <= max(without.ever("collectivised_share")[0]) + 0.02
    for kind in ("horses", "cattle", "sheep_goats"):
        assert without.at(kind, "1931-06") > with_it.at(kind, "1931-06"), kind


def test_without_unrest_the_state_does_not_retreat_and_holds_its_kolkhozy(compare: Pair) -> None:
    """The retreat of March 1930 answered the risings; without them the share of February would have stood."""
    with_it, without = compare("unrest_and_retreat")
    assert with_it.during("disturbances", "1930-01", "1930-04") > 1_000
    assert not without.ever("disturbances").any()
    assert not without.ever("retreat").any()
    assert with_it.inside("1930-09") < with_it.inside("1930-03")
    assert without.inside("1930-09") > with_it.inside("1930-09") + 0.2


def test_without_slaughter_from_fear_there_are_more_cattle_in_the_middle_of_1930(compare: Pair) -> None:
    with_it, without = compare("livestock_slaughter")
    assert without.at("cattle", "1930-06") > 1.05 * with_it.at("cattle", "1930-06")
    assert without.at("pigs", "1930-06") > 1.05 * with_it.at("pigs", "1930-06")
    assert without.during("slaughtered_cattle", "1929-10", "1930-03") < with_it.during(
        "slaughtered_cattle", "1929-10", "1930-03"
    )


def test_without_forced_settling_nomads_keep_more_of_their_herds_and_lives(compare: Pair) -> None:
    """Kazakhstan starved from lost herds: nine tenths of its sheep were gone by 1932."""
    with_it, without = compare("nomad_settling")
    for kind in ("sheep_goats", "cattle"):
        assert without.at(kind, "1932-06", KAZAKHSTAN) > 1.5 * with_it.at(kind, "1932-06", KAZAKHSTAN), kind
    assert without.during("excess_deaths", "1930-07", "1933-12", KAZAKHSTAN) < with_it.during(
        "excess_deaths", "1930-07", "1933-12", KAZAKHSTAN
    )


def test_without_dekulakisation_nobody_is_settled_in_the_north_and_fewer_households_are_gone(compare: Pair) -> None:
    with_it, without = compare("dekulakisation")
    assert with_it.at("special_settlers", "1931-12") > 1e6
    assert not without.ever("special_settlers").any()
    assert not without.ever("households_exiled").any()
    assert not without.ever("persons_arrested").any()

    def gone(life: Life) -> float:
        return sum(life.during(f"households_{fate}", "1930-01", "1932-06") for fate in ("exiled", "fled"))

    assert gone(without) < 0.2 * gone(with_it)


def test_without_hunger_that_kills_nobody_dies_before_his_time(compare: Pair) -> None:
    with_it, without = compare("hunger_kills")
    assert with_it.during("excess_deaths", "1932-07", "1933-12") > 1e6
    for place in ("", "rural_", "urban_"):
        assert not without.ever(f"{place}excess_deaths").any()
    assert without.at("rural_population", "1933-12") > with_it.at("rural_population", "1933-12")


def test_without_leaving_nobody_moves_to_town_but_those_who_flee_exile(compare: Pair) -> None:
    with_it, without = compare("leaving")
    assert with_it.during("net_rural_urban_migration", "1928-01", "1932-12") > 5e6
    moved = without.ever("net_rural_urban_migration")
    threatened = without.ever("households_fled") + without.ever("households_exiled") + without.ever("persons_arrested")
    assert not moved[threatened == 0.0].any(), "some of those who were to be exiled had gone before the cart came"
    assert moved.sum() < 0.25 * with_it.ever("net_rural_urban_migration").sum()
    assert without.at("urban_population", "1932-12") < with_it.at("urban_population", "1932-12") - 3e6


def test_without_rations_towns_do_not_go_hungry(compare: Pair) -> None:
    """In 1933 the lower lists got half of what was promised; without the mechanism towns eat their need."""
    little = {"1931-07": {"value": 0.08, "why": "so that the State is short of grain"}}
    with_it, without = compare("town_rations", until="1933-12", procurement={"rate": little})
    assert with_it.during("urban_excess_deaths", "1932-01", "1933-12") > 0.0
    assert not without.ever("urban_excess_deaths").any()
    assert with_it.ever("food_per_head_urban").min() < 0.9 * without.ever("food_per_head_urban").min()
    assert (without.ever("ration_fulfilment") == 1.0).all()


def test_without_trade_no_machine_is_bought_and_industry_makes_less(compare: Pair) -> None:
    with_it, without = compare("trade_and_machines")
    assert with_it.during("machinery_imports", "1929-01", "1932-12") > 1e9
    assert not without.ever("machinery_imports").any()
    assert not without.ever("grain_exported").any()
    assert without.at("industrial_output_index", "1934-12") < 0.95 * with_it.at("industrial_output_index", "1934-12")


def test_without_false_beliefs_what_is_reported_is_what_was_harvested(compare: Pair) -> None:
    with_it, without = compare("officials_beliefs")
    assert with_it.ever("reported_harvest").sum() > 1.01 * with_it.ever("harvest").sum()
    assert without.ever("reported_harvest") == pytest.approx(without.ever("harvest"))


def test_without_sharing_among_neighbours_more_die(compare: Pair) -> None:
    with_it, without = compare("sharing")
    assert without.during("excess_deaths", "1930-01", "1934-12") > with_it.during("excess_deaths", "1930-01", "1934-12")


def test_every_mechanism_has_its_test() -> None:
    asked = {argument.value for function in _functions_of_this_file() for argument in function}
    assert asked >= MECHANISMS.keys()


def _functions_of_this_file() -> list[list[Any]]:
    """The first argument of every call of `compare`."""
    import ast
    from pathlib import Path

    tree = ast.parse(Path(__file__).read_text(encoding="utf-8"))
    return [
        node.args[:1]
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "compare"
    ]
