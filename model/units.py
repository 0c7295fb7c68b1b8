"""Units of the policy levers: what a number may be at all, beyond which it is an error.

What is plausible is told by the lever (`policy/parameters.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, get_args

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

ByRegion = NDArray[np.float64]
"""One number for every region, in the order of the table of regions [regions]."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The name of a unit in tables, and how an error calls a number that has it ("20 is not a share")."""

    word: str
    phrase: str


Share = Annotated[float, Field(ge=0, le=1), Unit("share", "a share")]
SharePerMonth = Annotated[float, Field(ge=0, le=1), Unit("share/month", "a share a month")]
SharePerYear = Annotated[float, Field(ge=0, le=1), Unit("share/year", "a share a year")]
Index = Annotated[float, Field(ge=0, le=1), Unit("index", "an index")]
Ratio = Annotated[float, Field(ge=0.05, le=2), Unit("ratio", "a ratio")]
Factor = Annotated[float, Field(ge=0, le=2), Unit("factor", "a factor")]
Mt = Annotated[float, Field(ge=0, le=10), Unit("Mt", "an amount in Mt")]
MtPerYear = Annotated[float, Field(ge=0, le=30), Unit("Mt/year", "an amount in Mt a year")]
KgPerPersonYear = Annotated[float, Field(ge=0, le=300), Unit("kg/person/year", "an amount in kg a head and year")]
EventsPerMonth = Annotated[float, Field(ge=1, le=1e9), Unit("events/month", "a number of events a month")]
ThousandFamiliesPerMonth = Annotated[
    float, Field(ge=0, le=1000), Unit("thousand families/month", "a number of thousand families a month")
]
ThousandPersonsPerMonth = Annotated[
    float, Field(ge=0, le=2000), Unit("thousand persons/month", "a number of thousand persons a month")
]
ThousandPerYear = Annotated[float, Field(ge=0, le=1000), Unit("thousand/year", "a number of thousands a year")]
Months = Annotated[float, Field(ge=0, le=24), Unit("months", "a number of months")]
GoldRoublesPerT = Annotated[float, Field(ge=0, le=500), Unit("gold roubles/t", "a price in gold roubles a tonne")]
MillionGoldRoublesPerYear = Annotated[
    float, Field(ge=-2000, le=5000), Unit("million gold roubles/year", "an amount in million gold roubles a year")
]
TimesOf1928 = Annotated[float, Field(ge=0, le=20), Unit("1928 = 1", "a multiple of 1928")]
MillionM2PerYear = Annotated[float, Field(ge=0, le=200), Unit("million m2/year", "an area in million m2 a year")]
TractorsPerPoint = Annotated[
    float,
    Field(ge=0, le=2000),
    Unit("tractors/year/point", "a number of tractors a year and point of industrial output"),
]


def unit_of(measure: Any) -> Unit:
    """Return the unit that one of the measures above carries.

    >>> unit_of(Share).word
    'share'
    """
    return next(part for part in get_args(measure) if isinstance(part, Unit))


def allowed_by(measure: Any) -> tuple[float, float]:
    """Return the smallest and the largest number that has a meaning in this unit.

    >>> allowed_by(KgPerPersonYear)
    (0.0, 300.0)
    """
    bounds = next(part for part in get_args(measure) if hasattr(part, "metadata")).metadata
    lowest = next(bound.ge for bound in bounds if hasattr(bound, "ge"))
    highest = next(bound.le for bound in bounds if hasattr(bound, "le"))
    return float(lowest), float(highest)
