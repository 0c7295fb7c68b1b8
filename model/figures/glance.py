"""The run at a glance: grain, herds, collective farms, deaths, towns and industry beside the documented figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.figures import marks
from model.figures.documented import COMPARISONS, documented, model_values, rivals
from model.figures.looks import BLUE, GREEN, ORANGE, PINK, VERMILION
from model.figures.readings import Floats, Readings, middle
from model.figures.style import INK, Chart, chart, scenario_colour, statistic
from model.figures.words import number, went

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HERDS = (
    ("horses", "Horses", BLUE, "o", "○"),
    ("cattle", "Cattle", VERMILION, "s", "□"),
    ("pigs", "Pigs", PINK, "^", "△"),
    ("sheep_goats", "Sheep, goats", GREEN, "D", "◇"),
)
"""Series, name, colour, and the mark of its documented points, in the chart and in letters."""
MID_1928 = 1928.5


@chart
def overview(readings: Readings) -> Chart:
    """Draw six panels, two rows of three, on one axis of time."""
    _, harvests = model_values(readings, "harvest")
    title = f"Grain harvest {_from_best_to_worst(readings, middle(harvests))}; {_deaths(readings)}"
    page = Chart(
        readings,
        title,
        f"{readings.title} · bars: agricultural years (July–June) or calendar years; {statistic(readings)}; "
        "hollow points: documented figures, bars through them: range of the literature",
        "grain, livestock, collectivisation, famine, population and industry files of the record (docs/sources.md)",
        width=11.0,
        body=5.5,
    )
    titles = (
        "Grain harvest and procurement, Mt", "Herds, mid-1928 = 100", "Collectivised, % of households",
        "Excess deaths, million a year", "Urban population, million", "Industrial output, 1928 = 100",
    )  # fmt: skip
    drawers = (_grain, _herds, _collectivised, _excess_deaths, _towns, _industry)
    for axes, draw in zip(page.panels(2, 3, titles, right=0.16), drawers, strict=True):
        draw(page, axes, readings)
    return page


def _from_best_to_worst(readings: Readings, harvests: Floats) -> str:
    years = readings.years("harvest")
    before = [i for i, year in enumerate(years) if year <= 1930] or [0]
    after = [i for i, year in enumerate(years) if 1931 <= year <= 1934] or [len(years) - 1]
    best = max(before, key=lambda i: harvests[i])
    worst = min(after, key=lambda i: harvests[i])
    return f"{went(float(harvests[best]), float(harvests[worst]))}\u00a0Mt between {years[best]} and {years[worst]}"


def _deaths(readings: Readings) -> str:
    during = readings.span((1930, 1), (1934, 12))
    total = middle(readings.national("excess_deaths")[:, during].sum(axis=1)) / 1e6
    return f"excess deaths 1930–34: {number(float(total))}\u00a0million"


def _grain(page: Chart, axes: Axes, readings: Readings) -> None:
    tops = []
    for variable, colour, label in (("harvest", ORANGE, "Harvest"), ("procured", BLUE, "Procured")):
        times, values = model_values(readings, variable)
        tops.append(marks.bars(page, axes, times, values, colour, series=label, unit="Mt"))
        marks.points(page, axes, documented(variable), series=label, unit="Mt")
    highest = max(point.high for point in documented("harvest"))
    marks.from_zero(axes, *tops, least=highest, room=1.24)
    marks.time_axis(axes, readings, margin=0.5)
    marks.key(page, axes, [("■ harvest", ORANGE), ("■ procured", BLUE)])


def _herds(page: Chart, axes: Axes, readings: Readings) -> None:
    labels, tops = [], []
    for variable, label, colour, mark, letter in HERDS:
        times, values = model_values(readings, variable)
        counted = [p for p in documented(variable) if abs(p.time - MID_1928) < 0.01]
        base = counted[0].value / 100.0
        mid = marks.line(page, axes, times, values / base, colour, series=label, unit="mid-1928 = 100")
        tops.append(mid)
        labels.append((mid[-1], f"{letter} {label}", colour))
        shown = [p for p in documented(variable) if p.time <= times[-1]]
        axes.plot(
            [p.time for p in shown], [p.value / base for p in shown], marker=mark, linestyle="none",
            markersize=3.2, markerfacecolor="white", markeredgecolor=colour, markeredgewidth=0.9, zorder=5,
        )  # fmt: skip
    marks.from_zero(axes, *tops, least=118)
    marks.time_axis(axes, readings)
    marks.end_labels(page, axes, labels, room=0.3, size=7)


def _single(page: Chart, axes: Axes, readings: Readings, variable: str, least: float) -> None:
    c = COMPARISONS[variable]
    times, values = model_values(readings, variable)
    mid = marks.line(page, axes, times, values, scenario_colour(readings), series=c.label, unit=c.unit)
    marks.points(page, axes, documented(variable), series=c.label, unit=c.unit)
    marks.from_zero(axes, mid, least=least)
    marks.time_axis(axes, readings)


def _collectivised(page: Chart, axes: Axes, readings: Readings) -> None:
    _single(page, axes, readings, "collectivised_share", 95)


def _towns(page: Chart, axes: Axes, readings: Readings) -> None:
    _single(page, axes, readings, "urban_population", 56)


def _excess_deaths(page: Chart, axes: Axes, readings: Readings) -> None:
    times, values = model_values(readings, "excess_deaths")
    mid = marks.bars(page, axes, times, values, VERMILION, series="Excess deaths", unit="million")
    marks.points(page, axes, documented("excess_deaths"), series="Excess deaths", unit="million")
    marks.from_zero(axes, mid, least=7.3)
    marks.time_axis(axes, readings)


def _industry(page: Chart, axes: Axes, readings: Readings) -> None:
    unit = "1928 = 100"
    times, values = readings.stock_time, readings.national("industrial_output_index")
    mid = marks.line(page, axes, times, values, scenario_colour(readings), series="Industrial output", unit=unit)
    marks.points(page, axes, documented("industrial_output_index"), series="Official index", unit=unit)
    nutter = rivals("industrial_output_index_nutter", "industry.csv", 1.0, "calendar")
    marks.points(page, axes, nutter, series="Nutter's index", unit=unit, marker="s")
    marks.from_zero(axes, mid, least=450)
    marks.time_axis(axes, readings)
    marks.key(page, axes, [("○ official index", INK), ("□ Nutter 1962", INK)])
