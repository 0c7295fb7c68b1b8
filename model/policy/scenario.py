"""A scenario: dated orders in a TOML file, laid over those of its parents, and answered month by month.

`Scenario.load("no_grain_exports").at("1932-11").trade.grain_exports` is a plain number. All that can be wrong with a
scenario is told here, before the first household is made (`ScenarioError`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

import numpy as np

from model.calendar import END, N_MONTHS, START, Month
from model.history import REGION_IDS
from model.policy.behaviour import BEHAVIOURS, Behaviour, behaviour_of
from model.policy.dated import Course, Table, flat, fold, lay_over
from model.policy.errors import ScenarioError
from model.policy.files import Place, find, names, read_document
from model.policy.mechanisms import Mechanisms
from model.policy.month import LEVERS, SECTIONS, MonthPolicy
from model.policy.reading import Layer, Spread, WeatherMode, read_layer
from model.policy.stack import SIGN, Named, members, under_one_head


@dataclass(frozen=True, eq=False)
class Scenario:
    """One way in which the State could have acted, whole: what no file names holds as under the NEP of July 1927."""

    name: str
    where: str  # how errors and descriptions call the file
    layer: Layer  # what this file itself says
    parent: Scenario | None
    tables: dict[str, Table]  # every lever by key: [months] or [months, regions], read-only
    mechanisms: Mechanisms
    behaviour: Behaviour  # constants as numbers of single precision, ready for the loops
    overrides: dict[str, float]  # those constants that this file or its parents name
    weather_mode: WeatherMode
    spread: Spread  # how households' holdings are spread at the founding
    start: Month  # first month that is recorded; the country always lives from July 1927
    end: Month  # last month lived
    stack: tuple[Named, ...] = ()  # the scenarios laid over each other, if it was named by several
    _months: list[MonthPolicy | None] = field(default_factory=lambda: [None] * N_MONTHS, init=False, repr=False)
    _sections: dict[tuple[str, int], Any] = field(default_factory=dict, init=False, repr=False)
    _since: dict[str, list[int]] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def load(cls, name_or_path: str | Path) -> Self:
        """Load a scenario by its name in `scenarios/` or by the path of a TOML file, with all that it extends.

        Several joined by plus signs are laid over each other: `historical+open_borders+relief_1932` (`stack.py`).
        """
        return cls._named(name_or_path, ())

    @classmethod
    def _named(cls, name_or_path: str | Path, children: tuple[Place, ...]) -> Self:
        """Load what a name stands for; `children` are the files that asked for it, the nearest last."""
        child = children[-1] if children else None
        first, *others = [cls._load(find(one, child=child), children) for one in members(name_or_path)]
        for other in others:
            if not other.parent:
                raise ScenarioError(
                    f"{name_or_path}: {other.name} extends nothing, so it has no changes to lay on top; name it first."
                )
            first = first.under(other)
        return first

    def under(self, other: Self) -> Self:
        """Return this scenario with what the file of another orders laid on top."""
        own = self.layer if self.parent else Layer()  # what lies at the bottom is the world asked about, no question
        beneath = self.stack or ((self.name, own),)
        whole = self._over(self, other.layer, f"{self.name}{SIGN}{other.name}", f"{self.where}{SIGN}{other.where}")
        words = under_one_head(f"{self.title} + {other.title}", own.head, other.layer.head)
        return replace(whole, layer=replace(other.layer, head=words), stack=(*beneath, (other.name, other.layer)))

    @classmethod
    def _load(cls, place: Place, children: tuple[Place, ...]) -> Self:
        if any(place.path == child.path for child in children):
            circle = " extends ".join(step.name for step in (*children, place))
            raise ScenarioError(
                f"{children[0].where}, extends: a circle ({circle}); one of them must stand on its own."
            )
        layer = read_layer(read_document(place), place.where)
        extends = layer.head.extends
        parent = cls._named(extends, (*children, place)) if extends else None
        return cls._over(parent, layer, place.name, place.where)

    @classmethod
    def from_document(cls, document: dict[str, Any], name: str = "unnamed") -> Self:
        """Make a scenario from a dict in the shape of a TOML file, such as `resolved()` returns."""
        layer = read_layer(document, name)
        parent = cls.load(layer.head.extends) if layer.head.extends else None
        return cls._over(parent, layer, name, name)

    def with_changes(self, changes: dict[str, Any], name: str | None = None) -> Self:
        """Return this scenario with a dict in the shape of a TOML file laid on top, as a child that extends it."""
        name = name or f"{self.name}, changed"
        layer = read_layer(changes, name)
        if layer.head.extends:
            raise ScenarioError(f"{name}, extends: changes extend {self.name} already; leave the key out.")
        return self._over(self, layer, name, name)

    @classmethod
    def _over(cls, parent: Scenario | None, layer: Layer, name: str, where: str) -> Self:
        """Lay the orders of one file over those of its parent, or over the NEP of July 1927."""
        tables: dict[str, Table] = {}
        for key, lever in LEVERS.items():
            beneath = parent.tables[key] if parent else flat(lever.default, regional=lever.regional)
            course = layer.courses.get(key, Course())
            tables[key] = lay_over(beneath, course) if course.parts() else beneath
            tables[key].flags.writeable = False
        mechanisms = parent.mechanisms if parent else Mechanisms()
        overrides = (parent.overrides if parent else {}) | layer.behaviour
        start = layer.start or (parent.start if parent else START)
        end = layer.end or (parent.end if parent else END)
        if end < start:
            raise ScenarioError(f"{where}, end: {end} lies before the start, {start}.")
        return cls(
            name=name,
            where=where,
            layer=layer,
            parent=parent,
            tables=tables,
            mechanisms=mechanisms._replace(**layer.mechanisms),
            behaviour=behaviour_of(overrides),
            overrides=overrides,
            weather_mode=layer.weather or (parent.weather_mode if parent else "historical"),
            spread=layer.spread or (parent.spread if parent else "as it was"),
            start=start,
            end=end,
        )

    @staticmethod
    def names() -> list[str]:
        """Return the names of the scenarios in `scenarios/`."""
        return names()

    @property
    def title(self) -> str:
        """What the scenario is called in charts and lists."""
        return self.layer.head.title or self.name

    @property
    def question(self) -> str:
        """The question that it asks of history."""
        return self.layer.head.question

    @property
    def holds(self) -> tuple[str, ...]:
        """What it leaves as it was, and what it leaves out."""
        return self.layer.head.holds

    @property
    def expect(self) -> tuple[str, ...]:
        """What one might expect of it."""
        return self.layer.head.expect

    @property
    def notice(self) -> tuple[str, ...]:
        """Things to notice in its results."""
        return self.layer.head.notice

    @property
    def to_try(self) -> tuple[str, ...]:
        """Things to try next (the key `try` of the file)."""
        return self.layer.head.try_

    @property
    def ancestors(self) -> tuple[str, ...]:
        """Names of the scenarios that it extends, nearest first."""
        return (self.parent.name, *self.parent.ancestors) if self.parent else ()

    def at(self, month: Month | str) -> MonthPolicy:
        """Return the orders of one month as plain numbers and arrays [regions]; asked again, the same object."""
        index = (Month.parse(month) if isinstance(month, str) else month).index
        if not 0 <= index < N_MONTHS:
            raise ValueError(f"{month} lies outside the story, which goes from July 1927 to December 1939.")
        found = self._months[index]
        if found is None:
            found = self._months[index] = MonthPolicy(*(self._section(name, index) for name in SECTIONS))
        return found

    def _section(self, name: str, index: int) -> Any:
        """Return the orders of one section, shared by all the months in which none of them changes."""
        if name not in self._since:
            self._since[name] = _last_change([self.tables[f"{name}.{lever}"] for lever in SECTIONS[name].model_fields])
        since = self._since[name][index]
        if (name, since) not in self._sections:
            rows = {lever: self.tables[f"{name}.{lever}"][since] for lever in SECTIONS[name].model_fields}
            plain: dict[str, Any] = {lever: row if row.ndim else float(row) for lever, row in rows.items()}
            self._sections[name, since] = SECTIONS[name].model_construct(None, **plain)
        return self._sections[name, since]

    def resolved(self) -> dict[str, Any]:
        """Return the whole scenario after `extends` as a plain dict in the shape of a TOML file.

        `Scenario.from_document(scenario.resolved())` orders the same in every month; `provenance.json` keeps it.
        """
        document: dict[str, Any] = {
            "title": self.title,
            "question": self.question,
            "start": str(self.start),
            "end": str(self.end),
            "weather": {"mode": self.weather_mode},
            "households": {"spread": self.spread},
            "mechanisms": self.mechanisms._asdict(),
            "behaviour": {name: one.default for name, one in BEHAVIOURS.items()} | self.overrides,
        }
        for key, lever in LEVERS.items():
            table = self.tables[key]
            if lever.regional:
                columns = {region: fold(table[:, place]) for place, region in enumerate(REGION_IDS)}
                dated: dict[str, Any] = fold(table[:, 0]) if (table == table[:, :1]).all() else {"by_region": columns}
            else:
                dated = fold(table)
            document.setdefault(lever.section, {})[lever.name] = dated
        return document


def _last_change(tables: list[Table]) -> list[int]:
    """Return for every month the index of the last month in which one of the tables changed."""
    changed = np.zeros(N_MONTHS, dtype=bool)
    for table in tables:
        different = table[1:] != table[:-1]
        changed[1:] |= different.any(axis=1) if different.ndim == 2 else different
    return [int(row) for row in np.maximum.accumulate(np.where(changed, np.arange(N_MONTHS), 0))]
