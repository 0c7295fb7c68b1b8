"""A kill at any moment, of the client or of a worker, loses nothing and doubles nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import psutil
import pytest

from model.ensemble import Variant, crews, live_all
from model.plan import RunError


def kept(store: Path) -> list[Path]:
    return sorted(store.glob("[!.]*.parquet"))


def wait_for(what: Callable[[], bool], seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it never came to pass"
        time.sleep(0.01)


def _each_once_and_the_same(store: Path, asked: list[Variant], undisturbed: pd.DataFrame) -> None:
    frame = live_all(asked, store=store, workers=1)
    pd.testing.assert_frame_equal(frame.drop(columns="seconds"), undisturbed.drop(columns="seconds"))
    table = pd.read_parquet(store)
    assert sorted(table["key"]) == sorted(undisturbed.index)


def test_a_killed_client_goes_on(
    client: Callable[..., Any], tmp_path: Path, asked: list[Variant], undisturbed: pd.DataFrame
) -> None:
    store = tmp_path / "runs"
    living = client(store, len(asked), 2)
    wait_for(lambda: len(kept(store)) >= 5)
    family = psutil.Process(living.pid).children(recursive=True)
    living.kill()
    living.wait()
    before = {file: file.stat().st_mtime_ns for file in kept(store)}
    assert 5 <= len(before) < len(asked)
    _each_once_and_the_same(store, asked, undisturbed)
    assert {file: file.stat().st_mtime_ns for file in before} == before  # none was lived twice
    wait_for(lambda: not [one for one in family if one.is_running() and one.status() != psutil.STATUS_ZOMBIE])


def test_a_killed_worker_is_replaced(
    tmp_path: Path, asked: list[Variant], undisturbed: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crews, "FEW", 0)
    killed: list[int] = []

    def kill_one(done: int, _runs: int, _failed: int) -> None:
        if done == 5:
            workers = [one for one in psutil.Process().children() if "spawn_main" in " ".join(one.cmdline())]
            killed.append(workers[0].pid)
            os.kill(workers[0].pid, signal.SIGKILL)

    live_all(asked, store=tmp_path, workers=2, progress=kill_one)
    assert killed
    _each_once_and_the_same(tmp_path, asked, undisturbed)


def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(
    program: Callable[..., Any], short: Path, tmp_path: Path
) -> None:
    """At a terminal Ctrl-C reaches the workers as well, and none of them may answer with a traceback.

    A run that is being kept at that very moment may not be counted yet: too few may be told by one, never too many.
    """
    order = ["sweep", short, "--vary", "procurement.rate=0.1:0.5:60", "--households", 2000, "--out", tmp_path, "-q"]
    living = program("-m", "model", *order, stderr=subprocess.PIPE)
    wait_for(lambda: len(kept(tmp_path / "runs")) >= 5)
    os.killpg(living.pid, signal.SIGINT)
    said = living.communicate()[1].splitlines()
    done = len(kept(tmp_path / "runs"))
    assert living.returncode == 130
    told = int(said[0].split()[0])
    assert said == [
        f"{told} of 60 runs are kept in {tmp_path}/runs; the same command goes on from there.",
        "Interrupted.",
    ]
    assert told <= done <= told + 1
    assert 5 <= done < 60


@pytest.fixture
def cluster(program: Callable[..., Any], tmp_path: Path) -> tuple[str, list[subprocess.Popen[str]]]:
    """Address and processes of a real scheduler and its two workers, as they are started on a cluster; on loopback."""
    dask, where = Path(sys.executable).with_name("dask"), tmp_path / "scheduler.json"
    quiet = {"cwd": tmp_path, "stderr": subprocess.DEVNULL}
    common = ["--scheduler-file", where, "--no-dashboard"]
    scheduler = program(dask, "scheduler", "--host", "127.0.0.1", "--port", "0", *common, **quiet)
    workers = [program(dask, "worker", *common, "--nthreads", "1", "--no-nanny", **quiet) for _ in range(2)]
    wait_for(lambda: where.exists() and where.read_text(encoding="utf-8").endswith("}"))
    return json.loads(where.read_text(encoding="utf-8"))["address"], [scheduler, *workers]


def test_a_real_cluster_lives_the_runs_and_survives_a_killed_worker(
    cluster: tuple[str, list[subprocess.Popen[str]]],
    tmp_path: Path,
    asked: list[Variant],
    undisturbed: pd.DataFrame,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from distributed import Client

    address, (scheduler, mortal, _) = cluster
    with Client(address, set_as_default=False) as other:
        other.wait_for_workers(2, timeout=30)

    def kill_one(done: int, _runs: int, _failed: int) -> None:
        if done == 5:
            mortal.kill()

    frame = live_all(asked, store=tmp_path / "runs", scheduler=address, progress=kill_one)
    assert mortal.wait() == -signal.SIGKILL
    assert set(frame["failure"]) == {""}
    _each_once_and_the_same(tmp_path / "runs", asked, undisturbed)
    with Client(address, set_as_default=False) as other:  # drawing has no place there: its import costs a second
        assert list(other.run(lambda: "matplotlib" in sys.modules).values()) == [False]
    more = [*asked, *(Variant(asked[0].scenario, seed=seed, households=2000) for seed in range(100, 200))]

    def end_it(done: int, _runs: int, _failed: int) -> None:
        if done == len(asked) + 5:
            scheduler.kill()

    monkeypatch.setattr(crews, "PATIENCE", 1)
    with pytest.raises(RunError, match=r"the cluster gave up .*; finished runs are kept"):
        live_all(more, store=tmp_path / "runs", scheduler=address, progress=end_it)
    assert len(asked) + 5 <= len(kept(tmp_path / "runs")) < len(more)
    assert set(pd.read_parquet(tmp_path / "runs")["failure"]) == {""}  # the end of the cluster is no run's failure
