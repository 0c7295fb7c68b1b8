"""What the terminal can show: its width, its alphabet, colour, and the progress of long work."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 100  # of what goes to a file or a pipe [characters]
BARS = "▁▂▃▄▅▆▇█"
PLAIN_BARS = "_.-=+*%#"
FLAT = 0.25  # a series that moves by less than this share of its top is not stretched to full height


def speaks_unicode() -> bool:
    """Say whether stdout can show characters beyond ASCII."""
    return (sys.stdout.encoding or "ascii").lower().replace("-", "").startswith("utf")


def console() -> Console:
    """Return a console on stdout; colour as the terminal and NO_COLOR say, a fixed width where there is none."""
    from rich.console import Console

    if not speaks_unicode() and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    return Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False)


def sparkline(values: list[float]) -> str:
    """Draw a series as small bars; one that hardly moves stays nearly level.

    >>> sparkline([1.0, 2.0, 3.0])[0] in "▁_", len(set(sparkline([10.0, 10.1, 10.0]))) <= 2
    (True, True)
    """
    bars = BARS if speaks_unicode() else PLAIN_BARS
    if not values:
        return ""
    low, high = min(values), max(values)
    span = max(high - low, FLAT * max(abs(high), abs(low)))
    if span == 0.0:
        return bars[0] * len(values)
    floor = (low + high) / 2.0 - span / 2.0
    top = len(bars) - 1
    return "".join(bars[round((value - floor) / span * top)] for value in values)


@contextmanager
def progress(title: str, *, quiet: bool) -> Iterator[Callable[[int, int, object], None] | None]:
    """Show on stderr how many months or runs are lived, what is reached, time left; only where a person is looking."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[reached]}"),
        TimeRemainingColumn(),
    )
    memory = 3600.0  # for the speed: a run of a large country takes minutes [s]
    with Progress(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=memory) as bar:
        task = bar.add_task(title, total=None, reached="")
        begun = False

        def tick(lived: int, whole: int, reached: object) -> None:
            nonlocal begun
            if begun:
                bar.update(task, completed=lived, total=whole, reached=str(reached))
            else:  # what was there before says nothing of the speed
                bar.reset(task, completed=lived, total=whole, reached=str(reached))
            begun = True

        yield tick
