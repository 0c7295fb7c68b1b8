"""Words for findings: what rose and what fell, by how many of what. Titles are made of these, from the data alone."""

from __future__ import annotations

import math


def number(value: float, digits: int | None = None) -> str:
    """Write a number with as many digits as its size deserves.

    >>> number(73.44), number(5.62), number(0.043), number(1380.2), number(float("nan"))
    ('73', '5.6', '0.04', '1,380', 'unknown')
    """
    if math.isnan(value):
        return "unknown"
    if digits is None:
        size = abs(value)
        digits = 0 if size >= 9.95 else 1 if size >= 0.95 else 2
    text = f"{value:,.{digits}f}"
    return text[1:] if text.startswith("-") and float(text.replace(",", "")) == 0 else text.replace("-", "−")


def went(before: float, after: float, digits: int | None = None) -> str:
    """Say how a quantity moved.

    >>> went(73.4, 55.1), went(26.3, 55.0), went(5.0, 5.04)
    ('fell from 73 to 55', 'rose from 26 to 55', 'stayed near 5.0')
    """
    a, b = number(before, digits), number(after, digits)
    if a == b:
        return f"stayed near {a}"
    return f"{'rose' if after > before else 'fell'} from {a} to {b}"


def listed(names: list[str]) -> str:
    """Join names as a sentence does.

    >>> listed(["horses", "cattle", "pigs"])
    'horses, cattle and pigs'
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def share(value: float) -> str:
    """Write a share as a percentage, number and sign unbreakable.

    >>> share(0.574) == "57\u00a0%"
    True
    """
    return f"{number(100 * value, 0)}\u00a0%"
