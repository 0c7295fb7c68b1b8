"""The behavioural constants of all subjects, declared once each; scenarios may override them in `[behaviour]`."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from model.policy import behaviour_grain, behaviour_herds, behaviour_people, behaviour_roads, behaviour_towns
from model.policy.centre import centre
from model.policy.constant import Constant

SUBJECTS: dict[str, tuple[Constant, ...]] = {
    "grain": behaviour_grain.CONSTANTS,
    "people": behaviour_people.CONSTANTS,
    "herds": behaviour_herds.CONSTANTS,
    "towns": behaviour_towns.CONSTANTS,
    "roads": behaviour_roads.ROADS,
}


def _gather() -> dict[str, Constant]:
    """Put the constants of all subjects into one table, calibrated ones at the posterior's centre.

    A name declared twice is our mistake.
    """
    table: dict[str, Constant] = {}
    calibrated = centre()
    for subject, constants in SUBJECTS.items():
        for one in constants:
            if one.name in table:
                raise ValueError(f"The behavioural constant {one.name} is declared twice (again in {subject}).")
            table[one.name] = replace(one, default=calibrated.get(one.name, one.default))
    return table


BEHAVIOURS: dict[str, Constant] = _gather()
"""Every constant by name; `SUBJECTS` has them as they are declared, before calibration."""

if TYPE_CHECKING:
    Behaviour = Any  # its fields are the names in the tables: no type can know them
else:
    Behaviour = namedtuple("Behaviour", tuple(BEHAVIOURS))
"""The constants of one scenario as a named tuple of single-precision numbers: what compiled loops can take whole."""


def behaviour_of(overrides: Mapping[str, float] | None = None) -> Behaviour:
    """Lay a scenario's own values over the defaults of the declarations."""
    values = {name: one.default for name, one in BEHAVIOURS.items()} | dict(overrides or {})
    return Behaviour(**{name: np.float32(value) for name, value in values.items()})


def behaviour_defaults() -> Behaviour:
    """Return every constant at its default; what tests of rules and phases use."""
    return behaviour_of()
