"""Where scenario files are and how their text is read; every way in which that can fail, in one sentence."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.policy.errors import ScenarioError, nearest

ROOT = Path(__file__).resolve().parents[2]
"""The folder of the project, which holds `model/` and `scenarios/`."""


@dataclass(frozen=True, slots=True)
class Place:
    """A scenario file: its name, its path, and how errors call it."""

    name: str
    path: Path
    where: str


def folder() -> Path:
    """Return the folder of the named scenarios: the project's, or else the one where the user stands."""
    own = ROOT / "scenarios"
    return own if own.is_dir() else Path("scenarios")


def names() -> list[str]:
    """Return the names of the scenarios in `scenarios/`.

    >>> "historical" in names()
    True
    """
    return sorted(path.stem for path in folder().glob("*.toml"))


def find(name_or_path: str | Path, child: Place | None = None) -> Place:
    """Return the place of a scenario by name or path; a parent is looked for beside its `child` first."""
    text = str(name_or_path)
    asked = f"{child.where}, extends: " if child else ""
    if isinstance(name_or_path, Path) or text.endswith(".toml") or "/" in text or "\\" in text:
        path = Path(text)
        if child and not path.is_absolute():
            path = child.path.parent / path
        return Place(path.stem, _resolved(path, text), text)
    if child and (beside := child.path.parent / f"{text}.toml").is_file() and child.path.parent != folder():
        return Place(text, beside.resolve(), str(Path(child.where).parent / f"{text}.toml"))
    if text in names():
        return Place(text, (folder() / f"{text}.toml").resolve(), f"scenarios/{text}.toml")
    raise ScenarioError(f"{asked}there is no scenario called {text!r}; {nearest(text, names())}")


def _resolved(path: Path, text: str) -> Path:
    """Follow links to the file itself, so that a circle of `extends` is seen under any name."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError) as wrong:
        raise ScenarioError(f"{text!r}: the file cannot be read ({wrong}).") from None


def read_document(place: Place) -> dict[str, Any]:
    """Read and parse one file."""
    try:
        text = place.path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise ScenarioError(f"{place.where}: there is no such file.") from None
    except IsADirectoryError:
        raise ScenarioError(f"{place.where}: this is a folder; name a TOML file in it.") from None
    except UnicodeDecodeError as wrong:
        raise ScenarioError(f"{place.where}: this is not UTF-8 text (byte {wrong.start + 1}).") from None
    except (OSError, ValueError) as wrong:
        reason = getattr(wrong, "strerror", None) or str(wrong)
        raise ScenarioError(f"{place.where}: the file cannot be read ({reason}).") from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise ScenarioError(_broken(place.where, str(wrong))) from None


def _broken(where: str, message: str) -> str:
    """Put line and column of broken TOML in front.

    >>> _broken("x.toml", "Expected '=' after a key in a key/value pair (at line 3, column 7)")
    "x.toml, line 3, column 7: this is not TOML (expected '=' after a key in a key/value pair)."
    """
    found = re.search(r" \(at (line \d+, column \d+|end of document)\)$", message)
    spot = f", {found[1]}" if found else ""
    reason = message[: found.start()] if found else message
    return f"{where}{spot}: this is not TOML ({reason[:1].lower()}{reason[1:]})."
