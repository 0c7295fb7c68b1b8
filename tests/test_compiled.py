"""Rules become fast loops: single precision, the columns that they use, threads, and what is kept on disk."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model import compiled
from model.columns import narrowed
from model.compiled import Crew, loop, names_used, rule

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / "model"
compiling = pytest.mark.skipif(os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="plain Python compiles nothing")

Homes = namedtuple("Homes", ("barn_kg", "horses", "cattle", "temper"))


@rule
def _half(grain_kg):
    return 0.5 * grain_kg


@rule
def _half_and_a_horse(homes, home):
    return _half(homes.barn_kg[home]) + homes.horses[home]


@loop
def _tithe(start, stop, homes, out):
    for home in range(start, stop):
        out[home] = _half_and_a_horse(homes, home) * 0.1


def _homes(rows: int = 10_000) -> Homes:
    return Homes(*(np.linspace(1, number, rows, dtype=np.float32) for number in (900, 3, 5, 2)))


# ------------------------------------------------------------------------------------------ numbers


@compiling
def test_a_bare_number_in_a_rule_is_single():
    """One double would double the width of every vector, and give other digits on another machine."""
    constants = [value for value in _half.py_func.__code__.co_consts if not isinstance(value, str | None)]
    assert constants
    assert all(isinstance(value, np.float32) for value in constants)
    assert _half(np.float32(3.0)) == 1.5
    assert {str(signature.return_type) for signature in _half.nopython_signatures} == {"float32"}


@compiling
def test_every_phase_counts_in_single_precision():
    """No double stands in a compiled loop of the countryside, unless somebody wrote it out."""
    from model.phases import barns, fields, herds, kitchen, membership, people, roads, unrest

    for phase in (barns, fields, herds, kitchen, membership, people, roads, unrest):
        for one in vars(phase).values():
            if hasattr(one, "py_func"):
                assert not [value for value in one.py_func.__code__.co_consts if type(value) is float], one


# ------------------------------------------------------------------------------------------ columns


@compiling
def test_a_loop_gets_exactly_the_columns_that_it_uses():
    """Compiling costs by the column; and a column that a rule of a rule reads is used as well."""
    assert {"barn_kg", "horses"} <= names_used(_tithe)
    homes = _homes(4)
    part = narrowed(homes, _tithe)
    assert part._fields == ("barn_kg", "horses")
    assert part.barn_kg is homes.barn_kg
    assert narrowed(7.0, _tithe) == 7.0
    assert type(narrowed(homes, _tithe)) is type(part)


@compiling
def test_every_loop_of_the_countryside_uses_some_column_and_none_uses_all():
    from model.columns import Households
    from model.phases import barns, herds, kitchen, people

    for phase in (barns, herds, kitchen, people):
        loops = [one for one in vars(phase).values() if hasattr(one, "py_func") and one.targetoptions.get("nogil")]
        assert loops
        for one in loops:
            assert set(Households._fields) - names_used(one), one


# ------------------------------------------------------------------------------------------ threads


@pytest.mark.parametrize("threads", [1, 2, 3, 7])
def test_the_answer_does_not_know_how_many_threads_gave_it(threads):
    homes, alone, together = _homes(), np.zeros(10_000, np.float32), np.zeros(10_000, np.float32)
    _tithe(0, 10_000, homes, alone)
    Crew(threads).over(10_000, _tithe, homes, together)
    assert alone.tobytes() == together.tobytes()
    assert (together > 0).all()


@pytest.mark.parametrize("villages", [0, 1, 5, 17, 2_001])
def test_every_village_is_visited_exactly_once(villages):
    visits = np.zeros(villages, int)

    def visit(start: int, stop: int) -> None:
        visits[start:stop] += 1

    Crew(3).over(villages, visit, small=0)
    assert (visits == 1).all()


def test_a_mistake_in_one_village_is_not_lost_among_threads():
    def fail(start: int, _: int) -> None:
        if start > 0:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Crew(2).over(5_000, fail)


def test_no_crew_is_refused():
    with pytest.raises(ValueError, match="0 is not a number of threads; write 1 or more"):
        Crew(0)


# ------------------------------------------------------------------------------------------ the cache


@pytest.mark.parametrize("file", ["rules/food.py", "phases/kitchen.py", "draws.py", "policy/behaviour_grain.py"])
def test_an_edited_rule_is_never_served_from_before_the_edit(file, tmp_path):
    """Compiled rules lie in a folder named by all the sources that they were made of."""
    home = tmp_path / "model"
    shutil.copytree(HOME, home, ignore=shutil.ignore_patterns("__pycache__", "data"))
    assert compiled._fingerprint(home) == compiled._fingerprint(HOME)
    before = (home / file).read_text(encoding="utf-8")
    (home / file).write_text(before + "\n", encoding="utf-8")
    edited = compiled._fingerprint(home)
    assert edited != compiled._fingerprint(HOME)
    (home / file).write_text(before, encoding="utf-8")
    assert compiled._fingerprint(home) == compiled._fingerprint(HOME)


def test_every_file_with_a_rule_or_a_loop_is_among_the_sources():
    known = {file for pattern in compiled._COMPILED for file in HOME.glob(pattern)}
    marked = {file for file in HOME.rglob("*.py") if re.search(r"^@(rule|loop)$", file.read_text(), re.MULTILINE)}
    assert len(marked) > 15
    assert not marked - known


_PROGRAM = """
import numpy as np
from model import compiled
from model.phases.survey import _sum_homes
from model.founding import found
from model.phases import survey
print("folder", compiled.CACHE)
print("tonnes", repr(float(survey.stocks(found(900, 1, compiled.Crew(1)))["grain_barns"].sum())))
print("hits", sum(_sum_homes.stats.cache_hits.values()))
"""


def _live(cache: Path, **more: str) -> dict[str, str]:
    environment = {**os.environ, "COLLECTIVISATION_CACHE": str(cache), **more}
    answer = subprocess.run(
        [sys.executable, "-c", _PROGRAM], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    return dict(line.split(" ", 1) for line in answer.stdout.splitlines())


@compiling
def test_damaged_compiled_rules_are_compiled_again(tmp_path):
    """A disk that ran full or a copy that was cut must cost time, never the run, never a digit."""
    first = _live(tmp_path)
    second = _live(tmp_path)
    assert (first["hits"], second["hits"]) == ("0", "1")
    assert first["tonnes"] == second["tonnes"]
    kept = sorted(file for file in tmp_path.rglob("*") if file.suffix in {".nbi", ".nbc"})
    assert kept
    for number, file in enumerate(kept):
        whole = file.read_bytes()
        middle = len(whole) // 2
        damaged = (b"", whole[:middle], whole[:middle] + bytes(64) + whole[middle + 64 :], b"not compiled at all")
        file.write_bytes(damaged[number % 4])
    third = _live(tmp_path)
    assert third["tonnes"] == first["tonnes"]
    assert _live(tmp_path)["hits"] == "1"  # mended for the next run


@compiling
def test_a_cache_folder_that_cannot_be_written_is_passed_over(tmp_path):
    file = tmp_path / "a file, not a folder"
    file.touch()
    spare = tmp_path / "spare"
    spare.mkdir()
    told = _live(file, TMPDIR=str(spare))
    assert Path(told["folder"]).is_relative_to(spare)
    assert float(told["tonnes"]) > 0


def test_where_nothing_can_be_written_nothing_is_kept(monkeypatch):
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError

    monkeypatch.setattr(compiled, "TemporaryFile", refuse)
    assert compiled._cache_folder() is None


@pytest.mark.skipif(os.name != "posix", reason="owners of folders are a matter of POSIX")
def test_a_temporary_folder_that_others_may_write_is_not_trusted(tmp_path, monkeypatch):
    """Whatever lies in the cache is run."""
    monkeypatch.setattr(compiled, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(compiled, "mkdtemp", lambda prefix: str(tmp_path / f"{prefix}fresh"))
    own = compiled._own_temporary_folder()
    assert own == compiled._own_temporary_folder()
    own.chmod(0o777)
    assert compiled._own_temporary_folder() == tmp_path / "collectivisation-fresh"
