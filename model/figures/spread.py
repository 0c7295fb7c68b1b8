"""How hunger and possessions were spread: who lacked how much of the food needed, and who had no cow and no horse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from model.figures import marks
from model.figures.documented import rivals
from model.figures.readings import Floats, NothingToDraw, Readings, Years, middle
from model.figures.style import INK, MUTED, NO_DATA, Chart, Row, chart
from model.figures.words import number, share
from model.history import SHORT_NAMES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEAT = ("#fed976", "#fd8d3c", "#e31a1c", "#800026")
"""From hunger to starvation (YlOrRd)."""
LACKING = ("20–40 %", "40–60 %", "60–80 %", "80 % and more")
LACKING_FROM = (0.2, 0.4, 0.6, 0.8)
SEVERE = 0.4  # part of the need not met from which a region's people are counted on the right
FIRST, LAST = (1931, 1), (1934, 12)
DEEPEST = 0.6  # share of people at which the colour of a region is darkest

HOLDINGS = ("#bf6636", "#e9b384", "#f5d9bc", "#fcf1e4")
"""From none to three and more, so that none is read first."""
HEADS = ("none", "1", "2", "3 and more")
FEWEST = 0.01  # a group smaller than this part of all households is not drawn: its shares are those of a handful


def counts(readings: Readings, name: str) -> Floats:
    """Return a distribution [member, time, region, membership, bin]."""
    if name not in readings.dataset:
        raise NothingToDraw(f"the dataset has no variable {name!r}")
    variable = readings.dataset[name]
    values = np.asarray(variable.values, dtype=np.float64)
    return values if "member" in variable.dims else values[np.newaxis]


@chart
def hunger_spread(readings: Readings) -> Chart:
    """Draw village people by what they lacked, month by month, and the part that lacked much in every region."""
    during = readings.span(FIRST, LAST)
    people = counts(readings, "people_by_deficit")[:, during]
    if not people.shape[1]:
        raise NothingToDraw("the run does not cover 1931 to 1934")
    edges = readings.dataset["deficit_from"].values
    starts = [int(np.searchsorted(edges, edge - 1e-9)) for edge in LACKING_FROM]
    lacking = np.stack([people[..., a:b].sum(axis=-1) for a, b in zip(starts, [*starts[1:], None], strict=True)], -1)
    severe = people[..., int(np.searchsorted(edges, SEVERE - 1e-9)) :].sum(axis=(-2, -1))
    body = 5.3
    page = Chart(
        readings,
        _hunger_finding(readings, during, severe),
        f"{readings.title} · left: village people, million, by the part of the month's food need not met; "
        f"right: part of each region's village people who lacked {100 * SEVERE:.0f} % or more, per cent; "
        f"{_statistic(readings)}",
        "the model alone; no count of the hungry was taken at the time",
        width=11.0,
        body=body,
    )
    height = (body - 0.74 - 0.68) / 2
    names = ("Independent households, million people", "Kolkhoz households, million people")
    panels = [page.panel(0.62, page.bottom + 0.34 + (1 - i) * (height + 0.68), 4.2, height, names[i]) for i in (0, 1)]
    million = middle(lacking.sum(axis=2)) / 1e6
    top = float(np.nan_to_num(million.sum(axis=-1)).max(initial=0.1))
    times = readings.flow_time[during]
    for membership, axes in enumerate(panels):
        _stack(page, axes, times, million[:, membership], HEAT, LACKING, "million", 1 / 12)
        marks.level_axis(axes, 0.0, max(top, 0.1) * 1.08, 4)
        marks.time_axis(axes, readings, first=1931.0, last=1935.0)
    marks.key(page, panels[0], list(zip([f"lacked {each}" for each in LACKING], _letters(HEAT), strict=True)))
    whole = people.sum(axis=(-2, -1))
    part = middle(np.divide(severe, whole, out=np.full(whole.shape, np.nan), where=whole > 0))
    _strips(page, readings, times, part, page.panel(6.75, page.bottom + 0.34, 3.2, body - 0.74, "By region, per cent"))
    return page


def _letters(colours: Sequence[str]) -> list[str]:
    """Return the colours as letters take them: the palest darkened."""
    return ["#9A6A00", "#C4570C", *colours[2:]]


def _statistic(readings: Readings) -> str:
    return f"median of {readings.n_members} {readings.luck}" if readings.n_members > 1 else "one seed"


def _hunger_finding(readings: Readings, during: slice, severe: Floats) -> str:
    """Say when most people lacked much, how many they were, and where half of them lived."""
    of_region = middle(severe)
    total = of_region.sum(axis=1)
    if np.isnan(total).any() or total.max() < 1e4:
        most = number(1e-6 * float(np.nan_to_num(total).max(initial=0.0)))
        return f"In no month of 1931–34 did more than {most} million village people lack {100 * SEVERE:.0f} % of food"
    peak = int(total.argmax())
    order = np.argsort(-of_region[peak], kind="stable")
    half = int(np.searchsorted(np.cumsum(of_region[peak][order]), 0.5 * total[peak])) + 1
    return (
        f"In {readings.month_name(during.start + peak)}, {number(float(total[peak]) / 1e6)} million village people "
        f"lacked {100 * SEVERE:.0f} % or more of their food, half of them in {half} of {of_region.shape[1]} regions"
    )


def _stack(
    page: Chart, axes: Axes, times: Floats, values: Floats, colours: Sequence[str], names: Sequence[str], unit: str,
    width: float,
) -> None:  # fmt: skip
    """Draw blocks [time, part] upon each other; what is missing leaves a gap."""
    floor = np.zeros(len(times))
    for part, (colour, name) in enumerate(zip(colours, names, strict=True)):
        here = np.nan_to_num(values[:, part])
        marks.blocks(axes, times - width / 2, times + width / 2, floor, floor + here, colour, zorder=2)
        floor = floor + here
        page.rows += [
            Row(axes.get_title(loc="left"), name, "model", marks.month_text(t), v, v, v, unit, "")
            for t, v in zip(times, values[:, part], strict=True)
        ]


def _strips(page: Chart, readings: Readings, times: Floats, part: Floats, axes: Axes) -> None:
    """Draw a strip for every region [time, region], in the order of the tables, its worst month written beside it."""
    from matplotlib.colors import LinearSegmentedColormap

    heat = LinearSegmentedColormap.from_list("heat", ["#fff9e8", *HEAT]).with_extremes(bad=NO_DATA)
    n = part.shape[1]
    axes.grid(visible=False)
    left, right = times[0] - 0.5 / 12, times[-1] + 0.5 / 12
    axes.imshow(
        part.T, extent=(left, right, n - 0.5, -0.5), aspect="auto", cmap=heat, vmin=0.0, vmax=DEEPEST,
        interpolation="nearest",
    )  # fmt: skip
    for row in range(n - 1):
        axes.axhline(row + 0.5, color="white", linewidth=1.6)
    names = [SHORT_NAMES.get(region, region) for region in readings.region_ids]
    axes.set_yticks(range(n), names, fontsize=8)
    marks.time_axis(axes, readings, first=1931.0, last=1935.0)
    axes.set_xlim(left, right)
    axes.spines["bottom"].set_visible(False)
    panel = axes.get_title(loc="left")
    axes.text(1.015, -0.75, "worst month", transform=axes.get_yaxis_transform(), fontsize=7.5, color=MUTED, va="center")
    for row, name in enumerate(names):
        course = np.nan_to_num(part[:, row])
        worst = float(course.max())
        label = f"{100 * worst:.0f} %, {_short(times[int(course.argmax())])}" if worst >= 0.01 else "under 1 %"
        axes.text(
            1.015, row, label, transform=axes.get_yaxis_transform(), fontsize=7.5, va="center",
            color=INK if worst >= 0.25 else MUTED,
        )  # fmt: skip
        page.rows += [
            Row(panel, name, "model", marks.month_text(t), 100 * v, 100 * v, 100 * v, "%", "")
            for t, v in zip(times, part[:, row], strict=True)
        ]


def _short(time: float) -> str:
    """Write a month as in 3/1933."""
    month = int(time * 12)
    return f"{month % 12 + 1}/{month // 12}"


@chart
def without_cow_or_horse(readings: Readings) -> Chart:
    """Draw households by horses and cows of their own, at the censuses of June and of the year's end."""
    horses, cows = (counts(readings, f"households_by_{kind}").sum(axis=2) for kind in ("horses", "cows"))
    months = readings.dataset["census"].values.astype("datetime64[M]").astype(np.int64) + 1970 * 12
    times: Floats = np.asarray((months + 1.0) / 12.0, dtype=np.float64)
    body = 4.3
    page = Chart(
        readings,
        _cow_finding(months, cows),
        f"{readings.title} · per cent of the peasant households of each kind, by head of their own, in June and at the "
        f"year's end; {_statistic(readings)}; above the bars: million households; hollow points: "
        "members without a cow (Vyltsan 1978)",
        "inputs.csv (Vyltsan 1978, kolkhoz households without a cow); a household with less than half a head counts as "
        "having none; of 100 cattle 42 are taken for cows in June, 49 in winter",
        width=11.0,
        body=body,
    )  # fmt: skip
    panels = (
        ("Independent households by horses", horses, 0),
        ("Independent households by cows", cows, 0),
        ("Kolkhoz households by cows", cows, 1),
    )
    everybody = cows.sum(axis=(-2, -1))
    width = (page.width - 0.7) / 3
    for place, (title, values, membership) in enumerate(panels):
        axes = page.panel(0.5 + place * width, page.bottom + 0.32, width - 0.42, body - 0.85)
        axes.set_title(title, pad=17)
        group = values[:, :, membership]
        whole = group.sum(axis=-1)
        parts = np.full(group.shape, np.nan)
        np.divide(group, whole[..., None], out=parts, where=(whole > FEWEST * everybody)[..., None])
        mid = 100.0 * middle(parts)
        _stack(page, axes, times, mid, HOLDINGS, HEADS, "% of households", 0.44)
        _sizes(axes, times, middle(whole) / 1e6, mid)
        marks.level_axis(axes, 0.0, 100.0)
        marks.time_axis(axes, readings)
        if place == 2:
            known = rivals("kolkhoz_households_without_cow", "inputs.csv", 1.0, "stock")
            marks.points(page, axes, known, series="none", unit="% of households")
        _name_parts(axes, times, mid, "horse" if values is horses else "cow")
    return page


def _sizes(axes: Axes, times: Floats, million: Floats, drawn: Floats) -> None:
    """Write above every fourth bar how many households it stands for."""
    shown = [i for i in range(len(times)) if not np.isnan(drawn[i]).any()]
    for i in shown[::4]:
        axes.text(times[i], 101.5, number(float(million[i])), fontsize=7.0, color=MUTED, ha="center", va="bottom")


def _name_parts(axes: Axes, times: Floats, drawn: Floats, kind: str) -> None:
    """Name the parts where they are widest, each within its own."""
    names = (f"no {kind}", f"1 {kind}", f"2 {kind}s", "3 and more")
    ends = np.cumsum(np.nan_to_num(drawn), axis=1)
    inner = slice(2, max(3, len(times) - 2))
    for part, name in enumerate(names):
        course = np.nan_to_num(drawn[inner, part])
        if not course.size or course.max() < 8.0:
            continue
        place = int(course.argmax()) + 2
        level = ends[place, part] - 0.5 * drawn[place, part]
        room = float(np.clip(times[place], times[0] + 1.4, times[-1] - 1.4))
        axes.text(
            room, level, name, fontsize=8, fontweight="bold", ha="center", va="center",
            color="white" if part == 0 else INK,
        )  # fmt: skip


def _cow_finding(months: Years, cows: Floats) -> str:
    """Say how many households had no cow, before and at the worst, and among members and independents then."""
    everybody = cows.sum(axis=(-2, -1))
    without = middle(np.divide(
        cows[..., 0].sum(axis=-1), everybody, out=np.full(everybody.shape, np.nan), where=everybody > 0
    ))  # fmt: skip
    if np.isnan(without).any() or len(without) < 2:
        return "Households by cows and horses of their own, 1927 to 1939"
    worst = int(without.argmax())
    year, month = divmod(int(months[worst]), 12)
    at = f"in June {year}" if month == 5 else f"at the end of {year}"
    first, most, last = (share(float(without[place])) for place in (0, worst, -1))
    return f"Households without a cow: {first} at first, {most} {at}, {last} at the end"
