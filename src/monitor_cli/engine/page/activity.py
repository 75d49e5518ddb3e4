"""When something was last done at a school, by each kind of entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.engine.lessons import PLACE

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from monitor_cli.dump.dump import Dump
    from monitor_cli.engine.week import Counting

STAMPS = {
    Table.MARKS: ("created_at", "updated_at"),
    Table.ATTENDANCE: ("created_at",),
    Table.HOMEWORK: ("issued_at", "updated_at"),
    Table.DIARY_VIEWS: ("viewed_at",),
    Table.LOGINS: ("logged_at",),
}
"""The tables of what is entered, in the order of the page, and when each row was."""


def last_activity(dump: Dump, counting: Counting) -> list[tuple[Table, datetime | None]]:
    """The latest moment of each table of a dump at the schools left, up to the state asked for.

    Marks and absences are those for lessons of the week and the one before, homework that due for
    lessons since then, views those of these weeks by the school's students. A moment without an
    hour is the beginning of its day. None: there is none.
    """
    those = {
        Table.MARKS: _for_lessons(counting, measured=True),
        Table.ATTENDANCE: _for_lessons(counting, measured=True),
        Table.HOMEWORK: _for_lessons(counting, measured=False),
        Table.DIARY_VIEWS: _of_students(dump, counting),
        Table.LOGINS: _at_school(counting),
    }
    return [
        (table, _latest(dump, table, those[table], counting.query.as_of))
        for table in STAMPS
        if table in dump.tables
    ]


def _latest(
    dump: Dump,
    table: Table,
    those: Callable[[pl.DataFrame], pl.Series],
    as_of: datetime | None,
) -> datetime | None:
    names = STAMPS[table]

    def work(piece: pl.DataFrame) -> datetime | None:
        stamps = piece.filter(those(piece)).select(names)
        if as_of is not None:
            stamps = stamps.select(pl.when(pl.col(name) <= as_of).then(name) for name in names)
        latest: datetime | None = stamps.select(pl.max_horizontal(pl.all().max())).item()
        return latest

    found = [one for one in dump.tables[table].each(work) if one is not None]
    # To the second, as moments are shown everywhere.
    return max(found).replace(microsecond=0) if found else None


def _for_lessons(counting: Counting, *, measured: bool) -> Callable[[pl.DataFrame], pl.Series]:
    """Whether rows are for a lesson of the schools left; `measured`: not of a later week."""
    lessons, scope = counting.lessons, counting.scope
    places = lessons.places.with_row_index("at")
    within = places["at"].is_in(scope.keep(places)["at"].implode())
    if measured:
        within &= lessons.measured()
    place = lessons.frame[PLACE]

    def those(piece: pl.DataFrame) -> pl.Series:
        return within.gather(place.gather(lessons.rows_of(piece))).fill_null(value=False)

    return those


def _at_school(counting: Counting) -> Callable[[pl.DataFrame], pl.Series]:
    """Whether rows with `school_id` are of the schools left."""
    left = counting.scope.keep(counting.frames.schools)
    ids = left["school_id"].implode()

    def those(piece: pl.DataFrame) -> pl.Series:
        return piece["school_id"].is_in(ids)

    return those


def _of_students(dump: Dump, counting: Counting) -> Callable[[pl.DataFrame], pl.Series]:
    """Whether views are of students of the schools left, in the weeks that are measured."""
    weeks = counting.query.weeks
    first, end = weeks[-1].monday, weeks[0].next.monday
    at_school = _at_school(counting)
    students: pl.Series | None = None
    if Table.STUDENTS in dump.tables:
        register = dump.tables[Table.STUDENTS].frame.select("school_id", "person_id")
        held = register.collect()
        students = held.filter(at_school(held))["person_id"].unique()

    def those(piece: pl.DataFrame) -> pl.Series:
        if students is None:
            return pl.Series([False]).new_from_index(0, piece.height)
        within = piece.select(
            pl.col("viewed_at").is_between(first, end, closed="left").fill_null(value=False)
        )
        found = piece["student_id"].is_in(students.implode()) & within.to_series()
        return found & at_school(piece) if "school_id" in piece.columns else found

    return those
