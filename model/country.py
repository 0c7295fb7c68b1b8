"""The country: State, regions, towns and all households. `step` is one month, in the order in which it happened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from model import history
from model.agents.household import Peasant, household
from model.agents.region import Region, Town
from model.agents.state import State
from model.calendar import START, Month
from model.compiled import Crew
from model.draws import Ask, keys, uniform
from model.founding import facts_of, found
from model.phases import barns, dekulakisation, fields, herds, kitchen, membership, people, roads, survey, unrest
from model.phases.economy import Economy
from model.phases.mood import Mood
from model.phases.settlements import Camps, Settlements
from model.phases.towns import Towns
from model.policy.scenario import Scenario
from model.rules import fields as field_rules
from model.rules import planning
from model.rules.towns import grown_since_census

Regions = NDArray[np.float64]

SEED_AHEAD = (1.0, 1.0, 1.0, 0.65, 0.65, 0.65, 0.65, 0.65, 0.65, 0.65, 0.0, 0.0)
"""Part of the year's seed still to be sown at the start of each month, July to June (sown in September and April)."""
OFFER_SEASON = (0.5, 0.9, 1.5, 1.6, 1.4, 1.2, 1.1, 1.0, 0.9, 0.6, 0.5, 0.4)
"""How willingly independents sell, July to June, against the mean. Source: assumption (taxes fall due in autumn)."""
HORSE_EQUIVALENTS = {"horses": 0.76, "cattle": 0.025}
"""Working strength of a head relative to a horse. Source: `draught_power_horse_equivalents`."""
TRACTOR_STRENGTH = 13.5
"""Working strength of a tractor [horses]. Source: `tractor_horsepower` over `tractors_stock`, 1932-34."""
TOWN_GRAIN_KG = 17.5
"""Grain that a townsman wants in a month, from State and market [kg]. Source: `grain_consumption_urban_per_head`."""
USUAL_PRICE_RATIO = 0.8
"""State price over market price in 1927. Source: `market_to_procurement_price_ratio`."""
DEAREST, CHEAPEST = 6.0, 0.8
"""Bounds of the price of grain on the market, 1 = usual. Source: `market_price_grain` (dearer still in 1932-33)."""
PRICE_PACE = 0.5
"""How fast the price follows what towns cannot buy [1/month]. Source: assumption."""


class Country(mesa.Model):
    """The Soviet countryside with its State and towns.

    scenario     a Scenario, its name, or a path
    households   rows of peasant households, 900 to 25.6 million
    seed         of all luck
    threads      None = one per processor

    `step()` lives one month; `running` turns False after the last. `readings()` counts the month that was lived.
    """

    def __init__(
        self, scenario: Scenario | str | Path, *, households: int = 25_000, seed: int = 1, threads: int | None = None
    ) -> None:
        """Found the country on 1 July 1927."""
        super().__init__(rng=seed)
        self.scenario: Any = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
        self.seed = seed
        self.behaviour = b = self.scenario.behaviour
        self.land = land = found(households, seed, Crew(threads), reserve_days=float(b.reserve_max))
        self.facts = facts = facts_of(land)
        self.weight = land.weight
        n = history.N_REGIONS
        self.mood = Mood.founded(land, keys(seed, 0))
        self.economy = Economy(b)
        self.settlements, self.camps = Settlements(b), Camps(b)
        self.towns = Towns(
            grown_since_census(facts.urban_pop), facts.industrial_weight, b, living_space=facts.living_space
        )
        self.state = State(self, n, facts.sown_grain * facts.mean_yield)
        self.regions = [Region(self, row, name) for row, name in enumerate(history.REGION_IDS)]
        self.town_agents = [Town(self, row, name) for row, name in enumerate(history.REGION_IDS)]
        self.market_kg = np.zeros(n)  # grain brought to market and not yet bought, real
        self.market_wanted_kg = float(self.towns.people.sum()) * TOWN_GRAIN_KG  # last month, of all buyers
        self.market_price = 1.0  # of grain, where it may be sold; 1 = usual
        self.remembered_take = np.full(n, 0.16)  # share of harvests taken, as peasants remember it
        self.trust_in_norms = 0.0  # how far peasants believe that fixed norms hold
        self.village_living = np.ones(n)
        self.year_harvest, self.year_taken = np.zeros(n), np.zeros(n)
        self.draught_1928: Any = np.ones(n)  # until it is measured, below
        self.cattle_of_june, self.cattle_left = np.ones(n), np.ones(n)  # of 1928; now, relative to it
        self.month = Month(1927, 6)
        self.running = True
        membership.count(land)
        self.draught_1928 = self._draught_power() / facts.sown_grain
        self._read = self._stocks()
        self.opening = dict(self._read)

    def household(self, row: int) -> Peasant:
        """Look at one household as a Peasant or a Kulak agent."""
        return household(self, self.land, row)

    def step(self) -> None:
        """Live through one month, in the order in which it happened."""
        self.month = month = self.month.next()
        policy = self.scenario.at(month)
        luck = keys(self.seed, month.index)
        self.land.turn_page()
        self.state.open_month()
        if month.of_agricultural_year == 0:
            self._open_year(policy, luck)
        self._work_the_fields(policy, month)
        self._move_the_grain(policy, month)
        self._tend_the_herds(policy, month)
        self._set_the_table(policy, month)
        people.die_and_bear(self.land, self.behaviour, luck, hunger_kills=self.scenario.mechanisms.hunger_kills)
        self._join_and_resist(policy, luck, month)
        self._leave_for_towns(policy, luck)
        self._live_in_towns(policy)
        self.state.settle()
        self._read_reports(policy)
        self.running = month < self.scenario.end

    # ---------------------------------------------------------------- the year opens

    def _open_year(self, policy: Any, luck: NDArray[np.uint64]) -> None:
        """July: the sky of the year is known, villages draw their luck, the State sets its plan."""
        month = self.month
        self.sky = self._weather_of(month.year)
        fields.open_year(self.land, self.behaviour, luck)
        self.year_harvest[:], self.year_taken[:] = 0.0, 0.0
        if self.scenario.mechanisms.procurement:
            self.state.set_plan(self.land, self.facts, policy, self.behaviour, self.sky)

    def _weather_of(self, year: int) -> Regions:
        """Yield that the weather of a harvest year allows, relative to usual [regions]."""
        if self.scenario.weather_mode == "average":
            return np.ones(history.N_REGIONS)
        if self.scenario.weather_mode == "drawn":
            key = keys(self.seed, year)[Ask.WEATHER]
            # four uniforms are near normal; a fifth, shared by all, makes droughts cross borders
            own = np.array([sum(uniform(key, r + 100 * i) for i in range(4)) for r in range(history.N_REGIONS)])
            shared = sum(uniform(key, 10_000 + i) for i in range(4))
            normal = (0.8 * (own - 2.0) + 0.6 * (shared - 2.0)) * np.sqrt(3.0)
            return np.asarray(np.clip(1.0 + self.facts.yield_cv * normal, 0.35, 1.6))
        return np.asarray(history.weather()[year - 1927])

    # ---------------------------------------------------------------- fields

    def _draught_power(self) -> Regions:
        """Working strength of horses, oxen and tractors [regions, horses]."""
        stocks = survey.stocks(self.land)
        beasts = sum(strength * stocks[kind] for kind, strength in HORSE_EQUIVALENTS.items())
        return np.asarray(beasts + TRACTOR_STRENGTH * self._tractors(stocks))

    def _tractors(self, stocks: dict[str, Regions]) -> Regions:
        """Tractors by region: where machine stations serve kolkhoz land [regions, count]."""
        served = stocks["collectivised_share"] * self.facts.sown_grain
        coverage = np.asarray(self.scenario.at(max(self.month, START)).industry.mts_coverage)
        return self.economy.allocate_tractors(coverage * served, self.facts.sown_grain)

    def _work_the_fields(self, policy: Any, month: Month) -> None:
        """Harvest in July-September; sow winter grain in September, spring grain in April."""
        b, facts, of_year = self.behaviour, self.facts, month.of_agricultural_year
        if of_year < 3:
            draught = self._draught_power() / self.facts.sown_grain / self.draught_1928
            usual = facts.mean_yield * 1000.0 * float(b.yield_level) * self.sky
            work = np.array([field_rules.timeliness(d, b.draught_elasticity) for d in draught])
            next_tonne = 1.0 - float(b.trust_gain) * self.trust_in_norms
            care = np.ones(history.N_REGIONS)
            if self.scenario.mechanisms.fields_effort:
                care = np.array([field_rules.effort(s, next_tonne, b.effort_loss) for s in self.remembered_take])
            alone = 1.0 - 0.5 * policy.procurement.compulsion * (1.0 - care)
            fields.harvest(
                self.land, b, share=facts.harvest_share[of_year],
                alone_yield=usual * work * alone, kolkhoz_yield=usual * work * care,
            )  # fmt: skip
            self.year_harvest += self.land.flow("harvest") * self.weight
        if of_year in (2, 9):
            draught = self._draught_power() / facts.sown_grain / self.draught_1928
            lent = self._seed_loans(policy) if of_year == 9 else np.zeros(history.N_REGIONS)
            if policy.collectivisation.kulaks_barred > 0.5:  # the laws against kulaks ended hiring, for good
                self.land.homes.hired[:] = 0
            fields.sow(self.land, facts, b, autumn=of_year == 2, draught=draught, loan_share=lent)
            loans = self.land.flow("seed_loan") * self.weight / 1000.0
            self.state.book.seed_loans = float(loans.sum())

    def _seed_loans(self, policy: Any) -> Regions:
        """Part of the missing spring seed that the State can and will lend [regions, share]."""
        villages, facts = self.land.villages, self.facts
        inside = villages.members / np.maximum(villages.present, 1.0)
        wanted = villages.land_ha * inside * (1.0 - fields.WINTER_SHARE) * facts.seed_rate[villages.region]
        missing = self.land.by_region(np.maximum(0.0, wanted * 1.3 - villages.pool_kg)) * self.weight / 1000.0
        asked = float(np.asarray(policy.relief.seed_loans) @ missing)
        able = min(1.0, 0.6 * self.state.spendable_t(policy) / max(asked, 1.0))
        return np.asarray(policy.relief.seed_loans) * able

    # ---------------------------------------------------------------- grain

    def _move_the_grain(self, policy: Any, month: Month) -> None:
        """Grain is concealed, sold, delivered, searched for; kolkhozy pay labour-days with the rest."""
        b, of_year, works = self.behaviour, month.of_agricultural_year, self.scenario.mechanisms
        due = planning.DUE[of_year]
        due_before = planning.DUE[of_year - 1] if of_year else 0.0
        seed_ahead = SEED_AHEAD[(of_year + 1) % 12] if of_year in (2, 9) else SEED_AHEAD[of_year]
        if works.concealment and of_year < 6:
            barns.conceal(self.land, policy, b, self.remembered_take, in_harvest=of_year < 3)
        if works.procurement:
            state = self.state
            if of_year in (3, 6):
                state.write_off(policy, due_before)
            searching = state.search_order(policy, due_before) if works.search else np.zeros(history.N_REGIONS)
            reachable = barns.procure(
                self.land, policy, b, self.facts,
                quota=barns.plan_per_hectare(self.land, b, state.plan_kg), calendar=due, seed_ahead=seed_ahead,
                months_to_harvest=12.0 - of_year, search=searching,
                extra=state.gap_per_reachable * (3 <= of_year < 8),
                mts_share=policy.procurement.mts_payment * np.asarray(policy.industry.mts_coverage),
                purchase=policy.procurement.purchases if of_year == 6 else 0.0,
                season=OFFER_SEASON[of_year] * self._offer_at_price(policy) * state.still_buying(),
            )[1]  # fmt: skip
            taken = self.land.flow("procured") * self.weight
            self.year_taken += taken
            state.take_in(taken, reachable * self.weight, due, policy)
        # advances come out of what was threshed this month, before seed is laid by
        to_keep = 0.0 if of_year < 3 else seed_ahead
        share = float(b.advance) if of_year < 5 else (1.0 if of_year == 8 else float(b.payout))
        barns.pay_trudodni(
            self.land,
            b,
            self.facts,
            share=share,
            seed_ahead=to_keep,
            fodder_months=max(0.0, 10.0 - of_year) if of_year >= 3 else 0.0,
        )

    def _offer_at_price(self, policy: Any) -> float:
        """What stands in place of the ratio of prices where the mechanism of prices is out: habit [ratio]."""
        if self.scenario.mechanisms.nep_market:
            return 1.0  # the ratio of prices, an order, already holds what the market does
        return USUAL_PRICE_RATIO / max(float(policy.procurement.price_ratio), 0.05)

    def _price_felt(self, policy: Any) -> float:
        """Price of grain that a household reckons with, 1 = usual; where the State takes by force it tells nothing."""
        works = self.scenario.mechanisms
        free = works.nep_market * (1.0 - self.state.force(policy))
        return float(1.0 + (self.market_price - 1.0) * free)

    def _unglutted(self) -> float:
        """What the grain that nobody bought yet leaves of the wish to bring more: nothing at three months' wants."""
        return max(0.0, 1.0 - float(self.market_kg.sum()) / (3.0 * max(self.market_wanted_kg, 1.0)))

    def _eased(self, policy: Any) -> float:
        """What a dear price leaves of the stock and the helpings that independents like [share]."""
        return 1.0 / max(1.0, self._price_felt(policy))

    def _tend_the_herds(self, policy: Any, month: Month) -> None:
        """Animals are born, fed, slaughtered, taken."""
        herds.live(self.land, policy, self.behaviour, self.facts, self.mood, month, self.scenario.mechanisms)

    # ---------------------------------------------------------------- food

    def _set_the_table(self, policy: Any, month: Month) -> None:
        """Neighbours share, the market and the State answer, the State spends its grain, everybody eats."""
        b, of_year, works, land = self.behaviour, month.of_agricultural_year, self.scenario.mechanisms, self.land
        state = self.state
        single = np.float32
        norm = self.facts.herd_norm[:, :, 1].astype(single)
        closed = np.asarray(policy.borders.closed)
        table = kitchen.Table(
            potatoes=self.facts.potatoes.astype(single),
            weather=self.sky.astype(single),
            wild=(float(b.wild_food) * kitchen.WILD[of_year] * (1.0 - (1.0 - float(b.begging_ease)) * closed)).astype(
                single
            ),
            member_plot=single(float(b.member_plot) + float(b.plot_gain) * policy.collectivisation.plot_guaranteed),
            milk=single(kitchen.MILK[of_year]),
            seed_rate=self.facts.seed_rate.astype(single),
            seed_ahead=single(SEED_AHEAD[(of_year + 1) % 12] if of_year in (2, 9) else SEED_AHEAD[of_year]),
            months_to_harvest=single(13.0 - of_year if of_year else 13.0),
            is_harvest=single(1.0 if of_year < 2 else 0.0),
            usual_horses=norm[0],
            usual_cattle=norm[1],
            usual_sheep_goats=norm[3],
            settled_floor=single(0.85 * policy.livestock.herd_aid),
            eased=single(self._eased(policy)),
            pay_ahead=single(1.0 if of_year < 8 else 0.0),  # members wait for labour-days until March
        )
        mouths = land.by_region(land.villages.people) * land.person_weight
        rations = np.asarray(policy.relief.rural_rations) / 12.0
        held = self.settlements.stock * policy.towns.camp_ration + self.camps.stock * policy.towns.prisoner_ration
        for_towns = state.budget(
            policy, of_year, float(self.towns.grain_wanted_t(policy).sum()), float(rations @ mouths) / 1000.0, held
        )
        freedom = 1.0 - 0.7 * self.state.force(policy)  # a banned market is a smaller one
        market_kg = float(b.market_kg) * freedom
        sale = min(0.6, float(b.market_sale) * self._price_felt(policy))
        asked = kitchen.share_and_ask(
            land, b._replace(sharing=single(b.sharing if works.sharing else 0.0)), table,
            sale=np.full(history.N_REGIONS, sale * freedom * self._unglutted()),
            market_kg=market_kg, ration_kg=rations * state.rural_fill,
        )  # fmt: skip
        self.market_kg += land.flow("to_market") * self.weight
        wishes = asked.market_demand * self.weight
        fill = np.minimum(1.0, self.market_kg / np.maximum(wishes, 1.0))
        self.market_wanted_kg = float(wishes.sum())
        wasted_lack = asked.relief_need * self.weight / 1000.0
        given = state.relief_rate(policy)
        given = given * min(1.0, 0.7 * state.spendable_t(policy) / max(float(given @ wasted_lack), 1.0))
        kitchen.eat(land, b, table, asked, market_kg=market_kg, market_fill=fill, relief_fill=given)
        self.market_kg = np.maximum(0.0, self.market_kg - land.flow("from_market") * self.weight)
        state.book.relief = float(land.flow("relief") @ self.weight) / 1000.0
        state.book.rural_rations = float(land.flow("ration") @ self.weight) / 1000.0
        self._feed_towns(policy, for_towns, freedom)

    def _feed_towns(self, policy: Any, state_grain_t: float, freedom: float) -> None:
        """Towns eat what the State issues and what peasants bring to market."""
        lacking = np.maximum(0.0, self.towns.people * TOWN_GRAIN_KG / 1000.0 - self.towns.grain_wanted_t(policy))
        unissued = max(0.0, float(self.towns.grain_wanted_t(policy).sum()) - state_grain_t)
        wanted = (lacking + unissued * self.towns.people / self.towns.people.sum()) * freedom
        offered = float(self.market_kg.sum()) / 1000.0
        bought = min(offered, float(wanted.sum()))
        self.grain_sold = self.market_kg / 1000.0 * (bought / max(offered, 1e-9))
        self.market_kg = np.maximum(0.0, self.market_kg - self.grain_sold * 1000.0)
        self.market_wanted_kg += float(wanted.sum()) * 1000.0
        shortage = 1.0 - bought / max(float(wanted.sum()), 1.0)
        self.market_price *= 1.0 + PRICE_PACE * (shortage - 0.1)
        self.market_price = min(DEAREST, max(CHEAPEST, self.market_price))
        bites = np.asarray(self.land.villages.hunger * self.land.villages.people, np.float64)
        hunger = self.land.by_region(bites) / np.maximum(self.land.by_region(self.land.villages.people), 1.0)
        self.village_hunger = hunger
        fed = self.towns.feed(
            policy, state_grain_t, wanted * (bought / max(float(wanted.sum()), 1e-9)),
            herds=self.cattle_left, village_hunger=hunger, rationing=self.scenario.mechanisms.town_rations,
        )  # fmt: skip
        self.state.book.towns = fed.grain_to_towns

    # ---------------------------------------------------------------- village politics

    def _join_and_resist(self, policy: Any, luck: NDArray[np.uint64], month: Month) -> None:
        """Households join or leave; villages rise; the State retreats before them; officials exile."""
        land, b, mood, works = self.land, self.behaviour, self.mood, self.scenario.mechanisms
        if works.unrest_and_retreat:
            unrest.retreat(mood, mood.disturbances, policy)
        if works.collectivisation:
            membership.join_or_leave(land, policy, b, mood, luck, month, settling=works.nomad_settling)
        else:
            membership.count(land)
        if works.unrest_and_retreat:
            share = self.state.plan_kg / np.maximum(self.state.believed_kg, 1.0)
            haste = min(1.0, 4.0 * self._due_this_month())  # grain is pressed for in autumn most
            pressure = np.minimum(1.0, share / 0.35) * policy.procurement.compulsion * haste
            unrest.stir(land, policy, b, mood, luck, month, pressure)
        if works.dekulakisation:
            dekulakisation.dekulakise(land, policy, b, mood, luck, month)

    def _leave_for_towns(self, policy: Any, luck: NDArray[np.uint64]) -> None:
        """Towns call, villagers leave and come home."""
        land = self.land
        here = roads.villagers(land, self.behaviour)
        self.village_living = 0.5 + 0.5 * np.minimum(1.2, land.flow("kcal") / np.maximum(
            land.by_region(land.villages.people), 1.0) / 2900.0)  # fmt: skip
        rates = self.towns.offer_work(
            policy, self.economy.jobs_wanted(policy), here, self.mood.fear, self.village_living,
            leaving=self.scenario.mechanisms.leaving,
        )  # fmt: skip
        if self.scenario.mechanisms.leaving:
            roads.leave(land, rates, self.behaviour, luck)
        membership.count(land)
        persons = land.person_weight
        work, family, back = (land.flow(name) * persons for name in ("left_work", "left_family", "returned"))
        self.net_migration = work + family - back
        self.arrivals = self.towns.receive(work, family, back)
        self.newcomers = float(work.sum() + float(self.behaviour.family_hands) * family.sum())

    def _live_in_towns(self, policy: Any) -> None:
        """Towns, settlements, camps and industry live through their month."""
        works = self.scenario.mechanisms
        self.town_life = self.towns.live(policy, hunger_kills=works.hunger_kills)
        exiled = float(self.land.flow("exiled") @ self.land.person_weight)
        arrested = float(self.land.flow("arrested") @ self.land.person_weight)
        others = policy.camps.settler_arrivals_other * 1000.0 if works.dekulakisation else 0.0
        self.in_settlements = self.settlements.advance(
            exiled + others, policy.towns.camp_ration, policy.camps.settlers_released
        )
        self.in_camps = self.camps.advance(
            arrested + policy.camps.other_arrivals * 1000.0, policy.towns.prisoner_ration
        )
        back = self.in_settlements.fled + self.in_settlements.released
        self.exile_and_back = self.towns.exchange(back, policy.camps.other_arrivals * 1000.0)
        self.industry = self.economy.advance(
            policy, grain_exported_t=self.state.book.exported, jobs_filled=float(self.towns.workers.sum()),
            newcomers=self.newcomers, prisoners=self.camps.stock, settlers=self.settlements.stock, mechanisms=works,
            ration_fulfilment=float(self.towns.ration_fulfilment @ self.towns.people / self.towns.people.sum()),
        )  # fmt: skip

    # ---------------------------------------------------------------- what is known of it

    def _read_reports(self, policy: Any) -> None:
        """Moscow reads what it is told; peasants draw their own conclusions in June."""
        honest = not self.scenario.mechanisms.officials_beliefs
        harvest = self.land.flow("harvest") * self.weight / 1000.0
        self.reported_t = np.array(
            [region.report(harvest[region.row], policy.procurement.optimism, honest=honest) for region in self.regions]
        )
        self.state.hunger_reports.append(self.village_hunger)
        target = policy.procurement.fixed_norms
        self.trust_in_norms += (target - self.trust_in_norms) / float(self.behaviour.trust_months)
        if self.month.of_agricultural_year == 11:
            self.state.close_year()
            share = self.year_taken / np.maximum(self.year_harvest, 1.0)
            weight = float(self.behaviour.memory_share)
            self.remembered_take = weight * share + (1.0 - weight) * self.remembered_take
        self._read = self._stocks()
        if self.month.of_agricultural_year == 11:  # cattle are compared from June to June
            self.cattle_of_june = self._read["cattle"] if self.month.year == 1928 else self.cattle_of_june
            self.cattle_left = np.minimum(1.2, self._read["cattle"] / self.cattle_of_june)

    def _stocks(self) -> dict[str, Any]:
        """Count all stocks at this moment."""
        stocks: dict[str, Any] = dict(survey.stocks(self.land))
        stocks["tractors"] = self._tractors(stocks)
        stocks["grain_market"] = self.market_kg / 1000.0
        stocks["urban_population"] = self.towns.people.copy()
        stocks["total_population"] = stocks["rural_population"] + stocks["urban_population"]
        stocks["living_space_per_head"] = self.towns.living_space_per_head
        stocks["grain_state"] = self.state.stock_t
        stocks["special_settlers"] = float(self.settlements.stock)
        stocks["prisoners"] = float(self.camps.stock)
        return stocks

    def readings(self) -> dict[str, Any]:
        """What was measured of the month last lived, in real-world units: arrays [regions] or numbers of the Union."""
        book, town, settled, camp, industry = (
            self.state.book, self.town_life, self.in_settlements, self.in_camps, self.industry
        )  # fmt: skip
        counted = dict(self._read) | survey.flows(self.land)
        counted |= {
            "reported_harvest": self.reported_t,
            "procurement_plan": self.state.plan_kg / 1000.0 * self._due_this_month(),
            "grain_sold": self.grain_sold,
            "grain_to_towns": book.towns,
            "urban_births": town.births,
            "urban_deaths": town.deaths,
            "urban_excess_deaths": town.excess_deaths,
            "births": town.births + counted["rural_births"],
            "deaths": town.deaths + counted["rural_deaths"],
            "excess_deaths": town.excess_deaths + counted["rural_excess_deaths"],
            "net_rural_urban_migration": self.net_migration,
            "urban_net_arrivals": self.arrivals,
            "urban_from_exile": self.exile_and_back,
            "persons_returned": np.zeros(history.N_REGIONS),
            "food_per_head_urban": self.towns.food_kcal,
            "ration_fulfilment": self.towns.ration_fulfilment,
            "grain_exported": book.exported,
            "grain_army": book.army,
            "grain_industry": book.industry,
            "grain_transport": book.transport,
            "grain_state_farms": book.state_farms,
            "grain_camps": book.camps,
            "grain_state_lost": book.lost,
            "grain_unnamed": book.unnamed,
            "special_settler_deaths": settled.deaths,
            "special_settler_births": settled.births,
            "special_settler_escapes": settled.escapes,
            "special_settler_arrivals": settled.arrivals,
            "settlers_released": settled.released,
            "prisoner_deaths": camp.deaths,
            "prisoner_arrivals": camp.arrivals,
            "prisoner_releases": camp.releases,
            "machinery_imports": industry.machinery_imports,
            "industrial_output_index": industry.output_index,
            "jobs_filled": float(self.towns.workers.sum()),
            "foreign_debt": industry.debt,
            "capital_index": industry.capital_index,
            "retreat": float(self.mood.retreat),
        }
        return counted

    def _due_this_month(self) -> float:
        """Part of the year's plan that falls due this month [share]."""
        of_year = self.month.of_agricultural_year
        if of_year >= 8:
            return 0.0
        return planning.DUE[of_year] - (planning.DUE[of_year - 1] if of_year else 0.0)
