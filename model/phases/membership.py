"""Who joins the kolkhoz, who leaves it, and what moves with them: animals, fields, grain.

Called once a month by `Country.step`, after people have been counted and before unrest.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from model.calendar import Month
from model.columns import Countryside
from model.compiled import loop, rule
from model.draws import Ask, uniform
from model.phases.mood import Mood
from model.rules import membership, unrest

_JOIN, _LEAVE = int(Ask.JOIN), int(Ask.LEAVE_KOLKHOZ)
_PAPER_MONTHS = membership.PAPER_MONTHS
_JUST_IN = -1  # `months_in` between joining and the end of the month
_JOINS, _LEAVES = np.float32(2.0), np.float32(-2.0)  # decisions, told apart from any hazard
_FINE = np.float32(1 << 20)  # parts into which a share is cut to be added up


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


@loop
def _weigh(
    start, stop, first, homes, villages, flows, wishes, movers, luck, pressure, settling, fear, retreat, inside,
    squeeze, barred, door, b
):  # fmt: skip
    """
    Every household weighs it up and decides; `join_hazard` carries the decision to `_move`.

    Independents: hazard of joining, plus `_JOINS` where they join now. Members: 0, or `_LEAVES`.
    """
    to_join, to_leave = luck[_JOIN], luck[_LEAVE]
    for village in range(start, stop):
        wish, push = _wish_and_push(villages, village, pressure, settling, retreat, inside, squeeze, b)
        wishes[village] = wish
        afraid = fear[villages.region[village]]
        push_poor = push + membership.fear_push(afraid, 1.0, retreat, b.fear_pull)
        push_other = push + membership.fear_push(afraid, 0.0, retreat, b.fear_pull)
        moving = np.int32(0)
        against = np.int32(0)
        for home in range(first[village], first[village + 1]):
            stratum = homes.stratum[home]
            months_in = homes.months_in[home]
            own = membership.own_wish(wish, homes.wealth[home], homes.temper[home], b.wealth_ties, b.household_spread)
            pushed = push_poor if stratum == 0 else push_other
            kept_out = barred * np.float32((stratum == 2) | (homes.named_kulak[home] == 1))
            # one logistic and one draw serve both: a member asks whether to leave, another whether to join; written
            # with ones and zeros, because a branch would keep the processor from weighing many households at once
            outside = np.float32(months_in == 0)
            member = 1.0 - outside
            merged = np.float32(months_in >= _PAPER_MONTHS)
            here = np.float32(homes.life[home] == 0)
            index = membership.readiness_to_move(own, pushed, outside, merged, b.pressure_on_members, b.member_inertia)
            fastest = membership.fastest_move(outside, kept_out, door, b.fastest_join, b.fastest_leave)
            hazard = here * membership.hazard(index, fastest)
            moves = uniform(to_join if months_in == 0 else to_leave, home) < hazard
            decided = np.float32(moves) * (outside * _JOINS + member * _LEAVES)
            homes.join_hazard[home] = outside * hazard + decided
            moving = np.int32(moving + np.int32(moves))
        for home in range(first[village], first[village + 1]):
            months_in = homes.months_in[home]
            own = membership.own_wish(wish, homes.wealth[home], homes.temper[home], b.wealth_ties, b.household_spread)
            unwilling = membership.unwilling(own, np.float32(months_in >= _PAPER_MONTHS))
            # whole numbers, because they add up in any order to the same sum, many at a time
            against = np.int32(against + np.int32(np.float32(months_in > 0) * unwilling * _FINE))
        movers[village] = moving
        villages.unwilling[village] = np.float32(against) / _FINE / max(villages.present[village], 1.0)


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
    flows.joined[village] += 1.0


@rule
def _bring_animals(homes, villages, village, home, take, pace):
    """Animals still owed move from the household's yard into the common herd."""
    months_in = homes.months_in[home]
    horses = homes.horses[home] * membership.part_of_herd_moved(take[0], months_in, pace)
    cattle = homes.cattle[home] * membership.part_of_herd_moved(take[1], months_in, pace)
    pigs = homes.pigs[home] * membership.part_of_herd_moved(take[2], months_in, pace)
    sheep_goats = homes.sheep_goats[home] * membership.part_of_herd_moved(take[3], months_in, pace)
    homes.horses[home] -= horses
    homes.cattle[home] -= cattle
    homes.pigs[home] -= pigs
    homes.sheep_goats[home] -= sheep_goats
    villages.horses[village] += horses
    villages.cattle[village] += cattle
    villages.pigs[village] += pigs
    villages.sheep_goats[village] += sheep_goats


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
def _leave(begin, end, homes, villages, flows, village, wish, b):
    """Leavers get back their share of the common herd, fields and pool; what they brought measures the herd share."""
    brought = 0.0
    land = 0.0
    for home in range(begin, end):
        if homes.months_in[home] > 0:
            brought += homes.wealth[home] * membership.brought_so_far(homes.months_in[home], b.animals_surrendered)
            land += homes.land_ha[home]
    herd_gone = 0.0
    fields_gone = 0.0
    for home in range(begin, end):
        if homes.join_hazard[home] < 0.0:
            own = homes.wealth[home] * membership.brought_so_far(homes.months_in[home], b.animals_surrendered)
            of_herd = b.leavers_share * own / brought if brought > 0.0 else 0.0
            of_fields = homes.land_ha[home] / land if land > 0.0 else 0.0
            _take_back(homes, villages, village, home, of_herd, of_fields)
            herd_gone += of_herd
            fields_gone += of_fields
            stayed_for = np.float32(homes.months_in[home] >= _PAPER_MONTHS)
            own_wish = membership.own_wish(
                wish, homes.wealth[home], homes.temper[home], b.wealth_ties, b.household_spread
            )
            willing = membership.unwilling(own_wish, stayed_for) / villages.present[village]
            villages.unwilling[village] = max(0.0, villages.unwilling[village] - willing)
            homes.months_in[home] = 0
            homes.join_hazard[home] = 0.0
            villages.members[village] -= 1.0
            flows.left_kolkhoz[village] += 1.0
    _give_up(villages, village, herd_gone, fields_gone)


@rule
def _wind_up(begin, end, homes, villages, flows, village):
    """A kolkhoz without members ends: what is left of it is shared by the households of the village."""
    left = (
        villages.horses[village]
        + villages.cattle[village]
        + villages.pigs[village]
        + villages.sheep_goats[village]
        + villages.kolkhoz_sown_ha[village]
        + villages.pool_kg[village]
    )
    if left > 0.0:
        present = villages.present[village]
        if present > 0.0:
            share = 1.0 / present
            for home in range(begin, end):
                if homes.life[home] == 0:
                    _take_back(homes, villages, village, home, share, share)
        else:
            flows.lost[village] += villages.pool_kg[village]
            flows.died_horses[village] += villages.horses[village]
            flows.died_cattle[village] += villages.cattle[village]
            flows.died_pigs[village] += villages.pigs[village]
            flows.died_sheep_goats[village] += villages.sheep_goats[village]
        _give_up(villages, village, 1.0, 1.0)


@loop
def _move(start, stop, first, homes, villages, flows, wishes, movers, bitterness, taken, b):
    """Leavers go first and share what was there at the month's start; then joiners come."""
    for village in range(start, stop):
        begin, end = first[village], first[village + 1]
        bitter = 0.0
        if movers[village] > 0:
            if villages.members[village] > 0.0:
                _leave(begin, end, homes, villages, flows, village, wishes[village], b)
            for home in range(begin, end):
                if homes.join_hazard[home] >= _JOINS:
                    own = membership.own_wish(
                        wishes[village], homes.wealth[home], homes.temper[home], b.wealth_ties, b.household_spread
                    )
                    how_forced = membership.forced(own, (homes.join_hazard[home] - _JOINS) / b.fastest_join)
                    loss = homes.wealth[home] * taken[villages.region[village]]
                    bitter += unrest.bitterness_of_joining(how_forced, loss, b.forced_embitters)
                    villages.unwilling[village] += membership.unwilling(own, 0.0) / villages.present[village]
                    _join(homes, villages, flows, village, home, b)
                    villages.members[village] += 1.0
                    homes.months_in[home] = _JUST_IN
                    homes.join_hazard[home] = 0.0
        bitterness[village] = bitter / max(villages.present[village], 1.0)
        if villages.members[village] == 0.0:
            _wind_up(begin, end, homes, villages, flows, village)


@loop
def _settle_in(start, stop, first, homes, villages, flows, take, b):
    """A month of membership goes by; members of fewer than five months bring in their animals."""
    for village in range(start, stop):
        if villages.members[village] > 0.0:
            begin, end = first[village], first[village + 1]
            villages.experience[village] += 0.083333333
            on_paper = np.int32(0)
            for home in range(begin, end):
                before = homes.months_in[home]
                older = np.int8((before > 0) & (before < 120))
                # who has joined this month is in its first month
                months_in = np.int8(before + older + np.int8(before == _JUST_IN) * 2)
                homes.months_in[home] = months_in
                on_paper = np.int32(on_paper + np.int32((months_in > 0) & (months_in < _PAPER_MONTHS)))
            if on_paper > 0:
                for home in range(begin, end):
                    if (homes.months_in[home] > 0) & (homes.months_in[home] < _PAPER_MONTHS):
                        _bring_animals(homes, villages, village, home, take, b.animals_surrendered)


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
    count(land)
    take = np.array([orders.take_horses, orders.take_cattle, orders.take_pigs, orders.take_sheep_goats])
    mood.feared_take = np.maximum(take, float(behaviour.dread_memory) * mood.feared_take)
    pressure = (orders.pressure * np.asarray(orders.pressure_by_region)).astype(single)
    squeeze = behaviour.tax_squeeze * single(orders.tax_on_independents) + behaviour.plot_pull * single(
        orders.plot_guaranteed
    )
    retreat = single(mood.retreat)
    door = membership.open_door(single(orders.leaving_tolerated), retreat, behaviour.retreat_opens_door)
    wishes = np.empty(land.n_villages, single)
    movers = np.empty(land.n_villages, np.int32)
    land.over(
        _weigh,
        wishes,
        movers,
        luck,
        pressure,
        (settling * np.asarray(policy.livestock.nomad_settling)).astype(single),
        mood.fear.astype(single),
        retreat,
        single(share_inside(land)),
        single(squeeze),
        single(orders.kulaks_barred),
        single(door),
        behaviour,
    )
    taken = (mood.herd_share @ take).astype(single)
    land.over(_move, wishes, movers, mood.bitterness, taken, behaviour)
    land.over(_settle_in, take.astype(single), behaviour)
