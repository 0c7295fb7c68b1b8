"""The report as tables: printed on the terminal, and written as `docs/benchmarks.md`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from statistics import median
from typing import Any, NamedTuple

from benchmarks.measure import ALL

MONTHS = 150


class Table(NamedTuple):
    """A title, a sentence that says what was measured, a head and rows of text."""

    title: str
    note: str
    head: tuple[str, ...]
    rows: list[tuple[str, ...]]


def tables(report: dict[str, Any]) -> list[Table]:
    """All tables of a report, in order."""
    makers = (targets, sizes, rivals, branchy, agreement, phases, bandwidth)
    return [made for made in (make(report) for make in makers) if made.rows]


def _span(values: Iterable[float], form: str = ".2f") -> str:
    """Median and, of several, least and most."""
    values = sorted(values)
    if len(values) == 1:
        return format(values[0], form)
    return f"{median(values):{form}} ({values[0]:{form}}-{values[-1]:{form}})"


def _of_size(report: dict[str, Any], households: int, threads: int) -> dict[str, Any] | None:
    return next((s for s in report["sizes"] if (s["households"], s["threads"]) == (households, threads)), None)


def flatness(report: dict[str, Any]) -> float:
    """Dearest over cheapest household-month on one thread, from 25,000 households on [ratio]."""
    costs = [size["ns"] for size in report["sizes"] if size["threads"] == 1 and size["households"] >= 25_000]
    return max(costs) / min(costs)


def targets(report: dict[str, Any]) -> Table:
    """What was to be reached, what was dreamt of, what was measured."""
    commands, ensemble = report["commands"], report["ensemble"]
    rows = []
    if one := _of_size(report, 25_000, 1):
        rows.append(("25,000 households, 150 months, simulation only [s]", "0.3", "0.1", _span(one["months_s"])))
    if "warm_s" in commands:
        rows.append(("whole command, warm, files and charts included [s]", "4", "2.5", _span(commands["warm_s"])))
    if "first_s" in commands:
        rows.append(("whole command, first run ever [s]", "25", "12", _span(commands["first_s"], ".0f")))
    rows.append(("`--help` [s]", "0.3", "", _span(commands["help_s"])))
    if whole := _of_size(report, ALL, 2):
        seconds = whole["found_s"][0] + whole["months_s"][0]
        rows += [
            ("25.6 million households one to one, two threads, founding included [s]", "120", "45", f"{seconds:.0f}"),
            ("the same, peak memory [GB]", "6", "3", f"{whole['peak_bytes'] / 1e9:.1f}"),
        ]
    how = f", extrapolated from {ensemble['runs']}" if ensemble["extrapolated"] else ""
    what = f"1,000 runs of 25,000 households, two processes{how} [s]"
    rows.append((what, "150", "50", f"{ensemble['thousand_s']:.0f}"))
    rows += [
        (f"against plain Mesa agents at {one['households']:,} households, one thread", "150 x", "300 x",
         f"{one['ratio']:.0f} x")
        for one in report["mesa"] if one["households"] >= 5_000
    ]  # fmt: skip
    largest = max(size["households"] for size in report["sizes"] if size["threads"] == 1)
    what = f"dearest over cheapest household-month from 25,000 to {largest:,} households"
    rows.append((what, "1.5 x", "", f"{flatness(report):.2f} x"))
    note = "Median, and least to most where a thing was measured more than once."
    return Table("Targets", note, ("work", "target", "beyond", "measured"), rows)


def sizes(report: dict[str, Any]) -> Table:
    """Seconds and memory by size and threads."""
    rows = [
        (
            f"{one['households']:,}", str(one["threads"]), _span(one["found_s"]), _span(one["months_s"]),
            f"{one['ns']:,.0f}", f"{1e9 * median(one['cpu_s']) / one['households'] / one['months']:,.0f}",
            f"{one['peak_bytes'] / 1e6:,.0f}",
        )
        for one in report["sizes"]
    ]  # fmt: skip
    head = ("households", "threads", "founding [s]", "150 months [s]", "ns per household-month", "of it processor",
            "peak memory [MB]")  # fmt: skip
    note = "Each size in a process of its own; memory holds Python and its libraries too."
    return Table("By size and threads", note, head, rows)


def rivals(report: dict[str, Any]) -> Table:
    """The same rules in other hands."""
    rows = [
        (
            "plain Mesa agents", f"{one['households']:,}", "July 1930 to June 1931", f"{one['mesa']['cpu_ns']:,.0f}",
            f"{one['engine']['cpu_ns']:,.0f}", f"{one['ratio']:,.0f} x", f"{one['mesa']['peak_bytes'] / 1e6:,.0f}",
        )
        for one in report["mesa"]
    ]  # fmt: skip
    off = report["off"]
    what = f"{off['off']['households']:,} against {off['engine']['households']:,}"
    rows.append((
        "the same source, compiler off", what, f"{off['off']['months']} months from August 1927",
        f"{off['off']['cpu_ns']:,.0f}", f"{off['engine']['cpu_ns']:,.0f}", f"{off['ratio']:,.0f} x", "",
    ))  # fmt: skip
    if scalar := report.get("scalar"):
        costs = [
            1e9 * median(scalar[side]["cpu_s"]) / scalar[side]["households"] / MONTHS for side in ("scalar", "engine")
        ]
        rows.append((
            "the engine compiled without vector code", f"{scalar['engine']['households']:,}", "all 150",
            f"{costs[0]:,.0f}", f"{costs[1]:,.0f}", f"{scalar['ratio']:.2f} x", "",
        ))  # fmt: skip
    note = (
        "One thread, processor nanoseconds per household-month, Python between the loops included. The Mesa program "
        "calls the same scalar rules uncompiled; draws and exponentials are plain Python there, which is faster for it."
    )
    head = ("rival", "households", "months", "rival [ns]", "engine [ns]", "ratio", "rival's memory [MB]")
    return Table("The same rules in other hands", note, head, rows)


def branchy(report: dict[str, Any]) -> Table:
    """Three loops, one household at a time."""
    found = report["branchy"]
    rows = [
        (f"`{name}`", f"{one['branchy_ns']:.1f}", f"{one['engine_ns']:.1f}",
         f"{one['branchy_ns'] / one['engine_ns']:.1f} x", f"{100 * one['alike']:.2f} %")
        for name, one in found["loops"].items()
    ]  # fmt: skip
    if rows:
        slow, fast = (sum(one[side] for one in found["loops"].values()) for side in ("branchy_ns", "engine_ns"))
        rows.append(("together", f"{slow:.1f}", f"{fast:.1f}", f"{slow / fast:.1f} x", ""))
    note = (
        f"November 1932 at {found['households']:,} households, one thread, nanoseconds a household, least of several. "
        "The rival goes household by household with early exits, compiled by the same compiler from the same rules. "
        "`alike` is the least part of a column's rows (of households present) that agrees within 1e-4."
    )
    return Table("Against a branchy compiled loop", note, ("loop", "branchy", "engine", "ratio", "alike"), rows)


def agreement(report: dict[str, Any]) -> Table:
    """Mesa agents and the engine live the same history."""
    from benchmarks.words import OUTCOMES

    found = report["agreement"]
    rows = []
    for name, one in found["outcomes"].items():
        what, unit = OUTCOMES[name]
        low, high = one["spread"]
        rows.append((
            f"{what} [{unit}]", f"{one['engine']:.3f}", f"{one['mesa']:.3f}", f"{low:.3f}-{high:.3f}",
            f"{one['apart']:.0e}",
        ))  # fmt: skip
    note = (
        f"All 150 months at {found['households']:,} households, medians of {found['seeds']} seed(s); spread of the "
        "engine over eight seeds. `apart` is the largest relative difference between both programs with the same seed."
    )
    return Table(
        "Mesa agents live the same history", note, ("outcome", "engine", "Mesa agents", "spread", "apart"), rows
    )


def phases(report: dict[str, Any]) -> Table:
    """Cost by phase and loop."""
    found = report["loops"]
    by_phase: dict[str, float] = defaultdict(float)
    for name, ns in found["ns"].items():
        by_phase[name.split(".")[0]] += ns
    whole = sum(by_phase.values())
    rows = []
    for phase, ns in sorted(by_phase.items(), key=lambda one: -one[1]):
        parts = [
            f"{name.split('.')[1]} {cost:.1f}" for name, cost in found["ns"].items() if name.startswith(f"{phase}.")
        ]
        rows.append((phase, f"{ns:.1f}", f"{100 * ns / whole:.0f} %", ", ".join(parts)))
    note = f"{found['households']:,} households, one thread; nanoseconds per household-month, spread over all months."
    return Table("By phase", note, ("phase", "ns", "share", "its loops"), rows)


def bound(report: dict[str, Any], threads: int, what: str = "as_built") -> float:
    """Nanoseconds per household-month that memory alone would take."""
    fastest = max(one["bytes_per_s"] for one in report["bandwidth"]["copied"] if one["threads"] <= threads)
    return float(1e9 * report["bandwidth"]["traffic"][what] / fastest)


def bandwidth(report: dict[str, Any]) -> Table:
    """How far from what memory would allow."""
    traffic = report["bandwidth"]["traffic"]
    rows = []
    for threads in (1, 2):
        costs = [one["ns"] for one in report["sizes"] if one["threads"] == threads and one["households"] >= 100_000]
        if not costs:
            continue
        copied = next(one for one in report["bandwidth"]["copied"] if one["threads"] == threads)
        least, once = bound(report, threads), bound(report, threads, "each_column_once")
        rows.append((
            str(threads), f"{copied['bytes_per_s'] / 1e9:.1f}", f"{least:.1f}", f"{once:.1f}", f"{costs[-1]:.0f}",
            f"{costs[-1] / least:.1f} x",
        ))  # fmt: skip
    note = (
        f"A household is {traffic['bytes_per_household']} bytes. In a month the loops read and write "
        f"{traffic['as_built']:.0f} bytes of it (each column that a loop names once, those that it changes twice); "
        f"all loops in one would need {traffic['each_column_once']}. A bound is these bytes at the speed of a copy."
    )
    head = ("threads", "copy [GB/s]", "bound as built [ns]", "bound in one walk [ns]", "largest country [ns]",
            "from the bound")  # fmt: skip
    return Table("How far from memory", note, head, rows)


def page(report: dict[str, Any]) -> str:
    """Write the report as Markdown."""
    about = report["machine"]
    about_it = (
        f"Version {report['version']}, measured in one run of `python -m benchmarks` ({report['plan']}, "
        f"{report['minutes']:.0f} minutes) on {about['processor']}, {about['processors']} processors, "
        f"{about.get('memory_gb', '?')} GB, {about['system']}; Python {about['python']}, numba {about['numba']}, numpy "
        f"{about['numpy']}, Mesa {about['mesa']}; load before {about['load_before']}, after {report['load_after']}."
    )
    lines = [
        "<!-- Written by `python -m benchmarks --write`; edit nothing here. -->",
        "# What it costs",
        "",
        about_it,
        "",
        "![Cost of a household's month against the number of households](cost.png)",
    ]
    for table in tables(report):
        lines += ["", f"## {table.title}", "", table.note, ""]
        lines.append("| " + " | ".join(table.head) + " |")
        lines.append("| --- |" + " ---: |" * (len(table.head) - 1))
        lines += ["| " + " | ".join(row) + " |" for row in table.rows]
    return "\n".join(lines) + "\n"


def show(report: dict[str, Any]) -> None:
    """Print the report on the terminal."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table as Shown

    console = Console()
    if not console.is_terminal:
        console = Console(width=140)
    for table in tables(report):
        shown = Shown(title=table.title, caption=table.note.replace("`", ""), title_justify="left", title_style="bold")
        for place, word in enumerate(table.head):
            text = place == 0 or word == "its loops"
            shown.add_column(escape(word), justify="left" if text else "right", overflow="fold")
        for row in table.rows:
            shown.add_row(*(escape(cell.replace("`", "")) for cell in row))
        console.print(shown)
