"""One run where it is lived: what is sent to a worker, and the few numbers that come back. Called by `living.py`."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from model.ensemble.variant import Variant, engine
from model.plan import RunError
from model.policy.errors import ScenarioError
from model.policy.scenario import Scenario
from model.results.ledger import NoNumberError, Recorder


@dataclass(frozen=True)
class Task:
    """A variant on its way to a worker: text and numbers, so that a cluster need not have the user's files."""

    key: str
    document: str
    """The scenario without the changes, resolved, as JSON: the same text for all variants of a scenario."""
    changes: Mapping[str, Any]
    seed: int
    households: int
    engine: str
    """Hash of the model that the key was made with; a worker with another model refuses."""


@dataclass(frozen=True)
class Outcome:
    """A run that was lived, or the reason why it could not be."""

    key: str
    seconds: float
    """From the founding to the digest, on the worker [s]."""
    failure: str = ""
    numbers: Mapping[str, float] = field(default_factory=dict)
    """What `model.results.digest` and `model.results.fates` keep of the run, by name."""


@lru_cache(maxsize=4096)
def _document(scenario: Scenario) -> str:
    """Return a scenario as it travels; a Scenario is told apart by identity, and the cache keeps it alive."""
    return json.dumps(scenario.resolved())


def task_of(variant: Variant) -> Task:
    """Pack a checked variant."""
    return Task(
        variant.key, _document(variant.base), variant.changes, variant.seed, variant.households, engine()
    )  # fmt: skip


@lru_cache(maxsize=8)
def _scenario(document: str) -> Scenario:
    """Unpack a scenario; a worker does it once for all variants of it (12 ms)."""
    return Scenario.from_document(json.loads(document))


def live_one(task: Task, stopped: Callable[[], bool] = bool) -> Outcome:
    """Live one run on one thread; a failure is an answer like any other. The only place where ensembles run.

    stopped   asked every month; True ends a run whose outcome nobody waits for any more
    """
    began = time.perf_counter()
    try:
        numbers = _numbers(task, stopped)
    except (RunError, ScenarioError) as error:
        return Outcome(task.key, time.perf_counter() - began, str(error))
    except Exception as error:  # noqa: BLE001  # one run that breaks must not end a night of others
        return Outcome(task.key, time.perf_counter() - began, f"{type(error).__name__}: {error}")
    return Outcome(task.key, time.perf_counter() - began, numbers=numbers)


def _numbers(task: Task, stopped: Callable[[], bool]) -> dict[str, float]:
    """Live the run and digest it.

    The same months as in `model.running`, but only readings are kept, and no Dataset is made of them: distributions,
    families, labels and provenance, which a digest does not ask for, are an eighth of the time of 25,000 households.
    """
    from model.country import Country
    from model.results.digest import digest_of
    from model.results.fates import fates, people_of

    if engine() != task.engine:
        raise RunError("the worker has another version of the model; give it the one that asks and start it anew.")
    scenario = _scenario(task.document)
    if task.changes:
        scenario = scenario.with_changes(dict(task.changes))
    country = Country(scenario, households=task.households, seed=task.seed, threads=1)
    recorder, people = Recorder(scenario.end.index + 1), people_of(country.land)
    while country.running:
        if stopped():
            raise RunError("stopped before its end.")
        country.step()
        try:
            recorder.record(country.month.index, country.readings())
        except NoNumberError as error:
            raise RunError(f"{country.month}: {error}; the run was ended.") from None
    readings = {name: values[scenario.start.index :] for name, values in recorder.values.items()}
    return digest_of(readings, scenario.start) | fates(country.land, people)
