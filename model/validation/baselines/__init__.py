"""Simpler countries on the same board: what do agents buy?

Four of them take something away. `average_weather` takes the weather's luck; `shuffled_households` the ties between
what a household has and where it lives; `no_behaviour` every difference between households of a region and every answer
they give to the State; `aggregate_twin` households, villages and regions altogether. Three are scenarios which the
engine lives; the twin is a set of equations with a digest of its own (`twin_digest`). All are given the same orders.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from model.policy.scenario import Scenario

ANSWERS = ("fields_effort", "nep_market", "concealment", "unrest_and_retreat", "livestock_slaughter", "sharing")
"""Mechanisms by which households answer the State and each other; joining and leaving for towns stay: they are ordered
and called for, and without them there would be nothing to compare."""
VILLAGE_LUCK = ("field_luck", "plan_error")
"""Constants by which villages of a region differ from year to year."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """One simpler country; `changes` is what it changes in a scenario, None where it is lived by equations."""

    name: str
    title: str
    text: str
    changes: dict[str, Any] | None = field(default=None)

    def over(self, scenario: Scenario) -> Scenario:
        """Return a scenario as this baseline would live it."""
        if self.changes is None:
            raise ValueError(f"{self.name} is lived by equations (twin_digest), not by a scenario.")
        return scenario.with_changes(self.changes, name=f"{scenario.name}, {self.name}")


BASELINES: dict[str, Baseline] = {
    one.name: one
    for one in (
        Baseline(
            "aggregate_twin",
            "Aggregate twin",
            "Some twenty equations of national sums, fitted to the calibration rows; no households, villages, regions.",
        ),
        Baseline(
            "shuffled_households",
            "Shuffled households",
            "Land, herds, class, temper and membership are dealt out anew over the whole country.",
            {"households": {"spread": "shuffled"}},
        ),
        Baseline(
            "no_behaviour",
            "No behaviour",
            "Every head of a region has the same, no village has luck, nobody answers: no lost effort, hiding, "
            "slaughter, unrest, market, sharing.",
            {
                "households": {"spread": "average"},
                "mechanisms": dict.fromkeys(ANSWERS, False),
                "behaviour": dict.fromkeys(VILLAGE_LUCK, 0.0),
            },
        ),
        Baseline(
            "average_weather",
            "Average weather",
            "Every harvest has the weather of 1925-29.",
            {"weather": {"mode": "average"}},
        ),
    )
}
"""The baselines by name, the simplest first."""


def twin_digest(scenario: Scenario) -> dict[str, float]:
    """Live a scenario by the aggregate twin, fitted once to the historical one (some seconds); its national numbers."""
    from model.validation.baselines.fitting import fitted
    from model.validation.baselines.orders import nation
    from model.validation.baselines.telling import told
    from model.validation.baselines.twin import live

    return told(live(nation(scenario), fitted().numbers))
