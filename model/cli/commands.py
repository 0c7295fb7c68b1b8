"""The commands and their options; what they do stands in `running.py` and `asking.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from model.cli.door import door

app = typer.Typer(
    help="The Soviet countryside 1927-1939, household by household: what did which decision do?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

ScenarioName = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO", help="A name that `list` shows, or the path of a TOML file; several as in one+other."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print machine-readable JSON on stdout instead of text.")]


@app.command()
def run(
    scenario: Annotated[
        str | None,
        typer.Argument(
            metavar="SCENARIO", help="A name that `list` shows, or the path of a TOML file; several as in one+other."
        ),
    ] = None,
    households: Annotated[
        str | None,
        typer.Option(metavar="N", help="Simulated households, 900 to 25,600,000; `all` is one to one. [25000]"),
    ] = None,
    seed: Annotated[int | None, typer.Option(metavar="S", help="The country's luck. [1]")] = None,
    seeds: Annotated[int, typer.Option(metavar="K", help="How many countries, with seeds S, S+1, ...")] = 1,
    posterior: Annotated[
        int | None,
        typer.Option(
            metavar="N", help="Instead: N countries, each under a set of constants that the record allows and its seed."
        ),
    ] = None,
    threads: Annotated[
        int | None, typer.Option(metavar="T", help="Threads to use; the numbers do not depend on it. [one per core]")
    ] = None,
    keep: Annotated[
        str | None,
        typer.Option(metavar="H", help="Households kept in full: how many, or which rows (17,1234); 0 is none. [54]"),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where results go; charts of an earlier run there are replaced.")
    ] = None,
    save_at: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MONTH",
            help="Keep the country as it stands on the first morning of a month, as in 1930-01, before its orders, "
            "in DIR/1930-01.checkpoint. May be repeated.",
        ),
    ] = None,
    start_from: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Go on from a checkpoint, under SCENARIO or else its own."),
    ] = None,
    scenario_option: Annotated[
        str | None, typer.Option("--scenario", metavar="SCENARIO", help="The same as SCENARIO, after --from.")
    ] = None,
    charts: Annotated[bool, typer.Option("--charts/--no-charts", help="Draw charts.")] = True,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing.")] = False,
    json: Json = False,
) -> None:
    """Live a scenario from July 1927 to December 1939; write data and charts to results/SCENARIO."""
    with door("No results were written; earlier ones are untouched."):
        from model.cli.running import Order, carry_out
        from model.plan import RunError

        if scenario and scenario_option:
            raise RunError(f"scenario: both {scenario} and {scenario_option} are named; name one.")
        carry_out(
            Order(
                scenario or scenario_option, households, seed, seeds, posterior, threads, keep, start_from,
                tuple(save_at or ()), out, charts=charts, quiet=quiet, as_json=json,
            )
        )  # fmt: skip


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
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing.")] = False,
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
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing.")] = False,
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
    charts: Annotated[bool, typer.Option("--charts/--no-charts", help="Draw charts.")] = True,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing.")] = False,
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
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing.")] = False,
    json: Json = False,
) -> None:
    """Share out deaths, lost cattle and industry among seven policies (Shapley), beside the literature's claims."""
    with door():
        from model.cli.attributing import Asked, carry_out

        carry_out(Asked(scenario, seeds, posterior, households, out, workers, charts=charts, quiet=quiet, as_json=json))


@app.command()
def reference(
    seeds: Annotated[int, typer.Option(metavar="K", help="Countries of each scenario, the same luck in all.")] = 20,
    sharing_seeds: Annotated[int, typer.Option(metavar="K", help="Countries of each set of policies.")] = 4,
    households: Annotated[
        str | None, typer.Option(metavar="N", help="Simulated households of a run. [25000; 12500 for sets of policies]")
    ] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where runs and results go.")] = Path("results/reference"),
    workers: Annotated[int | None, typer.Option(metavar="W", help="Runs at once. [one per core]")] = None,
    write: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write the page of the library, as docs/what_if.md.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing.")] = False,
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
    workers: Annotated[
        int | None, typer.Option(metavar="W", help="Runs at once on this machine. [one per core]")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A dask cluster that lives the runs, as in tcp://host:8786.")
    ] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Live runs again that failed earlier.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing.")] = False,
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
    workers: Annotated[
        int | None, typer.Option(metavar="W", help="Runs at once on this machine. [one per core]")
    ] = None,
    charts: Annotated[bool, typer.Option("--charts/--no-charts", help="Draw charts.")] = True,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing.")] = False,
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


@app.command()
def life(
    scenario: ScenarioName,
    household: Annotated[int | None, typer.Option(metavar="ROW", help="Which household, 0 to N - 1.")] = None,
    region: Annotated[
        str | None, typer.Option(metavar="REGION", help="Instead: one of a region, as in kazakhstan. [any]")
    ] = None,
    stratum: Annotated[
        str | None, typer.Option("--class", metavar="CLASS", help="Of a class of 1927: poor, middle, kulak. [any]")
    ] = None,
    pick: Annotated[
        str | None,
        typer.Option(
            metavar="FATE",
            help="The first one of them that was deported, departed, extinct, present at the end, starved (lost "
            "members to hunger), joined_early, never_joined. [typical]",
        ),
    ] = None,
    under: Annotated[
        str | None, typer.Option(metavar="SCENARIO", help="Beside it the same family under another policy.")
    ] = None,
    seed: Annotated[int | None, typer.Option(metavar="S", help="The country's luck, the same in both. [1]")] = None,
    households: Annotated[str | None, typer.Option(metavar="N", help="Simulated households. [12500]")] = None,
    until: Annotated[str | None, typer.Option(metavar="MONTH", help="Last month, as in 1934-06. [1939-12]")] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where it goes. [results/life-...]")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing.")] = False,
    json: Json = False,
) -> None:
    """Tell the years of one family in plain sentences, and of the same family under another policy."""
    with door("Nothing was written."):
        from model.cli.life import Wanted, carry_out

        carry_out(
            Wanted(
                scenario, household, region, stratum, pick, under, seed, households, until, out,
                quiet=quiet, as_json=json,
            )
        )  # fmt: skip


@app.command()
def animate(
    run: Annotated[
        str, typer.Argument(metavar="RUN_OR_SCENARIO", help="A folder that holds run.nc, or a scenario to be lived.")
    ],
    variable: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="What the map shows: any series by region of run.nc, or excess_deaths_per_thousand."
        ),
    ] = "excess_deaths_per_thousand",
    first: Annotated[str | None, typer.Option("--from", metavar="MONTH", help="First month. [of the run]")] = None,
    until: Annotated[str | None, typer.Option(metavar="MONTH", help="Last month. [of the run]")] = None,
    seed: Annotated[int | None, typer.Option(metavar="S", help="Luck of a scenario that is lived. [1]")] = None,
    households: Annotated[
        str | None, typer.Option(metavar="N", help="Households of a scenario that is lived. [25000]")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A .gif file, or .mp4 where ffmpeg is. [VARIABLE.gif in the run]"),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing.")] = False,
) -> None:
    """Show a series region by region through time, as a moving tile map."""
    with door("Nothing was written; an earlier file is untouched."):
        from model.cli.animating import Film, carry_out

        carry_out(Film(run, variable, first, until, seed, households, out, quiet=quiet))


@app.command("list")
def list_scenarios(json: Json = False) -> None:
    """List the scenarios with their questions."""
    with door():
        from model.cli.asking import show_list

        show_list(as_json=json)


@app.command()
def describe(scenario: ScenarioName) -> None:
    """Say in sentences what a scenario changes against the one that it extends, with warnings."""
    with door():
        from model.cli.asking import show_description

        show_description(scenario)


@app.command()
def check(file: ScenarioName) -> None:
    """Check a scenario file and name its first mistake, if there is one."""
    with door():
        from model.cli.asking import show_check

        show_check(file)


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is to be called, as in my_question.")],
    parent: Annotated[
        str, typer.Option("--from", metavar="SCENARIO", help="The scenario that it changes.")
    ] = "historical",
    library: Annotated[
        bool, typer.Option("--library", help="Write into scenarios/, so that it can be called by its name.")
    ] = False,
) -> None:
    """Write NAME.toml, a commented scenario to begin with, in this folder; never over another."""
    with door("Nothing was written."):
        from model.cli.beginning import write_new

        write_new(name, parent=parent, library=library)


@app.command()
def data(
    series: Annotated[
        str | None, typer.Argument(metavar="SERIES", help="A series, with its ranges, sources and rivals. [all]")
    ] = None,
    region: Annotated[
        str | None, typer.Option(metavar="REGION", help="Only a region, `ukraine`, `siberia`, or the whole, `ussr`.")
    ] = None,
    role: Annotated[
        str | None, typer.Option(metavar="ROLE", help="Only figures used for calibration, validation or context.")
    ] = None,
    export: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write to a .csv, .json or .nc file, or to a folder.")
    ] = None,
    json: Json = False,
) -> None:
    """List the documented figures beside which the model stands, show a series, or export them."""
    with door("Nothing was written; an earlier file is untouched."):
        from model.cli.record import show_data

        show_data(series, region=region, role=role, to=export, as_json=json)


@app.command()
def warm() -> None:
    """Compile the rules now, so that the first run need not."""
    with door():
        from model.cli.running import compile_rules

        compile_rules()


def _version(asked: bool) -> None:
    if asked:
        from model import __version__

        typer.echo(f"collectivisation {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass
