"""Does the band hold what was never fitted? Every testing figure, placed by how far from the median it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.figures.digests import Digests, chart_of_digests
from model.figures.fit_marks import BAND
from model.figures.readings import Floats, NothingToDraw
from model.figures.style import INK, MUTED, Chart, Row

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

FARTHEST = 5.0  # half-bands; what lies farther stands at the edge
MOST_BARS = 20  # ranges of one series; more would be one grey line
AIM = (80, 97)  # per cent of testing figures inside a 90 % band


def place_in_band(value: Floats, middle: Floats, low: Floats, high: Floats) -> Floats:
    """Return how far a figure lies from the median: 0 there, -1 and 1 at the ends of the band on either side.

    A band of no width has no places: what is not its one value lies beyond it.

    >>> place_in_band(np.array([5.0, 9.0]), np.array([5.0, 5.0]), np.array([3.0, 3.0]), np.array([7.0, 7.0]))
    array([0., 2.])
    """
    half = np.where(value >= middle, high - middle, middle - low)
    away = value - middle
    with np.errstate(divide="ignore", invalid="ignore"):
        placed = np.where(away == 0, 0.0, away / half)
    return np.asarray(np.clip(placed, -1e6, 1e6))


@chart_of_digests
def coverage(digests: Digests, role: str = "validation") -> Chart:
    """Draw, series by series, which documented figures of a role lie within the 90 % band of the runs."""
    rows = digests.compared[digests.compared["role"] == role]
    if rows.empty:
        raise NothingToDraw(f"the runs tell no figure of role {role}")
    inside, touched = int(rows["inside"].sum()), int(rows["touches"].sum())
    labels = list(dict.fromkeys(rows["label"]))
    kept = "kept for testing" if role == "validation" else f"of role {role}"
    page = Chart(
        digests,
        f"{100 * inside / len(rows):.0f} % of {len(rows)} figures {kept} lie within the 90 % band; "
        f"with their documented ranges {100 * touched / len(rows):.0f} % meet it",
        f"{digests.title}; {digests.runs}. 0: median, −1 and 1: ends of the band (5 and 95 %). Filled: within the "
        "band; hollow: only the documented range meets it; cross: neither. Bars: documented ranges; small numbers: how "
        "many lie at the edge or beyond. A band that tells the truth holds "
        f"{AIM[0]}-{AIM[1]} % of what it never saw",
        "roles.csv and files of the record",
        width=10.0,
        body=0.4 + 0.27 * len(labels),
    )
    axes = page.panel(2.9, page.bottom + 0.35, 5.3, page.top - page.bottom - 0.6)
    axes.axvspan(-1, 1, color=BAND, alpha=0.55, linewidth=0, zorder=1)
    axes.axvline(0, color="#777777", linewidth=0.8, zorder=2)
    for row, label in enumerate(reversed(labels)):
        _series(page, axes, row, label, rows[rows["label"] == label])
    axes.set_ylim(-0.7, len(labels) - 0.3)
    axes.set_yticks(range(len(labels)), labels[::-1])
    axes.set_xlim(-FARTHEST - 0.3, FARTHEST + 0.3)
    ticks = [-FARTHEST, -3, -1, 0, 1, 3, FARTHEST]
    axes.set_xticks(ticks, ["≤ −5", "−3", "−1", "0", "1", "3", "≥ 5"])
    axes.grid(axis="y", visible=True)
    axes.text(1.03, 1.0, "in band", transform=axes.transAxes, fontsize=7.5, color=MUTED, va="bottom")
    axes.text(1.17, 1.0, "range meets", transform=axes.transAxes, fontsize=7.5, color=MUTED, va="bottom")
    return page


def _series(page: Chart, axes: Axes, row: int, label: str, rows: pd.DataFrame) -> None:
    """Draw the figures of one series on one line."""
    columns = {
        name: rows[name].to_numpy(dtype=float) for name in ("value", "low", "high", "middle", "model_low", "model_high")
    }
    middle, low, high = columns["middle"], columns["model_low"], columns["model_high"]
    at = place_in_band(columns["value"], middle, low, high)
    ends = [np.clip(place_in_band(columns[end], middle, low, high), -FARTHEST, FARTHEST) for end in ("low", "high")]
    if len(rows) <= MOST_BARS:
        axes.hlines(np.full(len(rows), row), ends[0], ends[1], color="#777777", linewidth=0.7, zorder=3)
    inside, touches = rows["inside"].to_numpy(dtype=bool), rows["touches"].to_numpy(dtype=bool)
    shown = np.clip(at, -FARTHEST, FARTHEST)
    for chosen, marker, face in ((inside, "o", INK), (touches & ~inside, "o", "white"), (~touches & ~inside, "x", INK)):
        axes.plot(shown[chosen], np.full(chosen.sum(), row), linestyle="none", marker=marker, markersize=4.2,
                  markerfacecolor=face, markeredgecolor=INK, markeredgewidth=0.8, zorder=4)  # fmt: skip
    for side, beyond in ((-1, (at <= -FARTHEST).sum()), (1, (at >= FARTHEST).sum())):
        if beyond > 1:
            axes.text(side * (FARTHEST - 0.18), row + 0.16, str(beyond), fontsize=6.5, color=MUTED,
                      ha="right" if side > 0 else "left")  # fmt: skip
    for x, count in ((1.03, inside.sum()), (1.17, touches.sum())):
        axes.text(
            x,
            row,
            f"{count} of {len(rows)}",
            transform=axes.get_yaxis_transform(),
            fontsize=7.5,
            va="center",
            color=INK,
        )
    for _, one in rows.iterrows():
        said = "inside" if one["inside"] else "meets" if one["touches"] else "outside"
        for origin, names, unit, source in (
            ("documented", ("value", "low", "high"), said, str(one["source"])),
            ("model", ("middle", "model_low", "model_high"), "", ""),
        ):
            value, bottom, top = (float(one[name]) for name in names)
            page.rows.append(
                Row(
                    label,
                    f"{one['region']} {one['series']}",
                    origin,
                    str(one["date"]),
                    value,
                    bottom,
                    top,
                    unit,
                    source,
                )
            )
