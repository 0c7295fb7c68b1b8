"""What is said when a scenario is wrong: where, what, what is allowed, what to do; one sentence for each mistake."""

from __future__ import annotations

import os
import pickle
import string
from collections.abc import Callable
from pathlib import Path

import pytest

from model.policy.errors import ScenarioError
from model.policy.scenario import Scenario

Told = Callable[[str], tuple[str, ...]]


def _refusal(name: str | Path) -> str:
    with pytest.raises(ScenarioError) as refused:
        Scenario.load(name)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "[procurment.rate]\n1931-07 = 0.2",
            "x.toml, procurment: there is no such section or key; did you mean procurement?",
        ),
        (
            "[procurement.rates]\n1931-07 = 0.2",
            "x.toml, procurement.rates: there is no such lever; did you mean rate?",
        ),
        (
            "[procurement.rate]\n1931-07 = { values = 0.2, value = 0.2 }",
            "x.toml, procurement.rate, 1931-07.values: there is no such key; did you mean value?",
        ),
        (
            "[behaviour]\nnot_a_constant_at_all_zzz = 1",
            "x.toml, behaviour.not_a_constant_at_all_zzz: there is no such behavioural constant; ",
        ),
        ("[mechanisms]\nsearc = false", "x.toml, mechanisms.searc: there is no such mechanism; did you mean search?"),
        ("[mechanisms]\nsearch = 0", "x.toml, mechanisms.search: 0 is neither true nor false."),
        (
            "[weather]\nmode = 'averages'",
            'x.toml, weather.mode: "averages" is not a kind of weather; did you mean average?',
        ),
        ("titles = 'A'", "x.toml, titles: there is no such section or key; did you mean title?"),
        ("title = 3", "x.toml, title: 3 is not a text in quotes."),
        ("expect = 'less'", 'x.toml, expect: "less" is not a list of sentences in brackets.'),
        ("procurement = 0.2", "x.toml, procurement: 0.2 stands where a table of levers belongs."),
    ],
)
def test_a_key_that_nobody_knows_is_refused_with_the_nearest_right_one(told: Told, text: str, sentence: str) -> None:
    (problem,) = told(text)
    assert problem.startswith(sentence)


@pytest.mark.parametrize(
    ("lever", "value", "sentence"),
    [
        ("procurement.rate", "20", "20 is not a share (0 to 1). If per cent was meant, write 0.20."),
        ("procurement.rate", "2.5", "2.5 is not a share (0 to 1). If per cent was meant, write 0.025."),
        ("procurement.rate", "-0.1", "-0.1 is not a share (0 to 1)."),
        ("procurement.rate", "nan", "nan is not a share (0 to 1)."),
        ("procurement.rate", "inf", "inf is not a share (0 to 1)."),
        ("procurement.rate", "'much'", '"much" is not a number.'),
        ("procurement.rate", "true", "true is not a number."),
        ("procurement.rate", "[0.1]", "a list is not a number."),
        ("procurement.rate", "{ why = 'no value' }", "the value is missing; write { value = ..., why = ... }."),
        ("towns.ration", "20", "20 is not an amount in kg a head and year (50 to 300)."),
        ("procurement.price_ratio", "80", "80 is not a ratio (0.05 to 2). If per cent was meant, write 0.80."),
        ("trade.grain_exports", "5000", "5000 is not an amount in Mt a year (0 to 30)."),
    ],
)
def test_a_number_that_its_unit_cannot_have_is_refused(told: Told, lever: str, value: str, sentence: str) -> None:
    """20 for 0.20 is the mistake that everybody makes once."""
    assert told(f"[{lever}]\n1931-07 = {value}") == (f"x.toml, {lever}, 1931-07: {sentence}",)


def test_a_single_number_out_of_range_is_refused_too(told: Told) -> None:
    (problem,) = told("[procurement]\nrate = 20")
    assert problem.endswith("20 is not a share (0 to 1). If per cent was meant, write 0.20.")


@pytest.mark.parametrize("month", ["1927-06", "1940-01", "1917-11"])
def test_a_month_outside_the_story_is_refused(told: Told, month: str) -> None:
    assert told(f"[procurement.rate]\n{month} = 0.2") == (
        f"x.toml, procurement.rate: {month} lies outside the story, which goes from July 1927 to December 1939.",
    )


@pytest.mark.parametrize("month", ["1931", "1931-7", "1931-13", "1931-07-01", "July"])
def test_what_is_no_month_is_refused(told: Told, month: str) -> None:
    assert told(f"[procurement.rate]\n{month} = 0.2") == (
        f"x.toml, procurement.rate: {month} is not a month; write year and month as in 1932-11.",
    )


def test_an_end_before_the_start_is_refused(told: Told) -> None:
    assert told("start = '1930-01'\nend = '1929-01'") == ("x.toml, end: 1929-01 lies before the start, 1930-01.",)


def test_an_unknown_region_is_refused_with_the_nearest_name(told: Told) -> None:
    assert told("[procurement.search.by_region.kazachstan]\n1931-07 = 0.2") == (
        "x.toml, procurement.search.by_region.kazachstan: there is no such region; did you mean kazakhstan?",
    )


def test_a_national_lever_has_no_regions(told: Told) -> None:
    assert told("[procurement.rate.by_region.ukraine]\n1931-07 = 0.2") == (
        "x.toml, procurement.rate.by_region: this lever is one number for the whole country, without regions.",
    )


def test_all_mistakes_of_a_file_are_told_at_once(told: Told) -> None:
    problems = told("titles = 'A'\n[procurement.rate]\n1931-07 = 20\n1941-07 = 0.2")
    assert len(problems) == 3
    assert all(problem.startswith("x.toml") and "\n" not in problem for problem in problems)


def test_a_circle_of_extends_is_spelled_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, parent in (("a", "b"), ("b", "c"), ("c", "a")):
        Path(f"{name}.toml").write_text(f"extends = '{parent}'", encoding="utf-8")
    assert _refusal("a.toml") == (
        "a.toml, extends: a circle (a extends b extends c extends a); one of them must stand on its own."
    )


def test_a_scenario_that_extends_itself_is_refused(told: Told) -> None:
    assert "a circle (x extends x)" in told("extends = 'x'")[0]


def test_an_unknown_scenario_is_refused_with_the_nearest_name() -> None:
    assert _refusal("histrical") == "there is no scenario called 'histrical'; did you mean historical?"
    assert "there are: " in _refusal("zzz")


def test_a_missing_parent_is_told_with_those_that_exist(told: Told) -> None:
    (problem,) = told("extends = 'nobody_knows_it'")
    assert problem.startswith("x.toml, extends: there is no scenario called 'nobody_knows_it'; there are: ")
    assert "historical" in problem


def test_broken_toml_is_told_with_line_and_column(told: Told) -> None:
    (problem,) = told("title = 'A'\nquestion 'B'")
    assert problem.startswith("x.toml, line 2, column 10: this is not TOML (")
    assert "line 2" in told("title = 'A'\ntitle = 'B'\nend = '1930-01'")[0]
    assert "x.toml" in told("title = 'A")[0]


def test_a_file_that_cannot_be_read_is_told_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder.toml").mkdir()
    Path("latin.toml").write_bytes("title = 'Überschuss'".encode("latin-1"))
    assert _refusal("missing.toml") == "missing.toml: there is no such file."
    assert _refusal("folder.toml") == "folder.toml: this is a folder; name a TOML file in it."
    assert _refusal("latin.toml") == "latin.toml: this is not UTF-8 text (byte 10)."
    assert "cannot be read" in _refusal("a" * 300 + ".toml")
    assert "cannot be read" in _refusal("a\0.toml")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told_in_one_sentence(tmp_path: Path) -> None:
    place = tmp_path / "closed.toml"
    place.write_text("title = 'A'", encoding="utf-8")
    place.chmod(0)
    assert "cannot be read" in _refusal(place)


@pytest.mark.parametrize("name", ["", " ", ".", "..", "historical/", "/", "~", "historical\n", "ﬁ"])
def test_no_name_whatever_leads_to_anything_but_one_sentence(name: str) -> None:
    assert len(_refusal(name).splitlines()) == 1


def test_random_text_is_refused_and_never_breaks_the_reader(told: Told) -> None:
    for text in (string.punctuation, "[[procurement]]", "[procurement.rate]\n'' = 1", "by_region = 1", "extends = '.'"):
        assert told(text)


def test_changes_say_whose_they_are() -> None:
    with pytest.raises(ScenarioError, match=r"historical, changed, procurement.rate, 1931-07: 20 is not a share"):
        Scenario.load("historical").with_changes({"procurement": {"rate": {"1931-07": 20}}})


def test_a_refusal_travels_between_processes() -> None:
    refused = pickle.loads(pickle.dumps(ScenarioError("one.", "two.")))
    assert refused.problems == ("one.", "two.")
    assert str(refused) == "one.\ntwo."
