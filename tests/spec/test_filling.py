"""«Сведения о наполнении данными»: what is filled in, counted by hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from monitor_cli.errors import UsageError
from monitor_cli.reports.filling.report import filling
from tests.spec.asked import cells, codes, report_of, total

if TYPE_CHECKING:
    from tests.spec.journal import Journal

LESSONS = "lessons_with_teacher"


def one(journal: Journal, sheet: str, *names: str, **asked: object) -> object:
    """The cells of the only school."""
    [found] = cells(report_of(filling, journal, **asked), sheet, *names)  # type: ignore[arg-type]
    return found


def test_students_without_a_class_or_a_parent(journal: Journal) -> None:
    """Of four counted students one has no class, one an unknown one, one that of another school.

    Вася has two rows, one in a class: he is one student and has one. Gone is gone.
    """
    journal.table("schools", "school_id \n 1 \n 2")
    journal.table("classes", "class_id | school_id \n 5А | 1 \n 7В | 2")
    journal.table(
        "students",
        """
        person_id | class_id | active_to
        Аня       |          |
        Боря      | 9Ю       |
        Вася      |          |
        Вася      | 5А       |
        Гоша      | 7В       |
        Дима      |          | 2026-11-21
        """,
    )
    journal.table(
        "parents",
        "person_id | student_id | school_id \n М | Аня | 1 \n П | Аня | 1"
        " \n М | Вася | 1 \n К | Гоша | 2",
    )
    report = report_of(filling, journal, schools=("1",))
    counts = ("students", "students_without_class", "students_without_parent")
    assert cells(report, "counts", *counts) == [(4, 3, 2)]
    assert cells(report, "rows", "students_in_class", "students_with_parent") == [(25.0, 50.0)]


def test_staff_without_a_post_a_birth_year_a_category(journal: Journal) -> None:
    """What any row of a person says the person has; only teachers need a category."""
    journal.table(
        "staff",
        """
        person_id | role      | position | birth_year | category       | active_from
        А         | teacher   | учитель  | 1980       | без категории  |
        Б         | teacher   |          |            |                |
        Б         | admin     | завуч    |            | высшая         |
        В         | teacher   | учитель  | 1990       |                |
        Г         | technical |          | 1970       |                |
        Д         | teacher   |          |            |                | 2026-11-23
        """,
    )
    counts = (
        "staff",
        "staff_without_position",
        "staff_without_birth_year",
        "teachers",
        "teachers_without_category",
    )
    assert one(journal, "counts", *counts) == (4, 1, 1, 3, 1)
    shares = ("staff_with_position", "staff_with_birth_year", "teachers_with_category")
    assert one(journal, "rows", *shares) == (75.0, 75.0, 100 * 2 / 3)


def test_lessons_without_teacher_topic_number_times(journal: Journal) -> None:
    """A substitute is a teacher, a beginning or an end is enough; cancelled lessons are none."""
    journal.table(
        "lessons",
        """
        teacher_id | substitute_id | topic | number | starts_at | ends_at | is_cancelled
        А          |               | Дроби | 1      | 08:30     | 09:15   |
                   | Б             |       | 2      |           | 09:15   |
        А          |               |       |        | 08:30     |         |
                   |               | Дроби | -      |           |         |
                   |               |       |        |           |         | да
        """,
    )
    counts = tuple(f"lessons_without_{name}" for name in ("teacher", "topic", "number", "times"))
    assert one(journal, "counts", "lessons", *counts) == (4, 1, 2, 2, 1)
    shares = tuple(f"lessons_with_{name}" for name in ("teacher", "topic", "number", "times"))
    assert one(journal, "rows", *shares) == (75.0, 50.0, 50.0, 75.0)


def test_subjects_never_marked_are_those_of_the_period(journal: Journal) -> None:
    """Химия bears its mark in the week after."""
    journal.table(
        "lessons",
        """
        lesson_id | subject | date
        A         | Физика  | 2026-11-16
        B         | Физика  | 2026-11-17
        C         | Химия   | 2026-11-17
        D         | Химия   | 2026-11-24
        E         | Музыка  | 2026-11-22
        """,
    )
    journal.table(
        "marks", "lesson_id | created_at \n B | 2026-11-17 10:00:00 \n D | 2026-11-24 10:00:00"
    )
    assert one(journal, "counts", "subjects", "subjects_without_marks") == (3, 2)
    assert one(journal, "rows", "subjects_with_marks") == pytest.approx(100 / 3)
    later = {"first": date(2026, 11, 23), "last": date(2026, 11, 29)}
    assert one(journal, "counts", "subjects", "subjects_without_marks", **later) == (1, 0)


def test_active_classes_without_a_lesson(journal: Journal) -> None:
    journal.table(
        "classes",
        "class_id | status | study_year \n 5А | | \n 5Б | | 2026 \n 5В | архив | \n 5Г | | 2025",
    )
    assert one(journal, "counts", "classes", "classes_without_lessons") == (2, 1)
    assert one(journal, "rows", "classes_with_lessons") == 50.0


def test_the_score_is_the_mean_of_the_shares_that_there_are(journal: Journal) -> None:
    """Classes 1/1, lessons with a topic 1/2, with a number 2/2; the other eight nobody can tell."""
    journal.table("lessons", "topic | number \n Дроби | 1 \n | 2")
    report = report_of(filling, journal)
    assert cells(report, "rows", "score", "shares") == [(250 / 3, 3)]
    assert cells(report, "rows", LESSONS, "students_in_class", "staff_with_position") == [
        (None, None, None)
    ]
    said = codes(report)
    assert (said.count("missing_table"), said.count("missing_column")) == (6, 2)


def test_a_school_without_rows_in_a_table_that_is_there_has_nothing_filled(
    journal: Journal,
) -> None:
    """No parent of anyone is a share of 0, no students at all are no share."""
    journal.table("schools", "school_id \n 1 \n 2")
    journal.table("students", "person_id | school_id \n Аня | 1")
    journal.table("parents", "student_id | school_id \n Аня | 2")
    report = report_of(filling, journal)
    assert cells(report, "rows", "students_with_parent") == [0.0, None]


def test_tables_in_which_a_school_has_no_row_are_named(journal: Journal) -> None:
    journal.table("schools", "school_id \n 1 \n 2")
    journal.table("staff", "school_id \n 1 \n 2")
    journal.table("students", "person_id | school_id \n Оля | 1 \n Петя | 2")
    journal.table("marks", "lesson_id | created_at \n L | 2026-11-17 10:00:00")
    journal.table("diary_views", "student_id | viewed_at \n Петя | 2026-11-17 10:00:00")
    assert cells(report_of(filling, journal), "rows", "tables_missing") == [
        "parents, attendance, homework, diary_views, logins",
        "classes, parents, lessons, marks, attendance, homework, logins",
    ]


def test_the_last_entries_are_those_for_the_lessons_and_days_of_the_period(
    journal: Journal,
) -> None:
    """Whenever they were made; views and logins within the days."""
    journal.table("lessons", "lesson_id | date \n L | 2026-11-22 \n N | 2026-11-23")
    journal.table("students", "person_id \n Оля")
    journal.table(
        "marks",
        """
        lesson_id | created_at          | updated_at
        L         | 2026-11-22 10:00:00 | 2026-11-25 11:00:00
        L         | 2026-11-24 10:00:00 |
        N         | 2026-11-26 10:00:00 |
        """,
    )
    journal.table("attendance", "lesson_id | status | created_at \n L | present | 2026-11-22 09:00")
    journal.table(
        "homework",
        "lesson_id | issued_at \n L | 2026-11-20 10:00:00 \n N | 2026-11-21 10:00:00",
    )
    journal.table(
        "diary_views", "student_id | viewed_at \n Оля | 2026-11-22 23:59:59 \n Оля | 2026-11-23"
    )
    journal.table(
        "logins",
        """
        person_id | school_id | role    | logged_at
        Оля       | 1         | student | 2026-11-15 23:59:59
        """,
    )
    names = ("last_mark", "last_attendance", "last_homework", "last_view", "last_login")
    assert one(journal, "last", *names) == (
        datetime(2026, 11, 25, 11),
        datetime(2026, 11, 22, 9),
        datetime(2026, 11, 20, 10),
        datetime(2026, 11, 22, 23, 59, 59),
        None,
    )


def test_above_schools_numbers_are_added_up_not_shares(journal: Journal) -> None:
    """1 of 4 lessons at the one, 1 of 1 at the other: 2 of 5, and the latest of the moments."""
    journal.table("schools", "school_id | municipality \n 1 | Заречный \n 2 | Заречный")
    journal.table("classes", "class_id | school_id \n 5А | 1 \n 6А | 2")
    journal.table(
        "lessons",
        """
        lesson_id | class_id | topic
        A         | 5А       | Дроби
        B         | 5А       |
        C         | 5А       |
        D         | 5А       |
        E         | 6А       | Дроби
        """,
    )
    journal.table(
        "marks", "lesson_id | created_at \n A | 2026-11-17 10:00:00 \n E | 2026-11-18 10:00:00"
    )
    report = report_of(filling, journal, "municipality")
    assert cells(report, "rows", "lessons_with_topic") == [40.0]
    assert cells(report, "counts", "lessons", "lessons_without_topic") == [(5, 3)]
    assert cells(report, "last", "last_mark") == [datetime(2026, 11, 18, 10)]
    schools = report_of(filling, journal)
    assert total(schools, "rows", "lessons_with_topic", "score", "shares") == (40.0, 80.0, 3)
    assert total(schools, "counts", "lessons") == (5,)


def test_in_a_period_that_is_not_covered_lessons_are_not_available(journal: Journal) -> None:
    """Registers say what they say."""
    journal.table("students", "person_id \n Оля")
    asked = {"first": date(2027, 3, 1), "last": date(2027, 3, 7)}
    report = report_of(filling, journal, **asked)  # type: ignore[arg-type]
    assert cells(report, "rows", "students_in_class", "classes_with_lessons") == [(100.0, None)]
    assert cells(report, "counts", "lessons", "subjects", "classes_without_lessons") == [
        (None, None, None)
    ]
    assert "not_covered" in codes(report)


def test_there_is_no_filling_below_the_school(journal: Journal) -> None:
    with pytest.raises(UsageError):
        report_of(filling, journal, "class")
