"""Who joins the kolkhoz, who leaves it, and what moves with them: animals, fields, grain.

Called once a month by `Country.step`, after people have been counted and before unrest.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from model.arithmetic import LANE, lanes, total
from model.calendar import Month
from model.columns import Countryside
from model.compiled import loop, rule
from model.draws import Ask, uniform
from model.phases.mood import Mood
from model.rules import membership, unrest

_JOIN, _LEAVE = int(Ask.JOIN), int(Ask.LEAVE_KOLKHOZ)
_PAPER_MONTHS = membership.PAPER_MONTHS
_LONGEST = 120  # months of membership that are counted
_FINE = np.float32(1 << 20)  # parts into which a share is cut to be added up

# Lanes of the sheet on which a village's decisions are noted.
_OWN, _MOVES, _BROUGHT, _LAND = lanes(4)
_LANES = 4


@loop
def _count(start, stop, first, homes, villages, flows):
    for village in range(start, stop):
        begin, end = first[village], first[village + 1]
        life, months_in = homes.life[begin:end], homes.months_in[begin:end]
        small, children = homes.small[begin:end], homes.children[begin:end]
        adults, elderly = homes.adults[begin:end], homes.elderly[begin:end]
        present = np.int32(0)
        members = np.int32(0)
        people = np.int32(0)
        for i in range(end - begin):
            here = life[i] == 0
            present = np.int32(present + np.int32(here))
            members = np.int32(members + np.int32(here & (months_in[i] > 0)))
            people = np.int32(people + np.int32(small[i] + children[i] + adults[i] + elderly[i]))
        villages.present[village] = np.float32(present)
        villages.members[village] = np.float32(members)
        villages.people[village] = np.float32(people)


def count(land: Countryside) -> None:
    """Count who is there; writes `present`, `members` and `people` of villages."""
    land.over(_count)


@rule
def _wish_and_push(villages, village, pressure, settling, retreat, inside, squeeze, b):
    """Wish of a mean household of a village and push of the campaign on it [logits]."""
    region = villages.region[village]
    present = villages.present[village]
    share = villages.members[village] / present if present > 0.0 else 0.0
    wish = membership.village_wish(
        b.kolkhoz_distaste, share, b.neighbours_pull, squeeze, villages.leaning[village], b.village_spread
    )
    push = membership.campaign_push(
        pressure[region], retreat, inside, b.campaign_force, b.officials_race, b.retreat_eases_pressure
    )
    if villages.nomad[village] == 1:
        push += b.settling_push * settling[region] * (1.0 - b.retreat_eases_pressure * retreat)
    return wish, push


@rule
def _weigh(begin, end, homes, sheet, wish, push, afraid, retreat, barred, door, to_join, to_leave, b):
    """
    Every household weighs it up and decides: notes its own wish and whether it moves, writes `join_hazard`.

    One logistic and one draw serve both: a member asks whether to leave, another whether to join. Written with ones
    and zeros, because a branch would keep the processor from weighing many households at once.

    Returns how many join and how many leave [households].
    """
    row, rows = np.uint64(begin), np.uint64(end - begin)
    wealth, temper = homes.wealth[begin:end], homes.temper[begin:end]
    ties, spread = b.wealth_ties, b.household_spread
    for i in range(rows):
        sheet[_OWN + i] = membership.own_wish(wish, wealth[i], temper[i], ties, spread)
    push_poor = push + membership.fear_push(afraid, 1.0, retreat, b.fear_pull)
    push_other = push + membership.fear_push(afraid, 0.0, retreat, b.fear_pull)
    on_members, inertia, fastest_join, fastest_leave = (
        b.pressure_on_members, b.member_inertia, b.fastest_join, b.fastest_leave
    )  # fmt: skip
    stratum, named_kulak, life = homes.stratum[begin:end], homes.named_kulak[begin:end], homes.life[begin:end]
    months_in, join_hazard = homes.months_in[begin:end], homes.join_hazard[begin:end]
    joining = np.int32(0)
    leaving = np.int32(0)
    for i in range(rows):
        pushed = push_poor if stratum[i] == 0 else push_other
        kept_out = barred if (stratum[i] == 2) | (named_kulak[i] == 1) else 0.0
        outside = 1.0 if months_in[i] == 0 else 0.0
        merged = 1.0 if months_in[i] >= _PAPER_MONTHS else 0.0
        index = membership.readiness_to_move(sheet[_OWN + i], pushed, outside, merged, on_members, inertia)
        fastest = membership.fastest_move(outside, kept_out, door, fastest_join, fastest_leave)
        hazard = membership.hazard(index, fastest if life[i] == 0 else 0.0)
        moves = uniform(to_join if months_in[i] == 0 else to_leave, row + i) < hazard
        join_hazard[i] = outside * hazard
        sheet[_MOVES + i] = 1.0 if moves else 0.0
        joining = np.int32(joining + np.int32(moves & (months_in[i] == 0)))
        leaving = np.int32(leaving + np.int32(moves & (months_in[i] != 0)))
    return joining, leaving


@rule
def _join(homes, villages, flows, village, home, b):
    """The household brings in its field and part of its grain; its animals follow over four months."""
    field = homes.sown_ha[home]
    villages.kolkhoz_stand[village] = membership.mixed(
        villages.kolkhoz_sown_ha[village], villages.kolkhoz_stand[village], field, homes.stand[home]
    )
    villages.kolkhoz_sown_ha[village] += field
    homes.sown_ha[home] = 0.0
    grain = b.seed_surrendered * homes.barn_kg[home]
    homes.barn_kg[home] -= grain
    villages.pool_kg[village] += grain
    homes.months_in[home] = 1
    homes.join_hazard[home] = 0.0
    villages.members[village] += 1.0
    flows.joined[village] += 1.0


@rule
def _take_back(homes, villages, village, home, of_herd, of_fields):
    """A part of the common herd, of the fields and of the pool goes back to one household."""
    homes.horses[home] += of_herd * villages.horses[village]
    homes.cattle[home] += of_herd * villages.cattle[village]
    homes.pigs[home] += of_herd * villages.pigs[village]
    homes.sheep_goats[home] += of_herd * villages.sheep_goats[village]
    field = of_fields * villages.kolkhoz_sown_ha[village]
    homes.stand[home] = membership.mixed(homes.sown_ha[home], homes.stand[home], field, villages.kolkhoz_stand[village])
    homes.sown_ha[home] += field
    homes.barn_kg[home] += of_fields * villages.pool_kg[village]


@rule
def _give_up(villages, village, herd_gone, fields_gone):
    """The kolkhoz keeps what its leavers did not take."""
    herd_left = max(0.0, 1.0 - herd_gone)
    fields_left = max(0.0, 1.0 - fields_gone)
    villages.horses[village] *= herd_left
    villages.cattle[village] *= herd_left
    villages.pigs[village] *= herd_left
    villages.sheep_goats[village] *= herd_left
    villages.kolkhoz_sown_ha[village] *= fields_left
    villages.pool_kg[village] *= fields_left


@rule
def _leave(begin, end, homes, villages, flows, village, sheet, movers, moving, b):
    """Leavers get back their share of the common herd, fields and pool; what they brought measures the herd share."""
    rows = np.uint64(end - begin)
    months_in, wealth, land_ha = homes.months_in[begin:end], homes.wealth[begin:end], homes.land_ha[begin:end]
    pace = b.animals_surrendered
    for i in range(rows):
        inside = 1.0 if months_in[i] > 0 else 0.0
        sheet[_BROUGHT + i] = wealth[i] * membership.brought_so_far(months_in[i], pace)
        sheet[_LAND + i] = land_ha[i] * inside
    brought = np.float32(total(sheet, _BROUGHT, rows))
    land = np.float32(total(sheet, _LAND, rows))
    herd_gone = 0.0
    fields_gone = 0.0
    for mover in range(moving):
        i = movers[mover]
        home = begin + i
        if homes.months_in[home] > 0:
            of_herd = b.leavers_share * sheet[_BROUGHT + np.uint64(i)] / brought if brought > 0.0 else 0.0
            of_fields = homes.land_ha[home] / land if land > 0.0 else 0.0
            _take_back(homes, villages, village, home, of_herd, of_fields)
            herd_gone += of_herd
            fields_gone += of_fields
            homes.months_in[home] = -1  # set aside until the others have joined
            villages.members[village] -= 1.0
            flows.left_kolkhoz[village] += 1.0
    _give_up(villages, village, herd_gone, fields_gone)


@loop
def _decide(
    start, stop, first, homes, villages, flows, bitterness, luck, pressure, settling, fear, retreat, inside, squeeze,
    barred, door, taken, b,
):  # fmt: skip
    """Leavers go first and share what was there at the month's start; then joiners come, then a month goes by."""
    sheet = np.zeros(_LANES * LANE, np.float32)
    movers = np.zeros(LANE, np.int64)
    for village in range(start, stop):
        begin, end = first[village], first[village + 1]
        rows = np.uint64(end - begin)
        wish, push = _wish_and_push(villages, village, pressure, settling, retreat, inside, squeeze, b)
        region = villages.region[village]
        joining, leaving = _weigh(
            begin, end, homes, sheet, wish, push, fear[region], retreat, barred, door,
            luck[_JOIN], luck[_LEAVE], b,
        )  # fmt: skip
        moving = 0
        if joining + leaving > 0:
            for i in range(rows):
                movers[moving] = np.int64(i)
                moving += np.int64(sheet[_MOVES + i])
        if leaving > 0:
            _leave(begin, end, homes, villages, flows, village, sheet, movers, moving, b)
        months_in = homes.months_in[begin:end]
        if villages.members[village] > 0.0:
            for i in range(rows):
                months_in[i] += np.int8((months_in[i] > 0) & (months_in[i] < _LONGEST))
        bitter = 0.0
        for mover in range(moving):
            home = begin + movers[mover]
            if homes.months_in[home] == 0:
                own = sheet[_OWN + np.uint64(movers[mover])]
                how_forced = membership.forced(own, homes.join_hazard[home] / b.fastest_join)
                loss = homes.wealth[home] * taken[region]
                bitter += unrest.bitterness_of_joining(how_forced, loss, b.forced_embitters)
                _join(homes, villages, flows, village, home, b)
            else:
                homes.months_in[home] = 0
        bitterness[village] = bitter / max(villages.present[village], 1.0)
        if villages.members[village] > 0.0:
            villages.experience[village] += 0.083333333
        # whole numbers, because they add up in any order to the same sum, many at a time
        against = np.int32(0)
        if villages.members[village] > 0.0:
            for i in range(rows):
                unwilling = membership.unwilling(sheet[_OWN + i], 1.0 if months_in[i] >= _PAPER_MONTHS else 0.0)
                against = np.int32(against + np.int32((unwilling if months_in[i] > 0 else 0.0) * _FINE))
        villages.unwilling[village] = np.float32(against) / _FINE / max(villages.present[village], 1.0)


@rule
def _lead_away(herd, months_in, rows, sheet, moved):
    """Animals of one kind still owed move from the yards of new members; `moved` by month [share]; returns heads."""
    first, second, third, fourth = moved[1], moved[2], moved[3], moved[4]
    for i in range(rows):
        month = months_in[i]
        early = first if month == 1 else (second if month == 2 else 0.0)
        late = third if month == 3 else (fourth if month == 4 else 0.0)
        led = herd[i] * (early + late)
        sheet[i] = led
        herd[i] -= led
    return np.float32(total(sheet, np.uint64(0), rows))


@loop
def _bring_animals(start, stop, first, homes, villages, flows, take, b):
    """Members of fewer than five months bring in their animals."""
    sheet = np.zeros(LANE, np.float32)
    moved = np.zeros((4, _PAPER_MONTHS), np.float32)
    for kind in range(4):
        for month in range(1, _PAPER_MONTHS):
            moved[kind, month] = membership.part_of_herd_moved(take[kind], month, b.animals_surrendered)
    for village in range(start, stop):
        if villages.members[village] > 0.0:
            begin, end = first[village], first[village + 1]
            rows = np.uint64(end - begin)
            months_in = homes.months_in[begin:end]
            on_paper = np.int32(0)
            for i in range(rows):
                on_paper = np.int32(on_paper + np.int32((months_in[i] > 0) & (months_in[i] < _PAPER_MONTHS)))
            if on_paper > 0:
                villages.horses[village] += _lead_away(homes.horses[begin:end], months_in, rows, sheet, moved[0])
                villages.cattle[village] += _lead_away(homes.cattle[begin:end], months_in, rows, sheet, moved[1])
                villages.pigs[village] += _lead_away(homes.pigs[begin:end], months_in, rows, sheet, moved[2])
                villages.sheep_goats[village] += _lead_away(
                    homes.sheep_goats[begin:end], months_in, rows, sheet, moved[3]
                )


@loop
def _wind_up(start, stop, first, homes, villages, flows):
    """A kolkhoz without members ends: what is left of it is shared by the households of the village."""
    for village in range(start, stop):
        left = (
            villages.horses[village]
            + villages.cattle[village]
            + villages.pigs[village]
            + villages.sheep_goats[village]
            + villages.kolkhoz_sown_ha[village]
            + villages.pool_kg[village]
        )
        if (villages.members[village] == 0.0) & (left > 0.0):
            present = villages.present[village]
            if present > 0.0:
                share = 1.0 / present
                for home in range(first[village], first[village + 1]):
                    if homes.life[home] == 0:
                        _take_back(homes, villages, village, home, share, share)
            else:
                flows.lost[village] += villages.pool_kg[village]
                flows.died_horses[village] += villages.horses[village]
                flows.died_cattle[village] += villages.cattle[village]
                flows.died_pigs[village] += villages.pigs[village]
                flows.died_sheep_goats[village] += villages.sheep_goats[village]
            _give_up(villages, village, 1.0, 1.0)


def share_inside(land: Countryside) -> float:
    """Return the share of the country's households that is inside a kolkhoz [0-1]."""
    members = float(land.by_region(land.villages.members) @ land.weight)
    return members / max(float(land.by_region(land.villages.present) @ land.weight), 1.0)


def join_or_leave(
    land: Countryside,
    policy: Any,
    behaviour: Any,
    mood: Mood,
    luck: np.ndarray[Any, Any],
    month: Month,
    *,
    settling: bool = True,
) -> None:
    """
    Every household weighs up the kolkhoz and joins or leaves.

    Reads wealth, temper, stratum, `named_kulak`, the village's leaning and its members; writes `join_hazard`,
    `months_in`, the private and common herds, fields, barns and pools, `members`, `present`, `people`,
    `unwilling`, `experience`, and `mood.bitterness` and `mood.feared_take`.
    """
    del month  # every date is in the policy already
    orders = policy.collectivisation
    single = np.float32
    take = np.array([orders.take_horses, orders.take_cattle, orders.take_pigs, orders.take_sheep_goats])
    mood.feared_take = np.maximum(take, float(behaviour.dread_memory) * mood.feared_take)
    pressure = (orders.pressure * np.asarray(orders.pressure_by_region)).astype(single)
    squeeze = behaviour.tax_squeeze * single(orders.tax_on_independents) + behaviour.plot_pull * single(
        orders.plot_guaranteed
    )
    retreat = single(mood.retreat)
    door = membership.open_door(single(orders.leaving_tolerated), retreat, behaviour.retreat_opens_door)
    taken = (mood.herd_share @ take).astype(single)
    land.over(
        _decide,
        mood.bitterness,
        luck,
        pressure,
        (settling * np.asarray(policy.livestock.nomad_settling)).astype(single),
        mood.fear.astype(single),
        retreat,
        single(share_inside(land)),
        single(squeeze),
        single(orders.kulaks_barred),
        single(door),
        taken,
        behaviour,
    )
    land.over(_wind_up)
    land.over(_bring_animals, take.astype(single), behaviour)
