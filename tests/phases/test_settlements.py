"""Special settlements and camps: their people, deaths and flights."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.phases.settlements import CampReport, Camps, SettlementReport, Settlements
from model.policy.behaviour import behaviour_defaults

PERSONS_A_FAMILY = 4.73
FAMILIES = {  # thousand a month, from (year, first month)
    (1930, 2): (22, 48, 25, 10),
    (1930, 9): (4, 3, 2, 1),
    (1931, 1): (2, 8, 22, 20, 55, 65, 50, 25, 13, 4, 2),
    (1932, 3): (3.5,) * 5,
    (1933, 1): (10,) * 6,
}
CAMP_ARRIVALS = {  # thousand a year (camp_arrivals_new), 1937-38 by half-years: the operations began in August 1937
    1930: (60, 60), 1931: (75, 75), 1932: (73, 117), 1933: (265, 155), 1934: (223, 222), 1935: (205, 205),
    1936: (216, 215), 1937: (216, 421), 1938: (494, 309), 1939: (192, 192),
}  # fmt: skip
CAMP_RATION = dict(zip(range(1930, 1940), (0.9, 0.95, 0.85, 0.6, 0.85, 0.95, 1.0, 0.95, 0.75, 0.85), strict=True))


def ration_of_settlers(year: int, month: int) -> float:
    if year < 1932:
        return 0.95
    if year == 1932:
        return 0.75
    if year == 1933:
        return 0.6 if month < 10 else 0.85
    return 0.85 if (year, month) < (1934, 7) else 1.0


def settle(families: float = 1.0) -> dict[int, list[SettlementReport]]:
    """Send the exiled of history into empty settlements; reports by year."""
    sent = {
        (year, first + later): 1e3 * PERSONS_A_FAMILY * number * families
        for (year, first), numbers in FAMILIES.items()
        for later, number in enumerate(numbers)
    }
    places = Settlements(behaviour_defaults())
    return {
        year: [
            places.advance(
                sent.get((year, month), 0.0) + (4e3 if year == 1935 else 7e3 if year >= 1938 else 0.0),
                ration_of_settlers(year, month),
                0.045 if (year, month) >= (1933, 7) else 0.0,
            )
            for month in range(1, 13)
        ]
        for year in range(1930, 1940)
    }


def imprison() -> dict[int, list[CampReport]]:
    """Send the arrested of history into the camps of January 1930; reports by year."""
    camps = Camps(behaviour_defaults(), prisoners=179_000.0)
    return {
        year: [camps.advance(1e3 * halves[month // 7] / 6.0, CAMP_RATION[year]) for month in range(1, 13)]
        for year, halves in CAMP_ARRIVALS.items()
    }


@pytest.mark.parametrize(
    ("year", "stock"),
    [(1931, 1_317_022), (1932, 1_142_084), (1933, 1_072_546), (1934, 973_693), (1935, 1_017_133), (1936, 916_787),
     (1937, 877_651), (1938, 938_552), (1939, 997_513)],
)  # fmt: skip
def test_settlers_are_as_many_as_the_registers_say(year: int, stock: float) -> None:
    """Registers of the end of the year (ZEMSKOV1994); a tenth, as escapes and recaptures were registered late."""
    assert settle()[year][-1].stock == pytest.approx(stock, rel=0.10)


@pytest.mark.parametrize(("years", "deaths"), [((1930, 1931), 145_000), ((1932,), 89_754), ((1933,), 151_601)])
def test_settlers_die_as_the_registers_say(years: tuple[int, ...], deaths: float) -> None:
    """Within 10 %; the figure of 1930-31 is a reconstruction (100-250 thousand)."""
    reports = settle()
    assert sum(month.deaths for year in years for month in reports[year]) == pytest.approx(deaths, rel=0.10)


def test_flight_from_the_settlements_ebbs_as_people_settle() -> None:
    """Registered 207, 216, 88, 43, 26 thousand in 1932-36; 1932 comes out 40 % high, recaptures lower than in truth."""
    escapes = {year: sum(month.escapes for month in of) for year, of in settle().items()}
    for year, registered in zip(range(1933, 1937), (215_856, 87_617, 43_070, 26_193), strict=True):
        assert escapes[year] == pytest.approx(registered, rel=0.25), year
    assert escapes[1932] == pytest.approx(207_010, rel=0.5)


@pytest.mark.parametrize(
    ("year", "stock"),
    [(1930, 212_000), (1931, 268_700), (1932, 334_300), (1933, 510_307), (1934, 725_483), (1935, 839_406),
     (1936, 820_881), (1937, 996_367), (1938, 1_317_195), (1939, 1_344_408)],
)  # fmt: skip
def test_camps_fill_as_the_registers_say(year: int, stock: float) -> None:
    """Stock of 1 January of the next year (ZEMSKOV1991); 16 %: one rate of release cannot know of longer terms."""
    assert imprison()[year][-1].stock == pytest.approx(stock, rel=0.16)


@pytest.mark.parametrize(
    ("year", "deaths"),
    [(1930, 7_980), (1931, 7_283), (1932, 13_197), (1933, 67_297), (1934, 26_295), (1935, 28_328), (1936, 20_595),
     (1937, 25_376), (1938, 90_546), (1939, 50_502)],
)  # fmt: skip
def test_prisoners_die_as_the_registers_say(year: int, deaths: float) -> None:
    """A third in ordinary years; hunger in 1933 and crowding in 1938 both come out within 15 %."""
    died = sum(month.deaths for month in imprison()[year])
    assert died == pytest.approx(deaths, rel=0.15 if year in {1933, 1938} else 0.33)


@settings(max_examples=50, deadline=None)
@given(
    arrivals=st.lists(st.floats(0.0, 5e5), min_size=1, max_size=40),
    ration=st.floats(0.0, 1.5),
    release=st.floats(0.0, 1.0),
)
def test_ledger_of_the_settlements_closes(arrivals: list[float], ration: float, release: float) -> None:
    places = Settlements(behaviour_defaults())
    stock = hidden = 0.0
    for sent in arrivals:
        now = places.advance(sent, ration, release)
        gained = now.arrivals + now.births + now.recaptured
        lost = now.deaths + now.escapes + now.released
        assert now.stock == pytest.approx(stock + gained - lost, abs=1e-6)
        hidden += now.escapes - now.fled - now.recaptured
        assert places.in_hiding == pytest.approx(hidden, abs=1e-6)
        assert min(now) >= 0.0
        assert now.deaths_on_way <= now.deaths
        stock = now.stock


@settings(max_examples=50, deadline=None)
@given(arrivals=st.lists(st.floats(0.0, 5e5), min_size=1, max_size=40), ration=st.floats(0.0, 1.5))
def test_ledger_of_the_camps_closes(arrivals: list[float], ration: float) -> None:
    camps = Camps(behaviour_defaults())
    stock = camps.stock
    for sent in arrivals:
        now = camps.advance(sent, ration)
        assert now.stock == pytest.approx(stock + now.arrivals - now.deaths - now.releases - now.escapes, abs=1e-6)
        assert min(now) >= 0.0
        stock = now.stock


@given(fed=st.floats(0.0, 1.0), hungry=st.floats(0.0, 1.0))
def test_worse_ration_never_means_fewer_deaths(fed: float, hungry: float) -> None:
    fed, hungry = max(fed, hungry), min(fed, hungry)
    deaths_of_settlers, deaths_of_prisoners = [], []
    for ration in (fed, hungry):
        places, camps = Settlements(behaviour_defaults()), Camps(behaviour_defaults())
        places.advance(100_000.0, 1.0, 0.0)
        deaths_of_settlers.append(places.advance(0.0, ration, 0.0).deaths)
        deaths_of_prisoners.append(camps.advance(10_000.0, ration).deaths)
    assert deaths_of_settlers[1] >= deaths_of_settlers[0] - 1e-9
    assert deaths_of_prisoners[1] >= deaths_of_prisoners[0] - 1e-9


def test_crowded_camps_kill_more() -> None:
    """The same prisoners and ration, ten times the arrivals of the months before."""
    deaths = []
    for sent in (5_000.0, 50_000.0):
        camps = Camps(behaviour_defaults(), prisoners=600_000.0)
        for _ in range(6):
            now = camps.advance(sent, 1.0)
        deaths.append(now.deaths / now.stock)
    assert deaths[1] > 1.2 * deaths[0]


def test_nobody_is_exiled_nobody_is_there() -> None:
    assert Settlements(behaviour_defaults()).advance(0.0, 0.5, 0.1) == SettlementReport(*[0.0] * 9)


def test_twice_the_exiled_are_twice_the_deaths() -> None:
    once, twice = settle(), settle(2.0)
    assert sum(m.deaths for m in twice[1931]) == pytest.approx(2.0 * sum(m.deaths for m in once[1931]))
