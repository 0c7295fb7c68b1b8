"""`compare` and `attribute` write what they say, and refuse in one sentence before the first run."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from model.cli.commands import app
from model.comparison.policies import policies

PAIR = ["historical", "nep_continues"]


@pytest.fixture
def runner() -> CliRunner:
    return CliRunner()


def test_it_writes_tables_and_every_chart_with_its_numbers(runner: CliRunner, paper: Any, tmp_path: Path) -> None:
    answer = runner.invoke(
        app, ["compare", *PAIR, "no_grain_exports", "--seeds", "4", "--out", str(tmp_path), "--json"]
    )
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    assert (told["baseline"], told["scenarios"]) == ("historical", ["nep_continues", "no_grain_exports"])
    assert len(paper.asked) == 12
    names = {Path(file).name for file in told["files"]}
    for chart in ("compare_over_time", "compare_outcomes", "compare_map", "compare_households", "compare_seeds"):
        assert {f"{chart}.png", f"{chart}.svg", f"{chart}.csv"} <= names, chart
    assert all((tmp_path / name).stat().st_size for name in names)
    assert len(pd.read_csv(tmp_path / "headlines.csv")) == 12


def test_scenarios_share_their_seeds(runner: CliRunner, paper: Any, tmp_path: Path) -> None:
    runner.invoke(app, ["compare", *PAIR, "--seeds", "3", "--out", str(tmp_path), "--no-charts"])
    assert [one.seed for one in paper.asked] == [1, 2, 3, 1, 2, 3]


def test_it_shows_levels_differences_and_how_many_seeds_are_enough(
    runner: CliRunner, paper: Any, tmp_path: Path
) -> None:
    answer = runner.invoke(app, ["compare", *PAIR, "--seeds", "5", "--out", str(tmp_path), "--no-charts"])
    assert answer.exit_code == 0, answer.output
    for words in ("Excess deaths 1930-34", "Townspeople", "(", "seeds are enough", "standard error", "shared luck"):
        assert words in answer.stdout, words
    assert not list(tmp_path.glob("*.png"))


def test_the_posterior_stands_below_the_seeds(runner: CliRunner, paper: Any, posterior: None, tmp_path: Path) -> None:
    answer = runner.invoke(
        app, ["compare", *PAIR, "--seeds", "2", "--posterior", "3", "--out", str(tmp_path), "--no-charts"]
    )
    assert answer.exit_code == 0, answer.output
    assert "sets of constants" in answer.stdout
    assert set(pd.read_csv(tmp_path / "compare.csv")["luck"]) == {"seeds", "posterior"}


def test_one_seed_is_shown_without_an_error(runner: CliRunner, paper: Any, tmp_path: Path) -> None:
    answer = runner.invoke(app, ["compare", *PAIR, "--seeds", "1", "--out", str(tmp_path)])
    assert answer.exit_code == 0, answer.output
    assert "take --seeds 2" in answer.stdout


def test_a_run_that_failed_is_named_with_its_reason(runner: CliRunner, paper: Any, tmp_path: Path) -> None:
    paper.fails = 3
    answer = runner.invoke(app, ["compare", *PAIR, "--seeds", "2", "--out", str(tmp_path)])
    assert answer.exit_code == 2
    assert "1 of 4 runs failed, the first: it failed" in answer.stderr


def test_shares_are_written_beside_the_claims(runner: CliRunner, paper: Any, tmp_path: Path) -> None:
    answer = runner.invoke(app, ["attribute", "--seeds", "2", "--out", str(tmp_path), "--json"])
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    assert len(paper.asked) == 2 * 2 ** len(policies())
    assert {"NAUMENKO2021", "MNQ2021", "DW2004", "ALLEN2003", "CGGT2017"} == {one["source"] for one in told["claims"]}
    table = pd.read_csv(tmp_path / "attribution.csv")
    for _, rows in table.groupby("outcome"):
        shares = rows.set_index("policy")["share"]
        assert shares.drop("all").sum() == pytest.approx(shares["all"], rel=1e-6)
    assert (tmp_path / "attribution_shares.png").is_file()
    assert len(pd.read_csv(tmp_path / "sets.csv")) == 2 * 2 ** len(policies())


def test_shares_are_shown_with_the_difference_in_question(runner: CliRunner, paper: Any, tmp_path: Path) -> None:
    answer = runner.invoke(app, ["attribute", "--seeds", "2", "--out", str(tmp_path), "--no-charts"])
    assert answer.exit_code == 0, answer.output
    for words in ("All of them together", "NAUMENKO2021 on weather", "In question:", "removed alone"):
        assert words in answer.stdout, words


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["compare", "historical"], "at least one other scenario"),
        (["compare", "historical", "historical"], "named twice"),
        (["compare", "historical", "nep_continue"], "nep_continues"),
        (["compare", *PAIR, "--seeds", "0"], "seeds: 0"),
        (["compare", *PAIR, "--posterior", "-1"], "posterior: -1"),
        (["compare", *PAIR, "--households", "12"], "900"),
        (["compare", *PAIR, "--households", "many"], "whole number"),
        (["compare", *PAIR, "--workers", "0"], "workers"),
        (["attribute", "historicl"], "historical"),
        (["attribute", "--seeds", "0"], "seeds: 0"),
        (["attribute", "--posterior", "-2"], "posterior: -2"),
        (["attribute", "--households", "1e3.5"], "whole number"),
    ],
)
def test_it_refuses_in_one_sentence(runner: CliRunner, tmp_path: Path, wrong: list[str], said: str) -> None:
    answer = runner.invoke(app, [*wrong, "--out", str(tmp_path)])
    assert answer.exit_code == 2
    assert said in answer.stderr
    assert "Traceback" not in answer.output
    assert not list(tmp_path.rglob("*.csv"))


@pytest.mark.parametrize("command", ["reference", "validate"])
def test_a_page_takes_the_place_of_nothing_but_a_page(runner: CliRunner, tmp_path: Path, command: str) -> None:
    """Before a month is lived: run by root, a page once took the place of a device."""
    (tmp_path / "file").touch()
    os.mkfifo(tmp_path / "pipe")
    words = {"": "is a folder", "pipe": "is no file that could be written anew", "file/page.md": "a file stands where"}
    for place, said in words.items():
        page = tmp_path / place
        answer = runner.invoke(app, [command, "--out", str(tmp_path / "out"), "--write", str(page)])
        assert answer.exit_code == 2
        assert answer.stderr.startswith("write: ")
        assert said in answer.stderr
    assert (tmp_path / "pipe").is_fifo()
    assert not (tmp_path / "out").exists()


def test_a_file_where_the_folder_should_be_is_refused(runner: CliRunner, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file", encoding="utf-8")
    answer = runner.invoke(app, ["compare", *PAIR, "--seeds", "1", "--households", "900", "--out", str(taken)])
    assert answer.exit_code == 2
    assert "taken" in answer.stderr
    assert "Traceback" not in answer.output
