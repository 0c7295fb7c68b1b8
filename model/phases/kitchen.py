"""What is on the table: garden, milk, meat, herds of nomads, grain of one's own, of neighbours, of market and State.

Two loops with the regions between them: households first set aside what thrift allows and say what they lack;
the region's market and the State's relief then answer; then everybody eats. Writes `barn_kg`, `concealed_kg`,
`shortfall_kg`, `deficit`, `reserve_days`, `wasting`, `barrenness`, and `hunger` of the villages.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from model.arithmetic import LANE, lanes, total
from model.columns import Countryside
from model.compiled import loop, rule
from model.rules import body, food

WILD = (1.15, 1.0, 0.8, 0.45, 0.2, 0.12, 0.1, 0.12, 0.35, 0.9, 1.5, 1.6)
"""Gathered, begged and bought food by month, July to June, relative to `wild_food`. Source: assumption."""
MILK = (1.35, 1.25, 1.1, 0.9, 0.7, 0.6, 0.6, 0.7, 0.95, 1.2, 1.35, 1.3)
"""Milk by month, July to June, relative to the year's mean. Source: assumption (calving in spring)."""


class Table(NamedTuple):
    """What the month lays on every table beside grain, in single precision; arrays are [regions]."""

    potatoes: np.ndarray
    weather: np.ndarray
    wild: np.ndarray
    member_plot: np.float32
    milk: np.float32
    seed_rate: np.ndarray
    seed_ahead: np.float32
    months_to_harvest: np.float32
    is_harvest: np.float32
    usual_horses: np.ndarray
    usual_cattle: np.ndarray
    usual_sheep_goats: np.ndarray
    settled_floor: np.float32
    pay_ahead: np.float32
    eased: np.float32


# Lanes of the sheet on which a village's tables are reckoned.
_MOUTHS, _NEED, _SEED, _INSIDE, _OTHER, _STOCK, _ABOVE, _LACK, _A, _B, _C, _D = lanes(12)
_LANES = 12


@rule
def _seat(begin, end, homes, sheet, seed_kg_ha):
    """Note who sits at table, what they need and the seed they keep [persons, kcal/day, kg]; returns the households."""
    rows = np.uint64(end - begin)
    small, children = homes.small[begin:end], homes.children[begin:end]
    adults, elderly = homes.adults[begin:end], homes.elderly[begin:end]
    for i in range(rows):
        sheet[_MOUTHS + i] = np.float32(small[i] + children[i] + adults[i] + elderly[i])
        sheet[_NEED + i] = food.need(
            np.float32(small[i]), np.float32(children[i]), np.float32(adults[i]), np.float32(elderly[i])
        )
    months_in, land = homes.months_in[begin:end], homes.land_ha[begin:end]
    for i in range(rows):
        inside = 1.0 if months_in[i] > 0 else 0.0
        sheet[_INSIDE + i] = inside
        sheet[_SEED + i] = land[i] * seed_kg_ha * (1.0 - inside)
    return rows


@rule
def _help_oneself(stock, pay, seed, need, other, months, is_harvest, desire, carry_months, bare_share):
    """Grain of its own that a household puts on the table, and what it has above bare need [kg]."""
    wanted = food.wanted_grain(need, other, desire)
    thrift = food.helping(stock, pay, seed, wanted, food.bare_grain(need, other), months, carry_months)
    thrift = is_harvest * min(wanted, stock) + (1.0 - is_harvest) * thrift
    above = food.above_bare(stock, seed, need, other, months)
    floor = 0.9 if above > 0.0 else bare_share
    return food.hungry_helping(stock, thrift, need, other, floor), above


@rule
def _herds_on_the_table(begin, end, homes, sheet, table, region, commons, horses, cattle, sheep_goats, plenty):
    """Note what nomads eat beside grain [kcal/day]; `commons` is a member's part of the common herds."""
    wild, settled_floor = table.wild[region], table.settled_floor
    usual_horses, usual_cattle = table.usual_horses[region], table.usual_cattle[region]
    usual_sheep_goats = table.usual_sheep_goats[region]
    of_horses, of_cattle = homes.horses[begin:end], homes.cattle[begin:end]
    of_sheep_goats = homes.sheep_goats[begin:end]
    for i in range(np.uint64(end - begin)):
        need = sheet[_NEED + i]
        share = commons * sheet[_INSIDE + i]
        herds = food.herd_food(
            need,
            of_horses[i] + share * horses,
            of_cattle[i] + share * cattle,
            of_sheep_goats[i] + share * sheep_goats,
            usual_horses,
            usual_cattle,
            usual_sheep_goats,
            plenty,
        )
        sheet[_OTHER + i] = max(herds, settled_floor * need) + wild * sheet[_MOUTHS + i]


@rule
def _garden_on_the_table(begin, end, homes, sheet, table, region, meat):
    """Note what villagers eat beside grain [kcal/day]; `meat` is a head's part of the month's slaughter."""
    potatoes, weather, shared = table.potatoes[region], table.weather[region], table.wild[region] + meat
    member_plot, season = table.member_plot, table.milk
    left, cattle = homes.garden[begin:end], homes.cattle[begin:end]
    for i in range(np.uint64(end - begin)):
        plot = member_plot if sheet[_INSIDE + i] > 0.0 else 1.0
        garden = food.garden_kcal(potatoes, weather, plot, left[i])
        sheet[_OTHER + i] = (garden + shared) * sheet[_MOUTHS + i] + food.milk_kcal(cattle[i]) * season


@loop
def _ask(
    start, stop, first, homes, villages, flows, table, other_kcal, sale, market_kg, demand, want_relief, ration_kg, b
):
    sheet = np.zeros(_LANES * LANE, np.float32)
    months, is_harvest = table.months_to_harvest, table.is_harvest
    carry, bare_share = b.carry_months, b.bare_share
    desire = 1.0 + (b.desire - 1.0) * table.eased  # dear grain is eaten more sparingly
    thin = 0.7 * b.reserve_max
    for village in range(start, stop):
        begin, end = first[village], first[village + 1]
        region = villages.region[village]
        inside = villages.members[village] / max(villages.present[village], 1.0)
        tilled = 1.0 - b.land_cut * inside
        people = max(villages.people[village], 1.0)
        pay = b.pay_expected * villages.pool_kg[village] * table.pay_ahead / people
        rows = _seat(begin, end, homes, sheet, tilled * table.seed_rate[region] * table.seed_ahead)
        if villages.nomad[village] == 1:
            _herds_on_the_table(
                begin, end, homes, sheet, table, region, 1.0 / max(villages.members[village], 1.0),
                villages.horses[village], villages.cattle[village], villages.sheep_goats[village], b.herd_plenty,
            )  # fmt: skip
        else:
            meat = np.float32(flows.meat_kg[village]) * 72.4 / people  # 2,200 kcal a kg over 30.4 days
            _garden_on_the_table(begin, end, homes, sheet, table, region, meat)
        ration = ration_kg[region]
        barn, concealed = homes.barn_kg[begin:end], homes.concealed_kg[begin:end]
        for i in range(rows):
            barn[i] += ration * sheet[_MOUTHS + i]
            sheet[_A + i] = ration * sheet[_MOUTHS + i]
            sheet[_STOCK + i] = barn[i] + concealed[i]
        for i in range(rows):
            need, other, stock = sheet[_NEED + i], sheet[_OTHER + i], sheet[_STOCK + i]
            expected = pay * sheet[_MOUTHS + i] * sheet[_INSIDE + i]
            own, above = _help_oneself(
                stock, expected, sheet[_SEED + i], need, other, months, is_harvest, desire, carry, bare_share
            )
            sheet[_ABOVE + i] = above
            sheet[_LACK + i] = max(0.0, food.bare_grain(need, other) - own)
        flows.ration[village] += total(sheet, _A, rows)
        surplus = np.float32(total(sheet, _ABOVE, rows))
        lack = np.float32(total(sheet, _LACK, rows))
        # neighbours: part of what lies above bare need goes to the hungry of the village
        given = min(lack, b.sharing * surplus)
        give = given / max(surplus, 1e-6)
        get = given / max(lack, 1e-6)
        horses, cattle, pigs = homes.horses[begin:end], homes.cattle[begin:end], homes.pigs[begin:end]
        ahead = (months + carry) * table.eased
        for i in range(rows):
            beasts = 30.0 * horses[i] + 6.0 * cattle[i] + 13.0 * pigs[i]
            sheet[_SEED + i] += (0.012 * sheet[_NEED + i] + beasts) * ahead
        offered = sale[region]
        for i in range(rows):
            gift = give * sheet[_ABOVE + i]
            of_barn = min(gift, barn[i])
            left = barn[i] - of_barn + get * sheet[_LACK + i]
            sold = min(left, offered * max(0.0, sheet[_STOCK + i] - gift - sheet[_SEED + i]))
            barn[i] = left - sold
            concealed[i] -= min(gift - of_barn, concealed[i])
            sheet[_A + i] = sold
        reserve, shortfall, others = homes.reserve_days[begin:end], homes.shortfall_kg[begin:end], other_kcal[begin:end]
        for i in range(rows):
            lacking = max(0.0, sheet[_LACK + i] - get * sheet[_LACK + i])
            wish = min(lacking, market_kg * sheet[_MOUTHS + i])
            is_wasted = 1.0 if reserve[i] < thin else 0.0
            sheet[_B + i] = wish
            sheet[_C + i] = (lacking - wish) * is_wasted
            shortfall[i] = lacking
            others[i] = sheet[_OTHER + i]
        flows.to_market[village] += total(sheet, _A, rows)
        demand[village] = total(sheet, _B, rows)
        want_relief[village] = total(sheet, _C, rows)


class Asked(NamedTuple):
    """What households lack after neighbours have given, unweighted [regions, kg]."""

    market_demand: np.ndarray
    relief_need: np.ndarray


def share_and_ask(
    land: Countryside, behaviour: Any, table: Table, *, sale: np.ndarray, market_kg: float, ration_kg: np.ndarray
) -> Asked:
    """Households share within the village, bring surplus to the market and say what they lack.

    sale        share of the surplus brought to the market this month [regions, share]
    market_kg   most that a hungry person can buy this month [kg/person]
    ration_kg   grain the State sells back to villages this month [regions, kg/person]
    """
    demand = np.zeros(land.n_villages, np.float32)
    relief = np.zeros(land.n_villages, np.float32)
    land.over(
        _ask,
        table,
        land.spare,
        sale.astype(np.float32),
        np.float32(market_kg),
        demand,
        relief,
        ration_kg.astype(np.float32),
        behaviour,
    )
    return Asked(land.by_region(demand), land.by_region(relief))


@loop
def _eat(start, stop, first, homes, villages, flows, table, other_kcal, market_kg, fill, relief, b):
    sheet = np.zeros(_LANES * LANE, np.float32)
    months, is_harvest = table.months_to_harvest, table.is_harvest
    carry, bare_share = b.carry_months, b.bare_share
    desire = 1.0 + (b.desire - 1.0) * table.eased  # dear grain is eaten more sparingly
    most, wasting_months, conception_months = b.reserve_max, b.wasting_months, b.conception_months
    recovery_months, barn_spoils, pit_spoils = b.recovery_months, b.barn_spoils, b.pit_spoils
    for village in range(start, stop):
        begin, end = first[village], first[village + 1]
        region = villages.region[village]
        inside = villages.members[village] / max(villages.present[village], 1.0)
        tilled = 1.0 - b.land_cut * inside
        pay = b.pay_expected * villages.pool_kg[village] * table.pay_ahead / max(villages.people[village], 1.0)
        rows = _seat(begin, end, homes, sheet, tilled * table.seed_rate[region] * table.seed_ahead)
        served, aid = fill[region], relief[region]
        shortfall, reserve, others = homes.shortfall_kg[begin:end], homes.reserve_days[begin:end], other_kcal[begin:end]
        for i in range(rows):
            lacking = shortfall[i]
            wish = min(lacking, market_kg * sheet[_MOUTHS + i])
            is_wasted = 1.0 if reserve[i] < 0.7 * most else 0.0
            sheet[_A + i] = wish * served
            sheet[_B + i] = (lacking - wish) * is_wasted * aid
            sheet[_OTHER + i] = others[i]
        barn, concealed = homes.barn_kg[begin:end], homes.concealed_kg[begin:end]
        for i in range(rows):
            need, other, bought = sheet[_NEED + i], sheet[_OTHER + i], sheet[_A + i] + sheet[_B + i]
            in_barn = barn[i] + bought
            stock = in_barn + concealed[i]
            expected = pay * sheet[_MOUTHS + i] * sheet[_INSIDE + i]
            own, _ = _help_oneself(
                stock, expected, sheet[_SEED + i], need, other, months, is_harvest, desire, carry, bare_share
            )
            own = min(stock, max(own, bought))
            of_barn = food.out_of_barn(in_barn, stock, own)
            left_in_barn = in_barn - of_barn
            left_in_pit = max(0.0, concealed[i] - (own - of_barn))
            barn[i] = left_in_barn * (1.0 - barn_spoils)
            concealed[i] = left_in_pit * (1.0 - pit_spoils)
            sheet[_C + i] = own
            sheet[_SEED + i] = left_in_barn * barn_spoils + left_in_pit * pit_spoils
            sheet[_STOCK + i] = (other + own * 92.105) / max(need, 1.0)
        deficit, wasting, barrenness = homes.deficit[begin:end], homes.wasting[begin:end], homes.barrenness[begin:end]
        for i in range(rows):
            intake = sheet[_STOCK + i]
            mouths = sheet[_MOUTHS + i]
            missing = max(0.0, 1.0 - intake) if mouths > 0.0 else 0.0
            deficit[i] = missing
            sheet[_LACK + i] = missing * mouths
            sheet[_ABOVE + i] = min(intake, 1.6) * sheet[_NEED + i]
            sheet[_D + i] = mouths if intake < 0.8 else 0.0
        for i in range(rows):
            left = body.draw_on_reserve(reserve[i], sheet[_STOCK + i], most)
            reserve[i] = left
            depletion = 1.0 - left / most
            wasting[i] = body.waste(wasting[i], depletion, wasting_months, recovery_months)
            barrenness[i] = body.waste(barrenness[i], depletion, conception_months, conception_months)
        people = np.float32(total(sheet, _MOUTHS, rows))
        villages.hunger[village] = np.float32(total(sheet, _LACK, rows)) / max(people, 1.0)
        villages.people[village] = people
        flows.from_market[village] += total(sheet, _A, rows)
        flows.relief[village] += total(sheet, _B, rows)
        flows.eaten[village] += total(sheet, _C, rows)
        flows.lost[village] += total(sheet, _SEED, rows)  # to mice, damp and weevils
        flows.kcal[village] += total(sheet, _ABOVE, rows)
        flows.hungry[village] += total(sheet, _D, rows)


def eat(
    land: Countryside,
    behaviour: Any,
    table: Table,
    asked: Asked,
    *,
    market_kg: float,
    market_fill: np.ndarray,
    relief_fill: np.ndarray,
) -> None:
    """Everybody eats; bodies draw on their reserve.

    market_fill   part of the wishes that the market of the region can serve [regions, share]
    relief_fill   part of what the wasted still lack that the State gives [regions, share]
    """
    land.over(
        _eat,
        table,
        land.spare,
        np.float32(market_kg),
        market_fill.astype(np.float32),
        relief_fill.astype(np.float32),
        behaviour,
    )
