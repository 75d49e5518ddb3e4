"""Large tables pass by in pieces: of any size, they are the rows of tables that are held."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from monitor_cli.cli import main
from monitor_cli.columns import Table
from monitor_cli.dump import blocks, delimited, parquet, passing
from monitor_cli.dump.dump import Dump, ReadOptions, load, with_dump
from monitor_cli.dump.passing import Passing
from tests.unit.dump.dumps import (
    ALL_COLUMNS,
    CLASSES,
    LESSONS,
    MARKS_HEADER,
    SCHOOLS,
    STUDENTS,
    frame,
    loaded,
    write,
)

if TYPE_CHECKING:
    from pathlib import Path

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

FILES = {f"{name}.csv": text for name, text in TEXTS.items()}
PASS = (Table.STUDENTS, Table.PARENTS, Table.LESSONS, Table.MARKS, Table.DIARY_VIEWS)


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
    same(of_parquet(tmp_path / "parquet"), loaded(tmp_path / "csv", FILES))


def same(passes: Dump, held: Dump) -> None:
    """Rows, counts and all that is said of them are the same."""
    assert passes.problems == held.problems
    assert passes.warnings == held.warnings
    for table, checked in held.tables.items():
        assert passes.tables[table].counts == checked.counts
        assert passes.tables[table].midnight == checked.midnight
    for table in PASS:
        assert isinstance(passes.tables[table], Passing)
        assert frame(passes, table).rows() == frame(held, table).rows(), table


# Rows of every fate, among them some that only a text can hold.
BROKEN = {"marks.csv": "8,100\n", "students.csv": STUDENTS.partition("\n")[0] + "\n"}


@pytest.mark.parametrize("size", [1, 40, 1000])
@pytest.mark.parametrize("small", [0, 1 << 17], ids=["columns", "lines"])
def test_large_texts_pass_by_as_they_are_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, small: int
) -> None:
    files = {name: text + BROKEN.get(name, "") for name, text in FILES.items()}
    held = loaded(tmp_path / "csv", files)
    monkeypatch.setattr(passing, "LARGE", 0)
    monkeypatch.setattr(blocks, "SIZE", size)
    monkeypatch.setattr(delimited, "SMALL", small)
    same(load(tmp_path / "csv", ALL_COLUMNS, ReadOptions(hopeful=True)), held)


LATE = FILES["marks.csv"] + "х6,100,7,а,2026-11-16 10:00:00\n"


def test_a_late_text_among_ids_makes_all_of_them_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "csv", {**FILES, "marks.csv": LATE})
    monkeypatch.setattr(passing, "LARGE", 0)
    monkeypatch.setattr(blocks, "SIZE", 100)
    tried = []

    def work(dump: Dump) -> pl.Series:
        tried.append(dump.tables[Table.MARKS])
        return frame(dump, Table.MARKS)["mark_id"]

    found = with_dump(lambda options: load(folder, ALL_COLUMNS, options), ReadOptions(), work)
    assert sorted(found) == ["1", "1", "2", "3", "х6"]
    assert [isinstance(one, Passing) for one in tried] == [True, False]


def test_a_week_is_the_same_with_a_late_text_among_ids(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path / "csv", {**FILES, "marks.csv": LATE})
    week = ["week", "--json", "--date", "2026-11-16", "--data", str(folder)]
    assert main(week) == 0
    held = capfd.readouterr().out
    monkeypatch.setattr(passing, "LARGE", 0)
    monkeypatch.setattr(blocks, "SIZE", 100)
    assert main(week) == 0
    assert capfd.readouterr().out == held


def test_the_pieces_are_as_small_as_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "PIECE_ROWS", 2)
    heights = of_parquet(tmp_path / "parquet").tables[Table.STUDENTS].each(len)
    assert heights == [2, 2]
