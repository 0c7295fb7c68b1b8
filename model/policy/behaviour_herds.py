"""Behavioural constants of births, deaths, slaughter and care of the four herds; gathered by `behaviour.py`."""

from __future__ import annotations

from model.policy.constant import Constant, constant

__all__ = ["CONSTANTS", "KINDS", "constant"]

KINDS = ("horses", "cattle", "pigs", "sheep_goats")
"""The four kinds of animals, in the order of every array by kind."""


def _by_kind(
    stem: str,
    defaults: tuple[float, float, float, float],
    unit: str,
    *,
    allowed: tuple[float, float],
    spread: float,
    source: str,
    text: str,
) -> tuple[Constant, ...]:
    """Declare one constant for each kind: `stem_horses` and so on; usual from default / spread to default x spread."""
    return tuple(
        constant(
            f"{stem}_{kind}",
            default,
            unit,
            allowed=allowed,
            usual=(max(allowed[0], default / spread), min(allowed[1], default * spread)),
            source=source,
            text=text.format(kind="sheep and goats" if kind == "sheep_goats" else kind),
        )
        for kind, default in zip(KINDS, defaults, strict=True)
    )


_BIOLOGY = (
    *_by_kind(
        "births",
        (0.20, 0.36, 1.75, 0.62),
        "1/year",
        allowed=(0, 4),
        spread=1.15,
        source="assumption",
        text="Young of {kind} raised in a year per head of midsummer, in good condition.",
    ),
    *_by_kind(
        "natural_deaths",
        (0.065, 0.075, 0.25, 0.12),
        "1/year",
        allowed=(0, 1),
        spread=1.3,
        source="assumption",
        text="Natural deaths of {kind} a year in good condition.",
    ),
    *_by_kind(
        "starving",
        (0.10, 0.06, 0.3, 0.08),
        "1/year",
        allowed=(0, 2),
        spread=2.0,
        source="assumption",
        text="Deaths of {kind} a year added where there is no fodder at all.",
    ),
    *_by_kind(
        "barren",
        (0.5, 0.25, 0.5, 0.2),
        "share",
        allowed=(0, 1),
        spread=1.6,
        source="assumption",
        text="Young of {kind} not raised where there is no fodder at all.",
    ),
)

_FODDER = (
    *_by_kind(
        "fodder_bend",
        (0.60, 0.031, 8.0, 3.8),
        "ratio",
        allowed=(0, 50),
        spread=2.0,
        source="assumption",
        text="How the herd of {kind} that is kept follows fodder: elasticity bend / (1 + bend); one more for pigs.",
    ),
    constant(
        "fodder_most",
        1.1,
        "ratio",
        allowed=(0.5, 2),
        usual=(1, 1.3),
        source="grain_use_fodder",
        text="Grain fed over full need where there is plenty.",
    ),
    constant(
        "fodder_margin",
        0.85,
        "share",
        allowed=(0.2, 1),
        usual=(0.7, 1),
        source="assumption",
        text="Part of the usual grain ration that animals need to stay in condition; the rest is comfort.",
    ),
    constant(
        "common_ration",
        0.5,
        "share",
        allowed=(0, 1),
        usual=(0.3, 0.7),
        source="assumption",
        text="Grain ration that a common herd needs to stay in condition, relative to a private one.",
    ),
    constant(
        "table_kg",
        17.0,
        "kg/person/month",
        allowed=(0, 40),
        usual=(14, 20),
        source="grain_consumption_rural_per_head",
        text="Grain that a household keeps for its own people before it feeds animals.",
    ),
    constant(
        "pay_expected",
        0.5,
        "share",
        allowed=(0, 1),
        usual=(0.3, 0.8),
        source="assumption",
        text="Share of the free grain of the kolkhoz that members count on for their own animals.",
    ),
)

_SLAUGHTER = (
    *_by_kind(
        "boldness",
        (0.25, 1.0, 0.95, 0.84),
        "share",
        allowed=(0, 1),
        spread=1.5,
        source="assumption",
        text="How far fear and hunger move a household to slaughter {kind}; without a horse there is no field.",
    ),
    constant(
        "foresight_months",
        8.0,
        "months",
        allowed=(0, 60),
        usual=(6, 12),
        source="assumption",
        text="How far ahead a household looks when it asks whether it will soon be inside the kolkhoz.",
    ),
    constant(
        "rumour_pressure",
        0.484,
        "index",
        allowed=(0.01, 10),
        usual=(0.2, 1.0),
        source="assumption",
        text="Pressure of the campaign in the region at which half the households believe the rumour of seizure.",
    ),
    constant(
        "rumour_inside",
        0.3,
        "share",
        allowed=(0, 1),
        usual=(0, 0.6),
        source="assumption",
        text="How far members believe the rumour for the animals left to them, relative to independents.",
    ),
    constant(
        "exile_dread",
        0.02,
        "1/month",
        allowed=(0, 0.2),
        usual=(0.01, 0.03),
        source="assumption",
        text="Loss of everything by exile that a kulak expects in a month at fear 1.",
    ),
    constant(
        "trust",
        0.03,
        "share",
        allowed=(0, 1),
        usual=(0, 0.1),
        source="assumption",
        text="Part of the usual herd kept by a household that is certain to lose it.",
    ),
    constant(
        "panic",
        0.027,
        "1/month",
        allowed=(0, 0.5),
        usual=(0, 0.1),
        source="assumption",
        text="Share of the herd slaughtered at once in a month when all of it is feared lost, at boldness 1.",
    ),
    constant(
        "hunger_meat",
        0.161,
        "1/month",
        allowed=(0, 1),
        usual=(0.02, 0.2),
        source="assumption",
        text="Share of the herd eaten in a month by a household with no other food, at boldness 1.",
    ),
    constant(
        "slaughter_most",
        0.58,
        "1/month",
        allowed=(0.05, 1),
        usual=(0.3, 0.8),
        source="assumption",
        text="Largest share of a herd slaughtered in one month.",
    ),
    constant(
        "meat_kept",
        0.55,
        "share",
        allowed=(0, 1),
        usual=(0.4, 0.7),
        source="meat_production",
        text="Part of the meat that is eaten in the village; the rest is sold to the town.",
    ),
    constant(
        "pigs_follow_price",
        0.41,
        "elasticity",
        allowed=(0, 2),
        usual=(0.2, 1),
        source="assumption",
        text="How the pigs that are kept follow the State's price of grain over the market's, while grain is sold.",
    ),
    constant(
        "settling_loss",
        0.55,
        "1/year",
        allowed=(0, 5),
        usual=(0.3, 0.7),
        source="assumption",
        text="Deaths of nomads' animals a year under forced settling; a jut, the worst of winters, took up to a half.",
    ),
    constant(
        "restocking",
        0.04,
        "1/month",
        allowed=(0, 1),
        usual=(0.02, 0.08),
        source="assumption",
        text="Pace at which a household with less than half its usual herd buys young animals of its village.",
    ),
    constant(
        "aid_restocking",
        0.12,
        "1/month",
        allowed=(0, 1),
        usual=(0.05, 0.2),
        source="herd_aid",
        text="What the order to help cowless households adds to that pace.",
    ),
)

_COMMON = (
    *_by_kind(
        "member_cap",
        (0.03, 0.80, 0.75, 0.45),
        "ratio",
        allowed=(0, 3),
        spread=1.5,
        source="kolkhoz_statute_1935",
        text="Private {kind} that a member may keep, relative to its usual herd.",
    ),
    *_by_kind(
        "common_target",
        (0.80, 0.45, 0.60, 0.45),
        "ratio",
        allowed=(0, 2),
        spread=1.3,
        source="kolkhoz_herds",
        text="Common {kind} that a kolkhoz strives for, relative to the usual herds of its members.",
    ),
    *_by_kind(
        "neglect",
        (0.94, 0.56, 0.94, 0.94),
        "1/year",
        allowed=(0, 3),
        spread=1.4,
        source="assumption",
        text="Deaths of common {kind} a year added where nobody cares for them.",
    ),
    constant(
        "neglect_barren",
        0.35,
        "share",
        allowed=(0, 1),
        usual=(0.2, 0.5),
        source="assumption",
        text="Young of common herds not raised where nobody cares for them.",
    ),
    constant(
        "care_months",
        15.2,
        "months",
        allowed=(1, 120),
        usual=(10, 24),
        source="assumption",
        text="Time constant in which a kolkhoz learns to care for its animals.",
    ),
    constant(
        "plot_gain_herd",
        1.0,
        "ratio",
        allowed=(0, 3),
        usual=(0.4, 1.2),
        source="kolkhoz_statute_1935",
        text="What a guaranteed plot adds to a member's cap, relative to cap x the mean herd of the region.",
    ),
    constant(
        "common_meat",
        1.3,
        "ratio",
        allowed=(0, 5),
        usual=(1, 1.6),
        source="assumption",
        text="Meat procurement from common herds relative to private ones.",
    ),
)

CONSTANTS: tuple[Constant, ...] = _BIOLOGY + _FODDER + _SLAUGHTER + _COMMON
