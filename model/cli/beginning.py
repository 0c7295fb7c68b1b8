"""The command `new`: write a commented scenario file to begin with, and never over another."""

from __future__ import annotations

import os
from pathlib import Path

from model.cli.terminal import console


def write_new(name: str, *, parent: str, library: bool) -> None:
    """Write NAME.toml where the user stands, or into `scenarios/`; say what to do next."""
    from model.policy.errors import ScenarioError
    from model.policy.files import folder
    from model.policy.scenario import Scenario
    from model.policy.stack import SIGN, members
    from model.policy.template import checked_name, template

    checked_name(name)
    scenario = Scenario.load(parent)
    target = folder() if library else Path()
    file = target / f"{name}.toml"
    extends = SIGN.join(_seen_from(target, str(one)) for one in members(parent))
    text = template(name, scenario, extends, _seen_from(target, str(folder() / "schema.json")))
    try:
        with file.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except FileExistsError:
        raise ScenarioError(
            f"{file}: there is such a file already; it is left as it is. Choose another name."
        ) from None
    asked = name if library else str(file)
    console().print(
        f"{file} is written; it extends {scenario.name} and changes one lever, as an example.\n"
        f"Edit it, then: collectivisation check {asked}",
        markup=False,
        soft_wrap=True,
    )


def _seen_from(target: Path, text: str) -> str:
    """Write the path of a file as seen from the folder of the new one; a name of the library stays a name."""
    if not text.endswith((".toml", ".json")):
        return text
    try:
        return Path(os.path.relpath(text, target)).as_posix()
    except ValueError:  # on another drive
        return Path(text).resolve().as_posix()
