"""Grievance and disturbances, exile, arrest and flight (`model/phases/unrest.py` and `dekulakisation.py`)."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.plain.uncompiled import uncompiled, uniform
from model.columns import Life
from model.draws import Ask

rules = uncompiled("model.rules.unrest")
exile = uncompiled("model.rules.dekulakisation")
FEARLESS = float(uncompiled("model.phases.dekulakisation")._FEARLESS)  # noqa: SLF001


class Home:
    """How a household stands in the eyes of officials, and what burns of its grain."""

    def score(self: Any, luck: Any, b: Any) -> float:
        """How high it stands on the officials' list [index]."""
        return float(exile.score(
            self.wealth, self.is_kulak(), 1.0 if self.months_in else 0.0, uniform(luck[Ask.EXILE_CHOICE], self.row),
            b.kulak_wealth_weight, b.kulak_class_weight, b.member_spared,
        ))  # fmt: skip

    def is_kulak(self: Any) -> float:
        """1 where it is, or is called, kulak [0-1]."""
        return 1.0 if self.stratum == 2 or self.named_kulak == 1 else 0.0

    def flees(self: Any, afraid: float, luck: Any, b: Any) -> bool:
        """Sell up and flee before officials come?"""
        threatened = exile.threat(
            self.wealth, self.is_kulak(), 0.0 if self.stratum else 1.0, 1.0 if self.months_in else 0.0,
            b.middle_threatened, b.members_threatened,
        )  # fmt: skip
        hazard = exile.flight_hazard(afraid, threatened, b.flight_from_exile)
        return bool(uniform(luck[Ask.FLIGHT], self.row) < hazard)


class Place:
    """How a village rises, and loses people."""

    def stir(self: Any, bitterness: Any, grain_pressure: Any, rate: Any, exiled: Any, retreat: float, b: Any) -> None:
        """Grievance gathers and breaks out."""
        region = self.region
        share = self.members / self.present if self.present else 0.0
        self.grievance = rules.remembered(
            self.grievance, b.grievance_memory, float(bitterness[self.row]), grain_pressure[region], share, self.hunger,
            b.grain_embitters, b.hunger_embitters,
        )  # fmt: skip
        self.riot_hazard = rules.riot_hazard(
            self.grievance, retreat, self.unwilling, rate[region], exiled[region], b.riot_scale, b.riot_steepness,
            b.riot_opportunity, b.riot_contagion, b.exile_deters,
        ) if self.present else 0.0  # fmt: skip
        self.note("events", self.riot_hazard * len(self.households) / rules.REAL_VILLAGE)

    def burn(self: Any, b: Any) -> None:
        """Barns and sheds are set on fire."""
        if self.riot_hazard * b.burnt_per_event <= 1e-5:
            return
        burnt = rules.burnt(self.pool_kg, self.riot_hazard, b.burnt_per_event)
        self.pool_kg -= burnt
        for home in self.homes:
            of_barn = rules.burnt(home.barn_kg, self.riot_hazard, b.burnt_per_event)
            home.barn_kg -= of_barn
            burnt += of_barn
        self.note("burnt", burnt)

    def score(self: Any, scores: Any, luck: Any, wanted: Any, b: Any) -> None:
        """Officials put every household on their list."""
        if wanted[self.region] > 0:
            for home in self.households:
                scores[home.row] = exile.OUT_OF_REACH if home.life else home.score(luck, b)

    def flee(self: Any, ending: Any, luck: Any, fear: Any, b: Any) -> None:
        """Threatened households flee to the towns."""
        afraid = fear[self.region]
        if afraid <= FEARLESS:
            return
        fled = [home for home in self.homes if home.flees(afraid, luck, b)]
        for home in fled:
            home.life = -Life.DEPARTED
        ending[self.row] = len(fled)
        self.note("fled_households", len(fled))
        self.note("left_family", sum(home.mouths() for home in fled))

    def arrest(self: Any, luck: Any, rate: Any) -> None:
        """A search begins at a drawn door and ends where a second adult is left at home."""
        # in single precision, as the engine: the door is drawn from the last digits
        single = np.float32
        expected = single(rate[self.region]) * single(self.people)
        drawn = expected + single(uniform(luck[Ask.ARREST], self.row))
        arrests = int(np.floor(drawn))
        if not arrests:
            return
        rows = len(self.households)
        door = int((drawn - np.floor(drawn)) / max(min(expected, single(1.0)), single(1e-6)) * single(rows))
        for knock in range(rows):
            home = self.households[(door + knock) % rows]
            if arrests and home.adults >= 2:
                home.adults -= 1
                self.people -= 1
                arrests -= 1
                self.note("arrested", 1.0)


COUNTERPARTS = {
    "unrest._stir": "stir", "unrest._burn": "burn", "dekulakisation._score": "score", "dekulakisation._flee": "flee",
    "dekulakisation._arrest": "arrest",
}  # fmt: skip
