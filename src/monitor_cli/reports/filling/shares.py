"""What of the data of a school is filled in: the shares that the score is made of.

The memo names the report and no column of it; what is looked at here is the project's own choice.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.columns import Table
from monitor_cli.language import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor_cli.dump.dump import Dump
    from monitor_cli.language import Words


class Share(NamedTuple):
    """A share: what is filled, of what, and what the count of the rest is called.

    `of` and `without` are counts (`COUNTS`). It can be told where the dump has `table` and one of
    `columns` (of any, without them); `in_period`: only where the dump covers the period.
    """

    key: str
    title: Words
    of: str
    without: str
    table: Table
    columns: tuple[str, ...] = ()
    in_period: bool = False


SHARES = (
    Share(
        "students_in_class",
        words("Ученики в классах, %", "Students in classes, %"),
        "students",
        "students_without_class",
        Table.STUDENTS,
        ("class_id",),
    ),
    Share(
        "students_with_parent",
        words("Ученики с родителем, %", "Students with a parent, %"),
        "students",
        "students_without_parent",
        Table.PARENTS,
        ("student_id",),
    ),
    Share(
        "staff_with_position",
        words("Сотрудники с должностью, %", "Staff with a post, %"),
        "staff",
        "staff_without_position",
        Table.STAFF,
        ("position",),
    ),
    Share(
        "staff_with_birth_year",
        words("Сотрудники с годом рождения, %", "Staff with a birth year, %"),
        "staff",
        "staff_without_birth_year",
        Table.STAFF,
        ("birth_year",),
    ),
    Share(
        "teachers_with_category",
        words("Учителя с категорией, %", "Teachers with a category, %"),
        "teachers",
        "teachers_without_category",
        Table.STAFF,
        ("category",),
    ),
    Share(
        "lessons_with_teacher",
        words("Уроки с учителем, %", "Lessons with a teacher, %"),
        "lessons",
        "lessons_without_teacher",
        Table.LESSONS,
        ("teacher_id", "substitute_id"),
        in_period=True,
    ),
    Share(
        "lessons_with_topic",
        words("Уроки с темой, %", "Lessons with a topic, %"),
        "lessons",
        "lessons_without_topic",
        Table.LESSONS,
        ("topic",),
        in_period=True,
    ),
    Share(
        "lessons_with_number",
        words("Уроки с номером, %", "Lessons with a number, %"),
        "lessons",
        "lessons_without_number",
        Table.LESSONS,
        ("number",),
        in_period=True,
    ),
    Share(
        "lessons_with_times",
        words("Уроки со временем, %", "Lessons with times, %"),
        "lessons",
        "lessons_without_times",
        Table.LESSONS,
        ("starts_at", "ends_at"),
        in_period=True,
    ),
    Share(
        "subjects_with_marks",
        words("Предметы с оценками, %", "Subjects with marks, %"),
        "subjects",
        "subjects_without_marks",
        Table.MARKS,
        in_period=True,
    ),
    Share(
        "classes_with_lessons",
        words("Классы с уроками, %", "Classes with lessons, %"),
        "classes",
        "classes_without_lessons",
        Table.LESSONS,
        in_period=True,
    ),
)
"""The shares, in the order of the report; each has the same weight in the score."""

TITLES = {
    "students": words("Учеников", "Students"),
    "students_without_class": words("без класса", "without a class"),
    "students_without_parent": words("без родителя", "without a parent"),
    "staff": words("Сотрудников", "Staff"),
    "staff_without_position": words("без должности", "without a post"),
    "staff_without_birth_year": words("без года рождения", "without a birth year"),
    "teachers": words("Учителей", "Teachers"),
    "teachers_without_category": words("без категории", "without a category"),
    "lessons": words("Уроков", "Lessons"),
    "lessons_without_teacher": words("без учителя", "without a teacher"),
    "lessons_without_topic": words("без темы", "without a topic"),
    "lessons_without_number": words("без номера", "without a number"),
    "lessons_without_times": words("без времени", "without times"),
    "subjects": words("Предметов", "Subjects"),
    "subjects_without_marks": words("без оценок", "without a mark"),
    "classes": words("Действующих классов", "Active classes"),
    "classes_without_lessons": words("без уроков", "without a lesson"),
}
COUNTS = tuple(TITLES)
"""What is counted at a school: of what there is how much, and how much of it lacks what."""


def unknown(dump: Dump, *, covered: bool) -> frozenset[str]:
    """The counts that the dump cannot tell: they are not available, never 0."""
    known: set[str] = set()
    for share in SHARES:
        if share.in_period and not covered:
            continue
        tables = {share.table, *_TABLES.get(share.of, ())}
        if not tables <= dump.tables.keys():
            continue
        if share.columns and not {*share.columns} & dump.tables[share.table].columns:
            continue
        known.add(share.without)
    known |= {name for name, tables in _TABLES.items() if {*tables} <= dump.tables.keys()}
    if not covered:
        known -= {"lessons", "subjects"}
    return frozenset(COUNTS) - known


_TABLES = {
    "students": (Table.STUDENTS,),
    "staff": (Table.STAFF,),
    "teachers": (Table.STAFF,),
    "lessons": (Table.LESSONS,),
    "subjects": (Table.LESSONS,),
    "classes": (Table.CLASSES,),
}
"""The tables that tell of what there is how much."""


def exact(share: Share, counts: Mapping[str, object]) -> Fraction | None:
    """A share of a place, per cent; None where it is not available or there is nothing."""
    of, without = counts[share.of], counts[share.without]
    if not isinstance(of, int) or not isinstance(without, int) or not of:
        return None
    return Fraction(100 * (of - without), of)


def score(counts: Mapping[str, object]) -> tuple[Fraction | None, int]:
    """The mean of the shares that a place has, each with the same weight, and how many it has."""
    there = [one for share in SHARES if (one := exact(share, counts)) is not None]
    if not there:
        return None, 0
    return sum(there, Fraction(0)) / len(there), len(there)
