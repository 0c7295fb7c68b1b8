"""The command `life`: find a household, live it under one policy or two, tell its years in sentences."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.cli.running import announce_compiling
from model.cli.terminal import console, progress

if TYPE_CHECKING:
    from model.biography.family import Family
    from model.plan import Plan

HOUSEHOLDS = 12_500
TEXT, DATA, CHART = "life.txt", "life.json", "life"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A life as it was asked for."""

    scenario: str
    household: int | None
    region: str | None
    stratum: str | None
    pick: str | None
    under: str | None
    seed: int | None
    households: str | None
    until: str | None
    out: Path | None
    quiet: bool
    as_json: bool


def carry_out(wanted: Wanted) -> None:
    """Tell it; all that can be refused is refused before it begins."""
    from model.plan import RunError
    from model.results import store

    began = time.perf_counter()
    if wanted.household is not None and (wanted.region or wanted.stratum or wanted.pick):
        raise RunError("household: a row says which; leave --region, --class and --pick out.")
    plans = [_planned(name, wanted) for name in (wanted.scenario, wanted.under) if name]
    announce_compiling(quiet=wanted.quiet)
    row = _row(wanted, plans[0])
    folder = wanted.out or Path("results") / "-".join(["life", *[plan.scenario.name for plan in plans], str(row)])
    store.prepare(folder)
    families = [_live(plan, row, quiet=wanted.quiet) for plan in plans]
    told = as_data(families)
    files = _write(families, told, folder)
    if wanted.as_json:
        json.dump(told | {"files": [str(file) for file in files]}, sys.stdout, indent=2, ensure_ascii=False)
        sys.stdout.write("\n")
    elif not wanted.quiet:
        _show(told)
        names = ", ".join(file.name for file in files)
        console().print(f"{folder}: {names}. {time.perf_counter() - began:.1f} s in all.", markup=False)


def _planned(name: str, wanted: Wanted) -> Plan:
    """Check a world: its orders, to the month asked for, and the row if there is one."""
    from model.calendar import Month
    from model.plan import RunError, planned
    from model.policy.scenario import Scenario

    scenario = Scenario.load(name)
    if wanted.until is not None:
        try:
            until = Month.parse(wanted.until)
        except ValueError as wrong:
            raise RunError(f"until: {wrong}") from None
        if not scenario.start < until or scenario.end < until:
            raise RunError(f"until: {until} is no month after {scenario.start} and up to {scenario.end}.")
        scenario = scenario.with_changes({"title": scenario.title, "end": str(until)}, name=scenario.name)
    keep = [] if wanted.household is None else [wanted.household]
    try:
        return planned(scenario, households=wanted.households or HOUSEHOLDS, seed=wanted.seed, keep=keep)
    except RunError as wrong:
        raise RunError(str(wrong).replace("keep: there is", "household: there is")) from None


def _row(wanted: Wanted, plan: Plan) -> int:
    """Return the row that was named, or find it."""
    if wanted.household is not None:
        return wanted.household
    from model.biography.finding import find

    months = plan.scenario.end.index + 1
    with progress(f"Finding a household: {plan.scenario.title}", quiet=wanted.quiet) as bar:
        return find(
            plan,
            region=wanted.region,
            stratum=wanted.stratum,
            pick=wanted.pick,
            tick=lambda month: bar(month.index + 1, months, month) if bar else None,
        )


def _live(plan: Plan, row: int, *, quiet: bool) -> Family:
    """Live a world and keep the one household."""
    from dataclasses import replace

    from model.biography.family import Family
    from model.running import live

    with progress(plan.scenario.title, quiet=quiet) as tick:
        return Family.of(live(replace(plan, keep=(row,)), folder=Path(), progress=tick), row)


def as_data(families: list[Family]) -> dict[str, Any]:
    """Return the lives as plain data: who, the months lived alike, the events of each world with their sentences."""
    from model.biography.differences import differences
    from model.biography.events import events
    from model.biography.family import months_alike
    from model.biography.introduction import introduction
    from model.biography.sentences import sentence

    one = families[0]
    told: dict[str, Any] = {
        "household": one.row,
        "households": one.households,
        "seed": one.seed,
        "region": one.region,
        "class": one.stratum.name.lower(),
        "introduction": introduction(one),
    }
    if len(families) > 1:
        alike = months_alike(*families)
        told["alike_until"] = str(one.months[alike - 1]) if alike else None
        told["alike_to_the_end"] = alike == len(one.months)
        told["differences"] = [each._asdict() for each in differences(*families)]
    told["worlds"] = [
        {
            "scenario": family.scenario,
            "title": family.title,
            "events": [
                {"month": str(event.month), "kind": event.kind, **event.facts, "sentence": sentence(event)}
                for event in events(family)
            ],
        }
        for family in families
    ]
    return told


def sections(told: dict[str, Any]) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """Return what is told once, for all worlds, and then what is told of each."""
    from model.biography.sentences import when
    from model.calendar import Month

    worlds = [(world["title"], [event["sentence"] for event in world["events"]]) for world in told["worlds"]]
    if len(worlds) == 1:
        return told["introduction"], worlds
    first, second = (lines for _, lines in worlds)
    shared = 0
    while shared < min(len(first), len(second)) and first[shared] == second[shared]:
        shared += 1
    if told["alike_to_the_end"]:
        parting = "The two lives are the same to the end."
    elif told["alike_until"] is None:
        parting = "The two lives differ from the first month."
    else:
        alike = when(Month.parse(told["alike_until"]))
        parting = f"The two lives are the same in every column up to the end of {alike}."
    return [*told["introduction"], *first[:shared], parting], [
        (title, lines[shared:]) for title, lines in worlds if not told["alike_to_the_end"]
    ]


def parting_lines(told: dict[str, Any]) -> list[str]:
    """Return what differs between two worlds, a line for each thing, under a heading; nothing for one world."""
    if not told.get("differences"):
        return []
    titles = [world["title"] for world in told["worlds"]]
    lines = [
        f"{each['what']}. {'; '.join(f'{title}: {how}' for title, how in zip(titles, each['worlds'], strict=True))}."
        for each in told["differences"]
    ]
    return ["What differs", *lines]


def _write(families: list[Family], told: dict[str, Any], folder: Path) -> list[Path]:
    """Write the sentences, the data and the chart, all of them or none."""
    from model import __version__
    from model.figures import album
    from model.figures.biography import life
    from model.results.store import CannotWriteError, staged

    shared, worlds = sections(told)
    lines = [*shared, *(line for title, own in worlds for line in ("", title, *own))]
    lines += ["", *differing] if (differing := parting_lines(told)) else []
    try:
        with staged(folder) as stage:
            (stage / TEXT).write_text("\n".join(lines) + "\n", encoding="utf-8")
            (stage / DATA).write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
            album.save(life(families, __version__), stage / CHART)
            written = sorted(stage.iterdir())
            for file in written:
                file.replace(folder / file.name)
    except OSError as error:
        raise CannotWriteError.of(folder, error) from error
    return [folder / file.name for file in written]


def _show(told: dict[str, Any]) -> None:
    """Print what is told once, then the worlds side by side."""
    from rich.table import Table

    terminal = console()
    shared, worlds = sections(told)
    for line in shared:
        terminal.print(line, markup=False)
    if not worlds:
        return
    table = Table(box=None, pad_edge=False, show_edge=False, padding=(0, 3, 0, 0))
    for title, _ in worlds:
        table.add_column(title, ratio=1, overflow="fold")
    years = sorted({_year(line) for _, lines in worlds for line in lines})
    for year in years:
        table.add_row(*("\n".join(line for line in lines if _year(line) == year) for _, lines in worlds))
    terminal.print(table)
    if told.get("differences"):
        differing = Table(box=None, pad_edge=False, show_edge=False, padding=(1, 3, 0, 0))
        for title in ("What differs", *(title for title, _ in worlds)):
            differing.add_column(title, ratio=1, overflow="fold")
        for each in told["differences"]:
            differing.add_row(each["what"], *each["worlds"])
        terminal.print()
        terminal.print(differing)


def _year(line: str) -> int:
    """Read the year out of the month with which a sentence begins."""
    return int(line.split(":", 1)[0].rsplit(" ", 1)[1])
