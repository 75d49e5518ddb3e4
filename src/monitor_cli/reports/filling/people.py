"""Who lacks what in the registers: students without a class or a parent, staff without a post."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.engine.people import counted
from monitor_cli.engine.persons import PERSON

if TYPE_CHECKING:
    from monitor_cli.clock import Week


def students(
    register: pl.DataFrame, parents: pl.DataFrame | None, classes: pl.DataFrame, week: Week
) -> pl.DataFrame:
    """The counted students of a `register` by school: how many, without a class, without a parent.

    A class that is not known, or not of the student's school, is no class of the student. A
    parent is a row of parents of the same school that names the student.

    Returns:
        `school_id`, `students`, `students_without_class`, `students_without_parent`, Int64.
    """
    rows = register.filter(counted(week))
    known = classes.select("school_id", "class_id", placed=True)
    placed = rows.join(known, on=["school_id", "class_id"], how="left", validate="m:1")
    people = placed.group_by(PERSON).agg(pl.col("placed").any())
    if parents is None:
        people = people.with_columns(named=False)
    else:
        children = parents.select("school_id", person_id="student_id").unique()
        named = children.with_columns(named=True)
        people = people.join(named, on=PERSON, how="left", validate="1:1")
    return people.group_by("school_id").agg(
        students=pl.len().cast(pl.Int64),
        students_without_class=_lacking("placed"),
        students_without_parent=_lacking("named"),
    )


def staff(register: pl.DataFrame, week: Week) -> pl.DataFrame:
    """The counted staff of a `register` by school; what any row of a person says, the person has.

    Returns:
        `school_id`, `staff`, `staff_without_position`, `staff_without_birth_year`, `teachers`,
        `teachers_without_category`, Int64.
    """
    people = (
        register.filter(counted(week))
        .group_by(PERSON)
        .agg(
            pl.col("position", "birth_year", "category").is_not_null().any(),
            teaches=(pl.col("role") == "teacher").fill_null(value=True).any(),
        )
    )
    return people.group_by("school_id").agg(
        staff=pl.len().cast(pl.Int64),
        staff_without_position=_lacking("position"),
        staff_without_birth_year=_lacking("birth_year"),
        teachers=pl.col("teaches").sum().cast(pl.Int64),
        teachers_without_category=_lacking("category", among="teaches"),
    )


def _lacking(flag: str, among: str | None = None) -> pl.Expr:
    lacks = ~pl.col(flag).fill_null(value=False)
    return (lacks if among is None else lacks & pl.col(among)).sum().cast(pl.Int64)
