"""The command `run`: check everything first, live, write, and say what came out."""

from __future__ import annotations

import json
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from model.cli.door import USER, say
from model.cli.terminal import console, progress
from model.cli.writing import print_json

if TYPE_CHECKING:
    import xarray as xr

    from model.policy.scenario import Scenario

COMPILE_SECONDS = 40


@dataclass(frozen=True, slots=True)
class Order:
    """A run as it was asked for."""

    scenario: str | None
    households: str | None
    seed: int | None
    seeds: int
    posterior: int | None
    threads: int | None
    keep: str | None
    start_from: Path | None
    save_at: tuple[str, ...]
    out: Path | None
    charts: bool
    quiet: bool
    as_json: bool


def carry_out(order: Order) -> None:
    """Live the scenario and leave its results in the folder; all that can be refused is refused before it begins."""
    from model.plan import how_rough, planned
    from model.results import store
    from model.running import CheckpointLost, RunWarning, live

    began = time.perf_counter()
    plan = planned(
        order.scenario,
        households=order.households,
        seed=order.seed,
        seeds=order.seeds,
        threads=order.threads,
        keep=order.keep,
        start_from=order.start_from,
        save_at=order.save_at,
        behaviours=_of_the_posterior(order),
    )
    folder = order.out or Path("results") / plan.scenario.name
    store.prepare(folder)
    announce_compiling(quiet=order.quiet)
    checkpoints: list[Path] = []
    with _warnings_said(quiet=order.quiet) as said, _where_to_go_on(checkpoints):
        if warning := how_rough(plan.households):
            warnings.warn(warning, RunWarning, stacklevel=2)
        with progress(plan.scenario.title, quiet=order.quiet) as tick:
            dataset = live(plan, folder=folder, progress=tick, kept=checkpoints.append)
        record = json.loads(dataset.attrs["provenance"])
        files = store.write(dataset, folder, record, _drawing(plan.scenario, order.charts))
    files += checkpoints
    if not order.quiet:
        _report(dataset, folder, files, time.perf_counter() - began, as_json=order.as_json)
    if CheckpointLost in said:
        raise typer.Exit(USER)  # the results are there, but not all that was asked for


def _of_the_posterior(order: Order) -> list[dict[str, float]]:
    """Return the sets of constants that were asked for; a scenario that sets some of them itself keeps those."""
    if order.posterior is None:
        return []
    from model.calibration import vectors

    return vectors(order.posterior, seed=1 if order.seed is None else order.seed)


@contextmanager
def _warnings_said(*, quiet: bool) -> Iterator[list[type[Warning]]]:
    """Say the warnings of a run on stderr, one sentence each, and note their kinds; if quiet only what went wrong."""
    from model.running import CheckpointLost, RunWarning

    said: list[type[Warning]] = []

    def tell(message: Warning | str, kind: type[Warning], *_: Any) -> None:
        said.append(kind)
        if kind is CheckpointLost or not quiet:
            say(str(message))

    with warnings.catch_warnings():
        warnings.simplefilter("always", RunWarning)
        warnings.showwarning = tell  # type: ignore[assignment]  # it need not know file and line
        yield said


@contextmanager
def _where_to_go_on(checkpoints: list[Path]) -> Iterator[None]:
    """Should the run be cut short, name the last checkpoint that it wrote."""
    try:
        yield
    except BaseException:
        if checkpoints:
            say(f"To go on from the last checkpoint: collectivisation run --from {checkpoints[-1]}")
        raise


def _drawing(scenario: Scenario, wanted: bool) -> Callable[[xr.Dataset, Path], object] | None:
    """Return what draws the charts, or nothing."""
    if not wanted:
        return None

    def draw(dataset: xr.Dataset, folder: Path) -> None:
        from model.figures import draw_all

        draw_all(dataset, folder, scenario_title=scenario.title)

    return draw


def announce_compiling(*, quiet: bool) -> None:
    """Say that the first run waits for the compiler, where it does."""
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
        print_json(answer)
        return
    terminal = console()
    seeds = dataset.attrs["seeds"].split()
    members = "sets of constants" if "behaviours" in json.loads(dataset.attrs["provenance"]) else "seeds"
    luck = f"seed {seeds[0]}" if len(seeds) == 1 else f"median of {len(seeds)} {members}"
    terminal.print(f"[bold]{dataset.attrs['title']}[/bold]: {dataset.attrs['households']:,} households, {luck}")
    terminal.print(table(dataset, terminal.width))
    terminal.print(ledger_line(dataset))
    names = [file.name for file in files if file.parent.name != CHARTS]
    charts = sum(1 for file in files if file.parent.name == CHARTS)
    beside = [f"{charts} charts"] if charts else []
    terminal.print(f"{folder}: {', '.join([*names, *beside])}. {seconds:.1f} s in all.")


def compile_rules() -> None:
    """Live the first months of a small country, so that every rule is compiled and kept."""
    from model.country import Country
    from model.plan import FEWEST
    from model.policy.scenario import Scenario

    announce_compiling(quiet=False)
    began = time.perf_counter()
    country = Country(Scenario.load("historical"), households=FEWEST, seed=1, threads=1)
    for _ in range(6):  # to December: harvest, sowing, the first census
        country.step()
        country.readings()
        country.distributions()
    console().print(f"The rules are compiled ({time.perf_counter() - began:.1f} s).")
