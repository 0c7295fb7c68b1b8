"""The command `sensitivity`: check what was asked, live what is not in the store yet, write tables and charts, show."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from model.cli.door import USER, say
from model.cli.running import announce_compiling
from model.cli.terminal import console, progress, speaks_unicode

if TYPE_CHECKING:
    from collections.abc import Callable

    from model.sensitivity import Study

RUNS, SUMMARY = "runs", "sensitivity.json"
TABLES = {"effects": "morris.csv", "curves": "curves.csv", "shares": "sobol.csv"}
SHARES = ("first", "total", "total_low", "total_high")
SHOWN = 4  # constants told for each outcome


@dataclass(frozen=True, slots=True)
class Question:
    """A sensitivity study as it was asked for."""

    scenario: str
    constants: str | None
    trajectories: int
    top: int
    values: int
    seeds: int
    blocks: int
    seed: int | None
    households: str | None
    out: Path | None
    workers: int | None
    charts: bool
    quiet: bool
    as_json: bool


def carry_out(asked: Question) -> None:
    """Answer it; all that can be refused is refused before it begins."""
    from model.plan import how_rough, planned
    from model.policy.scenario import Scenario
    from model.sensitivity import Budget, study

    began = time.perf_counter()
    scenario = Scenario.load(asked.scenario)
    plan = planned(scenario, households=asked.households or 12_500, seed=asked.seed)
    budget = Budget(asked.trajectories, asked.top, asked.values, asked.seeds, asked.blocks)
    names = [name.strip() for name in (asked.constants or "").split(",") if name.strip()]
    folder = asked.out or Path("results") / f"sensitivity-{scenario.name}"
    announce_compiling(quiet=asked.quiet)
    if not asked.quiet and (warning := how_rough(plan.households)):
        say(warning)
    with _progress(scenario.title, folder, quiet=asked.quiet) as tick:
        found = study(
            scenario,
            households=plan.households,
            seed=plan.luck[0],
            constants=names,
            budget=budget,
            store=folder / RUNS,
            workers=asked.workers,
            progress=tick,
        )
    files = _write(found, folder, charts=asked.charts)
    if asked.as_json:
        json.dump(plain(found) | {"files": [str(file) for file in files]}, sys.stdout, indent=2, ensure_ascii=False)
        sys.stdout.write("\n")
    elif not asked.quiet:
        _show(found, folder, time.perf_counter() - began)
    if found.failed:
        say(f"{found.failed} of {found.runs} runs failed and were left out; their reasons are kept in {folder / RUNS}.")
        raise typer.Exit(USER)


@contextmanager
def _progress(title: str, folder: Path, *, quiet: bool) -> Iterator[Callable[[int, int, str], None]]:
    """Show runs done and time left; should the study be cut short, say what is kept and how to go on."""
    kept = (0, 0)
    with progress(title, quiet=quiet) as bar:

        def tick(done: int, runs: int, stage: str) -> None:
            nonlocal kept
            kept = done, runs
            if bar is not None:
                bar(done, runs, stage)

        try:
            yield tick
        except BaseException:
            if kept[0]:
                say(f"{kept[0]} of {kept[1]} runs are kept in {folder / RUNS}; the same command goes on from there.")
            raise


def plain(found: Study) -> dict[str, Any]:
    """Return the study as plain data."""
    from model.sensitivity.outcomes import OUTCOMES

    return {
        "scenario": found.scenario.name,
        "households": found.households,
        "seed": found.seed,
        "budget": asdict(found.budget),
        "constants_screened": found.constants,
        "runs": found.runs,
        "failed": found.failed,
        "foremost": found.top,
        "outcomes": {
            one.name: {
                "title": one.title,
                "unit": one.unit,
                "mean": _number(found.luck[one.name][0]),
                "sd_of_luck": _number(found.luck[one.name][1]),
            }
            for one in OUTCOMES
        },
        **{name: json.loads(getattr(found, name).to_json(orient="records")) for name in TABLES},
    }


def _number(value: float) -> float | None:
    """Return a number that JSON has a word for."""
    return value if value == value else None  # noqa: PLR0124  # nan is the one that differs from itself


def _write(found: Study, folder: Path, *, charts: bool) -> list[Path]:
    """Write the tables, the summary and the charts, all of them or none."""
    from model.results.store import CannotWriteError, staged

    try:
        with staged(folder) as stage:
            for name, table in TABLES.items():
                getattr(found, name).to_csv(stage / table, index=False, float_format="%.7g")
            (stage / SUMMARY).write_text(
                json.dumps(plain(found), indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
            )
            if charts:
                _draw(found, stage)
            written = sorted(file for file in stage.iterdir() if file.is_file())
            for file in written:
                file.replace(folder / file.name)
    except OSError as error:
        raise CannotWriteError.of(folder, error) from error
    return [folder / file.name for file in written]


def _draw(found: Study, folder: Path) -> None:
    """Draw the three charts, each with its table."""
    from model import __version__
    from model.figures import album, sensitivity
    from model.sensitivity.outcomes import OUTCOMES

    shown = sensitivity.Found(
        title=found.scenario.title,
        attributes={"version": __version__, "scenario": found.scenario.name, "seeds": found.seed},
        n_members=found.budget.seeds,
        top=found.top,
        outcomes={one.name: (one.title, one.unit) for one in OUTCOMES},
        curves=found.curves,
        shares=found.shares,
        luck=found.luck,
    )
    for draw in (sensitivity.sensitivity_tornado, sensitivity.sensitivity_curves, sensitivity.sensitivity_shares):
        album.save(draw(shown), folder / draw.__name__)


def _show(found: Study, folder: Path, seconds: float) -> None:
    """Print for every outcome the constants that decide it most, by Sobol and by Morris."""
    from rich.table import Table

    from model.cli.summary import figure
    from model.sensitivity.outcomes import OUTCOMES

    terminal = console()
    terminal.print(
        f"[bold]{found.scenario.title}[/bold]: {found.constants} constants screened, {len(found.top)} studied, "
        f"{found.runs:,} runs of {found.households:,} households"
    )
    out = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("", "Morris mu*", "95 %", "Sobol first, %", "total, %", "95 %"):
        out.add_column(title, justify="right" if title else "left", no_wrap=True)
    sign = "±" if speaks_unicode() else "+-"
    for one in OUTCOMES:
        mean, deviation = found.luck[one.name]
        told = f"{one.title}: {figure(mean)} {sign} {figure(deviation)} {one.unit}"
        out.add_row(f"[bold]{told}[/bold]")
        shares = found.shares[found.shares["outcome"] == one.name].set_index("constant")
        effects = found.effects[found.effects["outcome"] == one.name].set_index("constant")
        for name in shares.index[:SHOWN]:
            size, low, high = map(float, effects.loc[name, ["mean_size", "low", "high"]])
            first, total, least, most = (100.0 * float(shares.loc[name, key]) for key in SHARES)
            out.add_row(
                f"  {name}", figure(size), f"{figure(low)} to {figure(high)}",
                f"{first:.0f}", f"{total:.0f}", f"{least:.0f} to {most:.0f}",
            )  # fmt: skip
    terminal.print(out)
    terminal.print(
        f"{sign}: standard deviation over seeds. mu*: mean size of the change over the plausible range of a constant.",
        markup=False,
    )
    told = ", ".join([*TABLES.values(), SUMMARY])
    terminal.print(f"{folder}: {told}, {RUNS}/. {seconds:.0f} s in all.", markup=False)
