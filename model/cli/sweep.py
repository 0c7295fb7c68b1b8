"""The command `sweep`: check the whole design, live what is not there yet, write one table, show it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from model.cli.door import USER, say
from model.cli.terminal import console
from model.cli.watching import RUNS, announce, watched
from model.cli.writing import print_json

if TYPE_CHECKING:
    import pandas as pd

    from model.ensemble.design import Point
    from model.policy.scenario import Scenario

TABLE = "sweep.csv"
ROWS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Sweep:
    """A sweep as it was asked for."""

    scenario: str
    vary: tuple[str, ...]
    design: Path | None
    seeds: int
    seed: int | None
    households: str | None
    out: Path | None
    workers: int | None
    scheduler: str | None
    retry: bool
    quiet: bool
    as_json: bool


@dataclass(frozen=True, slots=True)
class Lived:
    """A sweep that was lived: the points of its design, and the runs, point by point, of as many seeds each."""

    scenario: Scenario
    households: int
    seeds: int
    points: list[Point]
    runs: pd.DataFrame
    outcomes: pd.DataFrame
    """The headlines of every run, no numbers where it failed."""
    folder: Path

    @property
    def varied(self) -> list[str]:
        """Everything that some point changes."""
        return list(dict.fromkeys(name for point in self.points for name in point))

    @property
    def failed(self) -> pd.Series:
        """Reasons, by key."""
        return self.runs["failure"][self.runs["failure"] != ""]

    def of(self, row: int) -> pd.DataFrame:
        """Return the outcomes of one point's seeds, of those that were lived."""
        return self.outcomes.iloc[row * self.seeds : (row + 1) * self.seeds].dropna(how="all")


def carry_out(sweep: Sweep) -> None:
    """Live a sweep; all that can be refused is refused before it begins."""
    from model.ensemble import design, live_all
    from model.ensemble.headline import headlines
    from model.plan import planned
    from model.policy.scenario import Scenario

    began = time.perf_counter()
    scenario = Scenario.load(sweep.scenario)
    plan = planned(scenario, households=sweep.households, seed=sweep.seed, seeds=sweep.seeds)
    points, place = _points(sweep)
    asked = design.variants(scenario, points, seeds=plan.luck, households=plan.households, place=place)
    folder = sweep.out or Path("results") / f"sweep-{scenario.name}"
    announce(plan.households, quiet=sweep.quiet)
    with watched(scenario.title, folder, quiet=sweep.quiet) as tick:
        runs = live_all(
            asked,
            store=folder / RUNS,
            workers=sweep.workers,
            scheduler=sweep.scheduler,
            progress=tick,
            retry=sweep.retry,
        )
    lived = Lived(scenario, plan.households, sweep.seeds, points, runs, headlines(runs), folder)
    _write(lived)
    if sweep.as_json:
        print_json(_plain(lived))
    elif not sweep.quiet:
        _show(lived, time.perf_counter() - began)
    if len(lived.failed):
        say(
            f"{len(lived.failed)} of {len(runs)} runs failed; the first: {lived.failed.iloc[0]} "
            f"All reasons stand in {folder / TABLE}; --retry lives these runs again."
        )
        raise typer.Exit(USER)


def _points(sweep: Sweep) -> tuple[list[Point], str]:
    """Return the points of the grid or of the design file, and how errors call the design."""
    from model.ensemble import design
    from model.plan import RunError

    if bool(sweep.vary) == bool(sweep.design):
        raise RunError(f"vary: name what varies, by --vary or by --design; {design.HOW}.")
    if sweep.design:
        return design.rows_of(sweep.design), str(sweep.design)
    return design.grid(sweep.vary), "vary"


def _write(lived: Lived) -> None:
    """Write `sweep.csv`: one line for each run, its outcomes with their units, or why it failed."""
    from model.calibration.files import write_all
    from model.ensemble.headline import unit_of

    table = lived.runs[["scenario", "households", "seed", *lived.varied]].copy()
    for name, column in lived.outcomes.items():
        table[f"{name} [{unit_of(str(name))}]"] = column.to_numpy()
    table["failure"] = lived.runs["failure"]
    write_all({lived.folder / TABLE: table.to_csv(lineterminator="\n", float_format="%.9g")})


def _plain(lived: Lived) -> dict[str, Any]:
    """Return the sweep as plain data: mean, lowest and highest of the seeds of every point."""
    from model.ensemble.headline import unit_of

    def told(outcomes: pd.DataFrame) -> dict[str, Any]:
        return {
            str(name): {
                "unit": unit_of(str(name)),
                "mean": float(column.mean()),
                "lowest": float(column.min()),
                "highest": float(column.max()),
            }
            for name, column in outcomes.items()
            if len(column)
        }

    return {
        "scenario": lived.scenario.name,
        "households": lived.households,
        "runs": len(lived.runs),
        "points": [
            {"values": point, "seeds": len(lived.of(row)), "outcomes": told(lived.of(row))}
            for row, point in enumerate(lived.points)
        ],
        "failures": [{"key": key, "reason": reason} for key, reason in lived.failed.items()],
        "files": [str(lived.folder / TABLE), str(lived.folder / RUNS)],
    }


def _show(lived: Lived, seconds: float) -> None:
    """Print the outcomes by varied value: means over seeds, their standard deviation below."""
    from rich.table import Table

    from model.ensemble.headline import unit_of

    terminal = console()
    out = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    for name in lived.varied:
        section, _, short = name.partition(".")
        out.add_column(f"{section}\n{short}", justify="right", style="bold", vertical="top")
    for name in lived.outcomes.columns:
        subject, _, when = name.partition("/")
        out.add_column(f"{subject.replace('_', ' ')}\n{when}\n{unit_of(name)}", justify="right")
    for row, point in enumerate(lived.points[:ROWS_SHOWN]):
        values = [f"{point[name]:g}" if name in point else "" for name in lived.varied]
        out.add_row(*values, *(_cell(column) for _, column in lived.of(row).items()))
    luck = "one seed" if lived.seeds == 1 else f"mean and standard deviation of {lived.seeds} seeds"
    terminal.print(f"[bold]{lived.scenario.title}[/bold]: {lived.households:,} households, {luck}")
    terminal.print(out)
    if len(lived.points) > ROWS_SHOWN:
        terminal.print(f"... and {len(lived.points) - ROWS_SHOWN:,} more in {lived.folder / TABLE}.", markup=False)
    files = f"{lived.folder}: {TABLE}, {RUNS}/ ({len(lived.runs):,} runs). {seconds:.1f} s in all."
    terminal.print(files, markup=False)


def _cell(outcomes: pd.Series) -> str:
    """Write one outcome of a point."""
    from model.cli.summary import figure
    from model.cli.terminal import speaks_unicode

    if not len(outcomes):
        return "failed"
    mean, sign = figure(float(outcomes.mean())), "±" if speaks_unicode() else "+-"
    return mean if len(outcomes) == 1 else f"{mean}\n{sign} {figure(float(outcomes.std()))}"
