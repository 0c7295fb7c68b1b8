"""The fit by region: who died where beside the record, and three scatters of the model against it.

Nothing regional may be used for fitting, so every point of this page is a test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.figures import marks
from model.figures.digests import Digests, chart_of_digests
from model.figures.fit_marks import AUTHORS, BAND, LINE
from model.figures.readings import Floats, NothingToDraw
from model.figures.style import INK, MUTED, Chart, Row
from model.figures.words import number
from model.history import RIVALS, SHORT_NAMES, series

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

REGIONAL = "regions_series.csv"
TOTALS = ("ukraine", "kazakhstan")
HERDS = {"horses": "^", "cattle": "s", "pigs": "D", "sheep_goats": "o"}
YEAR_OF_HERDS = 1933
TICKS = (0.0, 0.05, 0.2, 0.5, 1.0, 2.0, 3.0, 4.0)


@chart_of_digests
def fit_regions(digests: Digests) -> Chart:
    """Draw excess deaths 1931-34 by region with their documented ranges; procurement, membership, herds as scatters."""
    compared = digests.compared[digests.compared["file"] == REGIONAL]
    deaths = compared[compared["subject"] == "excess_deaths"].sort_values("value")
    if deaths.empty:
        raise NothingToDraw("the runs do not tell the excess deaths of every region in 1931 to 1934")
    met, agree = int(deaths["touches"].sum()), correlation(deaths["value"], deaths["middle"])
    page = Chart(
        digests,
        f"Deaths by region: the runs meet {met} of {len(deaths)} documented ranges; "
        f"correlation with the record {number(agree, 2)}",
        f"{digests.title}; {digests.runs}. No regional figure may be fitted. Left: excess deaths 1931-34, "
        "million, on a scale of square roots, so that small regions can be seen. Right: each dot a region and date, "
        "the line is equality",
        "regions_series.csv, famine.csv of the record; only Ukraine and Kazakhstan are well established, other regions "
        "are apportioned (data/regions.md)",
        width=12.0,
        body=7.0,
    )
    bottom, top = page.bottom + 0.55, page.top - 0.45
    left = page.panel(2.45, bottom, 4.6, top - bottom, "Excess deaths 1931-34, million")
    _deaths(page, left, digests, deaths)
    height = (top - bottom - 2 * 0.75) / 3
    subject = compared["subject"]
    scatters = (
        ("Procurement 1928-34, Mt", compared[subject == "procured"], ""),
        ("Collectivised households, %", compared[subject == "collectivised"], ""),
        (f"Herds of two republics, million ({YEAR_OF_HERDS} filled)", compared[subject.isin(HERDS)], "log"),
    )
    for place, (title, rows, scale) in enumerate(scatters):
        axes = page.panel(7.9, top - height - place * (height + 0.75), 3.8, height, title)
        _scatter(page, axes, rows, scale)
    return page


def correlation(first: Floats | pd.Series, second: Floats | pd.Series) -> float:
    """Return the correlation of two columns; of fewer than three pairs there is none.

    >>> round(correlation(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.5])), 2)
    1.0
    """
    one, other = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    if one.size < 3 or one.std() == 0 or other.std() == 0:
        return float("nan")
    return float(np.corrcoef(one, other)[0, 1])


def place_name(region: str) -> str:
    """Write a region or a republic for a reader.

    >>> place_name("ukraine"), place_name("ukraine_steppe")
    ('Ukraine', 'Ukraine, steppe')
    """
    return SHORT_NAMES.get(region, region.capitalize())


def _deaths(page: Chart, axes: Axes, digests: Digests, deaths: pd.DataFrame) -> None:
    """Draw a row for each region, the small below; above them the totals of Ukraine and Kazakhstan by their authors."""
    axes.set_xscale("function", functions=(lambda x: np.sqrt(np.maximum(x, 0)), np.square))
    for row, (_, one) in enumerate(deaths.iterrows()):
        _dot_and_range(
            axes, row, one["value"], (one["low"], one["high"]), (one["middle"], one["model_low"], one["model_high"])
        )
        rival = _rival(str(one["region"]))
        if rival is not None:
            axes.plot(rival, row, marker="x", markersize=4.5, color=INK, markeredgewidth=0.9, zorder=6)
        page.rows += _rows(place_name(str(one["region"])), one)
    names = [place_name(str(region)) for region in deaths["region"]]
    totals = digests.compared[digests.compared["series"].str.endswith("_famine_excess_deaths_total")]
    row = len(names)
    axes.axhline(row - 0.25, color="#888888", linewidth=0.8)
    for region in reversed(TOTALS):
        for _, one in totals[totals["region"] == region].sort_values("value").iterrows():
            row += 1
            _dot_and_range(axes, row - 0.5, one["value"], (one["low"], one["high"]),
                           (one["middle"], one["model_low"], one["model_high"]))  # fmt: skip
            names.append(f"{place_name(region)}: {AUTHORS.get(one['source'], one['source'])}")
            page.rows += _rows(place_name(region), one)
    n = len(deaths)
    axes.set_yticks([*range(n), *(n + 0.5 + i for i in range(len(names) - n))], names)
    axes.set_ylim(-0.7, len(names) + 0.2)
    highest = max(
        float(digests.compared.loc[totals.index, ["high", "model_high"]].to_numpy().max(initial=0.0)),
        float(deaths["high"].max()),
    )
    axes.set_xlim(0, highest * 1.04)
    axes.set_xticks(
        [tick for tick in TICKS if tick <= highest * 1.04], [f"{tick:g}" for tick in TICKS if tick <= highest * 1.04]
    )
    axes.grid(axis="x", visible=True)
    axes.grid(axis="y", visible=False)
    axes.text(
        0.985, 0.02, "thick bar and line: the runs, 5-95 % and median\n"
        "square and thin bar: documented, with its range\n×: the Kyiv demographers (Rudnytskyi and others)",
        transform=axes.transAxes, ha="right", va="bottom", fontsize=7.5, color=MUTED, bbox=marks.BACKING,
    )  # fmt: skip


def _dot_and_range(
    axes: Axes, row: float, value: float, known: tuple[float, float], model: tuple[float, float, float]
) -> None:
    middle, low, high = model
    axes.barh(row, max(high - low, 1e-4), left=low, height=0.62, color=BAND, linewidth=0, zorder=2)
    axes.vlines(middle, row - 0.31, row + 0.31, color=LINE, linewidth=2.0, zorder=3)
    axes.hlines(row, *known, color=INK, linewidth=0.9, zorder=4)
    axes.plot(
        value,
        row,
        marker="s",
        markersize=4.5,
        markerfacecolor="white",
        markeredgecolor=INK,
        markeredgewidth=0.9,
        zorder=5,
    )


def _rival(region: str) -> float | None:
    """Return the Kyiv demographers' figure for a region [million], where they have one."""
    name = RIVALS["excess_deaths"][0]
    found = series(name, REGIONAL, region=region)
    return found[0].value * 1e-3 if found else None


def _rows(name: str, one: pd.Series, panel: str = "Excess deaths", unit: str = "million") -> list[Row]:
    """Write what the runs and what the record say of one figure into the table of the chart."""
    rows = []
    for origin, names, source in (
        ("model", ("middle", "model_low", "model_high"), ""),
        ("documented", ("value", "low", "high"), str(one["source"])),
    ):
        value, low, high = (float(one[each]) for each in names)
        rows.append(Row(panel, name, origin, str(one["date"]), value, low, high, unit, source))
    return rows


def _scatter(page: Chart, axes: Axes, rows: pd.DataFrame, scale: str) -> None:
    """Draw the median of the runs over the documented figure, with the band as a bar and the line of equality."""
    if rows.empty:
        axes.text(0.5, 0.5, "not told by these runs", transform=axes.transAxes, ha="center", color=MUTED, fontsize=8)
        return
    title = axes.get_title(loc="left")
    low, high = float(rows[["value", "middle"]].to_numpy().min()), float(rows[["value", "model_high"]].to_numpy().max())
    ends = (low * 0.7, high * 1.4) if scale == "log" else (0.0, high * 1.05)
    if scale == "log":
        axes.set_xscale("log")
        axes.set_yscale("log")
    axes.plot(ends, ends, color="#888888", linewidth=0.9, zorder=1)
    axes.vlines(rows["value"], rows["model_low"], rows["model_high"], color=BAND, linewidth=1.6, zorder=2)
    for subject, part in rows.groupby("subject"):
        marker = HERDS.get(str(subject), "o")
        filled = part["year"] == YEAR_OF_HERDS if scale == "log" else part["year"] < 0
        for at, face in ((filled, LINE), (~filled, "white")):
            axes.plot(
                part["value"][at], part["middle"][at], linestyle="none", marker=marker,
                markersize=3.8 if scale else 3.0,
                markerfacecolor=face, markeredgecolor=LINE, markeredgewidth=0.7, zorder=3,
                label=str(subject).replace("_", ", ") if scale and face == "white" else None,
            )  # fmt: skip
    axes.set_xlim(*ends)
    axes.set_ylim(*ends)
    axes.grid(axis="x", visible=True)
    axes.text(0.99, 0.03, "documented →", transform=axes.transAxes, ha="right", fontsize=7, color=MUTED)
    axes.text(0.02, 0.84, "↑ model", transform=axes.transAxes, fontsize=7, color=MUTED)
    if scale == "log":
        shown = [tick for tick in (0.2, 0.5, 1, 2, 5, 10, 20, 50) if ends[0] <= tick <= ends[1]]
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_ticks(shown, [f"{tick:g}" for tick in shown])
            axis.set_ticks([], minor=True)
        axes.legend(
            fontsize=7,
            loc="lower right",
            bbox_to_anchor=(1.0, 0.08),
            handletextpad=0.1,
            borderpad=0.1,
            labelspacing=0.2,
        )
    agree = (
        correlation(np.log(rows["value"]), np.log(rows["middle"]))
        if scale
        else correlation(rows["value"], rows["middle"])
    )
    text = f"correlation {number(agree, 2)}{' of logarithms' if scale else ''}, {len(rows)} figures"
    axes.text(
        0.02, 0.97, text, transform=axes.transAxes, va="top", fontsize=7.5, color=INK, bbox=marks.BACKING, zorder=6
    )
    for _, one in rows.iterrows():
        page.rows += _rows(f"{place_name(str(one['region']))} {one['subject']}", one, title, str(one["unit"]))
