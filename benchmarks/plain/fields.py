"""Sowing and harvest, household by household (`model/phases/fields.py`)."""

from __future__ import annotations

from typing import Any

from benchmarks.plain.uncompiled import uncompiled

rules = uncompiled("model.rules.fields")
membership = uncompiled("model.rules.membership")


class Home:
    """What a household does on its field."""

    def sow(self: Any, wanted_ha: float, rate: float, sown_before: float, b: Any) -> float:
        """Sow out of barn and pit; returns the seed used [kg]."""
        grain = self.barn_kg + self.concealed_kg
        sown, used, stand = rules.sow(wanted_ha, grain, rate, b.thinnest_sowing, b.thin_loss)
        from_barn = min(self.barn_kg, self.barn_kg * used / max(grain, 1e-6))
        self.barn_kg -= from_barn
        self.concealed_kg = max(0.0, self.concealed_kg - (used - from_barn))
        before = self.sown_ha * sown_before
        self.stand = (before * self.stand + sown * stand) / max(before + sown, 1e-6)
        self.sown_ha = before + sown
        return float(used)

    def bring_in(self: Any, kg_per_ha: float, kept: float) -> float:
        """Harvest the own field; returns the grain [kg]."""
        grain = self.sown_ha * self.stand * kg_per_ha
        self.barn_kg += grain * kept
        self.harvested_kg += grain
        return float(grain)


class Place:
    """What a village does on its fields."""

    def sow(
        self: Any, season_share: float, seed_rate: Any, draught: Any, loan_share: Any, sown_before: float, b: Any
    ) -> None:
        """Independents sow their fields, the kolkhoz all land that no independent holds."""
        rate = seed_rate[self.region]
        tilled = self.left_to_independents(b)
        will = season_share * (1.0 - b.draught_elasticity * (1.0 - min(1.0, draught[self.region])))
        held = sum(home.land_ha for home in self.homes)
        shared = self.land_ha / held if self.members == 0 and held > 0.0 else 1.0
        independent_land = hands = seed = 0.0
        for home in self.homes:
            if home.months_in:
                hands += home.adults
                continue
            land = home.land_ha * shared * tilled
            worked = rules.hands(home.adults + home.hired, home.land_ha * shared, b.ha_per_worker)
            independent_land += land
            seed += home.sow(land * worked * will, rate, sown_before, b)
        before, sown, stand = self.kolkhoz_sown_ha * sown_before, 0.0, 1.0
        if self.members > 0:
            land = max(0.0, self.land_ha - independent_land) * (1.0 + b.sowing_push)
            wanted = land * will * rules.hands(hands, land, b.ha_per_worker * 1.5)
            self.gather_seed(wanted * rate, loan_share[self.region])
            sown, used, stand = rules.sow(wanted, self.pool_kg, rate, b.thinnest_sowing, b.thin_loss)
            self.pool_kg = max(0.0, self.pool_kg - used)
            seed += used
        self.kolkhoz_stand = membership.mixed(before, self.kolkhoz_stand, sown, stand)
        self.kolkhoz_sown_ha = before + sown
        self.note("seed", seed)

    def gather_seed(self: Any, needed_kg: float, loan_share: float) -> None:
        """Fill the kolkhoz's seed: a loan of the State, then up to half of what its members have."""
        lent = needed_kg * loan_share
        self.pool_kg += lent
        self.note("seed_loan", lent)
        missing = max(0.0, needed_kg - self.pool_kg)
        if missing <= 0.0:
            return
        members = [home for home in self.homes if home.months_in]
        share = min(1.0, missing / max(sum(0.5 * home.barn_kg for home in members), 1e-6))
        for home in members:
            part = 0.5 * share * home.barn_kg
            home.barn_kg -= part
            self.pool_kg += part

    def turn_leaf(self: Any) -> None:
        """Begin the agricultural year with all counts at zero."""
        self.kolkhoz_harvested_kg = self.kolkhoz_delivered_kg = self.trudoden_kg = 0.0
        for home in self.households:
            home.harvested_kg = home.delivered_kg = 0.0
            home.garden = 1.0

    def harvest(self: Any, share: Any, alone_yield: Any, kolkhoz_yield: Any, b: Any) -> None:
        """Bring in this month's part of the harvest."""
        month_share = share[self.region] * self.shock
        on_own = alone_yield[self.region] * month_share
        own = sum(home.bring_in(on_own, 1.0 - b.threshing_loss) for home in self.homes)
        order = rules.organisation(self.experience, b.disorder_loss, b.learning_years)
        weak = 1.0 - b.weakness_loss * min(1.0, 3.0 * self.hunger)
        common = self.kolkhoz_sown_ha * self.kolkhoz_stand * kolkhoz_yield[self.region] * month_share * order * weak
        wasted = min(1.0, b.threshing_loss + b.kolkhoz_waste)
        self.pool_kg += common * (1.0 - wasted)
        self.kolkhoz_harvested_kg += common
        self.note("harvest", own + common)
        self.note("lost", own * b.threshing_loss + common * wasted)


COUNTERPARTS = {"fields._sow": "sow", "fields._turn_leaf": "turn_leaf", "fields._harvest": "harvest"}
