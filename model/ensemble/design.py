"""Which variants a sweep lives: a grid of varied values, or rows of a CSV file; checked whole before the first run."""

from __future__ import annotations

import csv
import itertools
import math
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

import numpy as np

from model.calendar import START
from model.ensemble.variant import Variant
from model.plan import RunError
from model.policy.behaviour import BEHAVIOURS
from model.policy.errors import ScenarioError
from model.policy.month import LEVERS
from model.policy.scenario import Scenario

Point = dict[str, float]
"""One row of a design: a value for each lever, "procurement.rate", or constant, "behaviour.yield_level"."""

MOST = 100_000  # runs of one sweep
SAID = 10  # mistakes of a design that are told one by one
HOW = "write for example procurement.rate=0.15:0.40:6 (six values from 0.15 to 0.40) or procurement.rate=0.2,0.3"


def grid(wishes: Iterable[str]) -> list[Point]:
    """Return every combination of what is varied, the last one fastest.

    >>> grid(["procurement.rate=0.2:0.4:3"])
    [{'procurement.rate': 0.2}, {'procurement.rate': 0.3}, {'procurement.rate': 0.4}]
    """
    axes: dict[str, list[float]] = {}
    for wish in wishes:
        name, values = _axis(wish)
        if name in axes:
            raise RunError(f"vary: {name} is varied twice; name all its values in one --vary.")
        axes[name] = values
    points = math.prod(len(values) for values in axes.values())
    if points > MOST:
        raise RunError(f"vary: {points:,} combinations are too many; vary fewer, up to {MOST:,}.")
    return [dict(zip(axes, values, strict=True)) for values in itertools.product(*axes.values())]


def _axis(wish: str) -> tuple[str, list[float]]:
    """Read one `--vary`."""
    name, _, text = (part.strip() for part in wish.partition("="))
    if not name or not text:
        raise RunError(f"vary: {wish!r} does not say what takes which values; {HOW}.")
    if ":" not in text:
        return name, [_number(part, f"vary, {name}") for part in text.split(",")]
    parts = text.split(":")
    if len(parts) != 3 or not parts[2].strip().isdigit():
        raise RunError(f"vary, {name}: {text!r} is not lowest:highest:how many; {HOW}.")
    low, high, count = _number(parts[0], f"vary, {name}"), _number(parts[1], f"vary, {name}"), int(parts[2])
    if not 2 <= count <= MOST:
        raise RunError(f"vary, {name}: {count:,} values cannot be spread; write 2 to {MOST:,}, or one value alone.")
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise RunError(f"vary, {name}: {parts[0]} is not below {parts[1]}; {HOW}.")
    return name, [float(f"{value:.12g}") for value in np.linspace(low, high, count)]  # 0.3, not 0.30000000000000004


def _number(text: str, place: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise RunError(f"{place}: {text.strip()!r} is not a number; {HOW}.") from None


def rows_of(file: Path) -> list[Point]:
    """Read a design file: a column for each lever or constant, a row for each variant; empty cells change nothing."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            table = list(csv.reader(lines))
    except UnicodeDecodeError as wrong:
        raise RunError(f"{file}: this is not UTF-8 text (byte {wrong.start + 1}).") from None
    except csv.Error as wrong:
        raise RunError(f"{file}: this is not a table of commas ({wrong}).") from None
    names = [name.strip() for name in table[0]] if table else []
    body = [(line, row) for line, row in enumerate(table[1:], 2) if any(cell.strip() for cell in row)]
    if len(names) == 1 and ";" in names[0]:
        raise RunError(f"{file}, line 1: columns are parted by semicolons; write commas.")
    if not names or not body:
        raise RunError(f"{file}: there is no variant in it; write a line of levers, then a line for each variant.")
    if twice := {name for name in names if names.count(name) > 1}:
        raise RunError(f"{file}, line 1: {min(twice) or 'a column without a name'} stands there twice.")
    if len(body) > MOST:
        raise RunError(f"{file}: {len(body):,} variants are too many; write up to {MOST:,}.")
    points = []
    for line, row in body:
        if len(row) != len(names):
            raise RunError(f"{file}, line {line}: there are {len(row)} values, and {len(names)} columns in line 1.")
        cells = {name: cell.strip() for name, cell in zip(names, row, strict=True) if cell.strip()}
        points.append({name: _cell(cell, f"{file}, line {line}, {name}") for name, cell in cells.items()})
    return points


def _cell(text: str, place: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise RunError(f"{place}: {text!r} is not a number; write one with a point, as in 0.25.") from None


def variants(
    scenario: Scenario, points: Sequence[Point], *, seeds: Sequence[int], households: int, place: str = "vary"
) -> list[Variant]:
    """Return a variant for every point and seed, the seed fastest; all that is wrong with the points is said at once.

    place   how errors call the design; lines of a file begin at 2
    """
    if len(points) * len(seeds) > MOST:
        raise RunError(f"{len(points) * len(seeds):,} runs are too many for one sweep; ask for up to {MOST:,}.")
    problems: dict[str, str] = {}
    for line, point in enumerate(points, 2):
        try:
            _check(scenario, point, place if place == "vary" else f"{place}, line {line}")
        except ScenarioError as wrong:
            for problem in wrong.problems:  # of several values of a --vary, the first one that is wrong
                problems.setdefault(problem.partition(": ")[0], problem)
    if len(problems) > SAID:
        raise ScenarioError(*list(problems.values())[:SAID], f"{place}: {len(problems) - SAID:,} more are wrong.")
    if problems:
        raise ScenarioError(*problems.values())
    return [
        Variant(
            scenario,
            seed=seed,
            households=households,
            behaviour={_constant(name): value for name, value in point.items() if _constant(name)},
            policy={name: value for name, value in point.items() if not _constant(name)},
        )
        for point in points
        for seed in seeds
    ]


def _constant(name: str) -> str:
    """Return the name of a behavioural constant, or nothing for a lever."""
    return name.removeprefix("behaviour.") if name.startswith("behaviour.") else ""


def _check(scenario: Scenario, point: Point, place: str) -> None:
    """Refuse what cannot be varied and values without a meaning."""
    known = [*LEVERS, *(f"behaviour.{name}" for name in BEHAVIOURS)]
    document: dict[str, dict[str, float]] = {}
    for name, value in point.items():
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.8)
            help_ = f"did you mean {near[0]}?" if near else "docs/parameters.md lists them all."
            raise ScenarioError(f"{place}, {name}: there is no such lever or constant; {help_}")
        section, _, rest = name.partition(".")
        document.setdefault(section, {})[rest] = value
    try:
        scenario.with_changes(document, name=place)
    except ScenarioError as wrong:  # a sweep has no dates: the value holds from the first month on
        raise ScenarioError(*(problem.replace(f", {START}: ", ": ") for problem in wrong.problems)) from None
