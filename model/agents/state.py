"""The State: it believes reports, sets plans, takes grain, spends it, and reacts. A Mesa agent.

It never sees a barn. It knows what regions report, what was delivered, what lies in its own stores.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np
from numpy.typing import NDArray

from model.phases.fields import WINTER_SHARE
from model.rules import planning

if TYPE_CHECKING:
    from model.columns import Countryside
    from model.founding import RegionFacts
    from model.policy.behaviour import Behaviour

Regions = NDArray[np.float64]

OPENING_STOCK_T = 1.2e6
"""Grain of the State on 1 July 1927 [t]. Source: assumption (known stocks of 1929-33 lie near 1.4-2.3 Mt)."""
CARRIED_OVER_T = 1.5e6
"""Grain that planners want to carry into the next harvest [t]. Source: `grain_stocks_state`."""
EXPORT_SEASON = (0.07, 0.15, 0.20, 0.20, 0.15, 0.10, 0.04, 0.03, 0.02, 0.02, 0.01, 0.01)
"""Part of the year's exports shipped in each month, July to June. Source: `grain_export` beside `grain_export_agyear`
(seven eighths by December in 1930-33); assumption for single months."""
STORE_LOSS = 0.004
"""Grain of the State lost a month in stores [share]. Source: `grain_use_state_losses`."""
INTAKE_LOSS = 0.03
"""Grain lost between collecting point and store [share]. Source: `grain_use_state_losses`, 0.5-0.9 Mt a year."""
SETTLER_KG = 14.0
"""Grain of one settler or prisoner a month at full norm [kg]. Source: `settler_flour_norm`."""


@dataclass
class GrainBook:
    """What the State did with its grain this month [t]; arrays are [regions]."""

    procured: float = 0.0
    exported: float = 0.0
    imported: float = 0.0
    towns: Regions = field(default_factory=lambda: np.zeros(18))
    army: float = 0.0
    industry: float = 0.0
    transport: float = 0.0
    state_farms: float = 0.0
    camps: float = 0.0
    relief: float = 0.0
    seed_loans: float = 0.0
    rural_rations: float = 0.0
    unnamed: float = 0.0
    lost: float = 0.0

    @property
    def net_exports(self) -> float:
        """Grain sold abroad less what was bought there [t]."""
        return self.exported - self.imported


class State(mesa.Agent):
    """Moscow: plans, beliefs, stores."""

    def __init__(self, model: mesa.Model, regions: int, first_shares: Regions) -> None:
        """Found the State of July 1927 with its stores and last year's split of the plan [regions, share]."""
        super().__init__(model)
        self.stock_t = OPENING_STOCK_T
        self.last_share = first_shares / first_shares.sum()
        self.believed_kg = np.zeros(regions)
        self.plan_kg = np.zeros(regions)
        self.asked_kg = np.zeros(regions)  # the plan as it was in July
        self.delivered_kg = np.zeros(regions)
        self.gap_per_reachable = np.zeros(regions)
        self.hunger_reports: deque[Regions] = deque(maxlen=25)
        self.book = GrainBook()
        self.promised_t = 0.0
        self.rural_fill = 1.0

    def open_month(self) -> None:
        """Begin a new page of the grain book."""
        self.book = GrainBook()
        self.promised_t = 0.0

    def set_plan(self, land: Countryside, facts: RegionFacts, policy: Any, behaviour: Behaviour, sky: Regions) -> None:
        """In July, decide what each region owes, from the harvest that is believed.

        sky   yield of the weather relative to usual [regions, ratio]
        """
        orders = policy.procurement
        beliefs = self.model.scenario.mechanisms.officials_beliefs
        area = area_sown(land) * land.weight
        self.believed_kg = planning.believed_harvest(
            area,
            facts.mean_yield * 1000.0 * float(behaviour.yield_level),
            sky,
            seen=orders.weather_seen if beliefs else 1.0,
            optimism=orders.optimism if beliefs else 0.0,
            norms=orders.fixed_norms,
        )
        farmers = land.by_region(np.where(land.villages.nomad == 1, 0.0, land.villages.people)) * land.person_weight
        share = planning.share_of_plan(
            self.believed_kg,
            area * facts.seed_rate,
            farmers,
            self.last_share,
            norm_left_kg=float(behaviour.norm_left) * 1000.0,
            progressivity=orders.progressivity,
            flexibility=orders.flexibility,
        )
        bought = 1.0 - self.force(policy)  # what is bought, not demanded, is bought for need: full stores lower it
        spare_kg = bought * 1000.0 * max(0.0, self.stock_t - CARRIED_OVER_T)
        self.plan_kg = max(0.0, orders.rate * self.believed_kg.sum() - spare_kg) * share
        self.asked_kg = self.plan_kg.copy()
        self.delivered_kg = np.zeros_like(self.plan_kg)
        self.gap_per_reachable = np.zeros_like(self.plan_kg)

    def force(self, policy: Any) -> float:
        """How far grain is demanded, not bought [share]; nothing where nothing is procured."""
        return float(policy.procurement.compulsion) if self.model.scenario.mechanisms.procurement else 0.0

    def still_buying(self) -> float:
        """What the State still takes of the grain offered to it: less from four fifths of its plan on [share]."""
        plan = max(float(self.plan_kg.sum()), 1.0)
        return min(1.0, max(0.0, 4.0 * (1.05 - float(self.delivered_kg.sum()) / plan)))

    def cut_plan(self, policy: Any) -> None:
        """Strike off the part of the year's plan that an order of this month cancels."""
        self.plan_kg = self.plan_kg * (1.0 - np.asarray(policy.procurement.plan_cut))

    def asked_over_plan(self) -> Regions:
        """What villages were asked for in July over what is left of the plan; cuts reach them late [regions, ratio]."""
        return self.asked_kg / np.maximum(self.plan_kg, 1.0)

    def write_off(self, policy: Any, due: float) -> None:
        """Cut plans where deliveries lag: write off a share of what is missing of what fell due."""
        missing = np.maximum(0.0, self.plan_kg * due - self.delivered_kg)
        self.plan_kg = self.plan_kg - policy.procurement.shortfall_written_off * missing

    def take_in(self, procured_kg: Regions, reachable_kg: Regions, due: float, policy: Any) -> None:
        """Receive the month's grain; where a region is behind, others of its villages get a counter-plan.

        procured_kg    taken this month, real [regions, kg]
        reachable_kg   what collectors could still reach, real [regions, kg]
        due            part of the plan due by now [share]
        """
        self.delivered_kg = self.delivered_kg + procured_kg
        self.book.procured = float(procured_kg.sum()) / 1000.0
        self.stock_t += self.book.procured
        missing = np.maximum(0.0, self.plan_kg * due - self.delivered_kg)
        self.gap_per_reachable = policy.procurement.counter_plan * np.minimum(
            1.0, missing / np.maximum(reachable_kg, 1.0)
        )

    def close_year(self) -> None:
        """In June, remember how the year's grain was split over the regions."""
        total = self.delivered_kg.sum()
        if total > 0.0:
            self.last_share = self.delivered_kg / total

    def relief_rate(self, policy: Any) -> Regions:
        """Part of what the hungry lack that the State is ready to give, by reports that are months old [regions]."""
        delay = round(policy.relief.delay)
        if len(self.hunger_reports) <= delay:
            return np.zeros_like(self.plan_kg)
        reported = self.hunger_reports[-1 - delay]
        return np.asarray(policy.relief.share * (reported > policy.relief.threshold))

    def relief(self, policy: Any, lacking_t: Regions) -> Regions:
        """Part of what the wasted lack that is given, as far as stores go [regions]; `lacking_t` [regions, t]."""
        given = self.relief_rate(policy)
        return given * min(1.0, 0.7 * self.spendable_t(policy) / max(float(given @ lacking_t), 1.0))

    def lend_seed(self, land: Countryside, facts: RegionFacts, policy: Any) -> Regions:
        """Part of the spring seed of kolkhozy that the State can and will lend [regions, share]."""
        villages = land.villages
        inside = villages.members / np.maximum(villages.present, 1.0)
        wanted = villages.land_ha * inside * (1.0 - WINTER_SHARE) * facts.seed_rate[villages.region]
        asked = float(np.asarray(policy.relief.seed_loans) @ (land.by_region(wanted) * land.weight)) / 1000.0
        able = min(1.0, 0.6 * self.spendable_t(policy) / max(asked, 1.0))
        return np.asarray(policy.relief.seed_loans) * able

    def spendable_t(self, policy: Any) -> float:
        """Grain above the reserve that is never touched, and not yet lent or promised this month [t]."""
        free = self.stock_t - self.book.seed_loans - self.promised_t
        return max(0.0, free - float(policy.relief.reserve_kept) * 1e6)

    def budget(self, policy: Any, month_of_year: int, town_need_t: float, rural_need_t: float, held: float) -> float:
        """Ship the month's exports and serve all uses but towns; return the grain that towns may have [t].

        month_of_year   0 = July
        town_need_t     what towns are promised this month [t]
        rural_need_t    what deficit villages are promised this month [t]
        held            settlers and prisoners to be fed, by their norm [persons]

        The State believes in its plan: deliveries not yet made are spent in advance.
        """
        towns, book = policy.towns, self.book
        camps = held * SETTLER_KG / 1000.0
        fixed = 1e6 / 12 * (
            towns.army_grain + towns.industry_grain + towns.transport_grain + towns.state_farm_grain
        )  # fmt: skip
        months_left = 12 - month_of_year + 2
        trade = self.model.scenario.mechanisms.trade_and_machines
        exports_left = policy.trade.grain_exports * 1e6 * sum(EXPORT_SEASON[month_of_year:]) if trade else 0.0
        monthly = fixed + camps + town_need_t + rural_need_t
        due = planning.DUE[month_of_year] if month_of_year < 8 else 1.0
        # what is ordered is believed; what is only bought is expected as far as it came in so far
        so_far = min(1.0, float(self.delivered_kg.sum()) / max(due * float(self.plan_kg.sum()), 1.0))
        belief = policy.procurement.compulsion + (1.0 - policy.procurement.compulsion) * so_far
        expected = belief * float(self.plan_kg.sum()) * 1e-3 * (1.0 - due) if month_of_year < 8 else 0.0
        july_grain = 0.15 * float(self.plan_kg.sum()) * 1e-3  # of the next harvest, in July and August
        at_home = monthly * months_left
        if trade:
            lacking = max(0.0, at_home + CARRIED_OVER_T - self.stock_t - expected - july_grain)
            book.imported = min(lacking / months_left, policy.trade.grain_imports * 1e6 / 12.0)
            self.stock_t += book.imported
        means = self.stock_t, expected + july_grain, CARRIED_OVER_T
        share = planning.spare(*means, at_home + exports_left)
        room = max(0.0, self.stock_t - self.book.seed_loans)
        wish = policy.trade.grain_exports * 1e6 * EXPORT_SEASON[month_of_year] * (1.0 if trade else 0.0)
        first = policy.trade.exports_first
        shipped = first * min(1.0, max(0.0, 2.0 * share - 0.8)) + (1.0 - first) * planning.left_over(
            *means, at_home, exports_left
        )
        book.exported = min(wish * shipped, 0.7 * room)
        room -= book.exported
        scale = min(1.0, share) if monthly > 0.0 else 0.0
        served = min(scale, 0.95 * room / max(monthly, 1.0))
        book.army = served * towns.army_grain * 1e6 / 12
        book.industry = served * towns.industry_grain * 1e6 / 12
        book.transport = served * towns.transport_grain * 1e6 / 12
        book.state_farms = served * towns.state_farm_grain * 1e6 / 12
        book.camps = served * camps
        unnamed = towns.unnamed_grain * 1e6 / 12
        left = planning.left_over(*means, at_home + exports_left, unnamed * months_left)
        book.unnamed = min(unnamed * left, 0.7 * (room - served * monthly))  # what no source names comes last
        self.rural_fill = served
        self.promised_t = book.exported + served * monthly + book.unnamed
        return float(served * town_need_t)

    def settle(self) -> None:
        """Close the month's book: what was spent leaves the stores, and some is lost in them."""
        book = self.book
        spent = (
            book.exported + float(book.towns.sum()) + book.army + book.industry + book.transport + book.state_farms
            + book.camps + book.unnamed + book.relief + book.seed_loans + book.rural_rations
        )  # fmt: skip
        self.stock_t -= spent
        left = max(0.0, self.stock_t)
        book.lost = min(left, STORE_LOSS * left + INTAKE_LOSS * book.procured)
        self.stock_t -= book.lost


def area_sown(land: Countryside) -> Regions:
    """Land under grain, own fields and kolkhoz fields, unweighted [regions, ha]."""
    own = np.add.reduceat(land.homes.sown_ha, land.first[:-1], dtype=np.float64)
    return land.by_region(own) + land.by_region(land.villages.kolkhoz_sown_ha)
