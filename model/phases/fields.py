"""Sowing in September and April, harvest from July to September, on independent fields and in the kolkhoz.

Called by the country; writes `sown_ha`, `stand`, `barn_kg`, `pool_kg` and their village twins.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from model.columns import Countryside
from model.compiled import loop
from model.draws import Ask, in_turn, normal
from model.rules import fields

WINTER_SHARE = 0.35
"""Part of the grain land sown in autumn. Source: assumption (winter rye and wheat, a third of the area)."""


@loop
def _sow(start, stop, first, homes, villages, flows, season_share, seed_rate, draught, loan_share, sown_before, b):
    for village in range(start, stop):
        region = villages.region[village]
        rate = seed_rate[region]
        inside = villages.members[village] / max(villages.present[village], 1.0)
        tilled = 1.0 - b.land_cut * inside
        will = season_share * (1.0 - b.draught_elasticity * (1.0 - min(1.0, draught[region])))
        # where there is no kolkhoz the commune shares out the land of households that are gone
        held = 0.0
        for home in range(first[village], first[village + 1]):
            held += homes.land_ha[home] if homes.life[home] == 0 else 0.0
        shared = villages.land_ha[village] / held if villages.members[village] == 0.0 and held > 0.0 else 1.0
        independent_land = 0.0
        hands = 0.0
        for home in range(first[village], first[village + 1]):
            is_alone = 1.0 if homes.life[home] == 0 and homes.months_in[home] == 0 else 0.0
            is_member = 1.0 if homes.months_in[home] > 0 else 0.0
            land = homes.land_ha[home] * shared * tilled * is_alone
            workers = np.float32(homes.adults[home] + homes.hired[home])
            worked = fields.hands(workers, homes.land_ha[home] * shared, b.ha_per_worker)
            grain = homes.barn_kg[home] + homes.concealed_kg[home]
            sown, used, stand = fields.sow(land * worked * will, grain, rate, b.thinnest_sowing, b.thin_loss)
            from_barn = homes.barn_kg[home] * used / max(grain, 1e-6)
            homes.barn_kg[home] = max(0.0, homes.barn_kg[home] - from_barn)
            homes.concealed_kg[home] = max(0.0, homes.concealed_kg[home] - (used - from_barn))
            before = homes.sown_ha[home] * sown_before
            homes.stand[home] = (before * homes.stand[home] + sown * stand) / max(before + sown, 1e-6)
            homes.sown_ha[home] = before + sown
            independent_land += land
            hands += is_member * np.float32(homes.adults[home])
            flows.seed[village] += used
        # the kolkhoz tills all land that no independent holds, also that of households which are gone
        land = 0.0
        if villages.members[village] > 0.0:
            land = max(0.0, villages.land_ha[village] - independent_land) * (1.0 + b.sowing_push)
        wanted = land * will * fields.hands(hands, land, b.ha_per_worker * 1.5)
        missing = max(0.0, wanted * rate - villages.pool_kg[village])
        lent = missing * loan_share[region]
        villages.pool_kg[village] += lent
        flows.seed_loan[village] += lent
        missing -= lent
        if missing > 0.0:
            brought = 0.0
            for home in range(first[village], first[village + 1]):
                part = 0.5 * homes.barn_kg[home] if homes.months_in[home] > 0 else 0.0
                brought += part
            share = min(1.0, missing / max(brought, 1e-6))
            for home in range(first[village], first[village + 1]):
                part = 0.5 * share * homes.barn_kg[home] if homes.months_in[home] > 0 else 0.0
                homes.barn_kg[home] -= part
                villages.pool_kg[village] += part
        sown, used, stand = fields.sow(wanted, villages.pool_kg[village], rate, b.thinnest_sowing, b.thin_loss)
        villages.pool_kg[village] = max(0.0, villages.pool_kg[village] - used)
        before = villages.kolkhoz_sown_ha[village] * sown_before
        villages.kolkhoz_stand[village] = (before * villages.kolkhoz_stand[village] + sown * stand) / max(
            before + sown, 1e-6
        )
        villages.kolkhoz_sown_ha[village] = before + sown
        flows.seed[village] += used


def sow(
    land: Countryside,
    facts: Any,
    behaviour: Any,
    *,
    autumn: bool,
    draught: np.ndarray,
    loan_share: np.ndarray,
) -> None:
    """Sow winter grain in autumn (which ends the old crop) or spring grain in April.

    draught      draught power per hectare relative to 1928 [regions]
    loan_share   part of the missing kolkhoz seed that the State lends [regions]
    """
    land.over(
        _sow,
        np.float32(WINTER_SHARE if autumn else 1 - WINTER_SHARE),
        facts.seed_rate.astype(np.float32),
        draught.astype(np.float32),
        loan_share.astype(np.float32),
        np.float32(0.0 if autumn else 1.0),
        behaviour,
    )


@loop
def _turn_leaf(start, stop, first, homes, villages, flows):
    for village in range(start, stop):
        villages.kolkhoz_harvested_kg[village] = 0.0
        villages.kolkhoz_delivered_kg[village] = 0.0
        villages.trudoden_kg[village] = 0.0
        for home in range(first[village], first[village + 1]):
            homes.harvested_kg[home] = 0.0
            homes.delivered_kg[home] = 0.0
            homes.garden[home] = 1.0


def open_year(land: Countryside, behaviour: Any, luck: np.ndarray) -> None:
    """Begin the agricultural year: every village draws its field luck, its error of plan, its turn to be searched.

    Counts begin at zero. Luck is dealt out, not drawn: the farmers' villages of a region always have the same quantiles
    and only who gets which is left to chance, so that a small country has as many bad villages as a large one. The
    mean is 1 in each region, by land.
    """
    land.over(_turn_leaf)
    villages = land.villages
    groups = land.ways_of_life()
    villages.turn[:] = in_turn(luck[Ask.SEARCH], groups)
    ground = np.maximum(villages.land_ha, 1e-6)
    for column, question, spread in (
        (villages.shock, Ask.HARVEST, behaviour.field_luck),
        (villages.plan_error, Ask.PLAN, behaviour.plan_error),
    ):
        column[:] = np.maximum(0.3, 1.0 + float(spread) * normal(in_turn(luck[question], groups)))
        mean = land.by_region(column * ground) / land.by_region(ground)
        column[:] /= np.repeat(mean, np.diff(land.edges)).astype(np.float32)


@loop
def _harvest(start, stop, first, homes, villages, flows, share, alone_yield, kolkhoz_yield, b):
    for village in range(start, stop):
        region = villages.region[village]
        month_share = share[region] * villages.shock[village]
        on_own = alone_yield[region] * month_share
        kept = 1.0 - b.threshing_loss
        for home in range(first[village], first[village + 1]):
            grain = homes.sown_ha[home] * homes.stand[home] * on_own
            homes.barn_kg[home] += grain * kept
            homes.harvested_kg[home] += grain
            flows.harvest[village] += grain
            flows.lost[village] += grain * b.threshing_loss
        order = fields.organisation(villages.experience[village], b.disorder_loss, b.learning_years)
        weak = 1.0 - b.weakness_loss * min(1.0, 3.0 * villages.hunger[village])
        grain = (
            villages.kolkhoz_sown_ha[village]
            * villages.kolkhoz_stand[village]
            * kolkhoz_yield[region]
            * month_share
            * order
            * weak
        )
        wasted = min(1.0, b.threshing_loss + b.kolkhoz_waste)
        villages.pool_kg[village] += grain * (1.0 - wasted)
        villages.kolkhoz_harvested_kg[village] += grain
        flows.harvest[village] += grain
        flows.lost[village] += grain * wasted


def harvest(
    land: Countryside, behaviour: Any, *, share: np.ndarray, alone_yield: np.ndarray, kolkhoz_yield: np.ndarray
) -> None:
    """Bring in this month's part of the harvest.

    share           part of the year's harvest that falls into this month [regions]
    alone_yield     yield on independent land before village luck and stand [regions, kg/ha]
    kolkhoz_yield   yield on kolkhoz land before organisation and weakness [regions, kg/ha]
    """
    land.over(
        _harvest,
        share.astype(np.float32),
        alone_yield.astype(np.float32),
        kolkhoz_yield.astype(np.float32),
        behaviour,
    )
