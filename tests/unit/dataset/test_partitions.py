"""How a dataset is cut into ranges of schools, and which files each of them needs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest

from monitor_cli.columns import Table
from monitor_cli.dataset.layout import Snapshot
from monitor_cli.dataset.manifest import File
from monitor_cli.dataset.partitions import partitions

if TYPE_CHECKING:
    from pathlib import Path

WEEK = date(2026, 11, 16)
SCHOOLS = pl.DataFrame({"school_id": [1, 2, 3, 4], "rows": [10, 10, 10, 10]})


def _file(folder: Path, name: str, schools: list[int]) -> File:
    pl.DataFrame({"school_id": schools}).write_parquet(folder / name)
    return File(name, Table.MARKS, WEEK, len(schools), (folder / name).stat().st_size)


@pytest.fixture
def files(tmp_path: Path) -> list[File]:
    """Three files of a week, the second of which begins with the school that ends the first."""
    return [
        _file(tmp_path, "a", [1, 1, 2]),
        _file(tmp_path, "b", [2, 3, 3]),
        _file(tmp_path, "c", [4, 4]),
    ]


def _cut(folder: Path, files: list[File], count: int) -> list[tuple[object, object, set[str]]]:
    cut = partitions(Snapshot(folder, None), SCHOOLS, files, count)  # type: ignore[arg-type]
    return [(one.first, one.last, set(one.files)) for one in cut]


def test_each_has_about_as_many_rows_and_the_files_that_hold_them(
    tmp_path: Path, files: list[File]
) -> None:
    assert _cut(tmp_path, files, 2) == [(1, 2, {"a", "b"}), (3, 4, {"b", "c"})]
    assert _cut(tmp_path, files, 4) == [
        (1, 1, {"a"}),
        (2, 2, {"a", "b"}),
        (3, 3, {"b"}),
        (4, 4, {"c"}),
    ]


def test_there_are_never_more_of_them_than_schools(tmp_path: Path, files: list[File]) -> None:
    assert len(_cut(tmp_path, files, 100)) == SCHOOLS.height


def test_a_file_that_cannot_be_read_lies_between_its_neighbours(
    tmp_path: Path, files: list[File]
) -> None:
    (tmp_path / "b").write_bytes(b"PAR1 nothing else")
    assert _cut(tmp_path, files, 4) == [
        (1, 1, {"a"}),
        (2, 2, {"a", "b"}),
        (3, 3, {"b"}),
        (4, 4, {"b", "c"}),
    ]
