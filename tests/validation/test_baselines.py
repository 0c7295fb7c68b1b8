"""The simpler countries take away what they say and nothing else, and the twin learns from no row it may not see."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from model import history
from model.policy.mechanisms import MECHANISMS
from model.policy.scenario import Scenario
from model.results.digest import SUBJECTS
from model.validation.baselines import ANSWERS, BASELINES, fitting, twin_digest
from model.validation.baselines.numbers import NUMBERS, guessed
from model.validation.baselines.orders import nation
from model.validation.baselines.telling import told
from model.validation.baselines.twin import live


@pytest.fixture(scope="module")
def historical() -> Scenario:
    return Scenario.load("historical")


def guessed_digest(scenario: Scenario, **numbers: float) -> dict[str, float]:
    return told(live(nation(scenario), guessed() | numbers))


def test_no_behaviour_switches_off_every_answer_and_leaves_the_orders(historical: Scenario) -> None:
    still = BASELINES["no_behaviour"].over(historical)
    assert still.spread == "average"
    off = {name for name in MECHANISMS if not getattr(still.mechanisms, name)}
    assert off == set(ANSWERS)
    assert all((still.tables[key] == table).all() for key, table in historical.tables.items())


def test_every_baseline_lives_the_same_orders(historical: Scenario) -> None:
    for one in BASELINES.values():
        if one.changes is not None:
            assert all((one.over(historical).tables[key] == table).all() for key, table in historical.tables.items())


def test_the_twin_is_no_scenario(historical: Scenario) -> None:
    with pytest.raises(ValueError, match="equations"):
        BASELINES["aggregate_twin"].over(historical)


def test_the_twin_is_fitted_to_calibration_rows_alone() -> None:
    """The record of 1934 and later, regions, and the months of the famine are what it is tested against."""
    rows = fitting.rows_to_fit()
    assert len(rows) > 60
    for row in rows:
        if row.subject != "excess_deaths":
            years = [int(name.split("/")[1][:4]) for name in row.names]
            assert min(years) <= 1933
    assert not [row for row in rows if row.subject in {"industry", "machinery", "settler_deaths", "prisoners"}]


def test_the_twin_does_not_feel_a_validation_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every figure that may not be fitted to is spoilt; what the twin is fitted to stays the same."""
    before = fitting.rows_to_fit()
    from model.validation import beside as table

    true_series = history.series

    def spoilt(name: str, file: str | None = None, **options: Any) -> Any:
        import dataclasses

        from model.history.series import file_of

        return tuple(
            point
            if history.role_of(file or file_of(name), name, point.year) == "calibration"
            else dataclasses.replace(point, value=point.value * 7.0)
            for point in true_series(name, file, **options)
        )

    monkeypatch.setattr(table, "series", spoilt)
    monkeypatch.setattr(fitting, "series", spoilt)
    table.beside.cache_clear()
    fitting.rows_to_fit.cache_clear()
    try:
        assert fitting.rows_to_fit() == before
    finally:
        monkeypatch.undo()
        table.beside.cache_clear()
        fitting.rows_to_fit.cache_clear()


def test_the_twin_says_nothing_of_regions_or_households(historical: Scenario) -> None:
    numbers = guessed_digest(historical)
    assert {name.count("/") for name in numbers} == {1}
    assert {name.split("/")[0] for name in numbers} <= SUBJECTS.keys()
    assert "most_of_the_dead/1934" not in numbers
    assert np.isfinite(list(numbers.values())).all()


def test_the_twin_is_a_fair_opponent() -> None:
    """Fitted, it stands far nearer to the record than guessed, and near enough that beating it means something."""
    fit = fitting.fitted()
    assert fit.left < 0.5 * fit.before
    assert fit.left < 2.5
    assert max(abs(step) for step in fit.moved.values()) < 5.0, "no number is torn away from what is plausible"


def test_the_twin_feels_the_orders(historical: Scenario) -> None:
    as_it_was = guessed_digest(historical)
    spared = guessed_digest(historical.with_changes({"trade": {"grain_exports": 0}, "procurement": {"rate": 0.1}}))
    assert spared["exported/1931"] == 0.0
    assert spared["excess_deaths/1933"] < as_it_was["excess_deaths/1933"]
    mild = guessed_digest(historical.with_changes({"collectivisation": {"pressure": 0.0}}))
    assert mild["collectivised/1932-01-01"] < 0.5 * as_it_was["collectivised/1932-01-01"]
    assert mild["cattle/1931"] > as_it_was["cattle/1931"]


def test_the_twin_feels_the_sky(historical: Scenario) -> None:
    fair = guessed_digest(BASELINES["average_weather"].over(historical), effort_loss=0.0)
    as_it_was = guessed_digest(historical, effort_loss=0.0)
    assert fair["harvest/1931"] > as_it_was["harvest/1931"]
    assert fair["harvest/1937"] < as_it_was["harvest/1937"]


def test_every_number_of_the_twin_is_felt(historical: Scenario) -> None:
    """A number that moves nothing would be a claim without content."""
    given = nation(historical)
    before = told(live(given, guessed()))
    silent = []
    for name, one in NUMBERS.items():
        after = told(live(given, guessed() | {name: one.start + one.spread}))
        if all(after[key] == value for key, value in before.items()):
            silent.append(name)
    assert not silent


def test_the_twin_lives_other_scenarios_too(historical: Scenario) -> None:
    twin = twin_digest(historical.with_changes({"weather": {"mode": "average"}}))
    assert twin["harvest/1936"] > twin_digest(historical)["harvest/1936"]
