"""Runs come out the same wherever they are lived; what is there is not lived again; a failure keeps its reason."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import model.country
from model.ensemble import Variant, crews, live_all
from model.ensemble.task import Task, live_one, task_of
from model.results.digest import digest
from model.results.store import CannotWriteError
from model.running import run

ROWS = 900


def _numbers(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.drop(columns="seconds")


def _few(short: Path, seeds: int = 3) -> list[Variant]:
    return [Variant(str(short), seed=seed, households=ROWS) for seed in range(seeds)]


def test_numbers_are_those_of_a_single_run(short: Path) -> None:
    variant = Variant(str(short), seed=4, households=ROWS, policy={"procurement.rate": 0.4}, behaviour={"sharing": 0.1})
    row = live_all([variant]).iloc[0]
    changes = {"procurement": {"rate": 0.4}, "behaviour": {"sharing": 0.1}}
    alone = digest(run(variant.base.with_changes(changes), households=ROWS, seed=4, threads=1))
    assert len(alone) > 10
    assert dict(row[list(alone)]) == alone
    assert (row["procurement.rate"], row["behaviour.sharing"]) == (0.4, 0.1)


def test_rows_stand_in_the_order_asked_for(short: Path, tmp_path: Path) -> None:
    first, second, third = _few(short)
    again = Variant(str(short), seed=1, households=ROWS, label="the second by another name")
    frame = live_all([third, second, again, first], store=tmp_path, workers=2)
    assert list(frame.index) == [one.key for one in (third, second, second, first)]
    assert list(frame["label"]) == ["", "", "the second by another name", ""]
    assert len(list(tmp_path.glob("*.parquet"))) == 3


def test_a_store_is_one_table(short: Path, tmp_path: Path) -> None:
    asked = [*_few(short), Variant(str(short), households=ROWS, policy={"procurement.rate": 0.4}, label="more")]
    frame = live_all(asked, store=tmp_path)
    table = pd.read_parquet(tmp_path).set_index("key").loc[frame.index]
    about = ["label", "scenario", "seed", "households", "seconds", "failure"]
    pd.testing.assert_frame_equal(table[about], frame[about])
    assert [json.loads(changes) for changes in table["changes"]] == [{}, {}, {}, {"procurement.rate": 0.4}]
    numbers = pd.DataFrame(table["values"].tolist(), index=table.index, columns=table["names"].iloc[0])
    pd.testing.assert_frame_equal(numbers, frame[numbers.columns])


def test_what_is_there_is_not_lived_again(short: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = live_all(_few(short, 2), store=tmp_path)
    told: list[tuple[int, int, int]] = []
    second = live_all(_few(short, 3), store=tmp_path, progress=lambda *now: told.append(now))
    assert told == [(2, 3, 0), (3, 3, 0)]
    pd.testing.assert_frame_equal(second.iloc[:2], first)
    monkeypatch.setattr(model.country, "Country", None)
    pd.testing.assert_frame_equal(live_all(_few(short, 3), store=tmp_path), second)


def test_a_damaged_file_is_lived_again(short: Path, tmp_path: Path) -> None:
    first = live_all(_few(short, 2), store=tmp_path)
    next(tmp_path.glob("*.parquet")).write_bytes(b"grain")
    again = live_all(_few(short, 2), store=tmp_path)
    pd.testing.assert_frame_equal(_numbers(again), _numbers(first))


class _Fragile(model.country.Country):
    """The third seed's country breaks in the winter."""

    def step(self) -> None:
        super().step()
        if self.seed == 2 and self.month.month == 1:
            raise RuntimeError("the ice broke")


def test_a_failure_is_kept_with_its_reason(short: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = _few(short, 4)
    whole = live_all(asked)
    with monkeypatch.context() as broken:
        broken.setattr(model.country, "Country", _Fragile)
        frame = live_all(asked, store=tmp_path)
    assert list(frame["failure"]) == ["", "", "RuntimeError: the ice broke", ""]
    assert frame["harvest/1927"].isna().tolist() == [False, False, True, False]
    assert len(pd.read_parquet(tmp_path)) == 4
    # not tried again unless asked, and then in the place of the failure
    assert live_all(asked, store=tmp_path)["failure"].iloc[2] == "RuntimeError: the ice broke"
    mended = live_all(asked, store=tmp_path, retry=True)
    pd.testing.assert_frame_equal(_numbers(mended), _numbers(whole))
    assert len(list(tmp_path.glob("*.parquet"))) == 4


def test_a_country_without_numbers_fails_in_a_sentence(short: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def readings(country: Any) -> dict[str, Any]:
        return kept(country) | {"harvest": np.full(18, np.nan)}

    kept = model.country.Country.readings
    monkeypatch.setattr(model.country.Country, "readings", readings)
    assert live_all(_few(short, 1))["failure"].iloc[0].startswith("1927-07: harvest")


def test_a_worker_with_another_model_refuses(short: Path) -> None:
    task = task_of(_few(short, 1)[0])
    other = Task(task.key, task.document, task.changes, task.seed, task.households, engine="another")
    assert "another version of the model" in live_one(other).failure


def test_a_full_disk_says_one_sentence_and_keeps_the_rest(
    short: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = iter([None, None])
    sync = os.fsync

    def filling(file: int) -> None:
        if next(room, "full") == "full":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        sync(file)

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", filling)
        with pytest.raises(CannotWriteError, match="the disk is full; ") as told:
            live_all(_few(short, 6), store=tmp_path)
    assert "\n" not in str(told.value)
    assert len(list(tmp_path.iterdir())) == 2  # and nothing half written
    assert len(live_all(_few(short, 6), store=tmp_path)) == 6


def test_a_few_runs_start_no_processes(short: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crews, "_cluster", None)
    assert len(live_all(_few(short, crews.FEW), workers=2)) == crews.FEW
