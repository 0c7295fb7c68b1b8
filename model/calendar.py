"""The months of the story, July 1927 to December 1939, and the agricultural year which orders them (July to June)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import total_ordering
from typing import Self


@total_ordering
@dataclass(frozen=True, slots=True)
class Month:
    """One calendar month.

    >>> str(Month(1932, 11)), Month(1932, 11).index, Month(1933, 6).agricultural_year
    ('1932-11', 64, 1932)
    """

    year: int
    month: int

    def __post_init__(self) -> None:
        """Refuse a month which no calendar has."""
        if not 1 <= self.month <= 12:
            raise ValueError(f"{self.year}-{self.month}: a month is a number from 1 to 12.")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "1932-11"; anything else is a `ValueError`."""
        if not re.fullmatch(r"\d{4}-\d{2}", text):
            raise ValueError(f"{text!r} is not a month; write year and month as in 1932-11.")
        return cls(int(text[:4]), int(text[5:]))

    @classmethod
    def at(cls, index: int) -> Self:
        """Return the month that lies `index` months after July 1927."""
        since = 1927 * 12 + 6 + index
        return cls(since // 12, since % 12 + 1)

    @property
    def index(self) -> int:
        """Months since July 1927 [months]."""
        return (self.year - 1927) * 12 + self.month - 7

    @property
    def agricultural_year(self) -> int:
        """Year in which the agricultural year (July to June) of this month began."""
        return self.year if self.month >= 7 else self.year - 1

    @property
    def of_agricultural_year(self) -> int:
        """Place in the agricultural year: 0 is July, 11 is June."""
        return (self.month - 7) % 12

    def next(self) -> Self:
        """Return the month after this one."""
        return type(self).at(self.index + 1)

    def __lt__(self, other: Self) -> bool:
        """Order months in time."""
        return (self.year, self.month) < (other.year, other.month)

    def __str__(self) -> str:
        """Write the month as in 1932-11."""
        return f"{self.year:04d}-{self.month:02d}"


START = Month(1927, 7)
END = Month(1939, 12)
N_MONTHS = END.index + 1
