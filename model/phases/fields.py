"""Sowing in September and April, harvest from July to September, on independent fields and in the kolkhoz.

Called by the country; writes `sown_ha`, `stand`, `barn_kg`, `pool_kg` and their village twins.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from model.arithmetic import LANE, lanes, total
from model.columns import Countryside
from model.compiled import loop
from model.draws import Ask, in_turn, normal
from model.rules import fields, membership

WINTER_SHARE = 0.35
"""Part of the grain land sown in autumn. Source: assumption (winter rye and wheat, a third of the area)."""


# Lanes of the sheet on which a village's sowing and harvest are reckoned.
_HELD, _LAND, _HANDS, _USED, _GRAIN = lanes(5)
_LANES = 5


@loop
def _sow(start, stop, first, homes, villages, flows, season_share, seed_rate, draught, loan_share, sown_before, b):
    sheet = np.zeros(_LANES * LANE, np.float32)
    ha_per_worker, thinnest, thin_loss = b.ha_per_worker, b.thinnest_sowing, b.thin_loss
    for village in range(start, stop):
        begin, end = first[village], first[village + 1]
        rows = np.uint64(end - begin)
        region = villages.region[village]
        rate = seed_rate[region]
        inside = villages.members[village] / max(villages.present[village], 1.0)
        tilled = 1.0 - b.land_cut * inside
        will = season_share * (1.0 - b.draught_elasticity * (1.0 - min(1.0, draught[region])))
        life, months_in, land_ha = homes.life[begin:end], homes.months_in[begin:end], homes.land_ha[begin:end]
        adults, hired = homes.adults[begin:end], homes.hired[begin:end]
        for i in range(rows):
            sheet[_HELD + i] = land_ha[i] if life[i] == 0 else 0.0
            sheet[_HANDS + i] = np.float32(adults[i]) if months_in[i] > 0 else 0.0
        # where there is no kolkhoz the commune shares out the land of households that are gone
        held = np.float32(total(sheet, _HELD, rows))
        shared = villages.land_ha[village] / held if villages.members[village] == 0.0 and held > 0.0 else 1.0
        for i in range(rows):
            land = land_ha[i] * shared
            alone = 1.0 if (life[i] == 0) & (months_in[i] == 0) else 0.0
            worked = fields.hands(np.float32(adults[i] + hired[i]), land, ha_per_worker)
            sheet[_LAND + i] = land * tilled * alone
            sheet[_HELD + i] = land * tilled * alone * worked * will
        barn, concealed = homes.barn_kg[begin:end], homes.concealed_kg[begin:end]
        sown_ha, stand = homes.sown_ha[begin:end], homes.stand[begin:end]
        for i in range(rows):
            grain = barn[i] + concealed[i]
            sown, used, stands = fields.sow(sheet[_HELD + i], grain, rate, thinnest, thin_loss)
            from_barn = min(barn[i], barn[i] * used / max(grain, 1e-6))
            barn[i] -= from_barn
            concealed[i] = max(0.0, concealed[i] - (used - from_barn))
            before = sown_ha[i] * sown_before
            stand[i] = (before * stand[i] + sown * stands) / max(before + sown, 1e-6)
            sown_ha[i] = before + sown
            sheet[_USED + i] = used
        flows.seed[village] += total(sheet, _USED, rows)
        if villages.members[village] > 0.0:
            # the kolkhoz tills all land that no independent holds, also that of households which are gone
            land = max(0.0, villages.land_ha[village] - np.float32(total(sheet, _LAND, rows))) * (1.0 + b.sowing_push)
            wanted = land * will * fields.hands(np.float32(total(sheet, _HANDS, rows)), land, ha_per_worker * 1.5)
            lent = wanted * rate * loan_share[region]
            villages.pool_kg[village] += lent
            flows.seed_loan[village] += lent
            missing = max(0.0, wanted * rate - villages.pool_kg[village])
            if missing > 0.0:  # members bring the rest, at most half of what they have at home
                for i in range(rows):
                    sheet[_GRAIN + i] = 0.5 * barn[i] if months_in[i] > 0 else 0.0
                brought = np.float32(total(sheet, _GRAIN, rows))
                share = min(1.0, missing / max(brought, 1e-6))
                for i in range(rows):
                    barn[i] -= share * sheet[_GRAIN + i]
                villages.pool_kg[village] += share * brought
            sown, used, stands = fields.sow(wanted, villages.pool_kg[village], rate, thinnest, thin_loss)
            villages.pool_kg[village] = max(0.0, villages.pool_kg[village] - used)
            flows.seed[village] += used
        else:
            sown = 0.0
            stands = 1.0
        before = villages.kolkhoz_sown_ha[village] * sown_before
        villages.kolkhoz_stand[village] = membership.mixed(before, villages.kolkhoz_stand[village], sown, stands)
        villages.kolkhoz_sown_ha[village] = before + sown


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
    loan_share   part of the seed that kolkhoz fields need which the State lends; what a kolkhoz has of its own beyond
                 the rest is left to pay labour-days with [regions]
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
    sheet = np.zeros(_LANES * LANE, np.float32)
    kept = 1.0 - b.threshing_loss
    for village in range(start, stop):
        begin, end = first[village], first[village + 1]
        rows = np.uint64(end - begin)
        region = villages.region[village]
        month_share = share[region] * villages.shock[village]
        on_own = alone_yield[region] * month_share
        sown_ha, stand = homes.sown_ha[begin:end], homes.stand[begin:end]
        barn, harvested = homes.barn_kg[begin:end], homes.harvested_kg[begin:end]
        for i in range(rows):
            grain = sown_ha[i] * stand[i] * on_own
            sheet[_GRAIN + i] = grain
            barn[i] += grain * kept
            harvested[i] += grain
        threshed = total(sheet, _GRAIN, rows)
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
        flows.harvest[village] += threshed + grain
        flows.lost[village] += threshed * b.threshing_loss + grain * wasted


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
