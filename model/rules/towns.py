"""How towns are fed, housed and live: rations by list, food from the market, bodies, births and deaths; [regions].

Called by `phases/towns.py`. Bodies of townspeople follow the same rules as those of villagers (`rules/body.py`).
"""

from __future__ import annotations

import numpy as np

KCAL_PER_KG_GRAIN = 2_450.0
"""Grain of towns, milled to flour and baked [kcal/kg]; villages eat theirs as groats and coarse bread. assumption"""


def grown_since_census(urban_pop_1926):
    """
    Townspeople in July 1927, from the census of December 1926 [persons].

    Half of the year's migration (850,000) and natural increase (440,000), everywhere alike.
    Source: `net_rural_urban_migration`, `urban_natural_increase`.

    >>> round(grown_since_census(26_314_000.0))
    26959000
    """
    return urban_pop_1926 * (1.0 + 0.5 * (850.0 + 440.0) / 26_314.0)


def fulfil(need, rank, available, preference):
    """
    The State's grain is shared among towns: everybody in full, or by list when it is short.

    need         ration of all people of a region's towns [regions, t]
    rank         0 = no list, 1 = first list [regions]
    available    grain that the State gives to towns [t]
    preference   how far the first list is spared [share]

    Returns the part of the ration that is issued [regions, share].
    Source: OSOKINA1999 (lists of 1931); linear form by assumption.

    >>> [round(float(x), 2) for x in fulfil(np.array([10.0, 10.0]), np.array([1.0, 0.0]), 14.0, 0.5)]
    [0.8, 0.6]
    >>> [float(x) for x in fulfil(np.array([10.0, 10.0]), np.array([1.0, 0.0]), 30.0, 0.5)]
    [1.0, 1.0]
    """
    total = need.sum()
    if total <= 0.0 or available >= total:
        return np.ones_like(need)
    exposed = 1.0 - preference * rank
    cut = (total - available) * exposed / (need * exposed).sum()
    issued = np.maximum(1.0 - cut, 0.0)
    return issued * (available / max((need * issued).sum(), 1e-9))


def other_food(garden, meat_milk, herds, village_hunger, market_hunger, bazaar=1.0):
    """
    Food of townspeople that is not grain [kcal/person/day]; starving villages bring little to market.

    The best fed have closed shops and canteens; those on no list live from the bazaar and lose most when it is empty.

    garden, meat_milk   potatoes and the like; meat, fat and milk, in good years [kcal/person/day]
    herds               animals of the countryside [1927 = 1]
    village_hunger      need not met in the region's villages [share]
    market_hunger       part of this food that comes from villages' surplus [share]
    bazaar              how far they live from the bazaar, 1 = mean of the town [ratio]

    >>> float(other_food(500.0, 400.0, 0.5, 0.0, 0.8))
    700.0
    >>> [round(float(other_food(500.0, 400.0, 0.5, 0.5, 0.8, bazaar))) for bazaar in (1.0, 2.0)]
    [420, 140]
    """
    return (garden + meat_milk * herds) * np.maximum(0.0, 1.0 - market_hunger * village_hunger * bazaar)


def births(people, rate, real_wage, wage_power, barrenness, sensitivity):
    """
    Births in towns in a month [persons].

    people        people of the towns [persons]
    rate          births at the wage of 1928 with enough food [per 1,000/year]
    real_wage     [1928 = 1]; wage_power   elasticity to it
    barrenness    depletion nine months ago [share]
    sensitivity   how much of the births full depletion takes away [ratio]

    >>> round(float(births(12e6, 30.0, 1.0, 0.3, 0.0, 1.1)))
    30000
    """
    return people * rate / 12_000.0 * real_wage**wage_power * np.maximum(1.0 - sensitivity * barrenness, 0.0)


def deaths(people, rate, space, usual_space, crowding):
    """
    Deaths in towns in a month without hunger [persons].

    people             people of the towns [persons]
    rate               deaths with the dwellings of 1928 [per 1,000/year]
    space              living space of a head [m2]; usual_space   that of 1927 [m2]
    crowding           elasticity of deaths to crowding

    >>> round(float(deaths(12e6, 16.0, 5.7, 5.7, 0.5)))
    16000
    """
    return people * rate / 12_000.0 * (usual_space / np.maximum(space, 1.0)) ** crowding


def dwell(space, completed, wear):
    """
    Living space at the month's end [m2].

    space       at its start [m2]
    completed   built in the month [m2]
    wear        lost in a year [1/year]

    >>> dwell(1200.0, 10.0, 0.01)
    1209.0
    """
    return space * (1.0 - wear / 12.0) + completed
