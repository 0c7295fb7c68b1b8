"""How households came into the collective farms and left them again, with dated events, and the unrest beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.figures import marks
from model.figures.documented import documented
from model.figures.looks import VERMILION
from model.figures.readings import Floats, Readings, middle
from model.figures.style import Chart, Row, chart, scenario_colour, statistic
from model.figures.words import share
from model.history import SHORT_NAMES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

EVENTS = (
    (1929 + 10.2 / 12, "Great Turn"),
    (1930 + 2.05 / 12, "Dizzy with Success"),
    (1932 + 7.2 / 12, "law of 7 August"),
    (1935 + 1.5 / 12, "kolkhoz statute"),
)
"""Days by which the literature divides the story; drawn for every scenario, so that it can be laid beside history."""


@chart
def collectivisation(readings: Readings) -> Chart:
    """Draw the collectivised share with its events, the spread of the regions behind it, and monthly disturbances."""
    shares = readings.national("collectivised_share")
    page = Chart(
        readings,
        _finding(readings, middle(shares)),
        f"{readings.title} · share of peasant households in kolkhozy, per cent, at each month's end; "
        f"{statistic(readings)}; grey: the 18 regions; hollow points: reports of the time "
        "(February and March 1930 largely on paper)",
        "collectivisation.csv (Davies 1980, table 17; statistical yearbooks), repression.csv (OGPU, monthly 1930)",
        body=5.4,
    )
    height = 5.4
    upper = page.panel(0.62, page.bottom + 1.95, page.width - 1.0, height - 1.95 - 0.62)
    _shares(page, upper, readings, shares)
    lower = page.panel(0.62, page.bottom + 0.32, page.width - 1.0, 1.02, "Mass disturbances a month")
    _unrest(page, lower, readings)
    return page


def _finding(readings: Readings, national: Floats) -> str:
    """Say where the first wave broke, how far it fell back, and when half of the households were in."""
    wave = readings.span((1929, 10), (1930, 7))
    if np.isnan(national).any() or wave.stop - wave.start < 10:
        return f"Collectivised: {share(float(national[-1]))} of peasant households at the end of the run"
    crest = wave.start + int(national[wave].argmax())
    after = readings.span((1930, 3), (1931, 2))
    trough = after.start + int(national[after].argmin())
    end = f"{share(float(national[-1]))} at the end of the run"
    if trough <= crest or national[crest] - national[trough] < 0.02:
        return f"Collectivised: {share(float(national[crest]))} of households by {readings.month_name(crest)}, {end}"
    return (
        f"Collectivised share reached {share(float(national[crest]))} in {readings.month_name(crest)}, "
        f"fell back to {share(float(national[trough]))} by {readings.month_name(trough)}, and stood at {end}"
    )


def _shares(page: Chart, axes: Axes, readings: Readings, shares: Floats) -> None:
    times = readings.stock_time
    regional = 100.0 * middle(readings.regional("collectivised_share"))
    axes.plot(times, regional, color="#cfcfcf", linewidth=0.8, zorder=1.5)
    marks.line(
        page, axes, times, 100.0 * shares, scenario_colour(readings), series="USSR", unit="% of households", zorder=3
    )
    marks.points(page, axes, documented("collectivised_share"), series="USSR", unit="% of households")
    marks.level_axis(axes, 0, 100)
    marks.time_axis(axes, readings)
    marks.events(axes, EVENTS)
    page.rows += [
        Row("", SHORT_NAMES.get(name, name), "model", marks.month_text(t), v, v, v, "% of households", "")
        for place, name in enumerate(readings.region_ids)
        for t, v in zip(times, regional[:, place], strict=True)
    ]


def _unrest(page: Chart, axes: Axes, readings: Readings) -> None:
    disturbances = readings.national("disturbances")
    mid = marks.bars(
        page, axes, readings.flow_time, disturbances, VERMILION, series="Disturbances", unit="a month", width=1 / 12
    )
    marks.points(page, axes, documented("disturbances"), series="Disturbances", unit="a month", size=3.0)
    marks.from_zero(axes, mid, least=max(point.value for point in documented("disturbances")), most=3)
    marks.time_axis(axes, readings)
