"""Behavioural constants of towns, jobs, rations, trade, machines, settlers and camps; gathered by `behaviour.py`."""

from __future__ import annotations

from model.policy import behaviour_economy
from model.policy.constant import Constant, constant

__all__ = ["CONSTANTS", "constant"]

CONSTANTS: tuple[Constant, ...] = (*behaviour_economy.CONSTANTS,)
