"""What is not lost yet at a moment, and until when."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from monitor_cli.clock import Week
from monitor_cli.engine.evidence.show import Question, show
from monitor_cli.engine.query import Query
from monitor_cli.settings import load_settings
from tests.spec.journal import MONDAY

if TYPE_CHECKING:
    from monitor_cli.report import Value
    from tests.spec.journal import Journal

MONDAY_AFTER = datetime(2026, 11, 23)


def still_open(journal: Journal, key: str, moment: str, name: str) -> list[tuple[Value, ...]]:
    """The column `name` and the deadline of each row, in order."""
    settings = load_settings(assignments=journal.sets, environ={})
    query = Query(Week.of(MONDAY), as_of=datetime.fromisoformat(moment))
    report = show(journal.folder, settings, Question(query, key, still_open=True))
    rows = report.sheet("rows")
    at = [[column.key for column in rows.columns].index(one) for one in (name, "deadline")]
    assert report.head["lost"] == len(rows.rows)
    return [tuple(row[index] for index in at) for row in rows.rows]


@pytest.mark.parametrize(
    ("moment", "lessons"),
    [
        ("2026-11-17T09:14:59", []),
        ("2026-11-17T09:15:00", ["L"]),
        ("2026-11-18T09:15:00", ["L", "M"]),
        ("2026-11-18T12:59:59", ["L", "M"]),
        ("2026-11-18T13:00:00", ["M"]),
        ("2026-11-19T13:00:00", []),
    ],
)
def test_homework_is_open_from_the_end_of_the_lesson_to_its_deadline(
    journal: Journal, moment: str, lessons: list[str]
) -> None:
    """The soonest deadline first; what no lesson follows cannot come right."""
    journal.table(
        "lessons",
        """
        lesson_id | date       | ends_at
        M         | 2026-11-18 | 09:15
        L         | 2026-11-17 | 09:15
        N         | 2026-11-24 | 09:15
        """,
    )
    journal.table("homework", "lesson_id | issued_at")
    found = still_open(journal, "timely_homework", moment, "lesson_id")
    deadlines = {"L": datetime(2026, 11, 18, 13), "M": datetime(2026, 11, 19, 13)}
    assert found == [(one, deadlines[one]) for one in lessons]


@pytest.mark.usefixtures("a_lesson_and_the_next_one")
def test_homework_that_is_set_is_not_open(journal: Journal) -> None:
    """Before it was set, it was."""
    journal.table("homework", "lesson_id | issued_at \n N | 2026-11-17 18:00:00")
    before = still_open(journal, "timely_homework", "2026-11-17T17:59:59", "lesson_id")
    assert before == [("L", datetime(2026, 11, 18, 13))]
    assert still_open(journal, "timely_homework", "2026-11-17T18:00:00", "lesson_id") == []


@pytest.mark.parametrize(
    ("moment", "marks"), [("2026-11-17T20:59:59", ["Early"]), ("2026-11-17T21:00:00", [])]
)
def test_an_early_mark_can_be_edited_until_the_deadline(
    journal: Journal, moment: str, marks: list[str]
) -> None:
    """A late one stays late, one of another type never counts."""
    journal.table(
        "marks",
        """
        mark_id | lesson_id | created_at          | work_type
        Early   | L         | 2026-11-16 10:00:00 | Поведение
        Other   | L         | 2026-11-16 10:00:00 | Контрольная
        Timely  | L         | 2026-11-17 10:00:00 | Поведение
        """,
    )
    deadline = datetime(2026, 11, 17, 21)
    assert still_open(journal, "timely_marks", moment, "mark_id") == [
        (one, deadline) for one in marks
    ]


def test_where_edits_do_not_count_no_mark_is_open(journal: Journal) -> None:
    """Then nothing can be done about one that was early."""
    journal.table("marks", "lesson_id | created_at \n L | 2026-11-16 10:00:00")
    journal.rule("timely_marks.edits_count=false")
    assert still_open(journal, "timely_marks", "2026-11-17T12:00:00", "mark_id") == []


@pytest.mark.parametrize(
    ("moment", "lessons"),
    [
        ("2026-11-16T12:00:00", []),
        ("2026-11-17T12:00:00", ["L"]),
        ("2026-11-22T23:59:59", ["L"]),
        ("2026-11-23T00:00:00", []),
    ],
)
def test_a_lesson_can_be_planned_until_the_week_is_over(
    journal: Journal, moment: str, lessons: list[str]
) -> None:
    """From its day on: one that has not been is not missing anything yet."""
    journal.table(
        "lessons", "lesson_id | topic | date \n L | | 2026-11-17 \n K | Тема | 2026-11-17"
    )
    journal.table("homework", "lesson_id | issued_at")
    found = still_open(journal, "lesson_planning", moment, "lesson_id")
    assert found == [(one, MONDAY_AFTER) for one in lessons]


def test_persons_and_classes_are_open_until_the_week_is_over(journal: Journal) -> None:
    """An activation, a view, a lesson more."""
    journal.table("staff", "person_id | is_activated \n Т | нет")
    assert still_open(journal, "teacher_activation", "2026-11-18T12:00:00", "person_id") == [
        ("Т", MONDAY_AFTER)
    ]
    assert still_open(journal, "teacher_activation", "2026-11-23T00:00:00", "person_id") == []
    assert still_open(journal, "timetable_filling", "2026-11-18T12:00:00", "class_id") == [
        ("5А", MONDAY_AFTER)
    ]
