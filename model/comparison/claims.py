"""What the literature claims of the policies' shares, and in what its question differs from ours."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim about one policy and one outcome of the attribution."""

    policy: str
    outcome: str
    text: str
    low: float | None
    """Lower end of the share claimed [% of the outcome]; None where no number is given."""
    high: float | None
    source: str
    """Key of docs/sources.md."""
    difference: str
    """Why the model's number does not answer quite the same question."""

    @property
    def claimed(self) -> tuple[float, float] | None:
        """The range of shares claimed [% of the outcome], open where no end is given; None where no number is."""
        if self.low is None and self.high is None:
            return None
        return -inf if self.low is None else self.low, inf if self.high is None else self.high


CLAIMS: tuple[Claim, ...] = (
    Claim(
        "weather", "deaths_ukraine", "Weather explains up to 8.1 % of Ukraine's excess deaths.", 0.0, 8.1,
        "NAUMENKO2021",
        "A regression over districts with temperature and rain as measured; here an index by region from narratives, "
        "and what weather does under the policies of the time is shared with them.",
    ),
    Claim(
        "collectivisation", "deaths_ukraine", "Collectivisation explains up to 52 % of Ukraine's excess deaths.", 0.0,
        52.0, "NAUMENKO2021",
        "Its coefficient between more and less collectivised districts carried to a country without kolkhozy, orders "
        "as they were; here forced collectivisation goes from the whole Union, and its value is a mean over all sets.",
    ),
    Claim(
        "procurement", "deaths_ukraine",
        "Bias against ethnic Ukrainians accounts for up to 92 % of Ukraine's famine deaths, half of it through planned "
        "procurement.",
        None, 46.0, "MNQ2021",
        "They ask of the bias in the plans between regions, not of their level; the model has no nationality, and its "
        "counterfactual lowers all plans.",
    ),
    Claim(
        "procurement", "deaths",
        "Plans made for harvests that did not exist met two bad harvests; the retreat was too small and too late.",
        None, None, "DW2004",
        "A history without shares: weather, neglected fields and mistaken plans are held to have worked together; a "
        "mean over all sets divides what they did together evenly among them.",
    ),
    Claim(
        "weather", "deaths", "Two bad harvests, from weather and from disorder of the fields, came before the famine.",
        None, None, "DW2004",
        "No share is claimed; disorder of the fields counts here with forced collectivisation.",
    ),
    Claim(
        "collectivisation", "industry",
        "Collectivisation raised the growth of industry a little; planned investment under the NEP would have done "
        "almost as well.",
        None, None, "ALLEN2003",
        "He simulates the whole economy with and without collectivisation; here investment is an order and stays as it "
        "was, so that collectivisation works through hands for towns and grain for export alone.",
    ),
    Claim(
        "collectivisation", "industry",
        "The policies as a whole cost 24 % of consumption in 1928-40 against the tsarist trend.",
        None, None, "CGGT2017",
        "They ask of welfare and of the tsarist trend; the model here has output of industry, no welfare, and asks of "
        "single orders.",
    ),
)  # fmt: skip
"""Claims beside the attribution."""
