"""Logarithm and power in single precision, for rules that need them: the same bits on every machine."""

from __future__ import annotations

import numpy as np

from model.arithmetic import exponential
from model.compiled import rule


@rule
def logarithm(x):
    """
    Natural logarithm of x > 0, by a series; relative error below 1e-6 away from 1. At or below 0 it answers -87.

    >>> bool(abs(logarithm(2.5) - 0.9162907) < 1e-5), float(logarithm(1.0))
    (True, 0.0)
    """
    held = np.float32(max(x, 1.2e-38))
    bits = held.view(np.int32)
    octaves = np.float32(np.int32((bits >> 23) & 255) - np.int32(127))
    # the rest of the number, between 1 and 2, from its own bits
    rest = np.int32((bits & 0x7FFFFF) | 0x3F800000).view(np.float32)
    z = (rest - 1.0) / (rest + 1.0)
    q = z * z
    series = 1.0 + q * (0.33333333 + q * (0.2 + q * (0.14285714 + q * (0.11111111 + q * 0.09090909))))
    return octaves * 0.69314718 + 2.0 * z * series


@rule
def power(base, exponent):
    """
    A number >= 0 to a power > 0.

    >>> bool(abs(power(2.0, 1.5) - 2.828427) < 1e-5), float(power(0.0, 1.5))
    (True, 0.0)
    """
    return exponential(exponent * logarithm(base)) if base > 1e-30 else 0.0 * base


@rule
def gumbel(u):
    """
    Turn a draw u in [0, 1) into Gumbel noise: the highest of score + noise is a choice in proportion to exp(score).

    >>> bool(abs(gumbel(0.36787944)) < 1e-5)
    True
    """
    return -logarithm(-logarithm(max(u, 1e-7)) + 1e-9)
