"""What is measured, in which order and at which sizes; each measurement in a process of its own (`worker.py`).

All rivals and the engine are measured in one run of this plan, so that their ratios are taken under one load. Rivals
on one thread are compared by processor seconds, which a neighbour on the machine disturbs less than wall seconds.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

HOME = Path(__file__).resolve().parents[1]
MINUTE = 60.0


class Size(NamedTuple):
    """One country to be lived: households, threads, how often."""

    households: int
    threads: int
    repeat: int


class Plan(NamedTuple):
    """How much is measured."""

    name: str
    sizes: tuple[Size, ...]
    agents: tuple[int, ...]
    agreement: tuple[int, int]
    """Households and seeds of the comparison of outcomes."""
    loops: int
    ensemble: int
    """Runs in each of two processes."""
    commands: int
    """How often the whole command is run warm; 0 leaves out the first run ever and the compiler's switches."""


QUICK = Plan(
    "quick",
    (Size(1_000, 1, 3), Size(25_000, 1, 5), Size(25_000, 2, 3), Size(100_000, 1, 1), Size(100_000, 2, 1)),
    agents=(1_000, 5_000), agreement=(900, 1), loops=25_000, ensemble=2, commands=0,
)  # fmt: skip
USUAL = Plan(
    "usual",
    (
        Size(1_000, 1, 5), Size(10_000, 1, 5), Size(25_000, 1, 5), Size(25_000, 2, 5), Size(250_000, 1, 3),
        Size(250_000, 2, 3), Size(2_500_000, 1, 1), Size(2_500_000, 2, 1),
    ),
    agents=(1_000, 10_000, 100_000), agreement=(2_000, 3), loops=100_000, ensemble=10, commands=5,
)  # fmt: skip
ALL = 25_600_000
FULL = USUAL._replace(name="full", sizes=(*USUAL.sizes, Size(ALL, 1, 1), Size(ALL, 2, 1)), ensemble=500)

Tell = Callable[[str], None]


def ask(work: str, *, surroundings: dict[str, str] | None = None, **arguments: Any) -> Any:
    """Have one thing measured in a new process."""
    return json.loads(_start(work, surroundings, arguments).communicate()[0])


def _start(work: str, surroundings: dict[str, str] | None, arguments: dict[str, Any]) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.worker", work, json.dumps(arguments)]
    return subprocess.Popen(command, cwd=HOME, env=os.environ | (surroundings or {}), stdout=subprocess.PIPE, text=True)


def machine() -> dict[str, Any]:
    """What the times were taken on; no name of it."""
    from importlib.metadata import version

    processor = platform.processor() or platform.machine()
    about, memory = Path("/proc/cpuinfo"), Path("/proc/meminfo")
    if about.exists():
        names = [line.split(":", 1)[1].strip() for line in about.read_text().splitlines() if "model name" in line]
        processor = names[0] if names else processor
    found = {"processor": processor, "processors": os.cpu_count(), "system": platform.system()}
    if memory.exists():
        found["memory_gb"] = round(int(memory.read_text().split()[1]) / 2**20, 1)
    found |= {name: version(name) for name in ("numba", "numpy", "mesa")}
    return found | {"python": platform.python_version(), "load_before": load()}


def load() -> float | None:
    """Processes waiting for a processor, mean of the last minute."""
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None


def measure(plan: Plan, tell: Tell) -> dict[str, Any]:
    """Measure everything that the plan asks for; returns what `docs/benchmarks.json` holds."""
    from model import __version__
    from model.results.provenance import commit

    began = perf_counter()
    report: dict[str, Any] = {"plan": plan.name, "version": __version__, "commit": commit(), "machine": machine()}
    tell("compiling what is not yet compiled")
    ask("lived", households=900, threads=1)
    for part in (_memory, _sizes, _loops, _agents, _agreement, _compilers, _commands, _ensemble):
        report |= part(plan, tell)
    return report | {"load_after": load(), "minutes": round((perf_counter() - began) / MINUTE, 1)}


def _memory(plan: Plan, tell: Tell) -> dict[str, Any]:
    tell("memory: how fast it is copied, and what the loops ask of it")
    copied = [ask("copying", threads=threads) for threads in (1, 2)]
    traffic = ask("traffic", households=900 if plan is QUICK else 2_000)
    return {"bandwidth": {"copied": copied, "traffic": traffic}}


def _sizes(plan: Plan, tell: Tell) -> dict[str, Any]:
    found = []
    for size in plan.sizes:
        tell(f"{size.households:,} households on {size.threads} thread(s), {size.repeat} time(s)")
        found.append(ask("lived", **size._asdict()))
    return {"sizes": found}


def _loops(plan: Plan, tell: Tell) -> dict[str, Any]:
    tell(f"each loop by itself at {plan.loops:,} households")
    return {"loops": ask("loops", households=plan.loops)}


def _agents(plan: Plan, tell: Tell) -> dict[str, Any]:
    found = []
    for households in plan.agents:
        tell(f"July 1930 to June 1931 by the engine and by Mesa agents at {households:,} households")
        often = 7 if households < 50_000 else 3  # the engine's year is over in a blink
        engine = ask("year", households=households, agents=False, repeat=often)
        sides = {"engine": engine, "mesa": ask("year", households=households, agents=True)}
        found.append({"households": households, **sides, "ratio": sides["mesa"]["cpu_ns"] / sides["engine"]["cpu_ns"]})
    return {"mesa": found}


def _agreement(plan: Plan, tell: Tell) -> dict[str, Any]:
    households, seeds = plan.agreement
    tell(f"all months by Mesa agents and by the engine at {households:,} households, {seeds} seed(s)")
    many = range(1, max(seeds, 8) + 1)  # the engine's own spread over seeds
    engine = [ask("outcomes", households=households, seed=seed, agents=False) for seed in many]
    mesa = [ask("outcomes", households=households, seed=seed, agents=True) for seed in range(1, seeds + 1)]
    rows = {}
    for name in engine[0]["outcomes"]:
        ours = [run["outcomes"][name] for run in engine]
        theirs = [run["outcomes"][name] for run in mesa]
        apart = max(abs(a - b) / max(abs(a), 1e-12) for a, b in zip(ours, theirs, strict=False))
        rows[name] = {
            "engine": median(ours[:seeds]), "mesa": median(theirs), "spread": [min(ours), max(ours)], "apart": apart
        }  # fmt: skip
    ns = [run["cpu_ns"] for run in mesa]
    return {"agreement": {"households": households, "seeds": seeds, "outcomes": rows, "mesa_cpu_ns": median(ns)}}


def _compilers(plan: Plan, tell: Tell) -> dict[str, Any]:
    households, months = 900, 3 if plan is QUICK else 12
    tell(f"the same source with the compiler off, {households} households, {months} months")
    off = ask("uncompiled", surroundings={"NUMBA_DISABLE_JIT": "1"}, households=households, months=months)
    on = ask("uncompiled", households=plan.loops, months=months)
    found: dict[str, Any] = {"off": {"off": off, "engine": on, "ratio": off["cpu_ns"] / on["cpu_ns"]}}
    tell("three loops written branchy, one household at a time")
    found["branchy"] = ask("branchy", households=plan.loops)
    if plan.commands:
        tell(f"the engine compiled without vector code at {plan.loops:,} households")
        switches = {"NUMBA_LOOP_VECTORIZE": "0", "NUMBA_SLP_VECTORIZE": "0"}
        size = {"households": plan.loops, "threads": 1, "repeat": 3}
        with tempfile.TemporaryDirectory() as cache:
            scalar = ask("lived", surroundings=switches | {"COLLECTIVISATION_CACHE": cache}, **size)
        vector = ask("lived", **size)
        ratio = median(scalar["cpu_s"]) / median(vector["cpu_s"])
        found["scalar"] = {"scalar": scalar, "engine": vector, "ratio": ratio}
    return found


def _seconds(command: list[str], **surroundings: str) -> float:
    started = perf_counter()
    subprocess.run(command, cwd=HOME, env=os.environ | surroundings, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - started


def _commands(plan: Plan, tell: Tell) -> dict[str, Any]:
    program = [sys.executable, "-m", "model"]
    tell("the command line")
    found: dict[str, Any] = {"help_s": [_seconds([*program, "--help"]) for _ in range(6)][1:]}
    with tempfile.TemporaryDirectory() as place:
        whole = [*program, "run", "historical", "--quiet", "--out", place]
        if plan.commands:
            found["warm_s"] = [_seconds(whole) for _ in range(plan.commands + 1)][1:]
            tell("the first run ever: with nothing compiled")
            with tempfile.TemporaryDirectory() as cache:
                found["first_s"] = [_seconds(whole, COLLECTIVISATION_CACHE=cache)]
        else:
            found["warm_s"] = [_seconds(whole) for _ in range(2)][1:]
    return {"commands": found}


def _ensemble(plan: Plan, tell: Tell) -> dict[str, Any]:
    tell(f"{2 * plan.ensemble} runs of 25,000 households by two processes")
    started = perf_counter()
    workers = [_start("ensemble", None, {"first": 1 + i * plan.ensemble, "runs": plan.ensemble}) for i in range(2)]
    each = [json.loads(worker.communicate()[0]) for worker in workers]
    wall = perf_counter() - started
    running = max(one["wall_s"] for one in each)
    runs = 2 * plan.ensemble
    thousand = wall if runs == 1_000 else wall - running + running * 1_000 / runs
    return {"ensemble": {"runs": runs, "wall_s": wall, "thousand_s": thousand, "extrapolated": runs != 1_000}}
