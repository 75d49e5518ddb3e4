"""Rows wait by week and block of schools, held or put aside, and come out as they went in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl
import pytest

from monitor_cli.dataset import building, gathering
from monitor_cli.dataset.disk import Disk
from monitor_cli.dataset.gathering import Buffer, Gathered, bucket_of, regrouped, week_of_bucket
from tests.imports import imported_into
from tests.unit.dump.dumps import LESSONS, MARKS_HEADER, write

if TYPE_CHECKING:
    from pathlib import Path

MONDAY = date(2026, 11, 16)
PIECES = [
    pl.DataFrame({"id": [1, 2, 3], "text": ["а", None, "в"], "none": [None, None, None]}),
    pl.DataFrame({"id": [4, 5], "text": ["г", "д"], "none": [None, None]}),
]
BUCKETS = [pl.Series([7, 9, 7]), pl.Series([9, 7])]


@pytest.mark.parametrize("buffered", [0, 1 << 20])
def test_a_bucket_has_its_rows_in_the_order_of_their_coming(
    monkeypatch: pytest.MonkeyPatch, buffered: int
) -> None:
    monkeypatch.setattr(gathering, "BUFFERED", buffered)
    gathered = Gathered(Buffer(Disk()))
    gathered.keep([gathered.pack(*one) for one in zip(PIECES, BUCKETS, strict=True)])
    assert gathered.buckets == [7, 9]
    assert gathered.rows([7])["id"].to_list() == [1, 3, 5]
    assert gathered.rows([9])["text"].to_list() == [None, "г"]
    assert gathered.rows([7, 9]).height == 5
    assert gathered.filled == {"id", "text"}
    assert gathered.rows([]).schema == PIECES[0].schema


def test_a_piece_that_is_not_kept_is_no_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "BUFFERED", 0)
    gathered = Gathered(Buffer(Disk()))
    gathered.pack(PIECES[0])
    gathered.keep([gathered.pack(PIECES[1])])
    assert gathered.rows(gathered.buckets).equals(PIECES[1])


@pytest.mark.parametrize("day", [date(1969, 12, 29), date(1970, 1, 5), MONDAY])
def test_a_bucket_rises_by_week_then_by_school(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(gathering, "SCHOOLS_A_BLOCK", 2)
    schools = pl.Series([10, 20, 30, 40])
    weeks = pl.Series([day] * 6 + [day + timedelta(7)])
    buckets = bucket_of(weeks, pl.Series([None, 10, 20, 30, 40, 99, None]), schools)
    assert buckets.is_sorted()
    assert buckets.n_unique() == 5
    assert [week_of_bucket(bucket) for bucket in buckets] == weeks.to_list()


def test_rows_are_regrouped_whatever_their_pieces() -> None:
    pieces = [pl.DataFrame({"id": range(begin, begin + size)}) for begin, size in ((0, 5), (5, 1))]
    assert [one["id"].to_list() for one in regrouped(pieces, 4)] == [[0, 1, 2, 3], [4, 5]]
    assert [one.height for one in regrouped([*pieces, *pieces], 6)] == [6, 6]
    assert [one.height for one in regrouped([pieces[0].clear()], 6)] == [0]


def test_what_is_put_aside_is_written_as_what_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f"{mark},{lesson},7,а,2026-11-16" for mark in (3, 1, 2) for lesson in (200, 100)]
    dump = write(
        tmp_path / "dump",
        {
            "marks.csv": "\n".join([MARKS_HEADER, *lines, lines[0], ""]),
            "lessons.csv": LESSONS + "300,10,А,2026-11-23\n",
        },
    )
    imported_into(tmp_path / "held", dump)
    monkeypatch.setattr(gathering, "BUFFERED", 0)
    monkeypatch.setattr(gathering, "SCHOOLS_A_BLOCK", 1)
    imported_into(tmp_path / "aside", dump)
    assert _bytes(tmp_path / "aside") == _bytes(tmp_path / "held")
    monkeypatch.setattr(building, "ROWS_A_FILE", 4)
    imported_into(tmp_path / "apart", dump)
    parts = sorted((tmp_path / "apart").rglob("marks/week=2026-11-16/*.parquet"))
    apart = [pl.read_parquet(path, hive_partitioning=False) for path in parts]
    assert [one.height for one in apart] == [4, 2]
    order = pl.concat(apart).select("school_id", "class_id", "lesson_id", "mark_id")
    assert order.rows() == sorted(order.rows())


def _bytes(dataset: Path) -> dict[str, bytes]:
    snapshot = dataset / "snapshots" / "000001"
    return {
        path.relative_to(snapshot).as_posix(): path.read_bytes()
        for path in snapshot.rglob("*.parquet")
    }
