"""Small countries of a few months, and clients that can be killed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from model.ensemble import Variant, live_all

ROOT = Path(__file__).resolve().parents[2]

CLIENT = """
import sys
from model.ensemble import Variant, live_all
from model.ensemble import crews
if __name__ == "__main__":
    scenario, store, runs, workers = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    crews.FEW = 0
    live_all([Variant(scenario, seed=seed, households=2000) for seed in range(runs)], store=store, workers=workers)
"""


@pytest.fixture(scope="session")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """History until the first winter: nine months, with a harvest."""
    file = tmp_path_factory.mktemp("scenarios") / "short.toml"
    file.write_text('title = "One winter"\nextends = "historical"\nend = "1928-03"\n', encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT), "NO_COLOR": "1"}


@pytest.fixture(scope="session")
def asked(short: Path) -> list[Variant]:
    return [Variant(str(short), seed=seed, households=2000) for seed in range(30)]


@pytest.fixture(scope="session")
def undisturbed(asked: list[Variant]) -> pd.DataFrame:
    """What the killed ones should have come to."""
    return live_all(asked, workers=1)


@pytest.fixture
def program(environment: dict[str, str]) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start a Python program in a session of its own, as in a terminal of its own."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: object, **more: Any) -> subprocess.Popen[str]:
        command = [sys.executable, *(str(argument) for argument in arguments)]
        started.append(subprocess.Popen(command, env=environment, start_new_session=True, text=True, **more))
        return started[-1]

    yield start
    for one in started:
        one.kill()
        one.wait()


@pytest.fixture
def client(program: Callable[..., Any], short: Path, tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    """Start a client that lives `runs` runs into `store`."""
    script = tmp_path / "client.py"
    script.write_text(CLIENT, encoding="utf-8")
    return lambda store, runs, workers: program(script, short, store, runs, workers)
