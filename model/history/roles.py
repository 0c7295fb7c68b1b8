"""What a documented figure may be used for: to fit parameters, only to test the fitted model, or only to be shown."""

from __future__ import annotations

from typing import Literal, cast, get_args

from model.history.tables import rows_of

Role = Literal["calibration", "validation", "context"]
ROLES: tuple[Role, ...] = get_args(Role)


def role_of(file: str, series: str, year: int) -> Role:
    """Return the role of one series of one file in one year; what `roles.csv` does not name is context.

    >>> role_of("grain.csv", "grain_harvest", 1932), role_of("grain.csv", "grain_harvest", 1937)
    ('calibration', 'validation')
    >>> role_of("trade.csv", "exports_total", 1930)
    'context'
    """
    for row in rows_of("roles.csv"):
        if row["file"] == file and row["series"] == series and int(row["from"]) <= year <= int(row["to"]):
            return cast(Role, row["role"])
    return "context"
