"""A country kept in a file on the morning of the first of a month, and woken from it: to go on, or to go another way.

A checkpoint is a zip of plain arrays (`numpy.load` opens it) with `checkpoint.json` in front: every column of
households and villages, all that the country remembers, and the readings of the months lived. Columns go out and come
in one after the other, so a country of 25.6 million households needs no second place in memory. No pickle.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from model.calendar import START, Month
from model.policy.scenario import Scenario
from model.results.provenance import commit, versions
from model.results.record import Record
from model.results.store import CannotWriteError, staged
from model.results.variables import VARIABLES

if TYPE_CHECKING:
    from model.country import Country

FORMAT = 2
SUFFIX = ".checkpoint"
HEADER = "checkpoint.json"
PIECE = 1 << 22  # read at once [bytes]

_HOME = Path(__file__).resolve().parents[1]
_SPEAKS_ONLY = ("cli", "figures", "results", "plan.py", "running.py", "__init__.py", "__main__.py")
"""Parts of `model/` that move no number of a country; an edit of any other makes it another model."""


class CheckpointError(ValueError):
    """A checkpoint that cannot be used: one sentence for the user."""


@cache
def sources() -> str:
    """Return the fingerprint of everything that moves a country: rules, phases, founding, orders, tables."""
    digest = hashlib.sha256()
    for file in sorted(_HOME.rglob("*")):
        inside = file.relative_to(_HOME)
        if file.suffix in {".py", ".csv", ".json"} and inside.parts[0] not in _SPEAKS_ONLY:
            digest.update(f"{inside.as_posix()} {file.stat().st_size} ".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _columns(country: Country) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield every column of the countryside under its name in the file."""
    for table in ("homes", "villages"):
        for name, column in getattr(country.land, table)._asdict().items():
            yield f"{table}/{name}", column
    yield "flows", country.land.sheet


# ---------------------------------------------------------------------------------------------------- out


def save(country: Country, record: Record, past: list[dict[str, Any]], file: Path) -> None:
    """Write the country as it stands after its last month, whole or not at all.

    past   the checkpoints from which it has gone on itself (`Checkpoint.record`)
    """
    from model.results.memory import take_apart

    arrays: dict[str, NDArray[Any]] = {}
    memory = take_apart(country, arrays)
    scenario, lived = country.scenario, country.month.index + 1
    header = {
        "format": FORMAT,
        "month": str(country.month.next()),
        "households": len(country.land.homes.life),
        "seed": country.seed,
        "kept": record.sample.rows.tolist(),
        "scenario": {"name": scenario.name, "orders": scenario.resolved()},
        "past": past,
        "sources": sources(),
        "commit": commit(),
        "versions": versions(),
        "memory": memory,
    }
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with staged(file.parent) as folder:
            with (folder / file.name).open("wb") as out:
                with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
                    archive.writestr(zipfile.ZipInfo(HEADER), json.dumps(header, ensure_ascii=False))
                    for name, array in _columns(country):
                        _write(archive, name, array)
                    for name, array in arrays.items():
                        _write(archive, f"memory/{name}", array)
                    for name, array in record.values.items():
                        _write(archive, f"readings/{name}", array[:lived])
                out.flush()
                os.fsync(out.fileno())
            (folder / file.name).replace(file)
    except OSError as error:
        raise CannotWriteError.of(file, error) from error


def _write(archive: zipfile.ZipFile, name: str, array: NDArray[Any]) -> None:
    """Write one array as .npy, piece by piece."""
    with archive.open(zipfile.ZipInfo(f"{name}.npy"), "w", force_zip64=True) as member:
        npy.write_array(member, array, allow_pickle=False)


# ----------------------------------------------------------------------------------------------------- in


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint whose header was read and found to be of this model."""

    file: Path
    sha256: str
    month: Month
    """First month that it has not lived."""
    households: int
    seed: int
    scenario: Scenario
    """What was ordered until then, and would be from then on if nobody else decides."""
    past: list[dict[str, Any]]
    kept: tuple[int, ...]
    """Households of which it holds every month."""
    memory: Any

    @classmethod
    def open(cls, file: str | Path) -> Checkpoint:
        """Read the header of a file, or say in one sentence why nothing can go on from it."""
        file = Path(file)
        try:
            with file.open("rb") as opened:
                start = opened.read(30 + len(HEADER))
                opened.seek(0)
                sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
        except FileNotFoundError:
            raise CheckpointError(f"{file}: there is no such file.") from None
        except IsADirectoryError:
            raise CheckpointError(f"{file}: this is a folder; name a checkpoint in it.") from None
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise CheckpointError(f"{file}: the file cannot be read ({reason}).") from None
        if not (start.startswith(b"PK\x03\x04") and start.endswith(HEADER.encode())):
            raise CheckpointError(f"{file}: this is not a checkpoint; --save-at 1930-01 makes a run write one.")
        try:
            with zipfile.ZipFile(file) as archive:
                header = json.loads(archive.read(HEADER))
            ours = (header["format"], header["sources"]) == (FORMAT, sources())
            known = {name.removeprefix("readings/").removesuffix(".npy") for name in archive.namelist()}
            if not ours or not VARIABLES.keys() <= known:
                raise CheckpointError(_of_another_model(file, header))
            orders = header["scenario"]
            return cls(
                file, sha256, Month.parse(header["month"]), header["households"], header["seed"],
                Scenario.from_document(orders["orders"], orders["name"]), header["past"],
                tuple(header["kept"]), header["memory"],
            )  # fmt: skip
        except CheckpointError:
            raise
        except Exception as error:
            raise _damaged(file, error) from error

    def wake(self, scenario: Scenario, threads: int | None, months: int) -> tuple[Country, Record]:
        """Found the country anew and give it back all that it remembers; `months` is room for its readings."""
        from model.country import Country
        from model.results.memory import put_back

        country = Country(scenario, households=self.households, seed=self.seed, threads=threads)
        record = Record(country, self.kept, months)
        lived = self.month.index - START.index
        arrays = {}
        try:
            with zipfile.ZipFile(self.file) as archive:
                for name, column in _columns(country):
                    _fill(archive, name, column)
                for name, values in record.values.items():
                    _fill(archive, f"readings/{name}", values[:lived])
                for info in archive.infolist():
                    if info.filename.startswith("memory/"):
                        name = info.filename.removeprefix("memory/").removesuffix(".npy")
                        with archive.open(info) as member:
                            arrays[name] = npy.read_array(member, allow_pickle=False)
            put_back(self.memory, arrays, country)
        except Exception as error:
            raise _damaged(self.file, error) from error
        country.steps = lived  # Mesa's own count
        country.running = country.month < scenario.end
        return country, record

    def record(self, future: Scenario) -> dict[str, Any]:
        """Return what provenance keeps of a past that was lived elsewhere."""
        from model.policy.fork import not_lived

        return {
            "until": str(self.month),
            "scenario": self.scenario.name,
            "checkpoint": self.file.name,
            "sha256": self.sha256,
            "not_lived": not_lived(self.scenario, future, self.month),
        }


def _fill(archive: zipfile.ZipFile, name: str, out: NDArray[Any]) -> None:
    """Read one array into its place, piece by piece; the zip's checksum is compared at its end."""
    with archive.open(f"{name}.npy") as member:
        npy.read_magic(member)
        shape, by_column, dtype = npy.read_array_header_1_0(member)
        if (shape, by_column, dtype) != (out.shape, False, out.dtype):
            raise ValueError(f"{name} is {dtype}{shape}, not {out.dtype}{out.shape}")
        room, read = out.reshape(-1).view(np.uint8), 0
        while piece := member.read(PIECE):
            room[read : read + len(piece)] = np.frombuffer(piece, np.uint8)
            read += len(piece)
        if read < len(room):
            raise EOFError(f"{name} ends early")


def _of_another_model(file: Path, header: dict[str, Any]) -> str:
    """Say who wrote the file."""
    by = header.get("commit") or header.get("versions", {}).get("collectivisation", "unknown")
    return (
        f"{file}: this checkpoint was written by another version of the model ({by}), whose rules are not these; "
        "live the months before once more with --save-at, or go on with that version."
    )


def _damaged(file: Path, error: Exception) -> CheckpointError:
    """Say that a file cannot be trusted: a damaged zip can raise anything."""
    reason = str(error).strip("'\". ") or type(error).__name__
    reason = "its end is missing" if reason == "File is not a zip file" else reason
    return CheckpointError(f"{file}: this checkpoint is damaged ({reason}); write it once more with --save-at.")
