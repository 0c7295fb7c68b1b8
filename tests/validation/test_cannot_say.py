"""What this model cannot say: every claim has its source, every lever it names exists, every side is heard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from model.history.labelled import names
from model.policy.behaviour import BEHAVIOURS
from model.policy.mechanisms import MECHANISMS
from model.policy.month import LEVERS
from model.policy.scenario import Scenario
from model.results.variables import VARIABLES

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "cannot_say.md").read_text(encoding="utf-8")
SOURCES = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")


def test_every_key_leads_to_a_source() -> None:
    """A claim that nobody can look up is hearsay."""
    keys = set(re.findall(r"\b[A-Z][A-Z0-9]*[A-Z][A-Z0-9]*(?:\d{4}|\d{2,})\b", TEXT)) | {"VALUTA"}
    assert len(keys) > 25
    assert sorted(key for key in keys if f"**{key}**" not in SOURCES) == []


def _known() -> set[str]:
    levers = set(LEVERS)
    known = levers | {f".{key.split('.', 1)[1]}" for key in levers} | {key.split(".", 1)[1] for key in levers}
    known |= set(MECHANISMS) | set(BEHAVIOURS) | set(names()) | set(VARIABLES)
    return known | {"weather", 'weather.mode = "average"'}


def test_every_lever_switch_and_series_that_it_names_exists() -> None:
    """A page about the model that names a lever which is gone says something of another model."""
    words = re.findall(r"`([^`]+)`", TEXT)
    paths = [word for word in words if "/" in word]
    for path in paths:
        assert (ROOT / path).exists() or (ROOT / "model" / path).exists(), path
    commands = [word for word in words if word.startswith("collectivisation data ")]
    assert all(command.split()[-1] in names() for command in commands)
    rest = [word for word in words if word not in {*paths, *commands}]
    assert sorted(word for word in rest if word not in _known()) == []
    assert "nep_continues" in Scenario.names()


@pytest.mark.parametrize(
    "authors",
    [
        ("Naumenko", "Davies and Wheatcroft", "Tauger", "Kondrashin"),
        ("Conquest", "Applebaum", "Graziosi", "Markevich, Naumenko and Qian"),
        ("Pianciola", "Cameron", "Kindler"),
        ("Allen", "Cheremukhin", "Hunter and Szyrmer", "Gregory"),
        ("TSAPLIN1989", "WHEATCROFT1990", "ADK1993", "RUDNYTSKYI2018", "VALLIN2002"),
    ],
)
def test_both_sides_of_a_contest_are_heard(authors: tuple[str, ...]) -> None:
    assert [author for author in authors if author not in TEXT] == []


def test_every_contested_claim_says_what_is_left_open() -> None:
    """Sections 1 to 7: the claims, where they stand in the model, what remains."""
    sections = re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:8]
    assert [section[0] for section in sections] == list("1234567")
    for section in sections:
        for part in ("**What is claimed.**", "**In the model.**", "**Left open.**"):
            assert part in section, section[:40]


def test_the_page_takes_no_side() -> None:
    """Words that decide what the page leaves open."""
    for word in ("proves that", "obviously", "the truth is", "clearly", "of course", "in fact"):
        assert word not in TEXT.lower()
