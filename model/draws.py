"""Luck: a number in [0, 1) that belongs to a seed, a month, a question and a household (or village).

There is no generator that moves on. The same household asks the same question in the same month and gets
the same answer in every scenario, on any number of threads, whatever happened to others: a difference
between two runs is policy, never luck.
"""

from __future__ import annotations

from enum import IntEnum

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
