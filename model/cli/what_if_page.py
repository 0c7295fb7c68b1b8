"""docs/what_if.md: the page is put together from what lies in results/reference/, and from nothing else."""

from __future__ import annotations

import json
import os
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from model.comparison.paired import Told
    from model.comparison.sayings import Saying

RENEW = "collectivisation reference --write docs/what_if.md"
HOW_JUDGED = """A claim is read as a range of one number that the model has (`model/comparison/sayings.py`). The
verdict is computed: *agrees* when 90 % of the runs lie within the range, *disagrees* when 90 % lie without, *undecided*
when luck decides. Agreement is no proof, for a model can be right for the wrong reason; and that no figure is known to
us does not mean that there is none. Keys lead to [sources.md](sources.md); *recalled* rests on knowledge of the work
alone, or of one of the works."""
HOW_SHARED = """Shapley's value of each policy: what it adds, averaged over every order in which the policies could have
come ({}; in brackets between what 90 % of the seeds lie). *Removed alone* is what goes when one policy alone is taken
from what was. Claims that give a number are judged as above, by the share in per cent of what was."""


def write_page(page: Path, kept: Path) -> Path:
    """Write the page from a folder of reference results."""
    from model.calibration.files import write_all

    return write_all({page: text_of(page, kept)})[0]


def text_of(page: Path, kept: Path) -> str:
    """Return the page as it stands in its folder."""
    import pandas as pd

    about = json.loads((kept / "reference.json").read_text(encoding="utf-8"))
    runs, shares = pd.read_csv(kept / "runs.csv"), pd.read_csv(kept / "attribution.csv")
    link = Path(os.path.relpath(kept.resolve(), page.parent.resolve())).as_posix()
    return "\n\n".join([
        f"<!-- Written by `{RENEW}`; nothing here is edited by hand. -->",
        _opening(about, link),
        "## All scenarios\n\n" + _scenarios(about, runs),
        "## Beside the literature\n\n" + _literature(about, runs),
        "## Whose share was it\n\n" + _shares(about, shares, link),
    ]) + "\n"  # fmt: skip


def _opening(about: Mapping[str, Any], link: str) -> str:
    return "\n\n".join([
        "# What if: the library beside what was",
        _paragraph(
            f"Every scenario of the library was lived with {about['seeds']} seed{'s' * (about['seeds'] > 1)} and "
            f"{about['households']:,} households under version {about['version']}, the same seeds in all of them. A "
            "household has the same luck in every scenario, so differences are taken seed by seed: what is told is the "
            "mean, in brackets between what 90 % of the pairs lie. That is the model's own chance; errors of its "
            "constants and of its form are not in it."
        ),
        _paragraph(
            "These numbers say what follows from the rules of the model. What each scenario changes, what it holds "
            "fixed and what to notice stands in its file in `scenarios/`; how differences and shares are reckoned, and "
            "what they are not, in [what_did_it_do.md](what_did_it_do.md); what cannot be said at all in "
            "[cannot_say.md](cannot_say.md)."
        ),
        _paragraph(
            f"`{RENEW}` makes this page, its charts and its tables anew, from [{link}]({link}), where the years of "
            "every scenario and the outcomes of every run are kept; the tests live some of the runs again."
        ),
        f"![Differences of all scenarios to what was in six outcomes, dots with ranges]({link}/overview.png)",
    ])  # fmt: skip


def _paragraph(text: str) -> str:
    return textwrap.fill(text, 120, break_long_words=False, break_on_hyphens=False)


def _in_order(about: Mapping[str, Any]) -> dict[str, str]:
    """Return the titles of the scenarios by name, what was first, related questions beside each other."""
    from model.figures.looks import LOOKS

    places = {name: place for place, name in enumerate(LOOKS)}
    names = sorted(about["scenarios"], key=lambda name: places.get(name, len(places)))
    return {name: about["scenarios"][name]["title"] for name in names}


def _scenarios(about: Mapping[str, Any], runs: pd.DataFrame) -> str:
    """Tell the foremost outcomes of all scenarios: levels of what was, differences of the others."""
    from model.comparison.library import BASELINE, FOREMOST, TOLD, pair
    from model.comparison.paired import Told
    from model.validation.markdown import Table, table_of

    shown = [one for name in FOREMOST for one in TOLD if one.name == name and name in runs]
    cells = []
    for name, title in _in_order(about).items():
        pairs = [pair(runs, name, one.name) for one in shown]
        if name == BASELINE:
            texts = [_ranged(Told.of(one.baseline)) for one in pairs]
        else:
            texts = [_ranged(one.difference, signed=True) for one in pairs]
        cells.append([f"{title} (`{name}`)", *texts])
    heads = ["", *(f"{one.label}, {one.unit}" for one in shown)]
    return table_of(Table("The first line holds levels, all others differences to it.", heads, cells))


def _literature(about: Mapping[str, Any], runs: pd.DataFrame) -> str:
    """Tell for each scenario what is claimed, by whom, and whether the runs agree."""
    from model.comparison.sayings import NO_FIGURE, SAYINGS, verdict
    from model.validation.markdown import Table, table_of

    cells = []
    for name, title in _in_order(about).items():
        sayings = [one for one in SAYINGS if one.scenario == name]
        for one in sayings:
            found = verdict(one, runs)
            source = f"{one.source}, *recalled*" if one.recalled else one.source
            cells.append([title, one.text, source, one.reading, _number(one, found.told), found.word])
        if not sayings:
            cells.append([title, "", "", "", "", NO_FIGURE])
    heads = ["scenario", "claim", "who", "read here as", "the model", "verdict"]
    return _paragraph(HOW_JUDGED) + "\n\n" + table_of(Table("", heads, cells))


def _number(saying: Saying, told: Told | None) -> str:
    """Write the number that a claim asks for, with its unit."""
    from model.comparison.library import TOLD

    if told is None:
        return ""
    outcome = next(one for one in TOLD if one.name == saying.outcome)
    unit = "%" if saying.measure == "per cent" else outcome.unit
    return f"{outcome.label}: {_ranged(told, signed=saying.measure != 'level')} {unit}"


def _shares(about: Mapping[str, Any], shares: pd.DataFrame, link: str) -> str:
    """Tell the shares of the policies in every outcome, with the claims on them below."""
    from model.comparison.claims import CLAIMS

    sharing = about["sharing"]
    many = len(sharing["instead"])
    lived = f"{2**many} sets of {many} policies, {sharing['seeds']} seeds"
    opening = _paragraph(HOW_SHARED.format(f"{lived}, {sharing['households']:,} households"))
    parts = [opening, f"![Shares of the policies in five outcomes, claims beside them]({link}/attribution_shares.png)"]
    for outcome, rows in shares[shares["luck"] == "seeds"].groupby("outcome", sort=False):
        parts.append(_shared_out(rows))
        lines = [_claim(one, rows) for one in CLAIMS if one.outcome == outcome]
        parts += ["\n".join(lines)] if lines else []
    instead = "\n".join(f"- **{title}**: {text}" for title, text in sharing["instead"].items())
    return "\n\n".join([*parts, "What would have been ordered instead of each:\n\n" + instead])


def _shared_out(rows: pd.DataFrame) -> str:
    """Return the table of one outcome."""
    from model.comparison.paired import Told
    from model.figures.words import number
    from model.validation.markdown import Table, table_of

    whole = rows[rows["policy"] == "all"].iloc[0]
    cells = []
    for row in rows.to_dict("records"):
        share = Told(row["share"], row["share_low"], row["share_high"])
        part = row["share_of_all"]
        cells.append([
            row["title"], _ranged(share, signed=True), f"{number(part, 0)} %" if part == part else "",  # noqa: PLR0124  # nan
            _signed(row["removed_alone"]),
        ])  # fmt: skip
    return f"### {whole['label']}\n\n" + table_of(Table(
        f"{number(whole['with_all'])} with all policies, {number(whole['with_none'])} with none ({whole['unit']}).",
        ["policy", f"share ({whole['unit']})", "of all", f"removed alone ({whole['unit']})"], cells,
    ))  # fmt: skip


def _claim(claim: Any, rows: pd.DataFrame) -> str:
    """Return one claim, with a verdict where it gives a number, and what differs in question."""
    from model.comparison.paired import Told
    from model.comparison.sayings import word_for
    from model.figures.words import number

    row = rows[rows["policy"] == claim.policy].iloc[0]
    said = ""
    if claim.claimed is not None and row["with_all"]:
        told = Told(*(100.0 * float(row[name] / row["with_all"]) for name in ("share", "share_low", "share_high")))
        said = f"Here the share is {number(told.mean, 0)} % of what was: **{word_for(told, claim.claimed)}**. "
    return f"- {claim.source} on {row['title'].lower()}: {claim.text} {said}In question: {claim.difference}"


def _ranged(told: Told, *, signed: bool = False) -> str:
    """Write a mean and the range of the runs."""
    from model.figures.words import number

    write = _signed if signed else number
    return f"{write(told.mean)} ({write(told.low)} to {write(told.high)})"


def _signed(value: float) -> str:
    """Write a number with its sign; what is nought as written has none.

    >>> _signed(2.46), _signed(-0.001)
    ('+2.5', '0.00')
    """
    from model.figures.words import number

    text = number(value)
    return f"+{text}" if value > 0 and text.strip("0.") else text
