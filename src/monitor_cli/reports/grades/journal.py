"""How the journal is kept where marks are given: lessons, marks a lesson, attendance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.clock import Week
from monitor_cli.columns import Table
from monitor_cli.engine.facts import ABSENT
from monitor_cli.engine.lessons import bearing
from monitor_cli.engine.people import counted

if TYPE_CHECKING:
    from monitor_cli.dump.dump import Dump
    from monitor_cli.reports.grades.lessons import Placed

_IN_CLASS = ["class_id", "person_id"]


def lesson_sums(placed: Placed) -> pl.DataFrame:
    """How many lessons each place has: the keys of its level and `lessons` Int64."""
    held = placed.at.filter(placed.within).to_frame("at")
    return placed.named(held.group_by("at").agg(lessons=pl.len().cast(pl.Int64)))


def attendance_sums(dump: Dump, placed: Placed, marked: pl.Series | None) -> pl.DataFrame:
    """Seats and absences of the lessons whose journal was kept, a row a place, Int64.

    A lesson has a seat for each student of its class who is counted in its week. A lesson of a
    subgroup has none: who belongs to the group a dump does not say. An absence is that of such a
    student, by illness too; coming late is none.

    Args:
        dump: with tables of students and attendance.
        placed: the lessons.
        marked: whether each of `lessons.frame` bears a mark; None where that is not known.
    """
    frame = placed.lessons.frame
    class_id = placed.lessons.classes["class_id"].gather(frame["class_number"])
    whole = placed.within & frame["group"].is_null()

    def work(piece: pl.DataFrame) -> tuple[pl.Series, pl.DataFrame]:
        rows, lesson = placed.rows_of(piece)
        away = rows["status"].is_in(ABSENT).fill_null(value=False)
        absences = pl.DataFrame([lesson.alias("row"), rows["student_id"]]).filter(away)
        return lesson.unique(), absences

    parts = dump.tables[Table.ATTENDANCE].each(work)
    noted = bearing(placed.lessons, [part[0] for part in parts])
    kept = noted | frame["has_comment"] | frame["is_conducted"]
    kept = whole & (kept if marked is None else kept | marked)
    monday = frame["date"].dt.truncate("1w")
    students = dump.tables[Table.STUDENTS].frame.filter(pl.col("class_id").is_not_null()).collect()
    weeks = [Week(one) for one in monday.filter(kept).unique().sort()]
    lessons = pl.DataFrame([placed.at.alias("at"), class_id, monday.alias("week")])
    members = _members(students, weeks)
    seats = _seats(lessons.filter(kept), members)
    absences = pl.concat(part[1] for part in parts)
    absences = absences.filter(kept.gather(absences["row"]))
    row = absences["row"]
    missed = pl.DataFrame(
        [
            placed.at.gather(row).alias("at"),
            class_id.gather(row),
            absences["student_id"].alias("person_id"),
            monday.gather(row).alias("week"),
        ]
    )
    of_students = _absent(missed, members)
    return placed.named(
        seats.join(of_students, on="at", how="left", validate="1:1").with_columns(
            pl.col("absences").fill_null(0)
        )
    )


def _members(students: pl.DataFrame, weeks: list[Week]) -> pl.DataFrame:
    """Who is counted in which class in which week: `class_id`, `person_id`, `week`."""
    none = students.select(*_IN_CLASS, week=pl.lit(None, pl.Date)).clear()
    return pl.concat(
        [
            none,
            *(
                students.filter(counted(week)).select(*_IN_CLASS, week=pl.lit(week.monday))
                for week in weeks
            ),
        ]
    )


def _seats(lessons: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """The students counted in the class of each lesson, summed up by `at`: `seats`."""
    sizes = members.group_by("class_id", "week").agg(size=pl.len().cast(pl.Int64))
    return (
        lessons.join(sizes, on=["class_id", "week"], how="left", validate="m:1")
        .group_by("at")
        .agg(seats=pl.col("size").fill_null(0).sum())
    )


def _absent(absences: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """The absences of students who are counted in the class and week, summed up by `at`."""
    known = absences.join(members, on=[*_IN_CLASS, "week"], how="semi")
    return known.group_by("at").agg(absences=pl.len().cast(pl.Int64))
