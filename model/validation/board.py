"""The board: sixteen patterns over many runs, each with target, median, band, hit or miss.

An error against a series is judged by the median run (the median of every name of the digest over the runs), any other
number by the median of the runs' own. The band of a number holds 90 % of the runs' own numbers, so the error of the
median run may lie below it. A miss stays a miss.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import inf, isfinite, isnan
from typing import TYPE_CHECKING, Any

import numpy as np

from model.validation.patterns import AVERAGE_WEATHER, PATTERNS, Check, Numbers

if TYPE_CHECKING:
    import pandas as pd

LEFT, RIGHT = 0.05, 0.95
NAMED = ("excess_deaths/",)  # what is read of the runs with average weather


@dataclass(frozen=True, slots=True)
class Mark:
    """One check of a pattern, measured."""

    text: str
    unit: str
    target_low: float
    target_high: float
    median: float
    low: float
    high: float
    hit: bool
    calibration: float
    """The same number on the calibration rows alone; `nan` where the check is no error against a series."""
    validation: float

    @property
    def target(self) -> str:
        """The target in words."""
        return span_of(self.target_low, self.target_high, self.unit)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One pattern, measured; median, low, high and unit are those of its first check, or of the first that misses."""

    number: int
    pattern: str
    role: str
    marks: tuple[Mark, ...]
    note: str = ""

    @property
    def hit(self) -> bool:
        """Whether every check is inside its target."""
        return all(mark.hit for mark in self.marks)

    @property
    def worst(self) -> Mark:
        """The check that is shown where there is room for one."""
        return next((mark for mark in self.marks if not mark.hit), self.marks[0])

    @property
    def target(self) -> str:
        """Target of that check, in words."""
        return f"{self.worst.text}: {self.worst.target}"

    @property
    def median(self) -> float:
        """The number of the median run."""
        return self.worst.median

    @property
    def low(self) -> float:
        """5 % of the runs lie below it."""
        return self.worst.low

    @property
    def high(self) -> float:
        """5 % of the runs lie above it."""
        return self.worst.high

    @property
    def unit(self) -> str:
        """Of these numbers."""
        return self.worst.unit

    def plain(self) -> dict[str, Any]:
        """Return the row as plain data; what is no number is None."""
        marks = [{name: _or_none(value) for name, value in asdict(mark).items()} for mark in self.marks]
        return {
            "number": self.number, "pattern": self.pattern, "hit": self.hit, "role": self.role, "checks": marks,
            "note": self.note,
        }  # fmt: skip


def _or_none(value: Any) -> Any:
    return None if isinstance(value, float) and not isfinite(value) else value


def span_of(low: float, high: float, unit: str) -> str:
    """Write a target range.

    >>> span_of(0.0, 7.0, "%"), span_of(5.0, float("inf"), "ratio"), span_of(3, 3, "month"), span_of(-1, 1, "years")
    ('at most 7 %', 'at least 5', '3', '-1 to 1 years')
    """
    unit = "" if unit in {"ratio", "month"} else f" {unit}"
    if low == -inf and high == inf:
        return "none"
    if low == high:
        return f"{_short(low)}{unit}"
    if high == inf:
        return f"at least {_short(low)}{unit}"
    if low == 0.0 and high not in {1.0, 100.0}:
        return f"at most {_short(high)}{unit}"
    return f"{_short(low)} to {_short(high)}{unit}"


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.3g}"


def with_average_weather(lived: pd.DataFrame, average: pd.DataFrame) -> pd.DataFrame:
    """Put beside each run the deaths of its twin with average weather; rows are matched by seed and label order.

    lived, average   digests, one run a row, in the same order of seeds
    """
    import pandas as pd

    names = [name for name in average.columns if str(name).startswith(NAMED)]
    renamed = average[names].add_prefix(AVERAGE_WEATHER).set_index(lived.index)
    return pd.concat([lived, renamed], axis=1)


def numbers_of(runs: pd.DataFrame) -> list[Numbers]:
    """Return the digests of a table, one run each."""
    names = [name for name in runs.columns if "/" in str(name)]
    return [dict(zip(names, row, strict=True)) for row in runs[names].to_numpy(np.float64)]


def median_run(runs: Sequence[Numbers]) -> Numbers:
    """Return the median of every name over the runs that tell it."""
    return {name: float(np.median([run[name] for run in runs if name in run])) for name in runs[0]}


def board(runs: Sequence[Numbers], notes: Mapping[int, str] | None = None) -> list[BoardRow]:
    """Score all patterns over some runs (digests; names of the average-weather twin may stand among them)."""
    if not runs:
        raise ValueError("a board needs at least one run.")
    middle, notes = median_run(runs), notes or {}
    return [
        BoardRow(
            pattern.number, pattern.name, pattern.role, tuple(_mark(check, middle, runs) for check in pattern.checks),
            notes.get(pattern.number, ""),
        )
        for pattern in PATTERNS
    ]  # fmt: skip


def _mark(check: Check, middle: Numbers, runs: Sequence[Numbers]) -> Mark:
    spread = [value for value in (_measured(check, run) for run in runs) if not isnan(value)]
    # an error against a series is that of the median run; any other number is the median of the runs' own
    median = _measured(check, middle) if check.by_role or not spread else float(np.median(spread))
    low, high = np.quantile(spread, (LEFT, RIGHT)) if spread else (float("nan"), float("nan"))
    parts = {
        role: check.by_role(middle, role) if check.by_role and not isnan(median) else float("nan")
        for role in ("calibration", "validation")
    }
    return Mark(
        check.text, check.unit, check.low, check.high, median, float(low), float(high), check.is_hit(median), **parts
    )


def _measured(check: Check, numbers: Numbers) -> float:
    """Measure one run; what it does not tell is no number, and so a miss."""
    try:
        return float(check.measure(numbers))
    except KeyError:
        return float("nan")


def hits(rows: Sequence[BoardRow]) -> int:
    """Count the patterns inside their targets."""
    return sum(row.hit for row in rows)
