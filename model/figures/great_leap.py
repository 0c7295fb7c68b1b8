"""The Great Leap test: who dies where much is grown, under which plan; drawn from its table, not from a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import matplotlib as mpl
import numpy as np

from model.figures.looks import BLUE, GREEN, VERMILION
from model.figures.style import INK, MUTED, RC, Chart, Row

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

SHOWN = {"normal": ("normal year", INK), "inflexible": ("famine, inflexible plan", VERMILION),
         "flexible": ("famine, flexible plan", BLUE)}  # fmt: skip


@dataclass
class Test:
    """What is drawn: the table of `great_leap.summary`, one draw's provinces, the estimate."""

    table: pd.DataFrame
    provinces: Mapping[str, tuple[Sequence[float], Sequence[float]]]
    """Food grown a head in a normal year [kg] and deaths per thousand, by case."""
    published: tuple[float, float]
    """Estimate and its standard error."""
    n_members: int
    """Draws."""
    soviet: float
    title: str = "Stylised provinces"
    luck: str = "draws"
    attributes: Mapping[str, Any] = field(default_factory=dict)


def great_leap(test: Test) -> Chart:
    """Draw one draw's provinces, and the elasticity of deaths to output against how progressive the plan is."""
    with mpl.rc_context(cast("Any", RC)):
        page = Chart(
            test,
            _finding(test),
            "24 stylised provinces whose harvests fail by the same proportion · left: one draw, deaths per thousand by "
            "food grown a head, the whole surplus levied; right: elasticity of deaths to food grown, median and "
            f"90 % of {test.n_members} draws, by how progressive the plan is",
            "rules of procurement and hunger of the model; estimate: Meng, Qian and Yared 2015, replication data, "
            "famine years less others, with 95 % interval",
            width=11.0,
            body=4.2,
        )
        height = page.top - page.bottom - 0.95
        _provinces(page, page.panel(0.6, page.bottom + 0.5, 4.4, height, "Deaths per thousand"), test)
        _elasticity(page, page.panel(5.75, page.bottom + 0.5, 4.0, height, "Elasticity of deaths to food grown"), test)
        return page


def _finding(test: Test) -> str:
    """Say what a plan does that takes the surplus and does not bend, and whether all draws agree."""
    last = test.table[test.table["progressivity"] == test.table["progressivity"].max()].set_index("case")
    median, low, high = (float(last.loc["inflexible", name]) for name in ("median", "low", "high"))
    sure = "in nine of ten draws" if low * high > 0 else "in the median draw, though not in all"
    return (
        f"If a plan takes the surplus alone and does not bend, {'more' if median > 0 else 'fewer'} people die where "
        f"more food is grown {sure}"
    )


def _provinces(page: Chart, axes: Axes, test: Test) -> None:
    for place, (case, (text, colour)) in enumerate(SHOWN.items()):
        grown, deaths = (np.asarray(each, np.float64) for each in test.provinces[case])
        axes.plot(
            grown, deaths, linestyle="none", marker="os^"[place], markersize=5, color=colour, markerfacecolor="none"
        )
        axes.text(0.98, 0.98 - 0.07 * place, f"{'○□△'[place]} {text}", transform=axes.transAxes, color=colour,
                  va="top", ha="right", fontsize=8.5)  # fmt: skip
        page.rows += [
            Row("Deaths per thousand", text, "model", f"{kg:.0f} kg", d, d, d, "per thousand", "")
            for kg, d in zip(grown, deaths, strict=True)
        ]
    axes.set_ylim(0.0, None)
    page.write(0.6, page.bottom + 0.1, "food grown a head in a normal year, kg", size=8.5, color=MUTED)


def _elasticity(page: Chart, axes: Axes, test: Test) -> None:
    axes.axhline(0.0, color=INK, linewidth=0.8)
    ends = []
    for case, (text, colour) in SHOWN.items():
        here = test.table[test.table["case"] == case].sort_values("progressivity")
        axes.fill_between(here["progressivity"], here["low"], here["high"], color=colour, alpha=0.13, linewidth=0)
        axes.plot(here["progressivity"], here["median"], color=colour)
        ends.append((float(here["median"].iloc[-1]), text.replace("famine, ", ""), colour))
        page.rows += [
            Row("Elasticity", text, "model", f"progressivity {step:g}", median, low, high, "", "")
            for step, median, low, high in here[["progressivity", "median", "low", "high"]].to_numpy(float).tolist()
        ]
    value, error = test.published
    axes.errorbar([1.05], [value], yerr=[1.96 * error], marker="D", color=GREEN, markersize=5, capsize=0)
    low, high = axes.get_ylim()
    spot = -np.inf
    for level, text, colour in sorted([*ends, (value, "estimate", GREEN)]):
        spot = max(level, spot + 0.07 * (high - low))
        axes.text(1.1, spot, text, color=colour, fontsize=8.5, va="center")
    axes.axvline(test.soviet, color=MUTED, linewidth=0.8, linestyle=(0, (3, 3)))
    axes.text(test.soviet - 0.015, low, "Soviet fit", color=MUTED, fontsize=8, ha="right", va="bottom")
    axes.set_xlim(0.0, 1.08)
    axes.set_xticks([0.0, 0.2, 0.4, 0.6, 0.8, 1.0])
    page.rows.append(
        Row("Elasticity", "estimate", "documented", "famine less normal", value, value - 1.96 * error,
            value + 1.96 * error, "", "MQY2015")
    )  # fmt: skip
    page.write(5.75, page.bottom + 0.1, "progressivity: 0 = every harvest alike, 1 = the surplus alone", size=8.5,
               color=MUTED)  # fmt: skip
