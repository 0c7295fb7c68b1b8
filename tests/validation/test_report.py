"""The page docs/validation.md: nothing measured is lost, nothing missing is hidden, nothing contested is settled."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from model.cli import validation_page
from model.figures import CHARTS_OF_THE_FIT
from model.validation.board import BoardRow, Mark
from model.validation.markdown import Picture, Table, demoted
from model.validation.report import LEFT_OUT, SHOWS, Findings, ablation_of, pictures_in, render, write

ROOT = Path(__file__).resolve().parents[2]


def _mark(text: str, low: float, high: float, value: float, *, hit: bool) -> Mark:
    return Mark(text, "million", low, high, value, 0.9 * value, 1.1 * value, hit, float("nan"), 0.5)


HIT = BoardRow(6, "Excess deaths 1930-34", "both", (_mark("all", 5.5, 8.7, 6.1, hit=True),))
PLACES = (_mark("Ukraine", 2.6, 3.95, 1.51, hit=False), _mark("Volga", 0.3, 0.8, 0.5, hit=True))
MISS = BoardRow(8, "Place of the deaths", "validation", PLACES, "A search ends itself.")


def test_the_board_comes_first_and_counts_hits_by_what_may_be_fitted(tmp_path: Path) -> None:
    page = render(Findings({"seeds": "20"}, board=[HIT, MISS]), tmp_path)
    assert page.startswith("<!-- Written by")
    assert "**1 of 2 patterns lie inside their targets** (both: 1 of 1, only tested: 0 of 1" in page
    line = (
        "| 6 | Excess deaths 1930-34 | all | 5.5 to 8.7 million | 6.1 million | 5.49 to 6.71 | - | 0.5 | hit | both |"
    )
    assert line in page
    assert "|  |  | Volga | 0.3 to 0.8 million | 0.5 million" in page, "every check has its line"


def test_a_miss_is_told_as_a_miss_with_its_reason(tmp_path: Path) -> None:
    """Never bent into a hit; and where nobody knows why, that is what it says."""
    page = render(Findings({}, board=[HIT, MISS, replace(MISS, number=9, note="")]), tmp_path)
    assert "**miss**" in page
    assert "- **8. Place of the deaths**: Ukraine 1.51 million (target 2.6 to 3.95 million). A search ends" in page
    assert "The reason is not known." in page
    assert "- **6." not in page


def test_what_was_not_made_is_named_as_missing(tmp_path: Path) -> None:
    """A reader of an empty page learns what it lacks, heading by heading."""
    page = render(Findings({"seeds": "1"}), tmp_path)
    headings = re.findall(r"^## (.*)$", page, re.MULTILINE)
    assert len(headings) == 10
    assert page.count(LEFT_OUT) == 10
    full = render(Findings({}, board=[HIT], coverage=Table("c", ["series", "inside"], [["Horses", 3]])), tmp_path)
    assert full.count(LEFT_OUT) == 7
    assert "None of the patterns misses." in full


def test_numbers_stand_to_the_right_and_bars_do_not_break_a_table(tmp_path: Path) -> None:
    table = Table("Baselines.", ["baseline", "hits", "error, %"], [["a | b", 9, 12.345], ["shuffled", 3, float("nan")]])
    page = render(Findings({}, baselines=table), tmp_path)
    assert "| --- | ---: | ---: |" in page
    assert "| a \\| b | 9 | 12.3 |" in page
    assert "| shuffled | 3 | - |" in page


def test_pictures_are_linked_from_where_the_page_lies(tmp_path: Path) -> None:
    chart = tmp_path / "docs" / "validation" / "fit_series.svg"
    chart.parent.mkdir(parents=True)
    chart.write_text("<svg/>", encoding="utf-8")
    absent = Picture(tmp_path / "coverage.svg", "What the band holds.")
    page = write(Findings({}, charts=[Picture(chart, "Every series."), absent]), tmp_path / "docs" / "validation.md")
    text = page.read_text(encoding="utf-8")
    assert "![Every series.](validation/fit_series.svg)" in text
    assert "*coverage.svg* is missing" in text
    assert str(tmp_path) not in text, "no path of the machine that wrote it"


def test_a_frame_becomes_a_table_and_known_charts_have_words(tmp_path: Path) -> None:
    """What helpers measure comes as frames; what they draw must be readable without eyes."""
    frame = pd.DataFrame({"S1": [0.512, 0.1], "runs": [64, 64]}, index=pd.Index(["advance", "panic"], name="constant"))
    page = render(Findings({}, sensitivity=[Table.of(frame, "Sobol.")], charts=pictures_in(tmp_path)), tmp_path)
    assert "| constant | S1 | runs |" in page
    assert "| advance | 0.512 | 64 |" in page
    assert set(SHOWS) == set(CHARTS_OF_THE_FIT)
    assert page.count("is missing: ") == 3


def test_a_page_that_cannot_be_written_leaves_the_earlier_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = write(Findings({"seeds": "1"}), tmp_path / "validation.md")
    before = page.read_text(encoding="utf-8")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space"):
        write(Findings({"seeds": "2"}), page)
    assert page.read_text(encoding="utf-8") == before
    assert list(tmp_path.iterdir()) == [page]


def test_the_ablations_of_the_model_page_are_found() -> None:
    text = ablation_of((ROOT / "docs" / "model.md").read_text(encoding="utf-8"))
    assert "| without | excess deaths" in text
    assert "the literature | source" not in text
    assert ablation_of("no marks here") == ""


def test_the_page_of_limits_becomes_a_chapter(tmp_path: Path) -> None:
    limits = (ROOT / "docs" / "cannot_say.md").read_text(encoding="utf-8")
    page = render(Findings({}, cannot_say=limits), tmp_path)
    assert "\n## What this model cannot say\n" in page
    assert "\n### 1. Weather or policy\n" in page
    assert not re.search(r"^# What", page, re.MULTILINE)
    assert demoted("text # no heading") == "text # no heading"


def test_the_page_tells_the_foremost_constants_and_keeps_the_whole_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A screening of 248 constants is no reading; none of its lines is lost either."""
    study = tmp_path / "study"
    study.mkdir()
    lines = [
        {"outcome": outcome, "constant": f"constant_{rank}", "mean_size": 1.0 / rank, "rank": rank}
        for outcome in ("deaths", "harvest")
        for rank in range(1, 41)
    ]
    pd.DataFrame(lines).to_csv(study / "morris.csv", index=False)
    monkeypatch.setattr(validation_page, "SENSITIVITY", study)
    (table,) = validation_page._sensitivity(tmp_path / "docs" / "validation")
    assert len(table.cells) == 2 * validation_page.FOREMOST
    assert {row[1] for row in table.cells} == {f"constant_{rank}" for rank in range(1, validation_page.FOREMOST + 1)}
    assert "[all 80 lines](validation/morris.csv)" in table.caption
    assert len(pd.read_csv(tmp_path / "docs" / "validation" / "morris.csv")) == 80
