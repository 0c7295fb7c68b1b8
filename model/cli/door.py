"""The door between the program and the person: every mistake leaves as one sentence, never as a traceback.

Exit status: 2 for what the user can mend (a scenario, a number, a folder, a full disk), 130 for Ctrl-C, 143 for a
polite request to stop (SIGTERM). Mistakes of our own pass through, traceback and all, to be reported.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import typer

USER = 2
INTERRUPTED = 130
TERMINATED = 143


class Terminated(BaseException):
    """Somebody asked the program to stop."""


def _terminate(_signal: int, _frame: FrameType | None) -> None:
    raise Terminated


def say(sentence: str) -> None:
    """Write one sentence to stderr."""
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201  (the one place that speaks on stderr)


@contextmanager
def door(unfinished: str = "") -> Iterator[None]:
    """Turn the user's mistakes into one sentence each; `unfinished` says what an interruption leaves behind."""
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    except KeyboardInterrupt:
        say(f"Interrupted. {unfinished}".rstrip())
        raise typer.Exit(INTERRUPTED) from None
    except Terminated:
        say(f"Asked to stop. {unfinished}".rstrip())
        raise typer.Exit(TERMINATED) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads on: `... | head`
        raise typer.Exit(0) from None
    except MemoryError:
        say("There is not enough memory for so many households; ask for fewer with --households.")
        raise typer.Exit(USER) from None
    except Exception as error:
        if not _is_of_the_user(error):
            raise
        for sentence in _sentences(error):
            say(sentence)
        raise typer.Exit(USER) from None
    finally:
        signal.signal(signal.SIGTERM, before)


def _is_of_the_user(error: Exception) -> bool:
    """Tell a mistake that the user can mend from one of ours."""
    from model.history.labelled import RecordError
    from model.plan import RunError
    from model.policy.errors import ScenarioError
    from model.results.checkpoint import CheckpointError
    from model.results.store import CannotWriteError

    return isinstance(error, ScenarioError | CheckpointError | CannotWriteError | RunError | RecordError | OSError)


def _sentences(error: Exception) -> list[str]:
    """Return one sentence for every mistake; the system's own errors name their file."""
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if error.filename else ""
        return [f"{where}{error.strerror[:1].lower()}{error.strerror[1:]}."]
    return str(error).splitlines()
