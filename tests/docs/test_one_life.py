"""The page of one life is what the command tells today, with the calibration of today, and it promises no more."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from typer.testing import CliRunner

from model.cli.commands import app
from tests.docs import one_life

TEXT = one_life.PAGE.read_text(encoding="utf-8")
LINES = one_life.lines_of(TEXT)


def test_the_page_was_lived_with_the_orders_and_constants_of_today() -> None:
    found = one_life.MARK.search(TEXT)
    assert found
    assert found[1] == one_life.mark(), f"orders or constants have changed since: run {one_life.RENEW}"


def test_the_page_says_nothing_that_the_account_on_it_does_not() -> None:
    assert one_life.page(LINES) == TEXT, f"the page was edited by hand: run {one_life.RENEW}"
    readme = one_life.README.read_text(encoding="utf-8")
    assert one_life.within(readme, one_life.short_account(LINES)) == readme, f"README is stale: run {one_life.RENEW}"
    assert one_life.CHART.read_bytes().startswith(b"\x89PNG")


def test_the_family_of_the_page_lost_somebody_to_hunger_and_fares_otherwise_in_another_world() -> None:
    assert LINES[0].startswith("Household ")
    assert "Ukraine, steppe, middle by the census of 1927" in LINES[0]
    historical = LINES[LINES.index("As it was") : LINES.index("The NEP continues")]
    assert any("of the family died of hunger" in line for line in historical)
    assert any(line.startswith(("How it ended.", "Died of hunger.")) for line in LINES)
    assert len([line for line in LINES if line.startswith("Year to June ")]) >= 12


def test_the_command_of_the_page_is_understood_and_writes_what_it_names(tmp_path: Path) -> None:
    """A small country, and any fate: that somebody starves in it by 1930 cannot be promised."""
    (command,) = re.findall(r"\$ (collectivisation life .*)", TEXT)
    words = shlex.split(command)[1:]
    words[words.index("starved")] = "typical"
    answer = CliRunner().invoke(
        app, [*words, "--households", "900", "--until", "1928-12", "--out", str(tmp_path / "life")]
    )
    assert answer.exit_code == 0, answer.output
    for name in re.findall(r"`(life\.\w+)`", TEXT):
        assert (tmp_path / "life" / name).is_file()


def test_a_readme_without_the_marks_stays_as_it_is() -> None:
    assert one_life.within("# A house\n", "short") == "# A house\n"
    marked = f"above\n{one_life.BEGIN}\nold\n{one_life.END}\nbelow\n"
    assert one_life.within(marked, "new") == f"above\n{one_life.BEGIN}\nnew\n{one_life.END}\nbelow\n"


def test_pages_that_it_points_to_are_there() -> None:
    for name in re.findall(r"\]\((\S+?)\)", TEXT):
        assert (one_life.PAGE.parent / name).is_file(), name
