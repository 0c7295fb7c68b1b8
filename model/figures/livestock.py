"""The four herds, with the part held in common and the documented mid-year counts."""

from __future__ import annotations

import numpy as np

from model.figures import marks
from model.figures.documented import COMPARISONS, documented, model_values
from model.figures.looks import BLUE, GREEN, PINK, VERMILION, as_text
from model.figures.readings import Readings, middle
from model.figures.style import Chart, chart, statistic
from model.figures.words import number

KINDS = (("horses", BLUE), ("cattle", VERMILION), ("pigs", PINK), ("sheep_goats", GREEN))


@chart
def livestock_by_kind(readings: Readings) -> Chart:
    """Draw each herd in a panel of its own, from zero."""
    page = Chart(
        readings,
        _finding(readings),
        f"{readings.title} · herds at each month's end, million head; {statistic(readings)}; "
        "shaded: held in common by kolkhozy; hollow points: counts of early summer",
        "livestock.csv (mid-year counts: Sotsialisticheskoe stroitel'stvo 1936 and later yearbooks)",
        body=5.2,
    )
    titles = [f"{COMPARISONS[kind].label}, million" for kind, _ in KINDS]
    for axes, (kind, colour) in zip(page.panels(2, 2, titles), KINDS, strict=True):
        times, values = model_values(readings, kind)
        mid = marks.line(page, axes, times, values, colour, series=COMPARISONS[kind].label, unit="million", zorder=3)
        if readings.has(f"common_{kind}"):
            common = middle(readings.national(f"common_{kind}")) / 1e6
            axes.fill_between(times, 0, common, color=colour, alpha=0.22, linewidth=0)
            place = int(len(times) * 0.72)
            if common[place] > 0.12 * np.nanmax(np.append(mid, 0.1)):
                axes.text(
                    times[place], common[place] * 0.4, "in common", fontsize=7.5, color=as_text(colour), ha="center"
                )
        marks.points(page, axes, documented(kind), series=COMPARISONS[kind].label, unit="million")
        marks.from_zero(axes, mid, least=max(point.value for point in documented(kind)))
        marks.time_axis(axes, readings)
    return page


def _finding(readings: Readings) -> str:
    """Say how far each herd stood below its count of June 1928 in its lowest June: like is told with like."""
    start = readings.place(1928, 6) or 0
    parts = []
    for kind, _ in KINDS:
        herd = middle(readings.national(kind))[start::12]
        if np.isnan(herd).any() or herd[0] <= 0:
            continue
        lowest = int(herd.argmin())
        change = 100.0 * float(herd[lowest] / herd[0] - 1.0)
        year = int(readings.months[start + 12 * lowest]) // 12
        parts.append(f"{COMPARISONS[kind].label.lower()} {number(change, 0)}\u00a0% ({year})")
    if not parts:
        return "Livestock by kind"
    return f"Herds in their lowest June against {readings.month_name(start)}: {'; '.join(parts)}"
