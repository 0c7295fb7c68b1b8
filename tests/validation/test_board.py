"""The board: a country that is the record itself hits every pattern, and one whose series are swapped does not."""

from __future__ import annotations

import json
from math import nan

import numpy as np
import pandas as pd
import pytest

from model.history import REGION_IDS
from model.results.digest import SUBJECTS
from model.validation.beside import NATIONAL, beside, beside_regions
from model.validation.board import board, hits, numbers_of, span_of, with_average_weather
from model.validation.patterns import AVERAGE_WEATHER, PATTERNS, Numbers

SEASON_1933 = (0.05, 0.05, 0.08, 0.1, 0.15, 0.18, 0.13, 0.08, 0.06, 0.05, 0.04, 0.03)


@pytest.fixture
def record() -> Numbers:
    """The digest of a country in which everything happened as it was written down."""
    numbers: Numbers = {}
    for subject in NATIONAL:
        for one in beside(subject):
            for name in one.names:
                numbers[name] = one.value
    # what nobody counted in this form, put together from what was counted
    output = (115, 135, 155, 175, 190, 215, 250, 290, 320, 350, 390)
    numbers |= {f"industry/{1929 + place}": float(value) for place, value in enumerate(output)}
    numbers |= {f"collectivised/{day}": value for day, value in _first_days().items()}
    numbers |= {f"migration/{year}": 1500.0 for year in range(1936, 1940)}
    numbers |= {
        f"excess_deaths_month/1933-{month + 1:02d}": part * numbers["excess_deaths/1933"]
        for month, part in enumerate(SEASON_1933)
    }
    for region in REGION_IDS:
        numbers |= {f"excess_deaths/{region}/{year}": 0.0 for year in range(1930, 1935)}
        numbers[f"villagers/{region}/1932"] = 7.0
    for one in beside_regions("excess_deaths"):
        numbers[f"excess_deaths/{one.place}/1933"] = one.value
    numbers |= {f"excess_deaths/ukraine/{year}": 0.0 for year in range(1930, 1935)}
    numbers["excess_deaths/ukraine/1933"] = sum(
        numbers[f"excess_deaths/{region}/1933"] for region in REGION_IDS if region.startswith("ukraine")
    )
    numbers |= {
        "rural_excess_deaths/ukraine/1933": 3.3, "urban_excess_deaths/ukraine/1933": 0.27,
        "villagers/ukraine/1933": 24.0, "towns/ukraine/1933": 8_000.0, "most_of_the_dead/1934": 10.0,
    }  # fmt: skip
    numbers |= {
        AVERAGE_WEATHER + name: 0.9 * value for name, value in numbers.items() if name.startswith("excess_deaths/")
    }
    return numbers


def _first_days() -> dict[str, float]:
    """Shares on the first days of months between which mid-month counts lie."""
    known = {one.when: one.value for one in beside("collectivised") if one.when.endswith("-01")}
    known |= {"1930-01-01": 18.1, "1930-02-01": 31.7, "1930-03-01": 57.2, "1930-04-01": 38.6, "1931-01-01": 25.9}
    return known


def test_the_record_itself_hits_every_pattern(record: Numbers) -> None:
    rows = board([record])
    missed = [(row.number, mark.text, mark.median) for row in rows for mark in row.marks if not mark.hit]
    assert missed == []
    assert hits(rows) == len(PATTERNS) == 16


SWAPS = [
    ("harvest", "procured", {1, 2}),
    ("horses", "cattle", {5}),
    ("pigs", "sheep_goats", {5}),
    ("migration", "births", {10}),
    ("settlers", "towns", {11, 13}),
    ("exported", "harvest", {1, 3}),
    ("industry", "collectivised", {4, 14}),
]


@pytest.mark.parametrize(("one", "other", "patterns"), SWAPS, ids=[f"{a} and {b}" for a, b, _ in SWAPS])
def test_a_board_with_two_series_swapped_misses(record: Numbers, one: str, other: str, patterns: set[int]) -> None:
    def renamed(name: str) -> str:
        subject, _, when = name.partition("/")
        return f"{ {one: other, other: one}.get(subject, subject) }/{when}".replace(" ", "")

    swapped = {renamed(name): value for name, value in record.items()}
    missed = {row.number for row in board([swapped]) if not row.hit}
    assert patterns <= missed


@pytest.mark.parametrize("pattern", PATTERNS, ids=[f"{one.number}" for one in PATTERNS])
def test_a_run_that_tells_nothing_hits_nothing(pattern: object) -> None:
    row = next(row for row in board([{"nothing/1932": 0.0}]) if row.number == pattern.number)  # type: ignore[attr-defined]
    assert not row.hit


def test_a_famine_of_another_year_place_or_season_is_a_miss(record: Numbers) -> None:
    late = record | {"excess_deaths/1933": 2.0, "excess_deaths/1934": 4.0}
    elsewhere = record | {"excess_deaths/kazakhstan/1933": 0.2, "excess_deaths/western/1933": 1.2}
    winter = record | {"excess_deaths_month/1933-01": 5.0}
    for run, number in ((late, 6), (elsewhere, 8), (winter, 7)):
        assert not next(row for row in board([run]) if row.number == number).hit


def test_the_band_holds_nine_tenths_of_the_runs(record: Numbers) -> None:
    runs = [record | {"most_of_the_dead/1934": value} for value in np.linspace(1.0, 21.0, 21)]
    mark = board(runs)[15].marks[0]
    assert (mark.low, mark.median, mark.high) == (2.0, 11.0, 20.0)


def test_errors_are_told_for_fitted_and_tested_years_apart(record: Numbers) -> None:
    """A harvest wrong only from 1934 on is an error of the validation rows alone."""
    later = {
        name: 1.2 * value for name, value in record.items() if name.startswith("harvest/19") and name[-4:] > "1933"
    }
    mark = board([record | later])[0].marks[0]
    assert mark.calibration == 0.0
    assert mark.validation == pytest.approx(20.0)


def test_a_board_is_plain_data(record: Numbers) -> None:
    """Numbers that are none become null: JSON knows no NaN."""
    text = json.dumps([row.plain() for row in board([record | {"most_of_the_dead/1934": nan}])], allow_nan=False)
    assert json.loads(text)[15]["checks"][0]["median"] is None


def test_every_subject_with_a_series_is_told_by_a_digest() -> None:
    assert set(NATIONAL) <= set(SUBJECTS)


def test_runs_with_average_weather_stand_beside_their_twins() -> None:
    lived = pd.DataFrame({"excess_deaths/1933": [5.0, 6.0], "harvest/1932": [57.0, 58.0], "seed": [1, 2]})
    still = pd.DataFrame({"excess_deaths/1933": [3.0, 4.0], "harvest/1932": [70.0, 71.0], "seed": [1, 2]})
    numbers = numbers_of(with_average_weather(lived, still))
    assert numbers[1] == {
        "excess_deaths/1933": 6.0, "harvest/1932": 58.0, f"{AVERAGE_WEATHER}excess_deaths/1933": 4.0
    }  # fmt: skip


def test_targets_are_written_in_words() -> None:
    assert span_of(9169.3, 20631.0, "events") == "9,169 to 20,631 events"
    assert span_of(0.0, 15.0, "%") == "at most 15 %"


def test_no_board_without_runs() -> None:
    with pytest.raises(ValueError, match="at least one run"):
        board([])
