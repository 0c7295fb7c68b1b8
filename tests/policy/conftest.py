"""A folder of one's own for scenario files that are about to go wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from model.policy.errors import ScenarioError
from model.policy.scenario import Scenario

Told = Callable[[str], tuple[str, ...]]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Told:
    """Return what is said of a scenario file with the given text, called x.toml where the user stands."""
    monkeypatch.chdir(tmp_path)

    def ask(text: str) -> tuple[str, ...]:
        Path("x.toml").write_text(text, encoding="utf-8")
        with pytest.raises(ScenarioError) as refused:
            Scenario.load("x.toml")
        return refused.value.problems

    return ask
