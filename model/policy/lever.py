"""What a lever is: one thing that somebody could have decided otherwise, declared once with unit, ranges and source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from model.units import Unit, allowed_by, unit_of


class Section(BaseModel):
    """A family of levers; its declaration, and with numbers in it the orders of one month."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def national(
    measure: Any,
    default: float,
    text: str,
    *,
    usual: tuple[float, float],
    source: str,
    allowed: tuple[float, float] | None = None,
) -> Any:
    """Declare a lever that is one number for the whole country.

    measure   unit with the range that is possible at all, from `model.units`
    default   value of the NEP, which holds until a scenario says otherwise
    text      what it is, as a noun phrase
    usual     plausible range: ensembles sample here, `describe` warns beyond it
    source    key of docs/sources.md for the plausible range and meaning, or "assumption"
    allowed   range that is possible, where narrower or wider than the unit's
    """
    return _declare(measure, default, text, usual, source, allowed, regional=False)


def by_region(
    measure: Any,
    default: float,
    text: str,
    *,
    usual: tuple[float, float],
    source: str,
    allowed: tuple[float, float] | None = None,
) -> Any:
    """Declare a lever that has one number for every region [regions]; arguments as in `national`."""
    return _declare(measure, default, text, usual, source, allowed, regional=True)


def _declare(
    measure: Any,
    default: float,
    text: str,
    usual: tuple[float, float],
    source: str,
    allowed: tuple[float, float] | None,
    *,
    regional: bool,
) -> Any:
    unit = unit_of(measure)
    extra: Any = {
        "unit": unit.word,
        "phrase": unit.phrase,
        "allowed": list(allowed or allowed_by(measure)),
        "usual": list(usual),
        "source": source,
        "regional": regional,
    }
    return Field(default=float(default), description=text, json_schema_extra=extra)


@dataclass(frozen=True, slots=True)
class Lever:
    """One declared lever, as the reader of scenarios, the documentation and the ensembles see it."""

    section: str
    name: str
    unit: Unit
    default: float
    text: str
    allowed: tuple[float, float]
    usual: tuple[float, float]
    source: str
    regional: bool

    @property
    def key(self) -> str:
        """The name in a scenario: section.lever."""
        return f"{self.section}.{self.name}"

    @property
    def adapter(self) -> TypeAdapter[float]:
        """What judges a value: a number within the allowed range."""
        return number_within(*self.allowed)


@cache
def number_within(lowest: float, highest: float) -> TypeAdapter[float]:
    """Return the pydantic judge of finite numbers from `lowest` to `highest`.

    >>> number_within(0.0, 1.0).validate_python(0.2)
    0.2
    """
    return TypeAdapter(Annotated[float, Field(ge=float(lowest), le=float(highest), strict=True, allow_inf_nan=False)])


def levers_of(section: str, declared: type[Section]) -> tuple[Lever, ...]:
    """Return the levers of one section in the order of their declaration."""
    levers = []
    for name, field in declared.model_fields.items():
        extra: Any = field.json_schema_extra
        levers.append(
            Lever(
                section=section,
                name=name,
                unit=Unit(extra["unit"], extra["phrase"]),
                default=float(field.default),
                text=str(field.description),
                allowed=(float(extra["allowed"][0]), float(extra["allowed"][1])),
                usual=(float(extra["usual"][0]), float(extra["usual"][1])),
                source=extra["source"],
                regional=extra["regional"],
            )
        )
    return tuple(levers)
