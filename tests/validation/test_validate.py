"""The command `validate`: a small country on the board, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from model.cli.commands import app
from model.validation.trial import Trial, Wish, hold


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all trials of this file: what one has lived the next does not live again."""
    return tmp_path_factory.mktemp("validation")


@pytest.fixture(scope="module")
def trial(store: Path) -> Trial:
    """Two small countries with their twins of average weather, and the simpler countries."""
    return hold(Wish(seeds=2, households=900, vectors=0), store=store / "runs", workers=1)


def test_every_pattern_is_told_by_the_engine(trial: Trial) -> None:
    """Numbers of 900 households mean little; that all of them are there means that no name is mistyped."""
    untold = [(row.number, mark.text) for row in trial.board for mark in row.marks if mark.median != mark.median]
    assert untold == []


def test_simpler_countries_stand_on_the_same_board(trial: Trial) -> None:
    assert set(trial.baselines) == {"aggregate_twin", "shuffled_households", "no_behaviour", "average_weather"}
    assert all(len(rows) == len(trial.board) for rows in trial.baselines.values())
    twin = {row.number: row for row in trial.baselines["aggregate_twin"]}
    assert any(mark.median != mark.median for mark in twin[8].marks)  # it knows no regions, and cannot say


def test_a_second_trial_lives_nothing_again(store: Path, trial: Trial) -> None:
    told: list[tuple[int, int]] = []
    again = hold(
        Wish(seeds=2, households=900, vectors=0), store=store / "runs", workers=1,
        progress=lambda done, runs, _: told.append((done, runs)),
    )  # fmt: skip
    assert told == [(8, 8)]
    assert [row.hit for row in again.board] == [row.hit for row in trial.board]


def test_the_command_writes_board_charts_and_tables(store: Path, trial: Trial, tmp_path: Path) -> None:
    page = tmp_path / "validation.md"
    asked = [
        "validate",
        "--seeds",
        "2",
        "--households",
        "900",
        "--posterior",
        "0",
        "--out",
        str(store),
        "--workers",
        "1",
    ]
    answer = CliRunner().invoke(app, [*asked, "--write", str(page), "--json"])
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout[answer.stdout.index("{") :])
    assert len(told["patterns"]) == 16
    assert told["coverage"]["all"]["figures"] > 300
    written = {Path(file).name for file in told["files"]}
    assert {"board.png", "board.svg", "board.csv", "fit_series.png", "coverage.csv", "validation.md"} <= written
    assert len(pd.read_csv(store / "board.csv")) == sum(len(row["checks"]) for row in told["patterns"])
    text = page.read_text(encoding="utf-8")
    for heading in ("The board", "What do agents buy", "A famine outside this history", "What this model cannot say"):
        assert heading in text
    shown = CliRunner().invoke(app, asked)
    assert "patterns inside their targets" in shown.output
    assert "shuffled households" in shown.output


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (["--seeds", "0"], "seeds: 0 countries make no board"),
        (["--posterior", "-1"], "posterior: -1 vectors cannot be lived"),
        (["--households", "12.5"], "households: '12.5' is not a whole number"),
        (["historic"], "historical"),
    ],
)
def test_what_cannot_be_scored_is_refused_in_a_sentence(wrong: list[str], sentence: str, tmp_path: Path) -> None:
    answer = CliRunner().invoke(app, ["validate", *wrong, "--out", str(tmp_path)])
    assert answer.exit_code != 0
    assert sentence in answer.output
    assert "Traceback" not in answer.output
