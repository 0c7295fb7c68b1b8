"""What a household leaves behind when it is exiled, departs whole or dies out: grain, animals, field.

Called from the loops of several phases, so that a household ends in one way only.
"""

from __future__ import annotations

from model.compiled import rule


@rule
def end_household(homes, villages, flows, village, home, life):
    """
    Close the household's books: nothing it held is lost from any ledger.

    The kolkhoz (where there is one) takes the standing field, the barn and four tenths of the animals; what the
    household had concealed is lost, the other animals are slaughtered in the village. Without a kolkhoz the
    grain is lost to the ledger of barns and the field goes unharvested. People are the caller's to count.

    life   `Life.EXILED`, `Life.DEPARTED` or `Life.EXTINCT`
    Source: assumption (`mechanisms`: whole households leaving need a rule for their animals).
    """
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
    homes.life[home] = life
