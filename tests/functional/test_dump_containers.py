"""The same dump in every container prints the same bytes of `week --json`."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from functools import cache
from typing import TYPE_CHECKING

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from monitor_cli import cli
from monitor_cli.columns import Table
from monitor_cli.commands.reading import SAMPLE_FOLDER
from monitor_cli.dump.dump import ReadOptions, load
from monitor_cli.errors import ExitCode
from tests.unit.dump.books import ods, ods_cell, sheet, text_cell, xlsx, zipped
from tests.unit.dump.dumps import ALL_COLUMNS, CLASSES, MARKS, SCHOOLS, column, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TABLES = {path.stem: path.read_bytes() for path in sorted(SAMPLE_FOLDER.glob("*.csv"))}


def printed(data: Path | str, target: Path) -> bytes:
    """The JSON of the sample's week, over a dump."""
    command = ["week", "-q", "--date", "2026-W47", "--data", str(data), "--json", "-o", str(target)]
    assert cli.main(command) == ExitCode.DONE
    return target.read_bytes()


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return printed(SAMPLE_FOLDER, tmp_path_factory.mktemp("plain") / "week.json")


def rows_of(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    separator = max(",;\t|", key=text.partition("\n")[0].count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def as_files(folder: Path, suffix: str, packed: Callable[[bytes], bytes]) -> Path:
    folder.mkdir()
    for name, content in TABLES.items():
        (folder / f"{name}{suffix}").write_bytes(packed(content))
    return folder


def zstandard(content: bytes) -> bytes:
    packed: bytes = pa.Codec("zstd").compress(content, asbytes=True)
    return packed


@cache
def as_zip() -> bytes:
    return zipped({f"dump/{name}.csv": content for name, content in TABLES.items()})


@cache
def as_xlsx() -> bytes:
    return xlsx(
        {
            name: sheet([text_cell(text) for text in row] for row in rows_of(content))
            for name, content in TABLES.items()
        }
    )


@cache
def as_ods() -> bytes:
    return ods(
        {
            name: [[ods_cell(text) for text in row] for row in rows_of(content)]
            for name, content in TABLES.items()
        }
    )


def windows_1251(content: bytes) -> bytes:
    return content.decode("utf-8-sig").encode("cp1251")


@pytest.mark.parametrize(
    ("suffix", "packed"),
    [
        (".csv", windows_1251),
        (".csv.gz", gzip.compress),
        (".csv", gzip.compress),
        (".csv.zst", zstandard),
    ],
)
def test_packed_files(
    suffix: str, packed: Callable[[bytes], bytes], tmp_path: Path, expected: bytes
) -> None:
    folder = as_files(tmp_path / "dump", suffix, packed)
    assert printed(folder, tmp_path / "week.json") == expected


def test_parquet_of_texts(tmp_path: Path, expected: bytes) -> None:
    for name, content in TABLES.items():
        header, *rows = rows_of(content)
        columns = {title: [row[at] or None for row in rows] for at, title in enumerate(header)}
        pq.write_table(pa.table(columns), tmp_path / f"{name}.parquet")
    assert printed(tmp_path, tmp_path / "week.json") == expected


def test_an_imported_dataset(tmp_path: Path, expected: bytes) -> None:
    copy = as_files(tmp_path / "dump", ".csv", bytes)
    command = ["import", "-q", str(copy), "-o", str(tmp_path / "dataset")]
    assert cli.main(command) == ExitCode.DONE
    assert printed(tmp_path / "dataset", tmp_path / "week.json") == expected


@pytest.mark.parametrize("made", [as_zip, as_xlsx])
def test_standard_input(
    made: Callable[[], bytes], tmp_path: Path, expected: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(made())))
    assert printed("-", tmp_path / "week.json") == expected


def test_standard_input_that_is_no_dump(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    target = str(tmp_path / "x.json")
    for content, said in ((b"", "stdin"), (TABLES["marks"], "stdin")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        assert cli.main(["week", "--data", "-", "-o", target]) == ExitCode.DUMP
        assert said in capfd.readouterr().err
    monkeypatch.setattr(sys, "stdin", None)
    assert cli.main(["week", "--data", "-", "-o", target]) == ExitCode.DUMP
    assert "--data -" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("name", "made"),
    [("d.zip", as_zip), ("d.xlsx", as_xlsx), ("d.ods", as_ods), ("d.bin", as_zip)],
)
def test_single_files(
    name: str, made: Callable[[], bytes], tmp_path: Path, expected: bytes
) -> None:
    (tmp_path / name).write_bytes(made())
    assert printed(tmp_path / name, tmp_path / "week.json") == expected


def test_json_of_the_api_in_an_archive_with_its_kinds_of_work(tmp_path: Path) -> None:
    lessons = [{"id": 100, "date": "2026-11-16", "subject": {"name": "Физика"}, "group": 10}]
    marks = [{"id": 1, "lesson": 100, "person": 7, "workType": 33, "date": "2026-11-16T10:00:00"}]
    files: dict[str, str | bytes] = {
        "schools.csv": SCHOOLS,
        "classes.csv": CLASSES,
        "lessons.json.gz": gzip.compress(json.dumps(lessons).encode()),
        "marks.ndjson": "\n".join(map(json.dumps, marks)),
        "work-types.json": json.dumps([{"id": 33, "title": "Поведение"}]),
    }
    (tmp_path / "d.zip").write_bytes(zipped(files))
    dump = load(tmp_path / "d.zip", ALL_COLUMNS, ReadOptions())
    assert column(dump, Table.MARKS, "work_type") == ["Поведение"]
    assert column(dump, Table.LESSONS, "subject") == ["Физика"]


def test_validate_names_a_row_of_a_sheet_by_its_number(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    header = [text_cell(name) for name in MARKS.splitlines()[0].split(",")]
    cells = [text_cell(cell) for cell in MARKS.splitlines()[1].split(",")]
    broken = [*cells[:4], '<c t="e"><v>#REF!</v></c>']
    book = xlsx({"marks": sheet([[text_cell("Отчёт")], header, cells, broken, header])})
    write(tmp_path, {"marks.xlsx": book})
    assert cli.main(["validate", "--data", str(tmp_path), "--json"]) == ExitCode.DONE
    found = json.loads(capfd.readouterr().out)["problems"]
    lines = {
        one["reason"]: [finding["line"] for finding in one["listed"]]
        for one in found
        if one["table"] == "marks"
    }
    assert lines["unread_cell"] == [4]
    assert lines["repeated_header"] == [5]
