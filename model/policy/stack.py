"""Scenarios laid over each other by name, `historical+open_borders+relief_1932`, and where their orders collide.

The first is taken whole; of each further one only what its own file orders is laid on top, in order, as if it extended
the one before. So in a lever and month that two of them order, the later wins; `collisions` tells it. Called by
`scenario.py` and `describe.py`.
"""

from __future__ import annotations

import os
from itertools import combinations, starmap
from pathlib import Path

import numpy as np

from model.calendar import Month
from model.history import N_REGIONS, REGION_IDS
from model.policy.dated import Table, flat, lay_over
from model.policy.errors import ScenarioError
from model.policy.month import LEVERS
from model.policy.reading import Head, Layer

SIGN = "+"
SHOWN = 3  # regions in a sentence before it says how many

Named = tuple[str, Layer]
"""A scenario of a stack: its name, and what its own file says."""


def members(name_or_path: str | Path) -> list[str | Path]:
    """Return the scenarios that a name stands for, lowest first; one, unless the name is a stack.

    A file whose own name has a plus in it stays one scenario.

    >>> members("historical+open_borders")
    ['historical', 'open_borders']
    >>> members("historical")
    ['historical']
    """
    text = str(name_or_path)
    if SIGN not in text or isinstance(name_or_path, Path) or os.path.isfile(text):  # noqa: PTH113  # no error, whatever is in the name
        return [name_or_path]
    names = [part.strip() for part in text.split(SIGN)]
    if not all(names):
        raise ScenarioError(f"{text}: a name is missing beside a plus; write them as in historical+open_borders.")
    if twice := [name for place, name in enumerate(names) if name in names[:place]]:
        raise ScenarioError(f"{text}: {twice[0]} is named twice; laid over itself it changes nothing.")
    return list(names)


def collisions(stack: tuple[Named, ...]) -> list[str]:
    """Return a sentence for whatever two scenarios of a stack both order, and differently; the later one holds."""
    return [sentence for pair in starmap(_between, combinations(stack, 2)) for sentence in pair]


def _between(one: Named, other: Named) -> list[str]:
    """Return the collisions of two layers, the second of which lies above."""
    (lower, below), (upper, above) = one, other
    holds = f"both {lower} and {upper} order it; {upper}, the later, holds."
    spans = {key: _where_they_differ(key, below, above) for key in below.courses if key in above.courses}
    sentences = [f"{key}, {span}: {holds}" for key, span in spans.items() if span]
    for section in ("mechanisms", "behaviour"):
        first, second = getattr(below, section), getattr(above, section)
        sentences += [f"{section}.{name}: {holds}" for name in first if second.get(name, first[name]) != first[name]]
    words = {"weather.mode": "weather", "households.spread": "spread", "start": "start", "end": "end"}
    for word, field in words.items():
        pair = (getattr(below, field), getattr(above, field))
        if None not in pair and pair[0] != pair[1]:
            sentences.append(f"{word}: {holds}")
    return sentences


def _where_they_differ(key: str, below: Layer, above: Layer) -> str:
    """Return the first and last month, and the regions, in which both order a lever otherwise; empty if nowhere."""
    first, second = _own(key, below), _own(key, above)
    apart = ~np.isnan(first) & ~np.isnan(second) & (first != second)
    months = np.flatnonzero(apart.any(axis=1))
    if not months.size:
        return ""
    regions = np.flatnonzero(apart.any(axis=0))
    span = f"{Month.at(int(months[0]))} to {Month.at(int(months[-1]))}"
    if not LEVERS[key].regional or len(regions) == N_REGIONS:
        return span
    named = [REGION_IDS[region] for region in regions]
    return f"{span} in {', '.join(named)}" if len(named) <= SHOWN else f"{span} in {len(named)} regions"


def _own(key: str, layer: Layer) -> Table:
    """Return what one file orders of a lever, nothing (nan) where it is silent [months, regions or 1]."""
    table = lay_over(flat(np.nan, regional=LEVERS[key].regional), layer.courses[key])
    return table if table.ndim == 2 else table[:, None]


def under_one_head(title: str, lower: Head, upper: Head) -> Head:
    """Return the words of a stack: questions and notes of both; what to expect of each alone need not hold of both."""
    return Head(
        title=title,
        question=f"{lower.question} {upper.question}".lstrip(),
        notice=lower.notice + upper.notice,
    )
