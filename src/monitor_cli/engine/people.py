"""Counted persons at their places, week by week: teachers, students, parents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.dump.lookup import Ids
from monitor_cli.engine.lessons import MOMENT
from monitor_cli.engine.persons import PERSON, Persons, flags, marked
from monitor_cli.engine.until import happened, seen
from monitor_cli.indicators.spec import Fact
from monitor_cli.language import normalised

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator
    from datetime import date, datetime

    from monitor_cli.clock import Week
    from monitor_cli.dump.dump import Dump
    from monitor_cli.engine.query import Query
    from monitor_cli.settings import Settings


def before_end(week: Week, moment: str, flag: str, as_of: datetime | None) -> pl.Expr:
    """The date decides where there is one, else the flag, else no."""
    ended = pl.lit(week.next.monday).cast(MOMENT)
    before = (pl.col(moment) < ended) & happened(moment, as_of)
    return pl.coalesce(before, pl.col(flag), pl.lit(value=False))


def _activated(
    rows: pl.DataFrame, persons: Persons, week: Week, as_of: datetime | None
) -> pl.Series:
    """Whether any row of each row's person at the school says so."""
    says = rows.select(before_end(week, "activated_at", "is_activated", as_of)).to_series()
    return persons.any(says).alias("activated")


def counted(week: Week) -> pl.Expr:
    """Whether a row holds on the Sunday of the week."""
    return counted_on(week.sunday)


def counted_on(day: date) -> pl.Expr:
    """Whether a row holds on a day."""
    since = (pl.col("active_from") <= day).fill_null(value=True)
    until = (pl.col("active_to") >= day).fill_null(value=True)
    return since & until


def rows_of(
    dump: Dump, classes: pl.DataFrame, query: Query, rules: Settings, facts: Container[Fact]
) -> Iterator[tuple[Fact, pl.DataFrame]]:
    """The rows of those `facts` that are of persons; those of students wherever there are any.

    `classes`: as `facts.classes` returns them. One fact after another, so that the rows of one
    only need be held.
    """
    weeks, as_of = query.weeks, query.as_of
    if Fact.TEACHERS in facts:
        yield Fact.TEACHERS, teacher_rows(dump, weeks, rules, as_of)
    students = None
    if Table.STUDENTS in dump.tables:
        students = student_rows(dump, classes, weeks, as_of)
        yield Fact.STUDENTS, students
    if Fact.PARENTS in facts:
        yield Fact.PARENTS, parent_rows(dump, students, classes, weeks, as_of)


def teacher_rows(
    dump: Dump, weeks: Iterable[Week], rules: Settings, as_of: datetime | None = None
) -> pl.DataFrame:
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
            counted=(teaches & counted(week)).any(),
            activated=before_end(week, "activated_at", "is_activated", as_of).any(),
            esia=before_end(week, "esia_login_at", "has_esia_login", as_of).any(),
            category=pl.col("category").is_in(categories).fill_null(value=False).any(),
        )
        .filter("counted")
        .select(*PERSON, "activated", "esia", "category", week=pl.lit(week.monday))
        for week in weeks
    )


def student_rows(
    dump: Dump, classes: pl.DataFrame, weeks: Iterable[Week], as_of: datetime | None = None
) -> pl.DataFrame:
    """The rows of `Fact.STUDENTS`: a counted student in each of their classes, or in none.

    Returns:
        `week` Date, `school_id`, `class_id` (null: in no class), `parallel`, `person_id`, `person`
        (as `Persons.in_week`), `activated`, `viewed` Boolean.
    """
    students = dump.tables[Table.STUDENTS].frame.collect()
    persons = Persons.of(students)
    weeks = tuple(weeks)
    # A class that is not known, or not of the student's school, is no class of the student.
    known = classes.select("class_id", "parallel").unique().sort("class_id")
    at_class = Ids(known["class_id"]).places(students["class_id"])
    placed = students.with_columns(known["parallel"].gather(at_class))
    viewed = _viewed(dump, students, persons, weeks, as_of)
    return pl.concat(
        placed.with_columns(
            persons.in_week(index), _activated(students, persons, week, as_of), viewed[week]
        )
        .filter(counted(week))
        .select(
            *PERSON,
            "parallel",
            "class_id",
            "person",
            "activated",
            "viewed",
            week=pl.lit(week.monday),
        )
        for index, week in enumerate(weeks)
    )


def _viewed(
    dump: Dump,
    students: pl.DataFrame,
    persons: Persons,
    weeks: tuple[Week, ...],
    as_of: datetime | None,
) -> dict[Week, pl.Series]:
    """Whether a parent or the student opened the diary in each week, by row of `students`."""
    if Table.DIARY_VIEWS not in dump.tables:
        none = pl.Series("viewed", [False]).new_from_index(0, students.height)
        return dict.fromkeys(weeks, none)

    def work(piece: pl.DataFrame) -> tuple[list[pl.Series], list[pl.Series]]:
        views = seen(piece, "viewed_at", as_of)
        views = views.filter(pl.col("viewer_role").is_in(["parent", "student"]))
        held = views.select(_in_week(week).alias(week.iso) for week in weeks).get_columns()
        if "school_id" not in views.columns:
            at = persons.ids.places(views["student_id"])
            return [at.filter(within & at.is_not_null()) for within in held], []
        # The local time depends on the school: the week may be another at each.
        at = persons.numbers(views["school_id"], views["student_id"])
        return [], [at.filter(within & at.is_not_null()) for within in held]

    parts = dump.tables[Table.DIARY_VIEWS].each(work)
    anywhere, here = ([part[kind] for part in parts if part[kind]] for kind in (0, 1))
    viewed = {}
    for index, week in enumerate(weeks):
        flag = pl.Series("viewed", [False]).new_from_index(0, students.height)
        if anywhere:
            found = marked(len(persons.ids.values), [places[index] for places in anywhere])
            flag |= found.gather(persons.at)
        if here:
            flag |= marked(persons.count, [places[index] for places in here]).gather(persons.number)
        viewed[week] = flag.alias("viewed")
    return viewed


def _in_week(week: Week) -> pl.Expr:
    """Whether `viewed_at` lies in the week."""
    within = pl.col("viewed_at").is_between(week.monday, week.next.monday, closed="left")
    return within.fill_null(value=False)


def parent_rows(
    dump: Dump,
    students: pl.DataFrame | None,
    classes: pl.DataFrame,
    weeks: Iterable[Week],
    as_of: datetime | None = None,
) -> pl.DataFrame:
    """The rows of `Fact.PARENTS`: a parent at each class of a counted child of theirs.

    A row whose child is not known stands at the school only (`indicators.md`, «Parent at a
    place»); a known child who is not a counted student there makes no place.

    Returns:
        `week` Date, `school_id`, `class_id`, `parallel`, `person_id`, `person` (as
        `Persons.in_week`), `activated` Boolean.
    """
    parents = dump.tables[Table.PARENTS].frame.collect()
    persons = Persons.of(parents)
    children = dump.ids(Table.STUDENTS, "person_id") or Ids(parents["student_id"].clear())
    child = children.places(parents["student_id"]).alias("child")
    nowhere = classes.select("class_id", "parallel").clear()
    frames = []
    for index, week in enumerate(weeks):
        people = parents.select(
            *PERSON,
            child,
            persons.in_week(index),
            _activated(parents, persons, week, as_of),
            week=pl.lit(week.monday),
        )
        without_child = people.filter(pl.col("child").is_null())
        frames.append(pl.concat([without_child, nowhere], how="diagonal"))
        if students is not None:
            here = students.filter(pl.col("week") == week.monday)
            frames.append(_with_children(people, here, children))
    columns = ["week", *PERSON, "person", "class_id", "parallel", "activated"]
    return pl.concat(frame.select(columns) for frame in frames)


def _with_children(people: pl.DataFrame, students: pl.DataFrame, children: Ids) -> pl.DataFrame:
    """The rows of parents with `child`, at each class of the child at the parent's school.

    Args:
        people: `school_id` and `child`, a place among `children`.
        students: the counted students of the week.
        children: the ids of all students.
    """
    at = children.places(students["person_id"])
    number = flags(len(children.values), dtype=pl.UInt32)
    number = number.scatter(at, pl.int_range(1, len(at) + 1, dtype=pl.UInt32, eager=True))
    if (number > 0).sum() < len(at):
        placed = students.select("school_id", "class_id", "parallel", at.alias("child"))
        return people.join(placed, on=["school_id", "child"], how="inner", validate="m:m")
    row = number.gather(people["child"]).fill_null(0)
    people = people.filter(row > 0)
    row = row.filter(row > 0) - 1
    own = students["school_id"].gather(row)
    return people.with_columns(
        students["class_id"].gather(row), students["parallel"].gather(row)
    ).filter(people["school_id"] == own)
