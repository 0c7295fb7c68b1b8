"""`collectivisation life` finds a family, tells both of its lives, and refuses what it cannot find in one sentence."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from model.cli.commands import app
from model.policy.scenario import Scenario

SMALL = ["--households", "900", "--until", "1930-06"]


def _call(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def deported(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    """A kulak family that was exiled, and its life without collectivisation."""
    folder = tmp_path_factory.mktemp("life")
    answer = _call(
        "life", "historical", *SMALL, "--class", "kulak", "--pick", "deported", "--under", "nep_continues",
        "--out", folder, "--json",
    )  # fmt: skip
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout), folder


def test_the_same_family_starts_alike_and_ends_as_its_world_has_it(deported: tuple[dict[str, Any], Path]) -> None:
    told, _ = deported
    assert told["class"] == "kulak"
    assert told["alike_until"] >= "1927-07"
    happened, otherwise = (world["events"] for world in told["worlds"])
    of_a_month = [
        [event for event in events if event["month"] <= told["alike_until"] and event["kind"] not in YEARLY]
        for events in (happened, otherwise)
    ]
    assert of_a_month[0] == of_a_month[1]
    assert "exiled" in {event["kind"] for event in happened}
    assert "exiled" not in {event["kind"] for event in otherwise}
    assert otherwise[-1]["month"] > told["alike_until"]


YEARLY = {"account", "hunger", "searched"}


def test_files_hold_sentences_data_and_chart(deported: tuple[dict[str, Any], Path]) -> None:
    told, folder = deported
    assert {file.name for file in folder.iterdir()} == {"life.txt", "life.json", "life.png", "life.svg", "life.csv"}
    text = (folder / "life.txt").read_text(encoding="utf-8").splitlines()
    for world in told["worlds"]:
        for event in world["events"]:
            assert event["sentence"] in text
    assert json.loads((folder / "life.json").read_text(encoding="utf-8"))["household"] == told["household"]


def test_the_story_ends_with_what_differs(deported: tuple[dict[str, Any], Path]) -> None:
    told, folder = deported
    last = (folder / "life.txt").read_text(encoding="utf-8").splitlines()[-len(told["differences"]) - 1 :]
    assert last[0] == "What differs"
    assert last[1].startswith("How it ended. As it was: exiled in ")
    assert len(last) == len(told["differences"]) + 1 > 2


def test_a_stack_and_a_file_of_ones_own_are_worlds_like_any_other(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('title = "Mine"\nquestion = "What if?"\nextends = "historical"\n', encoding="utf-8")
    answer = _call(
        "life", mine, *SMALL[:2], "--until", "1928-06", "--household", "3", "--under", "historical+open_borders",
        "--out", tmp_path / "life", "--json",
    )  # fmt: skip
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    assert [world["scenario"] for world in told["worlds"]] == ["mine", "historical+open_borders"]
    assert told["alike_to_the_end"]
    assert told["differences"] == []
    assert "What differs" not in (tmp_path / "life" / "life.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("error", "words", "status"),
    [
        (OSError(28, "No space left on device"), "the disk is full; earlier results there are untouched", 2),
        (KeyboardInterrupt(), "Interrupted. Nothing was written.", 130),
    ],
)
def test_a_full_disk_and_an_interruption_leave_one_sentence_and_no_file(
    error: BaseException, words: str, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from model.figures import album

    def breaks(*_: object) -> None:
        raise error

    monkeypatch.setattr(album, "save", breaks)
    answer = _call(
        "life", "historical", "--households", "900", "--until", "1927-12", "--household", "3", "--out", tmp_path
    )
    assert answer.exit_code == status
    assert words in answer.output
    assert len(answer.output.splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_a_row_is_the_family_that_the_pick_found(deported: tuple[dict[str, Any], Path], tmp_path: Path) -> None:
    told, _ = deported
    answer = _call("life", "historical", *SMALL, "--household", told["household"], "--out", tmp_path, "--json")
    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.stdout)["worlds"][0]["events"] == told["worlds"][0]["events"]


def test_every_number_of_the_story_is_finite(deported: tuple[dict[str, Any], Path]) -> None:
    for world in deported[0]["worlds"]:
        for event in world["events"]:
            assert all(math.isfinite(value) for value in event.values() if isinstance(value, float)), event


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--household", "900"), "household: there is no household 900; rows go from 0 to 899"),
        (("--household", "-1"), "there is no household -1"),
        (("--household", "3", "--region", "kazakhstan"), "leave --region, --class and --pick out"),
        (("--region", "atlantis"), "region: there is no 'atlantis'; write one of ukraine_right_bank"),
        (("--class", "noble"), "class: there is no 'noble'; write one of poor, middle, kulak"),
        (("--pick", "lucky"), "pick: there is no 'lucky'; write one of typical, deported"),
        (("--under", "no_such_world"), "no_such_world"),
        (("--until", "June"), "until: 'June' is not a month"),
        (("--until", "1950-01"), "until: 1950-01 is no month"),
    ],
)
def test_what_is_not_there_gets_one_sentence(options: tuple[str, ...], words: str, tmp_path: Path) -> None:
    answer = _call("life", "historical", "--households", "900", *options, "--out", tmp_path)
    assert answer.exit_code == 2
    assert words in answer.output
    assert len(answer.output.splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_a_fate_that_befell_nobody_is_said(tmp_path: Path) -> None:
    answer = _call(
        "life", "nep_continues", "--households", "900", "--until", "1928-06", "--pick", "deported", "--out", tmp_path
    )
    assert answer.exit_code == 2
    assert "pick: no household is deported in nep_continues with seed 1; try another seed." in answer.output


def test_a_typical_family_is_found_without_living_a_month(monkeypatch: pytest.MonkeyPatch) -> None:
    from model.biography.finding import find
    from model.country import Country
    from model.plan import planned

    monkeypatch.setattr(Country, "step", lambda _: pytest.fail("a month was lived"))
    plan = planned(Scenario.load("historical"), households=900)
    row = find(plan, region="kazakhstan", stratum="poor")
    land = Country(plan.scenario, households=900).land
    assert land.homes.stratum[row] == 0
    assert row == find(plan, region="kazakhstan", stratum="poor", pick="typical")
