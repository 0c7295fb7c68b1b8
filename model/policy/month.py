"""The orders of one month: a tree of plain numbers and arrays [regions], with no date left inside."""

from __future__ import annotations

from typing import NamedTuple

from model.policy.lever import Lever, Section, levers_of
from model.policy.parameters import Collectivisation, Dekulakisation, Livestock, Procurement, Relief
from model.policy.parameters_towns import Borders, Camps, Industry, Towns, Trade


class MonthPolicy(NamedTuple):
    """Orders of one month; `policy.procurement.rate` is a float, `policy.borders.closed` an array [regions]."""

    collectivisation: Collectivisation
    procurement: Procurement
    livestock: Livestock
    dekulakisation: Dekulakisation
    trade: Trade
    relief: Relief
    towns: Towns
    borders: Borders
    industry: Industry
    camps: Camps


SECTIONS: dict[str, type[Section]] = {
    "collectivisation": Collectivisation,
    "procurement": Procurement,
    "livestock": Livestock,
    "dekulakisation": Dekulakisation,
    "trade": Trade,
    "relief": Relief,
    "towns": Towns,
    "borders": Borders,
    "industry": Industry,
    "camps": Camps,
}

LEVERS: dict[str, Lever] = {
    lever.key: lever for section, declared in SECTIONS.items() for lever in levers_of(section, declared)
}
"""Every lever by its key, section.lever."""
