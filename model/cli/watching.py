"""What commands that live many runs share: what is said before the first, while they last, and if they are cut short.

Called by `compare`, `attribute`, `reference`, `sweep`, `sensitivity`, `validate` and `calibrate`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from model.cli.door import say
from model.cli.running import announce_compiling
from model.cli.terminal import progress

RUNS = "runs"
"""The folder of finished runs, within that of the command's results."""

Watch = Callable[[int, int, int | str], None]
"""Told runs done, runs in all, and of those how many failed, or what stage they belong to."""


def announce(households: int, *, quiet: bool) -> None:
    """Say what a person should know before the first run: that rules are compiled, that a country is small."""
    from model.plan import how_rough

    announce_compiling(quiet=quiet)
    if not quiet and (warning := how_rough(households)):
        say(warning)


@contextmanager
def watched(title: str, folder: Path, *, quiet: bool) -> Iterator[Watch]:
    """Show how many runs are done; should the work be cut short, say what is kept and how to go on."""
    done = whole = 0
    with progress(title, quiet=quiet) as bar:

        def watch(lived: int, runs: int, besides: int | str) -> None:
            nonlocal done, whole
            done, whole = lived, runs
            if bar is not None:
                bar(lived, runs, besides if isinstance(besides, str) else f"{besides} failed" if besides else "")

        try:
            yield watch
        except BaseException:
            if done:
                say(f"{done:,} of {whole:,} runs are kept in {folder / RUNS}; the same command goes on from there.")
            raise
