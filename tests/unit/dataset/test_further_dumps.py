"""What an import of some schools leaves as it is, and how its files are cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from monitor_cli.dataset import building
from tests.imports import imported_into

if TYPE_CHECKING:
    from pathlib import Path

WEEK = "week=2026-11-16"


def _dump(folder: Path, school: int, lessons: int = 2) -> Path:
    """Some lessons of a school, two students, a class."""
    folder.mkdir()
    of_school = range(school * 100, school * 100 + lessons)
    tables = {
        "schools": ["school_id,municipality", f"{school},М"],
        "classes": ["class_id,school_id,class", f"{school}0,{school},5А"],
        "students": [
            "person_id,school_id,class_id",
            f"{school}1,{school},",
            f"{school}2,{school},",
        ],
        "lessons": ["lesson_id,class_id,subject,date"],
    }
    tables["lessons"] += [f"{one},{school}0,Алгебра,2026-11-16" for one in of_school]
    for name, lines in tables.items():
        (folder / f"{name}.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return folder


def _files(dataset: Path, snapshot: int, pattern: str) -> list[Path]:
    return sorted((dataset / "snapshots" / f"{snapshot:06d}").glob(pattern))


def _schools(files: list[Path]) -> list[list[int]]:
    return [pl.read_parquet(path, hive_partitioning=False)["school_id"].to_list() for path in files]


@pytest.fixture
def dataset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The schools 2, then 6; no file takes a second school."""
    monkeypatch.setattr(building, "ROWS_A_FILE", 2)
    monkeypatch.setattr(building, "ROWS_A_REGISTER", 2)
    for school in (2, 6):
        imported_into(tmp_path / "dataset", _dump(tmp_path / f"d{school}", school))
    return tmp_path / "dataset"


@pytest.mark.parametrize(("school", "place"), [(1, 0), (4, 1), (8, 2)])
def test_files_of_other_schools_stay_and_the_new_ones_come_in_the_order_of_schools(
    school: int, place: int, dataset: Path, tmp_path: Path
) -> None:
    before = _files(dataset, 2, f"lessons/{WEEK}/*")
    imported_into(dataset, _dump(tmp_path / "more", school))
    after = _files(dataset, 3, f"lessons/{WEEK}/*")
    assert _schools(after) == sorted([[2, 2], [6, 6], [school, school]])
    assert [path.name for path in after] == [f"part-{part:04d}.parquet" for part in range(3)]
    others = [path for part, path in enumerate(after) if part != place]
    assert all(new.samefile(old) for new, old in zip(others, before, strict=True))


def test_a_register_grows_by_files_in_the_order_of_the_dumps(dataset: Path, tmp_path: Path) -> None:
    before = _files(dataset, 2, "students*")
    assert _schools(before) == [[6, 6], [2, 2]]
    imported_into(dataset, _dump(tmp_path / "more", 4))
    after = {path.name: path for path in _files(dataset, 3, "students*")}
    assert sorted(after) == [
        "students-0001.parquet",
        "students-0002.parquet",
        "students.parquet",
    ]
    assert _schools([after["students-0002.parquet"]]) == [[4, 4]]
    assert all(after[path.name].samefile(path) for path in before)


def test_only_the_files_of_the_school_that_comes_again_are_written(
    dataset: Path, tmp_path: Path
) -> None:
    imported_into(dataset, _dump(tmp_path / "again", 2, lessons=3))
    before, after = (_files(dataset, state, f"lessons/{WEEK}/*") for state in (2, 3))
    assert _schools(after) == [[2, 2], [2], [6, 6]]
    assert after[2].samefile(before[1])
    # The school that stays comes first now, as whoever came last is last.
    assert _schools(_files(dataset, 3, "students.parquet")) == [[6, 6]]
    assert _schools(_files(dataset, 3, "students-0001.parquet")) == [[2, 2]]


def test_schools_between_those_of_a_dump_are_put_in_order_with_them(
    dataset: Path, tmp_path: Path
) -> None:
    imported_into(dataset, _dump(tmp_path / "d4", 4), _dump(tmp_path / "d1", 1))
    both = tmp_path / "both"
    both.mkdir()
    for table in ("schools", "classes", "students", "lessons"):
        lines = [(tmp_path / name / f"{table}.csv").read_text("utf-8") for name in ("d1", "d6")]
        (both / f"{table}.csv").write_text(lines[0] + lines[1].partition("\n")[2], "utf-8")
    imported_into(dataset, both)
    assert _schools(_files(dataset, 4, f"lessons/{WEEK}/*")) == [[1, 1], [2, 2], [4, 4], [6, 6]]


def test_small_dumps_share_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "ROWS_A_FILE", 6)
    monkeypatch.setattr(building, "ROWS_A_REGISTER", 6)
    for school in (5, 3, 9, 1, 7):
        imported_into(tmp_path / "dataset", _dump(tmp_path / f"d{school}", school))
    found = _schools(_files(tmp_path / "dataset", 5, f"lessons/{WEEK}/*"))
    assert found == [[1, 1], [3, 3, 5, 5, 7, 7], [9, 9]]
    assert [len(one) for one in _schools(_files(tmp_path / "dataset", 5, "students*"))] == [4, 6]
