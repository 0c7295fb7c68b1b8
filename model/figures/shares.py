"""What each policy added to what happened: Shapley's shares with their ranges, the literature's claims beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import matplotlib as mpl

from model.figures import marks
from model.figures.looks import BLUE, VERMILION
from model.figures.rivals import lines_of
from model.figures.style import INK, MUTED, RC, Chart, Row, wrap
from model.figures.words import number

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

ROW = 0.27  # height of a policy's line [inches]
FROM_SEEDS = "seeds"


def attribution_shares(shares: pd.DataFrame, claims: pd.DataFrame, *, title: str, ran: str) -> Chart:
    """Draw the shares of every outcome (`Attribution.table`), claims that give a number as hollow bars beside them."""
    with mpl.rc_context(cast("Any", RC)):
        return _drawn(shares, claims, title, ran)


def _drawn(shares: pd.DataFrame, claims: pd.DataFrame, title: str, ran: str) -> Chart:
    outcomes = list(dict.fromkeys(shares["outcome"]))
    policies = [name for name in dict.fromkeys(shares["policy"]) if name != "all"]
    rows = -(-len(outcomes) // 2)
    height = ROW * len(policies) + 0.1
    both = set(shares["luck"]) > {FROM_SEEDS}
    lucks = "blue: seeds, orange below it: sets of constants" if both else "seeds"
    page = Chart(
        ran,
        _finding(shares, outcomes[0]),
        f"{title} · Shapley's value of each policy: its mean addition over every order in which the policies could "
        "have come, in the unit of the panel, per cent of the whole difference beside it; dot: mean, line: 90 % of the "
        f"runs ({lucks}); hollow bars: claims of the literature, whose questions differ",
        "the model; claims: " + ", ".join(dict.fromkeys(claims["source"])) + " (claims.csv says in what they differ)",
        width=11.0,
        body=rows * (height + 0.95),
    )
    words, wide = 2.45, 3.1
    for place, outcome in enumerate(outcomes):
        row, column = divmod(place, 2)
        left = 0.3 + words * (column == 0) + column * (words + wide + 0.95)
        bottom = page.top - (row + 1) * (height + 0.95) + 0.45
        mine = shares[shares["outcome"] == outcome]
        whole = lines_of(mine[mine["policy"] == "all"])[0]
        axes = page.panel(left, bottom, wide, height, f"{whole.label}, {whole.unit}")
        names = {line.policy: line.title for line in lines_of(mine)}
        _panel(page, axes, mine, policies, claims[claims["outcome"] == outcome])
        texts = ["\n".join(wrap(names[name], 2.1, 8)) for name in policies] if column == 0 else [""] * len(policies)
        axes.set_yticks(range(len(policies)), texts, fontsize=8)
        axes.text(
            0.0, -0.3 / height, f"{number(float(whole.with_none))} with none of the policies, "
            f"{number(float(whole.with_all))} with all", transform=axes.transAxes, fontsize=7.5, color=MUTED, va="top",
        )  # fmt: skip
    return page


def _panel(page: Chart, axes: Axes, mine: pd.DataFrame, policies: list[str], claims: pd.DataFrame) -> None:
    """Draw one outcome: a line for each policy."""
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    axes.set_ylim(len(policies) - 0.45, -0.6)
    axes.axvline(0.0, color=INK, linewidth=1.2)
    whole = lines_of(mine[mine["policy"] == "all"])[0]
    ends = [0.0]
    for claim in lines_of(claims):
        if claim.policy in policies and claim.high == claim.high and claim.high is not None:
            low, high = ((claim.low if claim.low == claim.low else 0.0) or 0.0, claim.high)
            left, right = (float(end) / 100.0 * float(whole.with_all) for end in (low, high))
            y = float(policies.index(claim.policy))
            axes.barh(y, right - left, left=left, height=0.62, facecolor="none", edgecolor="#777777", linewidth=0.9)
            axes.text(right, y - 0.22, f" {claim.source}", fontsize=5.8, color=MUTED, va="center")
            ends.append(right)
            page.rows.append(
                Row(whole.label, claim.policy, "documented", "claim", right, left, right, whole.unit, claim.source)
            )
    for luck, colour, shift in ((FROM_SEEDS, BLUE, 0.0), ("posterior", VERMILION, 0.26)):
        for line in lines_of(mine[(mine["luck"] == luck) & (mine["policy"] != "all")]):
            y = float(policies.index(line.policy)) + shift
            axes.plot([line.share_low, line.share_high], [y, y], color=colour, linewidth=2.2, solid_capstyle="butt")
            axes.plot(line.share, y, marker="o", markersize=4.8, color=colour, markeredgecolor="white",
                      markeredgewidth=0.6)  # fmt: skip
            ends += [line.share_low, line.share_high]
            page.rows.append(
                Row(line.label, f"{line.title}, {luck}", "model", "share", line.share, line.share_low, line.share_high,
                    line.unit, "")
            )  # fmt: skip
            if luck == FROM_SEEDS:
                known = line.share_of_all == line.share_of_all  # not nan
                text = f"{number(line.share_of_all, 0)}\u00a0%" if known else ""
                axes.text(1.02, y, text, transform=axes.get_yaxis_transform(), fontsize=7.5, va="center", color=INK)
    low, high = min(ends), max(ends)
    room = 0.08 * (high - low) or 1.0
    found = marks.levels(low - room, high + room, 4)
    axes.set_xlim(low - room, high + (4 if len(claims) else 1) * room)
    axes.set_xticks(found, [f"{level:g}".replace("-", "−") for level in found])


def _finding(shares: pd.DataFrame, outcome: str) -> str:
    """Name the two policies with the greatest shares of the first outcome."""
    mine = shares[(shares["outcome"] == outcome) & (shares["luck"] == shares["luck"].iloc[0])]
    whole = lines_of(mine[mine["policy"] == "all"])[0]
    first = mine[mine["policy"] != "all"].sort_values("share", ascending=False).head(2)
    parts = [f"{line.title.lower()} {number(line.share_of_all, 0)}\u00a0%" for line in lines_of(first)]
    return f"{whole.label}: of {number(float(whole.share))} {whole.unit} among the policies, {' and '.join(parts)}"
