"""Final marks at their places: school, class, subject and, where there is one alone, teacher."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.engine.people import counted
from monitor_cli.levels import Level
from monitor_cli.reports.grades.tallies import numbered

if TYPE_CHECKING:
    from monitor_cli.dump.dump import Dump
    from monitor_cli.reports.asked import Asked

_ONE = ["school_id", "class_id", "student_id", "subject", "period"]


class Final(NamedTuple):
    """The final marks of a dump.

    `units`: a row a student, subject and period: `school_id`, `parallel`, `class_id`, `teacher_id`
    (null where the lessons tell none or several), `student_id`, `subject`, `period`, and `COUNTS`.
    `again`: rows that a later one of the same student, class, subject and period stands for.
    `nowhere`: rows whose class and student are both unknown.
    """

    units: pl.DataFrame
    again: int
    nowhere: int


def final(dump: Dump, asked: Asked, keys: pl.DataFrame) -> Final:
    """The final marks, each at the class that it names, else at those of the student.

    Args:
        dump: with a table of final marks.
        asked: the period: students are those counted in its last week.
        keys: those of lessons, with columns `class_id`, `subject` and `teacher_id`.
    """
    rows = dump.tables[Table.FINAL_MARKS].frame.collect().with_row_index("row")
    # Few texts that recur are compared by their numbers.
    rows = rows.with_columns(pl.col("subject", "period").cast(pl.Categorical))
    classes = dump.tables[Table.CLASSES].frame.select("class_id", "school_id", "parallel").collect()
    placed = rows.join(classes, on="class_id", how="inner", validate="m:1", maintain_order="left")
    nowhere = 0
    if placed.height < rows.height:
        others = rows.join(placed, on="row", how="anti").drop("class_id")
        homes = _homes(dump, asked, classes, rows)
        at_home = others.join(homes, on="student_id", how="inner", validate="m:m")
        nowhere = others.height - at_home["row"].n_unique()
        placed = pl.concat([placed, at_home], how="diagonal").sort("row")
    latest = _latest(placed)
    latest = latest.with_columns(pl.col("subject", "period").cast(pl.String))
    code, said = numbered(latest["value"])
    units = latest.join(
        _only_teachers(dump, asked, keys),
        on=["class_id", "subject"],
        how="left",
        validate="m:1",
        maintain_order="left",
    ).select("school_id", "parallel", "class_id", "teacher_id", "student_id", "subject", "period")
    return Final(
        pl.concat([units, said.select(pl.all().gather(code))], how="horizontal"),
        again=placed.height - latest.height,
        nowhere=nowhere,
    )


def _latest(placed: pl.DataFrame) -> pl.DataFrame:
    """Of rows of one student, class, subject and period the last one.

    They are looked for only where two rows have one hash.
    """
    keys = (pl.col(name).to_physical() for name in _ONE)
    if placed.select(pl.struct(keys).hash()).to_series().n_unique() == placed.height:
        return placed
    return placed.unique(_ONE, keep="last", maintain_order=True)


def _only_teachers(dump: Dump, asked: Asked, keys: pl.DataFrame) -> pl.DataFrame:
    """Who alone teaches a subject in a class in the period: `class_id`, `subject`, `teacher_id`.

    A substitute is none: the mark is the regular teacher's. Without rows where nobody asks for
    teachers.
    """
    if asked.level is not Level.TEACHER and not asked.teachers:
        return keys.select("class_id", "subject", "teacher_id").clear()

    def work(piece: pl.DataFrame) -> pl.DataFrame:
        held = piece.filter(
            pl.col("date").is_between(asked.first, asked.last),
            ~pl.col("is_cancelled").fill_null(value=False),
            pl.col("teacher_id").is_not_null(),
        )
        return held.select("class_id", "subject", "teacher_id").unique()

    taught = pl.concat(dump.tables[Table.LESSONS].each(work)).unique()
    one = taught.group_by("class_id", "subject").agg(pl.col("teacher_id").implode())
    return one.filter(pl.col("teacher_id").list.len() == 1).with_columns(
        pl.col("teacher_id").list.first()
    )


def _homes(dump: Dump, asked: Asked, classes: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The classes of each student: `student_id`, `school_id`, `class_id`, `parallel`."""
    if Table.STUDENTS not in dump.tables:
        student = {"student_id": rows.schema["student_id"]}
        return pl.DataFrame(schema={**student, **classes.schema})
    students = dump.tables[Table.STUDENTS].frame.filter(counted(asked.week))
    held = students.select("school_id", "class_id", student_id="person_id").collect()
    return held.join(
        classes.select("class_id", "parallel"), on="class_id", how="left", validate="m:1"
    )
