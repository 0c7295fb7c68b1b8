"""The command `data`: what the documented record holds, in tables that fit the terminal."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from model.cli.terminal import console, speaks_unicode
from model.cli.writing import print_json

if TYPE_CHECKING:
    from rich.table import Table

    from model.history import Entry, Role

WIDE, MIDDLING = 96, 84  # columns of the terminal from which a table shows all it has, or most of it
ROLE_STYLES = {"calibration": "cyan", "validation": "magenta", "context": "dim"}


def show_data(name: str | None, *, region: str | None, role: str | None, to: Path | None, as_json: bool) -> None:
    """List the series of the record, show one with its rivals, or write figures to a file."""
    if to is not None:
        _export(name, region, role, to, as_json=as_json)
    elif name is None:
        _list(region, role, as_json=as_json)
    else:
        from model.cli.record_series import show_series

        show_series(name, region, role, as_json=as_json)


def _export(name: str | None, region: str | None, role: str | None, to: Path, *, as_json: bool) -> None:
    from model.history.export import export
    from model.history.labelled import figures

    table = figures(name, region=region, role=role)
    refuse_nothing(len(table), name, region, role)
    files = export(table, to)
    if as_json:
        print_json({"figures": len(table), "files": [str(file) for file in files]})
        return
    where = str(files[0]) if len(files) == 1 else f"{to}: {', '.join(file.name for file in files)}"
    console().print(
        f"{len(table):,} figures of {table.groupby(['file', 'series']).ngroups} series. {where}", markup=False
    )


def refuse_nothing(found: int, name: str | None, region: str | None, role: str | None) -> None:
    """Say in one sentence that nothing answers to what was asked."""
    from model.history.labelled import RecordError, select

    if found:
        return
    asked = [f"region {region}"] * (region is not None) + [f"role {role}"] * (role is not None)
    sentence = f"data: no figure of {name or 'any series'} answers to {' and '.join(asked)}."
    if name is not None and region is not None:
        held = dict.fromkeys(point.region for _, point, _ in select(name, role=role))
        sentence = f"{sentence[:-1]}; it has figures for: {', '.join(held) or 'no region'}."
    raise RecordError(sentence)


# ------------------------------------------------------------------------------------------------ all series


def _list(region: str | None, role: str | None, *, as_json: bool) -> None:
    from model.history.labelled import catalogue

    lines = catalogue(region=region, role=role)
    refuse_nothing(len(lines), None, region, role)
    if as_json:
        print_json([asdict(line) for line in lines])
        return
    terminal = console()
    files = dict.fromkeys(line.file for line in lines)
    for file in files:
        terminal.print(_list_of(file, [line for line in lines if line.file == file], terminal.width))
        terminal.print()
    total, checked = sum(line.figures for line in lines), sum(line.checked for line in lines)
    terminal.print(
        f"{total:,} figures of {len(lines)} series; {checked:,} were seen on a public page, the others are recalled "
        "from the works named. fit (role calibration): may fit parameters; test "
        "(validation): only tests the fitted model; show (context): background. "
        "`collectivisation data SERIES` shows one series with its sources.",
        markup=False,
    )


def _list_of(file: str, lines: list[Entry], width: int) -> Table:
    """Make the table of one file's series, as wide as the terminal allows."""
    from rich.table import Table

    out = Table(title=file, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    wide, narrow = width >= WIDE, width < MIDDLING
    room = max(18, width - (67 if wide else 60 if not narrow else 33))
    out.add_column("series", overflow="fold", style="bold", width=min(room, max(len(line.series) for line in lines)))
    if not narrow:
        out.add_column("unit", overflow="fold", max_width=16 if width < WIDE + 20 else None, min_width=8)
    out.add_column("years", no_wrap=True)
    out.add_column("figures", justify="right", no_wrap=True)
    if not narrow:
        out.add_column("seen", justify="right", no_wrap=True)
    out.add_column("used for", no_wrap=True)
    if wide:
        out.add_column("rivals", no_wrap=True, style="dim")
    for line in lines:
        cells = [
            line.series,
            line.unit,
            _span(line),
            str(line.figures),
            str(line.checked),
            roles_in_words(line.roles, short=True),
        ]
        if narrow:
            cells = [cells[0], cells[2], cells[3], cells[5]]
        out.add_row(*cells, *([_rivals(line)] if wide else []))
    return out


def _span(line: Entry) -> str:
    dash = "–" if speaks_unicode() else "-"
    return str(line.first) if line.first == line.last else f"{line.first}{dash}{line.last}"


def roles_in_words(roles: tuple[Role, ...], *, short: bool) -> str:
    """Name the uses of a series that matter, in colour; context only where it is all there is."""
    shown: list[Role] = [role for role in roles if role != "context"] or ["context"]
    words = {"calibration": "fit", "validation": "test", "context": "show"} if short else {}
    return ", ".join(f"[{ROLE_STYLES[role]}]{words.get(role, role)}[/]" for role in shown)


def _rivals(line: Entry) -> str:
    """Say how many other series count the same thing."""
    return f"{len(line.rivals)} series" if line.rivals else ""
