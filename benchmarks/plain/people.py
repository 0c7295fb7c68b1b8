"""Deaths, births, ageing, household by household (`model/phases/people.py`), and how a household ends (`leavings`)."""

from __future__ import annotations

from typing import Any

from benchmarks.plain.uncompiled import uncompiled, uniform, whole
from model.columns import Life
from model.draws import Ask

body = uncompiled("model.rules.body")
phase = uncompiled("model.phases.people")

KINDS = ("horses", "cattle", "pigs", "sheep_goats")
AGES = (
    ("small", Ask.DEATH_SMALL, "death_small", 1.5),
    ("children", Ask.DEATH_CHILD, "death_child", 0.7),
    ("adults", Ask.DEATH_ADULT, "death_adult", 1.0),
    ("elderly", Ask.DEATH_OLD, "death_old", 1.8),
)
AGEING = (
    ("adults", "elderly", Ask.AGEING_ADULT, 0.0017),
    ("children", "adults", Ask.AGEING_CHILD, 0.0083333),
    ("small", "children", Ask.AGEING_SMALL, 0.016667),
)


class Home:
    """How people of a household are born, age and die."""

    def risk_the_month(self: Any, luck: Any, hunger_kills: float, b: Any) -> tuple[int, int, int]:
        """Live or die, bear children, grow older; returns born, died, of them by hunger [persons]."""
        hazard = hunger_kills * body.hunger_hazard(self.wasting, b.death_threshold, b.death_fastest)
        born = died = excess = 0
        if self.adults:
            expected = body.births(self.adults, b.birth_rate, self.barrenness, b.birth_hunger * hunger_kills)
            born = whole(expected, uniform(luck[Ask.BIRTH], self.row))
        for age, ask, ordinary, frailty in AGES:
            persons = getattr(self, age)
            if persons:
                u = uniform(luck[ask], self.row)
                dead, by_hunger = phase.lives_lost(persons, getattr(b, ordinary), frailty * hazard, u)
                setattr(self, age, persons - dead)
                died += dead
                excess += by_hunger
        # from the oldest on, so that nobody grows up twice in a month
        for younger, older, ask, pace in AGEING:
            persons = getattr(self, younger)
            if persons:
                grown = min(persons, whole(persons * pace, uniform(luck[ask], self.row)))
                setattr(self, younger, persons - grown)
                setattr(self, older, getattr(self, older) + grown)
        self.small += born
        self.starved += excess
        return born, died, excess

    def end(self: Any, village: Any) -> None:
        """Leave everything behind: to the kolkhoz where there is one, else it is lost and slaughtered."""
        if self.months_in:
            village.members -= 1
        village.present -= 1
        village.people -= self.mouths()
        kept = 1.0 if village.members > 0 else 0.0
        village.pool_kg += kept * self.barn_kg
        village.kolkhoz_sown_ha += kept * self.sown_ha
        village.note("lost", (1.0 - kept) * self.barn_kg + self.concealed_kg)
        for kind in KINDS:
            herd = getattr(self, kind)
            setattr(village, kind, getattr(village, kind) + 0.4 * kept * herd)
            village.note(f"slaughtered_{kind}", (1.0 - 0.4 * kept) * herd)
            setattr(self, kind, 0.0)
        self.barn_kg = self.concealed_kg = self.sown_ha = self.join_hazard = 0.0
        self.small = self.children = self.adults = self.elderly = self.away = self.months_in = 0
        self.life = -self.life
        self.remove()  # from the agents of the model; its land stays with the village


class Place:
    """How the people of a village live on."""

    def die_and_bear(self: Any, ending: Any, luck: Any, hunger_kills: float, b: Any) -> None:
        """Everybody risks the month; who has nobody left dies out."""
        born = died = excess = people = died_out = 0
        for home in self.homes:
            of_home = home.risk_the_month(luck, hunger_kills, b)
            born, died, excess = born + of_home[0], died + of_home[1], excess + of_home[2]
            mouths = home.mouths()
            people += mouths
            if not mouths and not home.away:
                home.life = -Life.EXTINCT
                died_out += 1
        ending[self.row] = died_out
        self.people = people
        self.note("births", born)
        self.note("deaths", died)
        self.note("excess", excess)
        self.note("extinct_households", died_out)

    def close(self: Any, ending: Any) -> None:
        """End the households that are marked."""
        if ending[self.row] > 0:
            for home in self.homes:
                if home.life < 0:
                    home.end(self)
            self.homes = [home for home in self.homes if not home.life]


COUNTERPARTS = {"people._die_and_bear": "die_and_bear", "leavings._close": "close"}
