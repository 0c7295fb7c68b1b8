"""The free numbers of the aggregate twin: where each starts, how far the record may move it, and what it means.

`usual` is a start and its spread [sd] as one would guess before looking; the fit pays for leaving it, so that a number
on which no row bears stays where it is. None differs by year or region.
"""

from __future__ import annotations

from typing import NamedTuple

Numbers = dict[str, float]

BARN_1927 = 0.0925
"""Grain in the barns of July 1927, as founding has it [t a rural head]."""


class Number(NamedTuple):
    """One free number."""

    start: float
    spread: float
    text: str


NUMBERS: dict[str, Number] = {
    "yield_level": Number(1.0, 0.05, "yield over the official mean [ratio]"),
    "draught_elasticity": Number(0.1, 0.05, "yield lost with draught power [elasticity]"),
    "effort_loss": Number(0.25, 0.08, "yield lost for every 25 points of the harvest taken above 25 % [share]"),
    "sowing_push": Number(0.15, 0.05, "more land sown where all are in kolkhozy [share]"),
    "resistance": Number(0.1, 0.05, "part of the plan not obtained for every ten points of it above a fifth [share]"),
    "offer": Number(0.5, 0.15, "surplus offered to the State at a price as good as the market's [share]"),
    "fodder_thrift": Number(0.7, 0.15, "ration of beasts when stocks just last to the harvest [share]"),
    "other_food": Number(750.0, 100.0, "food beside grain, milk and meat [kcal/person/day]"),
    "carry": Number(2.7, 0.5, "months that the barn should last beyond the harvest [months]"),
    "enough": Number(1.1, 0.05, "mean food over need below which some go hungry [ratio]"),
    "lag": Number(3.0, 1.0, "delay between hunger and death [months]"),
    "hazard": Number(2.0, 2.0, "deaths a year for the square of what is missing [1/year]"),
    "birth_rate": Number(0.044, 0.003, "births a year [a head]"),
    "barrenness": Number(2.0, 1.0, "births lost with hunger nine months before [ratio]"),
    "join": Number(0.7, 0.4, "independents who join in a month of full pressure [share]"),
    "neighbours": Number(1.0, 0.7, "how much more when all others are inside [ratio]"),
    "tax_join": Number(0.03, 0.02, "independents who join in a month of full taxes [share]"),
    "willing": Number(0.18, 0.05, "households that stay whatever happens [share]"),
    "leave": Number(0.1, 0.1, "unwilling members who leave in a month when it is wholly tolerated [share]"),
    "desert": Number(0.6, 0.2, "unwilling members who leave in a month of full retreat [share]"),
    "memory": Number(0.8, 0.1, "grievance that lasts a month [share]"),
    "riots": Number(3.0, 3.0, "thousand disturbances a month if all had just been forced in [events]"),
    "opportunity": Number(4.0, 3.0, "how much more of them while the State retreats [ratio]"),
    "grow_horses": Number(0.03, 0.03, "growth of the herd on full fodder [1/year]"),
    "grow_cattle": Number(0.05, 0.05, "the same"),
    "grow_pigs": Number(0.12, 0.1, "the same"),
    "grow_sheep_goats": Number(0.08, 0.05, "the same"),
    "starve_horses": Number(0.15, 0.1, "loss of the herd without fodder [1/year]"),
    "starve_cattle": Number(0.12, 0.1, "the same"),
    "starve_pigs": Number(0.25, 0.15, "the same"),
    "starve_sheep_goats": Number(0.3, 0.15, "the same"),
    "slaughter_horses": Number(0.15, 0.15, "part of what joiners must bring that is slaughtered first [share]"),
    "slaughter_cattle": Number(0.5, 0.3, "the same"),
    "slaughter_pigs": Number(0.6, 0.3, "the same"),
    "slaughter_sheep_goats": Number(0.5, 0.3, "the same"),
    "herd_aid": Number(0.15, 0.05, "growth of herds added by a full order to help households to beasts [1/year]"),
    "base_migration": Number(0.9, 0.3, "net migration to towns while no job is vacant [million a year]"),
    "pull": Number(0.8, 0.4, "migrants a year for every vacancy [ratio]"),
    "at_home": Number(0.3, 0.1, "part of a vacancy that townspeople fill themselves in a year [share]"),
    "passports": Number(0.3, 0.15, "part of the migrants whom passports keep out [share]"),
    "town_growth": Number(0.01, 0.004, "natural increase of towns [1/year]"),
    "settler_deaths": Number(0.08, 0.03, "deaths in special settlements [1/year]"),
    "settler_escapes": Number(0.12, 0.05, "escapes from special settlements [1/year]"),
}


def guessed() -> Numbers:
    """Return the numbers as they stand before any fit."""
    return {name: number.start for name, number in NUMBERS.items()}
