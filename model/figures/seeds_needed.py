"""How many seeds a comparison needs: the error of a mean difference by their number, and what shared luck saves."""

from __future__ import annotations

import numpy as np

from model.figures import marks
from model.figures.readings import NothingToDraw
from model.figures.rivals import SOURCE, Rivals, chart_of_rivals, draw_key, key_height
from model.figures.style import INK, Chart, Row
from model.figures.words import number

NINE_TENTHS = 1.645  # standard errors either side of a mean that hold 90 %
MOST = 40  # seeds on the axis
LEAST_GAIN, MOST_GAIN = 0.3, 300.0


@chart_of_rivals
def compare_seeds(rivals: Rivals) -> Chart:
    """Draw the half width of the 90 % interval of the mean difference in deaths by seeds, and the gain from pairing."""
    if rivals.n_runs < 3 or not rivals.outcomes:
        raise NothingToDraw("fewer than three seeds tell nothing of their spread")
    name = "deaths" if "deaths" in rivals.outcomes else next(iter(rivals.outcomes))
    label, unit, pairs = rivals.outcomes[name]
    height = max(3.4, 0.2 * len(rivals.outcomes) + 0.4)
    first = pairs[rivals.others[0]]
    page = Chart(
        rivals.ran,
        f"{label}: a mean over {rivals.n_runs} paired seeds is known to "
        f"±{number(NINE_TENTHS * first.sd_paired / rivals.n_runs**0.5)} {unit}, "
        f"without shared luck ±{number(NINE_TENTHS * first.sd_unpaired / rivals.n_runs**0.5)}",
        f"Left: half width of the 90 % interval of the mean difference to {rivals.called(rivals.baseline)}, {unit}, by "
        "number of seeds; line: shared luck, thin dashes: a luck of its own for every run, dots: the first seeds of "
        "this comparison, grey line: known well enough (a tenth of the difference or a hundredth of the level). Right: "
        "how many times as many seeds would be needed without shared luck (log scale)",
        SOURCE,
        width=10.6,
        body=height + 0.65 + key_height(rivals, 10.6),
    )
    draw_key(page, rivals)
    axes = page.panel(0.72, page.bottom + 0.3, 4.9, height, f"{label}, ± {unit}")
    seeds = np.arange(2, max(MOST, rivals.n_runs) + 1)
    top = 0.0
    for other, pair in pairs.items():
        look = rivals.look(other)
        paired, unpaired = (NINE_TENTHS * sd / np.sqrt(seeds) for sd in (pair.sd_paired, pair.sd_unpaired))
        axes.plot(seeds, paired, color=look.colour, linestyle=look.dash)
        axes.plot(seeds, unpaired, color=look.colour, linewidth=0.9, linestyle=(0, (4, 3)))
        gap = pair.other - pair.baseline
        found = [NINE_TENTHS * float(gap[:n].std(ddof=1)) / n**0.5 for n in range(3, rivals.n_runs + 1)]
        axes.plot(range(3, rivals.n_runs + 1), found, linestyle="none", marker=look.mark, markersize=3.4,
                  color=look.colour, markeredgecolor="white", markeredgewidth=0.4)  # fmt: skip
        axes.axhline(pair.wanted, color="#aaaaaa", linewidth=1.0, zorder=1)
        top = max(top, float(unpaired[0]), *found[:1])
        page.rows += [
            Row("Error of the mean by seeds", rivals.titles[other], "model", str(n), p, p, u, f"± {unit}", "")
            for n, p, u in zip(seeds, paired, unpaired, strict=True)
        ]
    marks.level_axis(axes, 0.0, top * 1.05 or 1.0)
    axes.set_xlim(1.5, float(seeds[-1]))
    axes.set_xticks([2, 5, 10, 20, 30, 40], ["2", "5", "10", "20", "30", "40 seeds"])
    _gains(page, rivals, height)
    return page


def _gains(page: Chart, rivals: Rivals, height: float) -> None:
    """Draw the gain from pairing of every outcome."""
    axes = page.panel(8.2, page.bottom + 0.3, 2.1, height, "Gain from shared luck")
    axes.set_xscale("log")
    axes.set_xlim(LEAST_GAIN, MOST_GAIN)
    axes.set_xticks([1, 10, 100], ["1", "10", "100"])
    axes.set_xticks([], minor=True)
    axes.set_ylim(len(rivals.outcomes) - 0.4, -0.6)
    axes.set_yticks(range(len(rivals.outcomes)), [label for label, _, _ in rivals.outcomes.values()])
    axes.grid(visible=True, axis="x")
    axes.axvline(1.0, color=INK, linewidth=1.0)
    for line, (label, _, pairs) in enumerate(rivals.outcomes.values()):
        for other, pair in pairs.items():
            look, gain = rivals.look(other), pair.gain
            page.rows.append(Row("Gain from shared luck", rivals.titles[other], "model", label, gain, gain, gain,
                                 "times", ""))  # fmt: skip
            if not np.isnan(gain):
                axes.plot(min(MOST_GAIN, max(LEAST_GAIN, gain)), line, marker=look.mark, markersize=4.8,
                          color=look.colour, markeredgecolor="white", markeredgewidth=0.5, clip_on=False)  # fmt: skip
