"""What a decision changed: differences to the baseline over the years, and in the headline outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from model.figures import marks
from model.figures.looks import as_text
from model.figures.readings import NothingToDraw
from model.figures.rivals import SOURCE, Rivals, Twins, chart_of_rivals, draw_key, key_height, told
from model.figures.style import INK, MUTED, Chart, Row
from model.figures.words import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SUBJECTS = (
    ("excess_deaths", "Excess deaths, million a year", "million", 1.0),
    ("harvest", "Grain harvest, Mt", "Mt", 1.0),
    ("procured", "Procured July to June, Mt", "Mt", 1.0),
    ("cattle", "Cattle in June, million", "million", 1.0),
    ("towns", "Townspeople on 1 January, million", "million", 1e-3),
    ("industry", "Industrial output, 1928 = 100", "points", 1.0),
)
WIDTH = 11.0  # of the page of years [inches]
EDGE = 1.2  # of the baseline's level: a larger difference is held at the frame
MANY = 5  # rivals beyond which a page has room for the foremost outcomes alone
FOREMOST = ("deaths", "alive", "cattle", "food_villages", "towns", "industry")
LINE = 0.165  # height of one scenario's line [inches]


@chart_of_rivals
def compare_over_time(rivals: Rivals) -> Chart:
    """Draw the paired differences of six subjects year by year, with the range of 90 % of the runs."""
    shown = [one for one in SUBJECTS if len(rivals.course(rivals.others[0], one[0])[0]) > 1]
    if not shown:
        raise NothingToDraw("the runs tell no two years of any subject")
    rows = -(-len(shown) // 3)
    page = Chart(
        rivals.ran,
        _finding(rivals),
        f"Difference to {rivals.called(rivals.baseline)} (black, nought) by year; {rivals.statistic}. "
        "Grain by agricultural year, named by its first",
        SOURCE,
        width=WIDTH,
        body=2.35 * rows + key_height(rivals, WIDTH),
    )
    draw_key(page, rivals)
    panels = page.panels(rows, 3, [title for _, title, _, _ in shown], right=0.12)
    for axes, (subject, _, unit, factor) in zip(panels, shown, strict=False):
        spans = [0.0]
        axes.axhline(0.0, color=INK, linewidth=1.6)
        years: list[int] = []
        for name in rivals.others:
            years, values = rivals.course(name, subject)
            if not years:
                continue
            look = rivals.look(name)
            mean, low, high = told(factor * values)
            if rivals.n_runs > 1:
                axes.fill_between(years, low, high, color=look.colour, alpha=0.16, linewidth=0)
            axes.plot(
                years, mean, color=look.colour, linestyle=look.dash, marker=look.mark, markevery=2, markersize=4.5
            )
            spans += [float(low.min()), float(high.max())]
            page.rows += [
                Row(axes.get_title(loc="left"), rivals.titles[name], "model", str(year), m, lo, hi, unit, "")
                for year, m, lo, hi in zip(years, mean, low, high, strict=True)
            ]
        room = 0.06 * (max(spans) - min(spans)) or 1.0
        marks.level_axis(axes, min(spans) - room, max(spans) + room)
        axes.set_xticks([year for year in years if year % 2 == 0 or len(years) < 8])
    return page


def _finding(rivals: Rivals) -> str:
    """Say what each of the first two scenarios did to deaths, or name the comparison."""
    told_of = rivals.outcomes.get("deaths")
    if told_of is None:
        return f"{', '.join(rivals.called(name) for name in rivals.others)} beside {rivals.called(rivals.baseline)}"
    _, _, pairs = told_of
    level = float(next(iter(pairs.values())).baseline.mean())
    parts = [
        f"{number(float(pairs[name].other.mean()))} under {rivals.called(name)}" for name in rivals.others[:2]
    ]  # fmt: skip
    return f"Excess deaths 1930–34, million: {number(level)} under {rivals.called(rivals.baseline)}, {', '.join(parts)}"


@chart_of_rivals
def compare_outcomes(rivals: Rivals) -> Chart:
    """Draw every headline outcome as dot and range: the paired difference as a part of the baseline's level."""
    if not rivals.outcomes:
        raise NothingToDraw("the runs tell no headline outcome")
    lines = len(rivals.others)
    shown = [name for name in rivals.outcomes if lines <= MANY or name in FOREMOST] or list(rivals.outcomes)[:6]
    height = LINE * (lines + 0.9) * len(shown)
    page = Chart(
        rivals.ran,
        _finding(rivals),
        f"Difference to {rivals.called(rivals.baseline)}, per cent of its level (left), numbers at the right in the "
        f"unit of the outcome; {rivals.statistic}",
        SOURCE,
        width=9.6,
        body=height + 0.45 + key_height(rivals, 9.6),
    )
    draw_key(page, rivals)
    words, numbers = 3.5, 2.2
    axes = page.panel(words, page.bottom + 0.3, page.width - words - numbers, height)
    axes.set_ylim((lines + 0.9) * len(shown) - 0.5, -0.9)
    axes.set_yticks([])
    axes.grid(visible=True, axis="x")
    axes.axvline(0.0, color=INK, linewidth=1.6)
    axes.set_xlim(-EDGE, EDGE)
    ticks = [-1.0, -0.5, 0.0, 0.5, 1.0]
    axes.set_xticks(ticks, [f"{100 * tick:+.0f}\u00a0%".replace("-", "−").replace("+0", "0") for tick in ticks])
    place = 0.0
    for label, unit, pairs in (rivals.outcomes[name] for name in shown):
        _outcome(page, axes, rivals, place, (label, unit), pairs)
        place += lines + 0.9
    return page


def _outcome(
    page: Chart, axes: Axes, rivals: Rivals, place: float, named: tuple[str, str], pairs: Mapping[str, Twins]
) -> None:
    """Draw one outcome: its name and level at the left, a line for each scenario."""
    label, unit = named
    level = float(next(iter(pairs.values())).baseline.mean())
    at = axes.get_yaxis_transform()
    middle = place + (len(rivals.others) - 1) / 2
    axes.text(-0.02, middle, f"{label}: {number(level)} {unit}", transform=at, ha="right", va="center", fontsize=8)
    for line, name in enumerate(rivals.others):
        look, y = rivals.look(name), place + line
        mean, low, high = (float(value) for value in told(pairs[name].other - pairs[name].baseline))
        page.rows.append(Row(label, rivals.titles[name], "model", "difference", mean, low, high, unit, ""))
        shown = [max(-EDGE, min(EDGE, value / abs(level))) if level else 0.0 for value in (mean, low, high)]
        axes.plot(shown[1:], [y, y], color=look.colour, linewidth=2.0, alpha=0.55, solid_capstyle="butt")
        beyond = level and abs(mean / level) > EDGE
        axes.plot(
            shown[0], y, marker=(">" if mean * level > 0 else "<") if beyond else look.mark, markersize=5,
            color=look.colour, markeredgecolor="white", markeredgewidth=0.6, clip_on=False,
        )  # fmt: skip
        sign = "+" if mean > 0 else ""
        ends = f" ({number(low)} to {number(high)})" if rivals.n_runs > 1 else ""
        axes.text(1.02, y, f"{sign}{number(mean)}{ends}", transform=at, va="center", fontsize=7.4,
                  color=as_text(look.colour) if look.colour != "#000000" else MUTED)  # fmt: skip
    if not np.isfinite(level):
        raise NothingToDraw(f"{label} is not a number")
