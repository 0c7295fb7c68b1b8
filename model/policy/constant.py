"""What a behavioural constant is: one number which holds for every month and every region, with its unit and ranges."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Constant:
    """One behavioural constant: what we are unsure of, as against policy, which somebody decided.

    name      word in code, TOML and results
    default   value in every scenario which does not name another
    unit      unit of the field ("share", "1/month", "t/ha", ...)
    allowed   smallest and largest value that has a meaning; beyond it an error
    usual     smallest and largest value that is plausible; ensembles sample here, `describe` warns beyond it
    source    key of docs/sources.md, or "assumption"
    text      what it means, in one sentence
    """

    name: str
    default: float
    unit: str
    allowed: tuple[float, float]
    usual: tuple[float, float]
    source: str
    text: str

    def __post_init__(self) -> None:
        """Refuse a declaration whose ranges and default do not lie within each other."""
        if not self.name.isidentifier():
            raise ValueError(f"{self.name!r} is not a name that a rule could have as an argument.")
        if not self.allowed[0] <= self.usual[0] <= self.usual[1] <= self.allowed[1]:
            raise ValueError(f"{self.name}: the usual range {self.usual} is not inside the allowed one {self.allowed}.")
        if not self.allowed[0] <= self.default <= self.allowed[1]:
            raise ValueError(f"{self.name}: {self.default} is outside the allowed range {self.allowed}.")


def constant(
    name: str,
    default: float,
    unit: str,
    *,
    allowed: tuple[float, float],
    usual: tuple[float, float],
    source: str,
    text: str,
) -> Constant:
    """Declare one behavioural constant.

    >>> constant("thrift", 0.5, "share", allowed=(0, 1), usual=(0.3, 0.6), source="assumption", text="...").default
    0.5
    """
    return Constant(name, float(default), unit, allowed, usual, source, text)
