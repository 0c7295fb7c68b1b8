"""The way to the towns, and the births and deaths behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from model.figures import marks
from model.figures.documented import COMPARISONS, documented, model_values
from model.figures.looks import BLUE, GREEN, VERMILION
from model.figures.readings import Floats, Readings, middle
from model.figures.style import Chart, chart, scenario_colour, statistic
from model.figures.words import number, went

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def _line(page: Chart, axes: Axes, readings: Readings, variable: str, colour: str) -> Floats:
    c = COMPARISONS[variable]
    times, values = model_values(readings, variable)
    mid = marks.line(page, axes, times, values, colour, series=c.label, unit=c.unit)
    marks.points(page, axes, documented(variable), series=c.label, unit=c.unit)
    return mid


@chart
def urbanisation(readings: Readings) -> Chart:
    """Draw towns and villages, the yearly move between them, the urban share and the room that was left for each."""
    urban = readings.national("urban_population") / 1e6
    rural = readings.national("rural_population") / 1e6
    moved = middle(readings.national("net_rural_urban_migration").sum(axis=1)) / 1e6
    first, last = readings.month_name(0), readings.month_name(len(readings.months) - 1)
    town = middle(urban)
    page = Chart(
        readings,
        f"Urban population {went(float(town[0]), float(town[-1]))}\u00a0million between {first} and {last}; "
        f"net move from the villages: {number(float(moved))}\u00a0million",
        f"{readings.title} · stocks at each month's end, moves in calendar years; {statistic(readings)}; "
        "hollow points: documented figures with their range",
        "population.csv (censuses of 1926, 1937, 1939; reconstructions between), migration_urban.csv "
        "(TsUNKhU migration tables; Sosnovy 1954)",
        body=5.2,
    )
    titles = (
        "Rural and urban population, million", "Net move from villages to towns, million a year",
        "Urban share of the population, %", "Living space in towns, m² per head",
    )  # fmt: skip
    people, moves, part, space = page.panels(2, 2, titles)
    tops = [
        _line(page, people, readings, "rural_population", GREEN),
        _line(page, people, readings, "urban_population", BLUE),
    ]
    marks.from_zero(people, *tops, np.array([point.high for point in documented("rural_population")]))
    marks.time_axis(people, readings)
    marks.end_labels(page, people, [(tops[0][-1], "rural", GREEN), (tops[1][-1], "urban", BLUE)], room=0.13)

    times, values = model_values(readings, "net_rural_urban_migration")
    mid = marks.bars(page, moves, times, values, BLUE, series="Net move to towns", unit="million")
    marks.points(page, moves, documented("net_rural_urban_migration"), series="Net move to towns", unit="million")
    known = [bound for point in documented("net_rural_urban_migration") for bound in (point.low, point.high)]
    highest, lowest = max(known), min(0.0, float(np.nanmin(np.append(mid, 0.0))), *known)
    marks.level_axis(moves, lowest * 1.1, max(highest, float(np.nanmax(np.append(mid, 0.0)))) * 1.08)
    marks.time_axis(moves, readings)

    share = 100.0 * urban / (urban + rural)
    mid = marks.line(page, part, readings.stock_time, share, scenario_colour(readings), series="Urban share", unit="%")
    censuses = {p.at: p for p in documented("urban_population")}
    villages = {p.at: p for p in documented("rural_population")}
    for at in censuses.keys() & villages.keys():
        when, whole = censuses[at], censuses[at].value + villages[at].value
        if readings.stock_time[0] - 0.2 <= when.time <= readings.stock_time[-1] + 0.1:
            part.plot(when.time, 100 * when.value / whole, "o", markersize=3.6, markerfacecolor="white",
                      markeredgecolor="#1a1a1a", markeredgewidth=0.8, zorder=5)  # fmt: skip
    marks.from_zero(part, mid, least=35)
    marks.time_axis(part, readings)

    marks.from_zero(space, _line(page, space, readings, "living_space_per_head", scenario_colour(readings)), least=6)
    marks.time_axis(space, readings)
    return page


def _yearly(page: Chart, axes: Axes, readings: Readings, variables: Sequence[tuple[str, str]]) -> list[Floats]:
    """Draw yearly sums as lines through the middle of each year, with their documented points."""
    mids = []
    for variable, colour in variables:
        c = COMPARISONS[variable]
        times, values = model_values(readings, variable)
        mids.append(marks.line(page, axes, times, values, colour, series=c.label, unit=c.unit))
        marks.points(page, axes, documented(variable), series=c.label, unit=c.unit)
    return mids


@chart
def demography(readings: Readings) -> Chart:
    """Draw births and deaths of each calendar year, and the excess deaths among them."""
    births = middle(readings.by_year(readings.national("births"), "calendar")) / 1e6
    deaths = middle(readings.by_year(readings.national("deaths"), "calendar")) / 1e6
    years = readings.years("calendar")
    over = [int(year) for year, b, d in zip(years, births, deaths, strict=True) if d > b]
    worst = int(np.nan_to_num(deaths).argmax())
    found = ""  # said only where the year of most deaths does not say it
    if not over:
        found = "; births exceeded deaths in every year"
    elif over != [int(years[worst])]:
        found = f"; deaths exceeded births in {', '.join(map(str, over))}"
    page = Chart(
        readings,
        f"Deaths were most in {years[worst]}: {number(float(deaths[worst]))}\u00a0million, "
        f"against {number(float(births[worst]))}\u00a0million births{found}",
        f"{readings.title} · persons in calendar years, million; {statistic(readings)}; "
        "hollow points: reconstructions with their range",
        "population.csv (Andreev, Darskii, Khar'kova 1993), famine.csv (by year: derived from several reconstructions)",
        width=10.0,
        body=3.7,
    )
    both, excess = page.panels(1, 2, ("Births and deaths, million a year", "Excess deaths, million a year"), right=0.3)
    mids = _yearly(page, both, readings, (("births", GREEN), ("deaths", VERMILION)))
    marks.from_zero(both, *mids, least=max(point.high for point in documented("deaths")))
    marks.time_axis(both, readings)
    marks.end_labels(page, both, [(mids[0][-1], "births", GREEN), (mids[1][-1], "deaths", VERMILION)], room=0.14)
    times, values = model_values(readings, "excess_deaths")
    mid = marks.bars(page, excess, times, values, VERMILION, series="Excess deaths", unit="million")
    marks.points(page, excess, documented("excess_deaths"), series="Excess deaths", unit="million")
    marks.from_zero(excess, mid, least=max(point.high for point in documented("excess_deaths")))
    marks.time_axis(excess, readings)
    return page
