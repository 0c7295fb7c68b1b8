"""`collectivisation new`: a scenario of one's own to begin with, sound as it is written, never over another."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from model.cli.commands import app
from model.policy.describe import warnings
from model.policy.errors import ScenarioError
from model.policy.month import LEVERS, SECTIONS
from model.policy.scenario import Scenario
from model.policy.template import EXAMPLE_MONTH


def _call(*arguments: str) -> Any:
    return CliRunner().invoke(app, arguments)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The empty folder where the user stands."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("parent", ["historical", "nep_continues", "historical+open_borders"])
def test_a_new_file_is_sound_as_it_is_written(here: Path, parent: str) -> None:
    assert _call("new", "my_question", "--from", parent).exit_code == 0
    scenario = Scenario.load("my_question.toml")
    assert scenario.ancestors[0] == parent
    assert warnings(scenario) == []
    assert scenario.holds
    assert _call("check", "my_question.toml").exit_code == 0
    assert set(scenario.layer.courses) == {"relief.share"}


def test_every_lever_stands_in_it_and_is_an_order_without_its_sign(here: Path) -> None:
    """The commented orders are those of the parent in July 1932: laid bare, they are TOML that loads."""
    _call("new", "my_question")
    text = Path("my_question.toml").read_text(encoding="utf-8")
    head, _, body = text.partition("[relief]")
    levers = body.partition("# One word for the whole time.")[0]
    kept = [line[2:] for line in levers.splitlines() if re.match(r"# (\[\w+\]$|\w+ = \{)", line)]
    Path("bare.toml").write_text(head + "\n".join(kept), encoding="utf-8")
    bare, history = Scenario.load("bare.toml"), Scenario.load("historical")
    assert bare.layer.courses.keys() == LEVERS.keys()
    row = EXAMPLE_MONTH.index
    for key in LEVERS:
        ordered, before = (np.atleast_1d(one.tables[key][row])[0] for one in (bare, history))
        assert ordered == pytest.approx(before, rel=1e-5), key
    assert {line[1:-1] for line in kept if line.startswith("[")} == set(SECTIONS)


def test_a_file_that_is_there_is_never_overwritten(here: Path) -> None:
    Path("my_question.toml").write_text("mine", encoding="utf-8")
    refused = _call("new", "my_question")
    assert refused.exit_code == 2
    assert Path("my_question.toml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("historical",), "there is a scenario called historical already; choose another name."),
        (
            ("My question",),
            "'My question' is not a name for a scenario; write small letters, digits and _: my_question.",
        ),
        (("../mine",), "'../mine' is not a name for a scenario; write small letters, digits and _: my_question."),
        (("mine", "--from", "historcal"), "there is no scenario called 'historcal'; did you mean historical?"),
    ],
)
def test_a_new_file_that_cannot_be_is_refused_in_one_sentence(
    here: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    from model.cli.beginning import write_new

    parent = arguments[2] if len(arguments) > 1 else "historical"
    with pytest.raises(ScenarioError) as refused:
        write_new(arguments[0], parent=parent, library=False)
    assert str(refused.value) == sentence
    assert _call("new", *arguments).exit_code == 2
    assert not list(here.iterdir())


def test_a_file_of_ones_own_can_be_the_parent_even_from_the_library(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _call("new", "mine")
    Path("library").mkdir()
    monkeypatch.setattr("model.policy.files.folder", lambda: here / "library")
    from model.cli.beginning import write_new

    (here / "library" / "historical.toml").write_text('title = "As it was"', encoding="utf-8")
    write_new("above", parent="mine.toml", library=True)
    text = (here / "library" / "above.toml").read_text(encoding="utf-8")
    assert 'extends = "../mine.toml"' in text
    assert text.startswith("#:schema schema.json\n")
    assert Scenario.load("above").ancestors == ("mine", "historical")
