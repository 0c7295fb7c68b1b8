"""The key of a run changes with all that changes its numbers, and with nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from model.ensemble import Variant, live_all
from model.ensemble.variant import HOME, engine
from model.plan import RunError
from model.policy.errors import ScenarioError
from model.policy.scenario import Scenario

HISTORICAL = Scenario.load("historical")
PLAIN = Variant(HISTORICAL, households=900)


def _changed(changes: dict[str, Any]) -> Variant:
    return Variant(HISTORICAL.with_changes(changes), households=900)


@pytest.mark.parametrize(
    "other",
    [
        Variant(HISTORICAL, households=901),
        Variant(HISTORICAL, seed=2, households=900),
        Variant(HISTORICAL, households=900, behaviour={"sharing": 0.31}),
        Variant(HISTORICAL, households=900, policy={"procurement.rate": 0.3}),
        _changed({"procurement": {"rate": {"1939-12": 0.3}}}),
        _changed({"borders": {"closed": {"by_region": {"kazakhstan": {"1932-01": 0.9}}}}}),
        _changed({"mechanisms": {"search": False}}),
        _changed({"weather": {"mode": "average"}}),
        _changed({"end": "1939-11"}),
        _changed({"start": "1928-01"}),
    ],
    ids=lambda variant: variant.orders.where,
)  # fmt: skip
def test_another_country_has_another_key(other: Variant) -> None:
    assert other.key != PLAIN.key


@pytest.mark.parametrize(
    "same",
    [
        Variant("historical", households=900),
        Variant(HISTORICAL, households=900, label="as it was"),
        Variant(HISTORICAL, households=900, behaviour={"sharing": float(HISTORICAL.behaviour.sharing)}),
        _changed({"title": "Another title", "procurement": {"rate": {"why": "a reason and no order"}}}),
        Variant(Scenario.from_document(HISTORICAL.resolved(), name="elsewhere"), households=900),
    ],
)
def test_the_same_country_has_the_same_key(same: Variant) -> None:
    assert same.key == PLAIN.key


def test_orders_after_the_last_month_reach_nobody() -> None:
    until_1930 = HISTORICAL.with_changes({"end": "1930-06"})
    later = until_1930.with_changes({"procurement": {"rate": {"1930-07": 0.9}}})
    assert Variant(until_1930).key == Variant(later).key


def test_the_key_knows_the_engine_and_not_its_charts(tmp_path: Path) -> None:
    home = tmp_path / "model"
    shutil.copytree(HOME, home, ignore=shutil.ignore_patterns("__pycache__"))
    before = engine(home)
    assert before == engine()
    for room in ("figures", "cli", "ensemble"):
        (home / room / "__init__.py").write_text('"""Another word."""\n', encoding="utf-8")
    engine.cache_clear()
    assert engine(home) == before
    for file in ("rules/food.py", "country.py", "results/digest.py", "history/data/sources.md"):
        with (home / file).open("a", encoding="utf-8") as text:
            text.write("\n")
        engine.cache_clear()
        assert engine(home) != before, file
        before = engine(home)


def test_one_wrong_variant_stops_all_before_the_first_run(short: Path, tmp_path: Path) -> None:
    lived: list[tuple[int, int, int]] = []
    good = Variant(str(short), households=900)
    for wrong, sentence in (
        (Variant(str(short), households=12), "households: 12 are too few"),
        (Variant(str(short), seed=-1), "seed: -1 is not a seed"),
    ):
        with pytest.raises(RunError, match=sentence):
            live_all([good, wrong], store=tmp_path, progress=lambda *now: lived.append(now))
    for policy, sentence in (
        ({"procurement.rate": 20.0}, r"20 is not a share \(0 to 1\). If per cent was meant, write 0.20"),
        ({"procurement.rat": 0.2}, "no such lever; did you mean procurement.rate"),
    ):
        with pytest.raises(ScenarioError, match=sentence):
            live_all([good, Variant(str(short), policy=policy)], store=tmp_path, progress=lambda *n: lived.append(n))
    assert not lived
    assert not list(tmp_path.glob("*.parquet"))
