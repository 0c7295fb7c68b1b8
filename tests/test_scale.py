"""A small country is a sample of a large one: what happens in it differs by chance, and not by much."""

from __future__ import annotations

import numpy as np
import pytest

from model import run
from model.plan import HOUSEHOLDS, ROUGH, how_rough
from model.policy.scenario import Scenario

SEEDS = 4
FLOWS = ("harvest", "procured", "grain_eaten", "seed_used", "fodder_used", "rural_births", "rural_deaths",
         "net_rural_urban_migration", "slaughtered_cattle", "households_exiled")  # fmt: skip
STOCKS = ("horses", "cattle", "rural_population", "urban_population")


@pytest.fixture(scope="module")
def sizes() -> list[dict[str, np.ndarray]]:
    """Sums of 1927-30 over the country [seeds], of 6,000 and of 60,000 households."""
    scenario = Scenario.load("historical").with_changes({"end": "1930-12"})
    found: list[dict[str, np.ndarray]] = []
    for households in (6_000, 60_000):
        runs = [run(scenario, households=households, seed=seed, threads=1) for seed in range(1, SEEDS + 1)]
        read = {name: np.array([float(data[name].sum()) for data in runs]) for name in FLOWS}
        read |= {name: np.array([float(data[name][-1].sum()) for data in runs]) for name in STOCKS}
        found.append(read)
    return found


@pytest.mark.parametrize("name", [*FLOWS, *STOCKS])
def test_a_tenth_of_the_households_tells_the_same_story(sizes: list[dict[str, np.ndarray]], name: str) -> None:
    small, large = (read[name] for read in sizes)
    error = np.hypot(small.std(ddof=1), large.std(ddof=1)) / np.sqrt(SEEDS)
    # four seeds know their own spread only roughly; 1 % is what no chart shows
    assert abs(small.mean() - large.mean()) < 4.0 * error + 0.01 * large.mean()
    assert small.std(ddof=1) < 0.05 * large.mean()


def test_a_rough_country_is_called_rough() -> None:
    assert how_rough(HOUSEHOLDS) is None
    assert how_rough(ROUGH) is None
    said = how_rough(900)
    assert said is not None
    assert said.startswith("900 households are good for trying things out")
    assert "25,000" in said
