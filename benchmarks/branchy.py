"""The branchy rival: one household at a time, all rules of a phase in a row, leaving early where nothing is to do.

What one writes first in a compiled language, with the same rules and the same compiler: `eat`, `die_and_bear` and
`look` do what `kitchen._eat`, `people._die_and_bear` and `roads._look` do, which are about a quarter of the engine's
work. The engine walks over a village once for every few rules instead, so that the processor reckons many
households at once; this tells what that is worth.
"""

from __future__ import annotations

import numpy as np

from model.arithmetic import whole
from model.columns import Stratum
from model.compiled import loop
from model.draws import Ask, uniform
from model.phases.kitchen import _help_oneself
from model.phases.people import lives_lost
from model.rules import body, food, migration

_SMALL, _CHILD, _ADULT, _OLD = (int(a) for a in (Ask.DEATH_SMALL, Ask.DEATH_CHILD, Ask.DEATH_ADULT, Ask.DEATH_OLD))
_BIRTH, _POOR, _KULAK = int(Ask.BIRTH), int(Stratum.POOR), int(Stratum.KULAK)
_AGE_SMALL, _AGE_CHILD, _AGE_ADULT = (int(a) for a in (Ask.AGEING_SMALL, Ask.AGEING_CHILD, Ask.AGEING_ADULT))


@loop
def eat(start, stop, first, homes, villages, flows, table, other_kcal, market_kg, fill, relief, b):  # noqa: PLR0915 - one walk is the point
    """Everybody eats: `kitchen._eat`, household by household."""
    months, is_harvest = table.months_to_harvest, table.is_harvest
    desire = 1.0 + (b.desire - 1.0) * table.eased
    most = b.reserve_max
    for village in range(start, stop):
        region = villages.region[village]
        inside = villages.members[village] / max(villages.present[village], 1.0)
        rate = (1.0 - b.land_cut * inside) * table.seed_rate[region] * table.seed_ahead
        pay = b.pay_expected * villages.pool_kg[village] * table.pay_ahead / max(villages.people[village], 1.0)
        people, lack = 0.0, 0.0
        for home in range(first[village], first[village + 1]):
            if homes.life[home] != 0:
                continue
            small, children = np.float32(homes.small[home]), np.float32(homes.children[home])
            adults, elderly = np.float32(homes.adults[home]), np.float32(homes.elderly[home])
            mouths = small + children + adults + elderly
            need = food.need(small, children, adults, elderly)
            other = other_kcal[home]
            lacking = homes.shortfall_kg[home]
            wish = min(lacking, market_kg * mouths)
            aid = 0.0
            if homes.reserve_days[home] < 0.7 * most:
                aid = (lacking - wish) * relief[region]
            bought = wish * fill[region] + aid
            in_barn = homes.barn_kg[home] + bought
            stock = in_barn + homes.concealed_kg[home]
            seed, expected = homes.land_ha[home] * rate, 0.0
            if homes.months_in[home] > 0:
                seed, expected = 0.0, pay * mouths
            own, _ = _help_oneself(
                stock, expected, seed, need, other, months, is_harvest, desire, b.carry_months, b.bare_share
            )
            own = min(stock, max(own, bought))
            of_barn = food.out_of_barn(in_barn, stock, own)
            in_pit = max(0.0, homes.concealed_kg[home] - (own - of_barn))
            homes.barn_kg[home] = (in_barn - of_barn) * (1.0 - b.barn_spoils)
            homes.concealed_kg[home] = in_pit * (1.0 - b.pit_spoils)
            flows.lost[village] += (in_barn - of_barn) * b.barn_spoils + in_pit * b.pit_spoils
            intake = (other + own * 92.105) / max(need, 1.0)
            missing = 0.0
            if mouths > 0.0:
                missing = max(0.0, 1.0 - intake)
            homes.deficit[home] = missing
            left = body.draw_on_reserve(homes.reserve_days[home], intake, most)
            homes.reserve_days[home] = left
            depletion = 1.0 - left / most
            homes.wasting[home] = body.waste(homes.wasting[home], depletion, b.wasting_months, b.recovery_months)
            homes.barrenness[home] = body.waste(
                homes.barrenness[home], depletion, b.conception_months, b.conception_months
            )
            people += mouths
            lack += missing * mouths
            flows.from_market[village] += wish * fill[region]
            flows.relief[village] += aid
            flows.eaten[village] += own
            flows.kcal[village] += min(intake, 1.6) * need
            if intake < 0.8:
                flows.hungry[village] += mouths
        villages.hunger[village] = lack / max(people, 1.0)
        villages.people[village] = people


@loop
def die_and_bear(start, stop, first, homes, villages, flows, ending, luck, hunger_kills, b):
    """Everybody risks the month: `people._die_and_bear`, household by household."""
    for village in range(start, stop):
        people, died_out = 0.0, 0
        for home in range(first[village], first[village + 1]):
            if homes.life[home] != 0:
                continue
            small, children = np.float32(homes.small[home]), np.float32(homes.children[home])
            adults, elderly = np.float32(homes.adults[home]), np.float32(homes.elderly[home])
            hazard = hunger_kills * body.hunger_hazard(homes.wasting[home], b.death_threshold, b.death_fastest)
            born, died, excess = 0.0, 0.0, 0.0
            if adults > 0.0:
                expected = body.births(adults, b.birth_rate, homes.barrenness[home], b.birth_hunger * hunger_kills)
                born = whole(expected, uniform(luck[_BIRTH], home))
                dead, more = lives_lost(adults, b.death_adult, hazard, uniform(luck[_ADULT], home))
                adults, died, excess = adults - dead, died + dead, excess + more
            if small > 0.0:
                dead, more = lives_lost(small, b.death_small, 1.5 * hazard, uniform(luck[_SMALL], home))
                small, died, excess = small - dead, died + dead, excess + more
            if children > 0.0:
                dead, more = lives_lost(children, b.death_child, 0.7 * hazard, uniform(luck[_CHILD], home))
                children, died, excess = children - dead, died + dead, excess + more
            if elderly > 0.0:
                dead, more = lives_lost(elderly, b.death_old, 1.8 * hazard, uniform(luck[_OLD], home))
                elderly, died, excess = elderly - dead, died + dead, excess + more
            if adults > 0.0:
                grown = min(adults, whole(adults * 0.0017, uniform(luck[_AGE_ADULT], home)))
                adults, elderly = adults - grown, elderly + grown
            if children > 0.0:
                grown = min(children, whole(children * 0.0083333, uniform(luck[_AGE_CHILD], home)))
                children, adults = children - grown, adults + grown
            if small > 0.0:
                grown = min(small, whole(small * 0.016667, uniform(luck[_AGE_SMALL], home)))
                small, children = small - grown, children + grown
            small += born
            homes.small[home] = np.int8(min(100.0, small))
            homes.children[home] = np.int8(min(100.0, children))
            homes.adults[home] = np.int8(min(100.0, adults))
            homes.elderly[home] = np.int8(min(100.0, elderly))
            mouths = small + children + adults + elderly
            people += mouths
            if mouths == 0.0 and homes.away[home] == 0:
                homes.life[home] = -3
                died_out += 1
            if born + died > 0.0:
                flows.births[village] += born
                flows.deaths[village] += died
                flows.excess[village] += excess
        ending[village] = died_out
        flows.extinct_households[village] += died_out
        villages.people[village] = people


@loop
def look(start, stop, first, homes, villages, _flows, seen, b):
    """Count who could leave: `roads._look`, household by household."""
    for village in range(start, stop):
        paid_short = migration.unpaid(villages.trudoden_kg[village], b.enough_pay)
        workers, ready, movable, in_town, hungry, people = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
        for home in range(first[village], first[village + 1]):
            if homes.life[home] != 0:
                continue
            adults = np.float32(homes.adults[home])
            others = np.float32(homes.small[home] + homes.children[home] + homes.elderly[home])
            in_town += np.float32(homes.away[home])
            if adults + others == 0.0:
                continue
            poor, kulak, short = 0.0, 0.0, 0.0
            if homes.stratum[home] == _POOR:
                poor = 1.0
            elif homes.stratum[home] == _KULAK:
                kulak = 1.0
            if homes.months_in[home] > 0:
                short = paid_short
            deficit = homes.deficit[home]
            willing = migration.readiness(
                deficit, poor, kulak, short, b.leave_hungry, b.leave_poor, b.leave_kulak, b.leave_unpaid
            )
            workers += adults
            ready += migration.spare_adults(adults, others) * willing
            movable += adults * willing
            hungry += deficit * (adults + others)
            people += adults + others
        seen[0, village] = workers
        seen[1, village] = ready
        seen[2, village] = movable
        seen[3, village] = in_town
        seen[4, village] = hungry
        seen[5, village] = people


RIVALS = {"kitchen._eat": eat, "people._die_and_bear": die_and_bear, "roads._look": look}
"""The engine's loops and their branchy rivals."""
