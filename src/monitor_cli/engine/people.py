"""Counted persons at their places, week by week: teachers, students, parents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.engine.facts import in_weeks
from monitor_cli.engine.lessons import MOMENT
from monitor_cli.language import normalised

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor_cli.clock import Week
    from monitor_cli.dump.dump import Dump
    from monitor_cli.settings import Settings

PERSON = ["school_id", "person_id"]


def _before_end(week: Week, moment: str, flag: str) -> pl.Expr:
    """The date decides where there is one, else the flag, else no."""
    ended = pl.lit(week.next.monday).cast(MOMENT)
    return pl.coalesce(pl.col(moment) < ended, pl.col(flag), pl.lit(value=False))


def _with_activated(rows: pl.DataFrame, weeks: Iterable[Week]) -> pl.DataFrame:
    """Add a Boolean column a week, named by it: whether any row of the person there says so."""
    says = {week.iso: _before_end(week, "activated_at", "is_activated") for week in weeks}
    if rows.select(pl.struct(PERSON).n_unique()).item() == rows.height:
        return rows.with_columns(**says)
    said = rows.group_by(PERSON).agg(**{name: flag.any() for name, flag in says.items()})
    return rows.join(said, on=PERSON, how="left", validate="m:1")


def _counted(week: Week) -> pl.Expr:
    """Whether a row holds on the Sunday of the week."""
    since = (pl.col("active_from") <= week.sunday).fill_null(value=True)
    until = (pl.col("active_to") >= week.sunday).fill_null(value=True)
    return since & until


def teacher_rows(dump: Dump, weeks: Iterable[Week], rules: Settings) -> pl.DataFrame:
    """The rows of `Fact.TEACHERS`: persons with a counted row as a teacher.

    What a person has done is said by any of the person's rows at the school.

    Returns:
        `week` Date, `school_id`, `person_id`, `activated`, `esia`, `category` Boolean.
    """
    staff = dump.tables[Table.STAFF].frame.collect()
    beginnings = [normalised(text) for text in rules.teacher_category.categories]
    categories = [
        text
        for text in staff["category"].unique()
        if text is not None and normalised(text).startswith(tuple(beginnings))
    ]
    teaches = (pl.col("role") == "teacher").fill_null(value=True)
    return pl.concat(
        staff.group_by(PERSON)
        .agg(
            counted=(teaches & _counted(week)).any(),
            activated=_before_end(week, "activated_at", "is_activated").any(),
            esia=_before_end(week, "esia_login_at", "has_esia_login").any(),
            category=pl.col("category").is_in(categories).fill_null(value=False).any(),
        )
        .filter("counted")
        .select(*PERSON, "activated", "esia", "category", week=pl.lit(week.monday))
        for week in weeks
    )


def student_rows(dump: Dump, classes: pl.DataFrame, weeks: Iterable[Week]) -> pl.DataFrame:
    """The rows of `Fact.STUDENTS`: a counted student in each of their classes, or in none.

    Returns:
        `week` Date, `school_id`, `class_id` (null: in no class), `parallel`, `person_id`,
        `activated`, `viewed` Boolean.
    """
    students = dump.tables[Table.STUDENTS].frame.collect()
    weeks = tuple(weeks)
    # A class that is not known, or not of the student's school, is no class of the student.
    known = classes.select("school_id", "class_id", "parallel", own="class_id").unique()
    placed = _with_activated(students, weeks).join(
        known, on=["school_id", "class_id"], how="left", validate="m:1"
    )
    rows = pl.concat(
        placed.filter(_counted(week)).select(
            *PERSON,
            "parallel",
            class_id="own",
            activated=week.iso,
            week=pl.lit(week.monday),
        )
        for week in weeks
    )
    views = _viewed(dump, weeks)
    if views is None:
        return rows.with_columns(viewed=pl.lit(value=False))
    return rows.join(views, on=["week", *PERSON], how="left", validate="m:1").with_columns(
        pl.col("viewed").fill_null(value=False)
    )


def _viewed(dump: Dump, weeks: tuple[Week, ...]) -> pl.DataFrame | None:
    """The students whose diary a parent or the student opened in each week."""
    if Table.DIARY_VIEWS not in dump.tables:
        return None
    return (
        dump.tables[Table.DIARY_VIEWS]
        .frame.filter(pl.col("viewer_role").is_in(["parent", "student"]))
        .select(
            "school_id",
            person_id="student_id",
            week=pl.col("viewed_at").dt.truncate("1w").cast(pl.Date),
            viewed=pl.lit(value=True),
        )
        .filter(in_weeks("week", weeks))
        .unique()
        .collect()
    )


def parent_rows(
    dump: Dump, students: pl.DataFrame | None, classes: pl.DataFrame, weeks: Iterable[Week]
) -> pl.DataFrame:
    """The rows of `Fact.PARENTS`: a parent at each class of a counted child of theirs.

    A row whose child is not known stands at the school only (`indicators.md`, «Parent at a
    place»); a known child who is not a counted student there makes no place.

    Returns:
        `week` Date, `school_id`, `class_id`, `parallel`, `person_id`, `activated` Boolean.
    """
    parents = dump.tables[Table.PARENTS].frame.collect()
    known = pl.Series("person_id", [], parents["student_id"].dtype)
    if Table.STUDENTS in dump.tables:
        known = dump.tables[Table.STUDENTS].frame.select("person_id").collect().to_series()
    without_child = ~pl.col("student_id").is_in(known.unique().implode()).fill_null(value=False)
    weeks = tuple(weeks)
    parents = _with_activated(parents, weeks)
    frames = []
    for week in weeks:
        people = parents.select(*PERSON, "student_id", activated=week.iso, week=pl.lit(week.monday))
        frames.append(
            people.filter(without_child)
            .with_columns(
                class_id=pl.lit(None, classes["class_id"].dtype),
                parallel=pl.lit(None, pl.Int64),
            )
            .drop("student_id")
        )
        if students is not None:
            children = students.filter(pl.col("week") == week.monday).select(
                "school_id", "class_id", "parallel", student_id="person_id"
            )
            frames.append(
                people.join(
                    children, on=["school_id", "student_id"], how="inner", validate="m:m"
                ).drop("student_id")
            )
    columns = ["week", *PERSON, "class_id", "parallel", "activated"]
    return pl.concat(frame.select(columns) for frame in frames)
