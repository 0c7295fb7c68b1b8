"""Why patterns miss, as far as we know: printed beside a miss, and only beside a miss."""

from __future__ import annotations

NOTES: dict[int, str] = {
    4: "Before the campaign membership grows too fast: villages that lean most tip over by themselves.",
    5: "Pigs do not double in 1935-36 as they did: the model feeds them grain alone, and farms of kolkhozy were fed on "
    "potatoes, whey and swill too. The other kinds are inside.",
    6: "One tonne of grain in sixty moves deaths by 2-3 %; in which spring it is short decides the share of 1933.",
    7: "Bodies are fed again too soon: epidemics that outlasted the hunger have no mechanism of their own.",
    8: "The place of the deaths rests on the search order of November 1932, whose strength no national figure pins "
    "down: at its upper end Ukraine loses more than any estimate, at its lower end fewer; the Volga's land and drought "
    "of the record do not fit its procurement.",
    10: "The elasticities of jobs are found from 1928-32 alone, when investment doubled and real wages halved; after "
    "1933 they call too few. Families that follow years later are thinly modelled.",
    11: "The same as for migration: the towns of 1936-39 lack those who came after 1933.",
    12: "Disturbances rise, peak in March and fall as they did, but are a tenth too few for the range: the fit trades "
    "them against the path of membership, which has more figures.",
    13: "Settlers and their deaths follow one ration for all settlements.",
    14: "Output of 1933 follows capital that was begun in 1931-32; famine in towns slowed it more than the model does.",
    15: "The search order of 1932 does not depend on the weather, the plan does.",
}
"""By number of the pattern."""
