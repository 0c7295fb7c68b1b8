"""Herds are fed, born, die, are slaughtered, household by household (`model/phases/herds.py`)."""

from __future__ import annotations

from typing import Any

from benchmarks.plain.people import KINDS
from benchmarks.plain.uncompiled import uncompiled

fodder = uncompiled("model.rules.fodder")
livestock = uncompiled("model.rules.livestock")

PIGS = KINDS.index("pigs")


class Home:
    """How a household keeps its animals."""

    def feed_animals(self: Any, seed: float, pay: float, of_village: Any, season: Any, b: Any) -> float:
        """Feed the animals out of the barn; returns the grain fed [kg]."""
        mouths, months, ahead = self.mouths(), season.months_ahead, season.fodder_ahead
        need = of_village.with_fields * fodder.need(self.horses, self.cattle, self.pigs, self.sheep_goats)
        hoped = fodder.spare(self.barn_kg + pay, mouths, b.table_kg, months, seed)
        enough = (0.3 * need + of_village.usual_need * self.wealth) * ahead + 1.0
        self.fare = fodder.condition(hoped, enough, of_village.accustomed, b.fodder_margin)
        spare = fodder.spare(self.barn_kg, mouths, b.table_kg, months, seed)
        fed = fodder.feed(self.barn_kg, spare, need * ahead, season.fodder_now / ahead, b.fodder_most)
        self.barn_kg -= fed
        return float(fed)

    def fear_losses(self: Any, fear: float, b: Any) -> None:
        """Reckon with the kolkhoz and with exile."""
        self.soon = livestock.foresee(self.join_hazard, self.months_in, b.foresight_months)
        standing = livestock.standing(self.stratum, self.named_kulak, self.wealth)
        is_member = 1.0 if self.months_in else 0.0
        self.gone = livestock.dread(fear, standing, is_member, b.exile_dread, b.foresight_months)

    def keep_or_slaughter(self: Any, kind: int, stays: float, mean: float, rumour: float, season: Any, b: Any) -> float:
        """One kind of its animals lives through the month; returns the young that it would buy [heads]."""
        herd, is_member = getattr(self, KINDS[kind]), 1.0 if self.months_in else 0.0
        believed = rumour * (1.0 - (1.0 - b.rumour_inside) * is_member)
        lost = livestock.threat(self.soon, believed, season.feared_take[kind], self.gone)
        kept = livestock.allow(mean * self.wealth, mean, is_member, season.member_cap[kind], season.plot)
        kept *= 1.0 - season.boldness[kind] * (1.0 - b.trust) * lost
        kept *= fodder.carried(self.fare, season.bend[kind], 1.0 if kind == PIGS else 0.0)
        kept *= season.dear_feed if kind == PIGS else 1.0
        bold = season.boldness[kind]
        share = livestock.slaughter(
            herd, kept, season.ordinary[kind], season.panic * bold, lost, season.hunger_meat * bold * self.deficit,
            b.slaughter_most,
        )  # fmt: skip
        self.left = herd * max(0.0, stays - share)
        self.wish = min(1.0, self.mouths()) * livestock.want(self.left, kept, season.pace)
        return float(self.wish)


class Fodder:
    """How the animals of one village are fed this month."""

    def __init__(self, village: Any, usual: Any, season: Any) -> None:
        """Look up what the region's animals are used to."""
        self.with_fields = 1.0 - village.nomad
        self.accustomed = season.usual_ration[village.region] * self.with_fields
        self.usual_need = 0.7 * fodder.need(*(usual[kind][village.region][0] for kind in range(4)))


class Place:
    """How a village keeps its animals."""

    def live(self: Any, usual: Any, season: Any, b: Any) -> None:
        """Feed all animals, then let each kind live through the month."""
        self.feed_animals(Fodder(self, usual, season), season, b)
        for home in self.homes:
            home.fear_losses(season.fear[self.region], b)
        for kind in range(4):
            self.one_kind(kind, usual[kind][self.region][self.nomad], season, b)

    def feed_animals(self: Any, here: Fodder, season: Any, b: Any) -> None:
        """The kolkhoz feeds its herd before it pays; then every household feeds its own."""
        tilled, rate = self.left_to_independents(b), season.seed_rate[self.region] * season.seed_ahead
        ahead = season.fodder_ahead
        inside = self.members / max(self.present, 1)
        free = max(0.0, self.pool_kg - self.land_ha * (1.0 - (1.0 - inside) * tilled) * rate)
        need = here.with_fields * ahead * fodder.need(self.horses, self.cattle, self.pigs, self.sheep_goats)
        fed = fodder.feed(self.pool_kg, free, need, season.fodder_now / ahead, b.fodder_most)
        self.pool_kg -= fed
        pay = b.pay_expected * max(0.0, free - need) / max(self.members, 1)
        self.common_fare = fodder.condition(free, max(need, 1.0), here.accustomed * b.common_ration, b.fodder_margin)
        self.care = livestock.care(self.experience, b.care_months)
        fare = 0.0
        for home in self.homes:
            seed, hoped = (0.0, pay) if home.months_in else (tilled * rate * home.land_ha, 0.0)
            fed += home.feed_animals(seed, hoped, here, season, b)
            fare += home.fare
        self.private_fare = min(1.0, fare / max(len(self.homes), 1))
        self.note("fodder", fed)

    def one_kind(self: Any, kind: int, mean: float, season: Any, b: Any) -> None:
        """Let one kind of animals live through the month."""
        name, region = KINDS[kind], self.region
        ruin = season.settling[region] * self.nomad
        plan = season.meat_plan[self.nomad][kind] * season.meat[region]
        births, deaths = self.births_and_deaths(kind, 1.0 - self.private_fare, ruin, season)
        before = after = wanted = 0.0
        for home in self.homes:
            before += getattr(home, name)
            wanted += home.keep_or_slaughter(kind, 1.0 + births - deaths - plan, mean, season.rumour[region], season, b)
            after += home.left
        born, died, delivered = before * births, before * deaths, before * plan
        slaughtered = max(0.0, before + born - died - delivered - after)
        if self.members > 0:
            common = self.one_common_kind(kind, mean, ruin, plan, season, b)
            born, died, delivered, slaughtered = (
                own + more for own, more in zip((born, died, delivered, slaughtered), common, strict=True)
            )
        fill = min(1.0, season.sharing * slaughtered / wanted) if wanted > 0.0 else 0.0
        for home in self.homes:
            setattr(home, name, home.left + fill * home.wish)
        slaughtered = max(0.0, slaughtered - fill * wanted)
        self.note(f"born_{name}", born)
        self.note(f"died_{name}", died)
        self.note(f"delivered_{name}", delivered)
        self.note(f"slaughtered_{name}", slaughtered)
        self.note("meat_kg", b.meat_kept * season.carcass[self.nomad][kind] * slaughtered)

    def births_and_deaths(self: Any, kind: int, lean: float, ruin: float, season: Any) -> tuple[float, float]:
        """Births and deaths of private animals this month [share of the herd]."""
        births = season.births[kind] * (1.0 - season.barren[kind] * lean)
        return births, season.deaths[kind] + season.starving[kind] * lean + ruin

    def one_common_kind(
        self: Any, kind: int, mean: float, ruin: float, plan: float, season: Any, b: Any
    ) -> tuple[float, float, float, float]:
        """Let a common herd live through the month; returns born, died, delivered, slaughtered [heads]."""
        herd, lean = getattr(self, KINDS[kind]), 1.0 - self.common_fare
        births, deaths = self.births_and_deaths(kind, lean, ruin, season)
        births *= 1.0 - b.neglect_barren * (1.0 - self.care)
        deaths += season.neglect[kind] * (1.0 - self.care)
        levy = plan * b.common_meat
        share = livestock.sell(herd, season.common_target[kind] * mean * self.members, season.ordinary[kind])
        left = herd * max(0.0, 1.0 + births - deaths - levy - share)
        setattr(self, KINDS[kind], left)
        return herd * births, herd * deaths, herd * levy, max(0.0, herd * (1.0 + births - deaths - levy) - left)


COUNTERPARTS = {"herds._live": "live"}
