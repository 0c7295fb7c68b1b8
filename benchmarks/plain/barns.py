"""Grain leaves barns and pools, household by household (`model/phases/barns.py`)."""

from __future__ import annotations

from typing import Any

from benchmarks.plain.uncompiled import uncompiled

grain = uncompiled("model.rules.grain")
food = uncompiled("model.rules.food")
phase = uncompiled("model.phases.barns")


class Home:
    """What a household does with its grain when the State asks for it."""

    def need(self: Any) -> float:
        """Food that it needs in a day [kcal/day]."""
        return float(food.need(self.small, self.children, self.adults, self.elderly))

    def beasts_kg(self: Any) -> float:
        """Grain for its animals in a month, at full norm [kg]."""
        return 30.0 * self.horses + 6.0 * self.cattle + 13.0 * self.pigs

    def burden(self: Any, b: Any) -> float:
        """Plan on one of its hectares relative to a middle household's [ratio]."""
        return float(phase._burden(self.stratum, b.poor_burden, b.kulak_burden))  # noqa: SLF001

    def conceal(self: Any, share: float) -> None:
        """Hide part of the harvest."""
        hidden = grain.conceal(self.barn_kg, self.concealed_kg, self.harvested_kg, share)
        self.barn_kg -= hidden
        self.concealed_kg += hidden

    def deliver(self: Any, land: float, share: float, order: Any, b: Any) -> tuple[float, float, float]:
        """Deliver what is due or sell what is spare; returns given, still due, still reachable [kg]."""
        seed = land * order.rate * order.seed_ahead
        kept = seed + (0.0095 * self.need() + self.beasts_kg()) * order.months
        due = share * order.calendar - self.delivered_kg
        taken, reachable = grain.deliver(self.barn_kg, seed, self.harvested_kg, order.reach, due)
        sold = grain.offer(self.barn_kg, kept, order.price, b.eagerness)
        given = order.compulsion * (taken + order.extra * (reachable - taken)) + (1.0 - order.compulsion) * sold
        given = min(self.barn_kg, given)
        self.barn_kg -= given
        self.delivered_kg += given
        return given, max(0.0, share - self.delivered_kg), max(0.0, reachable - given)

    def be_searched(self: Any, find: float, fine: float) -> float:
        """Lose a part of barn and pit to a brigade, and of the garden in fines; returns the grain found [kg]."""
        of_barn, of_pit = self.barn_kg * find, self.concealed_kg * find
        self.barn_kg -= of_barn
        self.concealed_kg -= of_pit
        self.delivered_kg += of_barn + of_pit
        self.garden *= 1.0 - fine
        return float(of_barn + of_pit)


class Order:
    """What collectors are told for one village this month."""

    def __init__(self, **numbers: float) -> None:
        """Keep the numbers by name."""
        self.__dict__.update(numbers)


class Place:
    """What a village owes, delivers and pays."""

    def left_to_independents(self: Any, b: Any) -> float:
        """Part of its land that an independent household is left with [share]."""
        return float(1.0 - b.land_cut * self.members / max(self.present, 1))

    def conceal(self: Any, taken_share: Any, compulsion: float, theft_law: float, in_harvest: bool, b: Any) -> None:
        """Households hide grain, members carry some home."""
        taken = taken_share[self.region]
        share = grain.daring(b.concealment, taken, compulsion, theft_law, b.law_deterrence)
        for home in self.homes:
            home.conceal(share)
        if in_harvest and self.members > 0:
            carried = self.pool_kg * grain.daring(b.pilfering, taken, compulsion, theft_law, b.law_deterrence)
            self.pool_kg -= carried
            for home in self.homes:
                if home.months_in:
                    home.concealed_kg += carried / self.members

    def levy(self: Any, levy: Any, b: Any) -> None:
        """Reckon the hectares on which the plan falls [ha of a middle household]."""
        tilled = self.left_to_independents(b)
        land = levied = 0.0
        for home in self.homes:
            if not home.months_in:
                own = home.land_ha * tilled
                land += own
                levied += own * home.burden(b)
        if self.members > 0:
            levied += max(0.0, self.land_ha - land) * b.kolkhoz_burden
        levy[self.row] = levied * self.plan_error

    def procure(
        self: Any, quota: Any, calendar: float, compulsion: float, eager: Any, reach_kolkhoz: Any, reach_alone: Any,
        extra: Any, search: Any, asked: Any, fines: Any, seed_rate: Any, seed_ahead: float, months_to_harvest: float,
        mts_share: Any, purchase: float, due_left: Any, reachable_left: Any, b: Any,
    ) -> None:  # fmt: skip
        """Everybody delivers; brigades come where the village is behind."""
        region = self.region
        order = Order(
            rate=seed_rate[region], seed_ahead=seed_ahead, months=months_to_harvest + b.carry_months,
            calendar=calendar, compulsion=compulsion, price=eager[region], reach=reach_alone[region],
            extra=extra[region], demand=quota[region] * self.plan_error,
        )  # fmt: skip
        tilled = self.left_to_independents(b)
        land = plan = given = due = reachable = delivered = members_need = 0.0
        for home in self.homes:
            if home.months_in:
                members_need += home.need()
                continue
            own = home.land_ha * tilled
            share = own * order.demand * home.burden(b)
            of_home = home.deliver(own, share, order, b)
            land, plan, given = land + own, plan + share, given + of_home[0]
            due, reachable, delivered = due + of_home[1], reachable + of_home[2], delivered + home.delivered_kg
        # what those inside or gone have delivered counts for the kolkhoz that tills their land
        by_others = sum(home.delivered_kg for home in self.households if home.months_in or home.life)
        delivered += by_others
        if self.members > 0:
            common = max(0.0, self.land_ha - land)
            share = common * order.demand * b.kolkhoz_burden + mts_share[region] * self.kolkhoz_harvested_kg
            taken, left = self.deliver_common(
                common, share, by_others, reach_kolkhoz[region], members_need, purchase, order
            )
            due += max(0.0, share - self.kolkhoz_delivered_kg - by_others)
            plan, given, reachable = plan + share, given + taken, reachable + left
            delivered += self.kolkhoz_delivered_kg
        self.note("procured", given)
        is_behind = self.turn < search[region] and delivered < 0.97 * plan * calendar * asked[region]
        self.searched = int(is_behind)
        if is_behind:
            self.search(b.search_find, fines[region])
        due_left[self.row], reachable_left[self.row] = due, reachable

    def deliver_common(
        self: Any, land: float, share: float, by_others: float, reach: float, members_need: float, purchase: float,
        order: Any,
    ) -> tuple[float, float]:  # fmt: skip
        """The kolkhoz delivers; returns what was taken and what could still be reached [kg]."""
        seed = land * order.rate * order.seed_ahead
        due = share * order.calendar - self.kolkhoz_delivered_kg - by_others
        taken, reachable = grain.deliver(self.pool_kg, seed, self.kolkhoz_harvested_kg, reach, due)
        taken = min(self.pool_kg, taken + order.extra * (reachable - taken))
        taken += purchase * max(0.0, self.pool_kg - taken - seed - 0.145 * members_need)
        self.pool_kg -= taken
        self.kolkhoz_delivered_kg += taken
        return taken, max(0.0, reachable - taken)

    def search(self: Any, find: float, fine: float) -> None:
        """A brigade searches pool, barns and pits."""
        found = self.pool_kg * find
        self.pool_kg -= found
        self.kolkhoz_delivered_kg += found
        found += sum(home.be_searched(find, fine) for home in self.homes)
        self.note("procured", found)
        self.note("confiscated", found)

    def pay(self: Any, share: float, seed_rate: Any, seed_ahead: float, fodder_months: float, b: Any) -> None:
        """The kolkhoz pays grain for labour-days, by workers and mouths."""
        if self.members <= 0:
            return
        tilled = self.left_to_independents(b)
        land = workers = units = 0.0
        for home in self.homes:
            if home.months_in:
                workers += home.adults
                units += home.adults + 0.5 * (home.small + home.children + home.elderly)
            else:
                land += home.land_ha * tilled
        beasts = 30.0 * self.horses + 6.0 * self.cattle + 13.0 * self.pigs
        kept = max(0.0, self.land_ha - land) * seed_rate[self.region] * seed_ahead + beasts * fodder_months
        paid = grain.pay(self.pool_kg, kept, share)
        if units <= 0.0:
            return
        self.pool_kg -= paid
        for home in self.homes:
            if home.months_in:
                home.barn_kg += paid / units * (home.adults + 0.5 * (home.small + home.children + home.elderly))
        self.trudoden_kg += paid / (max(workers, 1.0) * b.labour_days * 12.0)


COUNTERPARTS = {
    "barns._conceal": "conceal", "barns._levy": "levy", "barns._procure": "procure", "barns._pay": "pay",
}  # fmt: skip
