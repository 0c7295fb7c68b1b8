"""The set that is shipped, the centre that is the default, and how a scenario is lived over the set."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from model.calibration import shipped
from model.calibration.free import declared, space
from model.calibration.outcome import Outcome
from model.figures import posterior_ranges
from model.plan import RunError
from model.policy import behaviour, centre, schema
from model.policy.scenario import Scenario
from model.policy.schema import parameters

RECORD = {"engine": "0123", "written": "1933-06-01T00:00:00+00:00", "seconds": 1.0}


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package of its own to ship into."""
    for name in ("POSTERIOR", "PROVENANCE"):
        monkeypatch.setattr(shipped, name, tmp_path / "data" / getattr(shipped, name).name)
    monkeypatch.setattr(shipped, "DATA", tmp_path / "data")
    monkeypatch.setattr(centre, "CENTRE", tmp_path / "policy" / "centre.json")
    for kept in (shipped.provenance, centre.centre):
        kept.cache_clear()
    yield tmp_path
    for kept in (shipped.provenance, centre.centre):
        kept.cache_clear()


def test_what_is_shipped_is_read_back_whole(package: Path, found: Outcome) -> None:
    shipped.ship(found, RECORD)
    pd.testing.assert_frame_equal(shipped.posterior(), found.posterior, rtol=1e-5)
    told = shipped.provenance()
    assert told["engine"] == "0123"
    assert told["settings"]["seed"] == 3
    assert {one["target"] for one in told["figures"]} >= {"harvest/1", "herds/2"}
    assert all(one["observation"] > 0 for one in told["figures"])


def test_provenance_names_no_folder_of_this_machine(package: Path, found: Outcome) -> None:
    for file in shipped.ship(found, RECORD):
        assert str(Path.home()) not in file.read_text(encoding="utf-8")
        assert "/tmp" not in file.read_text(encoding="utf-8")


def test_draws_follow_the_weights(package: Path, found: Outcome) -> None:
    """Of a thousand draws each vector gets its share to within one draw."""
    shipped.ship(found, RECORD)
    table = shipped.posterior()
    drawn = Counter(one["rain"] for one in shipped.vectors(1000, seed=5))
    for rain, weight in table.groupby("rain")["weight"].sum().items():
        assert abs(drawn[rain] - 1000 * weight / table.weight.sum()) <= table.rain.eq(rain).sum() + 1e-6


def test_the_same_seed_draws_the_same_vectors(package: Path, found: Outcome) -> None:
    shipped.ship(found, RECORD)
    assert shipped.vectors(7, seed=1) == shipped.vectors(7, seed=1)
    assert shipped.vectors(7, seed=1) != shipped.vectors(7, seed=2)
    assert set(shipped.vectors(1)[0]) == {"rain", "greed", "mood"}


def test_the_centre_that_is_shipped_becomes_the_default(package: Path) -> None:
    """A centre of two constants: both change, no other does, and a scenario that names one still has its own."""
    table = declared()
    moved = {name: table[name].usual[0] for name in ("effort_loss", "panic")}
    centre.CENTRE.parent.mkdir()
    centre.CENTRE.write_text(json.dumps({"constants": moved}), encoding="utf-8")
    found = behaviour._gather()
    for name, one in found.items():
        assert one.default == moved.get(name, table[name].default)


def test_defaults_are_the_centre_of_the_shipped_posterior() -> None:
    """Without a posterior in the package the declarations hold; with one, its centre does and lies in the set."""
    calibrated, table = centre.centre(), declared()
    assert set(calibrated) <= set(behaviour.BEHAVIOURS), "centre.json names constants that are gone: calibrate anew"
    for name, one in behaviour.BEHAVIOURS.items():
        assert one.default == calibrated.get(name, table[name].default)
    assert bool(calibrated) == shipped.POSTERIOR.exists()
    if calibrated:
        assert set(calibrated) == set(space().names), "the free constants have changed: calibrate anew"
        vectors = shipped.posterior()[list(calibrated)]
        assert ((vectors.min() <= pd.Series(calibrated)) & (pd.Series(calibrated) <= vectors.max())).all()
        assert len(vectors) >= 100


def test_the_table_of_parameters_shows_centre_and_declaration(monkeypatch: pytest.MonkeyPatch) -> None:
    one = declared()["panic"]
    monkeypatch.setitem(schema.BEHAVIOURS, "panic", replace(one, default=0.0123))
    row = next(line for line in parameters().splitlines() if line.startswith("| `panic`"))
    assert f"| 0.0123 | {one.default:g} |" in row


def test_any_scenario_takes_a_vector() -> None:
    searched = space()
    vector: dict[str, Any] = dict(zip(searched.names, searched.low.tolist(), strict=True))
    changed = Scenario.load("no_grain_exports").with_changes({"behaviour": vector})
    assert changed.behaviour.yield_level == pytest.approx(vector["yield_level"])


def test_without_a_posterior_one_sentence_says_how_to_make_one(package: Path) -> None:
    with pytest.raises(RunError, match="calibrate --ship"):
        shipped.posterior()


@pytest.mark.parametrize("n", [0, -3])
def test_no_vectors_are_refused(n: int) -> None:
    with pytest.raises(RunError, match="cannot be drawn"):
        shipped.vectors(n)


def test_the_chart_shows_every_constant_with_its_range(found: Outcome) -> None:
    """What its table says is what the outcome says; the constant that moves nothing is told as such."""
    page = posterior_ranges(found.constants, ran="seed 3")
    medians = {row.series: row.value for row in page.rows if row.at == "median"}
    assert medians == pytest.approx(found.constants["p50"].to_dict())
    assert "2 of 3 constants" in page.title
    assert {row.series for row in page.rows if row.panel == "prior"} == {"rain", "greed", "mood"}
