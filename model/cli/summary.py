"""The summary of a run beside the documented record, for eyes (a table) and for machines (`--json`)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from model.calendar import Month
from model.cli.terminal import sparkline, speaks_unicode
from model.history import Point, series
from model.results.ledger import check, sentence
from model.results.series import annual, months_of, national

if TYPE_CHECKING:
    import xarray as xr
    from rich.table import Table

YEARS = (1928, 1933, 1939)
ROOM_FOR_COURSES = 98  # below it the sparklines are left out [characters]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the summary: a variable, the unit it is shown in, and its documented counterpart."""

    label: str
    unit: str
    variable: str
    per: float  # real-world units in one shown unit
    when: Literal["calendar", "agricultural", "1 January", "1 July"]
    record: str
    record_per: float  # shown units in one unit of the record


LINES = (
    Line("Grain harvest", "Mt", "harvest", 1e6, "calendar", "grain_harvest", 1.0),
    Line("Grain taken, July-June", "Mt", "procured", 1e6, "agricultural", "grain_procurement_agyear", 1.0),
    Line("Grain exported", "Mt", "grain_exported", 1e6, "calendar", "grain_export", 1.0),
    Line("In kolkhozy, 1 July", "%", "collectivised_share", 0.01, "1 July", "collectivised_households_share", 1.0),
    Line("Horses, 1 Jan", "million", "horses", 1e6, "1 January", "horses", 1.0),
    Line("Cattle, 1 Jan", "million", "cattle", 1e6, "1 January", "cattle", 1.0),
    Line("Pigs, 1 Jan", "million", "pigs", 1e6, "1 January", "pigs", 1.0),
    Line("Sheep and goats, 1 Jan", "million", "sheep_goats", 1e6, "1 January", "sheep_goats", 1.0),
    Line("Excess deaths", "million", "excess_deaths", 1e6, "calendar", "famine_excess_deaths", 1.0),
    Line("People in towns, 1 Jan", "million", "urban_population", 1e6, "1 January", "population_urban", 1e-3),
    Line(
        "Moves to towns, net",
        "million",
        "net_rural_urban_migration",
        1e6,
        "calendar",
        "net_rural_urban_migration",
        1e-3,
    ),
    Line("Special settlers, 1 Jan", "million", "special_settlers", 1e6, "1 January", "special_settlers_stock", 1e-6),
    Line(
        "Industry (official)",
        "index",
        "industrial_output_index",
        1.0,
        "calendar",
        "industrial_output_index_official",
        1.0,
    ),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One year of one line; with several seeds the median. None where the run or the record knows nothing."""

    year: int
    model: float | None
    record: float | None
    record_low: float | None
    record_high: float | None
    record_source: str | None


def _by_year(dataset: xr.Dataset, line: Line) -> dict[int, float]:
    """Return what the model says, by year, in the shown unit."""
    if line.when in {"calendar", "agricultural"}:
        found = annual(dataset, line.variable, line.when)
    else:
        values, rows = national(dataset, line.variable), {month: row for row, month in enumerate(months_of(dataset))}
        first, last = min(rows).year, max(rows).year + 1
        found = {}
        for year in range(first, last + 1):
            eve = Month(year - 1, 12) if line.when == "1 January" else Month(year, 6)
            if eve in rows:
                found[year] = float(np.median(values[..., rows[eve]]))
    return {year: value / line.per for year, value in found.items()}


def _documented(line: Line, year: int) -> Point | None:
    """Return the figure of the record for a year, within a month of the day that the line shows."""
    day = {"1 January": 1, "1 July": 7}.get(line.when)
    for point in series(line.record):
        if point.year == year and (day is None or len(point.date) == 4 or abs(point.day.month - day) <= 1):
            return point
    return None


def entries(dataset: xr.Dataset, line: Line) -> list[Entry]:
    """Return the years of one line, model and record side by side."""
    model = _by_year(dataset, line)
    found = []
    for year in YEARS:
        point, value = _documented(line, year), model.get(year)
        if point is None:
            found.append(Entry(year, value, None, None, None, None))
            continue
        shown = [None if x is None else x * line.record_per for x in (point.value, point.low, point.high)]
        found.append(Entry(year, value, shown[0], shown[1], shown[2], point.source))
    return found


def figure(value: float | None) -> str:
    """Write a number with three figures or so.

    >>> figure(0.0364), figure(68.27), figure(5432.1), figure(None)
    ('0.04', '68.3', '5,432', '')
    """
    if value is None or not np.isfinite(value):
        return ""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def table(dataset: xr.Dataset, width: int) -> Table:
    """Return the summary as a table: each year beside the record and, where there is room, the course of the years."""
    from rich import box
    from rich.table import Table

    arrow = "→" if speaks_unicode() else "-"
    first, last = months_of(dataset)[0].year, months_of(dataset)[-1].year
    out = Table(box=box.SIMPLE_HEAD if speaks_unicode() else None, pad_edge=False, padding=(0, 1, 0, 0))
    out.add_column("", no_wrap=True)
    out.add_column("", style="dim", no_wrap=True)
    for year in YEARS:
        out.add_column(str(year), justify="right", no_wrap=True)
        out.add_column("record", justify="right", style="dim", no_wrap=True)
    if width >= ROOM_FOR_COURSES:
        out.add_column(f"{first}{arrow}{last}", no_wrap=True)
    for line in LINES:
        cells = []
        for entry in entries(dataset, line):
            cells += [figure(entry.model), figure(entry.record)]
        course = [sparkline(list(_by_year(dataset, line).values()))] if width >= ROOM_FOR_COURSES else []
        out.add_row(line.label, line.unit, *cells, *course)
    return out


def as_json(dataset: xr.Dataset) -> dict[str, Any]:
    """Return the summary and the ledgers as plain data."""
    balances = check(dataset)
    return {
        "scenario": dataset.attrs["scenario"],
        "title": dataset.attrs["title"],
        "households": dataset.attrs["households"],
        "seeds": [int(seed) for seed in dataset.attrs["seeds"].split()],
        "version": dataset.attrs["version"],
        "wall_seconds": dataset.attrs["wall_seconds"],
        "months": [str(months_of(dataset)[0]), str(months_of(dataset)[-1])],
        "summary": [
            {
                "label": line.label,
                "variable": line.variable,
                "unit": line.unit,
                "when": line.when,
                "years": [asdict(entry) for entry in entries(dataset, line)],
            }
            for line in LINES
        ],
        "ledgers": [asdict(balance) for balance in balances],
        "ledgers_close": all(balance.closes for balance in balances),
    }


def ledger_line(dataset: xr.Dataset) -> str:
    """Say in one line whether grain, people and livestock add up."""
    return sentence(check(dataset))
