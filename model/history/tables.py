"""The files of the record, read once: rows of text from the package's `data/` folder, and nothing interpreted yet."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

Row = dict[str, str]

SERIES_FILES = (
    "grain.csv",
    "livestock.csv",
    "collectivisation.csv",
    "population.csv",
    "famine.csv",
    "migration_urban.csv",
    "industry.csv",
    "repression.csv",
    "trade.csv",
    "prices_wages_rations.csv",
    "inputs.csv",
    "regions_series.csv",
)
"""Files of one figure a row, in the order in which a series is looked for: the nation first, the regions last."""


@cache
def text_of(name: str) -> str:
    """Return the text of one file of the record.

    >>> text_of("regions.csv")[:7]
    'id,name'
    """
    return (files("model.history") / "data" / name).read_text(encoding="utf-8")


@cache
def rows_of(name: str) -> tuple[Row, ...]:
    """Return the rows of one table of the record, every cell as text.

    >>> rows_of("regions.csv")[0]["id"]
    'ukraine_right_bank'
    """
    return tuple(csv.DictReader(text_of(name).splitlines()))
