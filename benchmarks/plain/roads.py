"""People on the roads, household by household (`model/phases/roads.py`), and the month's count (`survey.py`)."""

from __future__ import annotations

from typing import Any

from benchmarks.plain.people import KINDS
from benchmarks.plain.uncompiled import uncompiled, uniform, whole
from model.columns import Life, Stratum
from model.draws import Ask

rules = uncompiled("model.rules.migration")

MOST_AWAY = uncompiled("model.phases.roads")._MOST_AWAY  # noqa: SLF001


class Home:
    """Who of a household leaves, and who comes back."""

    def others(self: Any) -> int:
        """Children and the old [persons]."""
        return int(self.small + self.children + self.elderly)

    def spare(self: Any) -> float:
        """Adults who may leave for work [persons]."""
        return float(rules.spare_adults(self.adults, self.others()))

    def readiness(self: Any, unpaid: float, b: Any) -> float:
        """How ready it is to send a worker [ratio]; `unpaid` is that of members [share]."""
        return float(rules.readiness(
            self.deficit, 1.0 if self.stratum == Stratum.POOR else 0.0, 1.0 if self.stratum == Stratum.KULAK else 0.0,
            unpaid if self.months_in else 0.0, b.leave_hungry, b.leave_poor, b.leave_kulak, b.leave_unpaid,
        ))  # fmt: skip

    def take_road(self: Any, unpaid: float, rates: Any, luck: Any, b: Any) -> tuple[int, int, int]:
        """Move whole, send a worker, or call one home; returns gone, come back, moved [persons]."""
        if not (self.away or self.mouths()):
            return 0, 0, 0
        willing, spare = self.readiness(unpaid, b), self.spare()
        by_class = b.flee_kulak if self.named_kulak else 1.0
        flees = rules.hunger_on_the_road(self.deficit, b.flight_threshold) * by_class
        moves = rates.household * willing + rates.flight * flees
        calls = rates.worker * willing * spare
        # one draw for both: at its low end the household moves, at its high end it sends a worker
        u = uniform(luck[Ask.MOVE], self.row)
        leaves = bool(self.adults) and u < moves
        back = 0
        if self.away:
            back, settled = self.hear_from_town(rates, luck, b)
            leaves = leaves or settled
        if leaves:
            self.life = -Life.DEPARTED
            return 0, back, self.mouths()
        gone = 0
        if not back and self.away < MOST_AWAY:
            gone = int(min(whole(calls, u), spare))
            self.adults -= gone
            self.away += gone
        return gone, back, 0

    def hear_from_town(self: Any, rates: Any, luck: Any, b: Any) -> tuple[int, bool]:
        """Workers in town come home or settle; returns how many came, and whether the family is fetched."""
        away = self.away
        back = min(away, whole(away * rates.come_home, uniform(luck[Ask.RETURN], self.row)))
        settles, settling = uniform(luck[Ask.FOLLOW], self.row), away * rates.family
        fetched = False
        if not back and settles < settling:
            fetched = settles < settling * rules.fetches_family(self.adults, b.kin_bond)
            self.away -= 1
        self.away -= back
        self.adults += back
        return back, fetched


class Rates:
    """How fast people of one village leave and come back this month [1/month]."""

    def __init__(self, **numbers: float) -> None:
        """Keep the numbers by name."""
        self.__dict__.update(numbers)


class Place:
    """What a village gives to the roads, and what can be counted in it."""

    def look(self: Any, seen: Any, b: Any) -> None:
        """Count who could leave."""
        unpaid = rules.unpaid(self.trudoden_kg, b.enough_pay)
        adults = ready = movable = away = hungry = people = 0.0
        for home in self.homes:
            willing, mouths = home.readiness(unpaid, b), home.mouths()
            adults += home.adults
            ready += home.spare() * willing
            movable += home.adults * willing
            away += home.away
            hungry += home.deficit * mouths
            people += mouths
        seen[:, self.row] = adults, ready, movable, away, hungry, people

    def leave(
        self: Any, ending: Any, worker: Any, family: Any, household: Any, flight_hungry: Any, come_home: Any, luck: Any,
        b: Any,
    ) -> None:  # fmt: skip
        """Workers leave and come home, households move or flee."""
        region = self.region
        unpaid = rules.unpaid(self.trudoden_kg, b.enough_pay)
        rates = Rates(
            worker=worker[region], family=family[region], household=household[region], come_home=come_home[region],
            flight=flight_hungry[region] * (b.nomad_mobility if self.nomad else 1.0),
        )  # fmt: skip
        gone = came = moved = departed = 0
        for home in self.homes:
            of_home = home.take_road(unpaid, rates, luck, b)
            gone, came, moved = gone + of_home[0], came + of_home[1], moved + of_home[2]
            departed += home.life < 0
        ending[self.row] = departed
        self.people += came - gone
        self.note("left_work", gone)
        self.note("returned", came)
        self.note("wandered" if self.nomad else "left_family", moved)

    def sum_homes(self: Any, out: Any) -> None:
        """Count grain, fields and herds, of households and in common, and people."""
        own = {name: sum(getattr(home, name) for home in self.homes) for name in ("barn_kg", "concealed_kg", "sown_ha")}
        common = [getattr(self, kind) for kind in KINDS]
        herds = [sum(getattr(home, kind) for home in self.homes) + getattr(self, kind) for kind in KINDS]
        out[:, self.row] = (
            own["barn_kg"], own["concealed_kg"], own["sown_ha"] + self.kolkhoz_sown_ha, *herds, *common, self.pool_kg,
            self.present, self.members, self.people,
        )  # fmt: skip


COUNTERPARTS = {"roads._look": "look", "roads._leave": "leave", "survey._sum_homes": "sum_homes"}
