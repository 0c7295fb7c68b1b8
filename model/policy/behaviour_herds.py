"""Behavioural constants of births, deaths, slaughter and care of the four herds; gathered by `behaviour.py`."""

from __future__ import annotations

from model.policy.constant import Constant, constant

__all__ = ["CONSTANTS", "constant"]

CONSTANTS: tuple[Constant, ...] = ()
