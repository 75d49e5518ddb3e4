"""What was entered for the lessons of a period, and when last, by school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.engine.lessons import MOMENT, bearing

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor_cli.dump.dump import Dump
    from monitor_cli.engine.lessons import Lessons
    from monitor_cli.reports.asked import Asked

OF_LESSONS = {
    Table.MARKS: ("created_at", "updated_at"),
    Table.ATTENDANCE: ("created_at",),
    Table.HOMEWORK: ("issued_at", "updated_at"),
}
"""The tables of what is entered for a lesson, and when each row was."""
OF_PEOPLE = {Table.DIARY_VIEWS: "viewed_at", Table.LOGINS: "logged_at"}
"""Those of what people do, and when."""


@dataclass(frozen=True, slots=True)
class Entries:
    """What was entered in a period.

    `marked`: whether each of `Lessons.frame` bears a mark, where there are marks. `last`: by table
    that the dump has, `school_id` and `last` (Datetime, null where no row says when) of each
    school with a row.
    """

    marked: pl.Series | None
    last: dict[Table, pl.DataFrame]


def entries(dump: Dump, lessons: Lessons, asked: Asked, students: pl.DataFrame | None) -> Entries:
    """Look through what was entered for the lessons of the period, and was done within its days.

    `students`: their register, which says whose diary was viewed.
    """
    within = lessons.frame["date"].is_between(asked.first, asked.last)
    school = lessons.classes["school_id"].gather(lessons.frame["class_number"])
    marked = None
    last = {}
    for table, stamps in OF_LESSONS.items():
        if table not in dump.tables:
            continue

        def work(
            piece: pl.DataFrame, stamps: tuple[str, ...] = stamps
        ) -> tuple[pl.Series, pl.DataFrame]:
            at = lessons.rows_of(piece)
            here = at.is_not_null() & within.gather(at).fill_null(value=False)
            rows, at = piece.filter(here), at.filter(here)
            said = rows.select(school.gather(at), at=pl.max_horizontal(stamps))
            return at.unique(), _latest(said)

        parts = dump.tables[table].each(work)
        if table is Table.MARKS:
            marked = bearing(lessons, [at for at, _ in parts])
        last[table] = _together([part for _, part in parts])
    homes = None
    if students is not None:
        homes = students.select("school_id", student_id="person_id").unique()
    for table, stamp in OF_PEOPLE.items():
        if table in dump.tables:
            last[table] = _together(dump.tables[table].each(_done(stamp, asked, homes)))
    return Entries(marked, last)


def _done(
    stamp: str, asked: Asked, homes: pl.DataFrame | None
) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """What to do with the rows of views or logins: the latest of each school in the period."""
    begins = pl.lit(asked.first).cast(MOMENT)
    ends = pl.lit(asked.last + timedelta(days=1)).cast(MOMENT)

    def work(piece: pl.DataFrame) -> pl.DataFrame:
        rows = piece.filter(pl.col(stamp).is_between(begins, ends, closed="left"))
        if "school_id" not in rows.columns and homes is not None:
            by_student = rows.group_by("student_id").agg(pl.col(stamp).max())
            rows = by_student.join(homes, on="student_id", how="inner", validate="1:m")
        if "school_id" not in rows.columns:
            return pl.DataFrame(schema={"school_id": pl.Int64, "last": MOMENT})
        return _latest(rows.select("school_id", at=stamp))

    return work


def _latest(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.group_by("school_id").agg(last=pl.col("at").max())


def _together(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """The latest of each school over all pieces, to the second."""
    return pl.concat(parts).group_by("school_id").agg(pl.col("last").max().dt.truncate("1s"))
