"""Small countries of the engine itself, compared and attributed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model.comparison import Contest, Inquiry, Wish, attribute, hold
from model.comparison.contest import SEEDS
from model.comparison.outcomes import OUTCOMES
from model.comparison.policies import policies
from model.ensemble import living
from model.plan import RunError
from model.policy.scenario import Scenario

AMONG = tuple(one for one in policies() if one.name in {"exports", "procurement", "weather"})


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def contest(store: Path) -> Contest:
    wish = Wish(("historical", "no_grain_exports"), seeds=3, households=900)
    return hold(wish, store=store, workers=1)


def test_without_exports_nothing_is_exported_from_1930_on(contest: Contest) -> None:
    pair = contest.pairs(SEEDS, "no_grain_exports")["exported"]
    assert (pair.other < 0.02).all()
    assert pair.difference.high < 0.0


def test_every_headline_is_told_of_a_whole_run(contest: Contest) -> None:
    table = contest.table()
    assert set(table["outcome"]) == {one.name for one in OUTCOMES}
    assert np.isfinite(table[["baseline_mean", "difference", "difference_low", "difference_high"]]).all().all()


def test_before_the_first_order_differs_both_countries_are_the_same(contest: Contest) -> None:
    """Common random numbers: exports stop with the harvest of 1929, the harvests of 1927 and 1928 cannot know."""
    table = contest.everything().set_index("number")
    for number in ("harvest/1927", "harvest/1928", "cattle/1928", "births/1928"):
        assert table.loc[number, ["difference", "difference_low", "difference_high"]].tolist() == [0.0, 0.0, 0.0]


def test_what_was_lived_is_not_lived_again(store: Path, contest: Contest, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> Any:
        raise AssertionError("lived again")

    monkeypatch.setattr(living, "live_one", refuse)
    again = hold(contest.wish, store=store, workers=1)
    assert again.table().equals(contest.table())


def test_shares_of_the_engine_add_up_to_the_whole_difference(store: Path) -> None:
    found = attribute(Inquiry(seeds=2, households=900), among=AMONG, store=store, workers=1)
    table = found.table()
    for _, rows in table.groupby("outcome"):
        whole = rows[rows["policy"] == "all"].iloc[0]
        parts = rows[rows["policy"] != "all"]
        assert parts["share"].sum() == pytest.approx(whole["with_all"] - whole["with_none"], rel=1e-9, abs=1e-9)
        assert len(parts) == len(AMONG)
    assert {"deaths", "deaths_ukraine", "cattle_lost", "industry"} <= set(table["outcome"])


def test_a_scenario_that_ends_before_the_famine_has_nothing_to_share(tmp_path: Path) -> None:
    short = tmp_path / "short.toml"
    short.write_text('title = "One winter"\nextends = "historical"\nend = "1928-03"\n', encoding="utf-8")
    with pytest.raises(RunError, match="before any of the outcomes"):
        attribute(Inquiry(str(short), seeds=1, households=900), among=AMONG[:1], workers=1)


def test_constants_that_a_scenario_sets_itself_stay(paper: Any, posterior: None, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('title = "Own"\nextends = "historical"\n[behaviour]\neffort_loss = 0.1\n', encoding="utf-8")
    hold(Wish(("historical", str(own)), seeds=1, vectors=2, households=900))
    besides = [one for one in paper.asked if one.behaviour]
    assert len(besides) == 4
    assert all(("effort_loss" in one.behaviour) == (one.base.name == "historical") for one in besides)
    assert Scenario.load(str(own)).overrides["effort_loss"] == pytest.approx(0.1)
