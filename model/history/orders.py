"""The dated orders of the State, 1926-1939, each in one sentence with its source, as `orders.csv` lists them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from model.history.regions import members_of
from model.history.tables import rows_of


@dataclass(frozen=True, slots=True)
class Order:
    """One order: what it touches, where, and the number in it where there is one."""

    date: str  # 1930-01-05, or 1932-08 where the day is unknown or does not matter
    lever: str
    regions: tuple[str, ...]  # region ids; all of them for an order to the whole Union
    what: str  # one sentence
    value: float | None
    unit: str
    low: float | None
    high: float | None
    source: str  # key in data/sources.md
    note: str


def _number(text: str) -> float | None:
    return float(text) if text else None


@cache
def orders() -> tuple[Order, ...]:
    """Return every order in order of date.

    >>> orders()[0].date
    '1926-09'
    """
    return tuple(
        Order(
            date=row["date"],
            lever=row["lever"],
            regions=tuple(region for name in row["region"].split(";") for region in members_of(name)),
            what=row["what"],
            value=_number(row["value"]),
            unit=row["unit"],
            low=_number(row["low"]),
            high=_number(row["high"]),
            source=row["source"],
            note=row["note"],
        )
        for row in sorted(rows_of("orders.csv"), key=lambda row: row["date"])
    )
