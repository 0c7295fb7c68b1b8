"""The baseline: what a small country reads, year by year, to the last digit. `python -m tests.baseline` renews it.

Every change of the numbers should be meant. When `test_baseline.py` fails and the change is meant, renew the file
with this command and tell the users of the results in CHANGELOG.md, in a line marked **Numbers change**.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np

from model.country import Country
from model.policy.scenario import Scenario
from model.results.variables import VARIABLES

FILE = Path(__file__).with_name("baseline.csv")
ROWS, SEED, END = 900, 1, "1933-12"
"""Households, seed and last month: past the campaign, the retreat, the searches and the famine."""
MEANT = (
    "If the change is meant: python -m tests.baseline, and a line marked **Numbers change** in CHANGELOG.md that says "
    "which scenarios, years and regions are touched. If it is not: some edit reaches further than you thought."
)

Table = list[list[str]]


def numbers() -> Table:
    """Live the small country; return the Union's totals of every variable and year, as text that loses no digit.

    Months become a year as the variable says (sum, end or mean); a share is the plain mean of its regions here, since
    only its digits count.
    """
    scenario = Scenario.load("historical").with_changes({"end": END}, "baseline")
    country = Country(scenario, households=ROWS, seed=SEED, threads=1)
    years: dict[int, list[dict[str, float]]] = {}
    while country.running:
        country.step()
        readings = country.readings()
        month = {
            name: float(np.mean(readings[name]) if one.weight else np.sum(readings[name]))
            for name, one in VARIABLES.items()
        }
        years.setdefault(country.month.year, []).append(month)
    table: Table = [["variable", "unit", *(str(year) for year in years)]]
    for name, one in VARIABLES.items():
        of_year = {"sum": sum, "end": lambda months: months[-1], "mean": lambda months: sum(months) / len(months)}
        totals = [of_year[one.over_year]([month[name] for month in months]) for months in years.values()]
        table.append([name, one.unit, *(repr(total) for total in totals)])
    return table


def kept() -> Table:
    """Return what the file says."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def differences(old: Table, new: Table) -> list[str]:
    """Say in one line each what differs, the largest relative difference of a variable first."""
    before, after = ({row[0]: row for row in table[1:]} for table in (old, new))
    years = new[0][2:]
    found: list[tuple[float, str]] = []
    for name in [*before, *(name for name in after if name not in before)]:
        if name not in before or name not in after:
            found.append((np.inf, f"{name}: {'new' if name in after else 'gone'}"))
            continue
        pairs = zip(years, before[name][2:], after[name][2:], strict=False)
        changed = [(year, float(was), float(now)) for year, was, now in pairs if was != now]
        if changed:
            year, was, now = max(changed, key=lambda one: abs(one[2] - one[1]) / max(abs(one[1]), 1e-12))
            share = abs(now - was) / max(abs(was), 1e-12)
            found.append((share, f"{name}, {year}: {was:,.9g} -> {now:,.9g} ({share:.1e}; from {changed[0][0]} on)"))
    if old[0] != new[0]:
        found.append((np.inf, f"years: {old[0][2:]} -> {new[0][2:]}"))
    return [line for _, line in sorted(found, key=lambda one: -one[0])]


def main() -> int:
    """Renew the file and say what has changed."""
    new = numbers()
    lines = differences(kept(), new) if FILE.exists() else ["(there was none)"]
    with FILE.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(new)
    print("\n".join(lines) or "Nothing has changed.")  # noqa: T201  # a command speaks
    if lines:
        print("Now add a line marked **Numbers change** to CHANGELOG.md: which scenarios, years, regions.")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
