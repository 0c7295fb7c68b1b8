"""The text of a new scenario file: a head to fill in, one example, and every lever as a comment. For `new`."""

from __future__ import annotations

import re

from model.calendar import Month
from model.policy.dated import Table
from model.policy.errors import ScenarioError
from model.policy.files import names
from model.policy.mechanisms import MECHANISMS
from model.policy.month import LEVERS, SECTIONS
from model.policy.reading import WEATHER_MODES
from model.policy.scenario import Scenario

EXAMPLE_MONTH = Month(1932, 7)
"""Month whose orders stand beside the levers: the harvest before the famine."""
EXAMPLE = ("relief.share", "1932-07", 0.5)
"""The one order that a new file gives, to be replaced."""
RULE = "# " + "-" * 110


def checked_name(name: str) -> str:
    """Return a name for a new scenario file, or say why it cannot be one.

    >>> checked_name("my_question")
    'my_question'
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise ScenarioError(f"{name!r} is not a name for a scenario; write small letters, digits and _: my_question.")
    if name in names():
        raise ScenarioError(f"there is a scenario called {name} already; choose another name.")
    return name


def template(name: str, parent: Scenario, extends: str, schema: str) -> str:
    """Return the text of a scenario file that extends `parent`; valid as it stands.

    extends   how the file names its parent
    schema    where an editor finds the keys, as a path from the file's folder; empty if nowhere
    """
    key, month, value = EXAMPLE
    section, lever = key.split(".")
    lines = [
        *([f"#:schema {schema}"] if schema else []),
        f"# A question of your own to history. Check it:  collectivisation check {name}.toml",
        f"# What it changes, in sentences:                collectivisation describe {name}.toml",
        f"# Live it:                                      collectivisation run {name}.toml",
        "",
        f'title = "{name.replace("_", " ").capitalize()}"',
        'question = "What if the State had fed half of the hungry from July 1932 on?"  # yours in its place',
        f'extends = "{extends}"  # all that is not named below stays as it is there',
        'holds = ["What stays as it was, and what your question leaves out."]',
        'expect = ["What you expect, before you look."]',
        'notice = ["What a reader should notice in the results."]',
        'try = ["What to try next."]',
        "",
        "# An order holds from its month until the next one of the same lever; from its first date on, nothing of",
        f"# {parent.name} is left in that lever. Give each value a why, or a source (a key of docs/sources.md).",
        "",
        f"[{section}]",
        f'{lever} = {{ {month} = {{ value = {value:g}, why = "an example: take it out or change it" }} }}',
        "",
        RULE,
        f"# All levers, with what {parent.name} orders in July 1932. To change one, take away its # and that of the",
        "# [section] above it (a section stands once in a file: [relief] stands above already), and write your own",
        "# month, value and why. Levers by region take  by_region.ukraine = { 1932-07 = 0.2 }  beside their months.",
        RULE,
    ]
    for section_name, declared in SECTIONS.items():
        lines += ["", f"# {declared.__doc__ or ''}".rstrip(), f"# [{section_name}]"]
        lines += [_lever_line(f"{section_name}.{one}", parent.tables) for one in declared.model_fields]
    lines += [
        "",
        "# One word for the whole time.",
        "# [weather]",
        f'# mode = "{parent.weather_mode}"  # {", ".join(WEATHER_MODES)}',
        "",
        "# Mechanisms that may be switched off, to see what each of them does.",
        "# [mechanisms]",
        *(f"# {one} = {str(getattr(parent.mechanisms, one)).lower()}  # {text}" for one, text in MECHANISMS.items()),
    ]
    return "\n".join(lines) + "\n"


def _lever_line(key: str, tables: dict[str, Table]) -> str:
    """Return one lever as a comment that becomes an order when its sign is taken away."""
    lever, row = LEVERS[key], tables[key][EXAMPLE_MONTH.index]
    value = float(row.flat[0]) if row.ndim else float(row)
    same = not row.ndim or bool((row == value).all())
    differs = "" if same else "; differs by region"
    low, high = lever.usual
    return (
        f"# {lever.name} = {{ {EXAMPLE_MONTH} = {value:g} }}  # {lever.text} [{lever.unit.word}], "
        f"plausible {low:g} to {high:g}{differs}"
    )
