"""The page "Your own question in ten minutes" does what it says: every command and snippet is carried out, small."""

from __future__ import annotations

import re
import runpy
import shlex
from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl
import pytest
from typer.testing import CliRunner

from model.cli.commands import app
from model.policy.scenario import Scenario

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = DOCS / "your_own_question.md"
EXAMPLES = sorted((DOCS / "examples").glob("*.py"))
FEW = "900"
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def _blocks() -> Iterator[tuple[str, str]]:
    """What stands on the page, in order, for a country of few households."""
    for kind, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        yield kind, re.sub(r"\b12_?500\b", FEW, text)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The empty folder where the reader stands."""
    monkeypatch.chdir(tmp_path)
    mpl.use("Agg")
    return tmp_path


def test_a_reader_who_does_what_the_page_says_meets_no_mistake(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = []
    for kind, text in _blocks():
        done.append(kind)
        if kind == "toml":
            name = re.match(r"# (\S+\.toml)\n", text)
            assert name
            assert Path(name[1]).is_file(), "the page has the reader make it first"
            Path(name[1]).write_text(text, encoding="utf-8")
        elif kind == "python":
            exec(compile(text, PAGE.name, "exec"), {})
            assert "bread_a_year_earlier" in capsys.readouterr().out
        else:
            for line in text.splitlines():
                program, *arguments = shlex.split(line.removeprefix("$ "))
                assert program == "collectivisation"
                answer = CliRunner().invoke(app, arguments)
                assert answer.exit_code == 0, f"{line}: {answer.output}"
    assert done.count("console") >= 5
    assert {"toml", "python"} <= set(done)
    assert (here / "results" / "bread_for_children" / "series.csv").is_file()
    assert (here / "results" / "historical+bread_for_children+open_borders" / "series.csv").is_file()


def test_what_the_page_says_of_its_example_is_so(here: Path) -> None:
    """From its first date on nothing of the parent is left in a lever; in others all."""
    (text,) = [text for kind, text in _blocks() if kind == "toml"]
    Path("mine.toml").write_text(text, encoding="utf-8")
    mine, history = Scenario.load("mine.toml"), Scenario.load("historical")
    assert mine.at("1939-12").trade.grain_exports == 0.0
    assert mine.at("1932-12").trade.grain_exports == history.at("1932-12").trade.grain_exports > 0.0
    assert mine.at("1933-02").procurement.rate == history.at("1933-02").procurement.rate


def test_every_page_and_script_that_the_page_names_is_there() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name in (*re.findall(r"\]\((\S+?)\)", text), *re.findall(r"`(examples/\S+?)`", text)):
        assert (DOCS / name).is_file(), name
    assert EXAMPLES


@pytest.mark.slow
@pytest.mark.parametrize("script", EXAMPLES, ids=lambda script: script.stem)
def test_an_example_runs_as_it_stands(
    here: Path, script: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", [script.name, FEW, "1"])
    runpy.run_path(str(script), run_name="__main__")
    assert "million" in capsys.readouterr().out
    assert list(here.glob("*.png"))
