"""The mechanisms which a scenario may switch off, to see what each of them does."""

from __future__ import annotations

from typing import NamedTuple


class Mechanisms(NamedTuple):
    """Which mechanisms are at work; all of them unless the scenario says otherwise."""

    fields_effort: bool = True
    nep_market: bool = True
    procurement: bool = True
    concealment: bool = True
    search: bool = True
    collectivisation: bool = True
    unrest_and_retreat: bool = True
    livestock_slaughter: bool = True
    nomad_settling: bool = True
    dekulakisation: bool = True
    hunger_kills: bool = True
    leaving: bool = True
    town_rations: bool = True
    trade_and_machines: bool = True
    officials_beliefs: bool = True
    sharing: bool = True


MECHANISMS: dict[str, str] = {
    "fields_effort": "Effort in the fields falls when most of the harvest is taken.",
    "nep_market": "Independent households decide by prices how much grain they sell.",
    "procurement": "The State collects grain by plan.",
    "concealment": "Households hide part of their grain before it is collected.",
    "search": "Brigades search villages that are behind their plan and levy fines in kind.",
    "collectivisation": "Households join and leave kolkhozy.",
    "unrest_and_retreat": "Grievance leads to disturbances, and the State retreats before them.",
    "livestock_slaughter": "Households slaughter before joining, from fear and out of hunger.",
    "nomad_settling": "Forced settling of nomads costs them herds.",
    "dekulakisation": "Households are exiled and arrested by quota; others flee in fear.",
    "hunger_kills": "Hunger raises deaths and lowers births.",
    "leaving": "Villagers leave for work and from hunger, and come back.",
    "town_rations": "Townspeople eat from the State's grain and go hungry when it fails.",
    "trade_and_machines": "Exports pay for machines, machines make industry, industry makes tractors.",
    "officials_beliefs": "Officials add to the harvest to please; without it they see the sky as it is, no more.",
    "sharing": "Households share food with hungry neighbours.",
}
