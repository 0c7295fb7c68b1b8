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
from model.draws import keys
from model.founding import facts_of, found
from model.phases import (
    barns,
    bulletin,
    dekulakisation,
    draught,
    fields,
    herds,
    kitchen,
    market,
    membership,
    people,
    roads,
    seasons,
    survey,
    table,
    unrest,
)
from model.phases.census import most_of_the_dead, take
from model.phases.economy import Economy
from model.phases.expectations import Expectations
from model.phases.market import Market
from model.phases.mood import Mood
from model.phases.settlements import Camps, Settlements
from model.phases.sky import sky_of
from model.phases.towns import Towns
from model.policy.scenario import Scenario
from model.rules import planning
from model.rules.fields import timeliness
from model.rules.towns import grown_since_census

Regions = NDArray[np.float64]
Keys = NDArray[np.uint64]


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
        self.land = land = found(
            households, seed, Crew(threads), reserve_days=float(b.reserve_max), spread=self.scenario.spread
        )
        self.facts = facts = facts_of(land, self.scenario.spread)
        self.weight = land.weight
        n = history.N_REGIONS
        self.mood = Mood.founded(land, keys(seed, 0))
        self.expectations = Expectations.founded(n)
        self.economy = Economy(b)
        self.settlements, self.camps = Settlements(b), Camps(b)
        self.towns = Towns(
            grown_since_census(facts.urban_pop), facts.industrial_weight, b, living_space=facts.living_space
        )
        self.market = Market(self.towns.people)
        self.state = State(self, n, facts.sown_grain * facts.mean_yield)
        self.regions = [Region(self, row, name) for row, name in enumerate(history.REGION_IDS)]
        self.town_agents = [Town(self, row, name) for row, name in enumerate(history.REGION_IDS)]
        self.month = Month(1927, 6)
        self.running = True
        self.sky = np.ones(n)  # until July
        self.most_of_the_dead = 0.0  # counted every December
        self.cattle_of_june, self.cattle_left = np.ones(n), np.ones(n)  # of 1928; now, relative to it
        membership.count(land)
        self.opening = self.stocks = self._stocks()
        self.draught_1927 = draught.power(self.stocks, self._tractors(self.stocks)) / facts.sown_grain
        self.page = dict(self.opening)  # what is read of this month; the next begins an empty one

    def household(self, row: int) -> Peasant:
        """Look at one household as a Peasant or a Kulak agent."""
        return household(self, self.land, row)

    def readings(self) -> dict[str, Any]:
        """What was measured of the month last lived, in real-world units: arrays [regions] or numbers of the Union."""
        counted = self.page | survey.flows(self.land)
        for event in ("births", "deaths", "excess_deaths"):
            counted[event] = counted[f"urban_{event}"] + counted[f"rural_{event}"]
        return counted

    def distributions(self) -> dict[str, NDArray[np.float64]]:
        """How hunger and possessions are spread over people and households, as the month last lived left them."""
        return take(self.land, self.month)

    def step(self) -> None:
        """Live through one month, in the order in which it happened."""
        self.month = month = self.month.next()
        policy = self.scenario.at(month)
        luck = keys(self.seed, month.index)
        self.page = {}
        self.land.turn_page()
        self.state.open_month()
        if month.of_agricultural_year == 0:
            self._open_year(policy, luck)
        self._work_the_fields(policy, month.of_agricultural_year)
        self._move_the_grain(policy, month.of_agricultural_year)
        self._tend_the_herds(policy, month)
        self._set_the_table(policy, month.of_agricultural_year)
        people.die_and_bear(self.land, self.behaviour, luck, hunger_kills=self.scenario.mechanisms.hunger_kills)
        self._join_and_resist(policy, luck, month)
        newcomers = self._leave_for_towns(policy, luck)
        self._live_in_towns(policy, newcomers)
        self.state.settle()
        self._read_reports(policy, month)
        self.running = month < self.scenario.end

    # ---------------------------------------------------------------- the year opens

    def _open_year(self, policy: Any, luck: Keys) -> None:
        """July: the sky of the year is known, villages draw their luck, the State sets its plan."""
        self.sky = sky_of(self.month.year, self.scenario.weather_mode, self.seed, self.facts.yield_cv)
        fields.open_year(self.land, self.behaviour, luck)
        self.expectations.open_year()
        if self.scenario.mechanisms.procurement:
            self.state.set_plan(self.land, self.facts, policy, self.behaviour, self.sky)

    # ---------------------------------------------------------------- fields

    def _tractors(self, stocks: dict[str, Regions]) -> Regions:
        """Tractors by region: where machine stations serve kolkhoz land [regions, count]."""
        served = stocks["collectivised_share"] * self.facts.sown_grain
        coverage = np.asarray(self.scenario.at(max(self.month, START)).industry.mts_coverage)
        return self.economy.allocate_tractors(coverage * served, self.facts.sown_grain)

    def _draught(self) -> Regions:
        """Draught power for a hectare of 1927, relative to that of 1927 [regions, ratio]."""
        stocks = self.stocks  # no animal has been born, taken or slaughtered since they were counted
        return draught.power(stocks, self._tractors(stocks)) / self.facts.sown_grain / self.draught_1927

    def _work_the_fields(self, policy: Any, of_year: int) -> None:
        """Harvest in July-September; sow winter grain in September, spring grain in April."""
        b, facts, land = self.behaviour, self.facts, self.land
        if of_year in seasons.HARVEST:
            usual = facts.mean_yield * 1000.0 * float(b.yield_level) * self.sky
            work = np.array([timeliness(draught, b.draught_elasticity) for draught in self._draught()])
            careful = self.scenario.mechanisms.fields_effort
            care = self.expectations.care(b) if careful else np.ones(history.N_REGIONS)
            alone = 1.0 - 0.5 * policy.procurement.compulsion * (1.0 - care)
            fields.harvest(
                land, b, share=facts.harvest_share[of_year],
                alone_yield=usual * work * alone, kolkhoz_yield=usual * work * care,
            )  # fmt: skip
            self.expectations.year_harvest_kg += land.flow("harvest") * self.weight
        if of_year in {seasons.AUTUMN_SOWING, seasons.SPRING_SOWING}:
            spring = of_year == seasons.SPRING_SOWING
            pull = self._draught()
            lent = self.state.lend_seed(land, facts, policy) if spring else np.zeros(history.N_REGIONS)
            if policy.collectivisation.kulaks_barred > 0.5:  # the laws against kulaks ended hiring, for good
                land.homes.hired[:] = 0
            fields.sow(land, facts, b, autumn=not spring, draught=pull, loan_share=lent)
            self.state.book.seed_loans = float((land.flow("seed_loan") * self.weight / 1000.0).sum())

    # ---------------------------------------------------------------- grain

    def _move_the_grain(self, policy: Any, of_year: int) -> None:
        """Grain is concealed, sold, delivered, searched for; kolkhozy pay labour-days with the rest."""
        b, land, works = self.behaviour, self.land, self.scenario.mechanisms
        harvesting = of_year in seasons.HARVEST
        if works.concealment and of_year < 6:
            barns.conceal(land, policy, b, self.expectations.take, in_harvest=harvesting)
        if works.procurement:
            self._procure(policy, of_year)
        barns.pay_trudodni(
            land,
            b,
            self.facts,
            share=float(b.advance) if of_year < 5 else (1.0 if of_year == 8 else float(b.payout)),
            # advances come out of what was threshed this month, before seed is laid by
            seed_ahead=0.0 if harvesting else seasons.seed_ahead(of_year),
            fodder_months=0.0 if harvesting else max(0.0, 10.0 - of_year),
        )

    def _procure(self, policy: Any, of_year: int) -> None:
        """The State buys, demands and searches; what was due is measured, and others pay for those behind."""
        b, land, state, orders = self.behaviour, self.land, self.state, policy.procurement
        searches, priced = self.scenario.mechanisms.search, self.scenario.mechanisms.nep_market
        state.cut_plan(policy)
        if of_year in {3, 6}:
            state.write_off(policy, seasons.due_before(of_year))
        offer = 1.0 if priced else market.offer_by_habit(float(orders.price_ratio))  # prices are in the orders already
        reachable = barns.procure(
            land, policy, b, self.facts,
            quota=barns.plan_per_hectare(land, b, state.plan_kg), calendar=planning.DUE[of_year],
            seed_ahead=seasons.seed_ahead(of_year), months_to_harvest=12.0 - of_year,
            search=np.asarray(orders.search) * searches, asked=state.asked_over_plan(),
            extra=state.gap_per_reachable * (3 <= of_year < 8),
            mts_share=orders.mts_payment * np.asarray(policy.industry.mts_coverage),
            purchase=orders.purchases if of_year == 6 else 0.0,
            season=market.OFFER_SEASON[of_year] * offer * state.still_buying(),
        )[1]  # fmt: skip
        taken = land.flow("procured") * self.weight
        self.expectations.year_taken_kg += taken
        state.take_in(taken, reachable * self.weight, planning.DUE[of_year], policy)

    def _tend_the_herds(self, policy: Any, month: Month) -> None:
        """Animals are born, fed, slaughtered, taken."""
        herds.live(self.land, policy, self.behaviour, self.facts, self.mood, month, self.scenario.mechanisms)

    # ---------------------------------------------------------------- food

    def _set_the_table(self, policy: Any, of_year: int) -> None:
        """Neighbours share, the market and the State answer, the State spends its grain, everybody eats."""
        b, works, land, state = self.behaviour, self.scenario.mechanisms, self.land, self.state
        free = works.nep_market * (1.0 - state.force(policy))  # where the State takes by force a price tells nothing
        freedom = 1.0 - 0.7 * state.force(policy)  # a banned market is a smaller one
        laid = table.laid(self.facts, policy, b, of_year, self.sky, self.market.eased(free))
        rations = np.asarray(policy.relief.rural_rations) / 12.0
        rural_need = float(rations @ (land.by_region(land.villages.people) * land.person_weight)) / 1000.0
        held = self.settlements.stock * policy.towns.camp_ration + self.camps.stock * policy.towns.prisoner_ration
        for_towns = state.budget(policy, of_year, float(self.towns.grain_wanted_t(policy).sum()), rural_need, held)
        sale = min(0.6, float(b.market_sale) * self.market.price_felt(free)) * freedom * self.market.unglutted()
        market_kg = float(b.market_kg) * freedom
        asked = kitchen.share_and_ask(
            land, b if works.sharing else b._replace(sharing=np.float32(0.0)), laid,
            sale=np.full(history.N_REGIONS, sale), market_kg=market_kg, ration_kg=rations * state.rural_fill,
        )  # fmt: skip
        fill = self.market.open(land.flow("to_market") * self.weight, asked.market_demand * self.weight)
        given = state.relief(policy, asked.relief_need * self.weight / 1000.0)
        kitchen.eat(land, b, laid, asked, market_kg=market_kg, market_fill=fill, relief_fill=given)
        self.market.take(land.flow("from_market") * self.weight)
        state.book.relief = float(land.flow("relief") @ self.weight) / 1000.0
        state.book.rural_rations = float(land.flow("ration") @ self.weight) / 1000.0
        self._feed_towns(policy, for_towns, freedom)

    def _feed_towns(self, policy: Any, state_grain_t: float, freedom: float) -> None:
        """Towns eat what the State issues and what peasants bring to market."""
        wanted = market.wanted_by_towns(self.towns, policy, state_grain_t) * freedom
        self.page["grain_sold"], bought = self.market.sell_to_towns(wanted)
        hunger = table.hunger(self.land)
        self.state.hunger_reports.append(hunger)
        fed = self.towns.feed(
            policy, state_grain_t, bought,
            herds=self.cattle_left, village_hunger=hunger, rationing=self.scenario.mechanisms.town_rations,
        )  # fmt: skip
        self.state.book.towns = fed.grain_to_towns

    # ---------------------------------------------------------------- village politics

    def _join_and_resist(self, policy: Any, luck: Keys, month: Month) -> None:
        """Households join or leave; villages rise; the State retreats before them; officials exile."""
        land, b, mood, works = self.land, self.behaviour, self.mood, self.scenario.mechanisms
        if works.unrest_and_retreat:
            unrest.retreat(mood, mood.disturbances, policy)
        if works.collectivisation:
            membership.join_or_leave(land, policy, b, mood, luck, month, settling=works.nomad_settling)
        if works.unrest_and_retreat:
            share = self.state.plan_kg / np.maximum(self.state.believed_kg, 1.0)
            haste = min(1.0, 4.0 * seasons.due_in(month.of_agricultural_year))  # grain is pressed for in autumn most
            pressure = np.minimum(1.0, share / 0.35) * policy.procurement.compulsion * haste
            unrest.stir(land, policy, b, mood, luck, month, pressure)
        if works.dekulakisation:
            dekulakisation.dekulakise(land, policy, b, mood, luck, month)

    def _leave_for_towns(self, policy: Any, luck: Keys) -> float:
        """Towns call, villagers leave and come home; returns those who took up work in towns [persons]."""
        land, leaving = self.land, self.scenario.mechanisms.leaving
        rates = self.towns.offer_work(
            policy, self.economy.jobs_wanted(policy), roads.villagers(land, self.behaviour), self.mood.fear,
            table.living(land), leaving=leaving,
        )  # fmt: skip
        if leaving:
            roads.leave(land, rates, self.behaviour, luck)
        work, family, back = (land.flow(name) * land.person_weight for name in ("left_work", "left_family", "returned"))
        self.page["net_rural_urban_migration"] = work + family - back
        self.page["urban_net_arrivals"] = self.towns.receive(work, family, back)
        return float(work.sum() + float(self.behaviour.family_hands) * family.sum())

    def _live_in_towns(self, policy: Any, newcomers: float) -> None:
        """Towns, settlements, camps and industry live through their month."""
        works, camps, towns, land = self.scenario.mechanisms, policy.camps, self.towns, self.land
        life = towns.live(policy, hunger_kills=works.hunger_kills)
        exiled, arrested = (float(land.flow(name) @ land.person_weight) for name in ("exiled", "arrested"))
        others = camps.settler_arrivals_other * 1000.0 if works.dekulakisation else 0.0
        settled = self.settlements.advance(exiled + others, policy.towns.camp_ration, camps.settlers_released)
        held = self.camps.advance(arrested + camps.other_arrivals * 1000.0, policy.towns.prisoner_ration)
        back = towns.exchange(settled.fled + settled.released + held.releases, camps.other_arrivals * 1000.0)
        industry = self.economy.advance(
            policy, grain_exported_t=self.state.book.net_exports, jobs_filled=float(towns.workers.sum()),
            newcomers=newcomers, prisoners=self.camps.stock, settlers=self.settlements.stock, mechanisms=works,
            fed=float(towns.supply @ towns.workers / towns.workers.sum()),
        )  # fmt: skip
        self.page |= bulletin.of_towns(towns, life) | bulletin.of_exile(settled, held) | bulletin.of_industry(industry)
        self.page["urban_from_exile"] = back

    # ---------------------------------------------------------------- what is known of it

    def _read_reports(self, policy: Any, month: Month) -> None:
        """Moscow reads what it is told; peasants draw their own conclusions in June."""
        orders, year_ends = policy.procurement, month.of_agricultural_year == seasons.LAST
        honest = not self.scenario.mechanisms.officials_beliefs
        harvest = self.land.flow("harvest") * self.weight / 1000.0
        reports = [region.report(harvest[region.row], orders.optimism, honest=honest) for region in self.regions]
        self.expectations.conclude(self.behaviour, orders.fixed_norms, year_ends=year_ends)
        if year_ends:
            self.state.close_year()
        self.stocks = self._stocks()
        self.page |= self.stocks | bulletin.of_state_grain(self.state.book)
        self.page["reported_harvest"] = np.array(reports)
        self.page["procurement_plan"] = self.state.plan_kg / 1000.0 * seasons.due_in(month.of_agricultural_year)
        self.page["persons_returned"] = np.zeros(history.N_REGIONS)
        self.page["retreat"] = float(self.mood.retreat)
        if month.month == 12:
            self.most_of_the_dead = most_of_the_dead(self.land)
        self.page["most_of_the_dead"] = self.most_of_the_dead
        if year_ends:  # cattle are compared from June to June
            self.cattle_of_june = self.page["cattle"] if month.year == 1928 else self.cattle_of_june
            self.cattle_left = np.minimum(1.2, self.page["cattle"] / self.cattle_of_june)

    def _stocks(self) -> dict[str, Any]:
        """Count all stocks at this moment."""
        stocks: dict[str, Any] = dict(survey.stocks(self.land))
        stocks["tractors"] = self._tractors(stocks)
        stocks["grain_market"] = self.market.kg / 1000.0
        stocks["urban_population"] = self.towns.people.copy()
        stocks["total_population"] = stocks["rural_population"] + stocks["urban_population"]
        stocks["living_space_per_head"] = self.towns.living_space_per_head
        stocks["grain_state"] = self.state.stock_t
        stocks["special_settlers"] = float(self.settlements.stock)
        stocks["prisoners"] = float(self.camps.stock)
        return stocks
