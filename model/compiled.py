"""How scalar rules become fast loops. The only file which imports numba.

`rule` marks a pure function of numbers: it is inlined into the loop that calls it, and its bare literals
(`0.5`) are read in single precision, because one double would double the width of every vector.
`loop` marks a function over a range of villages: compiled once, kept on disk, run without Python's lock,
so that a crew of threads may share out the villages. There is no parallel loop inside: each village is
summed by one thread in one order, and the answer has the same bits for any number of threads.
"""

from __future__ import annotations

import hashlib
import os
import types
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import numba
import numpy as np

_HOME = Path(__file__).parent
_COMPILED_ROOMS = ("rules", "phases")
_COMPILED_FILES = ("compiled.py", "arithmetic.py", "draws.py", "columns.py")


def _fingerprint() -> str:
    """Hash every source that is compiled: numba does not notice an edit in another file, this does."""
    digest = hashlib.sha256(f"{numba.__version__} {np.__version__}".encode())
    files = [_HOME / name for name in _COMPILED_FILES]
    for room in _COMPILED_ROOMS:
        files += sorted((_HOME / room).glob("*.py"))
    files += sorted((_HOME / "policy").glob("behaviour*.py"))
    for file in files:
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _cache_folder() -> Path:
    """Choose where compiled rules are kept: $COLLECTIVISATION_CACHE, else the user's cache folder."""
    asked = os.environ.get("COLLECTIVISATION_CACHE") or os.environ.get("XDG_CACHE_HOME")
    root = Path(asked) if asked else Path.home() / ".cache"
    folder = root / "collectivisation" / _fingerprint()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(gettempdir()) / "collectivisation" / _fingerprint()
        folder.mkdir(parents=True, exist_ok=True)
    return folder


CACHE = _cache_folder()
numba.config.CACHE_DIR = str(CACHE)  # type: ignore[attr-defined]  # numba finds its settings at run time


def is_cold() -> bool:
    """Tell whether the rules have still to be compiled on this machine (some seconds, once)."""
    return not any(CACHE.rglob("*.nbc"))


def _in_single_precision(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the same function with its float literals read as 32-bit numbers."""
    code = function.__code__
    constants = tuple(np.float32(c) if isinstance(c, float) else c for c in code.co_consts)
    single = types.FunctionType(
        code.replace(co_consts=constants),
        function.__globals__,
        function.__name__,
        function.__defaults__,
        function.__closure__,
    )
    single.__doc__ = function.__doc__
    single.__module__ = function.__module__
    single.__qualname__ = function.__qualname__
    return single


def rule(function: Callable[..., Any]) -> Any:
    """Compile a pure scalar rule, to be inlined into the loops that call it."""
    return numba.njit(_in_single_precision(function), forceinline=True, error_model="numpy")


def loop(function: Callable[..., Any]) -> Any:
    """Compile a loop over villages: `function(start, stop, ...)`, without Python's lock, kept on disk."""
    return numba.njit(_in_single_precision(function), nogil=True, cache=True, error_model="numpy")


def names_used(function: Any) -> frozenset[str]:
    """Collect the attribute names that a compiled loop reads, itself and through every rule it calls.

    A loop is handed only the columns among these: compiling and calling cost by the column.
    """
    names: set[str] = set()
    seen: set[int] = set()
    waiting = [function]
    while waiting:
        plain = getattr(waiting.pop(), "py_func", None)
        if plain is None or id(plain) in seen:
            continue
        seen.add(id(plain))
        names.update(plain.__code__.co_names)
        waiting += [plain.__globals__[name] for name in plain.__code__.co_names if name in plain.__globals__]
        waiting += [
            getattr(module, name, None)
            for module in plain.__globals__.values()
            if isinstance(module, types.ModuleType) and module.__name__.startswith("model.")
            for name in plain.__code__.co_names
        ]
    return frozenset(names)


class Crew:
    """Threads that share out the villages.

    A small country is served by one thread: handing out work costs more than the work. The ranges do not
    touch the result, since no village ever reads what another one writes within the same loop.
    """

    SMALL = 2_000  # villages; below it one thread is as fast (measured)

    def __init__(self, threads: int | None = None) -> None:
        """Hire `threads` threads [count]; None takes one per processor."""
        self.threads = threads if threads is not None else (os.cpu_count() or 1)
        if self.threads < 1:
            raise ValueError(f"threads: {threads} is not a number of threads; write 1 or more.")
        self._pool = ThreadPoolExecutor(self.threads) if self.threads > 1 else None

    def over(self, villages: int, function: Callable[..., None], *arguments: Any, small: int | None = None) -> None:
        """Call `function(start, stop, *arguments)` on ranges that together make `range(villages)`."""
        floor = self.SMALL if small is None else small
        if self._pool is None or villages < floor:
            function(0, villages, *arguments)
            return
        pieces = 8 * self.threads
        edges = [villages * i // pieces for i in range(pieces + 1)]
        jobs = [self._pool.submit(function, start, stop, *arguments) for start, stop in pairwise(edges) if stop > start]
        for job in jobs:
            job.result()
