"""Which unsure constant moves which outcome: a tornado, the curves behind it, and shares of variance.

Drawn from the tables of a sensitivity study (`model/sensitivity/measures.py`), handed over as plain data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

import matplotlib as mpl
import numpy as np

from model.figures import marks
from model.figures.looks import BLUE, VERMILION
from model.figures.style import INK, MUTED, NO_DATA, RC, Chart, Row
from model.figures.words import number

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

SOURCE = "the model alone; plausible ranges of the constants: docs/parameters.md"


@dataclass
class Found:
    """What the charts show: the tables of a study, and the words and luck of each outcome."""

    title: str
    attributes: Mapping[str, Any]
    """Version, scenario and seeds, for the foot of the page."""
    n_members: int
    top: list[str]
    """Constants, foremost first."""
    outcomes: dict[str, tuple[str, str]]
    """Title and unit by name."""
    curves: pd.DataFrame
    shares: pd.DataFrame
    luck: dict[str, tuple[float, float]]
    """Mean and standard deviation over seeds of the scenario itself."""


def _drawn(draw: Callable[[Found], Chart]) -> Callable[[Found], Chart]:
    @wraps(draw)
    def in_style(found: Found) -> Chart:
        with mpl.rc_context(cast("Any", RC)):
            return draw(found)

    return in_style


def words(constant: str) -> str:
    """Write a constant's name as words."""
    return constant.replace("_", " ")


def _swings(found: Found, outcome: str) -> pd.DataFrame:
    """Return the ends of each curve of one outcome, the widest swing last (drawn on top)."""
    table = found.curves[found.curves["outcome"] == outcome].sort_values("value", kind="stable")
    ends = table.groupby("constant", sort=False)
    swing = (ends["change"].max() - ends["change"].min()).sort_values(kind="stable")
    low, high = ends.first().loc[swing.index], ends.last().loc[swing.index]
    return low.add_suffix("_at_low").join(high.add_suffix("_at_high"))


@_drawn
def sensitivity_tornado(found: Found) -> Chart:
    """Draw for every outcome how far it moves when one constant goes to either end of its plausible range."""
    deaths = next(iter(found.outcomes))
    swings = _swings(found, deaths)
    height = 0.26 * len(found.top) + 0.15
    rows = -(-(len(found.outcomes) + 1) // 2)
    page = Chart(
        found,
        f"{words(str(swings.index[-1])).capitalize()} moves {found.outcomes[deaths][0].lower()} most, "
        f"from {_level(found, deaths, swings.iloc[-1], 'low')} to {_level(found, deaths, swings.iloc[-1], 'high')} "
        f"{found.outcomes[deaths][1]}",
        f"{found.title} · change of each outcome when one constant alone is set to the low or the high end of its "
        f"plausible range; mean of {found.n_members} seeds, whiskers: lowest and highest of them; grey: one standard "
        "deviation of luck",
        SOURCE,
        width=11.0,
        body=rows * (height + 0.72),
    )
    for place, (name, (title, unit)) in enumerate(found.outcomes.items()):
        row, column = divmod(place, 2)
        bottom = page.top - (row + 1) * (height + 0.72) + 0.36
        mean, deviation = found.luck[name]
        axes = page.panel(1.95 + column * 5.35, bottom, 3.3, height, f"{title}: {number(mean)}{_unit(unit)}")
        _tornado(page, axes, _swings(found, name), deviation, unit)
    _key(page, page.top - rows * (height + 0.72) + 0.36 + height)
    return page


def _unit(unit: str) -> str:
    """Write a unit behind its number: 37 million, but 238 (1928 = 100)."""
    return f" ({unit})" if "=" in unit else f" {unit}"


def _level(found: Found, outcome: str, ends: pd.Series, end: str) -> str:
    """Write the lower or the higher of an outcome's two ends."""
    both = sorted(found.luck[outcome][0] + float(ends[f"change_at_{at}"]) for at in ("low", "high"))
    return number(max(0.0, both[0 if end == "low" else 1]))


def _tornado(page: Chart, axes: Axes, swings: pd.DataFrame, deviation: float, unit: str) -> None:
    axes.grid(visible=False)
    if np.isfinite(deviation):
        axes.axvspan(-deviation, deviation, color=NO_DATA, alpha=0.6, linewidth=0, zorder=0)
    axes.axvline(0.0, color=INK, linewidth=0.8, zorder=3)
    at = np.arange(len(swings))
    for end, colour, offset in (("low", BLUE, -0.19), ("high", VERMILION, 0.19)):
        change, low, high = (swings[f"{name}_at_{end}"].to_numpy() for name in ("change", "change_low", "change_high"))
        axes.barh(at - offset, change, height=0.36, color=colour, zorder=2)
        axes.hlines(at - offset, low, high, color=INK, linewidth=0.8, zorder=4)
        page.rows += [
            Row(axes.get_title(loc="left"), words(str(name)), "model", f"{end} end, {value:g}", c, lo, hi, unit, "")
            for name, value, c, lo, hi in zip(swings.index, swings[f"value_at_{end}"], change, low, high, strict=True)
        ]
    labels = [f"{words(str(name))}  {row.value_at_low:g} to {row.value_at_high:g}" for name, row in swings.iterrows()]
    axes.set_yticks(at, labels, fontsize=8)
    axes.set_ylim(-0.6, len(swings) - 0.4)
    axes.set_xlim(*_room(axes.get_xlim()))


def _room(limits: tuple[float, float]) -> tuple[float, float]:
    """Widen limits a little, so that no whisker ends on the edge."""
    span = limits[1] - limits[0]
    return limits[0] - 0.03 * span, limits[1] + 0.03 * span


def _key(page: Chart, top: float) -> None:
    """Say in the empty sixth field what the colours mean."""
    left = 1.95 + 5.35
    for i, (text, colour) in enumerate((
        ("■ upper bar: constant at the low end of its range", BLUE),
        ("■ lower bar: constant at the high end of its range", VERMILION),
        ("Names are followed by the range, low end to high end.", MUTED),
        ("Shown: the foremost of a Morris screening.", MUTED),
    )):  # fmt: skip
        page.write(left, top - 0.1 - 0.2 * i, text, size=8.5, color=colour, va="top")


@_drawn
def sensitivity_curves(found: Found) -> Chart:
    """Draw each outcome along the plausible range of each constant: a row for a constant, a column for an outcome."""
    rows, columns = len(found.top), len(found.outcomes)
    cell_width, cell_height = 2.0, 1.12
    page = Chart(
        found,
        f"How {columns} outcomes follow {rows} constants over their plausible ranges",
        f"{found.title} · one constant is changed at a time; line: mean of {found.n_members} seeds, band: lowest to "
        "highest; dot: the value in use; the axis of a column is the same for all constants",
        SOURCE,
        width=0.35 + columns * cell_width + 0.25,
        body=rows * cell_height + 0.5,
    )
    limits = {
        name: (table["low"].min(), table["high"].max()) for name, table in found.curves.groupby("outcome", sort=False)
    }
    for column, (name, (title, unit)) in enumerate(found.outcomes.items()):
        for row, constant in enumerate(found.top):
            left = 0.35 + 0.33 + column * cell_width
            bottom = page.top - 0.5 - (row + 1) * cell_height + 0.32
            axes = page.panel(left, bottom, cell_width - 0.45, cell_height - 0.5)
            _curve(page, axes, found, constant, name, title, unit)
            low, high = limits[name]
            axes.set_ylim(low - 0.06 * (high - low), high + 0.06 * (high - low))
            ticks = marks.levels(low, high, 3)
            axes.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
            if column == 0:
                page.write(left - 0.33, bottom + cell_height - 0.44, words(constant), size=8.5, weight="bold")
        page.write(0.68 + column * cell_width, page.top - 0.12, title, size=7.5, weight="bold", va="top")
        page.write(0.68 + column * cell_width, page.top - 0.25, unit, size=7.5, color=MUTED, va="top")
    return page


def _curve(page: Chart, axes: Axes, found: Found, constant: str, name: str, title: str, unit: str) -> None:
    table = found.curves[(found.curves["outcome"] == name) & (found.curves["constant"] == constant)]
    table = table.sort_values("value")
    axes.fill_between(table["value"], table["low"], table["high"], color=BLUE, alpha=0.2, linewidth=0)
    axes.plot(table["value"], table["mean"], color=BLUE)
    own = float(table["own"].iloc[0])
    axes.plot([own], [found.luck[name][0]], marker="o", markersize=4, color="black", zorder=5)
    ends = [float(table["value"].min()), float(table["value"].max())]
    axes.set_xticks(ends, [f"{end:g}" for end in ends], fontsize=7.5)
    first, last = axes.get_xticklabels()
    first.set_horizontalalignment("left")
    last.set_horizontalalignment("right")
    axes.tick_params(axis="y", labelsize=7.5)
    page.rows += [
        Row(title, words(constant), "model", f"{value:g}", mean, low, high, unit, "")
        for value, mean, low, high in table[["value", "mean", "low", "high"]].to_numpy(np.float64).tolist()
    ]


@_drawn
def sensitivity_shares(found: Found) -> Chart:
    """Draw Sobol's shares of each outcome's variance, alone and with interactions, with 95 % intervals."""
    height = 0.3 * len(found.top) + 0.1
    rows = -(-(len(found.outcomes) + 1) // 2)
    deaths = next(iter(found.outcomes))
    table = found.shares[found.shares["outcome"] == deaths].sort_values("total")
    page = Chart(
        found,
        f"{words(str(table['constant'].iloc[-1])).capitalize()} has a part in "
        f"{100 * float(table['total'].iloc[-1]):.0f} % of the variance of {found.outcomes[deaths][0].lower()}",
        f"{found.title} · Sobol shares of the variance when these constants vary together near the values in use; "
        "full: alone, hollow: with all interactions; bars: 95 % intervals",
        SOURCE,
        width=11.0,
        body=rows * (height + 0.72),
    )
    for place, (name, (title, _)) in enumerate(found.outcomes.items()):
        row, column = divmod(place, 2)
        axes = page.panel(1.95 + column * 5.35, page.top - (row + 1) * (height + 0.72) + 0.36, 3.3, height, title)
        _shares(page, axes, found.shares[found.shares["outcome"] == name].sort_values("total"), title)
    top = page.top - rows * (height + 0.72) + 0.36 + height
    for i, text in enumerate(("● alone (first order)", "○ with all interactions (total)")):
        page.write(7.3, top - 0.1 - 0.2 * i, text, size=8.5, color=BLUE if i == 0 else VERMILION, va="top")
    page.write(7.3, top - 0.55, "Intervals beyond 0 or 100 % are those of few runs.", size=8.5, color=MUTED, va="top")
    return page


def _shares(page: Chart, axes: Axes, table: pd.DataFrame, title: str) -> None:
    at = np.arange(len(table))
    axes.grid(visible=False)
    axes.axvline(0.0, color="#888888", linewidth=0.7)
    for kind, colour, offset, face in (("first", BLUE, 0.14, BLUE), ("total", VERMILION, -0.14, "white")):
        value, low, high = (100.0 * table[key].to_numpy() for key in (kind, f"{kind}_low", f"{kind}_high"))
        axes.hlines(at + offset, low, high, color=colour, linewidth=1.2)
        axes.plot(value, at + offset, linestyle="none", marker="o", markersize=5, color=colour, markerfacecolor=face)
        page.rows += [
            Row(title, words(str(name)), "model", kind, v, lo, hi, "% of variance", "")
            for name, v, lo, hi in zip(table["constant"], value, low, high, strict=True)
        ]
    axes.set_yticks(at, [words(str(name)) for name in table["constant"]], fontsize=8)
    axes.set_ylim(-0.6, len(table) - 0.4)
    axes.set_xlim(-20.0, 120.0)
    axes.set_xticks([0, 25, 50, 75, 100], ["0", "25", "50", "75", "100 %"])
