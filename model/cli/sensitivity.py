"""The command `sensitivity`: check what was asked, live what is not in the store yet, write tables and charts, show."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from model.cli.door import USER, say
from model.cli.terminal import console, speaks_unicode
from model.cli.watching import RUNS, announce, watched
from model.cli.writing import csv_of, draw_into, print_json

if TYPE_CHECKING:
    from model.sensitivity import Study

SUMMARY = "sensitivity.json"
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
    within: float
    seed: int | None
    households: str | None
    out: Path | None
    workers: int | None
    charts: bool
    quiet: bool
    as_json: bool


def carry_out(asked: Question) -> None:
    """Answer it; all that can be refused is refused before it begins."""
    from model.plan import planned
    from model.policy.scenario import Scenario
    from model.sensitivity import Budget, study

    began = time.perf_counter()
    scenario = Scenario.load(asked.scenario)
    plan = planned(scenario, households=asked.households or 12_500, seed=asked.seed)
    budget = Budget(asked.trajectories, asked.top, asked.values, asked.seeds, asked.blocks, asked.within)
    names = [name.strip() for name in (asked.constants or "").split(",") if name.strip()]
    folder = asked.out or Path("results") / f"sensitivity-{scenario.name}"
    announce(plan.households, quiet=asked.quiet)
    with watched(scenario.title, folder, quiet=asked.quiet) as tick:
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
        print_json(plain(found) | {"files": [str(file) for file in files]})
    elif not asked.quiet:
        _show(found, folder, time.perf_counter() - began)
    if found.failed:
        say(f"{found.failed} of {found.runs} runs failed and were left out; their reasons are kept in {folder / RUNS}.")
        raise typer.Exit(USER)


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
    """Write the tables and the summary, each file whole or not at all, and the charts."""
    from model.calibration.files import write_all

    texts = {folder / table: csv_of(getattr(found, name), figures=7) for name, table in TABLES.items()}
    texts[folder / SUMMARY] = json.dumps(plain(found), indent=2, ensure_ascii=False) + "\n"
    files = write_all(texts)
    return files + draw_into(folder, lambda stage: _draw(found, stage)) if charts else files


def _draw(found: Study, folder: Path) -> list[Path]:
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
    files = []
    for draw in (sensitivity.sensitivity_tornado, sensitivity.sensitivity_curves):
        files += album.save(draw(shown), folder / draw.__name__)
    shown.n_members = found.budget.blocks  # each block has a seed of its own
    return files + album.save(sensitivity.sensitivity_shares(shown), folder / sensitivity.sensitivity_shares.__name__)


def _show(found: Study, folder: Path, seconds: float) -> None:
    """Print for every outcome the constants that decide it most, by Sobol and by Morris."""
    from model.cli.summary import figure
    from model.sensitivity.outcomes import OUTCOMES

    terminal = console()
    terminal.print(
        f"[bold]{found.scenario.title}[/bold]: {found.constants} constants screened, {len(found.top)} studied, "
        f"{found.runs:,} runs of {found.households:,} households"
    )
    sign = "±" if speaks_unicode() else "+-"
    line = "  {:<26}{:>10}{:>18}{:>14}{:>10}{:>14}".format
    terminal.print(line("", "Morris mu*", "95 %", "Sobol alone, %", "total, %", "95 %"), markup=False)
    for one in OUTCOMES:
        mean, deviation = found.luck[one.name]
        terminal.print(f"[bold]{one.title}: {figure(mean)} {sign} {figure(deviation)} ({one.unit})[/bold]")
        shares = found.shares[found.shares["outcome"] == one.name].set_index("constant")
        effects = found.effects[found.effects["outcome"] == one.name].set_index("constant")
        for name in shares.index[:SHOWN]:
            size, low, high = map(float, effects.loc[name, ["mean_size", "low", "high"]])
            first, total, least, most = (f"{100.0 * float(shares.loc[name, key]):.0f}" for key in SHARES)
            effect = f"{figure(low)} to {figure(high)}"
            terminal.print(line(name, figure(size), effect, first, total, f"{least} to {most}"), markup=False)
    part = f"{100 * found.budget.within:.0f} % of the plausible range"
    terminal.print(f"{sign}: sd over seeds. mu*: mean size of the change over {part}.", markup=False)
    told = ", ".join([*TABLES.values(), SUMMARY])
    terminal.print(f"{folder}: {told}, {RUNS}/. {seconds:.0f} s in all.", markup=False)
