"""The few numbers of a run that a reader looks at first; the store keeps all the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from model.results.digest import SUBJECTS

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Headline:
    """One outcome: a subject of the digest at a time, or over some years."""

    subject: str
    when: tuple[str, ...]

    @property
    def name(self) -> str:
        """What tables call it: `excess_deaths/1931-1934`."""
        return f"{self.subject}/{self.when[0]}" + (f"-{self.when[-1]}" if len(self.when) > 1 else "")

    @property
    def unit(self) -> str:
        """Unit of the digest."""
        return SUBJECTS[self.subject].unit

    @property
    def keys(self) -> list[str]:
        """Numbers of the digest that are added up."""
        return [f"{self.subject}/{when}" for when in self.when]


HEADLINES = (
    Headline("harvest", ("1932",)),
    Headline("procured", ("1932",)),
    Headline("exported", ("1930", "1931", "1932")),
    Headline("collectivised", ("1933-01-01",)),
    Headline("cattle", ("1933",)),
    Headline("excess_deaths", ("1931", "1932", "1933", "1934")),
    Headline("towns", ("1939",)),
    Headline("industry", ("1937",)),
)


def headlines(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the headline outcomes of runs, one column each; those of years that were not lived are left out."""
    lived = [one for one in HEADLINES if set(one.keys) <= set(runs.columns)]
    return runs.assign(**{one.name: runs[one.keys].sum(axis=1, skipna=False) for one in lived})[
        [one.name for one in lived]
    ]


def unit_of(name: str) -> str:
    """Return the unit of a headline outcome.

    >>> unit_of("harvest/1932")
    'Mt'
    """
    return SUBJECTS[name.partition("/")[0]].unit
