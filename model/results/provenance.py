"""Where numbers come from: scenario, seed, households, versions, commit, time and memory; kept beside every result."""

from __future__ import annotations

import platform
import subprocess
import sys
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

LIBRARIES = ("mesa", "numba", "numpy", "pandas", "pydantic", "scipy", "xarray")
PACKAGE = "collectivisation"


@cache
def versions() -> dict[str, str]:
    """Return the versions of Python, of this package and of the libraries that touch numbers."""
    found = {"python": platform.python_version()}
    for name in (PACKAGE, *LIBRARIES):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "not installed as a package"
    return found


@cache
def commit() -> str | None:
    """Return the commit of the checkout that this package runs from, `-dirty` if edited; None outside of git."""
    home = Path(__file__).resolve().parents[2]
    if not (home / ".git").exists():
        return None
    command = ["git", "-C", str(home), "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=5, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip() or None


def peak_memory() -> int | None:
    """Return the largest memory this process has held [bytes]; None where the system does not tell."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def provenance(scenario: dict[str, Any], *, households: int, seeds: list[int], seconds: float) -> dict[str, Any]:
    """Return the whole record of a run; `seconds` is what founding and simulation took."""
    return {
        "scenario": scenario,
        "households": households,
        "seeds": seeds,
        "versions": versions(),
        "commit": commit(),
        "platform": platform.platform(),
        "machine": platform.machine(),
        "wall_seconds": round(seconds, 3),
        "peak_memory_bytes": peak_memory(),
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
    }
