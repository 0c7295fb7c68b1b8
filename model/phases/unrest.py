"""How grievance gathers in villages, where it breaks out, and what burns.

Called once a month by `Country.step`, after joining and before exile. The State listens with `retreat` at the
beginning of the next month.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from model.calendar import Month
from model.columns import Countryside
from model.compiled import loop
from model.phases.mood import Mood
from model.rules import unrest

Floats = np.ndarray[Any, np.dtype[np.float64]]


@loop
def _stir(start, stop, first, homes, villages, flows, bitterness, grain_pressure, rate, exiled, retreat, b):
    for village in range(start, stop):
        region = villages.region[village]
        present = villages.present[village]
        share = villages.members[village] / present if present > 0.0 else 0.0
        villages.grievance[village] = unrest.remembered(
            villages.grievance[village],
            b.grievance_memory,
            bitterness[village],
            grain_pressure[region],
            share,
            villages.hunger[village],
            b.grain_embitters,
            b.hunger_embitters,
        )
        events = 0.0
        if present > 0.0:
            events = unrest.riot_hazard(
                villages.grievance[village],
                retreat,
                villages.unwilling[village],
                rate[region],
                exiled[region],
                b.riot_scale,
                b.riot_steepness,
                b.riot_opportunity,
                b.riot_contagion,
                b.exile_deters,
            )
        villages.riot_hazard[village] = events
        # a region cut into more and smaller villages has not more disturbances for it
        flows.events[village] += events * (first[village + 1] - first[village]) / unrest.REAL_VILLAGE


@loop
def _burn(start, stop, first, homes, villages, flows, b):
    for village in range(start, stop):
        events = villages.riot_hazard[village]
        if events * b.burnt_per_event > 1e-5:
            of_pool = unrest.burnt(villages.pool_kg[village], events, b.burnt_per_event)
            villages.pool_kg[village] -= of_pool
            of_barns = 0.0
            for home in range(first[village], first[village + 1]):
                of_barn = unrest.burnt(homes.barn_kg[home], events, b.burnt_per_event)
                homes.barn_kg[home] -= of_barn
                of_barns += of_barn
            flows.burnt[village] += of_pool + of_barns


def stir(
    land: Countryside,
    policy: Any,
    behaviour: Any,
    mood: Mood,
    luck: np.ndarray[Any, Any],
    month: Month,
    grain_pressure: Floats,
) -> None:
    """
    The month adds to grievance, and grievance breaks out in disturbances.

    grain_pressure  share of the surplus taken, times compulsion [regions], 0-1

    Joiners' bitterness, grain taken and hunger of this month add to what is remembered before it breaks out. Reads
    `unwilling`, `members`, `present`, `hunger`; writes `riot_hazard` and `grievance`, burns a little of barns and
    pools, and sets `mood.riot_rate` and `mood.disturbances`.
    """
    del policy, luck, month  # nothing is drawn here: the State hears expected disturbances
    single = np.float32
    land.over(
        _stir,
        mood.bitterness,
        np.asarray(grain_pressure).astype(single),
        mood.riot_rate.astype(single),
        (100.0 * mood.exiled_share).astype(single),
        single(mood.retreat),
        behaviour,
    )
    land.over(_burn, behaviour)
    events = land.flow("events")
    mood.riot_rate = events * unrest.REAL_VILLAGE / land.rows
    mood.disturbances = float(events @ land.weight)


def retreat(mood: Mood, events: float, policy: Any) -> None:
    """Let the State rise to, hold or end its retreat before `events`, last month's disturbances in the country."""
    orders = policy.collectivisation
    mood.listen(events, float(orders.pressure), float(orders.retreat_threshold))
