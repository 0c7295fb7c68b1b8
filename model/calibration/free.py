"""The constants that a calibration may move, and why these.

All of them are behaviour, constant over time and regions; orders of the State, weather and censuses are given. The
prior of each is a normal around its declared value, with its `usual` range as two standard deviations either side; the
source of both stands where the constant is declared.

They were chosen from a Morris screening of a hundred constants over their usual ranges (docs/calibration.md): nearly
all move some target by half of its error or more. Of several that move the same figures alike, one or two were taken
(births of animals), so that the others stay at what their sources say. Jobs are not among them: how posts follow
investment, capital and wages is known from a regression on those in work, which is no target here.
"""

from __future__ import annotations

from model.calibration.space import Space
from model.policy.behaviour import SUBJECTS
from model.policy.constant import Constant

FREE: dict[str, tuple[str, ...]] = {
    "fields": ("yield_level", "effort_loss", "draught_elasticity", "sowing_push", "kolkhoz_waste"),
    "barns": ("eagerness", "carry_months", "advance", "search_find"),
    "food and bodies": ("desire", "wild_food", "death_fastest", "recovery_months", "birth_rate", "birth_hunger"),
    "joining": (
        "kolkhoz_distaste", "campaign_force", "neighbours_pull", "village_spread", "fastest_join", "fastest_leave",
        "tax_squeeze",
    ),
    "unrest": ("grievance_memory", "riot_scale", "riot_opportunity"),
    "herds": (
        "panic", "rumour_pressure", "hunger_meat", "care_months", "settling_loss", "boldness_horses", "boldness_pigs",
        "boldness_sheep_goats", "pigs_follow_price", "births_pigs", "fodder_bend_pigs",
    ),
    "towns": ("town_reserve_pace", "following_pace", "kin_bond", "flight_pace"),
    "exile": ("settler_escape_arrival",),
}  # fmt: skip
"""Names of the free constants by what they are about."""


def declared() -> dict[str, Constant]:
    """Return every behavioural constant as it is declared, before any calibration."""
    return {one.name: one for constants in SUBJECTS.values() for one in constants}


def free_constants() -> tuple[Constant, ...]:
    """Return the declarations of the free constants, in the order of `FREE`."""
    table = declared()
    return tuple(table[name] for names in FREE.values() for name in names)


def space() -> Space:
    """Return the space that is searched."""
    return Space.of(free_constants())
