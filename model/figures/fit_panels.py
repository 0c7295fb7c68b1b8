"""The validation page's first chart: every series that may fit or test the model, with the band of the runs around it.

Circles could be used to fit, squares only test; grey dots are shown for context. A dashed line stands where testing
begins. Shapes, not colours, tell them apart, so that the page can be read in grey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.figures import marks
from model.figures.digests import Digests, chart_of_digests
from model.figures.fit_marks import (
    AUTHORS,
    BAND,
    LINE,
    MARKS,
    RIVAL_MARKS,
    SHORT,
    WHOLE,
    Panel,
    moment,
    panels_of,
    shown_in,
)
from model.figures.readings import Floats, NothingToDraw, band, middle
from model.figures.style import INK, MUTED, Chart, Row
from model.figures.words import number
from model.history import RIVALS, Point, role_of, series
from model.results.digest import SUBJECTS

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

COLUMNS = 5


@chart_of_digests
def fit_series(digests: Digests) -> Chart:
    """Draw every national series of roles.csv with the band of the runs, its documented figures, ranges and rivals."""
    shown = panels_of(digests.compared)
    if not shown:
        raise NothingToDraw("no documented series overlaps the runs")
    national = digests.compared[digests.compared["region"] == "ussr"]
    counts = {role: _met(national, role) for role in ("validation", "calibration")}
    page = Chart(
        digests,
        f"The band of {digests.runs} meets {counts['validation'][0]} of {counts['validation'][1]} figures kept for "
        f"testing, and {counts['calibration'][0]} of {counts['calibration'][1]} that could be fitted",
        f"{digests.title}. {_statistic(digests)} A figure is met where its documented range and the band have a "
        "number in common; a figure without a range must lie within the band",
        "files and roles of the record (docs/sources.md; `collectivisation data SERIES`)",
        width=13.5,
        body=1.95 * -(-(len(shown) + 1) // COLUMNS),
    )
    titles = [f"{of.label}, {shown_in(of)[1]}" for of in shown]
    panels = page.panels(-(-(len(shown) + 1) // COLUMNS), COLUMNS, [*titles, "How to read"])
    for axes, of in zip(panels, shown, strict=False):
        axes.set_title(axes.get_title(loc="left"), fontsize=8.5)
        (_authors if of.series.endswith(WHOLE) else _panel)(page, axes, digests, of)
    _legend(panels[-1])
    return page


def _met(compared: pd.DataFrame, role: str) -> tuple[int, int]:
    rows = compared[compared["role"] == role]
    return int(rows["touches"].sum()), len(rows)


def _statistic(digests: Digests) -> str:
    if digests.n_members == 1:
        return "One run: its band is a line."
    return f"Line: median of {digests.runs}; band: 5 to 95 % of them."


def _panel(page: Chart, axes: Axes, digests: Digests, of: Panel) -> None:
    """Draw one series: the runs, the documented figures by their use, rivals by their authors."""
    subject = SUBJECTS[of.subject]
    scale, unit = shown_in(of)
    points = [p for p in series(of.series, of.file) if 1927 <= p.year < 1940 and not p.is_span]
    times, values = digests.course(of.subject)
    values = values * scale
    x = np.array([moment(subject.when, time) for time in times])
    if subject.when == "month":
        first, last = min(p.year for p in points), max(p.year for p in points) + 1
        x, values = x[(x >= first) & (x <= last)], values[:, (x >= first) & (x <= last)]
    mid, (low, high) = middle(values), band(values)
    steps = subject.when in {"harvest", "agricultural", "calendar"}
    axes.fill_between(x, low, high, color=BAND, linewidth=0, step="mid" if steps else None)
    axes.plot(x, mid, color=LINE, linewidth=1.3, drawstyle="steps-mid" if steps else "default")
    page.rows += [
        Row(of.label, of.label, "model", time, m, lo, hi, unit, "")
        for time, m, lo, hi in zip(
            times[-len(x) :] if subject.when != "month" else _months(x), mid, low, high, strict=True
        )
    ]
    tops = [float(np.nanmax(high)), *_documented(page, axes, of, points)]
    tops += _rivals(page, axes, of)
    marks.from_zero(axes, np.array(tops), room=1.2, most=4)
    _time_axis(axes, x)
    _border(axes, of, points)
    _score(axes, digests, of)


def _months(x: Floats) -> list[str]:
    return [marks.month_text(float(each) + 0.5 / 12) for each in x]


def _time_axis(axes: Axes, x: Floats) -> None:
    """Set the years, or the months of the one year that is drawn."""
    if x.max() - x.min() < 2:
        year = int(x.min())
        axes.set_xlim(year - 0.02, year + 1.02)
        named = {0: "Jan", 2: "Mar", 5: "Jun", 8: "Sep", 11: f"Dec {year}"}
        axes.set_xticks([year + (month + 0.5) / 12 for month in named], list(named.values()))
        return
    axes.set_xlim(1926.8, 1940.2)
    axes.set_xticks([year + 0.5 for year in range(1928, 1940, 3)], [str(year) for year in range(1928, 1940, 3)])


def _documented(page: Chart, axes: Axes, of: Panel, points: list[Point]) -> list[float]:
    """Draw the documented figures with their ranges; return the tops of what was drawn."""
    when, (scale, unit) = SUBJECTS[of.subject].when, shown_in(of)
    for point in points:
        role = role_of(of.file, of.series, point.year)
        marker, size, face, edge = MARKS[role]
        size = min(size, 2.6) if len(points) > 20 else size  # so many hide the curve beneath them
        x, (low, high) = moment(when, point.date), point.range
        if high > low:
            axes.vlines(x, low * scale, high * scale, color=edge, linewidth=0.8, zorder=4)
        axes.plot(
            x, point.value * scale, linestyle="none", marker=marker, markersize=size, markerfacecolor=face,
            markeredgecolor=edge, markeredgewidth=0.8, zorder=5,
        )  # fmt: skip
        page.rows.append(
            Row(of.label, f"{of.label} ({role})", "documented", point.date, point.value * scale,
                low * scale, high * scale, unit, point.source)
        )  # fmt: skip
    return [point.range[1] * scale for point in points]


def _rivals(page: Chart, axes: Axes, of: Panel) -> list[float]:
    """Draw what others say of the same thing, each author with a mark of his own, named in the panel."""
    subject, (scale, unit) = SUBJECTS[of.subject], shown_in(of)
    named, tops = [], []
    rivals = [name for name in RIVALS.get(of.series, ()) if _holds(name, of.file)]
    for marker, name in zip(RIVAL_MARKS, rivals, strict=False):
        points = [p for p in series(name, of.file) if 1927 <= p.year < 1940 and len(p.date) == 4]
        if not points:
            continue
        axes.plot(
            [moment(subject.when, p.date) for p in points], [p.value * scale for p in points], linestyle="none",
            marker=marker, markersize=3.4, color="#6b6b6b", markeredgewidth=0.8, zorder=3, label=SHORT.get(name, name),
        )  # fmt: skip
        named.append(name)
        tops += [p.value * scale for p in points]
        page.rows += [
            Row(of.label, SHORT.get(name, name), "documented", p.date, p.value * scale,
                p.range[0] * scale, p.range[1] * scale, unit, p.source)
            for p in points
        ]  # fmt: skip
    if named:
        axes.legend(fontsize=5.8, loc="upper left", ncols=2, handletextpad=0.1, columnspacing=0.6, borderpad=0.1,
                    labelspacing=0.15, handlelength=1.2, labelcolor=MUTED)  # fmt: skip
    return [top * (1.35 if len(named) > 2 else 1.15) for top in tops]


def _holds(name: str, file: str) -> bool:
    try:
        return bool(series(name, file))
    except KeyError:
        return False


def _border(axes: Axes, of: Panel, points: list[Point]) -> None:
    """Draw a dashed line where testing begins, if the series could be fitted before."""
    uses = [(moment(SUBJECTS[of.subject].when, p.date), role_of(of.file, of.series, p.year)) for p in points]
    fitted = [time for time, use in uses if use == "calibration"]
    tested = [time for time, use in uses if use == "validation"]
    if fitted and tested:
        axes.axvline((max(fitted) + min(tested)) / 2, color="#555555", linewidth=0.9, linestyle=(0, (4, 2)), zorder=2)


def _score(axes: Axes, digests: Digests, of: Panel) -> None:
    """Write how many figures the band meets, by use."""
    rows = digests.compared[(digests.compared["series"] == of.series) & (digests.compared["region"] == "ussr")]
    parts = []
    for role, sign in (("calibration", "○"), ("validation", "□")):
        met, all_of_them = _met(rows, role)
        if all_of_them:
            parts.append(f"{sign} {met}/{all_of_them}")
    axes.text(0.995, 1.0, "  ".join(parts), transform=axes.transAxes, ha="right", va="top", fontsize=7.5, color=INK,
              bbox=marks.BACKING, zorder=6)  # fmt: skip


def _authors(page: Chart, axes: Axes, digests: Digests, of: Panel) -> None:
    """Draw a total over several years: rival authors below each other, the band of the runs as a column behind."""
    unit = SUBJECTS[of.subject].unit
    points = sorted(series(of.series, of.file), key=lambda point: point.value)
    rows = digests.compared[digests.compared["series"] == of.series]
    mid, low, high = (float(rows[name].iloc[0]) for name in ("middle", "model_low", "model_high"))
    axes.axvspan(low, max(high, low + 0.02), color=BAND, linewidth=0)
    axes.axvline(mid, color=LINE, linewidth=1.3)
    page.rows.append(Row(of.label, of.label, "model", "1930-1934", mid, low, high, unit, ""))
    for row, point in enumerate(points):
        bottom, top = point.range
        axes.hlines(row, bottom, top, color=INK, linewidth=0.8, zorder=4)
        marker, size, face, edge = MARKS[role_of(of.file, of.series, point.year)]
        axes.plot(point.value, row, marker=marker, markersize=size, markerfacecolor=face, markeredgecolor=edge,
                  markeredgewidth=0.8, zorder=5)  # fmt: skip
        author = AUTHORS.get(point.source, point.source)
        axes.text(-5.1, row, author, fontsize=6.2, va="center", color=MUTED, zorder=6)
        page.rows.append(Row(of.label, author, "documented", "1930-1934", point.value, bottom, top, unit, point.source))
    axes.set_xlim(-5.2, 10)
    axes.set_xticks(range(0, 11, 2))
    axes.set_ylim(-0.7, len(points) + 0.4)
    axes.set_yticks([])
    axes.grid(visible=False)
    axes.text(0.995, 1.0, f"model {number(mid, 1)}", transform=axes.transAxes, ha="right", va="top", fontsize=7.5,
              color=LINE, bbox=marks.BACKING, zorder=6)  # fmt: skip


def _legend(axes: Axes) -> None:
    """Say in a panel of its own what the marks mean."""
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    lines = (
        ("calibration", "may be used to fit (○)"),
        ("validation", "only tests (□)"),
        ("context", "shown for context"),
    )
    for place, (role, text) in enumerate(lines):
        marker, size, face, edge = MARKS[role]
        y = 0.9 - 0.14 * place
        axes.plot(
            0.06, y, marker=marker, markersize=size + 1, markerfacecolor=face, markeredgecolor=edge, linestyle="none"
        )
        axes.vlines(0.06, y - 0.05, y + 0.05, color=edge, linewidth=0.8)
        axes.text(0.13, y, text, fontsize=7.5, va="center")
    axes.fill_between([0.02, 0.1], 0.43, 0.5, color=BAND, linewidth=0)
    axes.plot([0.02, 0.1], [0.465, 0.465], color=LINE, linewidth=1.3)
    axes.text(0.13, 0.465, "the runs: median and 5-95 %", fontsize=7.5, va="center")
    axes.plot([0.06, 0.06], [0.26, 0.38], color="#555555", linewidth=0.9, linestyle=(0, (4, 2)))
    axes.text(0.13, 0.32, "testing begins", fontsize=7.5, va="center")
    axes.plot(0.06, 0.18, marker="^", markersize=4, color="#6b6b6b", linestyle="none")
    axes.text(0.13, 0.18, "another author", fontsize=7.5, va="center")
    axes.text(0.02, 0.04, "○ 5/7  □ 3/6: figures that the band meets", fontsize=7.5, va="center")
