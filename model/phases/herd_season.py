"""What a month means for all herds: births, slaughter and fodder of the season, policy, and what owners fear.

Called by `phases/herds.py` before its loop; plain Python, once a month for the whole country.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from model.calendar import Month
from model.history import regions
from model.policy.behaviour_herds import KINDS
from model.policy.mechanisms import Mechanisms
from model.rules import fodder, livestock

BIRTHS = np.array(
    [
        [0.05, 0.15, 0.30, 0.30, 0.15, 0.05, 0, 0, 0, 0, 0, 0],
        [0.05, 0.15, 0.30, 0.30, 0.15, 0.05, 0, 0, 0, 0, 0, 0],
        [0.02, 0.08, 0.17, 0.18, 0.12, 0.05, 0.05, 0.08, 0.12, 0.08, 0.03, 0.02],
        [0.05, 0.15, 0.30, 0.30, 0.15, 0.05, 0, 0, 0, 0, 0, 0],
    ]
)
"""Part of the year's young born in each month, January to December, by kind. Source: assumption (pigs farrow twice)."""

SLAUGHTER = np.array([1.6, 1.1, 0.7, 0.4, 0.4, 0.4, 0.4, 0.7, 1.0, 1.6, 1.9, 1.8])
"""Slaughter by month, January to December, relative to the year's mean. Source: assumption (frost keeps meat)."""

FODDER = np.array([0.12, 0.12, 0.13, 0.13, 0.10, 0.05, 0.03, 0.03, 0.05, 0.06, 0.08, 0.10])
"""Grain fodder by month, January to December, as a part of the year's need. Source: assumption (stall-feeding)."""

SEED_AHEAD = np.array([0.65, 0.65, 0.65, 0.0, 0.0, 0.0, 0.0, 0.35, 0.65, 0.65, 0.65, 0.65])
"""Part of the year's seed still to be sown after this month's sowing, January to December; July feeds the old grain."""

CARCASS_KG = (0.0, 115.0, 65.0, 16.0)
"""Meat of a slaughtered animal by kind [kg]. Source: `meat_production`; Russians do not eat horses."""

NOMAD_HORSE_KG = 120.0
"""Meat of a slaughtered horse among nomads [kg]. Source: assumption."""

MEAT_PLAN = np.array([[0.0, 1.0, 0.5, 1.0], [0.5, 1.0, 1.0, 1.0]])
"""How meat procurement falls on the kinds, in villages with fields and among nomads [ratio]. Source: assumption."""


class Season(NamedTuple):
    """What the month does to all herds, in single precision: arrays [kinds], [regions], [nomad or not, kinds]."""

    births: np.ndarray
    deaths: np.ndarray
    starving: np.ndarray
    barren: np.ndarray
    ordinary: np.ndarray
    boldness: np.ndarray
    bend: np.ndarray
    member_cap: np.ndarray
    common_target: np.ndarray
    neglect: np.ndarray
    feared_take: np.ndarray
    carcass: np.ndarray
    meat_plan: np.ndarray
    meat: np.ndarray
    settling: np.ndarray
    rumour: np.ndarray
    fear: np.ndarray
    usual_ration: np.ndarray
    seed_rate: np.ndarray
    seed_ahead: np.float32
    fodder_now: np.float32
    fodder_ahead: np.float32
    months_ahead: np.float32
    panic: np.float32
    hunger_meat: np.float32
    plot: np.float32
    pace: np.float32
    sharing: np.float32
    dear_feed: np.float32


@lru_cache(maxsize=64)
def _resting_slaughter(kind: int, births: float, deaths: float) -> float:
    """Slaughter a year at which an untroubled herd is on 1 July what it was a year before [1/year].

    Found by halving, since births and slaughter have different seasons and slaughter grows with the herd.
    """
    low, high = 0.0, 4.0
    for _ in range(50):
        middle = 0.5 * (low + high)
        herd = 1.0
        for calendar_month in (6, 7, 8, 9, 10, 11, 0, 1, 2, 3, 4, 5):
            young = births * BIRTHS[kind, calendar_month]
            herd *= 1.0 + young - deaths / 12 - middle / 12 * SLAUGHTER[calendar_month] * herd
        low, high = (middle, high) if herd > 1.0 else (low, middle)
    return 0.5 * (low + high)


@lru_cache(maxsize=4)
def usual_ration() -> np.ndarray:
    """Grain ration of animals before 1929 relative to full need, from what land and mouths left [regions, 0-1].

    Reckoned from areas, yields, herds and mouths of 1926-29; nomads' herds live on pasture. A seventh of the harvest
    is sold or lost. Source: `regions`.
    """
    record = regions()
    with_fields = 1.0 - record.nomadic_pct / 100
    harvest = record.sown_grain_1928 * record.mean_yield_1925_29 * 1e6 * 0.93 * 0.86
    table = record.rural_pop_1926 * 1e3 * with_fields * 17.0 * 12
    seed = record.sown_grain_1928 * 1e3 * 130.0
    needed = getattr(fodder.need, "py_func", fodder.need)  # plain already where the compiler is off
    need = needed(record.horses_1928, record.cattle_1928, record.pigs_1928, record.sheep_goats_1928) * 1e3
    return np.clip((harvest - table - seed) / np.maximum(need * with_fields, 1.0), 0.0, 1.0)


class Nature(NamedTuple):
    """What does not change from month to month: constants by kind [kinds], and the slaughter that holds a herd."""

    behaviour: Any
    births: np.ndarray
    deaths: np.ndarray
    rest: np.ndarray
    steady: dict[str, np.ndarray]


def _nature(behaviour: Any) -> Nature:
    """Bring together what the constants say of animals."""
    b = behaviour
    births = np.array([b.births_horses, b.births_cattle, b.births_pigs, b.births_sheep_goats], np.float64)
    deaths = np.array(
        [b.natural_deaths_horses, b.natural_deaths_cattle, b.natural_deaths_pigs, b.natural_deaths_sheep_goats],
        np.float64,
    )
    rest = np.array([_resting_slaughter(k, births[k], deaths[k]) for k in range(len(KINDS))])
    starving = np.array([b.starving_horses, b.starving_cattle, b.starving_pigs, b.starving_sheep_goats])
    neglect = np.array([b.neglect_horses, b.neglect_cattle, b.neglect_pigs, b.neglect_sheep_goats])
    steady: dict[str, Any] = {
        "deaths": deaths / 12,
        "starving": starving / 12,
        "barren": (b.barren_horses, b.barren_cattle, b.barren_pigs, b.barren_sheep_goats),
        "boldness": (b.boldness_horses, b.boldness_cattle, b.boldness_pigs, b.boldness_sheep_goats),
        "bend": (b.fodder_bend_horses, b.fodder_bend_cattle, b.fodder_bend_pigs, b.fodder_bend_sheep_goats),
        "member_cap": (b.member_cap_horses, b.member_cap_cattle, b.member_cap_pigs, b.member_cap_sheep_goats),
        "common_target": (
            b.common_target_horses,
            b.common_target_cattle,
            b.common_target_pigs,
            b.common_target_sheep_goats,
        ),
        "neglect": neglect / 12,
        "carcass": (CARCASS_KG, (NOMAD_HORSE_KG, *CARCASS_KG[1:])),
        "meat_plan": MEAT_PLAN,
        "usual_ration": usual_ration(),
    }
    steady = {name: np.ascontiguousarray(value, np.float32) for name, value in steady.items()}
    return Nature(behaviour, births, deaths, rest, steady)


_known: list[Nature] = []  # of the constants asked for last: they are the same for all months of a run


def nature(behaviour: Any) -> Nature:
    """Return what the constants say of animals, remembered from the last call."""
    last = _known[0] if _known else None
    if last is None or last.behaviour is not behaviour:
        last = _nature(behaviour)
        _known[:] = [last]
    return last


def season_of(policy: Any, behaviour: Any, facts: Any, mood: Any, month: Month, mechanisms: Mechanisms) -> Season:
    """Bring together what policy, behaviour and the calendar mean for herds this month."""
    place = month.month - 1
    b, always = behaviour, nature(behaviour)
    to_harvest = [place] if place in (6, 7) else [m % 12 for m in range(place, 19 if place > 7 else 7)]
    pressure = policy.collectivisation.pressure * np.asarray(policy.collectivisation.pressure_by_region)
    pressure = pressure * (1.0 - 0.97 * float(getattr(mood, "retreat", 0.0)))
    afraid = 1.0 if mechanisms.livestock_slaughter else 0.0
    settled = 1.0 if mechanisms.nomad_settling else 0.0
    exiling = afraid if mechanisms.dekulakisation else 0.0
    aid = float(policy.livestock.herd_aid)
    arrays = {
        "births": always.births * BIRTHS[:, place],
        "ordinary": always.rest / 12 * SLAUGHTER[place],
        "feared_take": np.asarray(mood.feared_take) * afraid,
        "meat": np.asarray(policy.livestock.meat_procurement) / 12,
        "settling": np.asarray(policy.livestock.nomad_settling) * settled * b.settling_loss / 12,
        "rumour": livestock.believe(pressure, float(b.rumour_pressure)),
        "fear": np.asarray(mood.fear) * exiling,
        "seed_rate": np.asarray(facts.seed_rate),
    }
    numbers = {
        "seed_ahead": SEED_AHEAD[place],
        "fodder_now": FODDER[place],
        "fodder_ahead": FODDER[to_harvest].sum(),
        "months_ahead": len(to_harvest),
        "panic": b.panic * afraid,
        "hunger_meat": b.hunger_meat * afraid,
        "plot": 0.3 + b.plot_gain_herd * policy.collectivisation.plot_guaranteed,
        "pace": b.restocking + b.aid_restocking * aid,
        "sharing": 0.25 + 0.5 * aid,
        "dear_feed": livestock.feed_that_pays(
            float(policy.procurement.price_ratio),
            mechanisms.nep_market * (1.0 - float(policy.procurement.compulsion) * mechanisms.procurement),
            float(b.pigs_follow_price),
        ),
    }
    fields: dict[str, Any] = {name: value.astype(np.float32) for name, value in arrays.items()}
    fields |= {name: np.float32(value) for name, value in numbers.items()}
    return Season(**(fields | always.steady))
