"""The board as a picture: every number of the sixteen patterns on the scale of its own target."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Any, Protocol, cast

import matplotlib as mpl

from model.figures.looks import BLUE, VERMILION
from model.figures.style import INK, MARGIN, MUTED, NO_DATA, RC, Chart, Row

LINE = 0.2  # height of one check [inches]
GAP = 0.35  # of a line, between patterns
WIDTH = 1.0  # of the axis on either side of the target, in widths of the target


class Mark(Protocol):
    """One check, measured (`validation.board.Mark`)."""

    @property
    def text(self) -> str:
        """What is measured."""

    @property
    def unit(self) -> str:
        """Of its numbers."""

    @property
    def target_low(self) -> float:
        """Lower end of the target."""

    @property
    def target_high(self) -> float:
        """Upper end of the target."""

    @property
    def median(self) -> float:
        """The median."""

    @property
    def low(self) -> float:
        """5 % of the runs lie below it."""

    @property
    def high(self) -> float:
        """5 % of the runs lie above it."""

    @property
    def hit(self) -> bool:
        """Whether the median lies in the target."""

    @property
    def target(self) -> str:
        """The target in words."""


class Scored(Protocol):
    """One pattern, measured (`validation.board.BoardRow`)."""

    @property
    def number(self) -> int:
        """Its place in the list."""

    @property
    def pattern(self) -> str:
        """Its name."""

    @property
    def marks(self) -> Sequence[Mark]:
        """Its checks."""

    @property
    def hit(self) -> bool:
        """Whether all of them are inside."""


def on_target(value: float, low: float, high: float) -> float:
    """Place a value on the scale of its target: 0 its lower, 1 its upper end; held within what the axis shows.

    A target with one end is shown as if it reached as far again beyond it; a single number as wide as itself.

    >>> on_target(3.5, 0.0, 7.0), on_target(20.0, 5.0, float("inf")), on_target(100.0, 0.0, 7.0)
    (0.5, 1.0, 2.0)
    """
    if not isfinite(low) and not isfinite(high):
        return 0.5
    if not isfinite(high):
        high = low + 3.0 * abs(low)
    if high == low:
        low, high = low - 0.5, high + 0.5
    at = (value - low) / (high - low)
    return min(1.0 + WIDTH, max(-WIDTH, at))


def board_chart(rows: Sequence[Scored], *, ran: str = "") -> Chart:
    """Draw the board; `ran` says at the foot what was run."""
    with mpl.rc_context(cast("Any", RC)):
        return _drawn(rows, ran)


def _drawn(rows: Sequence[Scored], ran: str) -> Chart:
    checks = sum(len(row.marks) for row in rows)
    height = LINE * (checks + GAP * (len(rows) - 1))
    hit = sum(row.hit for row in rows)
    page = Chart(
        ran,
        f"{hit} of {len(rows)} patterns lie inside their targets",
        "Each number on the scale of its own target (grey); dot: median run, line: 90 % of the runs. A pattern is hit "
        "when all its numbers are; what lies beyond the frame is held at its edge",
        "targets of the project from the documented ranges; docs/validation.md says which rows may be fitted to",
        width=11.0,
        body=height + 0.2,
    )
    words, numbers = 6.5, 2.1
    axes = page.panel(words, page.bottom + 0.1, page.width - words - numbers, height)
    axes.set_xlim(-WIDTH, 1.0 + WIDTH)
    axes.set_ylim(height / LINE - 0.5, -0.5)
    axes.set_yticks([])
    axes.set_xticks([])
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)
    place = 0.0
    for row in rows:
        head = f"{row.number}  {row.pattern}"
        how: dict[str, Any] = {"va": "center", "fontsize": 7.8, "color": INK}
        axes.text(-0.02, place, "hit" if row.hit else "miss", transform=axes.get_yaxis_transform(), ha="right",
                  **(how | {"weight": "bold", "color": BLUE if row.hit else VERMILION}))  # fmt: skip
        axes.text((MARGIN - words) / (page.width - words - numbers), place, head, weight="bold",
                  transform=axes.get_yaxis_transform(), ha="left", **how)  # fmt: skip
        for mark in row.marks:
            _mark(axes, place, mark)
            page.rows.append(
                Row(row.pattern, mark.text, "model", "median run", mark.median, mark.low, mark.high, mark.unit, "")
            )
            place += 1.0
        place += GAP
    return page


def _mark(axes: Any, place: float, mark: Mark) -> None:
    """Draw one check at a line of the page."""
    ends = (mark.target_low, mark.target_high)
    colour = BLUE if mark.hit else VERMILION
    has_target = isfinite(ends[0]) or isfinite(ends[1])
    if has_target:
        axes.barh(place, 1.0, left=0.0, height=0.7, color=NO_DATA, linewidth=0)
    how: dict[str, Any] = {"va": "center", "fontsize": 7.2, "transform": axes.get_yaxis_transform()}
    axes.text(-0.2, place, mark.text[:62], ha="right", color=MUTED, **how)
    if not isfinite(mark.median):
        axes.text(1.02, place, "not told", ha="left", color=MUTED, **how)
        return
    if has_target:
        low, at, high = (on_target(value, *ends) for value in (mark.low, mark.median, mark.high))
        axes.plot([low, high], [place, place], color=colour, linewidth=1.6, solid_capstyle="butt")
        axes.plot(at, place, marker="o" if mark.hit else "D", markersize=4.5, color=colour, markeredgecolor="white",
                  markeredgewidth=0.6, clip_on=False)  # fmt: skip
    target = f"  ({mark.target.strip().replace('-', '−')})" if has_target else "  (no target)"
    axes.text(1.02, place, f"{_short(mark.median)}{target}", ha="left", color=INK, **how)


def _short(value: float) -> str:
    """Write a number with three figures, thousands whole."""
    return f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.3g}"
