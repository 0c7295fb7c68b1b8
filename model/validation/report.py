"""The page docs/validation.md, written from what was measured: the board first, what is contested last.

Every part is plain data handed in by whoever measured it. A part that was not made is named as missing in one sentence,
so that the page never shows less than it seems to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from model.validation.board import BoardRow, Mark, hits
from model.validation.markdown import Picture, Table, demoted, pictures_of, table_of, tables, told

HEAD = "<!-- Written by `collectivisation validate --write`; do not edit. -->"
LEFT_OUT = "Not made in the run that wrote this page."
BEGIN, END = "<!-- ablation -->", "<!-- end of ablation -->"


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
    board: Sequence[BoardRow] = ()
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


SEEN = (
    "*Only tested* means that no likelihood has read these rows. It is no blind test: the people who wrote the "
    "mechanisms, dated the orders and judged the priors had seen the whole board ([calibration](calibration.md))."
)
READS = {"calibration": "fitted", "validation": "only tested", "both": "both"}
"""What the rows of the record behind a pattern were used for, in words."""


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
    counts = []
    for role in dict.fromkeys(row.role for row in findings.board):
        rows = [row for row in findings.board if row.role == role]
        counts.append(f"{READS[role]}: {sum(row.hit for row in rows)} of {len(rows)}")
    return (
        f"**{hits(findings.board)} of {len(findings.board)} patterns lie inside their targets** ({', '.join(counts)}; "
        f"which rows of the record may be fitted to stands in `model/history/data/roles.csv`). {SEEN}\n\n{how}."
    )


def _board(rows: Sequence[BoardRow]) -> str:
    """Return the board, a line for each check; a hit and a miss are words, since colour does not print."""
    heads = ("#", "pattern", "check", "target", "median", "90 % of runs", "fitted rows", "tested rows", "", "reads")
    cells = [
        (
            str(row.number) if place == 0 else "", row.pattern if place == 0 else "", mark.text, mark.target,
            _with_unit(mark.median, mark), f"{told(mark.low)} to {told(mark.high)}", told(mark.calibration),
            told(mark.validation), "hit" if mark.hit else "**miss**", READS[row.role] if place == 0 else "",
        )
        for row in rows
        for place, mark in enumerate(row.marks)
    ]  # fmt: skip
    return table_of(Table(ABOUT_THE_BOARD, heads, cells))


ABOUT_THE_BOARD = (
    "A pattern is a hit if every check of it is. *Median* is the number of the median run. *Fitted rows* and *tested "
    "rows* give the same error on the two kinds of rows apart, where a check is an error against a series."
)


def _with_unit(value: float, mark: Mark) -> str:
    unit = "" if mark.unit in {"ratio", "month"} else mark.unit
    return f"{told(value)} {unit}".strip()


def _misses(rows: Sequence[BoardRow]) -> str:
    """List the misses with their notes; a miss is told as a miss, never bent into a hit."""
    missed = [row for row in rows if not row.hit]
    if not missed:
        return "None of the patterns misses." if rows else ""
    lines = []
    for row in missed:
        checks = "; ".join(
            f"{mark.text} {_with_unit(mark.median, mark)} (target {mark.target})" for mark in row.marks if not mark.hit
        )
        lines.append(f"- **{row.number}. {row.pattern}**: {checks}. {row.note or 'The reason is not known.'}")
    return "\n".join(lines)


def ablation_of(page: str) -> str:
    """Return the table of ablations from the text of docs/model.md; nothing where the marks are not there."""
    if BEGIN not in page or END not in page:
        return ""
    tables = page.partition(BEGIN)[2].partition(END)[0]
    first = tables.partition("\n\n| without | the literature")[0].strip()
    return f"{first}\n\nHow each change compares with the literature stands in section 10 of [model.md](model.md)."
