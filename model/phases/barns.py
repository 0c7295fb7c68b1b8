"""Grain leaves barns and kolkhoz pools: concealed, sold, delivered, searched for, paid out for labour-days.

Called by the country between harvest and kitchen; writes `barn_kg`, `concealed_kg`, `delivered_kg`, `garden`,
`pool_kg`, `kolkhoz_delivered_kg`, `trudoden_kg`, `searched`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from model.arithmetic import LANE, lanes, total
from model.columns import Countryside, Stratum
from model.compiled import loop, rule
from model.rules import food, grain

_POOR = int(Stratum.POOR)
_KULAK = int(Stratum.KULAK)


@rule
def _burden(stratum, poor_burden, kulak_burden):
    """Plan on one hectare of an independent household relative to a middle one's [ratio]."""
    return poor_burden if stratum == _POOR else (kulak_burden if stratum == _KULAK else 1.0)


# Lanes of the sheet on which a village's grain is reckoned.
_ALONE, _LAND, _LEVIED, _NEED, _KEPT, _GIVEN, _DUE, _REACHED, _SUM, _BY_MEMBERS = lanes(10)
_LANES = 10


@rule
def _measure(begin, end, homes, sheet, tilled):
    """Note the land of the independents [ha]; returns the number of rows."""
    rows = np.uint64(end - begin)
    life, months_in, land = homes.life[begin:end], homes.months_in[begin:end], homes.land_ha[begin:end]
    for i in range(rows):
        alone = 1.0 if (life[i] == 0) & (months_in[i] == 0) else 0.0
        sheet[_ALONE + i] = alone
        sheet[_LAND + i] = land[i] * tilled * alone
    return rows


@loop
def _conceal(start, stop, first, homes, villages, flows, taken_share, compulsion, theft_law, in_harvest, b):
    for village in range(start, stop):
        begin, end = first[village], first[village + 1]
        taken = taken_share[villages.region[village]]
        share = grain.daring(b.concealment, taken, compulsion, theft_law, b.law_deterrence)
        barn, pit, harvested = homes.barn_kg[begin:end], homes.concealed_kg[begin:end], homes.harvested_kg[begin:end]
        rows = np.uint64(end - begin)
        for i in range(rows):
            hidden = grain.conceal(barn[i], pit[i], harvested[i], share)
            barn[i] -= hidden
            pit[i] += hidden
        if in_harvest and villages.members[village] > 0.0:
            carried = villages.pool_kg[village] * grain.daring(
                b.pilfering, taken, compulsion, theft_law, b.law_deterrence
            )
            villages.pool_kg[village] -= carried
            each = carried / villages.members[village]
            months_in = homes.months_in[begin:end]
            for i in range(rows):
                pit[i] += each if months_in[i] > 0 else 0.0


def conceal(land: Countryside, policy: Any, behaviour: Any, taken_share: np.ndarray, *, in_harvest: bool) -> None:
    """Households hide part of their harvest and carry some of the kolkhoz grain home, as far as they dare.

    taken_share   share of former harvests taken, as remembered [regions, share]
    """
    land.over(
        _conceal,
        taken_share.astype(np.float32),
        np.float32(policy.procurement.compulsion),
        np.float32(policy.procurement.theft_law),
        in_harvest,
        behaviour,
    )


@loop
def _levy(start, stop, first, homes, villages, flows, levy, b):
    sheet = np.zeros(_LANES * LANE, np.float32)
    poor, kulak = b.poor_burden, b.kulak_burden
    for village in range(start, stop):
        begin, end = first[village], first[village + 1]
        inside = villages.members[village] / max(villages.present[village], 1.0)
        rows = _measure(begin, end, homes, sheet, 1.0 - b.land_cut * inside)
        stratum = homes.stratum[begin:end]
        for i in range(rows):
            sheet[_LEVIED + i] = sheet[_LAND + i] * _burden(stratum[i], poor, kulak)
        levied = np.float32(total(sheet, _LEVIED, rows))
        if villages.members[village] > 0.0:
            common = max(0.0, villages.land_ha[village] - np.float32(total(sheet, _LAND, rows)))
            levied += common * b.kolkhoz_burden
        levy[village] = levied * villages.plan_error[village]


def plan_per_hectare(land: Countryside, behaviour: Any, plan_kg: np.ndarray) -> np.ndarray:
    """Share out each region's plan over its villages by land; return the plan on one mean hectare [regions, kg/ha].

    plan_kg   plan of the agricultural year, real [regions, kg]
    """
    levy = np.zeros(land.n_villages, np.float32)
    land.over(_levy, levy, behaviour)
    hectares = land.by_region(levy) * land.weight
    return plan_kg / np.maximum(hectares, 1.0)


@loop
def _procure(
    start, stop, first, homes, villages, flows,
    quota, calendar, compulsion, eager, reach_kolkhoz, reach_alone, extra, search, asked, fines, seed_rate, seed_ahead,
    months_to_harvest, mts_share, purchase, due_left, reachable_left, b,
):  # fmt: skip
    sheet = np.zeros(_LANES * LANE, np.float32)
    poor, kulak, eagerness = b.poor_burden, b.kulak_burden, b.eagerness
    months = months_to_harvest + b.carry_months
    for village in range(start, stop):
        begin, end = first[village], first[village + 1]
        region = villages.region[village]
        rate = seed_rate[region]
        inside = villages.members[village] / max(villages.present[village], 1.0)
        demand = quota[region] * villages.plan_error[village]
        rows = _measure(begin, end, homes, sheet, 1.0 - b.land_cut * inside)
        small, children = homes.small[begin:end], homes.children[begin:end]
        adults, elderly = homes.adults[begin:end], homes.elderly[begin:end]
        for i in range(rows):
            sheet[_NEED + i] = food.need(
                np.float32(small[i]), np.float32(children[i]), np.float32(adults[i]), np.float32(elderly[i])
            )
        horses, cattle, pigs = homes.horses[begin:end], homes.cattle[begin:end], homes.pigs[begin:end]
        stratum = homes.stratum[begin:end]
        for i in range(rows):
            beasts = 30.0 * horses[i] + 6.0 * cattle[i] + 13.0 * pigs[i]
            sheet[_KEPT + i] = sheet[_LAND + i] * rate * seed_ahead + (0.0095 * sheet[_NEED + i] + beasts) * months
            sheet[_LEVIED + i] = sheet[_LAND + i] * demand * _burden(stratum[i], poor, kulak)
        barn, harvested = homes.barn_kg[begin:end], homes.harvested_kg[begin:end]
        delivered_kg = homes.delivered_kg[begin:end]
        price, reach, more = eager[region], reach_alone[region], extra[region]
        for i in range(rows):
            alone, share = sheet[_ALONE + i], sheet[_LEVIED + i]
            seed = sheet[_LAND + i] * rate * seed_ahead
            taken, reachable = grain.deliver(barn[i], seed, harvested[i], reach, share * calendar - delivered_kg[i])
            sold = grain.offer(barn[i], sheet[_KEPT + i], price, eagerness)
            given = alone * (compulsion * (taken + more * (reachable - taken)) + (1.0 - compulsion) * sold)
            given = min(barn[i], given)
            so_far = delivered_kg[i] + given
            barn[i] -= given
            delivered_kg[i] = so_far
            sheet[_GIVEN + i] = given
            sheet[_DUE + i] = max(0.0, share - so_far) * alone
            sheet[_REACHED + i] = max(0.0, reachable - given) * alone
            sheet[_SUM + i] = so_far
            sheet[_BY_MEMBERS + i] = so_far * (1.0 - alone)
            sheet[_NEED + i] *= 1.0 - alone
        still_due = np.float32(total(sheet, _DUE, rows))
        still_reachable = np.float32(total(sheet, _REACHED, rows))
        plan = np.float32(total(sheet, _LEVIED, rows))
        delivered = np.float32(total(sheet, _SUM, rows))
        flows.procured[village] += total(sheet, _GIVEN, rows)
        if villages.members[village] > 0.0:
            joined_delivered = np.float32(total(sheet, _BY_MEMBERS, rows))
            members_need = np.float32(total(sheet, _NEED, rows))
            land = max(0.0, villages.land_ha[village] - np.float32(total(sheet, _LAND, rows)))
            share = land * demand * b.kolkhoz_burden + mts_share[region] * villages.kolkhoz_harvested_kg[village]
            due = share * calendar - villages.kolkhoz_delivered_kg[village] - joined_delivered
            seed = land * rate * seed_ahead
            taken, reachable = grain.deliver(
                villages.pool_kg[village], seed, villages.kolkhoz_harvested_kg[village], reach_kolkhoz[region], due
            )
            taken = min(villages.pool_kg[village], taken + extra[region] * (reachable - taken))
            # what lies above seed and a year's food (300 kg a head, 0.145 kg a kcal of need) is bought in January
            taken += purchase * max(0.0, villages.pool_kg[village] - taken - seed - 0.145 * members_need)
            villages.pool_kg[village] -= taken
            villages.kolkhoz_delivered_kg[village] += taken
            still_due += max(0.0, share - villages.kolkhoz_delivered_kg[village] - joined_delivered)
            still_reachable += max(0.0, reachable - taken)
            plan += share
            delivered += villages.kolkhoz_delivered_kg[village]
            flows.procured[village] += taken
        # brigades come where a village is behind what it was asked for in July: barns, pits and seed alike
        find = b.search_find
        is_behind = villages.turn[village] < search[region] and delivered < 0.97 * plan * calendar * asked[region]
        villages.searched[village] = 1 if is_behind else 0
        if is_behind:
            found = villages.pool_kg[village] * find
            villages.pool_kg[village] -= found
            villages.kolkhoz_delivered_kg[village] += found
            for home in range(first[village], first[village + 1]):
                of_barn = homes.barn_kg[home] * find
                of_pit = homes.concealed_kg[home] * find
                homes.barn_kg[home] -= of_barn
                homes.concealed_kg[home] -= of_pit
                homes.delivered_kg[home] += of_barn + of_pit
                homes.garden[home] *= 1.0 - fines[region]
                found += of_barn + of_pit
            flows.procured[village] += found
            flows.confiscated[village] += found
        due_left[village] = still_due
        reachable_left[village] = still_reachable


def procure(
    land: Countryside,
    policy: Any,
    behaviour: Any,
    facts: Any,
    *,
    quota: np.ndarray,
    calendar: float,
    seed_ahead: float,
    months_to_harvest: float,
    extra: np.ndarray,
    search: np.ndarray,
    asked: np.ndarray,
    mts_share: np.ndarray,
    purchase: float,
    season: float,
) -> tuple[np.ndarray, np.ndarray]:
    """One month of procurement.

    quota               plan on one mean hectare [regions, kg/ha]
    calendar            part of the year's plan due by the end of this month [share]
    seed_ahead          part of the year's seed still to be sown [share]
    months_to_harvest   months until new grain [months]
    extra               part of what collectors could still reach which counter-plans take on top [regions, share]
    search              share of the villages behind what they were asked for that brigades come to [regions, share]
    asked               plan of July over the plan that is left after its cuts [regions, ratio]
    mts_share           payment in kind for machine work, of the kolkhoz harvest [regions, share]
    purchase            part of the kolkhoz grain above need that the State buys this month [share]
    season              how willingly grain is brought this month, 1 = mean [ratio]

    Returns what is still due and what could still be reached, unweighted [regions, kg].
    """
    due = np.zeros(land.n_villages, np.float32)
    reachable = np.zeros(land.n_villages, np.float32)
    p = policy.procurement
    flat = np.ones(len(quota), np.float32)
    land.over(
        _procure,
        quota.astype(np.float32),
        np.float32(calendar),
        np.float32(p.compulsion),
        flat * np.float32(p.price_ratio * season),
        flat * np.float32(p.kolkhoz_reach),
        flat * np.float32(p.independent_reach),
        extra.astype(np.float32),
        search.astype(np.float32),
        asked.astype(np.float32),
        np.asarray(p.fines_in_kind, np.float32),
        facts.seed_rate.astype(np.float32),
        np.float32(seed_ahead),
        np.float32(months_to_harvest),
        mts_share.astype(np.float32),
        np.float32(purchase),
        due,
        reachable,
        behaviour,
    )
    return land.by_region(due), land.by_region(reachable)


@loop
def _pay(start, stop, first, homes, villages, flows, share, seed_rate, seed_ahead, fodder_months, b):
    sheet = np.zeros(_LANES * LANE, np.float32)
    for village in range(start, stop):
        if villages.members[village] > 0.0:
            begin, end = first[village], first[village + 1]
            inside = villages.members[village] / max(villages.present[village], 1.0)
            rows = _measure(begin, end, homes, sheet, 1.0 - b.land_cut * inside)
            small, children = homes.small[begin:end], homes.children[begin:end]
            adults, elderly, months_in = homes.adults[begin:end], homes.elderly[begin:end], homes.months_in[begin:end]
            for i in range(rows):
                hands = np.float32(adults[i]) if months_in[i] > 0 else 0.0
                others = np.float32(small[i] + children[i] + elderly[i]) if months_in[i] > 0 else 0.0
                sheet[_GIVEN + i] = hands
                sheet[_SUM + i] = hands + 0.5 * others
            workers = np.float32(total(sheet, _GIVEN, rows))
            units = np.float32(total(sheet, _SUM, rows))
            land = max(0.0, villages.land_ha[village] - np.float32(total(sheet, _LAND, rows)))
            beasts = 30.0 * villages.horses[village] + 6.0 * villages.cattle[village] + 13.0 * villages.pigs[village]
            kept = land * seed_rate[villages.region[village]] * seed_ahead + beasts * fodder_months
            paid = grain.pay(villages.pool_kg[village], kept, share)
            if units > 0.0:
                villages.pool_kg[village] -= paid
                each = paid / units
                barn = homes.barn_kg[begin:end]
                for i in range(rows):
                    barn[i] += each * sheet[_SUM + i]
                villages.trudoden_kg[village] += paid / (max(workers, 1.0) * b.labour_days * 12.0)


def pay_trudodni(
    land: Countryside, behaviour: Any, facts: Any, *, share: float, seed_ahead: float, fodder_months: float
) -> None:
    """Kolkhozy pay grain for labour-days: advances in the harvest, the rest from December, by workers and mouths.

    share           part of what is left after State, seed and fodder that is paid out this month [share]
    seed_ahead      part of the year's seed still to be sown [share]
    fodder_months   months of grain fodder kept for the common herd, at a third of the full norm [months]
    """
    land.over(
        _pay,
        np.float32(share),
        facts.seed_rate.astype(np.float32),
        np.float32(seed_ahead),
        np.float32(fodder_months / 3),
        behaviour,
    )
