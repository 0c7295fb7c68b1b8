"""The analysis finds what is there, calls luck luck, and asks for the runs that it said it would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from model.plan import RunError
from model.policy.behaviour import BEHAVIOURS
from model.policy.scenario import Scenario
from model.sensitivity import Budget, design, measures, study
from model.sensitivity.outcomes import OUTCOMES, outcomes

NAMES = ("effort_loss", "yield_level", "norm_left")
SMALL = Budget(trajectories=6, top=3, values=3, seeds=3, blocks=64)


@pytest.fixture
def historical() -> Scenario:
    return Scenario.load("historical")


def harvest(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["outcome"] == "harvest"].set_index("constant")


def test_screening_finds_the_size_of_an_effect_over_its_range(paper: Any, historical: Scenario) -> None:
    found = harvest(study(historical, constants=NAMES, budget=SMALL).effects)
    assert found.loc["effort_loss", "mean_size"] == pytest.approx(4.0, rel=1e-6)
    assert found.loc["yield_level", "mean"] == pytest.approx(-2.0, rel=1e-6)
    assert found.loc["norm_left", "mean_size"] == pytest.approx(0.0, abs=1e-9), "luck is shared, so it is no effect"
    assert found["rank"].to_dict() == {"effort_loss": 1, "yield_level": 2, "norm_left": 3}


def test_what_matters_most_comes_first(paper: Any, historical: Scenario) -> None:
    assert study(historical, constants=NAMES, budget=SMALL).top == list(NAMES)


def test_curves_pass_through_the_range_and_know_the_value_in_use(paper: Any, historical: Scenario) -> None:
    curve = study(historical, constants=NAMES, budget=SMALL).curves
    curve = curve[(curve["outcome"] == "harvest") & (curve["constant"] == "effort_loss")]
    low, high = BEHAVIOURS["effort_loss"].usual
    assert curve["value"].tolist() == pytest.approx([low, (low + high) / 2.0, high])
    assert np.ptp(curve["change"]) == pytest.approx(4.0)
    own = historical.overrides.get("effort_loss", BEHAVIOURS["effort_loss"].default)
    assert (curve["own"] == own).all()
    assert (curve["high"] >= curve["mean"]).all()


def test_shares_of_variance_are_those_of_the_formula(paper: Any, historical: Scenario) -> None:
    """Var = 16/12 + 4/12: four fifths and one fifth; the intervals hold them."""
    found = harvest(study(historical, constants=NAMES, budget=SMALL).shares)
    for name, share in (("effort_loss", 0.8), ("yield_level", 0.2), ("norm_left", 0.0)):
        assert found.loc[name, "total"] == pytest.approx(share, abs=0.15)
        assert found.loc[name, "total_low"] - 0.02 <= share <= found.loc[name, "total_high"] + 0.02


def test_luck_is_the_spread_of_seeds_with_nothing_changed(paper: Any, historical: Scenario) -> None:
    found = study(historical, constants=NAMES, budget=SMALL)
    draws = [0.01 * np.random.default_rng(seed).normal() for seed in (1, 2, 3)]
    assert found.luck["harvest"][1] == pytest.approx(np.std(draws, ddof=1))


def test_as_many_runs_are_asked_for_as_the_budget_says(paper: Any, historical: Scenario) -> None:
    ticks: list[tuple[int, int, str]] = []
    found = study(historical, constants=NAMES, budget=SMALL, progress=lambda *tick: ticks.append(tick))
    assert len(paper.asked) == SMALL.runs(3) == found.runs
    assert ticks[-1][:2] == (found.runs, found.runs)
    assert [done for done, *_ in ticks] == sorted(done for done, *_ in ticks)


def test_runs_that_are_compared_share_their_luck(historical: Scenario) -> None:
    chosen = design.constants(NAMES)
    for made, size in ((design.screening(chosen, 5, 7), 4), (design.shares(chosen, 8, 7), 5)):
        groups = made.seeds.reshape(-1, size)
        assert (groups == groups[:, :1]).all()
        assert len(np.unique(groups[:, 0])) == len(groups)


def test_designs_stay_within_the_plausible_ranges_and_repeat_themselves(historical: Scenario) -> None:
    chosen = design.constants(())
    low, high = np.array([one.usual for one in chosen]).T
    made, again = (design.screening(chosen, 2, 3) for _ in range(2))
    assert ((made.points >= low - 1e-9) & (made.points <= high + 1e-9)).all()
    assert (made.points == again.points).all()
    assert (design.screening(chosen, 2, 4).points != made.points).any()


def test_every_point_of_a_design_is_allowed(historical: Scenario) -> None:
    """A scenario takes no value beyond what has a meaning: the ranges must lie within, to the last digit."""
    made = design.screening(design.constants(()), 2, 1)
    historical.with_changes({"behaviour": dict(zip(made.names, map(float, made.points[3]), strict=True))})


def test_a_failed_run_costs_its_group_and_no_more(paper: Any, historical: Scenario) -> None:
    paper.fails = {1, SMALL.trajectories * 4 + (1 + 9) * 3 + 2}  # of the first trajectory, of the first block
    found = study(historical, constants=NAMES, budget=SMALL)
    assert found.failed == 2
    assert harvest(found.effects).loc["effort_loss", "mean_size"] == pytest.approx(4.0, rel=1e-6)


def test_where_nearly_all_runs_fail_the_reason_is_one_sentence(paper: Any, historical: Scenario) -> None:
    paper.fails = set(range(0, 10_000, 2))
    with pytest.raises(RunError, match="runs failed in all but 0 of 6 trajectories"):
        study(historical, constants=NAMES, budget=SMALL)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"blocks": 60}, "power of two"), ({"trajectories": 1}, "write 2 or more"), ({"seeds": 0}, "write 1 or more")],
)
def test_budgets_that_give_no_analysis_are_refused(wrong: dict[str, int], said: str) -> None:
    with pytest.raises(RunError, match=said):
        Budget(**wrong)


def test_a_mistyped_constant_is_answered_with_the_right_one() -> None:
    with pytest.raises(RunError, match=r"effort_los.*effort_loss"):
        design.constants(["effort_los", "yield_level"])
    with pytest.raises(RunError, match="fewer than two"):
        design.constants(["yield_level"])


def test_a_missing_library_is_one_sentence(monkeypatch: pytest.MonkeyPatch, historical: Scenario) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "SALib.sample.morris", None)
    with pytest.raises(RunError, match=r"pip install 'collectivisation\[sensitivity\]'"):
        study(historical)


def test_an_outcome_of_a_run_that_lacks_a_number_is_none() -> None:
    runs = pd.DataFrame({key: [1.0, 2.0] for one in OUTCOMES for key in one.keys})
    runs.loc[1, "cattle/1933"] = np.nan
    found = outcomes(runs)
    assert found.loc[0, "excess_deaths"] == 5.0
    assert np.isnan(found.loc[1, "cattle_trough"])
    assert np.isfinite(found.loc[1, "harvest"])


def test_an_outcome_that_nothing_moves_has_no_shares() -> None:
    chosen = design.constants(NAMES)
    still = pd.DataFrame({one.name: np.ones(8 * 5) for one in OUTCOMES})
    assert not measures.variances(chosen, still, 1)["total"].any()


def test_every_outcome_is_told_by_a_run() -> None:
    """A key that no digest has would make an outcome that no run has."""
    from model.results.digest import SUBJECTS

    for one in OUTCOMES:
        assert {key.split("/")[0] for key in one.keys} <= SUBJECTS.keys()


def test_the_charts_show_all_that_was_found(paper: Any, historical: Scenario, tmp_path: Path) -> None:
    from model.cli.sensitivity import _draw

    found = study(historical, constants=NAMES, budget=SMALL)
    _draw(found, tmp_path)
    names = ("sensitivity_tornado", "sensitivity_curves", "sensitivity_shares")
    assert {file.name for file in tmp_path.iterdir()} == {f"{n}.{k}" for n in names for k in ("png", "svg", "csv")}
    tornado = pd.read_csv(tmp_path / "sensitivity_tornado.csv")
    assert len(tornado) == len(OUTCOMES) * len(NAMES) * 2
