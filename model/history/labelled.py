"""The documented record as labelled tables: every figure in one row, every series in one line, every source in full.

Rivals, that is estimates of one thing by several hands, stay in rows of their own under their source; `subject` names
the thing that they estimate. Called by the command `data`, by notebooks, and by whoever scores a run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from model.history.regions import REGION_GROUPS, REGION_IDS
from model.history.roles import ROLES, Role, role_of
from model.history.series import USSR, Point, points_of
from model.history.tables import SERIES_FILES, text_of

if TYPE_CHECKING:
    import pandas as pd

RECALLED = "recalled"
COLUMNS = (
    "file", "subject", "series", "unit", "date", "year", "region", "value", "low", "high",
    "source", "checked", "role", "note",
)  # fmt: skip
"""Columns of a table of figures; `low` and `high` are NaN where no range is known."""

RIVALS: dict[str, tuple[str, ...]] = {
    "grain_harvest": (
        "grain_harvest_official_1930s", "grain_harvest_official_revised", "grain_harvest_official",
        "grain_harvest_dw1994_low", "grain_harvest_dw2004", "grain_harvest_tauger", "grain_harvest_yield_based",
    ),
    "industrial_output_index_official": (
        "industrial_output_index_allen", "industrial_output_index_hodgman", "industrial_output_index_jasny",
        "industrial_output_index_kaplan_moorsteen", "industrial_output_index_moorsteen_powell",
        "industrial_output_index_nutter",
    ),
    "births": ("births_tsunkhu",),
    "deaths": ("deaths_tsunkhu",),
    "population_total": ("population_total_census", "population_total_official_estimate"),
    "wage_earners_total": ("wage_earners_total_1930s_series",),
    "real_wage_index": ("real_wage_yearly",),
    "excess_deaths": ("excess_deaths_rudnytskyi", "excess_deaths_kotkin", "excess_deaths_nazarenko"),
}  # fmt: skip
"""Series which count the same thing, under the name of the first; rivals within one series need no entry."""

_SUBJECT = {rival: subject for subject, rivals in RIVALS.items() for rival in rivals}


class RecordError(ValueError):
    """Somebody asked for a series, a region or a role that the record does not have; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One series of one file, in a line."""

    series: str
    file: str
    unit: str
    first: int  # year of the first figure
    last: int  # year of the last figure, or end of its span
    figures: int
    checked: int  # figures seen on a public page; the others are recalled from the works
    roles: tuple[Role, ...]
    regions: tuple[str, ...]
    sources: tuple[str, ...]
    rivals: tuple[str, ...]  # other series of the record which count the same thing


def subject_of(name: str) -> str:
    """Return the series under whose name rivals are gathered: its own, unless it is somebody's rival.

    >>> subject_of("grain_harvest_tauger"), subject_of("horses")
    ('grain_harvest', 'horses')
    """
    return _SUBJECT.get(name, name)


@cache
def places() -> tuple[str, ...]:
    """Return every name of a region or a sum of regions by which figures can be asked for."""
    return (USSR, *REGION_GROUPS, *REGION_IDS)


def _wanted(region: str | None) -> frozenset[str] | None:
    """Return the region ids meant by a name, sums included; None for all."""
    if region is None:
        return None
    if region not in places():
        raise RecordError(f"region: the record knows no {region!r}; {nearest(region, places())}")
    parts = REGION_GROUPS.get(region, (region,))
    return frozenset({*parts, f"agg_{region}"})


@cache
def _all() -> tuple[tuple[str, Point, Role], ...]:
    """Return every figure with its file and role, file by file."""
    return tuple(
        (file, point, role_of(file, name, point.year))
        for file in SERIES_FILES
        for name, points in points_of(file).items()
        for point in points
    )


def select(
    name: str | None = None, *, region: str | None = None, role: str | None = None, rivals: bool = False
) -> tuple[tuple[str, Point, Role], ...]:
    """Return the figures asked for, each with its file and its role; nothing is averaged, nothing left out.

    `region` is a region id, a group (`ukraine`: its three parts and their sum) or `ussr`; with `rivals` the series that
    count the same thing come along. What does not exist is a `RecordError`.

    >>> {(file, role) for file, _, role in select("grain_harvest", role="validation")}
    {('grain.csv', 'validation')}
    """
    if role is not None and role not in ROLES:
        raise RecordError(f"role: there is no {role!r}; there are: {', '.join(ROLES)}.")
    where = _wanted(region)
    if name is not None and name not in names():
        raise RecordError(f"data: the record has no series {name!r}; {nearest(name, names())}")
    return tuple(
        one
        for one in _all()
        if (name is None or one[1].series == name or (rivals and subject_of(one[1].series) == subject_of(name)))
        and (where is None or one[1].region in where)
        and (role is None or one[2] == role)
    )


def figures(
    name: str | None = None, *, region: str | None = None, role: str | None = None, rivals: bool = False
) -> pd.DataFrame:
    """Return documented figures as a table, one row each, in the columns `COLUMNS`; arguments as in `select`.

    >>> table = figures("famine_excess_deaths_total")
    >>> len(table), table["source"].nunique(), table["unit"].unique().tolist()
    (9, 9, ['million'])
    """
    import pandas as pd

    rows = [
        (
            file, subject_of(point.series), point.series, point.unit, point.date, point.year, point.region,
            point.value, _or_nan(point.low), _or_nan(point.high), point.source, point.checked, found, point.note,
        )
        for file, point, found in select(name, region=region, role=role, rivals=rivals)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value


@cache
def names() -> tuple[str, ...]:
    """Return the names of all series, in the order of the files."""
    return tuple(dict.fromkeys(name for file in SERIES_FILES for name in points_of(file)))


def catalogue(*, region: str | None = None, role: str | None = None) -> tuple[Entry, ...]:
    """Return one line for each series of each file, counting only the figures of the region and the role asked for.

    >>> entry = next(line for line in catalogue() if line.series == "grain_harvest")
    >>> entry.file, entry.unit, entry.figures, entry.roles
    ('grain.csv', 'Mt', 14, ('calibration', 'validation', 'context'))
    """
    found: dict[tuple[str, str], list[tuple[Point, Role]]] = {}
    for file, point, use in select(region=region, role=role):
        found.setdefault((file, point.series), []).append((point, use))
    return tuple(_entry(file, name, rows) for (file, name), rows in found.items())


def _entry(file: str, name: str, rows: list[tuple[Point, Role]]) -> Entry:
    points = [point for point, _ in rows]
    alike = (RIVALS.get(subject_of(name), ()), (subject_of(name),))
    return Entry(
        series=name,
        file=file,
        unit=points[0].unit,
        first=min(point.year for point in points),
        last=max(point.last_year for point in points),
        figures=len(points),
        checked=sum(point.checked != RECALLED for point in points),
        roles=tuple(role for role in ROLES if any(use == role for _, use in rows)),
        regions=tuple(dict.fromkeys(point.region for point in points)),
        sources=tuple(dict.fromkeys(point.source for point in points)),
        rivals=tuple(rival for rival in (*alike[1], *alike[0]) if rival != name and rival in points_of(file)),
    )


@cache
def sources() -> dict[str, str]:
    """Return the full reference of every source key of `data/sources.md`.

    >>> sources()["VIOLA1996"]
    'L. Viola, *Peasant Rebels under Stalin*, Oxford UP 1996, chs 4-5.'
    """
    found: dict[str, str] = {}
    for line in text_of("sources.md").splitlines():
        if line.startswith("- **"):
            for keys, reference in re.findall(r"\*\*([^*]+)\*\* - (.*?)(?=\s\*\*[A-Z][^*]*\*\* - |$)", line):
                found |= {key.strip(): reference.strip() for key in keys.split("/")}
    return found


def nearest(word: str, known: Iterable[str], most: int = 4) -> str:
    """Return the end of a sentence that helps with a name that is not there: the nearest of those that are.

    >>> nearest("grain_harvst", names()).split(", ")[0]
    'nearest: grain_harvest'
    >>> nearest("tractors", ["horses", "tractors_stock"])
    'nearest: tractors_stock.'
    """
    from difflib import get_close_matches

    known = list(known)
    asked = re.sub(r"[\s-]+", "_", word.strip().lower())
    close = get_close_matches(asked, known, n=most, cutoff=0.7)
    holding = [one for one in known if asked and asked in one]
    loose = get_close_matches(asked, known, n=most, cutoff=0.5)
    found = list(dict.fromkeys((*close, *holding, *loose)))[:most]
    if found:
        return f"nearest: {', '.join(found)}."
    return f"there are: {', '.join(known)}." if len(known) <= 30 else "`collectivisation data` lists them all."
