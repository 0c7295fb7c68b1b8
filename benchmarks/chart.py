"""The picture of the report: what a household's month costs, against the number of households, on log axes."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import matplotlib as mpl
import numpy as np

from benchmarks.tables import bound
from model.figures.album import save
from model.figures.looks import BLUE, GREEN, GREY, ORANGE, SKY, VERMILION, as_text
from model.figures.marks import BACKING, spread
from model.figures.style import RC, Chart, Row

LEFT, RIGHT, TOP, BOTTOM = 1_000, 25_600_000, 500_000.0, 5.0
TICKS = ((1_000, "1,000"), (10_000, "10,000"), (100_000, "100,000"), (1_000_000, "1 million"), (RIGHT, "25.6 million"))
LEVELS = ((10, "10 ns"), (100, "100 ns"), (1_000, "1 µs"), (10_000, "10 µs"), (100_000, "100 µs"))


class Line(NamedTuple):
    """One way of reckoning the same country."""

    name: str
    colour: str
    households: list[int]
    ns: list[float]
    style: Any = "-"


def lines(report: dict[str, Any]) -> list[Line]:
    """What is drawn, dearest first."""
    off, mesa = report["off"]["off"], report["mesa"]
    found = [
        Line("same source, compiler off", ORANGE, [off["households"]], [off["cpu_ns"]]),
        Line("Mesa agents, same rules", VERMILION, [one["households"] for one in mesa],
             [one["mesa"]["cpu_ns"] for one in mesa]),
    ]  # fmt: skip
    for threads, name, colour in ((1, "engine, one thread", BLUE), (2, "engine, two threads", SKY)):
        sizes = [one for one in report["sizes"] if one["threads"] == threads]
        if sizes:
            found.append(Line(name, colour, [one["households"] for one in sizes], [one["ns"] for one in sizes]))
    least = bound(report, 2)
    return [*found, Line("memory alone would allow", GREEN, [LEFT, RIGHT], [least] * 2, (0, (4, 2)))]


def finding(report: dict[str, Any]) -> str:
    """Say what the picture shows."""
    costs = [one["ns"] for one in report["sizes"] if one["threads"] == 1 and one["households"] >= 25_000]
    low, high = round(min(costs), -1), round(max(costs), -1)
    span = f"{low:.0f}" if low == high else f"{low:.0f} to {high:.0f}"
    ratio = float(f"{report['mesa'][-1]['ratio']:.2g}")
    return (
        f"From 25,000 households on, a household's month costs {span} nanoseconds on one thread: "
        f"as Mesa agents, the same rules cost {ratio:.0f} times as much"
    )


def _axes(page: Chart) -> Any:
    axes = page.panel(0.75, page.bottom + 0.55, page.width - 3.15, page.top - page.bottom - 0.6)
    axes.set(xscale="log", yscale="log", xlim=(LEFT * 0.8, RIGHT * 1.1), ylim=(BOTTOM, TOP))
    axes.set_xticks([at for at, _ in TICKS], [text for _, text in TICKS])
    axes.set_yticks([at for at, _ in LEVELS], [text for _, text in LEVELS])
    axes.minorticks_off()
    axes.set_xlabel("households", fontsize=8.5)
    axes.xaxis.set_label_coords(0.5, -0.07)
    return axes


def picture(report: dict[str, Any]) -> Chart:
    """Draw the chart."""
    readings: Any = SimpleNamespace(
        attributes={"version": report["version"], "seeds": 1}, title="Benchmarks", n_members=1
    )
    about = report["machine"]
    with mpl.rc_context(RC):
        page = Chart(
            readings,
            finding(report),
            "Cost of one household and month of the historical run, nanoseconds, both axes logarithmic; below 25,000 "
            "households State, towns and Python, which cost the same at any size, outweigh them; dotted: not measured",
            f"docs/benchmarks.json; measured in one run on {about['processor']}, {about['processors']} processors",
            body=4.9,
        )
        axes = _axes(page)
        shown = lines(report)
        for line in shown:
            marker = {"marker": "o", "markersize": 4.5} if line.style == "-" else {}
            axes.plot(line.households, line.ns, color=line.colour, linestyle=line.style, **marker)
            if line.households[-1] < RIGHT:  # to its name: nobody has lived so large a country in this way
                how = {"color": line.colour, "linestyle": (0, (1, 2)), "linewidth": 1.2}
                axes.plot([line.households[-1], RIGHT], [line.ns[-1]] * 2, **how)
            page.rows += [
                Row("cost", line.name, "measured", f"{n} households", ns, ns, ns, "ns", "docs/benchmarks.json")
                for n, ns in zip(line.households, line.ns, strict=True)
            ]
        _name(page, axes, shown)
        _ratio(axes, report["mesa"][-1])
    return page


def _name(page: Chart, axes: Any, shown: list[Line]) -> None:
    """Name every line to the right of the panel, at the height where it ends."""
    inches = axes.get_position().height * page.height
    decades = np.log10(TOP / BOTTOM)
    gap = decades * 9.5 * 1.3 / 72.0 / inches * 2.1
    wanted = [float(np.log10(line.ns[-1])) for line in shown]
    places = spread(wanted, gap, np.log10(BOTTOM), np.log10(TOP))
    for line, place in zip(shown, places, strict=True):
        ns = line.ns[-1]
        cost = f"{ns / 1000:,.0f} µs" if ns >= 1000 else f"{ns:,.0f} ns"
        axes.text(
            RIGHT * 1.35, 10**place, f"{line.name}\n{cost}", color=as_text(line.colour), fontsize=8.5,
            fontweight="bold", va="center", ha="left", clip_on=False, linespacing=1.15,
        )  # fmt: skip


def _ratio(axes: Any, one: dict[str, Any]) -> None:
    """Draw how far apart agents and engine lie in the largest country that both have lived."""
    high, low, at = one["mesa"]["cpu_ns"], one["engine"]["cpu_ns"], one["households"]
    axes.annotate(
        "", (at, low * 1.35), (at, high / 1.35), arrowprops={"arrowstyle": "<->", "color": GREY, "linewidth": 0.9}
    )
    axes.text(
        at * 1.12, (high * low) ** 0.5, f"{one['ratio']:,.0f} times", color=GREY, fontsize=9, va="center", bbox=BACKING
    )


def draw(report: dict[str, Any], folder: Path) -> None:
    """Write cost.png and cost.svg, and the numbers behind them as cost.csv."""
    save(picture(report), folder / "cost")
