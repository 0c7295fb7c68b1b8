"""What a household has when the story begins: people by age, land, standing. Used once, at the founding."""

from __future__ import annotations

import numpy as np

from model.compiled import rule


@rule
def spread_evenly(start, step, place):
    """
    The number in [0, 1) at one place of an even sequence (Kronecker): neighbours differ, means hardly err.

    start, step   phase and step of the sequence, as shares of 2 to the power of 64 [uint64]
    place         place in the sequence [count]

    Source: Niederreiter 1992; one step an irrational number makes means err like 1/n, luck only like 1/sqrt(n).

    >>> a_third = np.uint64(2**64 // 3)
    >>> [round(float(spread_evenly(np.uint64(0), a_third, place)), 3) for place in range(3)]
    [0.0, 0.333, 0.667]
    """
    z = start + np.uint64(place) * step
    return np.float32(np.int32(z >> np.uint64(40))) * np.float32(5.9604645e-08)


@rule
def normal(table, u):
    """
    The standard normal deviate that belongs to a draw.

    table   deviates at the midpoints of equal slices of probability [sd]
    u       draw in [0, 1)

    Returns a deviate, one of as many as the table has.

    >>> [float(normal(np.array([-0.7, 0.7]), u)) for u in (0.0, 0.49, 0.5)]
    [-0.7, -0.7, 0.7]
    """
    return table[int(u * np.float32(table.size))]


@rule
def adults(expected, span, u):
    """
    Adults of a household: one always, the others by the household's span of life and one draw.

    expected   mean number of adults in its class and region, 1 or more [persons]
    span       large or small household, mean 1 [ratio]
    u          draw in [0, 1)

    >>> float(adults(2.5, 1.0, 0.4)), float(adults(2.5, 0.4, 0.1))
    (2.0, 1.0)
    """
    return 1.0 + np.floor(max(expected - 1.0, 0.0) * span + u)


@rule
def dependants(expected, span, u):
    """
    Children or old people of a household, whole ones, right on average.

    expected   mean number in its class and region [persons]
    span       large or small household, young or old couple, mean 1 [ratio]
    u          draw in [0, 1)

    >>> float(dependants(1.2, 1.0, 0.7)), float(dependants(1.2, 1.0, 0.9))
    (1.0, 2.0)
    """
    return np.floor(expected * span + u)


@rule
def span_of(u, least):
    """
    How large a household is for its class, mean 1, evenly between `least` and 2 - `least` [ratio].

    >>> round(float(span_of(0.5, 0.4)), 6)
    1.0
    """
    return least + (2.0 - 2.0 * least) * u
