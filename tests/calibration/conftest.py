"""One calibration of the toy, lived once for all tests that only look at it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import toy

from model.calibration.outcome import Outcome, outcome
from model.calibration.waves import Calibration


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Calibration:
    one = toy.calibration(tmp_path_factory.mktemp("toy"), toy.Toy())
    one.run()
    return one


@pytest.fixture(scope="session")
def found(lived: Calibration) -> Outcome:
    return outcome(lived)


@pytest.fixture(scope="session")
def small_digest() -> dict[str, float]:
    from model import run
    from model.results.digest import digest

    return digest(run("historical", households=900, threads=1, keep=0))
