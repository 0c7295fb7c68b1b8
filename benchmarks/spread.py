"""The page and the chart of `benchmarks.scale`: which sizes agree, how far seeds differ, which is worth showing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import matplotlib as mpl
import numpy as np

from benchmarks.scale import OUTCOMES, ROOT, Size
from model import __version__
from model.figures.looks import BLUE, GREY, VERMILION
from model.figures.marks import BACKING
from model.figures.style import INK, MUTED, RC, Chart
from model.plan import ALL, HOUSEHOLDS, ROUGH

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BEYOND_CHANCE = 3.0
"""Standard errors from which a difference is no longer taken for chance; among a hundred, chance alone makes none."""
WORTH_SHOWING = 0.05
"""Spread between seeds at which one seed may be shown [share of the mean]. Source: judgement."""


def error(size: Size, outcome: str, known: Sequence[Size]) -> float:
    """Return the standard error of a size's mean; where seeds are too few, from the next size down by 1/sqrt(n)."""
    measured = size if size.seeds > 2 else max((s for s in known if s.seeds > 2), key=lambda s: s.households)
    spread = measured.spread(outcome) * np.sqrt(measured.households / size.households)
    return float(spread / np.sqrt(size.seeds))


def distance(size: Size, outcome: str, known: Sequence[Size]) -> float:
    """Return how far a size's mean lies from that of the largest size [standard errors of the difference]."""
    largest = known[-1]
    gap = size.mean(outcome) - largest.mean(outcome)
    both = float(np.hypot(error(size, outcome, known), error(largest, outcome, known)))
    return gap / both if both > 0.0 else 0.0


def table(known: Sequence[Size]) -> str:
    """Write means and spreads of all outcomes at all sizes; bold where a mean differs from the largest size's."""
    lines = [
        "| | " + " | ".join("one to one" if s.households == ALL else f"{s.households:,}" for s in known) + " |",
        "| --- |" + " ---: |" * len(known),
        "| seeds | " + " | ".join(str(s.seeds) for s in known) + " |",
    ]
    for name, outcome in OUTCOMES.items():
        cells = []
        for size in known:
            cell = f"{size.mean(name):{outcome.form}}"
            if abs(distance(size, name, known)) > BEYOND_CHANCE:
                cell = f"**{cell}**"
            if size.seeds > 2:
                cell += f" ± {size.spread(name):{outcome.form}}"
            cells.append(cell)
        lines.append(f"| {outcome.head} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def disagreements(known: Sequence[Size]) -> str:
    """List what differs from the largest size by more than chance, by how much."""
    lines = []
    for size in known[:-1]:
        off = [
            f"{outcome.head.rsplit(',', 1)[0]} {100.0 * (size.mean(name) / known[-1].mean(name) - 1.0):+.1f} %"
            for name, outcome in OUTCOMES.items()
            if abs(distance(size, name, known)) > BEYOND_CHANCE
        ]
        lines.append(f"- **{size.households:,}**: {'; '.join(off) if off else 'nothing'}.")
    return "\n".join(lines)


def choice(known: Sequence[Size]) -> str:
    """Write by size how far one seed's deaths lie from the mean of seeds, and that mean from the largest size's."""
    lines = ["| households | spread between seeds | mean against the largest size |", "| ---: | ---: | ---: |"]
    for size in known:
        if size.seeds > 2:
            mean, largest = size.mean("deaths"), known[-1].mean("deaths")
            both = np.hypot(error(size, "deaths", known), error(known[-1], "deaths", known))
            lines.append(
                f"| {size.households:,} | {100.0 * size.spread('deaths') / mean:.1f} % "
                f"| {100.0 * (mean / largest - 1.0):+.1f} ± {100.0 * both / largest:.1f} % |"
            )
    return "\n".join(lines)


def _log_axis(axes: Axes, known: Sequence[Size]) -> None:
    sizes = [size.households for size in known]
    axes.set_xscale("log")
    axes.set_xlim(min(sizes) / 1.6, max(sizes) * 1.6)
    marks = [n for n in (1_000, 10_000, 100_000, 1_000_000, 10_000_000) if min(sizes) / 1.6 < n < max(sizes) * 1.6]
    axes.set_xticks(marks, [f"{n:,}" for n in marks])
    axes.minorticks_off()
    axes.axvline(HOUSEHOLDS, color=VERMILION, linewidth=1.1, linestyle=(0, (4, 3)))


def draw(known: Sequence[Size]) -> Chart:
    """Draw the spread between seeds and the mean of excess deaths against the number of households."""
    with mpl.rc_context(cast("Any", RC)):
        return _draw(known)


def _draw(known: Sequence[Size]) -> Chart:
    many = [size for size in known if size.seeds > 2]
    chosen = next((size for size in many if size.households == HOUSEHOLDS), many[-1])
    share = 100.0 * chosen.spread("deaths") / chosen.mean("deaths")
    chart = Chart(
        f"collectivisation {__version__} · up to {max(size.seeds for size in many)} seeds",
        f"At {chosen.households:,} households one seed will do: {share:.0f} % apart",
        "Excess deaths 1930-34 of the historical run, million. Left: standard deviation between seeds (bars: its own "
        "standard error). Right: mean over seeds (bars: two standard errors).",
        "benchmarks/scale.py, docs/scale.csv.",
        body=3.3,
    )  # fmt: skip
    left, right = chart.panels(1, 2, ("Spread between seeds, million", "Mean, million"), right=0.25)
    sizes = np.array([size.households for size in many], float)
    spread = np.array([size.spread("deaths") for size in many])
    own = spread / np.sqrt(2.0 * np.array([size.seeds - 1 for size in many]))
    weight = np.array([size.seeds - 1.0 for size in many]) * (sizes >= ROUGH)
    guide = np.exp(np.average(np.log(spread * np.sqrt(sizes)), weights=weight if weight.any() else None))
    span = np.array([sizes.min() / 1.4, sizes.max() * 1.4])
    left.plot(span, guide / np.sqrt(span), color=GREY, linewidth=1.1, linestyle=(0, (1, 2)))
    left.text(sizes[0] * 1.15, guide / np.sqrt(sizes[0]) * 1.15, "1 / √households", color=MUTED, fontsize=8)
    left.errorbar(sizes, spread, own, color=BLUE, marker="o", markersize=4, linewidth=1.6, elinewidth=1.0)
    limit = WORTH_SHOWING * chosen.mean("deaths")
    left.axhline(limit, color=INK, linewidth=0.8)
    left.text(span[1], limit * 1.06, f"{100 * WORTH_SHOWING:.0f} % of the mean", ha="right", color=INK, fontsize=8)
    _log_axis(left, many)
    left.set_yscale("log")
    marks = [m for m in (0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0) if spread.min() / 2.0 < m < spread.max() * 2.0]
    left.set_yticks(marks, [f"{m:g}" for m in marks])
    left.minorticks_off()
    left.text(HOUSEHOLDS * 1.08, left.get_ylim()[0] * 1.12, f"{HOUSEHOLDS:,}, the default", color=VERMILION, fontsize=8)
    all_sizes = np.array([size.households for size in known], float)
    means = np.array([size.mean("deaths") for size in known])
    errors = 2.0 * np.array([error(size, "deaths", known) for size in known])
    right.axhspan(0.95 * means[-1], 1.05 * means[-1], color=GREY, alpha=0.13, linewidth=0)
    right.errorbar(all_sizes, means, errors, color=BLUE, marker="o", markersize=4, linewidth=1.6, elinewidth=1.0)
    _log_axis(right, known)
    right.set_ylim(0.0, 1.12 * float((means + errors).max()))
    right.text(
        all_sizes[-1] * 1.5, 0.95 * means[-1] - 0.1, f"within 5 % of {known[-1].households:,} households",
        ha="right", va="top", color=MUTED, fontsize=8, bbox=BACKING,
    )  # fmt: skip
    return chart


def page(known: Sequence[Size]) -> str:
    """Write docs/scale.md from its text, `benchmarks/scale_text.md`, and the numbers."""
    return (
        (ROOT / "benchmarks" / "scale_text.md")
        .read_text(encoding="utf-8")
        .format(
            table=table(known),
            off=disagreements(known),
            choice=choice(known),
            default=HOUSEHOLDS,
            rough=ROUGH,
            villages=HOUSEHOLDS // 64,
            largest=known[-1].households,
        )
    )
