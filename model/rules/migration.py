"""Who leaves the village, and how many the towns call: work, the family that follows, flight from hunger, coming home.

The rules of one household are called by `phases/roads.py`, those of a region's towns and villages by
`phases/towns.py` with arrays [regions].
"""

from __future__ import annotations

import numpy as np

from model.compiled import rule


@rule
def spare_adults(adults, dependants):
    """
    Adults who may leave for work: nobody leaves children and the old without the last adult [persons].

    adults       aged 15-59, at home [persons]
    dependants   children and the old at home [persons]

    >>> float(spare_adults(2.0, 3.0)), float(spare_adults(1.0, 3.0)), float(spare_adults(1.0, 0.0))
    (1.0, 0.0, 1.0)
    """
    kept = 1.0 if dependants > 0.0 else 0.0
    return max(adults - kept, 0.0)


@rule
def readiness(deficit, poor, kulak, unpaid, leave_hungry, leave_poor, leave_kulak, leave_unpaid):
    """
    How ready a household is to send a worker, against a middle household with enough to eat [ratio].

    deficit      part of need not met this month [share]
    poor, kulak  1 where the household is of that class, else 0
    unpaid       how far the labour-day falls short of enough, 0 for independents [share]
    leave_...    weights [ratio]

    Source: assumption; otkhod was a trade of the poor and of villages that do not feed (`mechanisms` 6).

    >>> round(float(readiness(0.0, 0.0, 0.0, 0.0, 2.0, 0.5, 0.6, 0.4)), 2)
    1.0
    >>> round(float(readiness(0.5, 1.0, 0.0, 1.0, 2.0, 0.5, 0.6, 0.4)), 2)
    2.9
    """
    of_class = 1.0 + leave_poor * poor - (1.0 - leave_kulak) * kulak
    return of_class + leave_hungry * deficit + leave_unpaid * unpaid


@rule
def unpaid(trudoden_kg, enough_kg):
    """
    How far the grain of a labour-day falls short of enough: 1 where members are paid nothing [share].

    >>> float(unpaid(1.5, 3.0)), float(unpaid(5.0, 3.0))
    (0.5, 0.0)
    """
    return max(0.0, 1.0 - trudoden_kg / enough_kg)


@rule
def hunger_on_the_road(deficit, threshold):
    """
    How strongly want drives a household away [share].

    deficit     part of need not met this month [share]
    threshold   want that everybody sits out [share]

    >>> float(hunger_on_the_road(0.1, 0.2)), float(hunger_on_the_road(1.0, 0.2))
    (0.0, 1.0)
    """
    return max(0.0, deficit - threshold) / (1.0 - threshold)


@rule
def fetches_family(adults_home, kin_bond):
    """
    Chance that a worker who settles in town brings the household after him [share].

    adults_home   adults left in the village [persons]
    kin_bond      chance where others can run the farm [share]

    A husband fetches wife and children; a son or daughter of a full house marries in town. Source: assumption.

    >>> float(fetches_family(1, 0.1)) == 1.0, round(float(fetches_family(3, 0.1)), 1)
    (True, 0.1)
    """
    return 1.0 if adults_home <= 1 else kin_bond


def attraction(real_wage, supply, living, power, most):
    """
    Town against village, as villagers see it; 1 = as in 1928 [ratio].

    real_wage   real wage of an employed worker [1928 = 1]
    supply      part of need that townspeople eat, up to 1 [share]
    living      living in the village [1927 = 1]
    power       elasticity; most   largest attraction [ratio]

    Source: `mechanisms` 6 (prototype fit).

    >>> float(attraction(1.0, 1.0, 1.0, 1.2, 1.3)), float(attraction(1.0, 1.0, 0.5, 1.2, 1.3))
    (1.0, 1.3)
    """
    return np.minimum(most, (real_wage * supply / np.maximum(living, 0.05)) ** power)


def called(gap, pace, attraction_mean, passports, passport_work):
    """
    Villagers whom the towns call this month [persons].

    gap               jobs that townspeople leave open [persons]
    pace              part of them filled in a month [1/month]
    attraction_mean   mean over the villages [ratio]
    passports         index 0-1; passport_work   hiring lost to them [share]

    >>> round(called(1000.0, 0.35, 1.0, 0.0, 0.05), 6)
    350.0
    """
    return max(gap, 0.0) * min(pace * attraction_mean * (1.0 - passport_work * passports), 1.0)


def following(supply, real_wage, pace, wage_power):
    """
    Part of the workers alone in town who settle for good in a month, most of them with their family [1/month].

    supply       part of need that townspeople eat, up to 1 [share]
    real_wage    [1928 = 1]: one wage has to feed a family
    pace         at the wage of 1928 with enough food [1/month]; wage_power   elasticity to the wage

    Source: assumption. In the rush of 1930-32 single men came and lived in barracks; families followed years later,
    when wages had stopped falling.

    >>> float(following(1.0, 1.0, 0.03, 1.5)), round(float(following(1.0, 0.5, 0.03, 1.5)), 4)
    (0.03, 0.0106)
    """
    return pace * supply * supply * max(real_wage, 0.05) ** wage_power


def homecoming(supply, pace, hunger_weight):
    """
    Part of the workers alone in town who go home in a month [1/month].

    supply   part of need that townspeople eat, up to 1 [share]

    >>> round(float(homecoming(1.0, 0.04, 6.0)), 3), round(float(homecoming(0.5, 0.04, 6.0)), 3)
    (0.04, 0.16)
    """
    return np.minimum(pace * (1.0 + hunger_weight * (1.0 - supply)), 0.5)
