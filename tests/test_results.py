"""What a run leaves behind: labelled, closed, and in its place whole or not at all."""

from __future__ import annotations

import csv
import errno
import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from model.history import REGION_IDS
from model.policy.scenario import Scenario
from model.results import store
from model.results.ledger import LEDGERS, Recorder, check, sentence
from model.results.series import annual, national, write_annual, write_series
from model.results.variables import VARIABLES
from model.running import run


@pytest.fixture
def country_on_paper(paper_country: Any) -> xr.Dataset:
    return run(Scenario.from_document({"title": "On paper"}, "paper"))


TABLES = ["annual.csv", "distributions.csv", "households.csv", "provenance.json", "run.nc", "series.csv"]


def _rows(write: Callable[[xr.Dataset, Any], None], dataset: xr.Dataset) -> list[dict[str, str]]:
    text = io.StringIO()
    write(dataset, text)
    return list(csv.DictReader(io.StringIO(text.getvalue())))


def test_every_value_has_a_unit_a_meaning_and_a_kind(country_on_paper: xr.Dataset) -> None:
    for name in VARIABLES:
        notes = country_on_paper[name].attrs
        assert notes["units"]
        assert notes["long_name"]
        assert notes["kind"] in {"flow", "stock"}
    assert country_on_paper["region"].values.tolist() == list(REGION_IDS)
    assert str(country_on_paper["month"].values[0])[:7] == "1927-07"


def test_ledgers_close_when_nothing_came_from_nowhere(country_on_paper: xr.Dataset) -> None:
    assert all(balance.closes for balance in check(country_on_paper))
    assert sentence(check(country_on_paper)).startswith("All 11 ledgers close")


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name.replace(" ", "_"))
def test_a_ledger_does_not_close_when_something_vanishes_in_one_region_and_month(
    country_on_paper: xr.Dataset, ledger: Any
) -> None:
    """Each account must feel a loss in its own stock, in the middle of a run."""
    stock = country_on_paper[ledger.stocks[0]].values
    place = (70, 4) if stock.ndim == 2 else (70,)
    stock[place] *= 0.9
    broken = [balance.ledger for balance in check(country_on_paper) if not balance.closes]
    of_people = ["persons in all bins"] if ledger.name == "people in villages" else []  # they are counted twice
    assert broken == [ledger.name, *of_people]
    assert ledger.name in sentence(check(country_on_paper))


def test_a_ledger_with_a_missing_number_does_not_close(country_on_paper: xr.Dataset) -> None:
    country_on_paper["harvest"].values[3, 3] = np.nan
    assert not check(country_on_paper)[0].closes


def test_people_who_leave_the_villages_arrive_in_towns(country_on_paper: xr.Dataset) -> None:
    country_on_paper["urban_net_arrivals"].values[10, 0] += 1000.0
    assert {"people in towns", "road from villages to towns"} <= {
        balance.ledger for balance in check(country_on_paper) if not balance.closes
    }


def test_an_undeclared_or_forgotten_reading_is_refused() -> None:
    with pytest.raises(KeyError, match="undeclared"):
        Recorder(1).record(0, {"moonlight": 1.0})


def test_shares_of_the_ussr_weigh_regions_by_their_households(country_on_paper: xr.Dataset) -> None:
    """An average over regions that counts Transcaucasia as much as the Ukraine would be a number without meaning."""
    share, homes = country_on_paper["collectivised_share"], country_on_paper["households"]
    expected = (share * homes).sum("region") / homes.sum("region")
    np.testing.assert_allclose(national(country_on_paper, "collectivised_share"), expected)


def test_years_add_flows_and_close_stocks(country_on_paper: xr.Dataset) -> None:
    harvest, horses = national(country_on_paper, "harvest"), national(country_on_paper, "horses")
    assert annual(country_on_paper, "harvest")[1928] == pytest.approx(harvest[6:18].sum())
    assert annual(country_on_paper, "harvest", "agricultural")[1927] == pytest.approx(harvest[:12].sum())
    assert annual(country_on_paper, "horses")[1927] == pytest.approx(horses[5])
    food = national(country_on_paper, "food_per_head_rural")
    assert annual(country_on_paper, "food_per_head_rural")[1928] == pytest.approx(food[6:18].mean())


def test_half_years_are_left_out_rather_than_added_up(country_on_paper: xr.Dataset) -> None:
    """July to December 1927 and the agricultural year 1939/40 are halves; their sums would be read as years."""
    rows = _rows(write_annual, country_on_paper)
    harvests = [row for row in rows if row["variable"] == "harvest" and row["region"] == "ussr"]
    calendar = [int(row["year"]) for row in harvests if row["period"] == "calendar"]
    assert calendar == list(range(1928, 1940))
    assert [int(row["year"]) for row in harvests if row["period"] == "agricultural"] == list(range(1927, 1939))


def test_the_tidy_table_says_what_the_dataset_says(country_on_paper: xr.Dataset) -> None:
    rows = _rows(write_series, country_on_paper)
    regional = sum(variable.scope == "region" for variable in VARIABLES.values())
    assert len(rows) == 150 * (19 * regional + len(VARIABLES) - regional)
    assert list(rows[0]) == ["month", "region", "variable", "unit", "value"]
    wanted = {"month": "1932-11", "region": "kazakhstan", "variable": "sheep_goats", "unit": "heads"}
    (row,) = [row for row in rows if wanted.items() <= row.items()]
    there = country_on_paper["sheep_goats"].sel(month="1932-11-01", region="kazakhstan")
    assert float(row["value"]) == pytest.approx(float(there), rel=1e-8)


def test_what_is_not_known_stays_empty_in_the_table(country_on_paper: xr.Dataset) -> None:
    country_on_paper["tractors"].values[0, 0] = np.nan
    rows = _rows(write_series, country_on_paper)
    assert next(row["value"] for row in rows if row["variable"] == "tractors") == ""


def test_the_tidy_table_is_written_in_less_than_half_a_second(country_on_paper: xr.Dataset) -> None:
    """200,000 rows; measured 0.06 s, the bound leaves room for a busy machine."""
    began = time.perf_counter()
    write_series(country_on_paper, io.StringIO())
    assert time.perf_counter() - began < 0.5


def test_a_run_read_back_is_the_run_that_was_written(country_on_paper: xr.Dataset, tmp_path: Path) -> None:
    store.prepare(tmp_path)
    written = store.write(country_on_paper, tmp_path, {"seed": 1})
    assert sorted(file.name for file in written) == TABLES
    again = store.load(tmp_path / "run.nc")
    assert again.equals(country_on_paper)
    assert again["harvest"].attrs == country_on_paper["harvest"].attrs
    assert again.attrs["provenance"] == country_on_paper.attrs["provenance"]
    assert all(balance.closes for balance in check(again))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(file.name for file in written)


def _full(*_: Any, **__: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("where", ["write_series", "write_annual", "netcdf"])
def test_a_full_disk_leaves_the_earlier_results_whole(
    country_on_paper: xr.Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    store.write(country_on_paper, tmp_path, {"seed": 1}, lambda _, folder: (folder / "a.png").write_bytes(b"1"))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    monkeypatch.setattr(store, where, _full)
    with pytest.raises(store.CannotWriteError, match=r"the disk is full; earlier results there are untouched\."):
        store.write(country_on_paper, tmp_path, {"seed": 2})
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_charts_of_an_earlier_run_go_with_its_numbers(country_on_paper: xr.Dataset, tmp_path: Path) -> None:
    store.write(country_on_paper, tmp_path, {}, lambda _, folder: (folder / "old.png").write_bytes(b"1"))
    store.write(country_on_paper, tmp_path, {}, lambda _, folder: (folder / "new.png").write_bytes(b"1"))
    assert [path.name for path in (tmp_path / "charts").iterdir()] == ["new.png"]
    store.write(country_on_paper, tmp_path, {})
    assert not (tmp_path / "charts").exists()


def test_what_a_killed_run_left_is_swept_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / f"{store.STAGE}old").mkdir()
    store.prepare(tmp_path)
    assert list(tmp_path.iterdir())  # it may belong to a run that is still at work
    monkeypatch.setattr(store, "STALE", -1.0)
    store.prepare(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(store.CannotWriteError, match="a file stands where a folder is needed"):
        store.prepare(tmp_path / "file" / "results")
