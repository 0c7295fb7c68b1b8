"""One command for all that speed is: `python -m benchmarks`.

    python -m benchmarks --quick          two minutes
    python -m benchmarks                  ten minutes
    python -m benchmarks --full           with 25.6 million households and 1,000 runs, half an hour
    python -m benchmarks --full --write   and renew docs/benchmarks.json, docs/benchmarks.md, docs/cost.png and .svg

Everything is measured in one run, each thing in a process of its own, and the machine is written beside. Nothing else
should run meanwhile; the load before and after is kept.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks.measure import FULL, HOME, QUICK, USUAL, measure
from benchmarks.tables import page, show

DOCS = HOME / "docs"


def _tell(sentence: str) -> None:
    sys.stderr.write(f"{sentence} ...\n")


def main() -> None:
    """Measure, print, and write what is asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--quick", action="store_true", help="small countries only, two minutes")
    length.add_argument("--full", action="store_true", help="up to 25.6 million households, and 1,000 runs")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers to this file")
    parser.add_argument("--from", type=Path, metavar="FILE", dest="kept", help="measure nothing, read these numbers")
    parser.add_argument("--write", action="store_true", help="renew the page, the numbers and the chart in docs/")
    asked = parser.parse_args()
    plan = QUICK if asked.quick else FULL if asked.full else USUAL
    try:
        report = json.loads(asked.kept.read_text(encoding="utf-8")) if asked.kept else measure(plan, _tell)
        text = json.dumps(report, indent=1) + "\n"
        if asked.json:
            asked.json.write_text(text, encoding="utf-8")
        if asked.write:
            from benchmarks.chart import draw

            (DOCS / "benchmarks.json").write_text(text, encoding="utf-8")
            (DOCS / "benchmarks.md").write_text(page(report), encoding="utf-8")
            draw(report, DOCS)
    except (OSError, ValueError) as error:
        sys.exit(f"benchmarks: {error}")
    show(report)


if __name__ == "__main__":
    main()
