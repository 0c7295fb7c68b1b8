"""Who joins the kolkhoz and who leaves it, household by household (`model/phases/membership.py`)."""

from __future__ import annotations

from typing import Any

from benchmarks.plain.people import KINDS
from benchmarks.plain.uncompiled import uncompiled, uniform
from model.draws import Ask

rules = uncompiled("model.rules.membership")
unrest = uncompiled("model.rules.unrest")

PAPER_MONTHS = rules.PAPER_MONTHS
LONGEST = uncompiled("model.phases.membership")._LONGEST  # noqa: SLF001


class Home:
    """How a household makes up its mind, and what it takes along."""

    def weigh(self: Any, wish: float, push: float, luck: Any, barred: float, door: float, b: Any) -> None:
        """Decide whether to cross the door of the kolkhoz."""
        outside = 0.0 if self.months_in else 1.0
        merged = 1.0 if self.months_in >= PAPER_MONTHS else 0.0
        kept_out = barred if self.stratum == 2 or self.named_kulak == 1 else 0.0
        self.own = rules.own_wish(wish, self.wealth, self.temper, b.wealth_ties, b.household_spread)
        index = rules.readiness_to_move(self.own, push, outside, merged, b.pressure_on_members, b.member_inertia)
        fastest = rules.fastest_move(outside, kept_out, door, b.fastest_join, b.fastest_leave)
        hazard = rules.hazard(index, fastest)
        self.moves = uniform(luck[Ask.LEAVE_KOLKHOZ if self.months_in else Ask.JOIN], self.row) < hazard
        self.join_hazard = outside * hazard

    def unwilling(self: Any) -> float:
        """How far a member is inside against its will [0-1]."""
        return float(rules.unwilling(self.own, 1.0 if self.months_in >= PAPER_MONTHS else 0.0))

    def join(self: Any, village: Any, b: Any) -> None:
        """Bring in the field and part of the grain; the animals follow over four months."""
        village.kolkhoz_stand = rules.mixed(village.kolkhoz_sown_ha, village.kolkhoz_stand, self.sown_ha, self.stand)
        village.kolkhoz_sown_ha += self.sown_ha
        self.sown_ha = 0.0
        grain = b.seed_surrendered * self.barn_kg
        self.barn_kg -= grain
        village.pool_kg += grain
        village.members += 1
        village.note("joined", 1.0)
        self.months_in, self.join_hazard = 1, 0.0

    def take_back(self: Any, village: Any, of_herd: float, of_fields: float) -> None:
        """Get back a part of the common herd, the fields and the pool."""
        for kind in KINDS:
            setattr(self, kind, getattr(self, kind) + of_herd * getattr(village, kind))
        field = of_fields * village.kolkhoz_sown_ha
        self.stand = rules.mixed(self.sown_ha, self.stand, field, village.kolkhoz_stand)
        self.sown_ha += field
        self.barn_kg += of_fields * village.pool_kg

    def bring_animals(self: Any, village: Any, take: Any, pace: float) -> None:
        """Animals still owed move into the common herd."""
        for kind, term in zip(KINDS, take, strict=True):
            moved = getattr(self, kind) * rules.part_of_herd_moved(term, self.months_in, pace)
            setattr(self, kind, getattr(self, kind) - moved)
            setattr(village, kind, getattr(village, kind) + moved)


class Place:
    """How a village's kolkhoz grows, shrinks and ends."""

    def count(self: Any) -> None:
        """Count who is there."""
        self.present = len(self.homes)
        self.members = sum(1 for home in self.homes if home.months_in)
        self.people = sum(home.mouths() for home in self.homes)

    def decide(
        self: Any, bitterness: Any, luck: Any, pressure: Any, settling: Any, fear: Any, retreat: float, inside: float,
        squeeze: float, barred: float, door: float, taken: Any, b: Any,
    ) -> None:  # fmt: skip
        """Leavers go first and share what was there; then joiners come, then a month of membership goes by."""
        wish, push = self.wish_and_push(pressure, settling, retreat, inside, squeeze, b)
        afraid = fear[self.region]
        of_poor = push + rules.fear_push(afraid, 1.0, retreat, b.fear_pull)
        of_others = push + rules.fear_push(afraid, 0.0, retreat, b.fear_pull)
        for home in self.homes:
            home.weigh(wish, of_others if home.stratum else of_poor, luck, barred, door, b)
        leavers = [home for home in self.homes if home.moves and home.months_in]
        joiners = [home for home in self.homes if home.moves and not home.months_in]
        if leavers:
            self.let_go(leavers, b)
        self.grow_older()
        bitter = 0.0
        for home in joiners:
            how_forced = rules.forced(home.own, home.join_hazard / b.fastest_join)
            bitter += unrest.bitterness_of_joining(how_forced, home.wealth * taken[self.region], b.forced_embitters)
            home.join(self, b)
        bitterness[self.row] = bitter / max(self.present, 1)
        if self.members:
            self.experience += 0.083333333
        self.unwilling = sum(home.unwilling() for home in self.homes if home.months_in) / max(self.present, 1)

    def wish_and_push(
        self: Any, pressure: Any, settling: Any, retreat: float, inside: float, squeeze: float, b: Any
    ) -> tuple[float, float]:
        """Wish of a mean household and push of the campaign on it [logits]."""
        region = self.region
        share = self.members / self.present if self.present else 0.0
        wish = rules.village_wish(b.kolkhoz_distaste, share, b.neighbours_pull, squeeze, self.leaning, b.village_spread)
        push = rules.campaign_push(
            pressure[region], retreat, inside, b.campaign_force, b.officials_race, b.retreat_eases_pressure
        )
        if self.nomad:
            push += b.settling_push * settling[region] * (1.0 - b.retreat_eases_pressure * retreat)
        return wish, push

    def grow_older(self: Any) -> None:
        """A month of membership goes by."""
        for home in self.homes:
            if home.months_in:
                home.months_in = min(LONGEST, home.months_in + 1)

    def let_go(self: Any, leavers: Any, b: Any) -> None:
        """Leavers get back their share of the common herd, fields and pool."""
        members = [home for home in self.homes if home.months_in]
        pace = b.animals_surrendered
        brought = sum(home.wealth * rules.brought_so_far(home.months_in, pace) for home in members)
        land = sum(home.land_ha for home in members)
        herd_gone = fields_gone = 0.0
        for home in leavers:
            own = home.wealth * rules.brought_so_far(home.months_in, pace)
            of_herd = b.leavers_share * own / brought if brought > 0.0 else 0.0
            of_fields = home.land_ha / land if land > 0.0 else 0.0
            home.take_back(self, of_herd, of_fields)
            herd_gone, fields_gone = herd_gone + of_herd, fields_gone + of_fields
            home.months_in = 0
            self.members -= 1
            self.note("left_kolkhoz", 1.0)
        self.keep_of_common(max(0.0, 1.0 - herd_gone), max(0.0, 1.0 - fields_gone))

    def keep_of_common(self: Any, of_herd: float, of_fields: float) -> None:
        """Keep what leavers did not take."""
        for kind in KINDS:
            setattr(self, kind, getattr(self, kind) * of_herd)
        self.kolkhoz_sown_ha *= of_fields
        self.pool_kg *= of_fields

    def wind_up(self: Any) -> None:
        """A kolkhoz without members ends: the village shares what is left."""
        if (
            self.members
            or self.horses + self.cattle + self.pigs + self.sheep_goats + self.kolkhoz_sown_ha + self.pool_kg <= 0.0
        ):
            return
        for home in self.homes:
            home.take_back(self, 1.0 / self.present, 1.0 / self.present)
        if not self.homes:
            self.note("lost", self.pool_kg)
            for kind in KINDS:
                self.note(f"died_{kind}", getattr(self, kind))
        self.keep_of_common(0.0, 0.0)

    def bring_animals(self: Any, take: Any, b: Any) -> None:
        """Members on paper bring in their animals."""
        for home in self.homes:
            if 0 < home.months_in < PAPER_MONTHS:
                home.bring_animals(self, take, b.animals_surrendered)


COUNTERPARTS = {
    "membership._count": "count",
    "membership._decide": "decide",
    "membership._wind_up": "wind_up",
    "membership._bring_animals": "bring_animals",
}
