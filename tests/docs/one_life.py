"""Writes docs/one_life.md: a family told under two policies by the command itself. `python -m tests.docs.one_life`.

The page carries a mark of the numbers that it was lived with: the orders of both scenarios and the constants of
behaviour. A new calibration changes the mark, and the test then asks for this command. Where README.md holds the two
lines BEGIN and END, the short account between them is renewed too.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import shutil
import sys
import tempfile
import textwrap
from pathlib import Path

from typer.testing import CliRunner

from model.cli.commands import app
from model.policy.scenario import Scenario

ROOT = Path(__file__).resolve().parents[2]
PAGE, CHART, README = ROOT / "docs" / "one_life.md", ROOT / "docs" / "one_life.png", ROOT / "README.md"
WORLDS = ("historical", "nep_continues")
COMMAND = f"collectivisation life {WORLDS[0]} --region ukraine_steppe --class middle --pick starved --under {WORLDS[1]}"
WIDTH, GOES_ON = 100, "    "  # letters of a line of the account, which a page does not wrap; how a line goes on
YEAR = 1933  # the agricultural year, named by its end, that the short account tells
RENEW = "python -m tests.docs.one_life"
BEGIN, END = "<!-- one life: begin -->", "<!-- one life: end -->"
MARK = re.compile(r"lived with ([0-9a-f]{12})")

TEXT = """<!-- Written by `{renew}`, lived with {mark}; do not edit. -->

# One life in two worlds

```console
$ {command}
```

This finds the first middle household of the Ukrainian steppe that lost a member to hunger, lives its country twice from
July 1927 with the same luck, and tells what the rules did to it. Births, weather and chance are the same in both worlds
until a decision of the State makes them differ; what differs afterwards is policy and what follows from it.

## In short

{short}

![The same family under two policies: people at home, grain, animals, need of food not met](one_life.png)

## How to read it

- **No person is meant.** A household of the model stands for thousands; it is composed from the censuses and lives by
  the rules of [model.md](model.md). Its story is one of many that the model allows, and this one was picked *because*
  hunger killed in it: it is not typical. `--pick typical` tells of the household nearest to the middle.
- **One seed.** With other luck the same household fares otherwise. What a policy did to the country is asked with
  `collectivisation compare`, over many seeds.
- **Nothing is added.** Each sentence comes from the household's columns at the end of a month. What they do not hold is
  not told: names, feelings, where somebody went. An adult who died of other causes and one who was arrested leave the
  same trace, so they are told together. Births and deaths that cancel out within a month are not seen.
- **Grain to the State** is what left the family's own barn, by sale, delivery or search; what its kolkhoz delivered is
  not counted. A labour-day (trudoden) is the unit in which kolkhozy paid.
- "Need" is the food that keeps such a family, by age, for a month. The world without collectivisation is an answer of
  the model to a question, with the limits named in [cannot_say.md](cannot_say.md), and no record.

## The whole account

Written to `life.txt`, beside the chart, the same as data (`life.json`) and the numbers of the chart (`life.csv`).

```text
{whole}
```
"""


def mark() -> str:
    """Name the numbers that both worlds are lived with: every lever's months and every constant."""
    known = hashlib.sha256()
    for name in WORLDS:
        scenario = Scenario.load(name)
        for key in sorted(scenario.tables):
            known.update(key.encode() + scenario.tables[key].tobytes())
        known.update(repr((scenario.behaviour, scenario.mechanisms, scenario.weather_mode, scenario.spread)).encode())
    return known.hexdigest()[:12]


def short_account(lines: list[str]) -> str:
    """Return who the family is and what differs between its lives, as Markdown, from the lines of `life.txt`."""
    differing = lines[lines.index("What differs") + 1 :]
    table = ["| | " + " | ".join(f"*{world}*" for world, _ in _cells(differing[0])[1]) + " |", "| --- | --- | --- |"]
    for line in differing:
        what, cells = _cells(line)
        table.append(f"| {what} | " + " | ".join(how for _, how in cells) + " |")
    first, second = (Scenario.load(name).title for name in WORLDS)
    parted = lines.index(second)
    years = [
        f"*{title}*. {told}\n"
        for title, told in ((first, _year(lines[:parted])), (second, _year(lines[parted:])))
        if told
    ]
    return "\n".join([f"{lines[0]} {lines[2]}", "", f"From July {YEAR - 1} to June {YEAR}:", "", *years, *table])


def _year(lines: list[str]) -> str:
    """Return what one world tells of the agricultural year that ends in YEAR; nothing if the family was gone."""
    ends = [place for place, line in enumerate(lines) if line.startswith(f"Year to June {YEAR}:")]
    begins = [place for place, line in enumerate(lines) if line.startswith(f"Year to June {YEAR - 1}:")]
    return " ".join(lines[begins[0] + 1 : ends[0] + 1]) if begins and ends else ""


def _cells(line: str) -> tuple[str, list[tuple[str, str]]]:
    """Take a line of differences apart: what, and for each world its title and how it was there."""
    what, worlds = line.removesuffix(".").split(". ", 1)
    first, second = (Scenario.load(name).title for name in WORLDS)
    one, other = worlds.removeprefix(f"{first}: ").split(f"; {second}: ")
    return what, [(first, one), (second, other)]


def page(lines: list[str]) -> str:
    """Return the page for the lines of `life.txt`."""
    whole = "\n".join(textwrap.fill(line, WIDTH, subsequent_indent=GOES_ON, break_on_hyphens=False) for line in lines)
    return TEXT.format(renew=RENEW, mark=mark(), command=COMMAND, short=short_account(lines), whole=whole.strip())


def lines_of(page: str) -> list[str]:
    """Return the lines of `life.txt` that stand on a page."""
    (told,) = re.findall(r"```text\n(.*?)\n```", page, re.DOTALL)
    return str(told).replace(f"\n{GOES_ON}", " ").splitlines()


def within(readme: str, short: str) -> str:
    """Put the short account between the marks of the README; one without marks stays as it is."""
    if BEGIN not in readme:
        return readme
    before, rest = readme.split(BEGIN)
    return f"{before}{BEGIN}\n{short}\n{END}{rest.split(END)[1]}"


def main() -> None:
    """Live both worlds and write the page, its chart and the lines of the README."""
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            answer = CliRunner().invoke(app, [*shlex.split(COMMAND)[1:], "--out", "life", "--quiet"])
        finally:
            os.chdir(here)
        if answer.exit_code != 0:
            raise SystemExit(answer.output)
        lines = (Path(folder) / "life" / "life.txt").read_text(encoding="utf-8").splitlines()
        shutil.copyfile(Path(folder) / "life" / "life.png", CHART)
    PAGE.write_text(page(lines), encoding="utf-8")
    README.write_text(within(README.read_text(encoding="utf-8"), short_account(lines)), encoding="utf-8")
    sys.stdout.write(f"{PAGE}, {CHART}\n\n{short_account(lines)}\n")


if __name__ == "__main__":
    main()
