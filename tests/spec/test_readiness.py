"""«Работа перед началом года»: what is to be done before the first lessons, counted by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from monitor_cli.clock import Week
from monitor_cli.errors import UsageError
from monitor_cli.reports.readiness.report import readiness
from tests.spec.asked import cells, codes, report_of, total
from tests.spec.journal import MONDAY

if TYPE_CHECKING:
    from monitor_cli.report import Report
    from tests.spec.journal import Journal

AREAS = ("staff_verdict", "migration_verdict", "timetable_verdict", "planning_verdict")


def ready(journal: Journal, level: str = "school", **asked: object) -> Report:
    return report_of(readiness, journal, level, **asked)  # type: ignore[arg-type]


@pytest.fixture(name="prepared")
def _prepared(journal: Journal) -> Journal:
    """A school in which nothing is to be done: eight planned lessons of the only class."""
    journal.table("staff", "person_id | is_activated \n А | да")
    journal.table("students", "person_id \n Оля")
    journal.table("lessons", "topic | teacher_id \n 8 × Дроби | А")
    journal.table("homework", "lesson_id | issued_at")
    return journal


def test_a_school_in_which_nothing_is_to_be_done_is_ready(prepared: Journal) -> None:
    report = ready(prepared)
    assert cells(report, "rows", "verdict", *AREAS) == [("ready",) * 5]
    lists = ("staff", "students", "classes", "planning")
    assert [cells(report, name, "school") for name in lists] == [[], [], [], []]


def test_staff_are_to_activate_or_to_be_removed(prepared: Journal) -> None:
    """Activated in time is activated; who has another role, too, is no technical staff."""
    prepared.table(
        "staff",
        """
        person_id | name | role      | position | activated_at        | active_to
        А         | Анна | teacher   | учитель  | 2026-11-22 23:59:59 |
        Б         | Боря | teacher   | учитель  | 2026-11-23 00:00:00 |
        В         | Вера | technical | вахтёр   |                     |
        Г         | Гоша | technical | дворник  |                     |
        Г         | Гоша | admin     | завхоз   |                     |
        Д         | Дина | technical | уборщица | 2026-09-01 10:00:00 |
        Е         | Ева  | teacher   |          |                     | 2026-11-21
        """,
    )
    report = ready(prepared)
    assert cells(report, "rows", "not_activated", "technical") == [(2, 2)]
    assert cells(report, "rows", "verdict", *AREAS) == [
        ("not_ready", "not_ready", "ready", "ready", "ready")
    ]
    assert cells(report, "staff", "person_id", "name", "role", "position", "why") == [
        ("Б", "Боря", "teacher", "учитель", "not_activated"),
        ("Г", "Гоша", "admin", "завхоз", "not_activated"),
        ("В", "Вера", "technical", "вахтёр", "technical"),
        ("Д", "Дина", "technical", "уборщица", "technical"),
    ]


def test_students_are_to_be_in_one_class_of_this_year(prepared: Journal) -> None:
    """One reason each: in classes of another year alone, in none, in several.

    Ваня, who is in last year's class and in this year's, is in two; Женя is at another school.
    """
    prepared.table(
        "classes",
        """
        class_id | class | study_year | status
        5А       | 5А    | 2026       |
        5Б       | 5Б    |            |
        4А       | 4А    | 2025       |
        4Б       | 4Б    |            | archive
        """,
    )
    prepared.table(
        "students",
        """
        person_id | class_id | name | active_to
        Аня       | 4А       | Анна |
        Боря      | 4Б       | Боря |
        Ваня      | 4А       | Ваня |
        Ваня      | 5А       | Ваня |
        Гена      |          | Гена |
        Даша      | 9Ю       | Даша |
        Ева       | 5Б       | Ева  |
        Ева       | 5А       | Ева  |
        Ира       | 5Б       | Ира  |
        Женя      |          | Женя | 2026-11-21
        """,
    )
    report = ready(prepared)
    counts = ("students", "past_class", "no_class", "two_classes", "migration_verdict")
    assert cells(report, "rows", *counts) == [(7, 2, 2, 2, "not_ready")]
    assert cells(report, "students", "person_id", "classes", "why") == [
        ("Гена", None, "no_class"),
        ("Даша", None, "no_class"),
        ("Аня", "4А", "past_class"),
        ("Боря", "4Б", "past_class"),
        ("Ваня", "4А, 5А", "two_classes"),
        ("Ева", "5А, 5Б", "two_classes"),
    ]


def test_a_class_needs_eight_lessons_in_the_week(prepared: Journal) -> None:
    """Seven are one short, of a class without any eight are missing; an archived one needs none."""
    prepared.table(
        "classes",
        "class_id | class | status \n 5А | 5А | \n 5Б | 5Б | \n 5В | 5В | \n 5Г | 5Г | archive",
    )
    prepared.table(
        "lessons",
        """
        class_id | topic | date       | is_cancelled
        8 × 5А   | Дроби | 2026-11-17 |
        7 × 5Б   | Дроби | 2026-11-17 |
        5Б       | Дроби | 2026-11-17 | да
        5Б       | Дроби | 2026-11-23 |
        """,
    )
    report = ready(prepared)
    assert cells(report, "rows", "classes", "short_classes", "timetable_verdict") == [
        (3, 2, "not_ready")
    ]
    assert cells(report, "classes", "class", "lessons", "missing") == [("5Б", 7, 1), ("5В", 0, 8)]
    prepared.rule("timetable_filling.min_lessons=7")
    assert cells(ready(prepared), "classes", "class", "missing") == [("5В", 7)]


def test_a_lesson_needs_a_topic_or_homework(prepared: Journal) -> None:
    """The substitute is to see to it; a lesson without a teacher is on the list as well."""
    prepared.table("staff", "person_id | name | is_activated \n А | Анна | да \n Б | Борис | да")
    prepared.table(
        "lessons",
        """
        lesson_id | subject | teacher_id | substitute_id | topic
        A         | Алгебра | А          |               | Дроби
        B         | Алгебра | А          |               |
        C         | Алгебра | А          | Б             |
        D         | Физика  |            |               |
        E         | Физика  | А          |               |
        """,
    )
    prepared.table("homework", "lesson_id | issued_at \n E | 2026-11-16 10:00:00")
    report = ready(prepared)
    counts = ("lessons", "unplanned", "planned", "planning_verdict")
    assert cells(report, "rows", *counts) == [(5, 3, 40.0, "not_ready")]
    assert cells(report, "planning", "class", "subject", "teacher", "lessons", "unplanned") == [
        ("5А", "Алгебра", "Анна", 2, 1),
        ("5А", "Алгебра", "Борис", 1, 1),
        ("5А", "Физика", None, 1, 1),
    ]


def test_where_nothing_can_be_judged_nothing_is_ready(journal: Journal) -> None:
    """No registers, no homework; the timetable of the one class is short: the school is not ready.

    With a timetable it would be unknown.
    """
    report = ready(journal)
    assert cells(report, "rows", "verdict", *AREAS) == [
        ("not_ready", None, None, "not_ready", None)
    ]
    assert cells(report, "rows", "not_activated", "students", "unplanned", "planned") == [
        (None,) * 4
    ]
    assert codes(report).count("missing_table") == 3
    journal.rule("timetable_filling.min_lessons=1")
    assert cells(ready(journal), "rows", "verdict", "timetable_verdict") == [(None, "ready")]


def test_without_columns_of_activation_technical_staff_are_still_told(prepared: Journal) -> None:
    prepared.table("staff", "person_id | role \n А | teacher \n Б | technical")
    report = ready(prepared)
    assert cells(report, "rows", "not_activated", "technical", "staff_verdict") == [
        (None, 1, "not_ready")
    ]
    prepared.table("staff", "person_id | role \n А | teacher")
    assert cells(ready(prepared), "rows", "staff_verdict", "verdict") == [(None, None)]


def test_a_week_that_the_dump_does_not_cover_says_nothing_of_lessons(prepared: Journal) -> None:
    report = ready(prepared, first=date(2026, 8, 31))
    assert cells(report, "rows", *AREAS) == [("ready", "ready", None, None)]
    assert "not_covered" in codes(report)


def test_the_first_of_september_lies_in_the_new_school_year() -> None:
    """So classes of 2026 are active in its week, which begins in August."""
    assert Week.of(date(2026, 9, 1)).school_year == 2026


def test_above_schools_it_is_counted_how_many_are_ready(prepared: Journal) -> None:
    """«2» has no class, no lesson, nobody: there is nothing to judge by."""
    prepared.table(
        "schools", "school_id | municipality \n 1 | Заречный \n 2 | Заречный \n 3 | Тихий"
    )
    prepared.table("classes", "class_id | school_id \n 5А | 1 \n 6А | 3")
    names = ("schools", "ready", "not_ready", "classes", "short_classes")
    report = ready(prepared, "municipality")
    assert cells(report, "rows", "municipality", *names) == [
        ("Заречный", 2, 1, 0, 1, 0),
        ("Тихий", 1, 0, 1, 1, 1),
    ]
    assert total(report, "rows", *names) == (3, 1, 1, 2, 1)
    by_school = ready(prepared)
    assert cells(by_school, "rows", "verdict") == ["ready", None, "not_ready"]
    assert total(by_school, "rows", "classes", "planned") == (2, 100.0)


def test_lists_are_those_of_the_schools_left_and_as_long_as_asked(prepared: Journal) -> None:
    prepared.table("schools", "school_id \n 1 \n 2")
    prepared.table("staff", "person_id | school_id | is_activated \n А | 1 | нет \n Б | 2 | нет")
    assert cells(ready(prepared, schools=("2",)), "staff", "person_id") == ["Б"]
    cut = ready(prepared, limit=1)
    assert cells(cut, "staff", "person_id") == ["А"]
    assert cut.sheet("staff").rows_in_all == 2


def test_there_is_no_readiness_below_the_school(prepared: Journal) -> None:
    with pytest.raises(UsageError):
        ready(prepared, "class", first=MONDAY)
