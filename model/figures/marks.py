"""What is drawn on a panel: lines with bands, yearly bars, documented points with ranges, labels that do not collide.

Each mark also writes what it shows into the table of the chart (`Chart.rows`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import PolyCollection

from model.figures.documented import Documented
from model.figures.looks import as_text
from model.figures.readings import Floats, Readings, band, middle
from model.figures.style import INK, MUTED, Chart, Row

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BACKING = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
"""White behind letters that lie over lines. A white stroke would turn every letter of an SVG into a drawing."""


def month_text(time: float) -> str:
    """Write a decimal year as its month; the end of a month belongs to that month.

    >>> month_text(1932 + 10.5 / 12), month_text(1933.0)
    ('1932-11', '1932-12')
    """
    month = int(np.ceil(time * 12 - 1e-6)) - 1
    return f"{month // 12}-{month % 12 + 1:02d}"


def year_text(time: float) -> str:
    """Write the middle of a year as that year: 1932.5 is 1932, 1933.0 is the agricultural year 1932/33."""
    if abs(time - round(time)) < 0.01:
        return f"{round(time) - 1}/{round(time) % 100:02d}"
    return str(int(time))


def line(
    chart: Chart, axes: Axes, times: Floats, values: Floats, colour: str, *, series: str, unit: str, **how: Any
) -> Floats:
    """Draw the median of the members [member, time] with the band that holds 90 % of them; return the median."""
    mid = middle(values)
    low, high = band(values)
    if values.shape[0] > 1:
        axes.fill_between(times, low, high, color=colour, alpha=0.18, linewidth=0)
    axes.plot(times, mid, color=colour, **how)
    chart.rows += [
        Row(axes.get_title(loc="left"), series, "model", month_text(t), m, lo, hi, unit, "")
        for t, m, lo, hi in zip(times, mid, low, high, strict=True)
    ]
    return mid


def bars(
    chart: Chart, axes: Axes, times: Floats, values: Floats, colour: str, *,
    series: str, unit: str, width: float = 0.86,
) -> Floats:  # fmt: skip
    """Draw a yearly flow [member, year] as bars about the middle of each year, with 90 % of the members as whiskers."""
    mid = middle(values)
    low, high = band(values)
    blocks(axes, times - width / 2, times + width / 2, np.zeros(len(times)), np.nan_to_num(mid), colour)
    if values.shape[0] > 1:
        axes.vlines(times, low, high, color=INK, linewidth=0.8, alpha=0.6)
    chart.rows += [
        Row(axes.get_title(loc="left"), series, "model", year_text(t), m, lo, hi, unit, "")
        for t, m, lo, hi in zip(times, mid, low, high, strict=True)
    ]
    return mid


def points(
    chart: Chart, axes: Axes, documented: Iterable[Documented], *,
    series: str, unit: str, marker: str = "o", size: float = 3.6, edge: str = INK,
    first: float = 1927.55, last: float = 1940.1,
) -> None:  # fmt: skip
    """Draw documented figures hollow above the lines, each with its range as a bar."""
    shown = [point for point in documented if first <= point.time <= last]
    if not shown:
        return
    ranged = [point for point in shown if point.high > point.low]
    if ranged:
        axes.vlines(
            [p.time for p in ranged], [p.low for p in ranged], [p.high for p in ranged],
            color=edge, linewidth=0.8, zorder=4,
        )  # fmt: skip
    axes.plot(
        [p.time for p in shown], [p.value for p in shown], linestyle="none", marker=marker, markersize=size,
        markerfacecolor="white", markeredgecolor=edge, markeredgewidth=0.8, zorder=5,
    )  # fmt: skip
    chart.rows += [
        Row(axes.get_title(loc="left"), series, "documented", p.at, p.value, p.low, p.high, unit, p.source)
        for p in shown
    ]


def time_axis(
    axes: Axes, readings: Readings, *, first: float | None = None, last: float | None = None, margin: float = 0.15
) -> None:
    """Set a time axis whose labels stand at the middle of their year; `margin` [years] leaves room at the right."""
    start = max(first or 0.0, float(readings.months[0]) / 12.0)
    stop = min(last or 9999.0, float(readings.months[-1] + 1) / 12.0)
    axes.set_xlim(start - 0.15, stop + margin)
    whole = range(int(np.floor(start)), int(np.ceil(stop)))
    step = 1 if len(whole) <= 7 else 2
    years = [year for year in whole if year % step == 0 and start <= year + 0.5 <= stop]
    axes.set_xticks([year + 0.5 for year in years], [str(year) for year in years])


def levels(low: float, high: float, most: int = 5) -> list[float]:
    """Return round levels between two values, at most so many steps of 1, 2, 2.5 or 5 times a power of ten.

    >>> levels(0.0, 7.9), levels(0.0, 104.0), levels(-0.3, 4.4)
    ([0.0, 2.0, 4.0, 6.0], [0.0, 25.0, 50.0, 75.0, 100.0], [0.0, 1.0, 2.0, 3.0, 4.0])
    """
    rough = (high - low) / most
    if not rough > 0:
        return [low]
    power = 10.0 ** np.floor(np.log10(rough))
    step = float(next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999))
    return [step * i for i in range(int(np.ceil(low / step - 1e-9)), int(np.floor(high / step + 1e-9)) + 1)]


def level_axis(axes: Axes, low: float, high: float, most: int = 5) -> None:
    """Set the level axis with a few round levels; few labels are read sooner, and drawn sooner."""
    axes.set_ylim(low, high)
    found = levels(low, high, most)
    step = found[1] - found[0] if len(found) > 1 else 1.0
    digits = next((n for n in range(4) if abs(step * 10**n - round(step * 10**n)) < 1e-6), 4)
    axes.set_yticks(found, [f"{level:,.{digits}f}".replace("-", "−") for level in found])


def from_zero(axes: Axes, *values: Floats, room: float = 1.08, least: float = 0.0, most: int = 5) -> None:
    """Start the level axis at zero and end it above the largest of the values, or of what must be seen at least."""
    tops = [float(np.nanmax(value)) for value in values if value.size and not np.isnan(value).all()]
    level_axis(axes, 0.0, max([least, *tops]) * room or 1.0, most)


def blocks(axes: Axes, left: Floats, right: Floats, low: Floats, high: Floats, colour: str, **how: Any) -> None:
    """Draw upright blocks from `low` to `high` as one artist: a hundred rectangles cost a hundred times as much."""
    corners = np.stack([np.stack([left, low]), np.stack([right, low]), np.stack([right, high]), np.stack([left, high])])
    axes.add_collection(
        PolyCollection(
            list(corners.transpose(2, 0, 1)),
            facecolors=colour,
            **({"linewidths": 0.8 if "edgecolors" in how else 0} | how),
        ),
        autolim=False,
    )


def key(chart: Chart, axes: Axes, named: Sequence[tuple[str, str]], *, size: float = 8.0) -> None:
    """Name marks in the upper left corner of a panel, (text, colour) each, one under another."""
    inches = axes.get_position().height * chart.height
    for place, (text, colour) in enumerate(named):
        axes.text(
            0.015, 0.985 - place * size * 1.3 / 72.0 / inches, text, transform=axes.transAxes, color=as_text(colour),
            fontsize=size, fontweight="bold", va="top", bbox=BACKING,
        )  # fmt: skip


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move places apart until each is at least `gap` from the next, keeping their order and, if it can, the limits.

    >>> spread([1.0, 1.1, 5.0], gap=1.0, low=0.0, high=10.0)
    [0.55, 1.55, 5.0]
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    groups: list[tuple[float, int]] = []  # mean place, number of labels in the group
    for i in order:
        groups.append((min(max(wanted[i], low), high), 1))
        while len(groups) > 1 and groups[-1][0] - groups[-2][0] < gap * (groups[-1][1] + groups[-2][1]) / 2 - 1e-9:
            (second, n_second), (first, n_first) = groups.pop(), groups.pop()
            mean = (first * n_first + second * n_second) / (n_first + n_second)
            half = gap * (n_first + n_second - 1) / 2
            groups.append((min(max(mean, low + half), max(high - half, low + half)), n_first + n_second))
    placed = [mean + gap * (k - (n - 1) / 2) for mean, n in groups for k in range(n)]
    found = [0.0] * len(wanted)
    for i, place in zip(order, placed, strict=True):
        found[i] = round(place, 9)
    return found


def end_labels(
    chart: Chart, axes: Axes, labels: Sequence[tuple[float, str, str]], *, size: float = 8.0, room: float = 0.12
) -> None:
    """Name lines at their right-hand end, (value, text, colour) each, moved apart; `room` widens the axis for them."""
    named = [label for label in labels if not np.isnan(label[0])]
    left, right = axes.get_xlim()
    axes.set_xlim(left, right + (right - left) * room)
    low, high = axes.get_ylim()
    inches = axes.get_position().height * chart.height
    gap = (high - low) * (size * 1.25 / 72.0) / inches
    places = spread([value for value, _, _ in named], gap, low + gap / 2, high - gap / 2)
    for (_, text, colour), place in zip(named, places, strict=True):
        axes.text(
            right, place, text, color=as_text(colour), fontsize=size, va="center", ha="left", fontweight="bold",
            zorder=6, clip_on=False,
        )  # fmt: skip


def events(axes: Axes, dated: Sequence[tuple[float, str]], *, rows: int = 2, size: float = 7.5) -> None:
    """Mark dated events by thin lines, their names staggered above the panel, never inside the data."""
    left, right = axes.get_xlim()
    shown = [(time, text) for time, text in dated if left <= time <= right]
    for i, (time, text) in enumerate(shown):
        axes.axvline(time, color="#999999", linewidth=0.8, linestyle=(0, (3, 2)), zorder=1)
        above = 1.02 + 0.055 * (rows - 1 - i % rows)
        axes.text(
            time, above, text, transform=axes.get_xaxis_transform(), fontsize=size, color=MUTED,
            ha="left" if time < right - 0.2 * (right - left) else "right",
        )  # fmt: skip
