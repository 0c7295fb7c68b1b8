"""How scalar rules become fast loops. Beside `sheaf.py` the only file which imports numba.

`rule` marks a pure function of numbers: it is inlined into the loop that calls it, and its bare literals
(`0.5`) are read in single precision, because one double would double the width of every vector.
`loop` marks a function over a range of villages: compiled once, kept on disk, run without Python's lock,
so that a crew of threads may share out the villages. There is no parallel loop inside: each village is
summed by one thread in one order, and the answer has the same bits for any number of threads.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import types
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryFile, gettempdir, mkdtemp
from typing import Any

import numba
import numpy as np
from numba.core.caching import FunctionCache, IndexDataCacheFile

_HOME = Path(__file__).parent
_COMPILED = ("compiled.py", "sheaf.py", "arithmetic.py", "draws.py", "columns.py", "rules/*.py", "phases/*.py",
             "founding/*.py", "policy/behaviour*.py", "validation/great_leap.py")  # fmt: skip


def _fingerprint(home: Path = _HOME) -> str:
    """Hash every source that is compiled: numba does not notice an edit in another file, this does."""
    digest = hashlib.sha256(f"{numba.__version__} {np.__version__}".encode())
    for pattern in _COMPILED:
        for file in sorted(home.glob(pattern)):
            digest.update(f"{file.relative_to(home).as_posix()} {file.stat().st_size} ".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _own_temporary_folder() -> Path:
    """Return a folder of this user alone: whatever lies in a cache is run, so nobody else may write there."""
    user = getattr(os, "getuid", lambda: 0)()
    folder = Path(gettempdir()) / f"collectivisation-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    state = folder.lstat()
    if os.name == "posix" and (state.st_uid != user or not folder.is_dir() or state.st_mode & 0o077):
        return Path(mkdtemp(prefix="collectivisation-"))
    return folder


def _cache_folder() -> Path | None:
    """Choose where compiled rules are kept: $COLLECTIVISATION_CACHE, the user's cache folder, a temporary one.

    None where nothing can be written at all: then every run compiles anew.
    """

    def asked() -> Path:
        root = os.environ.get("COLLECTIVISATION_CACHE") or os.environ.get("XDG_CACHE_HOME")
        return (Path(root) if root else Path.home() / ".cache") / "collectivisation"

    for choose in (asked, _own_temporary_folder):
        try:
            folder = choose() / _fingerprint()
            folder.mkdir(parents=True, exist_ok=True)
            TemporaryFile(dir=folder).close()
        except (OSError, RuntimeError):  # not ours, no folder, no disk; RuntimeError where nobody has a home
            continue
        return folder
    return None


CACHE = _cache_folder()
if CACHE is not None:
    numba.config.CACHE_DIR = str(CACHE)  # type: ignore[attr-defined]  # numba finds its settings at run time


def is_cold() -> bool:
    """Tell whether the rules have still to be compiled on this machine (some seconds, once)."""
    return CACHE is None or not any(CACHE.rglob("*.nbc"))


class _SealedFile(IndexDataCacheFile):
    """Compiled code on disk under a seal: what was damaged since (a full disk, a cut copy) is not believed."""

    def _save_data(self, name: str, data: Any) -> None:
        plain = pickle.dumps(self._dump(data))
        super()._save_data(name, (hashlib.sha256(plain).digest(), plain))

    def _load_data(self, name: str) -> Any:
        seal, plain = super()._load_data(name)
        if hashlib.sha256(plain).digest() != seal:
            raise ValueError(f"{name} is damaged.")
        return pickle.loads(pickle.loads(plain))


class _ForgivingCache(FunctionCache):
    """What cannot be read is compiled again, what cannot be kept is not kept: a cache only saves time."""

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)
        stamp = self._impl.locator.get_source_stamp()
        self._cache_file = _SealedFile(self._cache_path, self._impl.filename_base, stamp)

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        try:
            return super().load_overload(sig, target_context)
        except Exception:  # noqa: BLE001  # a damaged pickle can raise anything
            with suppress(OSError):
                self.flush()
            return None

    def save_overload(self, sig: Any, data: Any) -> None:
        with suppress(Exception):
            super().save_overload(sig, data)


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


_DOORLESS: dict[str, Any] = {"no_cfunc_wrapper": True}
"""Nothing here is called from C: what numba would build for it only takes time to compile."""


def rule(function: Callable[..., Any]) -> Any:
    """Compile a pure scalar rule, to be inlined into the loops that call it."""
    return numba.njit(_in_single_precision(function), forceinline=True, error_model="numpy", **_DOORLESS)


def loop(function: Callable[..., Any]) -> Any:
    """Compile a loop over villages: `function(start, stop, ...)`, without Python's lock, kept on disk."""
    single = _in_single_precision(function)
    compiled = numba.njit(single, nogil=True, error_model="numpy", **_DOORLESS)
    if CACHE is not None and hasattr(compiled, "enable_caching"):  # plain Python under NUMBA_DISABLE_JIT
        compiled._cache = _ForgivingCache(single)  # noqa: SLF001  # numba has no other door for a cache of one's own
    return compiled


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

    SMALL = 2_000  # villages; handing out fewer costs more than it saves (measured)

    def __init__(self, threads: int | None = None) -> None:
        """Hire `threads` threads [count]; None takes one per processor."""
        self.threads = threads if threads is not None else (os.cpu_count() or 1)
        if self.threads < 1:
            raise ValueError(f"threads: {threads} is not a number of threads; write 1 or more.")
        self._pool = ThreadPoolExecutor(self.threads) if self.threads > 1 else None

    def over(self, villages: int, function: Callable[..., None], *arguments: Any, small: int | None = None) -> None:
        """Call `function(start, stop, *arguments)` on ranges of `small` or more that make up `range(villages)`."""
        least = max(self.SMALL if small is None else small, 1)
        if self._pool is None or villages < 2 * least:
            function(0, villages, *arguments)
            return
        pieces = min(8 * self.threads, villages // least)
        edges = [villages * i // pieces for i in range(pieces + 1)]
        jobs = [self._pool.submit(function, start, stop, *arguments) for start, stop in pairwise(edges) if stop > start]
        for job in jobs:
            job.result()
