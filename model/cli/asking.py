"""The commands that only ask: `list`, `describe` and `check`."""

from __future__ import annotations

from model.cli.terminal import console
from model.cli.writing import print_json


def show_list(*, as_json: bool) -> None:
    """Print the scenarios with their titles and questions."""
    from model.policy.scenario import Scenario

    scenarios = [Scenario.load(name) for name in Scenario.names()]
    if as_json:
        plain = [{"name": one.name, "title": one.title, "question": one.question} for one in scenarios]
        print_json(plain)
        return
    from rich.table import Table

    out = Table(box=None, pad_edge=False, show_header=False)
    out.add_column(no_wrap=True, style="bold")
    out.add_column()
    for one in scenarios:
        out.add_row(one.name, one.question)
    console().print(out)


def show_description(name: str) -> None:
    """Print what a scenario changes, one sentence for each date, and its warnings."""
    from model.policy.describe import describe
    from model.policy.scenario import Scenario

    console().print(describe(Scenario.load(name)), markup=False)


def show_check(name: str) -> None:
    """Load a scenario; say that it is sound, or let its mistake reach the door."""
    from model.policy.scenario import Scenario

    scenario = Scenario.load(name)
    console().print(f"{name}: sound ({scenario.title}, {scenario.start} to {scenario.end}).", markup=False)
