"""What `collectivisation calibrate` refuses, and that a small one goes through from end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from model.cli.commands import app


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--waves", "0"], "waves"),
        (["--runs", "5"], "runs"),
        (["--seeds", "0"], "seeds"),
        (["--households", "12 %"], "households"),
        (["--households", "100"], "households"),
        (["--quick", "--ship"], "ship"),
        (["--workers", "0"], "workers"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(tmp_path: Path, options: list[str], word: str) -> None:
    answer = CliRunner().invoke(app, ["calibrate", "--out", str(tmp_path / "out"), *options])
    assert answer.exit_code == 2
    assert word in answer.stderr.splitlines()[-1]
    assert "Traceback" not in answer.output


def test_a_folder_that_cannot_be_is_refused_before_the_first_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here already")
    answer = CliRunner().invoke(app, ["calibrate", "--quick", "--out", str(tmp_path / "file")])
    assert answer.exit_code == 2
    assert "file" in answer.stderr


def test_a_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from model.cli import calibrating

    monkeypatch.setattr(calibrating, "find_spec", lambda name: None if name == "SALib" else object())
    answer = CliRunner().invoke(app, ["calibrate", "--out", str(tmp_path)])
    assert answer.exit_code == 2
    assert "calibrate needs SALib" in answer.stderr


@pytest.mark.slow
def test_a_quick_calibration_goes_through_and_again_at_once(tmp_path: Path) -> None:
    """From the command to posterior, chart and machine-readable answer; asked again it lives nothing anew."""
    command = ["calibrate", "--quick", "--json", "--quiet", "--out", str(tmp_path)]
    first = CliRunner().invoke(app, command)
    assert first.exit_code == 0, first.output
    told = json.loads(first.stdout)
    assert told["vectors_kept"] >= 100
    assert {"constants", "ties", "figures", "series", "screening", "centre"} <= set(told)
    assert all(0 <= one["remaining"] <= 1 for one in told["constants"])
    table = (tmp_path / "posterior.csv").read_text()
    assert (tmp_path / "posterior_ranges.png").stat().st_size > 10_000
    runs = {file: file.stat().st_mtime_ns for file in (tmp_path / "runs").rglob("*") if file.is_file()}
    second = CliRunner().invoke(app, command)
    assert json.loads(second.stdout)["centre"] == told["centre"]
    assert (tmp_path / "posterior.csv").read_text() == table
    assert {file: file.stat().st_mtime_ns for file in runs} == runs
    assert len(pd.read_csv(tmp_path / "posterior.csv")) >= 100


def test_the_time_of_a_calibration_is_that_of_all_its_calls(tmp_path: Path) -> None:
    """A call that finds every run in the store takes seconds; the calibration took minutes. Another one begins anew."""
    from model.calibration.living import MARK
    from model.calibration.waves import DESIGNS
    from model.cli.calibrating import _seconds_in_all

    (tmp_path / DESIGNS).mkdir()
    (tmp_path / DESIGNS / MARK).write_text("one\n")
    assert _seconds_in_all(tmp_path, 600.0) == 600.0
    assert _seconds_in_all(tmp_path, 9.0) == 609.0
    (tmp_path / DESIGNS / MARK).write_text("another\n")
    assert _seconds_in_all(tmp_path, 5.0) == 5.0
