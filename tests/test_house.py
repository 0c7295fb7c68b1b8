"""Checks of the drawing against the building: floors, declarations that are read, rules that are called."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

import model
from model.cli.commands import app
from model.policy.behaviour import BEHAVIOURS
from model.policy.mechanisms import MECHANISMS
from model.policy.month import LEVERS
from model.results.variables import VARIABLES

ROOT = Path(__file__).resolve().parents[1]
ENGINE = ("rules", "phases", "agents", "founding", "country.py")


def _files(*rooms: str) -> list[Path]:
    found: list[Path] = []
    for room in rooms:
        place = ROOT / "model" / room
        found += [place] if place.suffix else sorted(place.rglob("*.py"))
    return found


def _trees(*rooms: str) -> Iterator[ast.Module]:
    for file in _files(*rooms):
        yield ast.parse(file.read_text(encoding="utf-8"))


def _words_read(rooms: Iterable[str]) -> set[str]:
    """Return every name and attribute that is read, and every word handed over as text, in these rooms."""
    words = set()
    for tree in _trees(*rooms):
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                words.add(node.attr)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
                words.add(node.value)
    return words


def _tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def _readme_commands() -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, flags=re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def test_imports_go_down() -> None:
    """Never up and never sideways: the contract in pyproject.toml."""
    linter = Path(sys.executable).with_name("lint-imports")
    answer = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize("variable", VARIABLES.values(), ids=lambda variable: variable.name)
def test_every_variable_has_a_unit_and_a_meaning(variable: object) -> None:
    one = VARIABLES[variable.name]  # type: ignore[attr-defined]
    assert one.unit
    assert "," not in one.unit + one.name  # they stand in a table of commas
    assert len(one.long_name) > 8
    assert set(one.weight) <= VARIABLES.keys()


def test_every_lever_is_read_by_the_engine() -> None:
    """A lever that no rule feels would promise an answer that the model cannot give."""
    words = _words_read(ENGINE)
    assert not [key for key, lever in LEVERS.items() if lever.name not in words]


def test_every_behavioural_constant_is_read_by_the_engine() -> None:
    words = _words_read(ENGINE)
    assert not [name for name in BEHAVIOURS if name not in words]


def test_every_mechanism_can_be_felt_to_be_off() -> None:
    words = _words_read(ENGINE)
    assert not [name for name in MECHANISMS if name not in words]


def test_every_rule_is_called_by_a_phase() -> None:
    """A rule that nobody calls is a mechanism that is named and does nothing."""
    called = set()
    for tree in _trees(*ENGINE):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called.add(getattr(node.func, "attr", None) or getattr(node.func, "id", None))
    rules = {
        node.name
        for tree in _trees("rules")
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(mark, ast.Name) and mark.id == "rule" for mark in node.decorator_list)
    }
    assert rules
    assert not rules - called


def test_every_rule_explains_itself_with_an_example() -> None:
    """The example is run as a doctest: a rule that says one thing and does another is found."""
    silent = [
        node.name
        for tree in _trees("rules")
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and ">>>" not in (ast.get_docstring(node) or "")
    ]
    assert not silent


def test_readme_has_its_two_commands_word_for_word() -> None:
    commands = [line for line in _readme_commands() if line.startswith("pip install")]
    assert commands == [
        "pip install -e . && collectivisation run historical",
        "pip install -e '.[test]' && pytest",
    ]


def test_readme_names_only_commands_options_and_scenarios_that_exist() -> None:
    program = typer.main.get_command(app)
    for line in _readme_commands():
        for part in line.split("&&"):
            words = shlex.split(part, comments=True)
            if not words or words[0] != "collectivisation":
                continue
            command = program.commands[words[1]]  # type: ignore[attr-defined]
            options = {name for parameter in command.params for name in [*parameter.opts, *parameter.secondary_opts]}
            assert {word for word in words[2:] if word.startswith("-")} <= options
            asked = words[2:3] if words[1] not in {"new", "data"} else []
            stacked = [name for word in asked if not word.startswith("-") for name in word.split("+")]
            names = [name for name in stacked if not name.endswith(".toml")]
            assert all((ROOT / "scenarios" / f"{name}.toml").is_file() for name in names)


def test_readme_shows_a_scenario_that_loads(tmp_path: Path) -> None:
    from model.policy.scenario import Scenario

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for number, block in enumerate(re.findall(r"```toml\n(.*?)```", text, flags=re.DOTALL)):
        file = tmp_path / f"shown_{number}.toml"
        file.write_text(block, encoding="utf-8")
        assert Scenario.load(file).title


def test_readme_shows_python_that_runs(paper_country: Any) -> None:
    """On a country of paper: the words must be right, the numbers are tested elsewhere."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    assert blocks
    for block in blocks:
        room: dict[str, Any] = {}
        exec(compile(block, "README.md", "exec"), room)
        assert dict(room["spared"].sizes) == {"region": 18}
        assert room["spared"].notnull().all()


def test_readme_names_only_places_that_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    places = re.findall(r"`((?:model|docs|scenarios|tests)/[\w./*-]*|[A-Z]+\.(?:md|cff)|LICENSE)`", text)
    assert len(places) > 10
    assert not [place for place in places if not any(ROOT.glob(place.rstrip("/")))]


def test_nothing_in_the_house_names_a_machine_or_a_registry() -> None:
    """A clone must work anywhere: no path of the machine where it was written, no address where packages come from."""
    machine = re.compile(r"(?<![\w.~])/(?:" + "work|farm|root|home" + r")/\w")
    registry = re.compile(r"index-url|find-links|pypi\.org/simple|pythonhosted|registry\.npm", re.IGNORECASE)
    named = []
    for file in _tracked():
        if file == Path(__file__) or file.suffix in {".png", ".gif", ".nc", ".csv"}:
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        if machine.search(text) or registry.search(text):
            named.append(str(file.relative_to(ROOT)))
    assert not named


def test_the_version_is_the_same_wherever_it_stands() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"version: {model.__version__}\n" in citation
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["setuptools"]["dynamic"]["version"]["attr"] == "model.__version__"


def test_run_is_the_function_whatever_was_imported_before() -> None:
    """A module of the same name would hide it as soon as anybody had imported that module."""
    script = """
import pkgutil, model.running
from model import run
print(callable(run))
print(*[room.name for room in pkgutil.iter_modules(model.__path__)])
"""
    answer = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    told, rooms = answer.splitlines()
    assert told == "True"
    assert not set(model.__all__) & set(rooms.split())
