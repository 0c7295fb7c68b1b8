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
    str, typer.Argument(metavar="SCENARIO", help="A name that `list` shows, or the path of a TOML file.")
]
Json = Annotated[bool, typer.Option("--json", help="Print machine-readable JSON on stdout instead of text.")]


@app.command()
def run(
    scenario: Annotated[
        str | None, typer.Argument(metavar="SCENARIO", help="A name that `list` shows, or the path of a TOML file.")
    ] = None,
    households: Annotated[
        str | None,
        typer.Option(metavar="N", help="Simulated households, 900 to 25,600,000; `all` is one to one. [25000]"),
    ] = None,
    seed: Annotated[int | None, typer.Option(metavar="S", help="The country's luck. [1]")] = None,
    seeds: Annotated[int, typer.Option(metavar="K", help="How many countries, with seeds S, S+1, ...")] = 1,
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
                scenario or scenario_option, households, seed, seeds, threads, keep, start_from, tuple(save_at or ()),
                out, charts=charts, quiet=quiet, as_json=json,
            )
        )  # fmt: skip


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
