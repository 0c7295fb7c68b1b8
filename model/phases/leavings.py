"""What a household leaves behind when it is exiled, departs whole or dies out: grain, animals, field.

A phase marks those whose time has come with a negative `life` (`-Life.EXILED`) and counts their people; then it
calls `close`, so that a household ends in one way only.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from model.columns import Countryside
from model.compiled import loop, rule


@rule
def end_household(homes, villages, flows, village, home):
    """
    Close the books of a marked household: nothing it held is lost from any ledger.

    The kolkhoz (where there is one) takes the standing field, the barn and four tenths of the animals; what the
    household had concealed is lost, the other animals are slaughtered in the village. Without a kolkhoz the
    grain is lost to the ledger of barns and the field goes unharvested. People are the caller's to count.

    Source: assumption (`mechanisms`: whole households leaving need a rule for their animals).
    """
    if homes.months_in[home] > 0:
        villages.members[village] -= 1.0
    villages.present[village] -= 1.0
    persons = homes.small[home] + homes.children[home] + homes.adults[home] + homes.elderly[home]
    villages.people[village] -= np.float32(persons)
    kept = 0.0
    if villages.members[village] > 0.0:
        kept = 1.0
    villages.pool_kg[village] += kept * homes.barn_kg[home]
    villages.kolkhoz_sown_ha[village] += kept * homes.sown_ha[home]
    flows.lost[village] += (1.0 - kept) * homes.barn_kg[home] + homes.concealed_kg[home]
    to_common = kept * 0.4
    villages.horses[village] += to_common * homes.horses[home]
    villages.cattle[village] += to_common * homes.cattle[home]
    villages.pigs[village] += to_common * homes.pigs[home]
    villages.sheep_goats[village] += to_common * homes.sheep_goats[home]
    flows.slaughtered_horses[village] += (1.0 - to_common) * homes.horses[home]
    flows.slaughtered_cattle[village] += (1.0 - to_common) * homes.cattle[home]
    flows.slaughtered_pigs[village] += (1.0 - to_common) * homes.pigs[home]
    flows.slaughtered_sheep_goats[village] += (1.0 - to_common) * homes.sheep_goats[home]
    homes.horses[home] = 0.0
    homes.cattle[home] = 0.0
    homes.pigs[home] = 0.0
    homes.sheep_goats[home] = 0.0
    homes.barn_kg[home] = 0.0
    homes.concealed_kg[home] = 0.0
    homes.sown_ha[home] = 0.0
    homes.small[home] = 0
    homes.children[home] = 0
    homes.adults[home] = 0
    homes.elderly[home] = 0
    homes.away[home] = 0
    homes.months_in[home] = 0
    homes.join_hazard[home] = 0.0
    homes.life[home] = -homes.life[home]


@loop
def _close(start, stop, first, homes, villages, flows, ending):
    for village in range(start, stop):
        if ending[village] > 0:
            for home in range(first[village], first[village + 1]):
                if homes.life[home] < 0:
                    end_household(homes, villages, flows, village, home)


def close(land: Countryside, ending: np.ndarray[Any, Any]) -> None:
    """End the households that are marked; `ending` tells how many of each village [villages]."""
    if ending.any():
        land.over(_close, ending.astype(np.int32))  # of one type, so that the loop is compiled once
