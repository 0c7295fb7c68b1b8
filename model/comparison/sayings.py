"""What the literature says of the library's questions, and whether the model agrees; the verdict is never written here.

A claim is read as a range of one number that the model has. The verdict is computed from the runs: it agrees when 90 %
of the paired runs lie within the range, disagrees when 90 % lie without, and is undecided between. Where our notes
know of no claim there is none: a scenario that is not named here has no published figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite
from typing import TYPE_CHECKING, Literal

import numpy as np

from model.comparison.library import pair
from model.comparison.paired import Told

if TYPE_CHECKING:
    import pandas as pd

Measure = Literal["level", "difference", "per cent"]
AGREES, DISAGREES, UNDECIDED, SILENT, NO_FIGURE = (
    "agrees", "disagrees", "undecided", "the model is silent", "no published figure",
)  # fmt: skip
RISES, FALLS = (0.0, inf), (-inf, 0.0)


@dataclass(frozen=True, slots=True)
class Saying:
    """One claim on one scenario."""

    scenario: str
    text: str
    source: str
    """Keys of docs/sources.md."""
    reading: str
    """How the claim becomes a range of the outcome; where there is none, what the model lacks."""
    outcome: str = ""
    """Name in `library.TOLD`; empty where the model has no such number."""
    measure: Measure = "difference"
    """Which number: the level under the scenario, its paired difference to what was, or that in per cent of it."""
    claimed: tuple[float, float] = (-inf, inf)
    recalled: bool = False
    """From knowledge of the work alone, no page seen (docs/cannot_say.md)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the runs say to a claim."""

    word: str
    told: Told | None
    """The number that was asked for; None where the model is silent."""


SAYINGS: tuple[Saying, ...] = (
    Saying(
        "historical", "5.5 to 6.5 million people died in 1930-33, or 7.3 in 1932-33, or 8.7 in 1932-34.",
        "DW2004; ADK1993; RUDNYTSKYI2018",
        "excess deaths 1930-34 between the lowest and the highest; the calibration has seen the total",
        "deaths", "level", (5.5, 8.7), recalled=True,
    ),
    Saying(
        "nep_continues", "The case made for the turn: small farms could not feed growing towns.", "MOSHKOV1966",
        "towns eat less in 1933 than they did; those of the scenario are smaller", "food_towns", "difference", FALLS,
    ),
    Saying(
        "nep_continues", "Planned investment within the NEP would have industrialised almost as fast.", "ALLEN2003",
        "investment is an order of the scenario, at half the pace, not an outcome",
    ),
    Saying(
        "market_prices_1928", "The crisis of grain was made by price policy and could have been ended by it.",
        "GREGORY1994; HARRISON2006", "the State buys more in 1928/29 than it took by force", "procured_1928",
        "difference", RISES, recalled=True,
    ),
    Saying(
        "market_prices_1928", "With the pace that was chosen, market relations could hardly be kept.", "DAVIES1980",
        "at the market's price the State has less grain in 1931/32 than it took", "procured", "difference", FALLS,
        recalled=True,
    ),
    Saying(
        "voluntary_cooperation", "Collectivisation explains up to 52 % of Ukraine's excess deaths.", "NAUMENKO2021",
        "deaths in Ukraine fall by no more than 52 % without force; she carries a coefficient between districts to a "
        "country without kolkhozy",
        "deaths_ukraine", "per cent", (-52.0, 0.0),
    ),
    Saying(
        "voluntary_cooperation", "Collectivisation nudged the growth of industry up a little.", "ALLEN2003",
        "industry of 1937 is lower, by no more than a tenth (our reading of a little)", "industry", "per cent",
        (-10.0, 0.0),
    ),
    Saying(
        "slow_collectivisation", "A slower drive would have left higher living standards.", "HUNTERSZYRMER1992",
        "villages eat more in 1933", "food_villages", "difference", RISES,
    ),
    Saying(
        "no_grain_exports", "Grain brought a tenth to a third of the receipts that bought machines.", "VALUTA",
        "machine imports of 1930-33 fall by as much", "machinery", "per cent", (-100.0 / 3.0, -10.0),
    ),
    Saying(
        "relief_1932", "The leaders retreated too little and too late.", "DW2004",
        "fewer die when stores are opened in April 1932", "deaths", "difference", FALLS, recalled=True,
    ),
    Saying(
        "flexible_procurement",
        "Plans made for harvests that did not exist killed; of China, plans that could not follow the harvest were an "
        "important cause.",
        "DW2004; MQY2015", "fewer die under a plan that follows the harvest", "deaths", "difference", FALLS,
        recalled=True,
    ),
    Saying(
        "open_borders", "Decisions of the winter for Ukraine and the Kuban turned hunger into the Holodomor.",
        "GRAZIOSI2005", "fewer die in Ukraine without this one of them", "deaths_ukraine", "difference", FALLS,
    ),
    Saying(
        "cows_stay_home", "Peasants slaughtered rather than give up their animals.", "DAVIES1980",
        "more cattle live in June 1930", "cattle_1930", "difference", RISES, recalled=True,
    ),
    Saying(
        "cows_stay_home", "Want of fodder and neglect killed more animals than the knife.",
        "DW2004; HUNTERSZYRMER1992",
        "in June 1933 less than half of the 32 million head lost since 1928 is spared", "cattle", "difference",
        (-inf, 16.0), recalled=True,
    ),
    Saying(
        "no_nomad_settling", "Procurement of meat and grain emptied the steppe; settling came second.",
        "PIANCIOLA2004", "deaths in Kazakhstan fall, by less than half", "deaths_kazakhstan", "per cent",
        (-50.0, 0.0), recalled=True,
    ),
    Saying(
        "no_nomad_settling", "Settling and its failures stand foremost.", "OHAYON2006",
        "deaths in Kazakhstan fall by more than half", "deaths_kazakhstan", "per cent", (-inf, -50.0), recalled=True,
    ),
    Saying(
        "average_weather", "Weather explains up to 8.1 % of Ukraine's excess deaths.", "NAUMENKO2021",
        "deaths in Ukraine fall by no more than 8.1 % under an average sky and the same orders", "deaths_ukraine",
        "per cent", (-8.1, 0.0),
    ),
    Saying(
        "average_weather", "Two bad harvests, of weather among other things, came before the famine.", "DW2004",
        "fewer die in the whole country under an average sky", "deaths", "difference", FALLS, recalled=True,
    ),
)  # fmt: skip
"""Claims on the library, in its order."""


def verdict(saying: Saying, kept: pd.DataFrame) -> Verdict:
    """Return what the runs (`library.outcomes_of`) say to a claim."""
    if not saying.outcome:
        return Verdict(SILENT, None)
    twins = pair(kept, saying.scenario, saying.outcome)
    gap = twins.other - twins.baseline
    if saying.measure == "per cent":
        gap = 100.0 * np.divide(gap, twins.baseline, out=np.full(gap.shape, np.nan), where=twins.baseline != 0.0)
    told = Told.of(twins.other if saying.measure == "level" else gap)
    if not isfinite(told.mean):
        return Verdict(SILENT, None)
    return Verdict(word_for(told, saying.claimed), told)


def word_for(told: Told, claimed: tuple[float, float]) -> str:
    """Return whether 90 % of the runs lie within what is claimed, without, or on both sides of an end.

    >>> word_for(Told(-2.0, -3.0, -1.0), FALLS), word_for(Told(0.0, 0.0, 0.0), FALLS), word_for(Told(0, -1, 1), RISES)
    ('agrees', 'disagrees', 'undecided')
    """
    low, high = claimed
    if low < told.low and told.high < high:
        return AGREES
    return DISAGREES if told.high <= low or told.low >= high else UNDECIDED
