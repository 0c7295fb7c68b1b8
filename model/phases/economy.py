"""The economy of the whole country in one month: trade, machines, capital, output, tractors and jobs.

Called once a month by the country, after grain has been shipped and jobs have been filled; one number for the
whole Union in every case, so plain Python. Tractors are then shared out among the regions.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.policy.behaviour import Behaviour
from model.policy.mechanisms import Mechanisms
from model.policy.month import MonthPolicy
from model.rules import industry, trade

MILLION = 1e6
YEARS_BEFORE_MID_1928 = 1.0 - 1.0 / 24.0  # from the middle of July 1927 to the end of June 1928


class EconomyReport(NamedTuple):
    """What the economy did in a month; flows of the month, stocks at its end."""

    machinery_imports: float  # gold roubles
    imports: float  # gold roubles
    exports: float  # gold roubles
    credit: float  # gold roubles, net; negative = repaid
    debt: float  # gold roubles
    output_index: float  # 1928 = 100
    capital_index: float  # 1928 = 100
    skill: float  # mean skill of those at work, 1 = experienced
    machine_shortage: float  # share of the machines needed
    tractors_made: float  # count
    tractors_imported: float  # count
    tractors_total: float  # count
    forced_labour_exports: float  # gold roubles
    jobs_wanted: float  # persons


class Economy:
    """Capital, skill, foreign debt, machines under way and tractors of the whole country."""

    def __init__(self, behaviour: Behaviour, *, tractors: float = 24_000.0, investment: float = 0.85) -> None:
        """Found the economy of July 1927.

        behaviour    constants of the scenario
        tractors     tractors in farming [count]; 24.5 thousand at the end of 1927 (`tractors_stock`)
        investment   yearly rate of the year before [1928 = 1]; sets unfinished building and machines under way
        """
        known: Any = Behaviour(*map(float, behaviour))  # double precision: stocks are sums over 150 months
        self.behaviour = known
        self.capital = known.capital_start  # years of 1928 investment
        self.begun = investment * known.construction_time / 12.0  # years of 1928 investment, not yet in use
        self.skill = known.skill_1928
        self.machinery = known.machinery_need * investment  # arriving, million gold roubles a year
        self.debt = known.debt_start * MILLION  # gold roubles
        self.tractors = tractors
        self.months = 0

    @property
    def capital_ratio(self) -> float:
        """Capital, 1928 = 1."""
        return self.capital / self.behaviour.capital_1928

    def jobs_wanted(self, policy: MonthPolicy) -> float:
        """Jobs outside farming that works, offices and building sites want to fill now [persons]."""
        known = self.behaviour
        return industry.jobs_wanted(
            policy.industry.investment,
            self.capital_ratio,
            policy.industry.real_wage,
            known.jobs_1928 * MILLION,
            (known.jobs_to_investment, known.jobs_to_capital, known.jobs_to_wage),
        )

    def advance(
        self,
        policy: MonthPolicy,
        *,
        grain_exported_t: float,
        jobs_filled: float,
        newcomers: float,
        prisoners: float,
        settlers: float,
        mechanisms: Mechanisms,
        fed: float = 1.0,
    ) -> EconomyReport:
        """Live through one month.

        grain_exported_t    grain shipped abroad this month, less what was bought there [t]
        jobs_filled         people in jobs outside farming [persons]
        newcomers           villagers who took such a job this month [persons]
        prisoners           people in camps [persons]
        settlers            people in special settlements [persons]
        mechanisms          without `trade_and_machines` nothing is sold, borrowed or bought abroad
        fed                 part of their need that workers eat, ration and market together [share]
        """
        abroad = self._trade(policy, grain_exported_t, settlers, open_trade=mechanisms.trade_and_machines)
        shortage = self._build(policy, prisoners)
        output = self._produce(jobs_filled, newcomers, prisoners, settlers, fed)
        made, imported = self._add_tractors(policy, output, abroad.machinery)
        self.months += 1
        return EconomyReport(
            machinery_imports=abroad.machinery,
            imports=abroad.imports,
            exports=abroad.exports,
            credit=abroad.credit,
            debt=self.debt,
            output_index=output,
            capital_index=100.0 * self.capital_ratio,
            skill=self.skill,
            machine_shortage=shortage,
            tractors_made=made,
            tractors_imported=imported,
            tractors_total=self.tractors,
            forced_labour_exports=abroad.forced,
            jobs_wanted=self.jobs_wanted(policy),
        )

    def allocate_tractors(
        self, weights: NDArray[np.float64], otherwise: NDArray[np.float64] | None = None
    ) -> NDArray[np.float64]:
        """Share the tractors out among the regions.

        weights     area to be served, MTS coverage x kolkhoz area [regions]
        otherwise   weights as long as there is nothing to serve, such as sown area [regions]; equal if left out

        Returns tractors [regions], whose sum is the stock.
        """
        total = float(weights.sum())
        if total > 0.0:
            return self.tractors * weights / total
        if otherwise is not None and float(otherwise.sum()) > 0.0:
            return self.tractors * otherwise / float(otherwise.sum())
        return np.full(weights.shape, self.tractors / weights.size)

    def _trade(self, policy: MonthPolicy, grain_t: float, settlers: float, *, open_trade: bool) -> _Abroad:
        """Sell, borrow and buy; writes `debt` and `machinery`."""
        known, orders = self.behaviour, policy.trade
        forced = trade.forced_labour_exports(settlers, known.settler_export_earnings) if open_trade else 0.0
        exports = credit = 0.0
        if open_trade:
            other = orders.other_exports * MILLION / 12.0
            exports = trade.export_earnings(grain_t, orders.grain_price, other, forced)
            credit = trade.credit_granted(orders.credit * MILLION / 12.0, self.debt, known.debt_ceiling * MILLION)
            credit = max(credit, -exports)  # a month's repayment cannot be more than its earnings
        imports = exports + credit
        gold = orders.gold_sales * MILLION / 12.0
        self.debt = trade.debt_after(self.debt, credit, gold, known.debt_interest)
        bought = trade.machinery_bought(imports, orders.machinery_share)
        self.machinery = trade.machinery_delivered(
            self.machinery, 12.0 * bought / MILLION, known.machinery_delivery_time
        )
        return _Abroad(exports, forced, credit, imports, bought)

    def _build(self, policy: MonthPolicy, prisoners: float) -> float:
        """Turn investment into capital; writes `begun` and `capital`; returns the shortage of machines [share]."""
        known = self.behaviour
        investment = policy.industry.investment
        imported_share = industry.imported_machine_share(
            self.capital_ratio, known.machine_industry_half, known.machine_industry_steepness
        )
        shortage = industry.machine_shortage(imported_share, self.machinery, known.machinery_need * investment)
        works = known.prisoner_works * prisoners / MILLION
        formation = industry.capital_formation(investment, shortage, known.equipment_share, works)
        finished = industry.finished_in_month(self.begun, known.construction_time)
        self.begun += formation / 12.0 - finished
        self.capital = industry.capital_after(self.capital, finished, known.capital_depreciation)
        return shortage

    def _produce(self, jobs_filled: float, newcomers: float, prisoners: float, settlers: float, fed: float) -> float:
        """Make the month's output; writes `skill`; returns the index [1928 = 100]."""
        known = self.behaviour
        newcomers_share = newcomers / jobs_filled if jobs_filled > 0.0 else 0.0
        self.skill = industry.skill_after(self.skill, newcomers_share, known.learning_time, known.newcomer_skill)
        hands = industry.effective_labour(jobs_filled, prisoners, settlers, known.prisoner_labour, known.settler_labour)
        effort = industry.fed_effort(fed, known.hunger_effort_loss)
        labour_ratio = hands / (known.labour_1928 * MILLION) * self.skill / known.skill_1928 * effort
        return industry.output_index(
            self.capital_ratio,
            labour_ratio,
            known.capital_share,
            known.productivity_growth,
            self.months / 12.0 - YEARS_BEFORE_MID_1928,
        )

    def _add_tractors(self, policy: MonthPolicy, output: float, machinery: float) -> tuple[float, float]:
        """Make, buy and scrap tractors; writes `tractors`; returns those made and those imported."""
        known, orders = self.behaviour, policy.industry
        made = industry.tractors_made(output, orders.tractor_output_share)
        imported = trade.tractors_bought(
            1_000.0 * orders.tractor_imports / 12.0, machinery, known.tractor_import_price, known.tractor_currency_share
        )
        self.tractors = industry.tractors_after(
            self.tractors, made + imported, known.tractor_delivered_share, known.tractor_wear
        )
        return made, imported


class _Abroad(NamedTuple):
    """A month's trade [gold roubles]."""

    exports: float
    forced: float
    credit: float
    imports: float
    machinery: float
