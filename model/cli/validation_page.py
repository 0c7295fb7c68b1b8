"""docs/validation.md: the page is put together from a trial, from what is shipped, and from what lies in results/."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.validation.markdown import Picture, Table

if TYPE_CHECKING:
    import pandas as pd

    from model.validation.trial import Trial

ROOT = Path(__file__).resolve().parents[2]
PICTURES = "validation"
SENSITIVITY = Path("results") / "sensitivity-historical"
FOREMOST = 12  # constants of each outcome that the page tells


def write_page(page: Path, trial: Trial, held: pd.DataFrame, out: Path, record: Mapping[str, Any]) -> Path:
    """Write the page; its pictures are copied into a folder of their own beside it."""
    from model.validation import report

    folder = page.parent / PICTURES
    charts = [
        Picture(_copied(out / "board.svg", folder), "The sixteen patterns, each number on the scale of its target."),
        *(Picture(_copied(one.file, folder), one.shows) for one in report.pictures_in(out)),
    ]
    findings = report.Findings(
        how=_how(record),
        board=trial.board,
        charts=charts,
        coverage=_coverage(held),
        baselines=_baselines(trial),
        ablation=_ablation(),
        great_leap=_great_leap(folder),
        posterior=_posterior(),
        sensitivity=_sensitivity(folder),
        sensitivity_charts=_sensitivity_charts(folder),
        cannot_say=_text(ROOT / "docs" / "cannot_say.md"),
    )
    return report.write(findings, page)


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _copied(file: Path, folder: Path) -> Path:
    """Copy a chart beside the page; one that was not drawn keeps its name, and the page says that it is missing."""
    if file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / file.name).write_bytes(file.read_bytes())
    return folder / file.name


def _how(record: Mapping[str, Any]) -> dict[str, str]:
    from model import __version__

    return {
        "scenario": str(record["scenario"]),
        "seeds": str(record["seeds"]),
        "households": f"{record['households']:,}",
        "sets of constants behind the bands of the charts": str(record["posterior_vectors"]),
        "version": __version__,
        "wall time": f"{record['wall_seconds']} s",
    }


def _coverage(held: pd.DataFrame) -> Table:
    heads = ("series", "figures", "in the band of the runs", "in that band widened by errors",
             "range meets the band")  # fmt: skip
    cells = [
        (str(name), int(row.figures), int(row.inside), int(row.predicted), int(row.touches))
        for name, row in held.iterrows()
    ]
    caption = (
        "Only figures with the role `validation`, which no likelihood has seen (the judgement behind the priors has). "
        "The second band adds the observation and discrepancy errors stated for the calibration (a region errs three "
        "times as far as the nation: assumption), all scaled by the one number that puts nine of ten calibration "
        "figures inside."
    )
    return Table(caption, heads, cells)


def _baselines(trial: Trial) -> Table | None:
    """Tell for each pattern whether the model and each simpler country hit it."""
    if not trial.baselines:
        return None
    from model.validation.baselines import BASELINES
    from model.validation.board import hits

    names = list(trial.baselines)
    cells: list[tuple[str, ...]] = [
        (f"{row.number}. {row.pattern}", *("hit" if rows[place].hit else _why(rows[place]) for rows in
         (trial.board, *trial.baselines.values())))
        for place, row in enumerate(trial.board)
    ]  # fmt: skip
    cells.append(("**hits**", *(str(hits(rows)) for rows in (trial.board, *trial.baselines.values()))))
    caption = " ".join(f"*{BASELINES[name].title}*: {BASELINES[name].text}" for name in names)
    return Table(caption, ("pattern", "this model", *(BASELINES[name].title for name in names)), cells)


def _why(row: Any) -> str:
    """Say whether a simpler country misses a pattern or cannot speak of it."""
    told = [mark for mark in row.marks if mark.median == mark.median]  # no number
    return "miss" if len(told) == len(row.marks) else "cannot say"


def _ablation() -> str:
    from model.validation.report import ablation_of

    return ablation_of(_text(ROOT / "docs" / "model.md"))


def _great_leap(folder: Path) -> str:
    """Live the stylised provinces; the section has a heading of its own, which the page already gave."""
    from dataclasses import replace

    from model.figures import save
    from model.figures.great_leap import Test, great_leap
    from model.validation import great_leap as test
    from model.validation.markdown import pictures_of

    runs = test.lived()
    china, published = replace(test.drawn(1), progressivity=test.CHINESE), test.PUBLISHED["famine less normal"]
    provinces = {
        case: (china.output.tolist(), (1000.0 * china.year(**how).deaths).tolist()) for case, how in test.CASES.items()
    }
    shown = Test(
        test.summary(runs), provinces, (published.value, published.sd), int(runs["draw"].nunique()), test.SOVIET
    )
    folder.mkdir(parents=True, exist_ok=True)
    save(great_leap(shown), folder / "great_leap", ("svg",))
    picture = Picture(folder / "great_leap.svg", "Deaths by food grown a head over stylised provinces.")
    text = test.markdown(runs).split("\n", 2)[2]
    return f"{text}\n{pictures_of([picture], folder.parent)}"


def _posterior() -> list[Table]:
    from model.calibration.shipped import PROVENANCE, provenance

    if not PROVENANCE.exists():
        return []
    found = provenance()
    constants = [
        (
            one["constant"], f"{one['prior_low']:.4g} to {one['prior_high']:.4g}", f"{one['declared']:.4g}",
            f"{one['centre']:.4g}", f"{one['p05']:.4g} to {one['p95']:.4g}", f"{100 * one['remaining']:.0f} %",
        )
        for one in sorted(found["constants"], key=lambda one: one["remaining"])
    ]  # fmt: skip
    series = [
        (one["series"], int(one["figures"]), round(one["declared"], 2), round(one["posterior"], 2),
         round(one["least"], 2), "" if one["met"] else "not met")
        for one in found["series"]
    ]  # fmt: skip
    ties = [(one["one"], one["other"], round(one["correlation"], 2)) for one in found["ties"]]
    told = (
        f"{found['vectors_kept']} of {found['vectors_lived']} vectors kept, worth {found['effective_vectors']:.0f} by "
        f"weight; {sum(found['runs'].values()):,} runs in {found['seconds'] / 60.0:.0f} minutes on "
        f"{found['processors']} processors."
    )
    return [
        Table(f"The posterior set. {told} Constants by how much of their prior remains.",
              ("constant", "plausible", "declared", "centre", "90 % of the posterior", "prior left"), constants),
        Table("Distance from the calibration rows in standard deviations of observation and model.",
              ("series", "figures", "declared", "posterior", "least of all runs", ""), series),
        Table("Constants that trade off within the posterior.", ("constant", "and", "correlation"), ties),
    ]  # fmt: skip


def _sensitivity(folder: Path) -> list[Table]:
    """Read the tables that `collectivisation sensitivity` left, if it was run here; the whole lies in a file."""
    import pandas as pd

    found = []
    for name, title in (
        ("morris.csv", "Screening (Morris): mean absolute effect of a constant over its plausible range"),
        ("sobol.csv", "Shares of the variance (Sobol), alone and in all, with 95 % confidence"),
    ):
        file = SENSITIVITY / name
        if not file.exists():
            continue
        frame = pd.read_csv(file)
        shown = frame.groupby("outcome", sort=False).head(FOREMOST)  # a study writes the foremost of an outcome first
        caption = title
        if len(shown) < len(frame):
            whole = _copied(file, folder)
            caption = (
                f"{title}; the {FOREMOST} foremost of each outcome, [all {len(frame):,} lines]({PICTURES}/{whole.name})"
            )
        found.append(Table.of(shown.set_index(frame.columns[0]).round(3), f"{caption}."))
    return found


def _sensitivity_charts(folder: Path) -> list[Picture]:
    shows = {
        "sensitivity_tornado": "How far each headline outcome moves as one constant goes through its plausible range.",
        "sensitivity_curves": "The same as curves, several seeds each.",
        "sensitivity_shares": "Shares of the variance with confidence intervals.",
    }
    return [
        Picture(_copied(SENSITIVITY / f"{name}.svg", folder), words)
        for name, words in shows.items()
        if (SENSITIVITY / f"{name}.svg").exists()
    ]
