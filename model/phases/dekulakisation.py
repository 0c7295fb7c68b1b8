"""Who is exiled, who is arrested, who flees: the quota finds its families, and fear spreads.

Called once a month by `Country.step`, after unrest; not called at all where the mechanism is switched off.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.calendar import Month
from model.columns import Countryside, Life
from model.compiled import loop
from model.draws import Ask, uniform
from model.phases.leavings import close
from model.phases.mood import Mood
from model.rules import dekulakisation

Floats = NDArray[np.float64]

_CHOICE, _FLIGHT, _ARREST = int(Ask.EXILE_CHOICE), int(Ask.FLIGHT), int(Ask.ARREST)
_EXILED, _DEPARTED = int(Life.EXILED), int(Life.DEPARTED)
_OUT_OF_REACH = dekulakisation.OUT_OF_REACH
_FEARLESS = np.float32(0.01)  # below it nobody flees
_WHOLE_REGION = 50_000  # rows up to which a region's list is made in one go


@loop
def _score(start, stop, first, homes, villages, flows, scores, luck, wanted, b):
    wealth_weight, class_weight, spared = b.kulak_wealth_weight, b.kulak_class_weight, b.member_spared
    key = luck[_CHOICE]
    for village in range(start, stop):
        if wanted[villages.region[village]] > 0:
            begin, end = first[village], first[village + 1]
            stratum, named_kulak, life = homes.stratum[begin:end], homes.named_kulak[begin:end], homes.life[begin:end]
            months_in, wealth, listed = homes.months_in[begin:end], homes.wealth[begin:end], scores[begin:end]
            for i in range(np.uint64(end - begin)):
                standing = dekulakisation.score(
                    wealth[i],
                    1.0 if (stratum[i] == 2) | (named_kulak[i] == 1) else 0.0,
                    1.0 if months_in[i] > 0 else 0.0,
                    uniform(key, np.uint64(begin) + i),
                    wealth_weight,
                    class_weight,
                    spared,
                )
                listed[i] = standing if life[i] == 0 else _OUT_OF_REACH


@loop
def _flee(start, stop, first, homes, villages, flows, ending, luck, fear, b):
    by_wealth, spared, pace = b.middle_threatened, b.members_threatened, b.flight_from_exile
    key = luck[_FLIGHT]
    for village in range(start, stop):
        afraid = fear[villages.region[village]]
        if afraid > _FEARLESS:
            begin, end = first[village], first[village + 1]
            stratum, named_kulak, life = homes.stratum[begin:end], homes.named_kulak[begin:end], homes.life[begin:end]
            months_in, wealth = homes.months_in[begin:end], homes.wealth[begin:end]
            fled = np.int32(0)
            for i in range(np.uint64(end - begin)):
                threatened = dekulakisation.threat(
                    wealth[i],
                    1.0 if (stratum[i] == 2) | (named_kulak[i] == 1) else 0.0,
                    1.0 if stratum[i] == 0 else 0.0,
                    1.0 if months_in[i] > 0 else 0.0,
                    by_wealth,
                    spared,
                )
                hazard = dekulakisation.flight_hazard(afraid, threatened, pace)
                flees = (uniform(key, np.uint64(begin) + i) < hazard) & (life[i] == 0)
                life[i] = -_DEPARTED if flees else life[i]
                fled = np.int32(fled + np.int32(flees))
            ending[village] = fled
            if fled > 0:
                flows.fled_households[village] += fled
                for home in range(begin, end):
                    if homes.life[home] < 0:
                        flows.left_family[village] += (
                            homes.small[home] + homes.children[home] + homes.adults[home] + homes.elderly[home]
                        )


@loop
def _arrest(start, stop, first, homes, villages, flows, luck, rate):
    """Some villages lose a worker: a search begins at a drawn door and ends where a second adult is left at home."""
    for village in range(start, stop):
        expected = rate[villages.region[village]] * villages.people[village]
        u = uniform(luck[_ARREST], village)
        arrests = int(np.floor(expected + u))
        if arrests > 0:
            begin = first[village]
            rows = first[village + 1] - begin
            # what is left of the draw after the decision is again uniform
            door = int((expected + u - np.floor(expected + u)) / max(min(expected, 1.0), 1e-6) * np.float32(rows))
            for knock in range(rows):
                home = begin + (door + knock) % rows
                if (arrests > 0) & (homes.adults[home] >= 2):
                    homes.adults[home] -= 1
                    villages.people[village] -= 1.0
                    flows.arrested[village] += 1.0
                    arrests -= 1


def highest(scores: NDArray[np.float32], wanted: int) -> NDArray[np.int64]:
    """
    Return the places of the `wanted` highest scores, in order of place; equal scores go to the first in place.

    A long list is cut first at a score that a sample of it promises to be low enough.

    >>> highest(np.array([1.0, 5.0, 3.0, 5.0], np.float32), 2).tolist()
    [1, 3]
    """
    wanted = min(wanted, len(scores))
    if wanted <= 0:
        return np.empty(0, np.int64)
    places = None
    if len(scores) > _WHOLE_REGION:
        sample = scores[::64]
        rank = len(sample) - min(len(sample), 8 + 2 * wanted // 64)
        places = np.flatnonzero(scores >= np.partition(sample, rank)[rank])
    if places is None or len(places) < wanted:
        places = np.arange(len(scores))
    listed = scores[places]
    last = np.partition(listed, len(listed) - wanted)[len(listed) - wanted]
    above = places[listed > last]
    level = places[listed == last][: wanted - len(above)]
    return np.sort(np.concatenate((above, level)))


def _send_away(land: Countryside, chosen: NDArray[np.int64], behaviour: Any) -> None:
    """Exile the chosen households."""
    homes, villages, flows = land.homes, land.villages, land.flows
    places = np.searchsorted(land.first, chosen, side="right") - 1
    at_home = homes.small[chosen] + homes.children[chosen] + homes.adults[chosen] + homes.elderly[chosen]
    caught = np.floor(at_home * float(behaviour.exiled_together) + 0.5)
    np.add.at(flows.exiled, places, caught)
    np.add.at(flows.left_family, places, at_home - caught)  # they had left before the cart came
    ending = np.bincount(places, minlength=land.n_villages)
    flows.exiled_households[:] += ending
    # the households of the village before anybody was sent away
    villages.grievance[:] += float(behaviour.exile_embitters) * ending / land.sizes
    homes.life[chosen] = -_EXILED
    close(land, ending)


def _exile_quota(land: Countryside, families: Floats, behaviour: Any, mood: Mood, luck: NDArray[np.uint64]) -> None:
    """Find the families of the month's quota and send them away; mark those who stand next on the list."""
    mood.families_owed += families / land.weight
    wanted = np.floor(mood.families_owed).astype(np.int64)
    mood.families_owed -= wanted
    if not wanted.any():
        return
    homes = land.homes
    land.over(_score, land.spare, luck, wanted, behaviour)
    reach = float(behaviour.named_reach)
    chosen = []
    for region in np.flatnonzero(wanted):
        begin, end = land.first[land.edges[region]], land.first[land.edges[region + 1]]
        listed = land.spare[begin:end]
        within_reach = highest(listed, int(wanted[region] * (1.0 + reach)))
        within_reach = within_reach[listed[within_reach] > _OUT_OF_REACH]
        homes.named_kulak[begin + within_reach] = 1
        chosen.append(begin + within_reach[highest(listed[within_reach], int(wanted[region]))])
    _send_away(land, np.concatenate(chosen), behaviour)


def dekulakise(
    land: Countryside, policy: Any, behaviour: Any, mood: Mood, luck: NDArray[np.uint64], month: Month
) -> tuple[Floats, Floats]:
    """
    The month's quota of exile and arrests is filled, and threatened households flee.

    Reads wealth, stratum, membership; writes `life`, `named_kulak`, people, herds and grain of those gone,
    `members`, `present`, `people`, `grievance`, `mood.fear`, `mood.exiled_share`, `mood.families_owed`.

    Returns exiled families and persons in real numbers [regions].
    """
    del month  # every date is in the policy already
    orders = policy.dekulakisation
    quota = 1000.0 * float(orders.families_exiled)
    if quota > 0.0:
        shares = np.asarray(orders.region_share, dtype=np.float64)
        _exile_quota(land, quota * shares / max(float(shares.sum()), 1e-9), behaviour, mood, luck)
    if float(mood.fear.max()) > _FEARLESS:
        ending = np.zeros(land.n_villages, np.int64)
        land.over(_flee, ending, luck, mood.fear.astype(np.float32), behaviour)
        close(land, ending)
    arrests = 1000.0 * float(orders.arrests)
    if arrests > 0.0:
        people = float(land.by_region(land.villages.people) @ land.person_weight)
        rate = np.full(len(land.weight), arrests / max(people, 1.0), np.float32)
        land.over(_arrest, luck, rate)
    families = land.flow("exiled_households")
    share = families / np.maximum(land.rows, 1)
    mood.exiled_share = mood.exiled_share + share
    mood.fear = float(behaviour.fear_memory) * mood.fear + float(behaviour.fear_of_exile) * 100.0 * share
    return families * land.weight, land.flow("exiled") * land.person_weight
