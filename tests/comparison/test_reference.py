"""What is checked in under results/reference/ is what the model gives today, and docs/what_if.md says the same."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from model.cli.commands import app
from model.cli.commands_of_many import reference
from model.cli.what_if_page import RENEW, text_of
from model.comparison.claims import CLAIMS
from model.comparison.library import BASELINE, BY_YEAR, TOLD, fingerprint, library, pair
from model.comparison.outcomes import Outcome, years
from model.comparison.paired import Told
from model.comparison.sayings import (
    AGREES,
    DISAGREES,
    FALLS,
    NO_FIGURE,
    RISES,
    SAYINGS,
    SILENT,
    UNDECIDED,
    Saying,
    verdict,
    word_for,
)  # fmt: skip
from model.ensemble import Variant
from model.ensemble.task import live_one, task_of
from model.policy.scenario import Scenario

ROOT = Path(__file__).resolve().parents[2]
KEPT, PAGE = ROOT / "results" / "reference", ROOT / "docs" / "what_if.md"
STALE = f"results/reference/ is not what the model gives today ({{}}); renew it and the page: {RENEW}"
LIVED_ANEW = (BASELINE, "relief_1932")
"""What was, and one that lives on the stores of the State: few changes of the engine leave both as they are."""


@pytest.fixture(scope="module")
def about() -> dict[str, Any]:
    return json.loads((KEPT / "reference.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def kept() -> pd.DataFrame:
    return pd.read_csv(KEPT / "runs.csv")


def _lives_as_kept(name: str, seed: int, about: dict[str, Any], kept: pd.DataFrame) -> None:
    outcome = live_one(task_of(Variant(name, seed, about["households"])))
    assert not outcome.failure
    lived = pd.DataFrame([outcome.numbers])
    row = kept[(kept["scenario"] == name) & (kept["seed"] == seed)].iloc[0]
    for one in TOLD:
        value = one.of(lived)
        assert value is not None
        assert value[0] == pytest.approx(row[one.name], rel=1e-6, abs=1e-9), STALE.format(f"{name}, {one.name}")


@pytest.mark.parametrize("name", LIVED_ANEW)
def test_a_country_lived_anew_is_the_one_that_is_kept(name: str, about: dict[str, Any], kept: pd.DataFrame) -> None:
    _lives_as_kept(name, 1, about, kept)


@pytest.mark.slow
@pytest.mark.parametrize("name", Scenario.names())
def test_every_country_lived_anew_is_the_one_that_is_kept(name: str, about: dict[str, Any], kept: pd.DataFrame) -> None:
    _lives_as_kept(name, about["seeds"], about, kept)


def test_what_is_kept_was_lived_under_the_orders_that_stand_in_the_library_now(about: dict[str, Any]) -> None:
    asked = library(about["seeds"]).scenarios
    assert tuple(about["scenarios"]) == asked, STALE.format("other scenarios")
    for name in asked:
        scenario, then = Scenario.load(name), about["scenarios"][name]
        assert then == {"title": scenario.title, "orders": fingerprint(scenario)}, STALE.format(f"orders of {name}")


def test_the_command_that_renews_them_lives_as_many_countries_as_were_kept(about: dict[str, Any]) -> None:
    usual = {name: one.default for name, one in inspect.signature(reference).parameters.items()}
    assert (usual["seeds"], usual["sharing_seeds"]) == (about["seeds"], about["sharing"]["seeds"])


def test_years_and_tables_tell_all_scenarios_and_all_seeds(about: dict[str, Any], kept: pd.DataFrame) -> None:
    assert {file.stem for file in (KEPT / "years").glob("*.csv")} == set(about["scenarios"])
    for name in about["scenarios"]:
        table = pd.read_csv(KEPT / "years" / f"{name}.csv")
        assert set(table["series"]) == set(BY_YEAR), name
        assert (table["low"] <= table["median"]).all()
        assert (table["median"] <= table["high"]).all()
        assert sorted(kept.loc[kept["scenario"] == name, "seed"]) == list(range(1, about["seeds"] + 1))
    assert not kept.isna().any(axis=None)


def test_the_page_says_what_the_tables_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == text_of(PAGE, KEPT), STALE.format("docs/what_if.md")


def test_the_page_tells_every_scenario_and_says_so_where_nobody_has_published_a_figure(about: dict[str, Any]) -> None:
    text = PAGE.read_text(encoding="utf-8").split("## Beside the literature")[1]
    spoken_of = {one.scenario for one in SAYINGS}
    for name, scenario in about["scenarios"].items():
        lines = [line for line in text.splitlines() if line.startswith(f"| {scenario['title']} |")]
        assert lines, name
        assert (NO_FIGURE in lines[0]) == (name not in spoken_of), name


def test_reference_results_are_small_enough_to_be_checked_in() -> None:
    files = [file for file in KEPT.rglob("*") if file.is_file() and "runs" not in file.relative_to(KEPT).parts]
    assert sum(file.stat().st_size for file in files) < 1.5e6


def test_every_claim_names_a_source_a_scenario_and_a_number_that_exist() -> None:
    sources = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    bold = " ".join(re.findall(r"\*\*([^*]+)\*\*", sources))
    for one in (*SAYINGS, *CLAIMS):
        for key in one.source.split("; "):
            assert re.search(rf"\b{key}\b", bold), key
    for saying in SAYINGS:
        assert saying.scenario in Scenario.names()
        assert saying.reading
        if saying.outcome:
            assert saying.outcome in {outcome.name for outcome in TOLD}
            assert np.isfinite(saying.claimed).any(), "a claim that nothing could contradict"


def _runs(was: list[float], other: list[float]) -> pd.DataFrame:
    rows = [(BASELINE, seed, value) for seed, value in enumerate(was)]
    rows += [("open_borders", seed, value) for seed, value in enumerate(other)]
    return pd.DataFrame(rows, columns=["scenario", "seed", "deaths"])


@pytest.mark.parametrize(
    ("other", "measure", "claimed", "word"),
    [
        ([7.0, 6.0, 5.0], "difference", FALLS, AGREES),
        ([8.0, 9.0, 10.0], "difference", FALLS, DISAGREES),
        ([8.0, 8.0, 8.0], "difference", FALLS, DISAGREES),
        ([9.0, 8.0, 7.0], "difference", RISES, UNDECIDED),
        ([7.6, 7.6, 7.6], "per cent", (-8.1, 0.0), AGREES),
        ([4.0, 4.0, 4.0], "per cent", (-8.1, 0.0), DISAGREES),
        ([6.0, 7.0, 8.0], "level", (5.5, 8.7), AGREES),
    ],
)
def test_a_claim_is_judged_by_the_runs_and_not_by_us(
    other: list[float], measure: Any, claimed: tuple[float, float], word: str
) -> None:
    saying = Saying("open_borders", "", "", "", "deaths", measure, claimed)
    assert verdict(saying, _runs([8.0, 8.0, 8.0], other)).word == word


def test_where_nobody_died_no_part_of_the_dead_can_be_claimed() -> None:
    saying = Saying("open_borders", "", "", "", "deaths", "per cent", FALLS)
    assert verdict(saying, _runs([0.0, 0.0], [0.0, 0.0])).word == SILENT


def test_luck_alone_neither_agrees_nor_disagrees() -> None:
    assert word_for(Told(-1.0, -9.0, 9.0), (-8.1, 0.0)) == UNDECIDED


def test_a_herd_at_its_lowest_is_that_of_its_worst_year() -> None:
    runs = pd.DataFrame({"cattle/1930": [50.0, 60.0], "cattle/1931": [40.0, 65.0]})
    least = Outcome("", "", "", years("cattle", [1930, 1931]), least=True).of(runs)
    assert least is not None
    assert least.tolist() == [40.0, 60.0]


def test_one_command_writes_the_tables_the_charts_and_the_page_and_again_to_the_same_byte(
    paper: Any, tmp_path: Path
) -> None:
    page, out = tmp_path / "docs" / "what_if.md", tmp_path / "reference"
    command = ["reference", "--seeds", "2", "--sharing-seeds", "1", "--out", str(out), "--write", str(page)]
    answers, contents = [], []
    for more in ([], ["--json"]):
        answers.append(CliRunner().invoke(app, [*command, *more]))
        assert answers[-1].exit_code == 0, answers[-1].output
        contents.append({file: file.read_bytes() for file in sorted(tmp_path.rglob("*")) if file.is_file()})
    assert contents[0] == contents[1]
    assert {"overview.png", "attribution_shares.png", "comparison.csv"} <= {file.name for file in contents[0]}
    assert "(../reference/overview.png)" in page.read_text(encoding="utf-8")
    told = json.loads(answers[1].stdout)
    assert len(told["claims"]) == len(SAYINGS)
    assert all(Path(file).is_file() for file in told["files"])
    kept = pd.read_csv(out / "runs.csv")
    without = pair(kept, "no_grain_exports", "deaths")
    assert (without.other < without.baseline).all(), "the paper country dies of exports"
