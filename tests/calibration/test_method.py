"""The method on a country whose constants are known: it finds them, says what it cannot find, and survives a kill."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import toy

from model.calibration.emulator import Emulator
from model.calibration.misfit import Misfit, bent
from model.calibration.outcome import Outcome, outcome
from model.calibration.targets import of_digests, standardised
from model.calibration.waves import FEWEST, Calibration
from model.plan import RunError


def test_true_constants_lie_within_the_posterior(found: Outcome) -> None:
    for name in ("rain", "greed"):
        one = found.constants.loc[name]
        assert one.p05 <= toy.TRUTH[name] <= one.p95
        assert one.remaining < 0.5


def test_centre_gives_the_record_back(found: Outcome) -> None:
    """Both constants that matter are known at the centre to a tenth of their range."""
    assert found.centre["rain"] == pytest.approx(0.7, abs=0.1)
    assert found.centre["greed"] == pytest.approx(2.0, abs=0.4)


def test_a_constant_that_moves_nothing_stays_as_unsure_as_it_was(found: Outcome) -> None:
    assert found.constants.loc[toy.MOVES_NOTHING].remaining > 0.8


def test_the_posterior_is_a_hundred_lived_vectors_that_are_not_ruled_out(found: Outcome, lived: Calibration) -> None:
    assert len(found.posterior) >= FEWEST
    assert (found.posterior.worst <= lived.settings.cut).all()
    assert found.posterior.weight.sum() == pytest.approx(1.0)
    asked = lived.lived["posterior"][lived.names].drop_duplicates()
    assert len(found.posterior.merge(asked)) == len(found.posterior)


def test_the_centre_was_lived_and_is_a_vector_of_the_set_or_their_mean(found: Outcome, lived: Calibration) -> None:
    finalists = lived.lived["centre"]
    assert (finalists[lived.names] == pd.Series(found.centre)).all(axis=1).any()
    for name in lived.names:
        assert found.posterior[name].min() <= found.centre[name] <= found.posterior[name].max()


def test_what_no_figure_moves_stays_at_the_prior_around_the_declared_value(found: Outcome) -> None:
    """A normal around 50 with a quarter of the range as its standard deviation, not an even spread over 0 to 100."""
    mood = found.constants.loc[toy.MOVES_NOTHING]
    assert 30.0 < mood.p50 < 70.0
    assert mood.p95 - mood.p05 < 88.0


def test_the_prior_is_highest_at_the_declared_values() -> None:
    space = toy.SPACE
    assert space.prior(space.middle[None, :])[0] == 0.0
    assert (space.prior(space.hypercube(50, seed=1)) > 0.0).all()
    np.testing.assert_allclose(space.prior_quantile(0.5), space.middle, atol=1e-9)


def test_a_series_that_no_constant_meets_is_named_and_rules_nothing_out(tmp_path: Path) -> None:
    """Harvests forty sigma from all that the country can bring in ask for a mechanism, not for another number."""
    moved = toy.chosen(**{"harvest/1": 40.0, "harvest/2": -40.0})
    one = toy.calibration(tmp_path, toy.Toy(), moved)
    one.run()
    found = outcome(one)
    assert found.facts["set_aside"] == ["harvest"]
    assert not found.series.loc["harvest"].met
    assert found.series.loc["herds"].met
    assert found.facts["cut_used"] == one.settings.cut


def test_where_few_vectors_are_left_the_wider_cut_is_told(tmp_path: Path) -> None:
    """Under a cut finer than luck few vectors pass; the hundred nearest are kept, and it is said."""
    one = toy.calibration(tmp_path, toy.Toy())
    one = replace(one, settings=replace(one.settings, cut=0.08))
    one.run()
    found = outcome(one)
    assert len(found.posterior) == FEWEST
    assert found.facts["cut_used"] > found.facts["cut"]


@pytest.mark.parametrize("stages", [1, 3, 5])
def test_a_killed_calibration_goes_on_to_the_same_posterior(tmp_path: Path, found: Outcome, stages: int) -> None:
    with pytest.raises(KeyboardInterrupt):
        toy.calibration(tmp_path, toy.Toy(dies_after=stages)).run()
    again = toy.calibration(tmp_path, toy.Toy())
    again.run()
    pd.testing.assert_frame_equal(outcome(again).posterior, found.posterior, check_exact=True)
    assert outcome(again).centre == found.centre


def test_another_seed_searches_elsewhere(tmp_path: Path, found: Outcome) -> None:
    other = toy.calibration(tmp_path, toy.Toy(), seed=4)
    other.run()
    assert not outcome(other).posterior.equals(found.posterior)


def test_runs_that_fail_are_left_out(tmp_path: Path, found: Outcome) -> None:
    class Failing(toy.Toy):
        def __call__(self, stage: str, design: pd.DataFrame) -> pd.DataFrame:
            digests = super().__call__(stage, design)
            digests.iloc[::7] = np.nan if stage != "luck" else digests.iloc[::7]
            return digests

    one = toy.calibration(tmp_path, Failing())
    one.run()
    assert outcome(one).centre["rain"] == pytest.approx(0.7, abs=0.1)


def test_where_every_run_fails_one_sentence_says_so(tmp_path: Path) -> None:
    class Failing(toy.Toy):
        def __call__(self, stage: str, design: pd.DataFrame) -> pd.DataFrame:
            return super().__call__(stage, design) * np.nan

    with pytest.raises(RunError, match=r"luck: every run failed"):
        toy.calibration(tmp_path, Failing()).run()


def test_an_emulator_guesses_runs_that_it_has_not_seen_and_knows_its_doubt(lived: Calibration) -> None:
    """Nearly all figures lie within two standard deviations of the guess, and not because these are wide."""
    known, misfit = lived.searched(), Misfit(toy.chosen())
    figures = known[lived.columns].to_numpy(np.float64)
    emulator = Emulator.fit(toy.SPACE.cube(known), figures, misfit.blocks, 1)
    cube = toy.SPACE.hypercube(200, seed=77)
    design = toy.SPACE.values(cube).assign(seed=range(500, 700))
    truth = bent(standardised(of_digests(toy.figures(design), misfit.chosen), misfit.chosen))
    mean, variance = emulator.guess(cube)
    assert (np.abs(truth - mean) < 2.0 * np.sqrt(variance)).mean() > 0.85
    assert np.sqrt(variance).mean() < 0.15 * truth.std()


def test_figures_of_one_series_weigh_together_less_than_each_alone() -> None:
    """Seven harvests err together: seven times the evidence of one would be too sure."""
    misfit = Misfit(toy.chosen())
    off = misfit.by_series(np.array([[2.0, 2.0, 0.0, 0.0, 0.0, 0.0]]))
    assert misfit.total(off)[0] == pytest.approx(np.sqrt(2.0) * 4.0)


@pytest.mark.parametrize(("what", "value"), [("waves", 0), ("runs", 3), ("seeds", 0), ("seed", -1)])
def test_a_calibration_that_cannot_be_is_refused(what: str, value: int) -> None:
    with pytest.raises(RunError, match=what):
        toy.Settings(**{what: value})
