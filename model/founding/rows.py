"""The two walks over all households at the founding: who they are, then what they have."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np

from model.arithmetic import exponential
from model.columns import Array, Flows, Households, Villages
from model.compiled import loop
from model.draws import uniform
from model.rules.holdings import adults, dependants, normal, span_of, spread_evenly


class Lot(IntEnum):
    """What is drawn by lot for each household, before the first month."""

    CLASS = 0
    MEMBER = 1
    SPAN = 2  # from here on in even sequences
    YOUTH = 3
    SMALL = 4
    CHILDREN = 5
    ADULTS = 6
    ELDERLY = 7
    STANDING = 8
    TEMPER = 9


CLASS, MEMBER, STANDING, TEMPER = int(Lot.CLASS), int(Lot.MEMBER), int(Lot.STANDING), int(Lot.TEMPER)
SPAN, YOUTH, SMALL = int(Lot.SPAN), int(Lot.YOUTH), int(Lot.SMALL)
CHILDREN, ADULTS, ELDERLY = int(Lot.CHILDREN), int(Lot.ADULTS), int(Lot.ELDERLY)


@loop
def settle(  # noqa: PLR0915 - one walk through memory instead of two
    start: int,
    stop: int,
    first: Array,
    homes: Households,
    villages: Villages,
    flows: Flows,  # noqa: ARG001 - every loop over villages is handed the month's sums
    lots: Array,
    steps: Array,
    kulaks: Array,
    poor: Array,
    members: Array,
    persons: Array,
    land_a_head: Array,
    standing: Array,
    spread: Any,
    months_in: Any,
    reserve_days: Any,
    deviates: Array,
    mass: Array,
    sums: Array,
) -> None:
    """Give each household its class, people, temper and place in or outside the kolkhoz; land and wealth as ratios.

    persons      expected people by age, class and region [4, classes, regions]
    land_a_head  by class [ratio]; standing by class [ratio]; spread of standing [sd of its logarithm]
    mass         size to the power of 0.9 by whole persons: larger households have a little less land a head
    sums         ratios of land and of wealth, summed by village [2, villages]
    """
    for village in range(start, stop):
        region = villages.region[village]
        tills = 1 - villages.nomad[village]
        rows_left = first[village + 1] - first[village]
        kulaks_left = kulaks[village]
        poor_left = poor[village]
        eligible = rows_left - kulaks_left
        members_left = members[village]
        people = 0
        for home in range(first[village], first[village + 1]):
            place = int(np.float64(uniform(lots[CLASS], home)) * rows_left)
            stratum = 0 if place >= kulaks_left and place < kulaks_left + poor_left else 1
            stratum = 2 if place < kulaks_left else stratum
            rows_left -= 1
            kulaks_left -= stratum == 2
            poor_left -= stratum == 0
            joins = 0
            if stratum < 2:
                joins = int(np.float64(uniform(lots[MEMBER], home)) * eligible) < members_left
                eligible -= 1
                members_left -= joins
            span = span_of(spread_evenly(lots[SPAN], steps[SPAN], home), 0.1)
            youth = span_of(spread_evenly(lots[YOUTH], steps[YOUTH], home), 0.2)
            u_small = spread_evenly(lots[SMALL], steps[SMALL], home)
            u_children = spread_evenly(lots[CHILDREN], steps[CHILDREN], home)
            u_adults = spread_evenly(lots[ADULTS], steps[ADULTS], home)
            u_elderly = spread_evenly(lots[ELDERLY], steps[ELDERLY], home)
            small = int(dependants(persons[0, stratum, region], youth, u_small))
            children = int(dependants(persons[1, stratum, region], span, u_children))
            grown = int(adults(persons[2, stratum, region], span, u_adults))
            elderly = int(dependants(persons[3, stratum, region], 1.0, u_elderly))
            size = small + children + grown + elderly
            temper = normal(deviates, spread_evenly(lots[TEMPER], steps[TEMPER], home))
            luck = normal(deviates, spread_evenly(lots[STANDING], steps[STANDING], home))
            land = land_a_head[stratum] * mass[min(size, mass.size - 1)] * np.float32(tills)
            wealth = standing[stratum] * exponential(spread * luck)
            homes.stratum[home] = stratum
            homes.small[home] = small
            homes.children[home] = children
            homes.adults[home] = grown
            homes.hired[home] = 1 if stratum == 2 else 0  # one labourer for the season. assumption
            homes.elderly[home] = elderly
            homes.months_in[home] = months_in * joins
            homes.temper[home] = abs(temper) if joins else temper
            homes.land_ha[home] = land
            homes.wealth[home] = wealth
            homes.garden[home] = 1.0
            homes.stand[home] = 1.0
            homes.reserve_days[home] = reserve_days
            sums[0, village] += np.float64(land)
            sums[1, village] += np.float64(wealth)
            people += size
        villages.people[village] = people
        villages.present[village] = first[village + 1] - first[village]
        villages.members[village] = members[village]


@loop
def endow(
    start: int,
    stop: int,
    first: Array,
    homes: Households,
    villages: Villages,
    flows: Flows,  # noqa: ARG001 - as above
    hectares: Array,
    wealth_scale: Array,
    norm: Array,
    stock: Array,
    stock_a_head: Array,
    pooled: Array,
) -> None:
    """Turn ratios into hectares and animals, so that each region's totals are met, and fill barns and kolkhozy.

    hectares, wealth_scale   what one unit of the ratio is worth [regions, 2: farmers, nomads], float64
    norm                     animals of a household of wealth 1 [kinds, regions, 2], float64
    stock, stock_a_head      grain in the barn [kg/ha; regions] and [kg/person; regions]
    pooled                   part of members' animals that is common [share, by kind]
    """
    for village in range(start, stop):
        region = villages.region[village]
        nomad = villages.nomad[village]
        land_sum = np.float64(0)
        common_land = np.float64(0)
        common_horses = np.float64(0)
        common_cattle = np.float64(0)
        common_pigs = np.float64(0)
        common_sheep = np.float64(0)
        for home in range(first[village], first[village + 1]):
            joined = np.float64(homes.months_in[home] > 0)
            land = np.float64(homes.land_ha[home]) * hectares[region, nomad]
            wealth = np.float64(homes.wealth[home]) * wealth_scale[region, nomad]
            horses = norm[0, region, nomad] * wealth
            cattle = norm[1, region, nomad] * wealth
            pigs = norm[2, region, nomad] * wealth
            sheep = norm[3, region, nomad] * wealth
            people = homes.small[home] + homes.children[home] + homes.adults[home] + homes.elderly[home]
            homes.land_ha[home] = land
            homes.wealth[home] = wealth
            homes.horses[home] = horses - joined * pooled[0] * horses
            homes.cattle[home] = cattle - joined * pooled[1] * cattle
            homes.pigs[home] = pigs - joined * pooled[2] * pigs
            homes.sheep_goats[home] = sheep - joined * pooled[3] * sheep
            homes.sown_ha[home] = land - joined * land
            homes.barn_kg[home] = stock[region] * land + np.float64(nomad) * stock_a_head[region] * people
            land_sum += land
            common_land += joined * land
            common_horses += joined * pooled[0] * horses
            common_cattle += joined * pooled[1] * cattle
            common_pigs += joined * pooled[2] * pigs
            common_sheep += joined * pooled[3] * sheep
        villages.land_ha[village] = land_sum
        villages.kolkhoz_sown_ha[village] = common_land
        villages.horses[village] = common_horses
        villages.cattle[village] = common_cattle
        villages.pigs[village] = common_pigs
        villages.sheep_goats[village] = common_sheep
