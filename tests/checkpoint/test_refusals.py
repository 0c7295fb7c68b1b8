"""A checkpoint that is damaged, foreign or contradicted is refused in one sentence; a full disk costs nothing else."""

from __future__ import annotations

import errno
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.plan import RunError
from model.policy.scenario import Scenario
from model.results import checkpoint
from model.results.checkpoint import Checkpoint, CheckpointError
from model.running import CheckpointLost, run

ROWS = 900


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"households": 1_000}, "households: {file} keeps 900; leave --households out"),
        ({"seed": 4}, "seed: {file} keeps the country of seed 3; leave --seed out"),
        ({"seeds": 2}, "seeds: {file} keeps one country"),
        ({"keep": 10}, "keep: {file} goes on with the households that it keeps; leave --keep out"),
        ({"save_at": ["1930-01"]}, "save-at: 1930-01 does not follow a month of this run; write one from 1930-02 to"),
        ({"save_at": ["1940-02"]}, "save-at: 1940-02 does not follow a month of this run"),
        ({"save_at": ["winter"]}, "save-at: 'winter' is not a month; write year and month as in 1932-11"),
    ],
)
def test_what_contradicts_the_file_is_refused(winter: Path, asked: dict[str, Any], said: str) -> None:
    with pytest.raises(RunError) as refused:
        run(start_from=winter, **asked)
    assert said.format(file=winter) in str(refused.value)


def test_what_agrees_with_the_file_is_welcome(winter: Path) -> None:
    assert run("historical", start_from=winter, households="900", seed=3, threads=1).sizes["month"] == 150


def test_neither_scenario_nor_checkpoint_is_a_run() -> None:
    with pytest.raises(RunError, match="scenario: name one"):
        run()
    with pytest.raises(RunError, match="one seed at a time"):
        run("historical", seeds=2, save_at=["1930-01"])
    with pytest.raises(RunError, match="save-at: 1927-07 does not follow a month of this run; write one from 1927-08"):
        run("historical", save_at=["1927-07"])


def refusal(file: Path) -> str:
    with pytest.raises(CheckpointError) as refused:
        run(start_from=file, threads=1)
    said = str(refused.value)
    assert said.startswith(f"{file}: ")
    assert "\n" not in said
    return said


def test_foreign_files_are_refused(tmp_path: Path, kept: tuple[xr.Dataset, Path]) -> None:
    assert "there is no such file" in refusal(tmp_path / "nowhere.checkpoint")
    assert "this is a folder" in refusal(tmp_path)
    for foreign in (b"", b"PK", b"title = 'a scenario'", os.urandom(4096)):
        (tmp_path / "foreign").write_bytes(foreign)
        assert "this is not a checkpoint" in refusal(tmp_path / "foreign")
    with zipfile.ZipFile(tmp_path / "foreign", "w") as archive:
        archive.writestr("poem.txt", "snow")
    assert "this is not a checkpoint" in refusal(tmp_path / "foreign")


def test_another_model_is_refused(winter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoint, "sources", lambda: "other rules")
    assert "written by another version of the model" in refusal(winter)


def test_every_source_of_numbers_makes_the_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule, a table of the record; not what only speaks, draws or writes."""

    def print_of(name: str, text: str) -> str:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return checkpoint.sources.__wrapped__()

    monkeypatch.setattr(checkpoint, "_HOME", tmp_path)
    first = print_of("rules/food.py", "eat")
    assert print_of("cli/door.py", "speak") == first
    assert print_of("rules/food.py", "fast") != first
    second = checkpoint.sources.__wrapped__()
    assert print_of("history/data/weather.csv", "drought") != second


def test_a_cut_file_is_refused_wherever_it_is_cut(winter: Path, tmp_path: Path) -> None:
    whole = winter.read_bytes()
    cut = tmp_path / "cut.checkpoint"
    for part in (0.001, 0.2, 0.5, 0.9, 0.9999):
        cut.write_bytes(whole[: int(part * len(whole))])
        assert "damaged" in refusal(cut)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0.0, 1.0, exclude_max=True), mask=st.integers(1, 255), of_index=st.booleans())
def test_a_changed_byte_never_changes_what_is_lived(
    differences: Any, winter: Path, tmp_path: Path, place: float, mask: int, of_index: bool
) -> None:
    """It is refused, or it lies where nothing is read: dates and the like in the zip's index."""
    data = bytearray(winter.read_bytes())
    start = data.index(b"PK\x01\x02") if of_index else 0
    data[start + int(place * (len(data) - start))] ^= mask
    changed = tmp_path / "changed.checkpoint"
    changed.write_bytes(data)
    scenario = Scenario.load("historical")
    try:
        country, recorder = Checkpoint.open(changed).wake(scenario, 1, 150)
    except CheckpointError:
        return
    sound, readings = Checkpoint.open(winter).wake(scenario, 1, 150)
    assert differences(country, sound) == []
    assert differences(recorder.values, readings.values) == []


def test_no_pickle_is_ever_read(winter: Path, tmp_path: Path) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[Any, ...]:
            return os.mkdir, (str(tmp_path / "exploded"),)

    trap = tmp_path / "trap.checkpoint"
    with zipfile.ZipFile(winter) as sound, zipfile.ZipFile(trap, "w") as archive:
        for name in sound.namelist():
            if name == "memory/sky.npy":
                with archive.open(name, "w") as member:
                    np.lib.format.write_array(member, np.array([Bomb()], dtype=object), allow_pickle=True)
            else:
                archive.writestr(zipfile.ZipInfo(name), sound.read(name))
    assert "damaged" in refusal(trap)
    assert not (tmp_path / "exploded").exists()


def test_a_full_disk_costs_the_checkpoint_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    scenario = Scenario.load("historical").with_changes({"end": "1928-12"})
    run(scenario, households=ROWS, save_at=["1928-06"], folder=tmp_path)
    before = (tmp_path / "1928-06.checkpoint").read_bytes()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.warns(CheckpointLost, match="1928-06.checkpoint: the disk is full") as told:
        dataset = run(scenario, households=ROWS, seed=2, save_at=["1928-06"], folder=tmp_path)
    assert "The run goes on without this checkpoint." in str(told[0].message)
    assert dataset.sizes["month"] == 18
    assert [file.name for file in tmp_path.iterdir()] == ["1928-06.checkpoint"]
    assert (tmp_path / "1928-06.checkpoint").read_bytes() == before


def test_the_same_run_writes_the_same_bytes(tmp_path: Path) -> None:
    """No hour, no path, no machine: a checkpoint can be named by its sum."""
    scenario = Scenario.load("historical").with_changes({"end": "1927-12"})
    for place in ("one", "other"):
        run(scenario, households=ROWS, save_at=["1927-10"], folder=tmp_path / place)
    one, other = ((tmp_path / place / "1927-10.checkpoint").read_bytes() for place in ("one", "other"))
    assert one == other


def test_numpy_alone_opens_it(winter: Path) -> None:
    with np.load(winter, allow_pickle=False) as opened:
        assert opened["homes/barn_kg"].shape == (ROWS,)
        assert opened["readings/harvest"].shape == (30, 18)
