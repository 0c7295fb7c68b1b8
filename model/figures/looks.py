"""The colours of the house, and the one look that a scenario keeps: in every chart, in the terminal, on a page.

Okabe and Ito's palette is told apart by colour-blind eyes. It has seven colours and we have more scenarios, so a colour
comes back with another dash. Related questions are kin in colour; every look has a mark of its own, since paper may be
grey. The historical run is always black.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

BLUE, VERMILION, GREEN, PINK, ORANGE, SKY, GREY = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#4D4D4D",
)  # fmt: skip
PALETTE = (BLUE, VERMILION, GREEN, PINK, ORANGE, SKY, GREY)
AS_TEXT = {ORANGE: "#9A6A00", PINK: "#A0507D", SKY: "#1F77A8"}
"""Colours too pale for letters, and what the letters take instead."""

Dash = Literal["-", "--", ":"]
SOLID: Dash = "-"
DASHED: Dash = "--"
DOTTED: Dash = ":"
DASHES: tuple[Dash, ...] = (SOLID, DASHED, DOTTED)
MARKS = {
    "#000000": "osv", GREEN: "DdP", BLUE: "s^>", SKY: "v<D", PINK: "Xph", ORANGE: "*H8", VERMILION: "P*X", GREY: "hos",
}  # fmt: skip
"""Marks of each colour, for a line that is solid, dashed or dotted."""


class Look(NamedTuple):
    """How a scenario is drawn."""

    colour: str
    dash: Dash = SOLID

    @property
    def mark(self) -> str:
        """Mark of its points: by colour and dash."""
        return MARKS[self.colour][DASHES.index(self.dash)]


LOOKS: dict[str, Look] = {
    "historical": Look("#000000"),
    "nep_continues": Look(GREEN),
    "market_prices_1928": Look(GREEN, DASHED),
    "voluntary_cooperation": Look(GREEN, DOTTED),
    "no_grain_exports": Look(BLUE),
    "relief_1932": Look(BLUE, DASHED),
    "flexible_procurement": Look(BLUE, DOTTED),
    "slow_collectivisation": Look(SKY),
    "cows_stay_home": Look(SKY, DASHED),
    "machines_first": Look(SKY, DOTTED),
    "no_dekulakisation": Look(PINK),
    "open_borders": Look(PINK, DASHED),
    "no_nomad_settling": Look(ORANGE),
    "maximum_extraction": Look(VERMILION),
    "average_weather": Look(GREY, DASHED),
    "drawn_weather": Look(GREY, DOTTED),
}
"""The one look of every scenario of the library."""


def looks_of(name: str) -> Look:
    """Return the look of a scenario; one that is not of the library gets a lasting one from its name.

    >>> looks_of("historical").colour, looks_of("my_question") == looks_of("my_question")
    ('#000000', True)
    """
    if name in LOOKS:
        return LOOKS[name]
    number = sum(place * letter for place, letter in enumerate(name.encode(), start=1))
    return Look(PALETTE[number % len(PALETTE)], DASHES[number // len(PALETTE) % len(DASHES)])


def as_text(colour: str) -> str:
    """Return the darker twin of a colour that is too pale for letters."""
    return AS_TEXT.get(colour, colour)
