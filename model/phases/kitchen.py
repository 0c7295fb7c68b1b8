"""What is on the table: garden, milk, meat, herds of nomads, grain of one's own, of neighbours, of market and State.

Two loops with the regions between them: households first set aside what thrift allows and say what they lack;
the region's market and the State's relief then answer; then everybody eats. Writes `barn_kg`, `concealed_kg`,
`shortfall_kg`, `deficit`, `reserve_days`, `wasting`, `barrenness`, and `hunger` of the villages.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from model.columns import Countryside
from model.compiled import loop
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


@loop
def _ask(
    start, stop, first, homes, villages, flows, table, other_kcal, sale, market_kg, demand, want_relief, ration_kg, b
):
    for village in range(start, stop):
        region = villages.region[village]
        rate = table.seed_rate[region]
        is_nomad = villages.nomad[village] == 1
        inside = villages.members[village] / max(villages.present[village], 1.0)
        tilled = 1.0 - b.land_cut * inside
        people = max(villages.people[village], 1.0)
        meat = flows.meat_kg[village] * 72.4 / people  # 2,200 kcal a kg over 30.4 days
        commons = 1.0 / max(villages.members[village], 1.0)
        pay = b.pay_expected * villages.pool_kg[village] * table.pay_ahead / people
        surplus = 0.0
        lack = 0.0
        for home in range(first[village], first[village + 1]):
            adults = np.float32(homes.adults[home])
            children = np.float32(homes.children[home])
            small = np.float32(homes.small[home])
            elderly = np.float32(homes.elderly[home])
            mouths = small + children + adults + elderly
            need = food.need(small, children, adults, elderly)
            is_member = 1.0 if homes.months_in[home] > 0 else 0.0
            ration = ration_kg[region] * mouths
            homes.barn_kg[home] += ration
            flows.ration[village] += ration
            share = commons * is_member
            if is_nomad:
                herds = food.herd_food(
                    need,
                    homes.horses[home] + share * villages.horses[village],
                    homes.cattle[home] + share * villages.cattle[village],
                    homes.sheep_goats[home] + share * villages.sheep_goats[village],
                    table.usual_horses[region],
                    table.usual_cattle[region],
                    table.usual_sheep_goats[region],
                    b.herd_plenty,
                )
                other = max(herds, table.settled_floor * need) + table.wild[region] * mouths
            else:
                plot = table.member_plot if homes.months_in[home] > 0 else 1.0
                garden = food.garden_kcal(table.potatoes[region], table.weather[region], plot, homes.garden[home])
                milk = food.milk_kcal(homes.cattle[home]) * table.milk
                other = (garden + table.wild[region] + meat) * mouths + milk
            other_kcal[home] = other
            stock = homes.barn_kg[home] + homes.concealed_kg[home]
            seed = homes.land_ha[home] * tilled * rate * table.seed_ahead * (1.0 - is_member)
            wanted = food.wanted_grain(need, other, b.desire)
            bare = food.bare_grain(need, other)
            thrift = food.helping(
                stock, pay * mouths * is_member, seed, wanted, bare, table.months_to_harvest, b.carry_months
            )
            thrift = table.is_harvest * min(wanted, stock) + (1.0 - table.is_harvest) * thrift
            above = food.above_bare(stock, seed, need, other, table.months_to_harvest)
            floor = 0.9 if above > 0.0 else b.bare_share
            own = food.hungry_helping(stock, thrift, need, other, floor)
            lacking = max(0.0, bare - own)
            homes.shortfall_kg[home] = lacking
            surplus += above
            lack += lacking
        # neighbours: part of what lies above bare need goes to the hungry of the village
        given = min(lack, b.sharing * surplus)
        give = given / max(surplus, 1e-6)
        get = given / max(lack, 1e-6)
        for home in range(first[village], first[village + 1]):
            adults = np.float32(homes.adults[home])
            children = np.float32(homes.children[home])
            small = np.float32(homes.small[home])
            elderly = np.float32(homes.elderly[home])
            mouths = small + children + adults + elderly
            need = food.need(small, children, adults, elderly)
            is_member = 1.0 if homes.months_in[home] > 0 else 0.0
            stock = homes.barn_kg[home] + homes.concealed_kg[home]
            seed = homes.land_ha[home] * tilled * rate * table.seed_ahead * (1.0 - is_member)
            above = food.above_bare(stock, seed, need, other_kcal[home], table.months_to_harvest)
            lacking = homes.shortfall_kg[home]
            gift = give * above
            of_barn = min(gift, homes.barn_kg[home])
            of_pit = min(gift - of_barn, homes.concealed_kg[home])
            homes.barn_kg[home] += get * lacking - of_barn
            homes.concealed_kg[home] -= of_pit
            lacking = max(0.0, lacking - get * lacking)
            beasts = 30.0 * homes.horses[home] + 6.0 * homes.cattle[home] + 13.0 * homes.pigs[home]
            kept = (0.012 * need + beasts) * (table.months_to_harvest + b.carry_months)
            sold = min(homes.barn_kg[home], sale[region] * max(0.0, stock - gift - seed - kept))
            homes.barn_kg[home] -= sold
            flows.to_market[village] += sold
            wish = min(lacking, market_kg * mouths)
            demand[village] += wish
            is_wasted = 1.0 if homes.reserve_days[home] < 0.7 * b.reserve_max else 0.0
            want_relief[village] += (lacking - wish) * is_wasted
            homes.shortfall_kg[home] = lacking


class Asked(NamedTuple):
    """What households lack after neighbours have given, unweighted [regions, kg], and other food [households]."""

    market_demand: np.ndarray
    relief_need: np.ndarray
    other_kcal: np.ndarray


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
    other = np.zeros(len(land.homes.barn_kg), np.float32)
    land.over(
        _ask,
        table,
        other,
        sale.astype(np.float32),
        np.float32(market_kg),
        demand,
        relief,
        ration_kg.astype(np.float32),
        behaviour,
    )
    return Asked(land.by_region(demand), land.by_region(relief), other)


@loop
def _eat(start, stop, first, homes, villages, flows, table, other_kcal, market_kg, fill, relief, b):
    for village in range(start, stop):
        region = villages.region[village]
        rate = table.seed_rate[region]
        inside = villages.members[village] / max(villages.present[village], 1.0)
        tilled = 1.0 - b.land_cut * inside
        pay = b.pay_expected * villages.pool_kg[village] * table.pay_ahead / max(villages.people[village], 1.0)
        missing = 0.0
        people = 0.0
        for home in range(first[village], first[village + 1]):
            adults = np.float32(homes.adults[home])
            children = np.float32(homes.children[home])
            small = np.float32(homes.small[home])
            elderly = np.float32(homes.elderly[home])
            mouths = small + children + adults + elderly
            need = food.need(small, children, adults, elderly)
            is_member = 1.0 if homes.months_in[home] > 0 else 0.0
            lacking = homes.shortfall_kg[home]
            wish = min(lacking, market_kg * mouths)
            bought = wish * fill[region]
            is_wasted = 1.0 if homes.reserve_days[home] < 0.7 * b.reserve_max else 0.0
            helped = (lacking - wish) * is_wasted * relief[region]
            homes.barn_kg[home] += bought + helped
            flows.from_market[village] += bought
            flows.relief[village] += helped
            stock = homes.barn_kg[home] + homes.concealed_kg[home]
            seed = homes.land_ha[home] * tilled * rate * table.seed_ahead * (1.0 - is_member)
            wanted = food.wanted_grain(need, other_kcal[home], b.desire)
            bare = food.bare_grain(need, other_kcal[home])
            thrift = food.helping(
                stock, pay * mouths * is_member, seed, wanted, bare, table.months_to_harvest, b.carry_months
            )
            thrift = table.is_harvest * min(wanted, stock) + (1.0 - table.is_harvest) * thrift
            above = food.above_bare(stock, seed, need, other_kcal[home], table.months_to_harvest)
            floor = 0.9 if above > 0.0 else b.bare_share
            own = food.hungry_helping(stock, thrift, need, other_kcal[home], floor)
            own = min(stock, max(own, bought + helped))
            # pit and barn are eaten alike: hidden grain is there to be eaten
            of_barn = homes.barn_kg[home] * own / max(stock, 1e-6)
            homes.barn_kg[home] -= of_barn
            homes.concealed_kg[home] = max(0.0, homes.concealed_kg[home] - (own - of_barn))
            intake = (other_kcal[home] + own * 92.105) / max(need, 1.0)
            homes.deficit[home] = max(0.0, 1.0 - intake) if mouths > 0.0 else 0.0
            reserve = body.draw_on_reserve(homes.reserve_days[home], intake, b.reserve_max)
            homes.reserve_days[home] = reserve
            depletion = 1.0 - reserve / b.reserve_max
            homes.wasting[home] = body.waste(homes.wasting[home], depletion, b.wasting_months)
            homes.barrenness[home] = body.waste(homes.barrenness[home], depletion, b.conception_months)
            missing += homes.deficit[home] * mouths
            people += mouths
            flows.eaten[village] += own
            flows.kcal[village] += min(intake, 1.6) * need
            flows.hungry[village] += mouths if intake < 0.8 else 0.0
        villages.hunger[village] = missing / max(people, 1.0)
        villages.people[village] = people


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
        asked.other_kcal,
        np.float32(market_kg),
        market_fill.astype(np.float32),
        relief_fill.astype(np.float32),
        behaviour,
    )
