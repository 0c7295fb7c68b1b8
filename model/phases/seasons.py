"""What the time of the agricultural year (0 = July, 11 = June) means for seed, and for what is due to the State."""

from __future__ import annotations

from model.rules.planning import DUE

HARVEST = (0, 1, 2)
"""July to September."""
AUTUMN_SOWING, SPRING_SOWING = 2, 9
"""September and April."""
LAST = 11
"""June."""

_SEED_AHEAD = (1.0, 1.0, 1.0, 0.65, 0.65, 0.65, 0.65, 0.65, 0.65, 0.65, 0.0, 0.0)
"""Part of the year's seed still to be sown at the start of each month, July to June."""


def seed_ahead(of_year: int) -> float:
    """Part of the year's seed still to be sown once this month's fields are sown [share].

    >>> [seed_ahead(month) for month in (1, 2, 8, 9)]
    [1.0, 0.65, 0.65, 0.0]
    """
    sows = of_year in {AUTUMN_SOWING, SPRING_SOWING}
    return _SEED_AHEAD[(of_year + 1) % 12] if sows else _SEED_AHEAD[of_year]


def due_before(of_year: int) -> float:
    """Part of the year's plan that was due by the end of last month [share]."""
    return DUE[of_year - 1] if of_year else 0.0


def due_in(of_year: int) -> float:
    """Part of the year's plan that falls due this month; from March on nothing does [share].

    >>> round(due_in(2), 9), due_in(9)
    (0.25, 0.0)
    """
    return 0.0 if of_year >= 8 else DUE[of_year] - due_before(of_year)
