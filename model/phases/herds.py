"""Herds through the month: fed, born, died, slaughtered, delivered; private ones at home, common ones in the kolkhoz.

Called by the country after barns and before the kitchen (which eats the meat). Writes the four herds of
households and villages, `barn_kg`, `pool_kg` and the flows of animals, fodder and meat. Births and deaths go by
the village (its fodder, its policy), slaughter is each household's own decision; what a village slaughtered is
what its births, deaths and deliveries do not explain, so that the ledger of animals closes by construction.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from model.arithmetic import total
from model.calendar import Month
from model.columns import Countryside
from model.compiled import loop, rule
from model.phases.herd_season import season_of
from model.policy.mechanisms import Mechanisms
from model.rules import fodder, livestock

LANE = 2048
"""Households that are walked through together at most: their rows stay in the processor's cache [households]."""

# Lanes of the sheet on which the block's intermediate numbers stand: one sheet with fixed places, because the
# compiler must know that lanes do not overlap before it writes vector code; unsigned, because it must know too
# that no index counts from the end.
_MOUTHS, _NEED, _SEED, _PAY, _INSIDE, _HOPED, _FED, _FARE, _SOON, _GONE, _STAYS, _LEFT, _WISH = (
    np.uint64(LANE * lane) for lane in range(13)
)
_LANES = 13


@rule
def _feed(start, stop, first, homes, villages, flows, usual, season, b, sheet, state):
    """Feed all animals of some villages of one region and way of life; note how they fare and what owners expect.

    sheet   lanes of intermediate numbers of these households
    state   condition of private and of common herds, and care [villages, 3]
    """
    months = season.months_ahead
    ahead = season.fodder_ahead
    now = season.fodder_now / ahead
    table_kg = b.table_kg
    most = b.fodder_most
    margin = b.fodder_margin
    region = villages.region[start]
    with_fields = 1.0 - np.float32(villages.nomad[start])
    rate = season.seed_rate[region] * season.seed_ahead
    accustomed = season.usual_ration[region] * with_fields
    usual_need = 0.7 * fodder.need(usual[0, region, 0], usual[1, region, 0], usual[2, region, 0], usual[3, region, 0])
    row = first[start]
    last = first[stop]
    n = np.uint64(last - row)
    for village in range(start, stop):
        share_inside = villages.members[village] / max(villages.present[village], 1.0)
        tilled = 1.0 - b.land_cut * share_inside
        # the kolkhoz feeds its herd before it pays labour-days; members count on part of what is left
        pool = villages.pool_kg[village]
        free = max(0.0, pool - villages.land_ha[village] * (1.0 - (1.0 - share_inside) * tilled) * rate)
        need = (with_fields * ahead) * fodder.need(
            villages.horses[village], villages.cattle[village], villages.pigs[village], villages.sheep_goats[village]
        )
        villages.pool_kg[village] = pool - fodder.feed(pool, free, need, now, most)
        flows.fodder[village] += np.float64(pool) - villages.pool_kg[village]
        pay = b.pay_expected * max(0.0, free - need) / max(villages.members[village], 1.0)
        state[village - start, 1] = fodder.condition(free, max(need, 1.0), accustomed * b.common_ration, margin)
        state[village - start, 2] = livestock.care(villages.experience[village], b.care_months)
        for i in range(np.uint64(first[village] - row), np.uint64(first[village + 1] - row)):
            sheet[_SEED + i] = tilled * rate
            sheet[_PAY + i] = pay
    small = homes.small[row:last]
    children = homes.children[row:last]
    adults = homes.adults[row:last]
    elderly = homes.elderly[row:last]
    for i in range(n):
        sheet[_MOUTHS + i] = np.float32(small[i] + children[i] + adults[i] + elderly[i])
    horses = homes.horses[row:last]
    cattle = homes.cattle[row:last]
    pigs = homes.pigs[row:last]
    sheep_goats = homes.sheep_goats[row:last]
    for i in range(n):
        sheet[_NEED + i] = with_fields * fodder.need(horses[i], cattle[i], pigs[i], sheep_goats[i])
    months_in = homes.months_in[row:last]
    land = homes.land_ha[row:last]
    for i in range(n):
        inside = 1.0 if months_in[i] > 0 else 0.0
        sheet[_INSIDE + i] = inside
        sheet[_SEED + i] *= land[i] * (1.0 - inside)
        sheet[_PAY + i] *= inside
    barn = homes.barn_kg[row:last]
    wealth, life = homes.wealth[row:last], homes.life[row:last]
    for i in range(n):
        need = sheet[_NEED + i]
        mouths = sheet[_MOUTHS + i]
        seed = sheet[_SEED + i]
        hoped = fodder.spare(barn[i] + sheet[_PAY + i], mouths, table_kg, months, seed)
        enough = (0.3 * need + usual_need * wealth[i]) * ahead + 1.0
        sheet[_FARE + i] = fodder.condition(hoped, enough, accustomed, margin) if life[i] == 0 else 0.0
        spare = fodder.spare(barn[i], mouths, table_kg, months, seed)
        sheet[_FED + i] = fodder.feed(barn[i], spare, need * ahead, now, most)
    for i in range(n):
        barn[i] -= sheet[_FED + i]
    for village in range(start, stop):
        begin, end = np.uint64(first[village] - row), np.uint64(first[village + 1] - row)
        flows.fodder[village] += total(sheet, _FED + begin, end - begin)
        # households that are gone own no animals: their empty barns tell nothing of how animals fare
        owners = max(villages.present[village], 1.0)
        state[village - start, 0] = min(1.0, np.float32(total(sheet, _FARE + begin, end - begin)) / owners)


@rule
def _fear(start, stop, first, homes, villages, season, b, sheet):
    """Note how sure the owners are to be inside the kolkhoz soon, and to lose everything by exile."""
    row = first[start]
    last = first[stop]
    n = np.uint64(last - row)
    horizon = b.foresight_months
    exile_dread = b.exile_dread
    fear = season.fear[villages.region[start]]
    join_hazard = homes.join_hazard[row:last]
    months_in = homes.months_in[row:last]
    for i in range(n):
        sheet[_SOON + i] = livestock.foresee(join_hazard[i], months_in[i], horizon)
    stratum = homes.stratum[row:last]
    named_kulak = homes.named_kulak[row:last]
    wealth = homes.wealth[row:last]
    for i in range(n):
        standing = livestock.standing(stratum[i], named_kulak[i], wealth[i])
        sheet[_GONE + i] = livestock.dread(fear, standing, sheet[_INSIDE + i], exile_dread, horizon)


@rule
def _one_kind(
    start, stop, first, kind, private, common, born_flow, died_flow, slaughtered_flow, delivered_flow, meat_flow,
    wealths, deficits, nomads, regions_of, members_of, usual, season, b, sheet, state,
):  # fmt: skip
    """Let one kind of animals live through the month in some villages of one region and way of life."""
    feared = season.feared_take[kind]
    ordinary = season.ordinary[kind]
    panic = season.panic * season.boldness[kind]
    hunger_meat = season.hunger_meat * season.boldness[kind]
    cap = season.member_cap[kind]
    plot = season.plot
    bend = season.bend[kind]
    steep = 1.0 if kind == 2 else 0.0  # pigs compete with people for grain
    pays = season.dear_feed if kind == 2 else 1.0
    bold = season.boldness[kind] * (1.0 - b.trust)
    most = b.slaughter_most
    pace = season.pace
    unshaken = 1.0 - b.rumour_inside
    region = regions_of[start]
    nomad = nomads[start]
    ruin = season.settling[region] * np.float32(nomad)
    plan = season.meat_plan[nomad, kind] * season.meat[region]
    rumour = season.rumour[region]
    mean = usual[kind, region, nomad]
    row = first[start]
    last = first[stop]
    n = np.uint64(last - row)
    herds = private[row:last]
    wealth = wealths[row:last]
    deficit = deficits[row:last]
    for village in range(start, stop):
        lean = 1.0 - state[village - start, 0]
        births = season.births[kind] * (1.0 - season.barren[kind] * lean)
        deaths = season.deaths[kind] + season.starving[kind] * lean + ruin
        begin, end = np.uint64(first[village] - row), np.uint64(first[village + 1] - row)
        for i in range(begin, end):
            sheet[_STAYS + i] = 1.0 + births - deaths - plan
    for i in range(n):
        herd = herds[i]
        inside = sheet[_INSIDE + i]
        lost = livestock.threat(sheet[_SOON + i], rumour * (1.0 - unshaken * inside), feared, sheet[_GONE + i])
        kept = livestock.allow(mean * wealth[i], mean, inside, cap, plot)
        kept *= pays * (1.0 - bold * lost) * fodder.carried(sheet[_FARE + i], bend, steep)
        share = livestock.slaughter(herd, kept, ordinary, panic, lost, hunger_meat * deficit[i], most)
        left = herd * max(0.0, sheet[_STAYS + i] - share)
        sheet[_LEFT + i] = left
        sheet[_WISH + i] = min(1.0, sheet[_MOUTHS + i]) * livestock.want(left, kept, pace)
    for village in range(start, stop):
        begin, end = np.uint64(first[village] - row), np.uint64(first[village + 1] - row)
        before = total(herds, begin, end - begin)
        after = total(sheet, _LEFT + begin, end - begin)
        wanted = total(sheet, _WISH + begin, end - begin)
        lean = 1.0 - state[village - start, 0]
        born = before * (season.births[kind] * (1.0 - season.barren[kind] * lean))
        died = before * (season.deaths[kind] + season.starving[kind] * lean + ruin)
        delivered = before * plan
        slaughtered = max(0.0, before + born - died - delivered - after)
        members = members_of[village]
        if members > 0.0:
            herd = common[village]
            care = state[village - start, 2]
            lean = 1.0 - state[village - start, 1]
            births = season.births[kind] * (1.0 - b.neglect_barren * (1.0 - care)) * (1.0 - season.barren[kind] * lean)
            deaths = season.deaths[kind] + season.neglect[kind] * (1.0 - care) + season.starving[kind] * lean + ruin
            levy = plan * b.common_meat
            share = livestock.sell(herd, season.common_target[kind] * mean * members, ordinary)
            left = herd * max(0.0, 1.0 + births - deaths - levy - share)
            common[village] = left
            head = np.float64(herd)
            born += head * births
            died += head * deaths
            delivered += head * levy
            slaughtered += max(0.0, head + head * births - head * deaths - head * levy - left)
        if wanted > 0.0:
            fill = np.float32(min(1.0, season.sharing * slaughtered / wanted))
            for i in range(begin, end):
                sheet[_LEFT + i] += fill * sheet[_WISH + i]
            slaughtered = max(0.0, slaughtered - (total(sheet, _LEFT + begin, end - begin) - after))
        born_flow[village] += born
        died_flow[village] += died
        delivered_flow[village] += delivered
        slaughtered_flow[village] += slaughtered
        meat_flow[village] += b.meat_kept * season.carcass[nomad, kind] * slaughtered
    for i in range(n):
        herds[i] = sheet[_LEFT + i]


@loop
def _live(start, stop, first, homes, villages, flows, usual, season, b):
    sheet = np.zeros(_LANES * LANE, np.float32)
    state = np.zeros((LANE, 3), np.float32)
    private = (homes.horses, homes.cattle, homes.pigs, homes.sheep_goats)
    common = (villages.horses, villages.cattle, villages.pigs, villages.sheep_goats)
    born = (flows.born_horses, flows.born_cattle, flows.born_pigs, flows.born_sheep_goats)
    died = (flows.died_horses, flows.died_cattle, flows.died_pigs, flows.died_sheep_goats)
    slaughtered = (
        flows.slaughtered_horses, flows.slaughtered_cattle, flows.slaughtered_pigs, flows.slaughtered_sheep_goats
    )  # fmt: skip
    delivered = (flows.delivered_horses, flows.delivered_cattle, flows.delivered_pigs, flows.delivered_sheep_goats)
    begin = start
    while begin < stop:
        # villages of one region and way of life, as many as the sheet holds
        end = begin + 1
        while (
            end < stop
            and first[end + 1] - first[begin] <= LANE
            and villages.region[end] == villages.region[begin]
            and villages.nomad[end] == villages.nomad[begin]
        ):
            end += 1
        _feed(begin, end, first, homes, villages, flows, usual, season, b, sheet, state)
        _fear(begin, end, first, homes, villages, season, b, sheet)
        for kind in range(4):
            _one_kind(
                begin, end, first, kind, private[kind], common[kind], born[kind], died[kind], slaughtered[kind],
                delivered[kind], flows.meat_kg, homes.wealth, homes.deficit, villages.nomad, villages.region,
                villages.members, usual, season, b, sheet, state,
            )  # fmt: skip
        begin = end


def live(
    land: Countryside,
    policy: Any,
    behaviour: Any,
    facts: Any,
    mood: Any,
    month: Month,
    mechanisms: Mechanisms = Mechanisms(),  # noqa: B008  # an immutable table
) -> None:
    """Herds live through one month.

    facts   of the regions: `herd_norm` [kinds, regions, nomad or not; heads a household], `seed_rate` [regions, kg/ha]
    mood    `feared_take` [kinds, share], `fear` of exile [regions], `retreat` of the State [0-1]
    """
    season = season_of(policy, behaviour, facts, mood, month, mechanisms)
    usual = np.ascontiguousarray(facts.herd_norm, np.float32)
    land.over(_live, usual, season, behaviour)
