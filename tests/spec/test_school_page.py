"""«Статистика ведения ЭЖД. Школа»: what the page says beside the indicators."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from monitor_cli.clock import Week
from monitor_cli.engine.page.page import school_page
from monitor_cli.engine.query import Query
from monitor_cli.settings import load_settings
from tests.spec.journal import MONDAY

if TYPE_CHECKING:
    from monitor_cli.report import Report, Value
    from tests.spec.journal import Journal


def page(journal: Journal, name: str = "1", as_of: datetime | None = None) -> Report:
    settings = load_settings(assignments=journal.sets, environ={})
    return school_page(journal.folder, settings, Query(Week.of(MONDAY), like=name, as_of=as_of))


def rows(report: Report, sheet: str, *columns: str) -> list[tuple[Value, ...]]:
    found = report.sheet(sheet)
    at = [[one.key for one in found.columns].index(name) for name in columns]
    return [tuple(row[index] for index in at) for row in found.rows]


def two_schools(journal: Journal) -> None:
    """«1» with the lesson «L» of 5А, «2» with the lesson «M» of 6Б, both on Tuesday."""
    journal.table("schools", "school_id | school | shifts \n 1 | Лицей | 1 \n 2 | Школа | 1")
    journal.table("classes", "class_id | school_id \n 5А | 1 \n 6Б | 2")
    journal.table(
        "lessons", "lesson_id | class_id | date \n L | 5А | 2026-11-17 \n M | 6Б | 2026-11-17"
    )


def test_steps_that_make_the_school_active_come_first(journal: Journal) -> None:
    """Then those that take least; the units are those that reach the threshold."""
    journal.table("lessons", "topic | date \n 3 × | 2026-11-17 \n 2 × Дроби | 2026-11-17")
    journal.table("homework", "lesson_id | issued_at")
    journal.table("staff", "is_activated | category \n 4 × нет | \n да | высшая")
    journal.rule("thresholds.lesson_planning=100")
    journal.rule("thresholds.teacher_activation=35")
    journal.rule("thresholds.teacher_category=60")
    journal.rule('school_activity.components=["lesson_planning", "teacher_category"]')
    found = rows(page(journal), "steps", "indicator", "units", "gain")
    assert found == [
        ("teacher_category", 2, 50.0),
        ("lesson_planning", 3, 50.0),
        ("teacher_activation", 1, 0.0),
        ("timetable_filling", 1, 0.0),
    ]


def test_being_in_time_is_not_enough_where_types_are_not_tracked(journal: Journal) -> None:
    """The step says so, and stands last."""
    journal.table(
        "marks",
        """
        lesson_id | created_at          | work_type
        L         | 2026-11-17 10:00:00 | Контрольная
        L         | 2026-11-17 22:00:00 | Поведение
        """,
    )
    *_, last = rows(page(journal), "steps", "indicator", "said")
    assert last[0] == "timely_marks"
    assert "одними сроками не достичь" in str(last[1])


def test_the_last_activity_is_that_of_the_school(journal: Journal) -> None:
    """Marks, edits and homework go by the lesson, views by the student, logins by the school.

    Moments are told to the second.
    """
    two_schools(journal)
    journal.table("students", "person_id | school_id | class_id \n Оля | 1 | 5А \n Петя | 2 | 6Б")
    journal.table(
        "marks",
        """
        lesson_id | created_at          | updated_at
        L         | 2026-11-17 10:00:00 | 2026-11-18 11:00:00.789
        L         | 2026-11-17 12:00:00 |
        M         | 2026-11-19 10:00:00 |
        """,
    )
    journal.table("attendance", "lesson_id | status | created_at \n M | absent | 2026-11-17 09:00")
    journal.table("homework", "lesson_id | issued_at \n L | 2026-11-16 20:00:00")
    journal.table(
        "diary_views",
        "student_id | viewed_at \n Оля | 2026-11-17 19:00:00 \n Петя | 2026-11-17 20:00:00",
    )
    journal.table(
        "logins",
        """
        person_id | school_id | role    | logged_at
        Оля       | 1         | student | 2026-11-17 18:30:00
        Петя      | 2         | student | 2026-11-17 21:30:00
        """,
    )
    assert rows(page(journal), "last_activity", "event", "at") == [
        ("marks", datetime(2026, 11, 18, 11)),
        ("attendance", None),
        ("homework", datetime(2026, 11, 16, 20)),
        ("diary_views", datetime(2026, 11, 17, 19)),
        ("logins", datetime(2026, 11, 17, 18, 30)),
    ]


def test_nothing_later_than_the_moment_is_the_last(journal: Journal) -> None:
    """An edit after it is not seen, the entry is."""
    journal.table(
        "marks",
        "lesson_id | created_at | updated_at \n L | 2026-11-17 10:00:00 | 2026-11-18 11:00:00",
    )
    report = page(journal, as_of=datetime(2026, 11, 18, 10, 59, 59))
    assert rows(report, "last_activity", "at") == [(datetime(2026, 11, 17, 10),)]


def test_what_is_amiss_in_the_data_of_the_school(journal: Journal) -> None:
    """Only its own: the other school's lesson has no teacher either."""
    journal.table("schools", "school_id | school \n 1 | Лицей \n 2 | Школа")
    journal.table(
        "classes",
        "class_id | school_id | status \n 5А | 1 | \n 5Б | 1 | \n 5В | 1 | archive \n 6Б | 2 |",
    )
    journal.table(
        "lessons",
        """
        lesson_id | class_id | date       | teacher_id | starts_at
        L         | 5А       | 2026-11-17 | Т          | 08:30
        K         | 5А       | 2026-11-18 |            |
        M         | 6Б       | 2026-11-17 |            |
        """,
    )
    journal.table("marks", "lesson_id | created_at \n L | 2026-11-17 \n M | 2026-11-17 10:00:00")
    assert rows(page(journal), "remarks", "remark", "count") == [
        ("classes_without_lessons", 1),
        ("lessons_without_teacher", 1),
        ("lessons_without_hours", 1),
        ("marks_without_hour", 1),
        ("shifts_unknown", 1),
    ]


def test_a_school_without_anything_has_its_page(journal: Journal) -> None:
    """Nothing is reached, nothing is amiss that its rows could tell."""
    journal.table("schools", "school_id | school | shifts \n 1 | Лицей | 1 \n 2 | Школа | 1")
    report = page(journal, "Школа")
    assert rows(report, "classes", "class_id") == rows(report, "teachers", "teacher_id") == []
    assert rows(report, "remarks", "remark") == []
    assert rows(report, "steps", "indicator") == []


def test_what_is_done_for_other_weeks_is_no_activity_of_these(journal: Journal) -> None:
    """Homework for a later lesson is; a mark for it, or a view after the week, is not."""
    journal.table("lessons", "lesson_id | date \n L | 2026-11-17 \n N | 2026-11-24")
    journal.table("students", "person_id \n Оля")
    journal.table("marks", "lesson_id | created_at \n N | 2026-11-24 10:00:00")
    journal.table("homework", "lesson_id | issued_at \n N | 2026-11-18 10:00:00")
    journal.table(
        "diary_views",
        """
        student_id | viewed_at
        Оля        | 2026-11-08 23:59:59
        Оля        | 2026-11-09 00:00:00
        Оля        | 2026-11-23 00:00:00
        """,
    )
    assert rows(page(journal), "last_activity", "event", "at") == [
        ("marks", None),
        ("homework", datetime(2026, 11, 18, 10)),
        ("diary_views", datetime(2026, 11, 9)),
    ]
