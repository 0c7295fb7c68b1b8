"""The command `run`: check everything first, live, write, and say what came out."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from model.cli.door import say
from model.cli.terminal import console, progress

if TYPE_CHECKING:
    import xarray as xr

    from model.policy.scenario import Scenario

COMPILE_SECONDS = 40


@dataclass(frozen=True, slots=True)
class Order:
    """A run as it was asked for."""

    scenario: str
    households: str
    seed: int
    seeds: int
    threads: int | None
    out: Path | None
    charts: bool
    quiet: bool
    as_json: bool


def carry_out(order: Order) -> None:
    """Live the scenario and leave its results in the folder; all that can be refused is refused before it begins."""
    from model.policy.scenario import Scenario
    from model.results import store
    from model.running import check_numbers, how_rough, run

    began = time.perf_counter()
    scenario = Scenario.load(order.scenario)
    households = check_numbers(order.households, order.seed, order.seeds, order.threads)
    folder = order.out or Path("results") / scenario.name
    store.prepare(folder)
    _announce_compiling(quiet=order.quiet)
    warning = how_rough(households)
    if warning and not order.quiet:
        say(warning)
    with progress(scenario.title, quiet=order.quiet) as tick:
        dataset = run(
            scenario,
            households=households,
            seed=order.seed,
            seeds=order.seeds,
            threads=order.threads,
            progress=tick,
        )
    files = store.write(dataset, folder, json.loads(dataset.attrs["provenance"]), _drawing(scenario, order.charts))
    if not order.quiet:
        _report(dataset, folder, files, time.perf_counter() - began, as_json=order.as_json)


def _drawing(scenario: Scenario, wanted: bool) -> Callable[[xr.Dataset, Path], object] | None:
    """Return what draws the charts, or nothing."""
    if not wanted:
        return None

    def draw(dataset: xr.Dataset, folder: Path) -> None:
        from model.figures import draw_all

        draw_all(dataset, folder, scenario_title=scenario.title)

    return draw


def _announce_compiling(*, quiet: bool) -> None:
    from model.compiled import is_cold

    if not quiet and is_cold():
        say(f"Compiling the rules, once for this installation: about {COMPILE_SECONDS} seconds.")


def _report(dataset: xr.Dataset, folder: Path, files: list[Path], seconds: float, *, as_json: bool) -> None:
    """Print the summary."""
    from model.cli.summary import as_json as summary_as_json
    from model.cli.summary import ledger_line, table
    from model.results.store import CHARTS

    if as_json:
        answer = summary_as_json(dataset) | {"folder": str(folder), "files": [str(file) for file in files]}
        json.dump(answer, sys.stdout, indent=2, ensure_ascii=False)
        sys.stdout.write("\n")
        return
    terminal = console()
    seeds = dataset.attrs["seeds"].split()
    luck = f"seed {seeds[0]}" if len(seeds) == 1 else f"median of {len(seeds)} seeds"
    terminal.print(f"[bold]{dataset.attrs['title']}[/bold]: {dataset.attrs['households']:,} households, {luck}")
    terminal.print(table(dataset, terminal.width))
    terminal.print(ledger_line(dataset))
    charts = sum(1 for file in files if file.parent.name == CHARTS)
    beside = f" and {charts} charts" if charts else ""
    terminal.print(f"{folder}: run.nc, series.csv, annual.csv, provenance.json{beside}. {seconds:.1f} s in all.")


def compile_rules() -> None:
    """Live the first months of a small country, so that every rule is compiled and kept."""
    from model.country import Country
    from model.policy.scenario import Scenario
    from model.running import FEWEST

    _announce_compiling(quiet=False)
    began = time.perf_counter()
    country = Country(Scenario.load("historical"), households=FEWEST, seed=1, threads=1)
    country.step()
    country.readings()
    console().print(f"The rules are compiled ({time.perf_counter() - began:.1f} s).")
