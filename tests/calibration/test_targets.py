"""What the calibration may see of the record, and what it makes of it."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator

import pytest

from model.calibration.free import FREE, free_constants, space
from model.calibration.targets import SERIES, Target, targets
from model.history import calibration as visible
from model.history import roles, tables
from model.policy.behaviour import BEHAVIOURS
from model.policy.month import LEVERS

series = importlib.import_module("model.history.series")  # the package gives a function of that name
YEAR = re.compile(r"19[23]\d")


@pytest.fixture
def forgetful() -> Iterator[None]:
    """Let the record be read anew before and after."""

    def forget() -> None:
        for kept in (tables.rows_of, series.points_of, targets):
            kept.cache_clear()

    forget()
    yield
    forget()


def _spoilt(monkeypatch: pytest.MonkeyPatch, spoilt: str) -> tuple[tuple[Target, ...], int]:
    """Return the targets from a record in which every row of one role says something else, and how many rows did."""
    whole, count = {name: tables.rows_of(name) for name in tables.SERIES_FILES}, 0
    spoilt_rows = {}
    for name, rows in whole.items():
        changed = []
        for row in rows:
            if roles.role_of(name, row["series"], int(row["date"][:4])) == spoilt:
                count += 1
                changed.append(row | {"value": "-777", "low": "-999", "high": "-555", "source": "nobody"})
            else:
                changed.append(row)
        spoilt_rows[name] = tuple(changed)
    tables_rows = tables.rows_of
    monkeypatch.setattr(series, "rows_of", lambda name: spoilt_rows.get(name) or tables_rows(name))
    series.points_of.cache_clear()
    targets.cache_clear()
    return targets(), count


@pytest.mark.parametrize("role", ["validation", "context"])
def test_no_target_feels_a_row_that_may_not_be_fitted_to(
    monkeypatch: pytest.MonkeyPatch, forgetful: None, role: str
) -> None:
    """Every such row of the record is spoilt, and the targets stay the same to the last bit."""
    honest = targets()
    found, count = _spoilt(monkeypatch, role)
    assert count > 100
    assert found == honest


def test_targets_feel_the_rows_that_may_be_fitted_to(monkeypatch: pytest.MonkeyPatch, forgetful: None) -> None:
    """Otherwise the test above would prove nothing."""
    honest = targets()
    found, _ = _spoilt(monkeypatch, "calibration")
    assert all(one.value != other.value for one, other in zip(honest, found, strict=True))


def test_the_door_to_the_record_hands_out_no_year_of_validation() -> None:
    for one in SERIES:
        for point in visible.fitted(one.file, one.name):
            assert roles.role_of(one.file, one.name, point.year) == "calibration"


def test_every_national_series_that_may_be_fitted_is_a_target() -> None:
    """None is left out because the model misses it."""
    allowed = {
        (row["file"], row["series"])
        for row in tables.rows_of("roles.csv")
        if row["role"] == "calibration" and row["file"] != "regions_series.csv"
    }
    assert {(one.file, one.name) for one in SERIES} == allowed


def test_every_target_has_its_errors() -> None:
    for target in targets():
        assert target.observation > 0, target.name
        assert target.discrepancy > 0, target.name


def test_rival_estimates_of_the_famine_make_one_target_as_unsure_as_they_differ() -> None:
    toll = [target for target in targets() if target.series == "excess_deaths"]
    assert len(toll) == 1
    assert toll[0].value == pytest.approx(7.0)
    assert toll[0].observation == pytest.approx(1.66, abs=0.01)
    assert toll[0].keys == tuple(f"excess_deaths/{year}" for year in range(1930, 1935))


def test_a_run_tells_every_target(small_digest: dict[str, float]) -> None:
    asked = {key for target in targets() for key in target.keys}
    assert asked <= set(small_digest)


def test_free_constants_are_behaviour_and_neither_orders_nor_dated_nor_regional() -> None:
    names = [one.name for one in free_constants()]
    assert len(names) == len(set(names))
    assert 25 <= len(names) <= 45
    assert set(names) <= set(BEHAVIOURS)
    levers = {key.split(".")[1] for key in LEVERS}
    from model.history import REGION_IDS

    for name in names:
        assert name not in levers
        assert not YEAR.search(name) or name == "jobs_1928", name  # the level of all years, told for 1928
        assert not any(region in name for region in REGION_IDS), name


def test_free_names_are_sorted_into_subjects_without_repeats() -> None:
    assert sum(len(names) for names in FREE.values()) == space().size


def test_priors_are_the_plausible_ranges_of_the_declarations_and_not_wider() -> None:
    searched = space()
    for name, low, high in zip(searched.names, searched.low, searched.high, strict=True):
        assert (low, high) == BEHAVIOURS[name].usual
        assert low < high
