"""The towns of each region: who works, what they eat, how they live, whom they call from the villages and take in.

One town stands for all towns of a region. Once a month the country asks, in this order, to feed (`feed`), to call
(`offer_work`), to take in who comes (`receive`) and to live (`live`). Arrays are [regions], real persons and tonnes.
Villages that were renamed towns are left out: the record of migration already holds most of them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.columns import bound
from model.compiled import loop
from model.phases.roads import LeavingRates, Villagers
from model.policy.behaviour import Behaviour
from model.policy.month import MonthPolicy
from model.rules import body, migration, towns

Floats = NDArray[np.float64]

DAYS = 30.4
"""Days of a month."""
THIRDS = (-1.0, 0.0, 1.0)
"""The worst fed, the middle and the best fed third of a town, in units of the inequality."""


class FeedReport(NamedTuple):
    """What the towns got and ate this month [regions]."""

    grain_to_towns: Floats
    """Grain of the State issued [t]."""
    food_kcal: Floats
    """Eaten, of all kinds [kcal/person/day]."""
    ration_fulfilment: Floats
    """Part of the intended ration that was issued [share]."""


class TownLife(NamedTuple):
    """Births and deaths of the month [regions, persons]."""

    births: Floats
    deaths: Floats
    excess_deaths: Floats


@loop
def _starve(start, stop, reserve_days, wasting, hazard, intake, b):
    """The thirds of each town live on what they ate; writes reserve, wasting and the hazard of hunger."""
    for region in range(start, stop):
        for third in range(3):
            reserve = body.draw_on_reserve(reserve_days[third, region], intake[third, region], b.reserve_max)
            depletion = 1.0 - reserve / b.reserve_max
            reserve_days[third, region] = reserve
            wasting[third, region] = body.waste(wasting[third, region], depletion, b.wasting_months, b.recovery_months)
            hazard[third, region] = body.hunger_hazard(wasting[third, region], b.death_threshold, b.death_fastest)


class Towns:
    """The towns of all regions, one row per region [regions], float64."""

    def __init__(
        self,
        people: Floats,
        industrial_weight: Floats,
        behaviour: Behaviour,
        *,
        living_space: Floats | None = None,
        workers: Floats | None = None,
    ) -> None:
        """Found the towns of July 1927.

        people              townspeople; `rules.towns.grown_since_census` brings the census to 1927 [regions, persons]
        industrial_weight   share in the industry of the country [regions, sums to 1 or 100]
        behaviour           constants of the scenario
        living_space        dwellings [regions, m2]; left out, the usual space a head
        workers             at work outside farming [regions, persons]; left out, the usual share of the people
        """
        self.behaviour = _double(behaviour)
        self._loop_behaviour = bound(behaviour, _starve)
        self.people = np.array(people, dtype=np.float64)
        self.jobs_share = industrial_weight / industrial_weight.sum()
        # big industry stands on the first list, towns that only trade and govern on none
        self.rank = np.minimum(self.jobs_share / (self.people / self.people.sum()) / 2.0, 1.0)
        start = self.people * self.behaviour.town_work_share
        self.workers = start if workers is None else np.array(workers, dtype=np.float64)
        self.alone = np.zeros_like(self.people)
        """Workers whose household is in a village [persons]."""
        space = self.people * self.behaviour.town_space
        self.living_space = space if living_space is None else np.array(living_space, dtype=np.float64)
        """Dwellings [m2]."""
        self.reserve_days = np.full((3, self.people.size), self.behaviour.reserve_max)
        self.wasting = np.zeros((3, self.people.size))
        self._hazard = np.zeros((3, self.people.size))
        self.barrenness = np.zeros_like(self.people)
        """Depletion nine months ago, smoothed [share]."""
        self.ration_fulfilment = np.ones_like(self.people)
        self.food_kcal = np.full_like(self.people, self.behaviour.town_need)
        self.jobs_wanted = float(self.workers.sum())

    @property
    def supply(self) -> Floats:
        """Part of their need that townspeople eat, at most 1 [regions, share]."""
        return np.minimum(self.food_kcal / self.behaviour.town_need, 1.0)

    @property
    def living_space_per_head(self) -> Floats:
        """Living space of a head [regions, m2]."""
        return self.living_space / np.maximum(self.people, 1.0)

    def grain_wanted_t(self, policy: MonthPolicy) -> Floats:
        """Ration of the month that the State means to issue [regions, t]."""
        return self.people * (policy.towns.ration / 12_000.0)

    def feed(
        self,
        policy: MonthPolicy,
        state_grain_available_t: float,
        market_grain_t: Floats,
        *,
        herds: Floats | float = 1.0,
        village_hunger: Floats | float = 0.0,
        rationing: bool = True,
    ) -> FeedReport:
        """Issue the ration, add the market and the garden; bodies live on it.

        state_grain_available_t   what the State can give to all towns this month [t]
        market_grain_t            brought by peasants to the towns of each region [regions, t]
        herds                     animals of the countryside [1927 = 1]
        village_hunger            need not met in the region's villages [regions, share]
        rationing                 False: the mechanism is off, towns eat their need and nobody runs short
        """
        b = self.behaviour
        wanted = self.grain_wanted_t(policy)
        if not rationing:
            self.ration_fulfilment = np.ones_like(self.people)
            self.food_kcal = np.full_like(self.people, b.town_need)
            self._live_on(np.ones((3, self.people.size)))
            shipped = min(1.0, state_grain_available_t / max(wanted.sum(), 1e-9))
            return FeedReport(wanted * shipped, self.food_kcal, self.ration_fulfilment)
        self.ration_fulfilment = towns.fulfil(wanted, self.rank, state_grain_available_t, b.list_preference)
        issued = wanted * self.ration_fulfilment
        mouths = np.maximum(self.people, 1.0)
        grain_kcal = (issued + market_grain_t) * (1_000.0 * towns.KCAL_PER_KG_GRAIN / DAYS) / mouths
        third = np.array(THIRDS)[:, None]  # the worse fed, the more from the bazaar
        other = towns.other_food(
            b.town_garden, b.town_meat_milk, herds, village_hunger, b.town_market_hunger, 1.0 - third
        )
        food = np.minimum((grain_kcal + other) / b.town_need, b.town_appetite) * (1.0 + b.town_inequality * third)
        self.food_kcal = _mean(food) * b.town_need
        self._live_on(food)
        return FeedReport(issued, self.food_kcal, self.ration_fulfilment)

    def _live_on(self, intake: Floats) -> None:
        """Let bodies draw on or restore their reserve; intake is food over need [3, regions]."""
        b = self.behaviour
        _starve(0, self.people.size, self.reserve_days, self.wasting, self._hazard, intake, self._loop_behaviour)
        depletion = 1.0 - _mean(self.reserve_days) / b.reserve_max
        self.barrenness = self.barrenness + (depletion - self.barrenness) / b.conception_months

    def offer_work(
        self,
        policy: MonthPolicy,
        jobs_wanted: float,
        villagers: Villagers,
        fear: Floats,
        village_living: Floats,
        *,
        leaving: bool = True,
    ) -> LeavingRates:
        """Fill open jobs from the towns' own reserve, then call villagers; say how fast they leave and come home.

        jobs_wanted      jobs outside farming in the whole country [persons]
        villagers        who could leave (`roads.villagers`)
        fear             fear of exile [regions, index]
        village_living   living in villages [regions, 1927 = 1]
        leaving          False: the mechanism is off, nobody leaves and nobody comes home
        """
        b = self.behaviour
        self.jobs_wanted = jobs_wanted
        filled = self.workers.sum()
        if jobs_wanted < filled:
            self.workers *= 1.0 - b.laying_off_pace * (1.0 - jobs_wanted / filled)
        reserve = np.maximum(b.town_work_most * self.people - self.workers, 0.0)
        taking_up = b.town_reserve_pace * reserve
        gap = max(jobs_wanted - filled, 0.0)
        taking_up *= min(1.0, b.town_share_of_jobs * b.hiring_pace * gap / max(taking_up.sum(), 1.0))
        self.workers += taking_up
        self.alone = self._spread(villagers.away)
        if not leaving:
            nothing = np.zeros(self.people.size, np.float32)
            return LeavingRates(nothing, nothing, nothing, nothing, nothing)

        fed = self.supply
        supply = b.own_town_share * fed + (1.0 - b.own_town_share) * float(self.jobs_share @ fed)
        pull = migration.attraction(
            policy.industry.real_wage, supply, village_living, b.attraction_power, b.attraction_most
        )
        near = 0.5 * self.people / self.people.sum() + 0.5 * villagers.adults / max(villagers.adults.sum(), 1.0)
        calls = migration.called(
            gap - taking_up.sum(), b.hiring_pace, float(near @ pull), policy.towns.passports, b.passport_work
        )
        closed = policy.borders.closed
        share = near * pull * (1.0 + b.region_hunger * villagers.hunger + b.region_fear * fear)
        calls_by_region = calls * share / share.sum() * (1.0 - b.border_work * closed)
        home = migration.homecoming(supply, b.homecoming_pace, b.homecoming_hunger)
        expelled = policy.towns.expulsions * 1_000.0 / max(villagers.away.sum(), 1.0)
        flight = b.flight_pace * (1.0 - b.border_flight * closed) * (1.0 - b.passport_flight * policy.towns.passports)
        return LeavingRates(
            worker=_single((1.0 - b.whole_share) * calls_by_region / np.maximum(villagers.ready, 1.0)),
            family=_single(migration.following(supply, policy.industry.real_wage, b.following_pace, b.following_wage)),
            household=_single(b.whole_share * calls_by_region / np.maximum(villagers.movable, 1.0)),
            flight_hungry=_single(flight),
            come_home=_single(np.minimum(home + expelled, 0.5)),
        )

    def receive(self, left_work: Floats, left_family: Floats, returned: Floats) -> Floats:
        """Take in who left the villages of each region and let go who went home; the sum over regions is the same.

        left_work     workers who left [regions of origin, persons]
        left_family   people gone with or after their household, those who fled included [regions of origin, persons]
        returned      workers gone home [regions of origin, persons]

        Returns arrivals less departures of the towns [regions, persons].
        """
        arrivals = self._spread(left_work + left_family - returned)
        hired = self._spread(left_work + self.behaviour.family_hands * left_family - returned)
        self.people += arrivals
        self.workers = np.clip(self.workers + hired, 0.0, self.behaviour.town_work_most * self.people)
        return arrivals

    def exchange(self, back: float, taken: float) -> Floats:
        """Take in who fled or was released from special settlements and camps, and lose who is sent to camps.

        back    come back from exile or camp, in the whole country [persons]
        taken   sent from towns to camps, in the whole country [persons]

        Returns arrivals less those taken [regions, persons].
        """
        share = self.people / self.people.sum()
        change = (back - taken) * share
        self.people += change
        return change

    def live(self, policy: MonthPolicy, *, hunger_kills: bool = True) -> TownLife:
        """People are born and die, houses are built and decay."""
        b = self.behaviour
        space = self.living_space_per_head
        lowered = self.barrenness if hunger_kills else 0.0
        born = towns.births(
            self.people, b.town_birth_rate, policy.industry.real_wage, b.town_birth_wage, lowered, b.birth_hunger
        ) * (1.0 + b.town_births_of_ban * policy.towns.abortion_banned)
        ordinary = towns.deaths(self.people, b.town_death_rate, space, b.town_space, b.town_crowding)
        starved = _mean(self._hazard) * (self.people - ordinary) if hunger_kills else np.zeros_like(ordinary)
        died = ordinary + starved
        self.workers *= 1.0 - died / np.maximum(self.people, 1.0)
        self.people += born - died
        self._build(policy.industry.housing * 1e6 / 12.0)
        return TownLife(born, died, starved)

    def _build(self, completed: float) -> None:
        """Half of the new houses go where people are, half where industry is [m2 in the month]."""
        where = 0.5 * self.people / self.people.sum() + 0.5 * self.jobs_share
        self.living_space = towns.dwell(self.living_space, completed * where, self.behaviour.town_space_wear)

    def _spread(self, of_origin: Floats) -> Floats:
        """Share people of each region's villages among the towns of all regions."""
        own = self.behaviour.own_town_share
        return own * of_origin + (1.0 - own) * of_origin.sum() * self.jobs_share


def _double(behaviour: Behaviour) -> Any:
    """Constants in double precision, for sums of millions of people."""
    return Behaviour(*map(float, behaviour))


def _mean(of_thirds: Floats) -> Floats:
    """Mean of the thirds of each town [3, regions]; `ndarray.mean` takes three times as long over so few."""
    return np.asarray(of_thirds.sum(axis=0) / len(of_thirds))


def _single(values: Floats) -> NDArray[np.float32]:
    """In single precision, for the loops."""
    return values.astype(np.float32)
