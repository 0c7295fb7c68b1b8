"""What the record pins down of the constants of behaviour, and what it leaves open: prior against posterior."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import matplotlib as mpl

from model.figures.looks import BLUE, VERMILION
from model.figures.style import INK, MUTED, NO_DATA, RC, Chart, Row

if TYPE_CHECKING:
    import pandas as pd

ROW = 0.205  # height of one constant [inches]
OPEN = 0.9  # of its prior that remains of a constant of which nothing was learnt
HALF = 0.5


def posterior_ranges(constants: pd.DataFrame, *, ran: str = "") -> Chart:
    """Draw for each constant its prior as the whole width, and upon it what the posterior leaves.

    `constants` is the table of an outcome of the calibration, one constant a row: `prior_low`, `prior_high`, `p05`,
    `p50`, `p95`, `centre`, `declared`, `remaining`. `ran` says at the foot how it was found.
    """
    with mpl.rc_context(cast("Any", RC)):
        return _drawn(constants.sort_values("remaining", kind="stable"), ran)


def _drawn(table: pd.DataFrame, ran: str) -> Chart:
    narrowed, left = int((table.remaining < HALF).sum()), int((table.remaining >= OPEN).sum())
    page = Chart(
        ran,
        f"The record narrows {narrowed} of {len(table)} constants to less than half of what was plausible; "
        f"of {left} it says next to nothing",
        "Grey: plausible range, four standard deviations of the prior wide; tick: declared, its most likely value; "
        "blue: posterior, 5th to 95th percentile, bar: median; diamond: centre, the default. Right: share of the prior "
        "that remains. A constant that looks free may still be tied to others",
        "rows of the record with the role calibration; ranges of the constants in docs/parameters.md",
        width=9.0,
        body=ROW * len(table) + 0.45,
    )
    names, right = 2.1, 1.35
    axes = page.panel(names, page.bottom + 0.3, page.width - names - right, ROW * len(table))
    axes.set_xlim(0, 1)
    axes.set_ylim(len(table) - 0.5, -0.5)
    axes.set_yticks([])
    axes.set_xticks([0, 0.5, 1], ["lowest plausible", "middle", "highest plausible"])
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)
    for place, (name, one) in enumerate(table.iterrows()):
        width = one.prior_high - one.prior_low
        at = {key: (one[key] - one.prior_low) / width for key in ("p05", "p50", "p95", "centre", "declared")}
        axes.barh(place, 1.0, height=0.62, color=NO_DATA, linewidth=0)
        axes.barh(place, at["p95"] - at["p05"], left=at["p05"], height=0.62, color=BLUE, alpha=0.55, linewidth=0)
        axes.plot([at["p50"]] * 2, [place - 0.31, place + 0.31], color=BLUE, linewidth=1.6)
        axes.plot([at["declared"]] * 2, [place - 0.45, place - 0.2], color=INK, linewidth=1.1, clip_on=False)
        axes.plot(at["centre"], place, marker="D", markersize=4, color=VERMILION, markeredgecolor="white",
                  markeredgewidth=0.5, clip_on=False)  # fmt: skip
        how: dict[str, Any] = {"va": "center", "fontsize": 7.5, "color": MUTED, "transform": axes.transData}
        axes.text(-0.1, place, str(name).replace("_", " "), ha="right", **(how | {"color": INK, "fontsize": 8}))
        axes.text(-0.015, place, f"{one.prior_low:.3g}", ha="right", **how)
        axes.text(1.015, place, f"{one.prior_high:.3g}", ha="left", **how)
        axes.text(1.19, place, f"{100 * one.remaining:.0f} %", ha="right", **(how | {"color": INK, "fontsize": 8}))
        page.rows += [
            Row("posterior", str(name), "model", statistic, float(one[value]), float(one.p05), float(one.p95), "", "")
            for statistic, value in (("median", "p50"), ("centre", "centre"), ("declared", "declared"))
        ]
        page.rows.append(
            Row("prior", str(name), "documented", "range", (one.prior_low + one.prior_high) / 2.0,
                float(one.prior_low), float(one.prior_high), "", "")
        )  # fmt: skip
    return page
