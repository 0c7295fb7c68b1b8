"""The page docs/validation.md, written from what was measured: the board first, what is contested last.

Every part is plain data handed in by whoever measured it. A part that was not made is named as missing in one sentence,
so that the page never shows less than it seems to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from model.validation.markdown import Picture, Table, demoted, pictures_of, table_of, tables, told

HEAD = "<!-- Written by `collectivisation validate --write`; do not edit. -->"
LEFT_OUT = "Not made in the run that wrote this page."
BEGIN, END = "<!-- ablation -->", "<!-- end of ablation -->"


class Row(Protocol):
    """A pattern on the board, whatever made it."""

    @property
    def number(self) -> int:
        """Its place in the list of patterns."""

    @property
    def pattern(self) -> str:
        """What is measured."""

    @property
    def target(self) -> str:
        """What would be a hit, in words."""

    @property
    def median(self) -> float:
        """The number of the median run."""

    @property
    def low(self) -> float:
        """5 % of the runs lie below it."""

    @property
    def high(self) -> float:
        """5 % of the runs lie above it."""

    @property
    def unit(self) -> str:
        """Of median, low and high."""

    @property
    def hit(self) -> bool:
        """Whether the median lies in the target."""

    @property
    def role(self) -> str:
        """Which rows of the record it reads: calibration, validation, mixed."""

    @property
    def note(self) -> str:
        """Why it misses, or what a reader should know."""


SHOWS = {
    "fit_series": "Every series that may fit or test the model, with the band of the runs: circles could be fitted, "
    "squares only test, bars are documented ranges, grey marks are rival authors.",
    "fit_regions": "Excess deaths of 1931-34 by region beside their documented ranges and rival totals, and scatters "
    "of regional procurement, membership and herds against the record.",
    "coverage": "Where each figure kept for testing lies within, or beyond, the band that holds 90 % of the runs.",
}
"""What the charts of the fit show, in words."""


def pictures_in(folder: Path, suffix: str = ".svg") -> list[Picture]:
    """Return the charts of the fit that lie in a folder, with their words."""
    return [Picture(folder / f"{name}{suffix}", words) for name, words in SHOWS.items()]


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the page may tell; what is empty is left out, with a sentence.

    how          scenario, seeds, households, parameter set, version and commit, in words
    board        rows of the sixteen patterns
    charts       pictures of the fit
    coverage     figures inside the band, by series
    baselines    the same board for the aggregate twin, shuffled households, no behaviour, average weather
    ablation     Markdown of what each mechanism does
    great_leap   Markdown of the test outside this history
    posterior    which parameters the record pins down
    sensitivity  tables of OFAT, Morris, Sobol
    """

    how: Mapping[str, str]
    board: Sequence[Row] = ()
    charts: Sequence[Picture] = ()
    coverage: Table | None = None
    baselines: Table | None = None
    ablation: str = ""
    great_leap: str = ""
    posterior: Sequence[Table] = ()
    sensitivity: Sequence[Table] = ()
    sensitivity_charts: Sequence[Picture] = ()
    cannot_say: str = ""
    more: Mapping[str, str] = field(default_factory=dict)  # further sections: title -> Markdown


def write(findings: Findings, page: Path) -> Path:
    """Write the page, whole or not at all; links to charts are made relative to it."""
    text = render(findings, page.parent)
    page.parent.mkdir(parents=True, exist_ok=True)
    beside = page.with_name(f".unfinished-{page.name}")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(page)
    finally:
        beside.unlink(missing_ok=True)
    return page


def render(findings: Findings, folder: Path) -> str:
    """Return the page as Markdown, for a file in `folder`."""
    parts = [
        f"{HEAD}\n\n# Validation",
        _opening(findings),
        _section("The board", _board(findings.board)),
        _section("What misses, and why", _misses(findings.board)),
        _section("The fit in pictures", pictures_of(findings.charts, folder)),
        _section("What the band holds", table_of(findings.coverage)),
        _section("What do agents buy? Baselines on the same board", table_of(findings.baselines)),
        _section("What each mechanism does", findings.ablation),
        _section("A famine outside this history", findings.great_leap),
        _section("What the record pins down", tables(findings.posterior)),
        _section(
            "Sensitivity",
            "\n\n".join(filter(None, (tables(findings.sensitivity), pictures_of(findings.sensitivity_charts, folder)))),
        ),
        *(_section(title, text) for title, text in findings.more.items()),
        demoted(findings.cannot_say) if findings.cannot_say else _section("What this model cannot say", ""),
    ]
    return "\n\n".join(parts).rstrip() + "\n"


def _section(title: str, text: str) -> str:
    return f"## {title}\n\n{text.strip() or LEFT_OUT}"


def _opening(findings: Findings) -> str:
    """Say in the first lines how many patterns hit, on which rows, and how the runs were made."""
    how = "; ".join(f"{name}: {value}" for name, value in findings.how.items())
    if not findings.board:
        return f"{how}."
    hits = sum(row.hit for row in findings.board)
    counts = []
    for role in dict.fromkeys(row.role for row in findings.board):
        rows = [row for row in findings.board if row.role == role]
        counts.append(f"{role}: {sum(row.hit for row in rows)} of {len(rows)}")
    return (
        f"**{hits} of {len(findings.board)} patterns lie inside their targets** ({', '.join(counts)}; the role says "
        f"which rows of the record a pattern reads, see `model/history/data/roles.csv`).\n\n{how}."
    )


def _board(rows: Sequence[Row]) -> str:
    """Return the board; a hit and a miss are words, since colour does not print."""
    if not rows:
        return ""
    heads = ("#", "pattern", "target", "median", "90 % of runs", "", "reads", "note")
    cells = [
        (
            row.number, row.pattern, row.target, f"{told(row.median)} {row.unit}".strip(),
            f"{told(row.low)} to {told(row.high)}", "hit" if row.hit else "**miss**", row.role, row.note,
        )
        for row in rows
    ]  # fmt: skip
    return table_of(Table("", heads, cells))


def _misses(rows: Sequence[Row]) -> str:
    """List the misses with their notes; a miss is told as a miss, never bent into a hit."""
    missed = [row for row in rows if not row.hit]
    if not missed:
        return "None of the patterns misses." if rows else ""
    return "\n".join(
        f"- **{row.number}. {row.pattern}**: {f'{told(row.median)} {row.unit}'.strip()} against {row.target}. "
        f"{row.note or 'The reason is not known.'}"
        for row in missed
    )


def ablation_of(page: str) -> str:
    """Return the table of ablations from the text of docs/model.md; nothing where the marks are not there."""
    if BEGIN not in page or END not in page:
        return ""
    tables = page.partition(BEGIN)[2].partition(END)[0]
    first = tables.partition("\n\n| without | the literature")[0].strip()
    return f"{first}\n\nHow each change compares with the literature stands in section 10 of [model.md](model.md)."
