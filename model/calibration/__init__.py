"""Calibration: which constants of behaviour the documented record allows, found by history matching.

`collectivisation calibrate` carries it out; `posterior` and `vectors` hand out what it found. It sees the record only
through `model.history.calibration`, which has no row that is kept for validation.
"""

from __future__ import annotations

from model.calibration.shipped import posterior, provenance, vectors

__all__ = ["posterior", "provenance", "vectors"]
