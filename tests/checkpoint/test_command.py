"""Checkpoints at the command line: `--save-at`, `--from`, `--scenario`, and a run that is stopped on its way."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from model.cli.commands import app
from model.results.store import load

ROOT = Path(__file__).resolve().parents[2]

SLOW = """
import time
from model.country import Country
step = Country.step
def slow(country):
    step(country)
    if str(country.month) == "1928-07":
        print("living", flush=True)
        time.sleep(60)
Country.step = slow
from model.cli import main
main()
"""


def _call(*arguments: object) -> Any:
    return CliRunner().invoke(app, ["run", *(str(argument) for argument in arguments), "--no-charts"])


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    file = tmp_path / "short.toml"
    file.write_text('title = "Short"\nextends = "historical"\nend = "1929-03"\n', encoding="utf-8")
    return file


@pytest.fixture
def summer(scenario: Path, tmp_path: Path) -> Path:
    answer = _call(scenario, "--households", 900, "--save-at", "1928-02", "--save-at", "1928-07", "--out", tmp_path)
    assert answer.exit_code == 0, answer.stderr
    assert "series.csv, 1928-02.checkpoint, 1928-07.checkpoint" in answer.stdout.replace("\n", " ")
    return tmp_path / "1928-07.checkpoint"


def test_a_run_goes_on_under_its_own_orders(summer: Path, tmp_path: Path) -> None:
    answer = _call("--from", summer, "--out", tmp_path / "on", "--json")
    assert answer.exit_code == 0, answer.stderr
    assert json.loads(answer.stdout)["scenario"] == "short"
    assert load(tmp_path / "on" / "run.nc").drop_attrs().identical(load(tmp_path / "run.nc").drop_attrs())


@pytest.mark.parametrize("way", ["--scenario", None])
def test_a_run_goes_another_way(summer: Path, tmp_path: Path, way: str | None) -> None:
    other = tmp_path / "other.toml"
    other.write_text('title = "Other"\nextends = "short"\n[trade]\ngrain_exports = 0\n', encoding="utf-8")
    named = [way, other] if way else [other]
    answer = _call("--from", summer, *named, "--out", tmp_path / "other", "--save-at", "1929-01")
    assert answer.exit_code == 0, answer.stderr
    assert answer.stderr.endswith(
        "other goes on in 1928-07 from the past of short: its own orders (trade.grain_exports) were not lived before.\n"
    )
    past = json.loads((tmp_path / "other" / "provenance.json").read_text(encoding="utf-8"))["past"]
    assert past[0]["scenario"] == "short"
    assert (tmp_path / "other" / "1929-01.checkpoint").is_file()
    assert _call("--from", summer, other, "--out", tmp_path / "other", "--quiet").stderr == ""


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((), "scenario: name one that `collectivisation list` shows, or go on --from a checkpoint."),
        (("historical", "--scenario", "nep_continues"), "scenario: both historical and nep_continues are named"),
        (("historical", "--save-at", "1929"), "save-at: '1929' is not a month"),
        (("historical", "--save-at", "1950-01"), "save-at: 1950-01 does not follow a month of this run"),
        (("historical", "--save-at", "1930-01", "--seeds", 3), "with --save-at live one seed at a time"),
        (("--from", "nowhere.checkpoint"), "nowhere.checkpoint: there is no such file."),
        (("--from", ROOT / "pyproject.toml"), "this is not a checkpoint"),
        (("--from", ROOT), "this is a folder"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence_and_leaves_nothing(
    tmp_path: Path, asked: tuple[object, ...], said: str
) -> None:
    answer = _call(*asked, "--out", tmp_path / "out")
    assert answer.exit_code == 2
    assert said in answer.stderr
    assert answer.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_disk_that_is_full_for_the_checkpoint_leaves_the_results(
    scenario: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    answer = _call(scenario, "--households", 900, "--save-at", "1928-07", "--out", tmp_path / "out", "--quiet")
    assert answer.exit_code == 2  # not all that was asked for is there
    assert "1928-07.checkpoint: the disk is full" in answer.stderr
    files = {"run.nc", "series.csv", "annual.csv", "distributions.csv", "households.csv", "provenance.json"}
    assert {file.name for file in (tmp_path / "out").iterdir()} == files


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_stopped_says_where_to_go_on(
    scenario: Path, tmp_path: Path, sent: signal.Signals, status: int
) -> None:
    command = ["run", str(scenario), "--households", "900", "--no-charts", "--out", str(tmp_path / "out")]
    program = subprocess.Popen(
        [sys.executable, "-c", SLOW, *command, "--save-at", "1928-03", "--save-at", "1928-07"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert program.stdout is not None
    assert program.stdout.readline() == "living\n"
    program.send_signal(sent)
    _, told = program.communicate(timeout=60)
    assert program.returncode == status
    last = tmp_path / "out" / "1928-07.checkpoint"
    *_, where, stopped = told.splitlines()
    assert where == f"To go on from the last checkpoint: collectivisation run --from {last}"
    assert stopped.endswith("No results were written; earlier ones are untouched.")
    assert sorted(file.name for file in last.parent.iterdir()) == ["1928-03.checkpoint", "1928-07.checkpoint"]
    assert _call("--from", last, "--out", last.parent).exit_code == 0
