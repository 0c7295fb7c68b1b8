"""Single-precision functions that vectorise and give the same bits on every machine (libm's do neither)."""

from __future__ import annotations

import numpy as np

from model.compiled import rule


@rule
def exponential(x):
    """
    e to the power of x, by a polynomial; relative error below 3e-6; x is held within -60 and 60.

    >>> bool(abs(exponential(1.0) - 2.7182817) < 1e-5)
    True
    """
    bounded = min(max(x, -60.0), 60.0)
    scaled = bounded * 1.44269504
    whole = np.floor(scaled + 0.5)
    z = (scaled - whole) * 0.69314718
    series = 1.0 + z * (1.0 + z * (0.5 + z * (0.16666667 + z * (0.041666668 + z * (0.0083333338 + z * 0.0013888889)))))
    # two to the power of `whole`, written straight into the exponent's bits of a 32-bit float
    return series * np.int32((np.int32(whole) + 127) << 23).view(np.float32)


@rule
def logistic(x):
    """
    Share between 0 and 1 that belongs to the logit x.

    >>> float(logistic(0.0))
    0.5
    """
    return 1.0 / (1.0 + exponential(-x))


@rule
def whole(expected, u):
    """
    Round an expected number of events to whole ones, by one draw u in [0, 1): right on average.

    >>> float(whole(2.25, 0.5)), float(whole(2.25, 0.8))
    (2.0, 3.0)
    """
    return np.floor(expected + u)


LANE = 256
"""Rows of a village at most [households]: as long are the lanes of the sheet on which a loop notes what it reckons."""

_EIGHT = np.uint64(8)


def lanes(count: int) -> tuple[np.uint64, ...]:
    """Return the places where the lanes of a sheet begin: constants, so that the compiler sees that none overlap.

    Unsigned, because the compiler must see too that no index counts from the end: else it writes no vector code.
    """
    return tuple(np.uint64(LANE * lane) for lane in range(count))


@rule
def total(sheet, lane, rows):
    """Sum the first rows of a lane: eights in single and the whole in double precision, always in the same order."""
    eights = lane + rows // _EIGHT * _EIGHT
    whole = np.float64(0.0)
    for i in range(lane, eights, _EIGHT):
        part = sheet[i : i + _EIGHT]
        whole += ((part[0] + part[1]) + (part[2] + part[3])) + ((part[4] + part[5]) + (part[6] + part[7]))
    rest = np.float64(0.0)
    for i in range(eights, lane + rows):
        rest += sheet[i]
    return whole + rest
