"""Why patterns miss, as far as we know: printed beside a miss, and only beside a miss."""

from __future__ import annotations

NOTES: dict[int, str] = {
    4: "Before the campaign membership grows too fast: villages that lean most tip over by themselves.",
    5: "Pigs fall too late (too many in 1930 and 1933) and do not double in 1935-36 as they did: the model feeds them "
    "grain alone, and farms of kolkhozy were fed on potatoes, whey and swill too. The other kinds are inside.",
    6: "One tonne of grain in sixty moves deaths by 2-3 %; in which spring it is short decides the share of 1933.",
    7: "Bodies are fed again too soon: epidemics that outlasted the hunger have no mechanism of their own.",
    8: "The place of the deaths rests on the search order of November 1932 and the settling of nomads, whose strength "
    "no national figure pins down: most sets of constants miss one of the five places.",
    10: "After 1933 families followed workers who had left years before; the model thins that out by wages and bonds "
    "alone, so 1934-35 come too low and 1936 too high. The stop of 1933 is the small difference of large flows.",
    11: "Towns follow migration; villages that were renamed towns are not counted, and the record itself does not add "
    "up by a million in 1927-29.",
    12: "Disturbances rise, peak in March and fall as they did; the fit trades their number against the path of "
    "membership, which has more figures.",
    13: "Settlers and their deaths follow one ration for all settlements.",
    14: "Output of 1933 follows capital that was begun in 1931-32; famine in towns slowed it more than the model does.",
    15: "The search order of 1932 does not depend on the weather, the plan does.",
}
"""By number of the pattern."""
