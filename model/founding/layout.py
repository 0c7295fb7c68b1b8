"""How many rows each region has, which of them are nomads, and where one village ends and the next begins."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.founding.facts import record

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

VILLAGE = 64
"""Households of a village. Source: land communes of 1927 had some 55 to 60 on average; `docs/model.md`, section 2."""
SMALL_VILLAGE = 24  # households of a village, on average, where rows are few
ENOUGH = 10  # villages of a region's farmers or nomads; so that there are as many, villages may be small


class Layout(NamedTuple):
    """Who lives in which village."""

    first: Ints
    """First household of each village, and the end [villages + 1]."""
    edges: Ints
    """First village of each region, and the end [regions + 1]."""
    region: NDArray[np.int32]
    """Region of each village [villages]."""
    nomad: NDArray[np.int8]
    """Villages of nomads [villages]."""


def largest_remainder(parts: Floats, total: int) -> Ints:
    """Share out `total` whole things in proportion to `parts` (Hamilton).

    >>> largest_remainder(np.array([5.0, 3.0, 1.0]), 10).tolist()
    [6, 3, 1]
    """
    exact = parts / parts.sum() * total
    shares: Ints = np.floor(exact).astype(np.int64)
    latecomers = np.argsort(shares - exact, kind="stable")[: total - int(shares.sum())]
    shares[latecomers] += 1
    return shares


def rows_of_regions(households: int) -> Ints:
    """Return the rows of each region, in proportion to its peasant households [regions]."""
    return largest_remainder(record().households, households)


def rows_of_nomads(rows: Ints) -> Ints:
    """Return the nomad rows of each region; what is too little for a village is carried to the next region of nomads.

    >>> rows_of_nomads(rows_of_regions(25_600)).tolist()[12:16]  # Siberia, Kazakhstan, Central Asia
    [25, 76, 572, 246]
    """
    nomads = np.zeros_like(rows)
    owed = 0.0
    for region in np.flatnonzero(record().nomadic_share):
        owed += float(record().nomadic_share[region]) * int(rows[region])
        least = min(int(rows[region]) // 2, SMALL_VILLAGE)
        whole = min(round(owed), int(rows[region]) - least)
        if whole >= least:
            nomads[region] = whole
            owed -= whole
    return nomads


def village_sizes(rows: int) -> Ints:
    """Cut `rows` households into villages of 64, the last with what is left over; or ten of no less than 24 each.

    All alike, because no rule depends on the size of a village, and loops run fastest over rows in sixteens. More
    villages where rows are few: a village is its luck, and a region of two would be far better or worse than it should.

    >>> village_sizes(1_000)[-2:].tolist(), village_sizes(130).tolist()
    ([64, 40], [26, 26, 26, 26, 26])
    """
    whole, least = max(1, round(rows / VILLAGE)), min(ENOUGH, rows // SMALL_VILLAGE)
    if least > whole:
        return np.diff(np.arange(least + 1) * rows // least)
    sizes = np.full(whole, VILLAGE)
    sizes[-1] += rows - VILLAGE * whole
    return sizes


def lay_out(households: int) -> Layout:
    """Divide the country into regions, and each region into villages of farmers and, after them, of nomads."""
    rows = rows_of_regions(households)
    nomads = rows_of_nomads(rows)
    sizes: list[Ints] = []
    nomad: list[int] = []
    counts = np.zeros(len(rows), np.int64)
    for region, (all_rows, of_nomads) in enumerate(zip(rows.tolist(), nomads.tolist(), strict=True)):
        for is_nomad, group in enumerate((all_rows - of_nomads, of_nomads)):
            if group:
                cut = village_sizes(group)
                sizes.append(cut)
                nomad.append(is_nomad)
                counts[region] += len(cut)
    flags = np.repeat(np.array(nomad, np.int8), [len(cut) for cut in sizes])
    return Layout(
        first=np.concatenate([[0], np.cumsum(np.concatenate(sizes))]).astype(np.int64),
        edges=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        region=np.repeat(np.arange(len(rows), dtype=np.int32), counts),
        nomad=flags,
    )
