"""A run as it will be lived: what was asked for, checked whole before the first household is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.calendar import START, Month
from model.policy import fork
from model.policy.scenario import Scenario
from model.results.checkpoint import Checkpoint
from model.results.sample import KEEP, wish

HOUSEHOLDS = 25_000  # the smallest at which one seed is worth showing (docs/scale.md)
ROUGH = 12_500  # below it even the mean of many seeds is biased (docs/scale.md)
FEWEST = 900  # below it a region may lack a village of any kind
ALL = 25_600_000  # peasant households of the USSR in 1928: one to one
LAST_SEED = 2**32 - 1
MOST_SEEDS = 100_000  # as many as a sweep may have values


class RunError(ValueError):
    """A run that was asked for cannot be, or cannot go on: one sentence for the user."""


@dataclass(frozen=True)
class Plan:
    """What is lived: which orders, by how many households, from which month on."""

    scenario: Scenario
    """Orders of all months: those that were lived before a fork, then those of the scenario asked for."""
    households: int
    luck: list[int]
    """Seeds, one country each."""
    threads: int | None
    keep: int | tuple[int, ...]
    """Households kept in full: how many, or which rows."""
    save_at: frozenset[Month]
    """Months on whose first morning the country is kept in a file."""
    began: Checkpoint | None
    """Where it goes on from, if not from July 1927."""
    past: list[dict[str, Any]]
    """What provenance keeps of the checkpoints on its way, oldest first."""
    notice: str
    """What was not lived as the scenario would have had it, in a sentence."""
    behaviours: tuple[Mapping[str, float], ...] = ()
    """Constants of each country, in the order of `luck`; none where all have those of the scenario."""

    @property
    def countries(self) -> list[tuple[Scenario, int]]:
        """The orders (with their constants) and the seed of each country; a constant that they name stays."""
        if not self.behaviours:
            return [(self.scenario, seed) for seed in self.luck]
        named, found = self.scenario.overrides, []
        for constants, seed in zip(self.behaviours, self.luck, strict=True):
            free = {name: value for name, value in constants.items() if name not in named}
            found.append((self.scenario.with_changes({"behaviour": free}, name=self.scenario.name), seed))
        return found

    @property
    def first(self) -> Month:
        """First month that will be lived."""
        return self.began.month if self.began else START


def planned(
    scenario: Scenario | str | Path | None,
    *,
    households: int | str | None = None,
    seed: int | None = None,
    seeds: int = 1,
    threads: int | None = None,
    keep: int | str | Sequence[int] | None = None,
    start_from: str | Path | None = None,
    save_at: Iterable[str | Month] = (),
    behaviours: Sequence[Mapping[str, float]] = (),
) -> Plan:
    """Check everything that a run is asked for; the arguments are those of `model.run`."""
    if isinstance(scenario, str | Path):
        scenario = Scenario.load(scenario)
    families = None if households is None else number_of_households(households)
    began = None if start_from is None else Checkpoint.open(start_from)
    if began is None:
        if scenario is None:
            raise RunError("scenario: name one that `collectivisation list` shows, or go on --from a checkpoint.")
        families, seed = families or HOUSEHOLDS, 1 if seed is None else seed
        orders, past, notice = scenario, [], ""
    else:
        _check_same(began, families, seed, seeds, keep)
        families, seed, scenario = began.households, began.seed, scenario or began.scenario
        orders = fork.spliced(began.scenario, scenario, began.month)
        past = [*began.past, began.record(scenario)]
        notice = fork.in_a_sentence(began.scenario, scenario, began.month)
    if behaviours:
        if seeds > 1:
            raise RunError("seeds: every set of constants is lived under a seed of its own; leave --seeds out.")
        if began or tuple(save_at):
            raise RunError("posterior: a checkpoint keeps one country; leave --from and --save-at out.")
        seeds = len(behaviours)
    _check_luck(seed, seeds, threads)
    kept = began.kept if began else _households_to_keep(KEEP if keep is None else keep, families)
    months = frozenset(_month_to_save(month) for month in save_at)
    luck = list(range(seed, seed + seeds))
    plan = Plan(orders, families, luck, threads, kept, months, began, past, notice, tuple(behaviours))
    for month in sorted(months):
        if not plan.first < month or month > orders.end.next():
            raise RunError(
                f"save-at: {month} does not follow a month of this run; "
                f"write one from {plan.first.next()} to {orders.end.next()}."
            )
    if months and seeds > 1:
        raise RunError("seeds: a checkpoint keeps one country; with --save-at live one seed at a time.")
    return plan


def _check_same(began: Checkpoint, households: int | None, seed: int | None, seeds: int, keep: object) -> None:
    """Refuse what contradicts the country that was kept."""
    if households not in {None, began.households}:
        raise RunError(f"households: {began.file} keeps {began.households:,}; leave --households out.")
    if seed not in {None, began.seed}:
        raise RunError(f"seed: {began.file} keeps the country of seed {began.seed}; leave --seed out.")
    if seeds > 1:
        raise RunError(f"seeds: {began.file} keeps one country, so one run goes on from it; leave --seeds out.")
    if keep is not None:
        raise RunError(f"keep: {began.file} goes on with the households that it keeps; leave --keep out.")


def _households_to_keep(keep: int | str | Sequence[int], households: int) -> int | tuple[int, ...]:
    """Refuse what cannot be kept; return how many households to keep in full, or which rows."""
    try:
        return wish(keep, households)
    except ValueError as error:
        raise RunError(str(error)) from None


def _month_to_save(month: str | Month) -> Month:
    """Read a month."""
    try:
        return month if isinstance(month, Month) else Month.parse(month)
    except ValueError as wrong:
        raise RunError(f"save-at: {wrong}") from None


def number_of_households(asked: int | str) -> int:
    """Return a number of simulated households, or say what is wrong with it.

    >>> number_of_households("all"), number_of_households("50_000")
    (25600000, 50000)
    """
    if isinstance(asked, str) and asked.strip().lower() == "all":
        return ALL
    try:
        households = int(asked)
        if households != float(asked):
            raise ValueError
    except (TypeError, ValueError, OverflowError):
        raise RunError(f"households: {asked!r} is not a whole number; write for example 25000, or all.") from None
    if households <= 0:
        raise RunError(
            f"households: {households:,} is not above zero; write a number from {FEWEST} to {ALL:,}, or all."
        )
    if households < FEWEST:
        raise RunError(
            f"households: {households:,} are too few to give every region its villages; write {FEWEST} or more."
        )
    if households > ALL:
        raise RunError(
            f"households: {households:,} are more than the {ALL:,} that there were; write all for one to one."
        )
    return households


def how_rough(households: int) -> str | None:
    """Say what a small country is not good for, or nothing where it is large enough.

    >>> how_rough(25_000) is None
    True
    """
    if households >= ROUGH:
        return None
    return (
        f"{households:,} households are good for trying things out, not for numbers: deaths differ by a twelfth and "
        f"more from seed to seed, and their mean is somewhat off (docs/scale.md). Take {HOUSEHOLDS:,}."
    )


def _check_luck(seed: int, seeds: int, threads: int | None) -> None:
    """Refuse seeds and threads of which no run can be made."""
    if not 0 <= seed <= LAST_SEED:
        raise RunError(f"seed: {seed} is not a seed; write a whole number from 0 to {LAST_SEED}.")
    if seeds < 1:
        raise RunError(f"seeds: {seeds} runs cannot be made; write 1 or more.")
    if seeds > MOST_SEEDS:
        raise RunError(f"seeds: {seeds} runs at once are too many; write 1 to {MOST_SEEDS:,}.")
    if seed + seeds - 1 > LAST_SEED:
        raise RunError(f"seeds: {seeds} runs from seed {seed} on go beyond the last seed, {LAST_SEED}.")
    if threads is not None and threads < 1:
        raise RunError(f"threads: {threads} is not a number of threads; write 1 or more.")
