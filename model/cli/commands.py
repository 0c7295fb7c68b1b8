"""All commands of the program with their options, in the order in which `--help` shows them."""

from __future__ import annotations

from model.cli import commands_of_one, commands_of_many  # isort: skip  # each hangs its commands on the program
from model.cli.app import app

__all__ = ["app", "commands_of_many", "commands_of_one"]
