"""Dated values: what one file orders of one lever, and the table of all months that comes of laying files over others.

A value holds from its month until the next. A file branches off what lies beneath it at its first date, lever by lever
and region by region: before it the values beneath, from it on only its own. So a regional value replaces the national
one in its region from its month on, and a later national date of the same file does not undo it; but a national date of
a file laid on top (a child scenario) ends every value beneath, the regional ones included.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from model.calendar import N_MONTHS, Month
from model.history import N_REGIONS, REGION_IDS, members_of, region_index

Table = NDArray[np.float64]
"""Values of one lever in every month: [months], or [months, regions] for a lever by region."""

REGION_KEYS = ("ukraine", "siberia", *REGION_IDS)
"""Names that a scenario may use under by_region: groups first, so that one region of a group may differ."""


@dataclass(frozen=True, slots=True)
class Step:
    """One order: from `month` on, `value`."""

    month: Month
    value: float
    source: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """All that one file orders of one lever: for the whole country, and for single regions or groups of them."""

    everywhere: tuple[Step, ...] = ()
    by_region: dict[str, tuple[Step, ...]] = field(default_factory=dict)

    def parts(self) -> list[tuple[str, tuple[Step, ...]]]:
        """Return (region key or "", steps) in the order in which they are laid over each other."""
        parts = [("", self.everywhere)] if self.everywhere else []
        return parts + [(key, self.by_region[key]) for key in REGION_KEYS if key in self.by_region]


def flat(default: float, *, regional: bool) -> Table:
    """Return the table of a lever that nobody has touched.

    >>> flat(0.5, regional=True).shape
    (150, 18)
    """
    return np.full((N_MONTHS, N_REGIONS) if regional else N_MONTHS, default)


def lay_over(beneath: Table, course: Course) -> Table:
    """Return the table that results when a file's orders are laid over the values beneath."""
    table = beneath.copy()
    for key, steps in course.parts():
        places = [region_index()[region] for region in members_of(key)] if key else None
        for step, end in spans(steps):
            rows = slice(step.month.index, end)
            if places is None:
                table[rows] = step.value
            else:
                table[rows, places] = step.value
    return table


def spans(steps: tuple[Step, ...]) -> list[tuple[Step, int]]:
    """Return every step with the index of the first month in which it holds no longer.

    >>> spans((Step(Month(1927, 7), 1.0), Step(Month(1928, 1), 2.0)))[0][1]
    6
    """
    ends = [later.month.index for later in steps[1:]] + [N_MONTHS]
    return list(zip(steps, ends, strict=False))  # without steps there is nothing to end


def fold(table: Table) -> dict[str, float]:
    """Write one column of months as the dates at which it changes; the way back is `lay_over`.

    >>> fold(flat(0.5, regional=False))
    {'1927-07': 0.5}
    """
    changes = np.flatnonzero(np.concatenate(([True], table[1:] != table[:-1])))
    return {str(Month.at(int(row))): float(table[row]) for row in changes}
