"""Special settlements and camps in one month: who arrives, dies, flees, is born there, comes out.

Called once a month by the country with the people whom exile and arrest have taken from the villages. People are
followed by the month of their arrival, because the first year kills and drives to flight. No luck: expected numbers.
"""

from __future__ import annotations

from collections import deque
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.policy.behaviour import Behaviour
from model.rules import settlers

MONTHS_UNTIL_RECAPTURE = 6


class SettlementReport(NamedTuple):
    """A month of the special settlements [persons]; stock' = stock + arrivals + births + recaptured - the rest."""

    arrivals: float  # sent, those who die on the way included
    deaths_on_way: float
    deaths: float  # all, those on the way included
    births: float
    escapes: float
    fled: float  # part of the escaped who are never caught: they reach towns and villages this month
    recaptured: float
    released: float
    stock: float  # at the month's end


class Settlements:
    """The special settlements of the exiled families."""

    def __init__(self, behaviour: Behaviour) -> None:
        """Found them empty: the kulak exile begins in 1930."""
        self.behaviour: Any = Behaviour(*map(float, behaviour))  # double precision: the ledger closes
        self.persons: NDArray[np.float64] = np.zeros(0)  # who arrived in the same month [months of arrival]
        self.months: NDArray[np.float64] = np.zeros(0)  # how long ago
        self.hiding: deque[float] = deque([0.0] * MONTHS_UNTIL_RECAPTURE)

    @property
    def stock(self) -> float:
        """People in the settlements [persons]."""
        return float(self.persons.sum())

    @property
    def in_hiding(self) -> float:
        """Escaped people who will be caught [persons]."""
        return sum(self.hiding)

    def advance(self, arrivals_persons: float, ration: float, release_share_per_year: float) -> SettlementReport:
        """Live through one month.

        arrivals_persons         people sent [persons]
        ration                   what is eaten of the norm [share, 1 = the norm]
        release_share_per_year   released [share a year]
        """
        known = self.behaviour
        births = self.persons * (known.settler_birth_rate * min(max(ration, 0.0), 1.0) / 12.0)
        risks = self._risks(self.months / 12.0, ration, release_share_per_year)
        together = sum(risks)
        lost = [self.persons * settlers.share_lost(risk, together) for risk in risks]
        deaths, escapes, released = (float(gone.sum()) for gone in lost)
        self.persons = self.persons + births - sum(lost)
        self.months = self.months + 1.0
        on_way = known.settler_transit_deaths * arrivals_persons
        recaptured = self.hiding.popleft()
        caught_later = known.settler_recaptured * escapes
        self.hiding.append(caught_later)
        if arrivals_persons > 0.0:
            self._admit(arrivals_persons - on_way)
        self._take_back(recaptured)
        return SettlementReport(
            arrivals=arrivals_persons,
            deaths_on_way=on_way,
            deaths=deaths + on_way,
            births=float(births.sum()),
            escapes=escapes,
            fled=escapes - caught_later,
            recaptured=recaptured,
            released=released,
            stock=self.stock,
        )

    def _risks(self, years: NDArray[np.float64], ration: float, release: float) -> tuple[Any, Any, float]:
        """Return the yearly rates of death, escape and release of people who came `years` ago [months of arrival]."""
        known = self.behaviour
        death = settlers.settler_death_rate(
            years,
            ration,
            known.settler_settled_mortality,
            known.settler_arrival_mortality,
            known.settler_hunger_mortality,
        )
        escape = settlers.settler_escape_rate(
            years,
            ration,
            known.settler_escape_arrival,
            known.settler_escape_memory,
            known.settler_escape_settled,
            known.settler_escape_hunger,
        )
        return death, escape, release

    def _take_back(self, persons: float) -> None:
        """Put the recaptured among the others, each to their own people."""
        stock = self.stock
        if persons <= 0.0:
            return
        if stock <= 0.0:
            self._admit(persons)
            return
        self.persons = self.persons * (1.0 + persons / stock)

    def _admit(self, persons: float) -> None:
        """Take in those who arrived this month."""
        self.persons = np.append(self.persons, persons)
        self.months = np.append(self.months, 0.0)


class CampReport(NamedTuple):
    """A month of the camps [persons]; stock' = stock + arrivals - deaths - releases - escapes."""

    arrivals: float
    deaths: float
    releases: float  # released or sent elsewhere
    escapes: float  # not caught
    stock: float  # at the month's end


class Camps:
    """The camps; before 1930 all places of detention, out of which they were made."""

    def __init__(self, behaviour: Behaviour, *, prisoners: float = 172_000.0) -> None:
        """Found the camps of July 1927.

        behaviour   constants of the scenario
        prisoners   people held [persons]; between 165 (1926) and 180 thousand (December 1927), `prisoners_all_places`
        """
        known: Any = Behaviour(*map(float, behaviour))  # double precision: the ledger closes
        self.behaviour = known
        self.prisoners = prisoners
        self.crowding: float = known.prisoner_crowding_free  # arrivals of a year against the stock

    @property
    def stock(self) -> float:
        """People in the camps [persons]."""
        return self.prisoners

    def advance(self, arrivals_persons: float, ration: float) -> CampReport:
        """Live through one month.

        arrivals_persons   people sent from villages, towns and elsewhere, moves between camps left out [persons]
        ration             what is eaten of the norm [share, 1 = the norm]
        """
        known = self.behaviour
        self.crowding = settlers.crowding_after(
            self.crowding, arrivals_persons, self.prisoners, known.prisoner_crowding_memory
        )
        death_rate = settlers.prisoner_death_rate(
            ration,
            self.crowding,
            known.prisoner_settled_mortality,
            known.prisoner_hunger_mortality,
            known.prisoner_crowding_mortality,
            known.prisoner_crowding_free,
        )
        risks = (death_rate, known.prisoner_release_rate, known.prisoner_escape_rate)
        together = sum(risks)
        deaths, releases, escapes = (self.prisoners * settlers.share_lost(risk, together) for risk in risks)
        self.prisoners += arrivals_persons - deaths - releases - escapes
        return CampReport(arrivals_persons, deaths, releases, escapes, self.prisoners)
