"""The record as a table: every figure with its unit, range, source, use and mark; rivals side by side; files whole."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
from typer.testing import CliRunner

from model import history
from model.cli.commands import app
from model.history.export import COPIED, dataset_of, export
from model.history.labelled import COLUMNS, RIVALS, RecordError, names, nearest, points_of, select
from model.history.tables import SERIES_FILES, rows_of


def _call(*arguments: object, **environment: str) -> Any:
    return CliRunner().invoke(app, ["data", *(str(argument) for argument in arguments)], env=environment)


def test_the_table_has_every_row_of_every_file() -> None:
    """Nothing is lost, merged or averaged on the way from the files."""
    table = history.figures()
    assert tuple(table.columns) == COLUMNS
    assert len(table) == sum(len(rows_of(file)) for file in SERIES_FILES)
    for file in SERIES_FILES:
        written = sorted(float(row["value"]) for row in rows_of(file))
        assert sorted(table.loc[table["file"] == file, "value"]) == written


def test_rivals_keep_their_own_rows_under_one_subject() -> None:
    """Tauger's 50 million tonnes of 1932 stand beside the 57.5 of Davies and Wheatcroft, and the official 70."""
    table = history.figures("grain_harvest", region="ussr", rivals=True)
    of_1932 = table[table["date"] == "1932"].set_index("source")["value"]
    assert of_1932["TAUGER1991"] == 50.1
    assert of_1932["DW2004"] == 57.5
    assert of_1932["SOTSSTR1936"] == 69.8
    assert set(table["subject"]) == {"grain_harvest"}


@pytest.mark.parametrize(("subject", "rival"), [(subject, rival) for subject in RIVALS for rival in RIVALS[subject]])
def test_rival_series_count_in_one_unit(subject: str, rival: str) -> None:
    """Two series in two units cannot contradict each other; a misspelt rival would have no figures at all."""
    beside = [file for file in SERIES_FILES if rival in points_of(file)]
    assert beside, rival
    for file in beside:
        if subject in points_of(file):
            assert points_of(file)[subject][0].unit == points_of(file)[rival][0].unit


def test_a_role_selects_the_years_that_it_names() -> None:
    """Who asks for calibration never sees a figure kept for testing."""
    fitted = history.figures("grain_harvest", role="calibration")
    assert set(fitted["year"]) == set(range(1927, 1934))
    everything = history.figures()
    parts = [len(history.figures(role=role)) for role in history.ROLES]
    assert sum(parts) == len(everything)
    assert all(parts)


def test_a_group_of_regions_brings_its_parts_and_their_sum() -> None:
    """Figures of Ukraine are some for its three parts, some for the whole republic."""
    found = {point.region for _, point, _ in select(region="ukraine")}
    assert found == {"agg_ukraine", *history.members_of("ukraine")}
    assert {point.region for _, point, _ in select(region="ussr")} == {"ussr"}


def test_the_catalogue_counts_what_was_seen() -> None:
    """Figures recalled from the works are not passed off as checked."""
    for line in history.catalogue():
        points = points_of(line.file)[line.series]
        assert line.figures == len(points)
        assert line.checked == sum(point.checked.startswith("http") for point in points)
        assert (line.first, line.last) == (min(p.year for p in points), max(p.last_year for p in points))


def test_every_source_key_leads_to_a_reference() -> None:
    """A compound key leads to its parts; the regional file names its sources in full."""
    for file in SERIES_FILES[:-1]:
        for points in points_of(file).values():
            for point in points:
                assert all(key in history.sources() for key in point.source.split("+")), point
    assert all(len(reference) > 20 for reference in history.sources().values())


def test_what_is_not_in_the_record_is_refused_with_the_nearest_names() -> None:
    """A person who mistypes is told what there is."""
    with pytest.raises(RecordError, match=r"grain_harvst.*nearest: grain_harvest"):
        history.figures("grain_harvst")
    with pytest.raises(RecordError, match="nearest: kazakhstan"):
        history.figures(region="kazahkstan")
    with pytest.raises(RecordError, match="calibration, validation, context"):
        history.figures(role="fit")
    assert nearest("wheat", names()).startswith("nearest: wheat_price")
    assert "lists them all" in nearest("zzzzzz", names())


# ------------------------------------------------------------------------------------------------ to files


def test_an_export_says_the_same_in_every_format(tmp_path: Path) -> None:
    """A scholar with a spreadsheet and one with xarray read the same figures."""
    table = history.figures("grain_harvest", rivals=True)
    for name in ("a.csv", "a.json", "a.nc"):
        export(table, tmp_path / name)
    with (tmp_path / "a.csv").open(encoding="utf-8") as file:
        from_csv = list(csv.DictReader(file))
    from_json = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    with xr.open_dataset(tmp_path / "a.nc", engine="scipy") as from_nc:
        np.testing.assert_allclose(from_nc["value"].values, table["value"])
        np.testing.assert_allclose(from_nc["low"].values, table["low"])
        assert [each.decode() if isinstance(each, bytes) else each for each in from_nc["source"].values] == list(
            table["source"]
        )
    assert [float(row["value"]) for row in from_csv] == list(table["value"])
    assert [row["value"] for row in from_json] == list(table["value"])
    assert from_json[-1]["low"] is None or isinstance(from_json[-1]["low"], float)


def test_a_missing_range_stays_missing(tmp_path: Path) -> None:
    """JSON knows no NaN: a figure without a range has null there, not zero and not its own value."""
    export(history.figures("terror_acts"), tmp_path / "t.json")
    text = (tmp_path / "t.json").read_text(encoding="utf-8")
    assert "NaN" not in text
    assert any(row["low"] is None for row in json.loads(text))


def test_a_dataset_carries_the_references_of_its_sources() -> None:
    """A NetCDF file that travels alone still says who counted."""
    references = json.loads(dataset_of(history.figures("famine_excess_deaths_total")).attrs["references"])
    assert "Davies" in references["DW2004"]
    assert len(references) == 9


def test_an_exported_folder_explains_itself(tmp_path: Path) -> None:
    """Figures, series, what is contested, where the borders ran, what the State ordered."""
    files = export(history.figures(), tmp_path / "record")
    assert {file.name for file in files} == {"figures.csv", "series.csv", *COPIED}
    assert "Contested series" in (tmp_path / "record" / "README.md").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "record" / "series.csv").read_text(encoding="utf-8"))))
    assert len(rows) == len(history.catalogue())


def test_a_failed_export_leaves_the_earlier_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk costs the new file, never the old one."""
    file = tmp_path / "a.csv"
    export(history.figures("horses"), file)
    before = file.read_bytes()

    def full(self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "replace", full)
    answer = _call("cattle", "--export", file)
    assert answer.exit_code == 2
    assert f"{file}: no space left on device." in answer.stderr
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


# ------------------------------------------------------------------------------------------------ on the terminal


def test_the_list_names_every_series_and_its_use() -> None:
    answer = _call()
    assert answer.exit_code == 0
    for word in ("grain_harvest", "horses_midyear", "special_settlers_stock", "weather_index", "fit, test", "6 series"):
        assert word in answer.stdout
    listed = json.loads(_call("--json").stdout)
    assert len(listed) == len(history.catalogue())
    assert {"series", "file", "unit", "figures", "checked", "roles", "rivals"} <= listed[0].keys()


def test_a_series_shows_ranges_rivals_and_who_says_so() -> None:
    answer = _call("grain_harvest", "--region", "ussr").stdout
    for word in ("57.5", "50–69.9", "calibration", "validation", "recalled", "never averaged", "50.1", "Tauger", "[1]"):
        assert word in answer


@pytest.mark.parametrize("width", [40, 60, 83, 100, 140])
@pytest.mark.parametrize("name", [(), ("grain_harvest",), ("excess_deaths",)])
def test_no_line_is_wider_than_the_terminal(width: int, name: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """A table that wraps anyhow cannot be read; addresses of pages alone may run on, to be copied."""
    from model.cli import terminal

    monkeypatch.setattr(terminal, "WIDTH", width)
    lines = _call(*name).stdout.splitlines()
    assert lines
    assert [line for line in lines if len(line) > width and not line.startswith("Seen on ")] == []


def test_the_json_of_a_series_has_its_rivals_apart() -> None:
    answer = json.loads(_call("grain_harvest", "--json").stdout)
    assert {row["series"] for row in answer["figures"]} == {"grain_harvest"}
    assert "grain_harvest_tauger" in {row["series"] for row in answer["rivals"]}
    assert "Tauger" in answer["sources"]["TAUGER1991"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("grain_harvst",), "data: the record has no series 'grain_harvst'; nearest: grain_harvest, "),
        (("--region", "ukrane"), "region: the record knows no 'ukrane'; nearest: ukraine, "),
        (("--role", "test"), "role: there is no 'test'; there are: calibration, validation, context."),
        (("grain_harvest", "--region", "kazakhstan"), "it has figures for: ussr, agg_ukraine."),
        (("--export", "a.xlsx"), "a.xlsx: the suffix .xlsx names no format; .csv, .json, .nc"),
    ],
)
def test_a_mistake_gets_one_sentence(arguments: tuple[str, ...], sentence: str) -> None:
    answer = _call(*arguments)
    assert answer.exit_code == 2
    assert sentence in answer.stderr
    assert answer.stderr.count("\n") == 1
    assert answer.stdout == ""
