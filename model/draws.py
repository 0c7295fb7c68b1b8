"""Luck: a number in [0, 1) that belongs to a seed, a month, a question and a household (or village).

There is no generator that moves on. The same household asks the same question in the same month and gets
the same answer in every scenario, on any number of threads, whatever happened to others: a difference
between two runs is policy, never luck.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from model.compiled import rule


class Ask(IntEnum):
    """What is asked of fate. Numbers are lasting names: a new question gets a new number at the end."""

    DEATH_SMALL = 0  # children under five
    DEATH_CHILD = 1
    DEATH_ADULT = 2
    DEATH_OLD = 3
    BIRTH = 4
    AGEING_SMALL = 5
    AGEING_CHILD = 6
    AGEING_ADULT = 7
    JOIN = 8
    LEAVE_KOLKHOZ = 9
    EXILE = 10
    FLIGHT = 11
    WORK = 12  # one worker leaves for the town
    FOLLOW = 13  # the family follows
    RETURN = 14
    MOVE = 15  # a whole household leaves
    ARREST = 16
    EVENT = 17  # a disturbance in a village
    HARVEST = 18  # a village's field luck of the year
    PLAN = 19  # a village's share in the plan, as officials err
    WEATHER = 20  # a region's drawn weather
    TEMPER = 21
    LEANING = 22
    FOUNDING = 23
    EXILE_CHOICE = 24
    SEARCH = 25  # whether brigades come to a village this year


N_QUESTIONS = len(Ask)


def keys(seed: int, month: int) -> NDArray[np.uint64]:
    """Return the keys of all questions of one month [N_QUESTIONS], uint64."""
    return np.random.SeedSequence(entropy=(seed, month)).generate_state(N_QUESTIONS, np.uint64).astype(np.uint64)


SLICES = 8192  # equal slices of probability in the table of normal deviates


@cache
def normal_table() -> NDArray[np.float32]:
    """Return standard normal deviates at the midpoints of 8,192 equal slices of probability [sd]."""
    inverse = NormalDist().inv_cdf
    return np.array([inverse((i + 0.5) / SLICES) for i in range(SLICES)], np.float32)


def in_turn(key: np.uint64, edges: NDArray[np.int64]) -> NDArray[np.float64]:
    """
    Order the members of each group by lot and return their places, evenly spaced between 0 and 1 [members].

    key     of seed, month and question
    edges   first member of each group, and the end [groups + 1]

    The k-th of n stands at (k - 1/2) / n: whatever part of a group is meant, that part of it is met to half a member.
    Lots drawn one by one would leave it to luck, and a country of few villages would differ from one of many.

    >>> sorted(in_turn(np.uint64(7), np.array([0, 1, 5])).tolist())
    [0.125, 0.375, 0.5, 0.625, 0.875]
    """
    luck = np.random.Generator(np.random.Philox(key=int(key)))
    sizes = np.diff(edges)
    order = np.concatenate([luck.permutation(size) for size in sizes.tolist()])
    return (order + 0.5) / np.repeat(sizes, sizes)


def normal(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    Turn places between 0 and 1 into standard normal deviates [members, sd].

    >>> [round(float(x), 2) for x in normal(np.array([0.5, 0.25, 0.75]))]
    [0.0, -0.67, 0.67]
    """
    table = normal_table().astype(np.float64)
    slices = np.clip(places * SLICES - 0.5, 0.0, SLICES - 1.0)
    below = np.minimum(slices.astype(np.int64), SLICES - 2)  # evenly spaced, so nothing need be looked for
    return np.asarray(table[below] + (slices - below) * (table[below + 1] - table[below]))


@rule
def uniform(key, who):
    """
    The number in [0, 1) that belongs to a key and a household, village or region (splitmix64).

    key   of seed, month and question [uint64]
    who   row of the one who asks [count]

    Returns a draw with 24 bits [share].
    """
    z = (np.uint64(who) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15) + key
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return np.float32(np.int32(z >> np.uint64(40))) * np.float32(5.9604645e-08)
