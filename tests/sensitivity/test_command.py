"""`collectivisation sensitivity` writes what it says, goes on where it stopped, and refuses before the first run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from model.cli.commands import app

QUICK = [
    "--constants", "effort_loss,yield_level,norm_left", "--trajectories", "2", "--top", "2", "--values", "2",
    "--seeds", "2", "--blocks", "4", "--households", "25_000",
]  # fmt: skip


@pytest.fixture
def runner() -> CliRunner:
    return CliRunner()


def test_it_writes_tables_charts_and_a_summary(runner: CliRunner, paper: Any, tmp_path: Path) -> None:
    answer = runner.invoke(app, ["sensitivity", *QUICK, "--out", str(tmp_path), "--json"])
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    assert told["foremost"] == ["effort_loss", "yield_level"]
    assert told["runs"] == 2 * 4 + (1 + 4) * 2 + 4 * 4
    for file in ("morris.csv", "curves.csv", "sobol.csv", "sensitivity.json", "sensitivity_tornado.png"):
        assert (tmp_path / file).is_file(), file
    assert len(pd.read_csv(tmp_path / "morris.csv")) == 5 * 3
    assert json.loads((tmp_path / "sensitivity.json").read_text()) == {k: v for k, v in told.items() if k != "files"}


def test_it_shows_what_decides_each_outcome(runner: CliRunner, paper: Any, tmp_path: Path) -> None:
    answer = runner.invoke(app, ["sensitivity", *QUICK, "--out", str(tmp_path), "--no-charts"])
    assert answer.exit_code == 0, answer.output
    assert "effort_loss" in answer.stdout
    assert "Excess deaths" in answer.stdout
    assert not list(tmp_path.glob("*.png"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["--constants", "effort_los"], "effort_loss"),
        (["--blocks", "5"], "power of two"),
        (["--households", "12"], "900"),
        (["--workers", "0"], "workers"),
    ],
)
def test_it_refuses_in_one_sentence(runner: CliRunner, tmp_path: Path, wrong: list[str], said: str) -> None:
    answer = runner.invoke(app, ["sensitivity", *wrong, "--out", str(tmp_path)])
    assert answer.exit_code == 2
    assert said in answer.stderr
    assert "Traceback" not in answer.output
