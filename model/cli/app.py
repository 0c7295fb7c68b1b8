"""The program itself, and what its commands share."""

from __future__ import annotations

from typing import Annotated

import typer

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
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing.")]
Charts = Annotated[bool, typer.Option("--charts/--no-charts", help="Draw charts.")]
Workers = Annotated[int | None, typer.Option(metavar="W", help="Runs at once on this machine. [one per core]")]


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
