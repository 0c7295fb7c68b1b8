"""Deaths, escapes and births in special settlements and camps; for phases/settlements.py."""

from __future__ import annotations

from typing import Any

import numpy as np


def settler_death_rate(
    years_since_arrival: Any, ration: float, settled_rate: float, arrival_rate: float, hunger_rate: float
) -> Any:
    """
    Death rate in a special settlement: highest on arrival, when nothing is built, and when the ration is short.

    years_since_arrival   time in the settlement, a number or an array [years]
    ration                what is eaten of the norm [share, 1 = the norm]
    settled_rate          rate of a settled and fed place [a year]
    arrival_rate          added on the first day, falls by e-fold a year [a year]
    hunger_rate           added for the square of what is missing [a year]

    Returns death rate [a year].
    Source: form fitted to special_settler_deaths 1932-40 (ZEMSKOV1994).

    >>> round(float(settler_death_rate(0.0, 1.0, 0.012, 0.032, 0.76)), 3)
    0.044
    >>> bool(settler_death_rate(2.0, 0.6, 0.012, 0.032, 0.76) > settler_death_rate(2.0, 0.9, 0.012, 0.032, 0.76))
    True
    """
    missing = max(1.0 - ration, 0.0)
    return settled_rate + arrival_rate * np.exp(-years_since_arrival) + hunger_rate * missing * missing


def settler_escape_rate(
    years_since_arrival: Any, ration: float, arrival_rate: float, memory_years: float, settled_rate: float,
    hunger_push: float,
) -> Any:  # fmt: skip
    """
    Rate of escape from a special settlement.

    years_since_arrival   time in the settlement, a number or an array [years]
    ration                what is eaten of the norm [share, 1 = the norm]
    arrival_rate          rate on the first day [a year]
    memory_years          time constant of its fall [years]
    settled_rate          rate of those who have settled [a year]
    hunger_push           how much more when there is no ration [share]

    Returns rate of escape [a year].
    Source: form fitted to special_settler_escapes 1932-36 (ZEMSKOV1994).

    >>> round(float(settler_escape_rate(0.0, 1.0, 0.39, 1.25, 0.008, 1.5)), 3)
    0.398
    """
    fresh = arrival_rate * np.exp(-years_since_arrival / memory_years)
    return (fresh + settled_rate) * (1.0 + hunger_push * max(1.0 - ration, 0.0))


def prisoner_death_rate(
    ration: float, crowding: float, settled_rate: float, hunger_rate: float, crowding_rate: float, crowding_free: float
) -> float:
    """
    Death rate in the camps: hunger, and more newcomers than there are barracks, wells and doctors for.

    ration          what is eaten of the norm [share, 1 = the norm]
    crowding        arrivals of the last year against the stock [share a year]
    settled_rate    rate of a fed and settled camp [a year]
    hunger_rate     added for the square of what is missing [a year]
    crowding_rate   added for each unit of crowding above crowding_free [a year]
    crowding_free   crowding that a camp can take in [share a year]

    Returns death rate [a year].
    Source: form fitted to camp_deaths 1930-39 (ZEMSKOV1991, GARF9414).

    >>> round(prisoner_death_rate(1.0, 0.5, 0.022, 0.52, 0.08, 0.5), 3)
    0.022
    >>> round(prisoner_death_rate(0.6, 1.0, 0.022, 0.52, 0.08, 0.5), 3)
    0.145
    """
    missing = max(1.0 - ration, 0.0)
    return settled_rate + hunger_rate * missing * missing + crowding_rate * max(crowding - crowding_free, 0.0)


def crowding_after(crowding: float, arrivals: float, stock: float, memory_months: float) -> float:
    """
    Crowding of the camps: arrivals against the stock, remembered for about a year.

    crowding        crowding so far [share a year]
    arrivals        arrivals of the month [persons]
    stock           prisoners at the month's start [persons]
    memory_months   time constant [months, at least 1]

    Returns crowding [share a year].
    Source: assumption.

    >>> round(crowding_after(0.5, 50_000.0, 600_000.0, 10.0), 6)
    0.55
    """
    now = 12.0 * arrivals / max(stock, arrivals, 1.0)
    return crowding + (now - crowding) / max(memory_months, 1.0)


def share_lost(rate: Any, all_rates: Any) -> Any:
    """
    Part of a group that one of several competing risks takes in a month; together never more than all of it.

    rate        this risk [a year]
    all_rates   sum of all risks, this one included [a year]

    Returns share of the group at the month's start.
    Source: competing risks with constant hazards.

    >>> round(float(share_lost(0.12, 0.12)), 5)
    0.00995
    >>> float(share_lost(0.0, 0.0))
    0.0
    """
    return rate / np.maximum(all_rates, 1e-300) * (1.0 - np.exp(-np.maximum(all_rates, 0.0) / 12.0))
