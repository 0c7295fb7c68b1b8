"""The model against the documented record: nine series side by side, with how far apart they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.figures import marks
from model.figures.documented import COMPARISONS, Documented, documented, model_values, paired
from model.figures.looks import BLUE
from model.figures.readings import Floats, NothingToDraw, Readings, middle
from model.figures.style import INK, MUTED, Chart, Row, chart, scenario_colour, statistic
from model.figures.words import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHOWN = (
    "harvest", "procured", "grain_exported",
    "collectivised_share", "horses", "cattle",
    "excess_deaths", "net_rural_urban_migration", "urban_population",
)  # fmt: skip


@chart
def fit_to_history(readings: Readings) -> Chart:
    """Draw nine documented series with the model beside them; blue squares were never used for fitting."""
    compared = {variable: _compared(readings, variable) for variable in SHOWN}
    found = {variable: pair for variable, pair in compared.items() if pair is not None}
    if not found:
        raise NothingToDraw("no documented series overlaps the run")
    inside = sum(_inside(middle(values), points) for values, points in found.values())
    ranged = sum(sum(point.high > point.low for point in points) for _, points in found.values())
    errors = {variable: _error(middle(values), points) for variable, (values, points) in found.items()}
    best, worst = min(errors, key=lambda name: errors[name]), max(errors, key=lambda name: errors[name])
    page = Chart(
        readings,
        f"The model lies within {inside} of {ranged} documented ranges; "
        f"closest: {COMPARISONS[best].label.lower()}, farthest: {COMPARISONS[worst].label.lower()}",
        f"{readings.title} · {statistic(readings)}; points: documented, bars: range of the literature; "
        "black circles: used or free for fitting, blue squares: kept for testing. "
        "Error: mean absolute error in per cent of the mean documented value",
        "grain, livestock, collectivisation, famine, population and migration files of the record; uses in roles.csv",
        width=10.5,
        body=6.6,
    )
    titles = [f"{COMPARISONS[name].label}, {COMPARISONS[name].unit}" for name in SHOWN]
    for axes, variable in zip(page.panels(3, 3, titles), SHOWN, strict=True):
        _panel(page, axes, readings, variable, found.get(variable))
    return page


def _compared(readings: Readings, variable: str) -> tuple[Floats, tuple[Documented, ...]] | None:
    try:
        values, points = paired(readings, variable)
    except NothingToDraw:
        return None
    return None if np.isnan(middle(values)).any() else (values, points)


def _error(values: Floats, points: tuple[Documented, ...]) -> float:
    """Return the mean absolute error [per cent of the mean documented value]."""
    known = np.array([point.value for point in points])
    return float(100.0 * np.abs(values - known).mean() / np.abs(known).mean())


def _inside(values: Floats, points: tuple[Documented, ...]) -> int:
    """Return how many documented ranges hold the model's value."""
    return sum(
        point.low <= value <= point.high for value, point in zip(values, points, strict=True) if point.high > point.low
    )


def _panel(
    page: Chart, axes: Axes, readings: Readings, variable: str, pair: tuple[Floats, tuple[Documented, ...]] | None
) -> None:
    c = COMPARISONS[variable]
    colour = scenario_colour(readings)
    times, values = model_values(readings, variable)
    if c.timing == "stock":
        mid = marks.line(page, axes, times, values, colour, series=c.label, unit=c.unit)
    else:
        mid = marks.bars(page, axes, times, values, "#b8b8b8", series=c.label, unit=c.unit)
    shown = documented(variable)
    for use, edge, mark in ((False, INK, "o"), (True, BLUE, "s")):
        marks.points(page, axes, [p for p in shown if p.is_validation == use], series=c.label, unit=c.unit, edge=edge,
                     marker=mark)  # fmt: skip
    marks.from_zero(axes, mid, np.array([point.high for point in shown]), room=1.22)
    marks.time_axis(axes, readings, margin=0.5)
    if pair is None:
        return
    mine, points = middle(pair[0]), pair[1]
    ranged = sum(point.high > point.low for point in points)
    text = f"error {number(_error(mine, points), 0)}\u00a0%"
    if ranged:
        text += f", {_inside(mine, points)} of {ranged} in range"
    axes.text(0.99, 0.985, text, transform=axes.transAxes, ha="right", va="top", fontsize=7.5, color=MUTED,
              bbox=marks.BACKING)  # fmt: skip
    panel = axes.get_title(loc="left")
    page.rows += [
        Row(panel, f"{c.label}, model less documented", "model", point.at, value - point.value, value - point.high,
            value - point.low, c.unit, point.source)
        for value, point in zip(mine, points, strict=True)
    ]  # fmt: skip
