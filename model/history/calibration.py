"""The part of the record that a calibration may see: rows to which `roles.csv` gives the role `calibration`, no others.

It is the only door from `model.calibration` to the record (an import contract in `pyproject.toml` says so), and a test
spoils every other row of the record and finds all that leaves through this door unchanged.
"""

from __future__ import annotations

from model.history.roles import role_of
from model.history.series import Point, series

__all__ = ["Point", "fitted"]


def fitted(file: str, name: str) -> tuple[Point, ...]:
    """Return the figures of one national series which parameters may be fitted to, in order of date.

    >>> [point.year for point in fitted("grain.csv", "grain_harvest")]
    [1927, 1928, 1929, 1930, 1931, 1932, 1933]
    >>> fitted("famine.csv", "famine_excess_deaths")
    ()
    """
    return tuple(
        point
        for point in series(name, file)
        if all(role_of(file, name, year) == "calibration" for year in range(point.year, point.last_year + 1))
    )
