"""Two files made from the declarations: `scenarios/schema.json` for editors and `docs/parameters.md` for readers.

`python -m model.policy.schema` writes both anew; a test fails when one of them is stale.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from model.policy.behaviour import BEHAVIOURS, SUBJECTS
from model.policy.constant import Constant
from model.policy.dated import REGION_KEYS
from model.policy.files import ROOT
from model.policy.lever import Lever, levers_of, number_within
from model.policy.mechanisms import MECHANISMS
from model.policy.month import LEVERS, SECTIONS
from model.policy.reading import SPREADS, WEATHER_MODES, Head

SCHEMA = ROOT / "scenarios" / "schema.json"
PARAMETERS = ROOT / "docs" / "parameters.md"
WORDS = (
    ("weather.mode", WEATHER_MODES, "Weather as it was, average in every year, or drawn by the seed."),
    (
        "households.spread",
        SPREADS,
        "Who has what in July 1927: as it was; shuffled over the whole country; average, every head of a region alike.",
    ),
)
MONTHS = "^(1927-(0[7-9]|1[0-2])|19(2[89]|3[0-9])-(0[1-9]|1[0-2]))$"


def schema() -> dict[str, Any]:
    """Return the JSON schema of a scenario file: keys with their meaning, ranges, months of the story."""
    sections = {
        section: {
            "type": "object",
            "description": declared.__doc__ or "",
            "additionalProperties": False,
            "properties": {name: _lever(LEVERS[f"{section}.{name}"]) for name in declared.model_fields},
        }
        for section, declared in SECTIONS.items()
    }
    behaviour = {name: _constant(one) for name, one in BEHAVIOURS.items()}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Scenario: the orders of the State, dated",
        "type": "object",
        "additionalProperties": False,
        "definitions": _definitions(),
        "properties": {
            **_head(),
            **sections,
            "mechanisms": _closed({name: {"type": "boolean", "description": t} for name, t in MECHANISMS.items()}),
            "behaviour": _closed(behaviour),
            **{
                key.split(".")[0]: _closed({key.split(".")[1]: {"enum": list(words), "description": text}})
                for key, words, text in WORDS
            },
        },
    }


def _head() -> dict[str, Any]:
    """The words on top of a file, as pydantic sees them."""
    fields = Head.model_json_schema()["properties"]
    return {
        name.rstrip("_"): {key: value for key, value in field.items() if key in {"type", "items"}}
        for name, field in fields.items()
    }


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _definitions() -> dict[str, Any]:
    """Numbers and dated tables, one of each for every range that a lever has."""
    definitions: dict[str, Any] = {}
    notes = {"source": {"type": "string"}, "why": {"type": "string"}}
    for lever in LEVERS.values():
        number = number_within(*lever.allowed).json_schema()
        entry = _closed({"value": number, **notes}) | {"required": ["value"]}
        dated = _closed(notes) | {"patternProperties": {MONTHS: {"anyOf": [number, entry]}}}
        definitions[_named(lever.allowed)] = {"anyOf": [number, dated]}
        if lever.regional:
            regions = _closed({key: {"$ref": f"#/definitions/{_named(lever.allowed)}"} for key in REGION_KEYS})
            whole = dated | {"properties": notes | {"by_region": regions}}
            definitions[_named(lever.allowed) + "_by_region"] = {"anyOf": [number, whole]}
    return definitions


def _named(allowed: tuple[float, float]) -> str:
    return f"dated_{allowed[0]:g}_to_{allowed[1]:g}"


def _lever(lever: Lever) -> dict[str, Any]:
    """A number for the whole time, or a table of months; by region where the lever is."""
    text = f"{lever.text[:1].upper()}{lever.text[1:]} [{lever.unit.word}]; plausible {_range(lever.usual)}."
    kind = _named(lever.allowed) + ("_by_region" if lever.regional else "")
    return {"description": text, "allOf": [{"$ref": f"#/definitions/{kind}"}]}


def _constant(one: Constant) -> dict[str, Any]:
    text = f"{one.text} [{one.unit}]; default {one.default:g}, plausible {_range(one.usual)}."
    return number_within(*one.allowed).json_schema() | {"description": text}


def parameters() -> str:
    """Return docs/parameters.md: every lever, mechanism and behavioural constant in tables."""
    lines = [
        "# Parameters",
        "",
        "Made from the declarations in `model/policy/` by `python -m model.policy.schema`; do not edit by hand.",
        "",
        "**Levers** are what could have been decided otherwise; a scenario gives them dated values. **Behaviour** is",
        "what we are unsure of: constant over time and regions. *Allowed* is what has a meaning (an error beyond it),",
        "*plausible* is where ensembles sample (a warning beyond it). A default of a lever is the NEP of July 1927.",
        "Sources are keys of `sources.md`.",
        "",
        "## Levers",
    ]
    for section, declared in SECTIONS.items():
        lines += ["", f"### {section}", "", declared.__doc__ or "", ""]
        lines += ["| lever | meaning | unit | default | allowed | plausible | by region | source |"]
        lines += ["|---|---|---|---|---|---|---|---|"]
        for lever in levers_of(section, declared):
            lines.append(
                f"| `{lever.key}` | {lever.text} | {lever.unit.word} | {lever.default:.4g} | {_range(lever.allowed)} "
                f"| {_range(lever.usual)} | {'yes' if lever.regional else ''} | {lever.source} |"
            )
    lines += ["", "## Mechanisms", "", "Each may be switched off in `[mechanisms]` of a scenario.", ""]
    lines += ["| mechanism | what it does |", "|---|---|"]
    lines += [f"| `{name}` | {text} |" for name, text in MECHANISMS.items()]
    lines += ["", "## Weather and holdings", "", "One word each, for the whole time.", ""]
    lines += ["| key | words | what it does |", "|---|---|---|"]
    lines += [f"| `{key}` | {', '.join(words)} | {text} |" for key, words, text in WORDS]
    lines += ["", "## Behaviour", "", "Overridden in `[behaviour]` of a scenario. A default that calibration found"]
    lines += [
        "(`collectivisation calibrate`, docs/calibration.md) has the value that was declared before it beside it."
    ]
    for subject, constants in SUBJECTS.items():
        lines += [
            "",
            f"### {subject}",
            "",
            "| constant | meaning | unit | default | before | allowed | plausible | source |",
        ]
        lines += ["|---|---|---|---|---|---|---|---|"]
        lines += [
            f"| `{one.name}` | {one.text} | {one.unit} | {BEHAVIOURS[one.name].default:g} | {_declared(one)} "
            f"| {_range(one.allowed)} | {_range(one.usual)} | {one.source} |"
            for one in constants
        ]
    return "\n".join(lines) + "\n"


def _declared(one: Constant) -> str:
    """Return the declared default of a constant which calibration has moved."""
    return "" if one.default == BEHAVIOURS[one.name].default else f"{one.default:g}"


def _range(bounds: tuple[float, float]) -> str:
    return f"{bounds[0]:g} to {bounds[1]:g}"


def files() -> dict[Path, str]:
    """Return the generated files with the text that they should have."""
    return {SCHEMA: json.dumps(schema(), indent=1, ensure_ascii=False) + "\n", PARAMETERS: parameters()}


def write() -> None:
    """Write both files."""
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
