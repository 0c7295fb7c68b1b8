"""The command `compare`: live scenarios under the same luck, print their differences, write tables and charts."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.cli.terminal import console, speaks_unicode
from model.cli.watching import RUNS, announce, watched
from model.cli.writing import csv_of, draw_into, print_json

if TYPE_CHECKING:
    import pandas as pd

    from model.comparison import Contest
    from model.comparison.outcomes import Outcome
    from model.figures.rivals import Rivals

COLUMNS_AT_ONCE = 3  # scenarios beside the baseline in one table


@dataclass(frozen=True, slots=True)
class Asked:
    """A comparison as it was asked for; None takes the default."""

    scenarios: tuple[str, ...]
    seeds: int
    posterior: int
    households: str | None
    out: Path | None
    workers: int | None
    charts: bool
    quiet: bool
    as_json: bool


def carry_out(asked: Asked) -> None:
    """Live, tell, write; all that can be refused is refused before the first run."""
    from model.comparison import Wish, hold
    from model.comparison.contest import loaded
    from model.plan import HOUSEHOLDS, number_of_households

    began = time.perf_counter()
    households = HOUSEHOLDS if asked.households is None else number_of_households(asked.households)
    wish = Wish(asked.scenarios, asked.seeds, asked.posterior, households)
    names = [one.name for one in loaded(wish.scenarios)]
    folder = asked.out or Path("results") / ("compare-" + "-".join(names))
    announce(households, quiet=asked.quiet)
    with watched("Comparison", folder, quiet=asked.quiet) as watch:
        contest = hold(wish, store=folder / RUNS, workers=asked.workers, progress=watch)
    files = _write(contest, folder, charts=asked.charts)
    seconds = time.perf_counter() - began
    if asked.as_json:
        print_json(_plain(contest, seconds) | {"files": [str(file) for file in files]})
    elif not asked.quiet:
        _show(contest, folder, seconds, len(files))


def _write(contest: Contest, folder: Path, *, charts: bool) -> list[Path]:
    """Write the tables, each file whole or not at all, and the charts."""
    from model.calibration.files import write_all

    tables = {
        "compare.csv": contest.table(), "headlines.csv": contest.headlines(), "differences.csv": contest.everything(),
    }  # fmt: skip
    files = write_all({folder / name: csv_of(table) for name, table in tables.items()})
    if charts:
        files += draw_into(folder, lambda stage: _draw(contest, stage))
    return files


def _draw(contest: Contest, folder: Path) -> list[Path]:
    from model.comparison.outcomes import OUTCOMES
    from model.figures import album

    return album.draw_comparison(rivals_of(contest, OUTCOMES), folder)


def rivals_of(contest: Contest, outcomes: Sequence[Outcome]) -> Rivals:
    """Return what the charts of a comparison ask of it; an outcome that some scenario does not tell is left out."""
    from model import __version__
    from model.comparison.contest import SEEDS
    from model.figures.rivals import Rivals

    pairs = {one.name: contest.pairs(SEEDS, one.name, outcomes) for one in contest.others}
    return Rivals(
        version=__version__,
        households=contest.wish.households,
        titles={one.name: one.title for one in contest.scenarios},
        digests=dict(contest.runs[SEEDS]),
        outcomes={
            one.name: (one.label, one.unit, {name: found[one.name] for name, found in pairs.items()})
            for one in outcomes
            if all(one.name in found for found in pairs.values())
        },
    )


def _plain(contest: Contest, seconds: float) -> dict[str, Any]:
    """Return the comparison as plain data; what is not known (the error of one seed) is null."""
    table = contest.table()
    return {
        "baseline": contest.baseline.name,
        "scenarios": [one.name for one in contest.others],
        "seeds": contest.wish.seeds,
        "posterior_vectors": contest.wish.vectors,
        "households": contest.wish.households,
        "outcomes": [] if table.empty else json.loads(table.to_json(orient="records", double_precision=9)),
        "enough_seeds": {one.name: seeds_sentence(contest, one.name) for one in contest.others},
        "wall_seconds": round(seconds, 1),
    }


def seeds_sentence(contest: Contest, other: str) -> str:
    """Say of a scenario how sure its differences are, what shared luck saved, and how many seeds are enough."""
    from model.comparison.contest import SEEDS
    from model.comparison.outcomes import OUTCOMES

    pairs, seeds = contest.pairs(SEEDS, other), contest.wish.seeds
    if seeds < 2 or not pairs:
        return "one seed tells nothing of its own luck; take --seeds 2 or more."
    first = next(one for one in OUTCOMES if one.name in pairs)
    pair = pairs[first.name]
    enough = {name: one.seeds_enough for name, one in pairs.items() if isfinite(one.seeds_enough)}
    held = sum(number <= seeds for number in enough.values())
    worst = max(enough, key=lambda name: enough[name], default=first.name)
    label = next(one.label.lower() for one in OUTCOMES if one.name == worst)
    gain = f"{_figure(pair.gain)} times as many seeds would be needed" if isfinite(pair.gain) else "all luck is shared"
    return (
        f"{first.label.lower()} {signed(pair.difference.mean)} {first.unit}, "
        f"standard error {_figure(pair.standard_error)} with {seeds} seeds ({_figure(pair.sd_paired)} with one); "
        f"without shared luck {gain}. "
        f"{_figure(enough.get(first.name, float('nan')), whole=True)} seeds are enough for it; with {seeds}, "
        f"{held} of {len(pairs)} outcomes are known well enough, the least certain ({label}) would take "
        f"{_figure(enough.get(worst, float('nan')), whole=True)}."
    )


def _show(contest: Contest, folder: Path, seconds: float, files: int) -> None:
    """Print levels and differences, a line on the seeds for each scenario, and where the files are."""
    terminal = console()
    wish = contest.wish
    terminal.print(
        f"[bold]{contest.baseline.title}[/bold] and paired differences to it: {wish.households:,} households, "
        f"{wish.seeds} seed{'s' if wish.seeds > 1 else ''}; in brackets 90 % of the seeds"
        + (f", then of {wish.vectors} sets of constants." if wish.vectors else ".")
    )
    table = contest.table()
    if table.empty:
        terminal.print("These scenarios end before any of the outcomes that are told here.")
    else:
        for begin in range(0, len(contest.others), COLUMNS_AT_ONCE):
            terminal.print(_table(contest, table, begin))
    for one in contest.others:
        terminal.print(f"{one.name}: {seeds_sentence(contest, one.name)}", markup=False)
    terminal.print(
        "Known well enough: the 90 % interval of the mean reaches no further than a tenth of the difference, "
        "or a hundredth of the level."
    )
    terminal.print(f"{folder}: compare.csv and {files - 1} other tables and charts. {seconds:.0f} s.", markup=False)


def _table(contest: Contest, table: pd.DataFrame, begin: int) -> Any:
    """Return the table of some scenarios beside the baseline."""
    from rich.table import Table

    from model.comparison.contest import SET
    from model.comparison.outcomes import OUTCOMES
    from model.figures.looks import looks_of
    from model.figures.rivals import lines_of

    shown = contest.others[begin : begin + COLUMNS_AT_ONCE]
    out = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    out.add_column("")
    out.add_column("", style="dim")
    out.add_column(contest.baseline.name, justify="right", style="bold")
    for one in shown:
        out.add_column(one.name, justify="right", header_style=f"bold {looks_of(one.name).colour}")
    cells = {(row.luck, row.outcome, row.scenario): row for row in lines_of(table)}
    for outcome in OUTCOMES:
        found = [cells.get(("seeds", outcome.name, one.name)) for one in shown]
        if not any(found):
            continue
        level = next(row.baseline_mean for row in found if row)
        texts = [range_of(row) if row else "" for row in found]
        out.add_row(outcome.label, outcome.unit, _figure(level), *texts)
        if contest.wish.vectors:
            wide = [cells.get((SET, outcome.name, one.name)) for one in shown]
            mean = next((row.baseline_mean for row in wide if row), float("nan"))
            out.add_row("", "sets of constants", f"[dim]{_figure(mean)}[/]", *(
                f"[dim]{range_of(row)}[/]" if row else "" for row in wide
            ))  # fmt: skip
    return out


def range_of(row: Any) -> str:
    """Write a paired difference with the range of 90 % of its runs."""
    low, high = signed(row.difference_low), signed(row.difference_high)
    return f"{signed(row.difference)} ({low} to {high})"


def signed(value: float) -> str:
    """Write a number with its sign.

    >>> signed(0.5)
    '+0.50'
    """
    minus = "−" if speaks_unicode() else "-"
    text = _figure(abs(value))
    if not text.strip("0.,"):
        return text
    return f"{minus if value < 0 else '+'}{text}"


def _figure(value: float, *, whole: bool = False) -> str:
    """Write a number with three figures or so; two where it is below ten."""
    if not isfinite(value):
        return "not known" if value != value else "endlessly many"  # noqa: PLR0124  # nan
    size = abs(value)
    return f"{value:,.0f}" if whole or size >= 100 else f"{value:.1f}" if size >= 10 else f"{value:.2f}"
