"""The centre of the calibrated posterior: what takes the place of the declared defaults of the free constants.

`collectivisation calibrate --ship` writes `centre.json` beside this file; without it the declarations hold.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

CENTRE = Path(__file__).with_name("centre.json")


@cache
def centre() -> dict[str, float]:
    """Return the calibrated constants by name; none before the first calibration was shipped."""
    if not CENTRE.exists():
        return {}
    values: dict[str, float] = json.loads(CENTRE.read_text(encoding="utf-8"))["constants"]
    return values
