"""Commands on one run, one family, one file or the record; what they do stands in modules of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from model.cli.app import Charts, Json, Quiet, ScenarioName, app
from model.cli.door import door


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
    charts: Charts = True,
    quiet: Quiet = False,
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
    quiet: Quiet = False,
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
    quiet: Quiet = False,
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
