"""Large tables of Parquet pass by in pieces: of any size, they are the rows of one CSV file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from monitor_cli.columns import Table
from monitor_cli.dump import parquet
from monitor_cli.dump.dump import ReadOptions, load
from tests.unit.dump.dumps import (
    ALL_COLUMNS,
    CLASSES,
    LESSONS,
    MARKS_HEADER,
    SCHOOLS,
    STUDENTS,
    frame,
    loaded,
)

if TYPE_CHECKING:
    from pathlib import Path

    from monitor_cli.dump.dump import Dump

PARENTS = "person_id,school_id,student_id\n1,1,7\n1,1,7\n2,2,99\n3,5,8\n"
VIEWS = "student_id,viewer_role,viewed_at\n" + "7,Ученик,2026-11-16 10:00:00\n" * 2
MARKS = (
    "2,100,7,а,2026-11-16 10:00:00",
    "1,200,8,а,2026-11-16 11:00:00",
    "3,100,99,а,2026-11-17 10:00:00",
    "2,100,7,б,2026-11-18 10:00:00",
    "4,300,7,а,2026-11-16 10:00:00",
    "2,100,7,б,2026-11-18 10:00:00",
    "5,100,7,а,",
    "1,100,7,а,2026-11-16 10:00:00",
)
TEXTS = {
    "schools": SCHOOLS,
    "classes": CLASSES,
    "students": STUDENTS,
    "parents": PARENTS,
    "lessons": LESSONS + "100,10,Химия,2026-11-16\n",
    "marks": "\n".join((MARKS_HEADER, *MARKS, "")),
    "diary_views": VIEWS + "7,Родитель,2026-11-17 09:00:00\n",
}


def of_parquet(folder: Path) -> Dump:
    """The dump as Parquet, its ids integers."""
    folder.mkdir()
    for name, text in TEXTS.items():
        rows = pl.read_csv(text.encode())
        rows.write_parquet(folder / f"{name}.parquet")
    return load(folder, ALL_COLUMNS, ReadOptions())


@pytest.mark.parametrize("size", [1, 2, 3, 5, 1000])
def test_pieces_of_any_size_are_one_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(parquet, "PIECE_ROWS", size)
    passing = of_parquet(tmp_path / "parquet")
    held = loaded(tmp_path / "csv", {f"{name}.csv": text for name, text in TEXTS.items()})
    assert passing.problems == held.problems
    assert passing.warnings == held.warnings
    for table, checked in held.tables.items():
        assert passing.tables[table].counts == checked.counts
        assert passing.tables[table].midnight == checked.midnight
    for table in (Table.STUDENTS, Table.PARENTS, Table.LESSONS, Table.MARKS, Table.DIARY_VIEWS):
        assert frame(passing, table).rows() == frame(held, table).rows(), table


def test_the_pieces_are_as_small_as_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "PIECE_ROWS", 2)
    heights = of_parquet(tmp_path / "parquet").tables[Table.STUDENTS].each(len)
    assert heights == [2, 2]
