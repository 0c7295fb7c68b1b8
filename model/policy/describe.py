"""A scenario in sentences: what it changes against its parent, date by date, and what in it looks unlikely.

Called by `collectivisation describe` and `collectivisation check`; the sentences are tested.
"""

from __future__ import annotations

import calendar

import numpy as np

from model.calendar import END, Month
from model.history import members_of, region_index
from model.policy.behaviour import BEHAVIOURS
from model.policy.dated import Step, spans
from model.policy.lever import Lever
from model.policy.mechanisms import MECHANISMS
from model.policy.month import LEVERS
from model.policy.scenario import Scenario
from model.policy.stack import collisions

NORMAL_HARVEST = 70.0
"""A usual grain harvest of the time [Mt], to judge an export plan by; source: DW1994+DW2004."""


def describe(scenario: Scenario) -> str:
    """Return title and question, the change against the parent in sentences, hints for the reader, and warnings."""
    blocks = [
        *((_heading(floor), changes(floor)) for floor in floors(scenario)),
        ("Where they collide", collisions(scenario.stack)),
        ("What it holds fixed", list(scenario.holds)),
        ("What to expect", list(scenario.expect)),
        ("Things to notice", list(scenario.notice)),
        ("Things to try", list(scenario.to_try)),
        ("Warnings", warnings(scenario)),
    ]
    lines = [scenario.title, *([scenario.question] if scenario.question else [])]
    for heading, sentences in blocks:
        if sentences:
            lines += ["", f"{heading}:", *(f"- {sentence}" for sentence in sentences)]
    return "\n".join(lines)


def floors(scenario: Scenario) -> list[Scenario]:
    """Return the scenario, or each one that was laid over the first if it was named by several, lowest first."""
    if not scenario.stack or not scenario.parent:
        return [scenario]
    return [*(floors(scenario.parent) if scenario.parent.stack else []), scenario]


def _heading(scenario: Scenario) -> str:
    if not scenario.parent:
        return "What was ordered"
    own = f"What {scenario.stack[-1][0]}" if scenario.stack else "What it"
    return f"{own} changes against {scenario.parent.name}"


def changes(scenario: Scenario) -> list[str]:
    """Return what the scenario's own file orders: one sentence a date against a parent, one a lever without."""
    sentences = []
    for key, course in scenario.layer.courses.items():
        for region, steps in course.parts():
            if scenario.parent:
                sentences += _against(scenario.parent, LEVERS[key], region, steps)
            elif steps:
                path = ", ".join(f"{step.value:g} from {in_words(step.month)}" for step in steps)
                sentences.append(f"{_begin(LEVERS[key], region)} [{LEVERS[key].unit.word}; {key}]: {path}.")
    for name, works in scenario.layer.mechanisms.items():
        sentences.append(f"The mechanism {name} is switched {'on' if works else 'off'} ({_lower(MECHANISMS[name])}).")
    for name, value in scenario.layer.behaviour.items():
        one = BEHAVIOURS[name]
        before = scenario.parent.overrides.get(name, one.default) if scenario.parent else one.default
        sentences.append(f"Behaviour: {name} is {value:g} {one.unit} instead of {before:g}.")
    if scenario.layer.weather and scenario.parent:
        before_mode = scenario.parent.weather_mode
        if scenario.layer.weather != before_mode:
            sentences.append(f"The weather is {scenario.layer.weather} instead of {before_mode}.")
    if scenario.layer.spread and scenario.parent and scenario.layer.spread != scenario.parent.spread:
        sentences.append(f"What households have is {scenario.layer.spread} instead of {scenario.parent.spread}.")
    if scenario.layer.end and scenario.end != END:
        sentences.append(f"The story ends in {in_words(scenario.end)}.")
    return sentences


def warnings(scenario: Scenario) -> list[str]:
    """Return what the scenario's own file orders that is possible but not plausible, or not explained.

    Of a stack, what is so in any of the files laid over the first.
    """
    found = warnings(scenario.parent) if scenario.stack and scenario.parent and scenario.parent.stack else []
    for key, course in scenario.layer.courses.items():
        lever = LEVERS[key]
        silent = 0
        for region, steps in course.parts():
            for step in steps:
                silent += not (step.source or step.why)
                if not lever.usual[0] <= step.value <= lever.usual[1]:
                    found.append(
                        f"{_place(lever, region)}, {step.month}: {step.value:g} is possible but not plausible "
                        f"({lever.usual[0]:g} to {lever.usual[1]:g} {lever.unit.word})."
                    )
        if silent:
            found.append(f"{key}: {silent} of its values {'has' if silent == 1 else 'have'} neither source nor why.")
    if not scenario.parent and (unsaid := len(LEVERS) - len(scenario.layer.courses)):
        found.append(
            f"It extends nothing, so {unsaid} of {len(LEVERS)} levers stay to the end as under the NEP of July 1927; "
            'to change history write extends = "historical".'
        )
    for name, value in scenario.layer.behaviour.items():
        low, high = BEHAVIOURS[name].usual
        if not low <= value <= high:
            found.append(f"behaviour.{name}: {value:g} is possible but not plausible ({low:g} to {high:g}).")
    return found + _contradictions(scenario)


def _contradictions(scenario: Scenario) -> list[str]:
    """Return orders of the scenario that do not go together."""
    found = []
    own = scenario.layer.courses
    if "dekulakisation.region_share" in own:
        sums = scenario.tables["dekulakisation.region_share"].sum(axis=1)
        if (wrong := np.flatnonzero(np.abs(sums - 1) > 0.005)).size:
            month = Month.at(int(wrong[0]))
            found.append(f"dekulakisation.region_share, {month}: the regions add up to {sums[wrong[0]]:.2f}, not to 1.")
    if {"trade.grain_exports", "procurement.rate"} & own.keys():
        procured = scenario.tables["procurement.rate"] * NORMAL_HARVEST
        exports = scenario.tables["trade.grain_exports"]
        if (wrong := np.flatnonzero(exports > 0.4 * procured)).size:
            first = int(wrong[0])
            found.append(
                f"trade.grain_exports, {Month.at(first)}: {exports[first]:g} Mt a year is more than two fifths of what "
                f"procurement would bring from a usual harvest ({procured[first]:.1f} Mt)."
            )
    return found


def in_words(month: Month) -> str:
    """Write a month as in a sentence.

    >>> in_words(Month(1929, 7))
    'July 1929'
    """
    return f"{calendar.month_name[month.month]} {month.year}"


def _against(parent: Scenario, lever: Lever, region: str, steps: tuple[Step, ...]) -> list[str]:
    """Return one sentence for every date: what is ordered, in place of what, and why."""
    sentences = []
    table = parent.tables[lever.key]
    columns = [region_index()[one] for one in members_of(region)] if region else slice(None)
    for step, end in spans(steps):
        rows = table[step.month.index : end]
        before = rows[:, columns] if lever.regional else rows
        low, high = float(before.min()), float(before.max())
        when = f"From {in_words(step.month)} " + ("on" if step is steps[-1] else f"to {in_words(Month.at(end - 1))}")
        instead = f"{low:g}" if low == high else f"{low:g} to {high:g}"
        what = f"stays {low:g}" if low == high == step.value else f"is {step.value:g} instead of {instead}"
        where = f" in {region}" if region else ""
        why = f": {step.why}" if step.why else ""
        sentences.append(f"{when}, {lever.text}{where} {what} [{lever.unit.word}; {lever.key}]{why}.")
    return sentences


def _begin(lever: Lever, region: str) -> str:
    return lever.text[:1].upper() + lever.text[1:] + (f" in {region}" if region else "")


def _place(lever: Lever, region: str) -> str:
    return f"{lever.key} in {region}" if region else lever.key


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")
