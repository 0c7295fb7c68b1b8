"""Commands that live many runs; what they do stands in modules of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from model.cli.app import Charts, Json, Quiet, ScenarioName, Workers, app
from model.cli.door import door


@app.command()
def calibrate(
    waves: Annotated[int | None, typer.Option(metavar="W", help="Waves of history matching. [4]")] = None,
    runs: Annotated[int | None, typer.Option(metavar="N", help="Runs in each wave. [400]")] = None,
    households: Annotated[str | None, typer.Option(metavar="N", help="Simulated households of a run. [12500]")] = None,
    seed: Annotated[int, typer.Option(metavar="S", help="Luck of the search itself.")] = 1,
    seeds: Annotated[int | None, typer.Option(metavar="K", help="Countries lived for each vector kept. [4]")] = None,
    workers: Annotated[int | None, typer.Option(metavar="P", help="Runs at once. [one per core]")] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where runs and results go.")] = Path("results/calibration"),
    quick: Annotated[bool, typer.Option("--quick", help="Only show that everything works: few, small runs.")] = False,
    ship: Annotated[
        bool, typer.Option("--ship", help="Make the result the package's posterior, and its centre the defaults.")
    ] = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Find the constants of behaviour that the record up to 1933 allows, by history matching; goes on after a kill."""
    with door():
        from model.cli.calibrating import Wish, carry_out

        carry_out(
            Wish(waves, runs, households, seed, seeds, workers, out, quick=quick, ship=ship, quiet=quiet, as_json=json)
        )


@app.command()
def validate(
    scenario: Annotated[str, typer.Argument(metavar="[SCENARIO]", help="Whose run is scored.")] = "historical",
    seeds: Annotated[int, typer.Option(metavar="K", help="Countries under the default constants.")] = 20,
    households: Annotated[str | None, typer.Option(metavar="N", help="Simulated households of a run. [25000]")] = None,
    posterior: Annotated[
        int, typer.Option(metavar="N", help="Sets of constants of the posterior that give the bands; 0 = seeds alone.")
    ] = 100,
    baselines: Annotated[
        bool, typer.Option("--baselines/--no-baselines", help="Score simpler countries on the same board.")
    ] = True,
    workers: Annotated[int | None, typer.Option(metavar="W", help="Runs at once. [one per core]")] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where runs, tables and charts go.")] = Path(
        "results/validation"
    ),
    write: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write the page of validation, as docs/validation.md.")
    ] = None,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Score the model: sixteen patterns with target, median and band; what the bands hold; simpler countries."""
    with door():
        from model.cli.validating import Asked, carry_out

        carry_out(
            Asked(scenario, seeds, households, posterior, baselines, workers, out, write, quiet=quiet, as_json=json)
        )


@app.command()
def compare(
    scenarios: Annotated[
        list[str],
        typer.Argument(metavar="BASELINE SCENARIO...", help="Names that `list` shows, or paths, the baseline first."),
    ],
    seeds: Annotated[int, typer.Option(metavar="K", help="Countries of each scenario, the same luck in all.")] = 20,
    posterior: Annotated[
        int, typer.Option(metavar="N", help="Besides, N sets of constants that the record allows, the same in all.")
    ] = 0,
    households: Annotated[str | None, typer.Option(metavar="N", help="Simulated households of a run. [25000]")] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where results go. [results/compare-BASELINE-SCENARIO...]")
    ] = None,
    workers: Annotated[int | None, typer.Option(metavar="W", help="Runs at once. [one per core]")] = None,
    charts: Charts = True,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Ask what a decision did: scenarios beside a baseline, run by run under the same luck; goes on if stopped."""
    with door():
        from model.cli.comparing import Asked, carry_out

        carry_out(
            Asked(
                tuple(scenarios), seeds, posterior, households, out, workers,
                charts=charts, quiet=quiet, as_json=json,
            )
        )  # fmt: skip


@app.command()
def attribute(
    scenario: Annotated[str, typer.Argument(metavar="[SCENARIO]", help="Whose deaths are shared out.")] = "historical",
    seeds: Annotated[int | None, typer.Option(metavar="K", help="Countries of each set of policies. [4]")] = None,
    posterior: Annotated[
        int, typer.Option(metavar="N", help="Besides, N sets of constants that the record allows, the same in all.")
    ] = 0,
    households: Annotated[str | None, typer.Option(metavar="N", help="Simulated households of a run. [12500]")] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where results go. [results/attribution-SCENARIO]")
    ] = None,
    workers: Annotated[int | None, typer.Option(metavar="W", help="Runs at once. [one per core]")] = None,
    charts: Annotated[bool, typer.Option("--charts/--no-charts", help="Draw the chart.")] = True,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Share out deaths, lost cattle and industry among seven policies (Shapley), beside the literature's claims."""
    with door():
        from model.cli.attributing import Asked, carry_out

        carry_out(Asked(scenario, seeds, posterior, households, out, workers, charts=charts, quiet=quiet, as_json=json))


@app.command()
def reference(
    seeds: Annotated[int, typer.Option(metavar="K", help="Countries of each scenario, the same luck in all.")] = 20,
    sharing_seeds: Annotated[int, typer.Option(metavar="K", help="Countries of each set of policies.")] = 8,
    households: Annotated[
        str | None, typer.Option(metavar="N", help="Simulated households of a run. [25000; 12500 for sets of policies]")
    ] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where runs and results go.")] = Path("results/reference"),
    workers: Annotated[int | None, typer.Option(metavar="W", help="Runs at once. [one per core]")] = None,
    write: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write the page of the library, as docs/what_if.md.")
    ] = None,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Live the whole library and all sets of policies; renew the reference results; goes on if stopped."""
    with door():
        from model.cli.reference import Asked, carry_out

        carry_out(Asked(seeds, sharing_seeds, households, out, workers, write, quiet=quiet, as_json=json))


@app.command()
def sweep(
    scenario: ScenarioName,
    vary: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LEVER=LOW:HIGH:N",
            help="Vary a lever or behaviour.CONSTANT: procurement.rate=0.15:0.40:6, or =0.2,0.3. May be repeated; "
            "every combination is lived.",
        ),
    ] = None,
    design: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A CSV file instead: a column for each lever, a line for each variant."),
    ] = None,
    seeds: Annotated[int, typer.Option(metavar="K", help="Seeds of every variant, the same for all: S, S+1, ...")] = 1,
    seed: Annotated[int | None, typer.Option(metavar="S", help="The first seed. [1]")] = None,
    households: Annotated[str | None, typer.Option(metavar="N", help="Simulated households of a run. [25000]")] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where results go. [results/sweep-SCENARIO]")] = None,
    workers: Workers = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A dask cluster that lives the runs, as in tcp://host:8786.")
    ] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Live runs again that failed earlier.")] = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Vary what was ordered, or what is unsure; a second call goes on where the first one stopped."""
    with door():
        from model.cli.sweep import Sweep, carry_out

        carry_out(
            Sweep(
                scenario, tuple(vary or ()), design, seeds, seed, households, out, workers, scheduler,
                retry=retry, quiet=quiet, as_json=json,
            )
        )  # fmt: skip


@app.command()
def sensitivity(
    scenario: Annotated[
        str, typer.Argument(metavar="SCENARIO", help="A name that `list` shows, or the path of a TOML file.")
    ] = "historical",
    constants: Annotated[
        str | None, typer.Option(metavar="NAMES", help="Constants to screen: effort_loss,yield_level,... [all]")
    ] = None,
    trajectories: Annotated[int, typer.Option(metavar="T", help="Of the Morris screening.")] = 3,
    top: Annotated[int, typer.Option(metavar="K", help="How many constants curves and shares are made of.")] = 5,
    values: Annotated[int, typer.Option(metavar="V", help="Values of each of them along its curve.")] = 5,
    seeds: Annotated[int, typer.Option(metavar="K", help="Seeds behind every point of a curve.")] = 4,
    blocks: Annotated[int, typer.Option(metavar="B", help="Of the Sobol design; a power of two.")] = 64,
    within: Annotated[
        float, typer.Option(metavar="PART", help="Part of their ranges that constants go when they vary together.")
    ] = 0.25,
    seed: Annotated[int | None, typer.Option(metavar="S", help="The first seed, and that of the designs. [1]")] = None,
    households: Annotated[str | None, typer.Option(metavar="N", help="Simulated households of a run. [12500]")] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where results go. [results/sensitivity-SCENARIO]")
    ] = None,
    workers: Workers = None,
    charts: Charts = True,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Ask which behavioural constants decide the outcomes (Morris, OFAT, Sobol); minutes, and goes on if stopped."""
    with door():
        from model.cli.sensitivity import Question, carry_out

        carry_out(
            Question(
                scenario, constants, trajectories, top, values, seeds, blocks, within, seed, households, out, workers,
                charts=charts, quiet=quiet, as_json=json,
            )
        )  # fmt: skip
