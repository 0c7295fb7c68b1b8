"""`collectivisation sweep`: the design is checked whole, its runs are kept, its table says what came of each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

import model.country
from model.cli.commands import app
from model.ensemble import design
from model.policy.scenario import Scenario


def _call(*arguments: object) -> Any:
    return CliRunner().invoke(app, ["sweep", *(str(argument) for argument in arguments)])


@pytest.fixture
def decade(tmp_path: Path) -> Path:
    """As far as the famine, so that there is something to tell."""
    file = tmp_path / "decade.toml"
    file.write_text('title = "Until 1934"\nextends = "historical"\nend = "1934-12"\n', encoding="utf-8")
    return file


def test_more_grain_taken_means_more_dead(decade: Path, tmp_path: Path) -> None:
    out = tmp_path / "sweep"
    order = (decade, "--vary", "procurement.rate=0.25,0.45", "--seeds", 2, "--households", 900, "--out", out)
    answer = _call(*order)
    assert answer.exit_code == 0, answer.stderr
    assert "Until 1934: 900 households, mean and standard deviation of 2 seeds" in answer.stdout
    table = pd.read_csv(out / "sweep.csv", index_col="key")
    assert list(table["procurement.rate"]) == [0.25, 0.25, 0.45, 0.45]
    assert list(table["seed"]) == [1, 2, 1, 2]
    low, high = table.groupby("procurement.rate")["excess_deaths/1931-1934 [million]"].mean()
    assert high > low > 0
    assert "towns/1939 [thousand]" not in table  # nobody lived to see it
    assert len(pd.read_parquet(out / "runs")) == 4
    plain = json.loads(_call(*order, "--json").stdout)
    assert [point["values"] for point in plain["points"]] == [{"procurement.rate": 0.25}, {"procurement.rate": 0.45}]
    told = plain["points"][1]["outcomes"]["excess_deaths/1931-1934"]
    assert told["unit"] == "million"
    assert told["mean"] == pytest.approx(high)


def test_a_second_call_goes_on(short: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _call(short, "--vary", "procurement.rate=0.1,0.2", "--households", 900, "--out", tmp_path).exit_code == 0
    founded: list[float] = []

    class Watched(model.country.Country):
        def __init__(self, scenario: Any, **more: Any) -> None:
            founded.append(float(scenario.at("1927-07").procurement.rate))
            super().__init__(scenario, **more)

    monkeypatch.setattr(model.country, "Country", Watched)
    answer = _call(short, "--vary", "procurement.rate=0.1:0.3:3", "--households", 900, "--out", tmp_path, "-q")
    assert (answer.exit_code, answer.output) == (0, "")
    assert founded == [0.3]


def test_a_design_file_is_lived_line_by_line(short: Path, tmp_path: Path) -> None:
    file = tmp_path / "design.csv"
    file.write_text("procurement.rate,behaviour.sharing\n0.2,0.1\n\n,0.4\n0.3,\n", encoding="utf-8")
    answer = _call(short, "--design", file, "--households", 900, "--out", tmp_path / "out", "--json")
    assert answer.exit_code == 0, answer.stderr
    assert [point["values"] for point in json.loads(answer.stdout)["points"]] == [
        {"procurement.rate": 0.2, "behaviour.sharing": 0.1},
        {"behaviour.sharing": 0.4},
        {"procurement.rate": 0.3},
    ]
    table = pd.read_csv(tmp_path / "out" / "sweep.csv")
    assert table["procurement.rate"].isna().tolist() == [False, True, False]


def test_a_grid_has_every_combination() -> None:
    points = design.grid(["procurement.rate=0.1:0.3:3", "relief.share=0,0.5"])
    assert [tuple(point.values()) for point in points] == [
        (0.1, 0.0), (0.1, 0.5), (0.2, 0.0), (0.2, 0.5), (0.3, 0.0), (0.3, 0.5),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("vary", "sentence"),
    [
        (["procurement.rate=20"], "vary, procurement.rate: 20 is not a share (0 to 1). If per cent was meant, write"),
        (["procurement.rate=5:40:8"], "vary, procurement.rate: 5 is not a share (0 to 1). If per cent was meant, "),
        (["procurement.rat=0.2"], "there is no such lever or constant; did you mean procurement.rate?"),
        (["behaviour.colour=1"], "vary, behaviour.colour: there is no such lever or constant; docs/parameters.md"),
        (["mechanisms.search=0"], "there is no such lever or constant"),
        (["rate=0.2"], "there is no such lever or constant"),
        (["procurement.rate=much"], "vary, procurement.rate: 'much' is not a number; write for example"),
        (["procurement.rate=nan"], "vary, procurement.rate: nan is not a share (0 to 1)."),
        (["procurement.rate=0.4:0.1:3"], "vary, procurement.rate: 0.4 is not below 0.1"),
        (["procurement.rate=0.1:0.4"], "vary, procurement.rate: '0.1:0.4' is not lowest:highest:how many"),
        (["procurement.rate=0.1:0.4:1"], "vary, procurement.rate: 1 values cannot be spread"),
        (["procurement.rate=0:1:1000", "relief.share=0:1:1000"], "vary: 1,000,000 combinations are too many"),
        (["procurement.rate=0.1", "procurement.rate=0.2"], "vary: procurement.rate is varied twice"),
        (["procurement.rate"], "vary: 'procurement.rate' does not say what takes which values"),
        ([], "vary: name what varies, by --vary or by --design"),
    ],
)  # fmt: skip
def test_a_grid_that_cannot_be_is_refused_in_one_sentence(
    vary: list[str], sentence: str, short: Path, tmp_path: Path
) -> None:
    options = [part for wish in vary for part in ("--vary", wish)]
    answer = _call(short, *options, "--households", 900, "--out", tmp_path / "out")
    assert answer.exit_code == 2
    assert sentence in answer.stderr
    assert len(answer.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("procurement.rate\n0.2\n20\n", ", line 3, procurement.rate: 20 is not a share (0 to 1). If per cent "),
        ("procurement.rate,relief.share\n0.2,0\n0,2,0\n", ", line 3: there are 3 values, and 2 columns in line 1."),
        ("procurement.rate\n0.2\na lot\n", ", line 3, procurement.rate: 'a lot' is not a number; write one with"),
        ("procurement.rate;relief.share\n0.2;0\n", ", line 1: columns are parted by semicolons; write commas."),
        ("procurement.rate,procurement.rate\n0.2,0\n", ", line 1: procurement.rate stands there twice."),
        ("harvest\n1\n", ", line 2, harvest: there is no such lever or constant"),
        ("procurement.rate\n", ": there is no variant in it"),
        ("", ": there is no variant in it"),
    ],
)  # fmt: skip
def test_a_design_file_that_cannot_be_is_refused_with_its_line(
    text: str, sentence: str, short: Path, tmp_path: Path
) -> None:
    file = tmp_path / "design.csv"
    file.write_text(text, encoding="utf-8")
    answer = _call(short, "--design", file, "--households", 900, "--out", tmp_path / "out")
    assert answer.exit_code == 2
    assert f"{file}{sentence}" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_a_hundred_mistakes_are_not_told_one_by_one() -> None:
    points = [{"procurement.rate": 2.0 + line} for line in range(100)]
    with pytest.raises(ValueError, match="90 more are wrong") as told:
        design.variants(Scenario.load("historical"), points, seeds=[1], households=900, place="design.csv")
    assert len(str(told.value).splitlines()) == 11


def test_nobody_at_the_scheduler_is_said_in_one_sentence(
    short: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.ensemble.crews.PATIENCE", 0.2)
    order = (short, "--vary", "procurement.rate=0.2", "--households", 900, "--out", tmp_path, "-q")
    for address in ("tcp://127.0.0.1:1", "nowhere"):
        answer = _call(*order, "--scheduler", address)
        assert answer.exit_code == 2
        assert answer.stderr.startswith(f"scheduler: nobody answers at {address} (")
        assert len(answer.stderr.splitlines()) == 1


def test_failed_runs_are_told_and_the_others_kept(short: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Fragile(model.country.Country):
        def step(self) -> None:
            super().step()
            if self.scenario.at(self.month).procurement.rate > 0.25:
                raise RuntimeError("nothing was left to take")

    monkeypatch.setattr(model.country, "Country", Fragile)
    answer = _call(short, "--vary", "procurement.rate=0.2,0.3", "--households", 900, "--out", tmp_path)
    assert answer.exit_code == 2
    assert "1 of 2 runs failed; the first: RuntimeError: nothing was left to take" in answer.stderr
    table = pd.read_csv(tmp_path / "sweep.csv")
    assert table["failure"].fillna("").tolist() == ["", "RuntimeError: nothing was left to take"]
