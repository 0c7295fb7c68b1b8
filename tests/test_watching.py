"""All commands that live many runs say the same when they are cut short."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.cli import watching
from model.cli.watching import watched


def _cut_short(folder: Path, done: int, whole: int) -> None:
    with watched("Sweep", folder, quiet=True) as watch:
        watch(done, whole, 0)
        raise KeyboardInterrupt


def test_who_is_cut_short_is_told_what_is_kept_and_how_to_go_on(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(KeyboardInterrupt):
        _cut_short(tmp_path, 1200, 5000)
    said = capsys.readouterr().err
    assert said == f"1,200 of 5,000 runs are kept in {tmp_path}/runs; the same command goes on from there.\n"


def test_where_nothing_was_lived_or_all_is_done_nothing_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(KeyboardInterrupt):
        _cut_short(tmp_path, 0, 5000)
    with watched("Sweep", tmp_path, quiet=True) as watch:
        watch(5000, 5000, 0)
    assert not capsys.readouterr().err


@pytest.mark.parametrize(("besides", "shown"), [(0, ""), (3, "3 failed"), ("screening", "screening")])
def test_runs_that_failed_and_stages_stand_beside_the_bar(
    besides: int | str, shown: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from contextlib import nullcontext

    ticks: list[tuple[int, int, object]] = []
    monkeypatch.setattr(watching, "progress", lambda _title, **_: nullcontext(lambda *tick: ticks.append(tick)))
    with watched("Sweep", tmp_path, quiet=False) as watch:
        watch(1, 2, besides)
    assert ticks == [(1, 2, shown)]
