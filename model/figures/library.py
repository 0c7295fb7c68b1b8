"""All scenarios of the library on one page: what each changed against what was, dot and range in a few outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from model.figures import marks
from model.figures.looks import as_text
from model.figures.readings import NothingToDraw
from model.figures.rivals import SOURCE, Rivals, Twins, chart_of_rivals, told
from model.figures.style import INK, MARGIN, MUTED, Chart, Row, wrap
from model.figures.words import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, LINE, HEAD = 12.0, 0.245, 0.6  # of the page, height of a scenario's line and of the panels' heads [inches]
NAMES, NUMBERS = 2.2, 0.52  # room for the scenarios' names, and right of each panel for its numbers [inches]


@chart_of_rivals
def library_overview(rivals: Rivals) -> Chart:
    """Draw the paired differences of all scenarios to the first; the deadliest scenario stands lowest."""
    if not rivals.outcomes:
        raise NothingToDraw("the runs tell no headline outcome")
    _, _, foremost = next(iter(rivals.outcomes.values()))
    names = sorted(rivals.others, key=lambda name: float((foremost[name].other - foremost[name].baseline).mean()))
    height = LINE * len(names)
    page = Chart(
        rivals.ran,
        _finding(rivals),
        f"Difference of each scenario to {rivals.called(rivals.baseline)} (black, nought); dot and number: mean of "
        f"{rivals.n_runs} pairs of runs that share their luck, line: 90 % of them",
        SOURCE,
        width=WIDTH,
        body=height + HEAD + 0.3,
    )
    bottom = page.bottom + 0.3
    for line, name in enumerate(names):
        y = bottom + height - LINE * (line + 0.5) - 0.045
        page.write(MARGIN, y, rivals.titles[name], size=8.4, color=as_text(rivals.look(name).colour), weight="bold")
    wide = (WIDTH - MARGIN - 0.1 - NAMES) / len(rivals.outcomes)
    for place, (label, unit, pairs) in enumerate(rivals.outcomes.values()):
        left = MARGIN + NAMES + place * wide
        axes = page.panel(left, bottom, wide - NUMBERS - 0.12, height)
        head = wrap(label, wide - 0.2, 8.2, "bold")[:2]
        for row, text in enumerate(head):
            page.write(left, page.top - 0.16 - 0.14 * row, text, size=8.2, weight="bold")
        level = f"{number(float(pairs[names[0]].baseline.mean()))} {unit} as baseline"
        page.write(left, page.top - 0.18 - 0.14 * len(head), level, size=7.2, color=MUTED)
        _panel(page, axes, rivals, names, (label, unit, pairs))
    return page


def _finding(rivals: Rivals) -> str:
    """Say how many scenarios leave less than half of the first outcome, and how many more than there was."""
    label, unit, pairs = next(iter(rivals.outcomes.values()))
    level = float(next(iter(pairs.values())).baseline.mean())
    after = [float(pairs[name].other.mean()) for name in rivals.others]
    return (
        f"{label}: {number(level)} {unit} under {rivals.called(rivals.baseline)}, less than half of that in "
        f"{sum(one < level / 2 for one in after)} of {len(after)} other scenarios, more in "
        f"{sum(one > level for one in after)}"
    )


def _panel(
    page: Chart, axes: Axes, rivals: Rivals, names: list[str], outcome: tuple[str, str, Mapping[str, Twins]]
) -> None:
    """Draw one outcome: a line for each scenario."""
    label, unit, pairs = outcome
    axes.set_yticks([])
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x")
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.axvline(0.0, color=INK, linewidth=1.6)
    ends = [0.0]
    for line, name in enumerate(names):
        look = rivals.look(name)
        mean, low, high = (float(value) for value in told(pairs[name].other - pairs[name].baseline))
        ends += [low, high]
        if line % 2:
            axes.axhspan(line - 0.5, line + 0.5, color="#f6f6f6", linewidth=0, zorder=0)
        axes.plot([low, high], [line, line], color=look.colour, linewidth=2.4, alpha=0.55, solid_capstyle="butt")
        axes.plot(mean, line, marker=look.mark, markersize=5, color=look.colour, markeredgecolor="white",
                  markeredgewidth=0.6)  # fmt: skip
        text = f"{'+' if mean > 0 else ''}{number(mean)}"
        axes.text(1.04, line, "0" if text.strip("+−0.") == "" else text, transform=axes.get_yaxis_transform(),
                  va="center", fontsize=7.4, color=INK)  # fmt: skip
        page.rows.append(Row(label, rivals.titles[name], "model", "difference", mean, low, high, unit, ""))
    room = 0.06 * (max(ends) - min(ends)) or 1.0
    low, high = min(ends) - room, max(ends) + room
    axes.set_xlim(low, high)
    found = marks.levels(low, high, 4)
    axes.set_xticks(found, [f"{level:+g}".replace("-", "−") if level else "0" for level in found], fontsize=7.4)
