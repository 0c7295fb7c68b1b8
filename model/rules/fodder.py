"""What animals are fed and how they fare: grain above what people and seed need; else grass and hay."""

from __future__ import annotations

from model.compiled import rule


@rule
def need(horses, cattle, pigs, sheep_goats):
    """
    Grain that animals are fed in a year where there is enough.

    horses, cattle, pigs, sheep_goats   animals [heads]

    Returns need [kg/year]. Source: `grain_use_fodder` (horse 0.36 t, cattle 0.07, pig 0.16, sheep 0.006: 22 Mt
    for the herds of 1928, of which 20.5 Mt were fed in 1927).

    >>> float(need(1.0, 2.0, 1.0, 10.0))
    720.0
    """
    return 360.0 * horses + 70.0 * cattle + 160.0 * pigs + 6.0 * sheep_goats


@rule
def spare(stock_kg, mouths, table_kg, months_to_harvest, seed_kg):
    """
    Grain left for animals when people until the harvest and the coming sowing are served.

    stock_kg            grain in the barn [kg]
    mouths              persons at table [persons]
    table_kg            kept for one person [kg/person/month]
    months_to_harvest   months until new grain [months]
    seed_kg             seed still to be sown [kg]

    Returns grain [kg], never below 0. Source: assumption (people and seed before animals).

    >>> float(spare(1000.0, 5.0, 17.0, 8.0, 200.0)), float(spare(500.0, 5.0, 17.0, 8.0, 200.0))
    (120.0, 0.0)
    """
    return max(0.0, stock_kg - mouths * table_kg * months_to_harvest - seed_kg)


@rule
def feed(stock_kg, spare_kg, need_ahead_kg, share_now, most):
    """
    Grain fed this month: the spare grain is spread over the winter, and plenty is not hoarded.

    stock_kg        grain in the barn [kg]
    spare_kg        grain not needed by people and seed [kg]
    need_ahead_kg   need of the animals until the harvest [kg]
    share_now       part of that need that falls into this month [share]
    most            grain fed over need where there is plenty [ratio]

    Returns grain fed [kg].

    >>> float(feed(900.0, 200.0, 400.0, 0.25, 1.1)), float(feed(900.0, 900.0, 400.0, 0.25, 1.0))
    (50.0, 100.0)
    """
    return min(stock_kg, share_now * min(spare_kg, most * need_ahead_kg))


@rule
def condition(spare_kg, need_ahead_kg, usual, margin):
    """
    How animals fare on the grain that is left for them, against what they are used to.

    spare_kg        grain not needed by people and seed [kg]
    need_ahead_kg   need of the animals until the harvest, above 0 [kg]
    usual           grain ration of the region in the years before 1929, relative to full need [share]
    margin          part of the usual ration that is needed to stay in condition [share]

    Returns condition [share, 0.03-1]: 1 = as usual. Where animals always lived on hay, lack of grain hurts little.
    Source: assumption.

    >>> float(condition(50.0, 100.0, 1.0, 1.0)), float(condition(0.0, 100.0, 0.25, 1.0))
    (0.5, 0.75)
    """
    ration = min(1.0, spare_kg / need_ahead_kg)
    return min(1.0, max(0.03, 1.0 - margin * usual + ration))


@rule
def carried(condition, bend, steep):
    """
    Part of the usual herd that a household keeps in such condition of fodder.

    condition   how animals fare [share]
    bend        0 = fodder does not matter; elasticity at 1 is bend / (1 + bend) [ratio]
    steep       1 where the animal competes with people for grain (pigs), else 0 [0/1]

    Returns a factor on the usual herd [share]. Source: elasticities of `mechanisms` (horses 0.37, cattle 0.03,
    pigs 1.86, sheep and goats 0.79), as a quotient, which costs less than a power.

    >>> round(float(carried(0.5, 6.0, 1.0)), 3), float(carried(1.0, 3.8, 0.0))
    (0.269, 1.0)
    """
    eaten = condition * (1.0 + bend) / (condition + bend)
    return eaten * (1.0 - steep * (1.0 - condition))
