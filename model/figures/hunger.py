"""When and where people died of hunger, month by month and by region, beside what historians estimate for the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.figures import marks
from model.figures.documented import SOURCE_NAMES, rivals
from model.figures.looks import PALETTE, as_text
from model.figures.readings import Floats, Readings, band, middle
from model.figures.style import INK, MUTED, Chart, Row, chart, scenario_colour, statistic
from model.figures.words import number, share
from model.history import SHORT_NAMES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FIRST, LAST = (1931, 1), (1934, 12)
COUNTED = ((1930, 1), (1934, 12))
DASHES: tuple[object, ...] = ("-", "-", "-", "-", (0, (4, 1.5)), (0, (4, 1.5)))
NAMED = 6
LEAST_RATE = 0.5  # deaths per 1,000 a month; below it a region's line is not named


@chart
def famine(readings: Readings) -> Chart:
    """Draw monthly excess deaths per 1,000 inhabitants by region, and the total beside the rival estimates."""
    dead = readings.national("excess_deaths")
    total = dead[:, readings.span(*COUNTED)].sum(axis=1) / 1e6
    page = Chart(
        readings,
        _finding(readings, dead, float(middle(total))),
        f"{readings.title} · excess deaths (above the mortality without hunger) per 1,000 inhabitants and month; "
        f"{statistic(readings)}. Right: excess deaths 1930–34 beside "
        "estimates, whose years differ (1930–33, 1932–33, 1932–34)",
        "famine.csv (authors as named; bars: the range given with each estimate)",
        width=11.0,
        body=4.5,
    )
    left = page.panel(0.6, page.bottom + 0.34, 4.35, 4.5 - 0.75, "Per 1,000 inhabitants and month, by region")
    _by_region(page, left, readings)
    right = page.panel(9.4, page.bottom + 0.34, 1.4, 4.5 - 0.75, "Million, all regions")
    _estimates(page, right, readings, total)
    return page


def _finding(readings: Readings, dead: Floats, total: float) -> str:
    """Say how many, what part of them in one year, and in which month most."""
    during = readings.span(*COUNTED)
    monthly = middle(dead)[during]
    if np.isnan(monthly).any() or monthly.sum() <= 0 or total < 0.05:
        return f"Excess deaths 1930–34: {number(total)} million"
    peak = int(monthly.argmax()) + during.start
    year_of = readings.months[during] // 12
    of_year = {int(year): float(monthly[year_of == year].sum()) for year in np.unique(year_of)}
    worst = max(of_year, key=lambda year: of_year[year])
    part = share(of_year[worst] / sum(of_year.values()))
    found = f"Excess deaths 1930–34: {number(total)} million, {part} of them in {worst}"
    return f"{found}, most in {readings.month_name(peak)}"


def _by_region(page: Chart, axes: Axes, readings: Readings) -> None:
    during = readings.span(FIRST, LAST)
    people = readings.regional("total_population")[:, during]
    rate = 1000.0 * np.divide(
        readings.regional("excess_deaths")[:, during], people, out=np.full(people.shape, np.nan), where=people > 0
    )
    times = readings.flow_time[during]
    mid = middle(rate)
    peaks = np.nan_to_num(mid).max(axis=0) if len(times) else np.zeros(mid.shape[1])
    order = [int(region) for region in np.argsort(-peaks, kind="stable")]
    named = [region for region in order[:NAMED] if peaks[region] >= LEAST_RATE]
    axes.plot(
        times, mid[:, [region for region in order if region not in named]], color="#bbbbbb", linewidth=0.9, zorder=1.5
    )
    for rank, region in reversed(list(enumerate(named))):
        label = SHORT_NAMES.get(readings.region_ids[region], readings.region_ids[region])
        marks.line(page, axes, times, rate[:, :, region], PALETTE[rank], series=label, unit="per 1,000 a month",
                   linestyle=DASHES[rank], zorder=3)  # fmt: skip
    for region in order:
        if region not in named:
            label = SHORT_NAMES.get(readings.region_ids[region], readings.region_ids[region])
            panel, unit = axes.get_title(loc="left"), "per 1,000 a month"
            page.rows += [
                Row(panel, label, "model", marks.month_text(t), v, v, v, unit, "")
                for t, v in zip(times, mid[:, region], strict=True)
            ]
    marks.level_axis(axes, 0, max(float(peaks.max(initial=0.0)), 0.5) * 1.08)
    marks.time_axis(axes, readings, first=1931.0, last=1935.0)
    size, step = 8.0, 0.058
    for rank, region in enumerate(named):
        when = readings.month_name(during.start + int(np.nan_to_num(mid[:, region]).argmax()))
        label = SHORT_NAMES.get(readings.region_ids[region], readings.region_ids[region])
        axes.text(
            1.015, 0.97 - step * rank, f"{label} {number(float(peaks[region]))}, {when}", transform=axes.transAxes,
            color=as_text(PALETTE[rank]), fontsize=size, fontweight="bold", va="top",
        )  # fmt: skip
    below = "named by highest rate; grey: the others" if named else "no region above 0.5"
    axes.text(1.015, 0.97 - step * len(named), below, transform=axes.transAxes, color=MUTED, fontsize=size, va="top")


def _estimates(page: Chart, axes: Axes, readings: Readings, total: Floats) -> None:
    estimates = sorted(
        rivals("famine_excess_deaths_total", "famine.csv", 1.0, "calendar"), key=lambda point: point.value
    )
    low, high = (float(edge) for edge in band(total))
    mine = float(middle(total))
    panel = axes.get_title(loc="left")
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x")
    for place, point in enumerate(estimates):
        axes.plot([point.low, point.high], [place, place], color=INK, linewidth=1.0)
        axes.plot(
            point.value, place, "o", markersize=4.5, markerfacecolor="white", markeredgecolor=INK, markeredgewidth=0.9
        )
        page.rows.append(Row(panel, SOURCE_NAMES.get(point.source, point.source), "documented", point.at, point.value,
                             point.low, point.high, "million", point.source))  # fmt: skip
    top = len(estimates) + 0.2
    colour = scenario_colour(readings)
    axes.plot([low, high], [top, top], color=colour, linewidth=2.2)
    axes.plot(mine, top, "D", markersize=5.5, color=colour)
    page.rows.append(Row(panel, "Model", "model", "1930-1934", mine, low, high, "million", ""))
    names = [SOURCE_NAMES.get(point.source, point.source) for point in estimates]
    axes.set_yticks([*range(len(estimates)), top], [*names, f"This run: {number(mine)}"], fontsize=7.5)
    axes.get_yticklabels()[-1].set_fontweight("bold")
    axes.set_ylim(-0.6, top + 0.6)
    end = max(9.6, 0.0 if np.isnan(high) else high * 1.08)
    axes.set_xlim(0, end)
    axes.set_xticks(marks.levels(0.0, end), [f"{level:.0f}" for level in marks.levels(0.0, end)])
