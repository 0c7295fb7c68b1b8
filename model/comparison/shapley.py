"""Shapley's value, exact: what each of n players adds to a whole, averaged over every order in which they can come.

Shapley (1953): phi_i = sum over the sets S without i of |S|! (n - |S| - 1)! / n! x (v(S with i) - v(S)). The values add
up to v(all) - v(none), equals are treated alike, and who adds nothing to any set gets nothing.
"""

from __future__ import annotations

from math import factorial

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def players(values: Floats) -> int:
    """Return how many players the 2^n values [subsets, ...] tell of.

    >>> players(np.zeros(8))
    3
    """
    n = len(values).bit_length() - 1
    if len(values) != 2**n:
        raise ValueError(f"{len(values)} values do not tell all subsets of any number of players.")
    return n


def shapley(values: Floats) -> Floats:
    """Return the value of each player [players, ...] of the values of all subsets [2^players, ...].

    Player i is in the subset at place `mask` where bit i of `mask` is set.

    >>> shapley(np.array([0.0, 1.0, 2.0, 5.0])).tolist()
    [2.0, 3.0]
    """
    n = players(values)
    masks = np.arange(2**n)
    sizes = np.array([int(mask).bit_count() for mask in masks])
    found = np.zeros((n, *values.shape[1:]))
    for i in range(n):
        without = masks[masks >> i & 1 == 0]
        weights = np.array([factorial(int(size)) * factorial(n - int(size) - 1) for size in sizes[without]])
        gains = values[without | 1 << i] - values[without]
        found[i] = np.tensordot(weights / factorial(n), gains, axes=1)
    return found


def alone(values: Floats) -> tuple[Floats, Floats]:
    """Return what changes when one player goes from the whole, and when it comes first [players, ...] each.

    >>> [part.tolist() for part in alone(np.array([0.0, 1.0, 2.0, 5.0]))]
    [[3.0, 4.0], [1.0, 2.0]]
    """
    n, whole = players(values), len(values) - 1
    gone = np.array([values[whole] - values[whole ^ 1 << i] for i in range(n)])
    first = np.array([values[1 << i] - values[0] for i in range(n)])
    return gone, first
