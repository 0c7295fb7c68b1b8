"""The test outside history says what the rules give, hit or miss, and would notice if the rules changed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from model.validation import great_leap as gl


@pytest.fixture(scope="module")
def chinas() -> list[gl.China]:
    return [gl.drawn(seed) for seed in range(1, 9)]


@pytest.fixture(scope="module")
def runs() -> pd.DataFrame:
    return gl.lived(draws=6)


def test_provinces_differ_in_food_grown_alone(chinas: list[gl.China]) -> None:
    for china in chinas:
        assert len(china.output) == gl.PROVINCES
        assert china.luck.mean(axis=1) == pytest.approx(1.0)
        low, high = gl.CIRCUMSTANCES["output"][:2]
        assert low <= china.output.mean() <= high


def test_the_norm_leaves_the_surplus_that_was_asked_for(chinas: list[gl.China]) -> None:
    for china in chinas:
        spare = np.maximum(0.0, china.output - gl.SEED_KG - china.norm_left).sum()
        assert 0.75 <= china.rate * china.output.sum() / spare <= 0.95


def test_an_inflexible_plan_takes_as_much_from_a_harvest_that_failed(chinas: list[gl.China]) -> None:
    for china in chinas:
        good, bad = china.year(famine=False), china.year(famine=True)
        assert bad.taken.sum() > 0.9 * good.taken.sum()  # all that collectors can reach
        assert bad.grown.sum() == pytest.approx((1.0 - china.fall) * good.grown.sum())
        assert bad.deaths.mean() > good.deaths.mean()


def test_a_flexible_plan_spares_people(chinas: list[gl.China]) -> None:
    for china in chinas:
        assert china.year(famine=True, seen=1.0, cut=True).deaths.mean() < china.year(famine=True).deaths.mean()


def test_under_a_flat_levy_the_poor_provinces_starve(chinas: list[gl.China]) -> None:
    for china in chinas:
        assert replace(china, progressivity=0.0).year(famine=True).elasticity < -1.0


def test_the_more_progressive_the_plan_the_more_die_where_much_is_grown(chinas: list[gl.China]) -> None:
    found = [
        [replace(china, progressivity=step).year(famine=True).elasticity for step in (0.0, 0.5, 1.0)]
        for china in chinas
    ]
    assert (np.diff(np.median(found, axis=0)) > 0.0).all()


def test_verdicts_follow_the_numbers() -> None:
    """A table with the signs turned round is a miss all through."""

    def told(sign: float) -> pd.DataFrame:
        rows = []
        for draw in range(5):
            for case, value in (
                ("normal", 0.0), ("inflexible", 0.2), ("alike", 0.1), ("seen", 0.5), ("flexible", -0.3),
            ):  # fmt: skip
                rows.append({"draw": draw, "progressivity": 1.0, "case": case, "elasticity": sign * value,
                             "deaths": 20.0, "taken": 0.25})  # fmt: skip
        return pd.DataFrame(rows)

    assert all(gl.verdicts(told(1.0), 1.0).values())
    assert not any(gl.verdicts(told(-1.0), 1.0).values())


def test_the_section_tells_its_misses(runs: pd.DataFrame) -> None:
    text = gl.markdown(runs)
    verdicts = [*gl.verdicts(runs, gl.CHINESE).values(), *gl.verdicts(runs, gl.SOVIET).values()]
    assert text.count("**miss**") == verdicts.count(False)
    assert text.count("- hit") == verdicts.count(True)
    assert len([line for line in text.splitlines() if line.startswith("| ")]) == 1 + len(gl.STEPS)


def test_the_chart_draws_every_province(runs: pd.DataFrame) -> None:
    from model.figures.great_leap import Test, great_leap

    china = replace(gl.drawn(1), progressivity=gl.CHINESE)
    provinces = {
        case: (china.output.tolist(), (1000.0 * china.year(**how).deaths).tolist()) for case, how in gl.CASES.items()
    }
    estimate = gl.PUBLISHED["famine less normal"]
    page = great_leap(Test(gl.summary(runs), provinces, (estimate.value, estimate.sd), 6, gl.SOVIET))
    points = [row for row in page.rows if row.panel == "Deaths per thousand"]
    assert len(points) == 3 * gl.PROVINCES
    assert any(row.origin == "documented" for row in page.rows)
