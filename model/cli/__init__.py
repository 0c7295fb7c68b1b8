"""The command line, `collectivisation`: run scenarios, list and describe them, check a file.

Nothing heavy is imported before a command needs it, so `--help` answers at once.
"""

from __future__ import annotations


def main() -> None:
    """Run the program; the entry point of `collectivisation` and of `python -m model`."""
    from model.cli.commands import app

    app(prog_name="collectivisation")
