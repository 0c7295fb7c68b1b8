"""What is on the table, household by household (`model/phases/kitchen.py`)."""

from __future__ import annotations

from typing import Any

from benchmarks.plain.uncompiled import uncompiled

food = uncompiled("model.rules.food")
body = uncompiled("model.rules.body")
phase = uncompiled("model.phases.kitchen")


class Home:
    """What a household eats, gives away and lacks."""

    def mouths(self: Any) -> int:
        """Persons at table [persons]."""
        return int(self.small + self.children + self.adults + self.elderly)

    def help_itself(self: Any, stock: float, pay: float, seed: float, table: Any, b: Any) -> tuple[float, float]:
        """Grain of its own that it puts on the table, and what it has above bare need [kg]."""
        desire = 1.0 + (b.desire - 1.0) * table.eased
        expected = pay * self.at_table if self.months_in else 0.0
        return phase._help_oneself(  # type: ignore[no-any-return]  # noqa: SLF001
            stock, expected, seed, self.need_kcal, self.other_kcal, table.months_to_harvest, table.is_harvest, desire,
            b.carry_months, b.bare_share,
        )  # fmt: skip

    def lay_table(self: Any, village: Any, table: Any, meat: float, b: Any) -> None:
        """Reckon all food beside grain [kcal/day]."""
        region, mouths, wild = village.region, self.at_table, table.wild[village.region]
        if not village.nomad:
            plot = table.member_plot if self.months_in else 1.0
            garden = food.garden_kcal(table.potatoes[region], table.weather[region], plot, self.garden)
            self.other_kcal = (garden + wild + meat) * mouths + food.milk_kcal(self.cattle) * table.milk
            return
        need, share = self.need_kcal, 1.0 / max(village.members, 1) if self.months_in else 0.0
        herds = food.herd_food(
            need, self.horses + share * village.horses, self.cattle + share * village.cattle,
            self.sheep_goats + share * village.sheep_goats, table.usual_horses[region], table.usual_cattle[region],
            table.usual_sheep_goats[region], b.herd_plenty,
        )  # fmt: skip
        self.other_kcal = max(herds, table.settled_floor * need) + wild * mouths

    def share_out(self: Any, give: float, get: float, keep_months: float, offered: float) -> float:
        """Neighbours give and get, and the rest goes to market; returns what was sold [kg]."""
        keep = self.seed_kg + (0.012 * self.need_kcal + self.beasts_kg()) * keep_months
        gift = give * self.spare_kg
        of_barn = min(gift, self.barn_kg)
        left = self.barn_kg - of_barn + get * self.lacking_kg
        sold = min(left, offered * max(0.0, self.stock_kg - gift - keep))
        self.barn_kg = left - sold
        self.concealed_kg -= min(gift - of_barn, self.concealed_kg)
        self.shortfall_kg = max(0.0, self.lacking_kg - get * self.lacking_kg)
        return sold

    def eat(self: Any, pay: float, seed: float, bought: float, table: Any, b: Any) -> tuple[float, float]:
        """Eat, pit and barn alike; returns grain eaten [kg] and intake over need [ratio]."""
        in_barn = self.barn_kg + bought
        stock = in_barn + self.concealed_kg
        own, _ = self.help_itself(stock, pay, seed, table, b)
        own = min(stock, max(own, bought))
        of_barn = food.out_of_barn(in_barn, stock, own)
        left_in_barn, left_in_pit = in_barn - of_barn, max(0.0, self.concealed_kg - (own - of_barn))
        self.barn_kg = left_in_barn * (1.0 - b.barn_spoils)
        self.concealed_kg = left_in_pit * (1.0 - b.pit_spoils)
        self.spoilt_kg = left_in_barn * b.barn_spoils + left_in_pit * b.pit_spoils
        intake = (self.other_kcal + own * 92.105) / max(self.need_kcal, 1.0)
        self.deficit = max(0.0, 1.0 - intake) if self.at_table else 0.0
        self.reserve_days = body.draw_on_reserve(self.reserve_days, intake, b.reserve_max)
        depletion = 1.0 - self.reserve_days / b.reserve_max
        self.wasting = body.waste(self.wasting, depletion, b.wasting_months, b.recovery_months)
        self.barrenness = body.waste(self.barrenness, depletion, b.conception_months, b.conception_months)
        return own, intake


class Place:
    """How a village shares and eats."""

    def pay_ahead(self: Any, table: Any, b: Any) -> float:
        """Grain for labour-days that a member's head still expects [kg/person]."""
        return float(b.pay_expected * self.pool_kg * table.pay_ahead / max(self.people, 1.0))

    def ask(
        self: Any, table: Any, other_kcal: Any, sale: Any, market_kg: float, demand: Any, want_relief: Any,
        ration_kg: Any, b: Any,
    ) -> None:  # fmt: skip
        """Households set aside what thrift allows, neighbours share, the surplus goes to market."""
        del other_kcal  # every household remembers its own
        pay, rate = self.pay_ahead(table, b), self.seed_rate(table, b)
        meat = self.noted("meat_kg") * 72.4 / max(self.people, 1.0)
        ration = ration_kg[self.region]
        rationed = surplus = lack = 0.0
        for home in self.homes:
            home.at_table, home.need_kcal = home.mouths(), home.need()  # nobody comes or goes before they have eaten
            home.seed_kg = 0.0 if home.months_in else home.land_ha * rate
            home.lay_table(self, table, meat, b)
            rationed += ration * home.at_table
            home.barn_kg += ration * home.at_table
            home.stock_kg = home.barn_kg + home.concealed_kg
            own, home.spare_kg = home.help_itself(home.stock_kg, pay, home.seed_kg, table, b)
            home.lacking_kg = max(0.0, food.bare_grain(home.need_kcal, home.other_kcal) - own)
            surplus += home.spare_kg
            lack += home.lacking_kg
        given = min(lack, b.sharing * surplus)
        give, get = given / max(surplus, 1e-6), given / max(lack, 1e-6)
        keep_months = (table.months_to_harvest + b.carry_months) * table.eased
        sold = wished = wasted = 0.0
        for home in self.homes:
            sold += home.share_out(give, get, keep_months, sale[self.region])
            wish = min(home.shortfall_kg, market_kg * home.at_table)
            wished += wish
            if home.reserve_days < 0.7 * b.reserve_max:
                wasted += home.shortfall_kg - wish
        self.note("ration", rationed)
        self.note("to_market", sold)
        demand[self.row], want_relief[self.row] = wished, wasted

    def seed_rate(self: Any, table: Any, b: Any) -> float:
        """Seed that an independent keeps for a hectare of 1927 [kg/ha]."""
        return float(self.left_to_independents(b) * table.seed_rate[self.region] * table.seed_ahead)

    def eat(self: Any, table: Any, other_kcal: Any, market_kg: float, fill: Any, relief: Any, b: Any) -> None:
        """Everybody eats."""
        del other_kcal  # every household remembers its own
        pay, rate = self.pay_ahead(table, b), self.seed_rate(table, b)
        bought = aided = eaten = kcal = hungry = hunger = 0.0
        people = 0
        for home in self.homes:
            mouths = home.at_table
            wish = min(home.shortfall_kg, market_kg * mouths)
            of_market = wish * fill[self.region]
            is_wasted = home.reserve_days < 0.7 * b.reserve_max
            aid = (home.shortfall_kg - wish) * relief[self.region] if is_wasted else 0.0
            seed = 0.0 if home.months_in else home.land_ha * rate
            own, intake = home.eat(pay, seed, of_market + aid, table, b)
            self.note("lost", home.spoilt_kg)
            people += mouths
            hunger += home.deficit * mouths
            bought, aided, eaten = bought + of_market, aided + aid, eaten + own
            kcal += min(intake, 1.6) * home.need_kcal
            hungry += mouths if intake < 0.8 else 0
        self.hunger = hunger / max(people, 1)
        self.people = people
        self.note("from_market", bought)
        self.note("relief", aided)
        self.note("eaten", eaten)
        self.note("kcal", kcal)
        self.note("hungry", hungry)


COUNTERPARTS = {"kitchen._ask": "ask", "kitchen._eat": "eat"}
