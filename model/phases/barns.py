"""Grain leaves barns and kolkhoz pools: concealed, sold, delivered, searched for, paid out for labour-days.

Called by the country between harvest and kitchen; writes `barn_kg`, `concealed_kg`, `delivered_kg`, `garden`,
`pool_kg`, `kolkhoz_delivered_kg`, `trudoden_kg`, `searched`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from model.columns import Countryside, Stratum
from model.compiled import loop, rule
from model.rules import food, grain

_POOR = int(Stratum.POOR)
_KULAK = int(Stratum.KULAK)


@rule
def _burden(stratum, poor_burden, kulak_burden):
    """Plan on one hectare of an independent household relative to a middle one's [ratio]."""
    return poor_burden if stratum == _POOR else (kulak_burden if stratum == _KULAK else 1.0)


@loop
def _conceal(start, stop, first, homes, villages, flows, taken_share, compulsion, theft_law, in_harvest, b):
    for village in range(start, stop):
        taken = taken_share[villages.region[village]]
        share = grain.daring(b.concealment, taken, compulsion, theft_law, b.law_deterrence)
        for home in range(first[village], first[village + 1]):
            hidden = grain.conceal(homes.barn_kg[home], homes.concealed_kg[home], homes.harvested_kg[home], share)
            homes.barn_kg[home] -= hidden
            homes.concealed_kg[home] += hidden
        if in_harvest and villages.members[village] > 0.0:
            carried = villages.pool_kg[village] * grain.daring(
                b.pilfering, taken, compulsion, theft_law, b.law_deterrence
            )
            villages.pool_kg[village] -= carried
            each = carried / villages.members[village]
            for home in range(first[village], first[village + 1]):
                homes.concealed_kg[home] += each if homes.months_in[home] > 0 else 0.0


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
    for village in range(start, stop):
        inside = villages.members[village] / max(villages.present[village], 1.0)
        tilled = 1.0 - b.land_cut * inside
        independent = 0.0
        levied = 0.0
        for home in range(first[village], first[village + 1]):
            is_alone = 1.0 if homes.life[home] == 0 and homes.months_in[home] == 0 else 0.0
            land = homes.land_ha[home] * tilled * is_alone
            independent += land
            levied += land * _burden(homes.stratum[home], b.poor_burden, b.kulak_burden)
        if villages.members[village] > 0.0:
            levied += max(0.0, villages.land_ha[village] - independent) * b.kolkhoz_burden
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
    quota, calendar, compulsion, eager, reach_kolkhoz, reach_alone, extra, search, fines, seed_rate, seed_ahead,
    months_to_harvest, eased, mts_share, purchase, due_left, reachable_left, b,
):  # fmt: skip
    for village in range(start, stop):
        region = villages.region[village]
        rate = seed_rate[region]
        inside = villages.members[village] / max(villages.present[village], 1.0)
        tilled = 1.0 - b.land_cut * inside
        demand = quota[region] * villages.plan_error[village]
        still_due = 0.0
        still_reachable = 0.0
        independent = 0.0
        joined_delivered = 0.0
        members_need = 0.0
        plan = 0.0
        delivered = 0.0
        for home in range(first[village], first[village + 1]):
            is_alone = 1.0 if homes.life[home] == 0 and homes.months_in[home] == 0 else 0.0
            land = homes.land_ha[home] * tilled * is_alone
            independent += land
            share = land * demand * _burden(homes.stratum[home], b.poor_burden, b.kulak_burden)
            due = share * calendar - homes.delivered_kg[home]
            seed = land * rate * seed_ahead
            taken, reachable = grain.deliver(
                homes.barn_kg[home], seed, homes.harvested_kg[home], reach_alone[region], due
            )
            mouths = food.need(
                np.float32(homes.small[home]), np.float32(homes.children[home]),
                np.float32(homes.adults[home]), np.float32(homes.elderly[home]),
            )  # fmt: skip
            beasts = 30.0 * homes.horses[home] + 6.0 * homes.cattle[home] + 13.0 * homes.pigs[home]
            kept = seed + (0.0095 * mouths + beasts) * (months_to_harvest + b.carry_months) * eased
            sold = grain.offer(homes.barn_kg[home], kept, eager[region], b.eagerness)
            given = is_alone * (compulsion * (taken + extra[region] * (reachable - taken)) + (1.0 - compulsion) * sold)
            given = min(homes.barn_kg[home], given)
            homes.barn_kg[home] -= given
            homes.delivered_kg[home] += given
            still_due += max(0.0, share - homes.delivered_kg[home]) * is_alone
            still_reachable += max(0.0, reachable - given) * is_alone
            joined_delivered += homes.delivered_kg[home] * (1.0 - is_alone)
            members_need += mouths * (1.0 - is_alone)
            plan += share
            delivered += homes.delivered_kg[home]
            flows.procured[village] += given
        if villages.members[village] > 0.0:
            land = max(0.0, villages.land_ha[village] - independent)
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
        # brigades come where a village is behind: barns, pits and seed alike, until the region's plan is met
        find = search[region] * b.search_find
        is_behind = find > 0.0 and delivered < 0.97 * plan * calendar
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
    eased: float,
    extra: np.ndarray,
    search: np.ndarray,
    mts_share: np.ndarray,
    purchase: float,
    season: float,
) -> tuple[np.ndarray, np.ndarray]:
    """One month of procurement.

    quota               plan on one mean hectare [regions, kg/ha]
    calendar            part of the year's plan due by the end of this month [share]
    seed_ahead          part of the year's seed still to be sown [share]
    months_to_harvest   months until new grain [months]
    eased               what dear grain leaves of the stock that independents like to keep [share]
    extra               part of what collectors could still reach which counter-plans take on top [regions, share]
    search              strength of the search order where the region is behind its plan [regions, 0-1]
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
        np.asarray(p.fines_in_kind, np.float32),
        facts.seed_rate.astype(np.float32),
        np.float32(seed_ahead),
        np.float32(months_to_harvest),
        np.float32(eased),
        mts_share.astype(np.float32),
        np.float32(purchase),
        due,
        reachable,
        behaviour,
    )
    return land.by_region(due), land.by_region(reachable)


@loop
def _pay(start, stop, first, homes, villages, flows, share, seed_rate, seed_ahead, fodder_months, b):
    for village in range(start, stop):
        if villages.members[village] > 0.0:
            inside = villages.members[village] / max(villages.present[village], 1.0)
            tilled = 1.0 - b.land_cut * inside
            independent = 0.0
            workers = 0.0
            units = 0.0
            for home in range(first[village], first[village + 1]):
                is_member = 1.0 if homes.months_in[home] > 0 else 0.0
                is_alone = 1.0 if homes.life[home] == 0 and homes.months_in[home] == 0 else 0.0
                independent += homes.land_ha[home] * tilled * is_alone
                adults = np.float32(homes.adults[home]) * is_member
                others = np.float32(homes.small[home] + homes.children[home] + homes.elderly[home]) * is_member
                workers += adults
                units += adults + 0.5 * others
            land = max(0.0, villages.land_ha[village] - independent)
            beasts = 30.0 * villages.horses[village] + 6.0 * villages.cattle[village] + 13.0 * villages.pigs[village]
            kept = land * seed_rate[villages.region[village]] * seed_ahead + beasts * fodder_months
            paid = grain.pay(villages.pool_kg[village], kept, share)
            if units > 0.0:
                villages.pool_kg[village] -= paid
                each = paid / units
                for home in range(first[village], first[village + 1]):
                    is_member = 1.0 if homes.months_in[home] > 0 else 0.0
                    adults = np.float32(homes.adults[home])
                    others = np.float32(homes.small[home] + homes.children[home] + homes.elderly[home])
                    homes.barn_kg[home] += is_member * each * (adults + 0.5 * others)
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
