"""What is said when a scenario is wrong: file, place, what it is, what is allowed, what to do; one sentence each."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class ScenarioError(ValueError):
    """A scenario that cannot be used; `problems` has one sentence for everything that is wrong with it."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems

    def __reduce__(self) -> tuple[type[ScenarioError], tuple[str, ...]]:
        """Travel between processes with all problems."""
        return type(self), self.problems


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the end of a sentence that helps with a misspelt word: the nearest right one, or all that there are.

    >>> nearest("procurment", ["procurement", "trade"])
    'did you mean procurement?'
    >>> nearest("x", ["procurement", "trade"])
    'there are: procurement, trade.'
    """
    known = list(known)
    found = get_close_matches(word.lower(), known, n=1, cutoff=0.6)
    return f"did you mean {found[0]}?" if found else f"there are: {', '.join(known)}."


def spell(value: object) -> str:
    """Write a value as a scenario file has it.

    >>> spell(0.2), spell(20), spell(True), spell("a lot")
    ('0.2', '20', 'true', '"a lot"')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    return str(value)
