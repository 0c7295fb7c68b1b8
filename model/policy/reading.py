"""From the text of one scenario file to a checked `Layer`: what that file orders, and nothing of its parents.

Everything that is wrong is collected and told at once, each in one sentence (`errors.py`). Called by `scenario.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, cast, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from model.calendar import END, START, Month
from model.policy.behaviour import BEHAVIOURS
from model.policy.dated import REGION_KEYS, Course, Step
from model.policy.errors import ScenarioError, nearest, spell
from model.policy.lever import Lever, number_within
from model.policy.mechanisms import MECHANISMS
from model.policy.month import LEVERS, SECTIONS

WeatherMode = Literal["historical", "average", "drawn"]
WEATHER_MODES: tuple[str, ...] = get_args(WeatherMode)
Spread = Literal["as it was", "shuffled", "average"]
SPREADS: tuple[str, ...] = get_args(Spread)


class Head(BaseModel):
    """The words on top of a scenario file."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    title: str = ""
    question: str = ""
    extends: str = ""
    holds: tuple[str, ...] = ()
    expect: tuple[str, ...] = ()
    notice: tuple[str, ...] = ()
    try_: tuple[str, ...] = ()
    start: str = ""
    end: str = ""


HEAD_KEYS = tuple(name.rstrip("_") for name in Head.model_fields)
TOP_KEYS = (*HEAD_KEYS, *SECTIONS, "mechanisms", "behaviour", "weather", "households")


@dataclass(frozen=True, slots=True)
class Layer:
    """What one file says."""

    head: Head = field(default_factory=Head)
    courses: dict[str, Course] = field(default_factory=dict)
    mechanisms: dict[str, bool] = field(default_factory=dict)
    behaviour: dict[str, float] = field(default_factory=dict)
    weather: WeatherMode | None = None
    spread: Spread | None = None
    start: Month | None = None
    end: Month | None = None


def read_layer(document: dict[str, Any], where: str) -> Layer:
    """Check a parsed scenario file; `where` names it in errors."""
    reader = _Reader(where)
    layer = reader.layer(document)
    if reader.problems:
        raise ScenarioError(*reader.problems)
    return layer


class _Reader:
    """Walks through one document and notes every problem by its place."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.problems: list[str] = []

    def refuse(self, place: str, what: str) -> None:
        self.problems.append(f"{self.where}, {place}: {what}" if place else f"{self.where}: {what}")

    def known(self, table: dict[str, Any], known: Iterable[str], place: str, kind: str) -> list[str]:
        """Return the keys of a table that exist, and refuse the others with the nearest right one."""
        known = list(known)
        for key in table:
            if key not in known:
                self.refuse(f"{place}.{key}" if place else key, f"there is no such {kind}; {nearest(key, known)}")
        return [key for key in table if key in known]

    def layer(self, document: dict[str, Any]) -> Layer:
        keys = self.known(document, TOP_KEYS, "", "section or key")
        courses: dict[str, Course] = {}
        for section in (key for key in keys if key in SECTIONS):
            levers = self.table(document[section], section, "levers")
            names = list(SECTIONS[section].model_fields)
            for name in self.known(levers, names, section, "lever"):
                lever = LEVERS[f"{section}.{name}"]
                courses[lever.key] = self.course(levers[name], lever)
        mode = self.choice(document, "weather", "mode", WEATHER_MODES, "kind of weather")
        spread = self.choice(document, "households", "spread", SPREADS, "way to spread what households have")
        head = self.head({key: document[key] for key in keys if key in HEAD_KEYS})
        return Layer(
            head=head,
            courses=courses,
            mechanisms=self.mechanisms(document.get("mechanisms", {})),
            behaviour=self.behaviour(document.get("behaviour", {})),
            weather=cast("WeatherMode | None", mode),
            spread=cast("Spread | None", spread),
            start=self.bound(head.start, "start"),
            end=self.bound(head.end, "end"),
        )

    def choice(self, document: dict[str, Any], section: str, key: str, among: tuple[str, ...], kind: str) -> str | None:
        """Read the one key of a small section, a word among few."""
        table = self.table(document.get(section, {}), section, "keys")
        self.known(table, [key], section, "key")
        word = table.get(key)
        if word is None or word in among:
            return word
        self.refuse(f"{section}.{key}", f"{spell(word)} is not a {kind}; {nearest(str(word), among)}")
        return None

    def table(self, found: Any, place: str, of: str) -> dict[str, Any]:
        if isinstance(found, dict):
            return found
        self.refuse(place, f"{spell(found)} stands where a table of {of} belongs.")
        return {}

    def head(self, words: dict[str, Any]) -> Head:
        given = {"try_" if key == "try" else key: tuple(v) if isinstance(v, list) else v for key, v in words.items()}
        try:
            return Head.model_validate(given)
        except ValidationError as refused:
            for error in refused.errors():
                key = str(error["loc"][0]).rstrip("_")
                wanted = (
                    "a list of sentences in brackets"
                    if key in {"holds", "expect", "notice", "try"}
                    else "a text in quotes"
                )
                self.refuse(key, f"{spell(error['input'])} is not {wanted}.")
            return Head()

    def bound(self, text: str, key: str) -> Month | None:
        return self.month(text, key) if text else None

    def mechanisms(self, found: Any) -> dict[str, bool]:
        table = self.table(found, "mechanisms", "mechanisms")
        kept = {}
        for name in self.known(table, MECHANISMS, "mechanisms", "mechanism"):
            if isinstance(table[name], bool):
                kept[name] = table[name]
            else:
                self.refuse(f"mechanisms.{name}", f"{spell(table[name])} is neither true nor false.")
        return kept

    def behaviour(self, found: Any) -> dict[str, float]:
        table = self.table(found, "behaviour", "constants")
        kept = {}
        for name in self.known(table, BEHAVIOURS, "behaviour", "behavioural constant"):
            one = BEHAVIOURS[name]
            value = self.number(table[name], f"behaviour.{name}", f"a value in {one.unit}", one.allowed)
            if value is not None:
                kept[name] = value
        return kept

    def course(self, found: Any, lever: Lever) -> Course:
        """Read a number for the whole time, or a dated table with `by_region` inside it."""
        if not isinstance(found, dict):
            return Course(self.steps(found, lever, lever.key, {}))
        regions = found.get("by_region", {})
        if regions and not lever.regional:
            self.refuse(f"{lever.key}.by_region", "this lever is one number for the whole country, without regions.")
            regions = {}
        notes = self.notes(found, lever.key, {})
        everywhere = self.steps({key: v for key, v in found.items() if key != "by_region"}, lever, lever.key, notes)
        regions = self.table(regions, f"{lever.key}.by_region", "regions")
        by_region = {}
        for region in self.known(regions, REGION_KEYS, f"{lever.key}.by_region", "region"):
            place = f"{lever.key}.by_region.{region}"
            own = self.notes(regions[region], place, notes) if isinstance(regions[region], dict) else notes
            by_region[region] = self.steps(regions[region], lever, place, own)
        return Course(everywhere, by_region)

    def notes(self, table: dict[str, Any], place: str, above: dict[str, str]) -> dict[str, str]:
        """Return the `source` and `why` that hold for every value of a table which does not bring its own."""
        notes = dict(above)
        for key in ("source", "why"):
            if key in table:
                if isinstance(table[key], str):
                    notes[key] = table[key]
                else:
                    self.refuse(f"{place}.{key}", f"{spell(table[key])} is not a text in quotes.")
        return notes

    def steps(self, found: Any, lever: Lever, place: str, notes: dict[str, str]) -> tuple[Step, ...]:
        if not isinstance(found, dict):
            found = {str(START): found}
        steps = []
        for key, entry in found.items():
            if key in {"source", "why"}:
                continue
            month = self.month(key, place)
            step = self.step(entry, month or START, lever, f"{place}, {key}", notes)
            if month is not None and step is not None:
                steps.append(step)
        return tuple(sorted(steps, key=lambda step: step.month))

    def month(self, text: str, place: str) -> Month | None:
        try:
            month = Month.parse(text)
        except ValueError:
            self.refuse(place, f"{text} is not a month; write year and month as in 1932-11.")
            return None
        if not START.index <= month.index <= END.index:
            self.refuse(place, f"{text} lies outside the story, which goes from July 1927 to December 1939.")
            return None
        return month

    def step(self, entry: Any, month: Month, lever: Lever, place: str, notes: dict[str, str]) -> Step | None:
        if isinstance(entry, dict):
            self.known(entry, ["value", "source", "why"], place, "key")
            notes = self.notes(entry, place, notes)
            if "value" not in entry:
                self.refuse(place, "the value is missing; write { value = ..., why = ... }.")
                return None
            entry = entry["value"]
        value = self.number(entry, place, lever.unit.phrase, lever.allowed)
        return None if value is None else Step(month, value, notes.get("source", ""), notes.get("why", ""))

    def number(self, value: Any, place: str, phrase: str, allowed: tuple[float, float]) -> float | None:
        lowest, highest = allowed
        try:
            return number_within(lowest, highest).validate_python(value)
        except ValidationError:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                self.refuse(place, f"{spell(value)} is not a number.")
                return None
        hint = ""
        if highest <= 2 and highest < value <= 100 and value / 100 <= highest:
            hint = f" If per cent was meant, write {_per_cent(value)}."
        self.refuse(place, f"{spell(value)} is not {phrase} ({lowest:g} to {highest:g}).{hint}")
        return None


def _per_cent(value: float) -> str:
    return f"{value / 100:.2f}" if float(value).is_integer() else f"{value / 100:g}"
