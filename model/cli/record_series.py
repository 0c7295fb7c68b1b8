"""One series of the documented record on the terminal: its figures, its rivals side by side, its notes and sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from model.cli.record import MIDDLING, WIDE, refuse_nothing, roles_in_words
from model.cli.terminal import console, speaks_unicode
from model.cli.writing import print_json

if TYPE_CHECKING:
    from rich.table import Table

    from model.history import Point, Role

Figures = tuple[tuple[str, "Point", "Role"], ...]


def show_series(name: str, region: str | None, role: str | None, *, as_json: bool) -> None:
    """Print one series with rivals, notes, sources and pages; an unknown one is refused with near names."""
    from model.history.export import rows_of_table
    from model.history.labelled import figures, select

    found = select(name, region=region, role=role)
    refuse_nothing(len(found), name, region, role)
    rivals = tuple(one for one in select(name, region=region, rivals=True) if one[1].series != name)
    if as_json:
        table = figures(name, region=region, role=role, rivals=True)
        rows = rows_of_table(table)
        print_json(
            {
                "series": name,
                "figures": [row for row in rows if row["series"] == name],
                "rivals": [row for row in rows if row["series"] != name],
                "sources": _references(row["source"] for row in rows),
            }
        )
        return
    terminal = console()
    notes: dict[str, int] = {}
    for file in dict.fromkeys(file for file, _, _ in found):
        part = tuple(one for one in found if one[0] == file)
        terminal.print(_table_of(name, file, part, notes, terminal.width))
        terminal.print()
        if beside := tuple(one for one in rivals if one[0] == file):
            terminal.print(_side_by_side(part, beside, terminal.width))
            terminal.print()
    terminal.print(_explained({f"[{number}]": note for note, number in notes.items()}))
    terminal.print(_explained(_references(point.source for _, point, _ in (*found, *rivals))))
    for page in dict.fromkeys(point.checked for _, point, _ in found if point.checked != "recalled"):
        terminal.print(f"Seen on {page}", markup=False, soft_wrap=True)


def _explained(meanings: dict[str, str]) -> Table:
    """Make a table of marks and what they mean, its lines indented under each other."""
    from rich.table import Table
    from rich.text import Text

    out = Table.grid(padding=(0, 1))
    out.add_column(style="bold", no_wrap=True)
    out.add_column(overflow="fold")
    for mark, meaning in meanings.items():
        out.add_row(Text(mark), Text(meaning.replace("*", "")))
    return out


def _references(keys: Iterable[str]) -> dict[str, str]:
    """Return the full reference of every key that has one, compound keys by their parts."""
    from model.history.labelled import sources

    known = sources()
    parts = dict.fromkeys(part for key in keys for part in ((key,) if key in known else str(key).split("+")))
    return {key: known[key] for key in parts if key in known}


def _table_of(name: str, file: str, rows: Figures, notes: dict[str, int], width: int) -> Table:
    """Make the table of one series: each figure with its range, its source, its use, and whether it was seen."""
    from rich.table import Table

    unit = rows[0][1].unit
    out = Table(
        title=f"{name}  [not bold dim]{unit}, {file}[/]", title_justify="left", title_style="bold", box=None,
        pad_edge=False, padding=(0, 2, 0, 0),
    )  # fmt: skip
    places = {point.region for _, point, _ in rows}
    narrow = width < MIDDLING
    out.add_column("date", no_wrap=True)
    if len(places) > 1 or places != {"ussr"}:
        out.add_column("region", overflow="fold")
    out.add_column("value", justify="right", no_wrap=True, style="bold")
    out.add_column("range", no_wrap=True)
    out.add_column("source", overflow="fold", max_width=None if width >= WIDE else 16)
    out.add_column("used for", no_wrap=True)
    if not narrow:
        out.add_column("seen", no_wrap=True)
        out.add_column("note", no_wrap=True)
    for _, point, role in rows:
        cells = [point.date]
        if len(out.columns) > 5 + 2 * (not narrow):
            cells.append(point.region)
        cells += [amount(point.value), _range(point), point.source, roles_in_words((role,), short=narrow)]
        if not narrow:
            seen = "yes" if point.checked != "recalled" else "[dim]recalled[/]"
            cells += [seen, f"\\[{notes.setdefault(point.note, len(notes) + 1)}]" if point.note else ""]
        out.add_row(*cells)
    return out


def _range(point: Point) -> str:
    if point.low is None and point.high is None:
        return "[dim]-[/]"
    dash = "–" if speaks_unicode() else "-"
    low, high = point.range
    return f"{amount(low)}{dash}{amount(high)}"


def amount(value: float) -> str:
    """Write a figure with the digits that it has, thousands parted.

    >>> amount(57.5), amount(13754.0), amount(0.05), amount(-2.0)
    ('57.5', '13,754', '0.05', '-2')
    """
    whole = abs(value - round(value)) < 1e-9
    return f"{round(value):,}" if whole else f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.1f}"


def _side_by_side(own: Figures, rivals: Figures, width: int) -> Table:
    """Put the rivals of a series beside it, date by date, each under its source; in one column if space is short."""
    from rich.table import Table

    dates = sorted({(point.date, point.region) for _, point, _ in (*own, *rivals)})
    where = {region for _, region in dates} != {"ussr"}
    columns: dict[str, dict[tuple[str, str], str]] = {}
    for _, point, _ in (*own, *rivals):
        title = "\n".join((point.source, *_tail(own, point).split()))
        columns.setdefault(title, {})[point.date, point.region] = amount(point.value)
    title = "Rivals side by side, never averaged"
    out = Table(title=title, title_justify="left", title_style="italic", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    needed = (32 if where else 8) + sum(2 + max(map(len, title.split("\n"))) for title in columns)
    out.add_column("date", no_wrap=True)
    if where:
        out.add_column("region")
    if needed > width:  # one below another
        out.add_column("value", justify="right", no_wrap=True)
        out.add_column("by", overflow="fold")
        for date, region in dates:
            for title, values in columns.items():
                if (date, region) in values:
                    out.add_row(date, *([region] if where else []), values[date, region], title.replace("\n", " "))
        return out
    for title in columns:
        out.add_column(title, justify="right", no_wrap=True)
    for date, region in dates:
        cells = [values.get((date, region), "") for values in columns.values()]
        out.add_row(date, *([region] if where else []), *cells)
    return out


def _tail(own: Figures, point: Point) -> str:
    """Say what parts a rival series from the one shown, where its source alone would not."""
    from model.history.labelled import subject_of

    tail = point.series.removeprefix(subject_of(own[0][1].series)).strip("_")
    author = "".join(letter for letter in point.source.lower() if letter.isalpha())
    return "" if tail.replace("_", "")[:5] in author else tail.replace("_", " ")
