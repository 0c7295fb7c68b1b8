"""Many runs beside the record: every figure once, its role with it, rivals apart, errors felt."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from model.history import role_of, series
from model.validation.confront import confront, coverage, figures


@pytest.fixture(scope="module")
def perfect() -> pd.DataFrame:
    """Nine runs that say what the record says, within 2 %; of rivals, what the first says."""
    numbers: dict[str, float] = {}
    for _, _, one in figures():
        for name in one.names:
            numbers.setdefault(name, one.value / len(one.names))
    spread = np.linspace(0.98, 1.02, 9)[:, None]
    return pd.DataFrame(spread * np.array(list(numbers.values())), columns=list(numbers))


def test_the_role_of_a_figure_is_that_of_the_record() -> None:
    for _, of, one in figures():
        assert one.role == role_of(of.file, of.name, one.year)


def test_who_asks_for_calibration_sees_no_figure_kept_for_testing(perfect: pd.DataFrame) -> None:
    assert set(confront(perfect, "calibration")["role"]) == {"calibration"}
    parts = sum(len(confront(perfect, role)) for role in ("calibration", "validation", "context"))
    assert parts == len(confront(perfect))


def test_runs_that_agree_with_the_record_are_covered(perfect: pd.DataFrame) -> None:
    """Where one figure has one name, the record lies in the middle of such runs."""
    harvest = confront(perfect).query("series == 'grain_harvest'")
    assert harvest["inside"].all()
    assert harvest["in_range"].all()
    np.testing.assert_allclose(harvest["middle"], harvest["value"])


def test_a_series_in_the_place_of_another_is_noticed(perfect: pd.DataFrame) -> None:
    """Horses counted as cattle are covered no longer."""
    swapped = perfect.copy()
    for year in range(1928, 1939):
        swapped[f"horses/{year}"], swapped[f"cattle/{year}"] = perfect[f"cattle/{year}"], perfect[f"horses/{year}"]
    before, after = coverage(confront(perfect)), coverage(confront(swapped))
    assert before.loc["Horses", "inside"] == before.loc["Horses", "figures"]
    assert after.loc["Horses", "inside"] == 0
    assert after.loc["all", "inside"] < before.loc["all", "inside"]


def test_rival_totals_keep_their_authors(perfect: pd.DataFrame) -> None:
    rows = confront(perfect).query("series == 'famine_excess_deaths_total'")
    assert set(rows["source"]) == {point.source for point in series("famine_excess_deaths_total")}
    assert rows["middle"].nunique() == 1, "one model beside nine authors"


def test_a_range_that_meets_the_band_is_not_yet_inside_it() -> None:
    """The record's 57.5 lies outside a band of 60-61, its range of 50-69.9 does not."""
    row = confront(pd.DataFrame({"harvest/1932": [60.0, 60.5, 61.0]})).iloc[0]
    assert (row["inside"], row["touches"], row["in_range"]) == (False, True, True)


def test_runs_that_do_not_tell_a_figure_are_not_scored_on_it() -> None:
    assert len(confront(pd.DataFrame({"harvest/1932": [60.0, np.nan]}))) == 1
    assert confront(pd.DataFrame({"harvest/1932": [np.nan]})).empty


def test_the_share_in_kolkhozy_is_read_between_two_firsts_of_months(perfect: pd.DataFrame) -> None:
    """The record has 20 January and 10 March 1930, the days of the campaign."""
    dates = set(confront(perfect).query("series == 'collectivised_households_share'")["date"])
    assert {"1930-01-20", "1930-03-10", "1930-03-01"} <= dates


def test_the_sum_of_the_coverage_is_that_of_its_series(perfect: pd.DataFrame) -> None:
    table = coverage(confront(perfect))
    assert table.loc["all"].to_list() == table.drop(index="all").sum().to_list()


def test_errors_are_scaled_by_what_was_fitted_never_by_what_tests(perfect: pd.DataFrame) -> None:
    """A model that misses its calibration figures by far owns up to wide errors; missing the tests changes nothing."""
    tight = perfect * 0.0 + perfect.mean()

    def width(table: pd.DataFrame) -> float:
        row = confront(table).query("series == 'horses_midyear' and date == '1936-07'").iloc[0]
        return float(row["predicted_high"] - row["predicted_low"]) / float(row["middle"])

    late = [name for name in tight if name.split("/")[-1][:4] in {"1936", "1937"} and "horses/1936" not in name]
    assert width(tight.assign(**{name: 2.0 * tight[name] for name in late})) == pytest.approx(width(tight))
    early = [name for name in tight if name.split("/")[-1][:4] in {"1930", "1931", "1932"} and name.count("/") == 1]
    assert width(tight.assign(**{name: 1.5 * tight[name] for name in early})) > 1.5 * width(tight)


def test_what_lies_beyond_the_band_of_the_runs_may_lie_within_that_of_their_errors(perfect: pd.DataFrame) -> None:
    told = confront(perfect)
    assert (told["predicted"] >= told["inside"]).all()
    assert (told["predicted_low"] <= told["model_low"]).all()
    assert (told["predicted_high"] >= told["model_high"]).all()
