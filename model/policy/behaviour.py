"""The behavioural constants of all subjects, declared once each; scenarios may override them in `[behaviour]`."""

from __future__ import annotations

from model.policy import behaviour_grain, behaviour_herds, behaviour_people, behaviour_towns
from model.policy.constant import Constant

SUBJECTS: dict[str, tuple[Constant, ...]] = {
    "grain": behaviour_grain.CONSTANTS,
    "people": behaviour_people.CONSTANTS,
    "herds": behaviour_herds.CONSTANTS,
    "towns": behaviour_towns.CONSTANTS,
}


def _gather() -> dict[str, Constant]:
    """Put the constants of all subjects into one table; a name declared twice is our mistake."""
    table: dict[str, Constant] = {}
    for subject, constants in SUBJECTS.items():
        for one in constants:
            if one.name in table:
                raise ValueError(f"The behavioural constant {one.name} is declared twice (again in {subject}).")
            table[one.name] = one
    return table


BEHAVIOURS: dict[str, Constant] = _gather()


class Behaviour:
    """The behavioural constants of one scenario as plain floats: `behaviour.effort_loss`; never changed after loading."""

    def __init__(self, overrides: dict[str, float] | None = None) -> None:
        """Start from the defaults of the declarations and lay the scenario's own values over them."""
        self.__dict__.update({name: one.default for name, one in BEHAVIOURS.items()})
        self.__dict__.update(overrides or {})

    def __getattr__(self, name: str) -> float:
        """Reached only for a name that nobody declared."""
        raise AttributeError(f"No behavioural constant is called {name}; declare it in model/policy/behaviour_*.py.")

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: a constant does not change while the country lives."""
        raise AttributeError(f"{name}: behavioural constants do not change; use Scenario.with_changes.")

    def __getitem__(self, name: str) -> float:
        """Return one constant by name."""
        return float(self.__dict__[name])

    def as_dict(self) -> dict[str, float]:
        """Return all constants by name."""
        return dict(self.__dict__)


def behaviour_defaults() -> Behaviour:
    """Return every constant at its default; what tests of rules and phases use."""
    return Behaviour()
