"""What keeps an indicator from 100 %: marks, homework, lessons. Source: `indicators.md`."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from tests.spec.journal import AND_OTHERWISE, IN_TIME

if TYPE_CHECKING:
    from tests.spec.journal import Journal


@pytest.mark.parametrize(
    ("shifts", "created", "reason", "minutes"),
    [
        ("1", "2026-11-17 20:59:59", None, None),
        ("1", "2026-11-17 21:00:00", "late", 0),
        ("1", "2026-11-17 21:00:01", "late", 1),
        ("1", "2026-11-17 23:14:00", "late", 134),
        ("2", "2026-11-18 12:59:59", None, None),
        ("2", "2026-11-18 13:00:00", "late", 0),
        ("1", "2026-11-16 23:59:59", "early", 1),
        ("1", "2026-11-16 22:00:00", "early", 120),
    ],
)
def test_a_mark_is_late_after_its_deadline_or_early_before_its_day(
    journal: Journal, shifts: str, created: str, reason: str | None, minutes: int | None
) -> None:
    """By how much: in minutes, a begun one counted."""
    journal.table("schools", f"school_id | shifts \n 1 | {shifts}")
    journal.table("marks", f"lesson_id | created_at \n L | {created} \n L | {IN_TIME}")
    lost = journal.show("timely_marks")
    expected = [] if reason is None else [(reason, minutes)]
    assert lost.rows("reason", "minutes") == expected


def test_a_mark_of_another_type_is_untracked_however_timely(journal: Journal) -> None:
    """No deadline could have been kept; among tracked marks alone it is no loss."""
    journal.table(
        "marks",
        f"""
        mark_id | lesson_id | work_type        | created_at
        test    | L         | Контрольная      | {IN_TIME}
        late    | L         | Контрольная      | 2026-11-19 10:00:00
        timely  | L         | Ответ на уроке   | {IN_TIME}
        """,
    )
    lost = journal.show("timely_marks")
    assert lost.rows("mark_id", "reason", "minutes", "deadline", "work_type") == [
        ("test", "untracked", None, None, "Контрольная"),
        ("late", "untracked", None, None, "Контрольная"),
    ]
    assert "одними сроками не исправить" in lost.lines
    journal.rule("timely_marks.denominator=tracked")
    assert journal.show("timely_marks").rows("mark_id") == []


def test_an_edit_in_time_is_no_loss(journal: Journal) -> None:
    """Entered too late, corrected in time by an edit, where edits count."""
    journal.table(
        "marks",
        "lesson_id | created_at | updated_at \n L | 2026-11-16 10:00:00 | 2026-11-17 10:00:00",
    )
    assert journal.show("timely_marks").rows("reason") == []
    journal.rule("timely_marks.edits_count=false")
    assert journal.show("timely_marks").rows("reason") == ["early"]


def test_marks_of_other_weeks_and_without_a_time_are_no_loss(journal: Journal) -> None:
    """They are in no other count."""
    journal.table(
        "marks",
        f"""
        lesson_id | created_at
        L         | 2026-11-15 23:59:59
        L         | 2026-11-23 00:00:00
        L         | 2026-11-19
        L         | {IN_TIME}
        """,
    )
    lost = journal.show("timely_marks")
    assert (lost.rows("mark_id"), lost.head("lost")) == ([], [0])


@pytest.mark.usefixtures("a_lesson_and_the_next_one")
class TestHomework:
    """Lesson «L» is held on Tuesday 17 November, «N» on Tuesday 24 November."""

    @pytest.mark.parametrize(
        ("issued", "reason", "minutes"),
        [
            ("2026-11-18 12:59:59", None, None),
            ("2026-11-18 13:00:00", "late", 0),
            ("2026-11-18 15:14:00", "late", 134),
            ("2026-11-10 00:00:00", None, None),
            ("2026-11-09 23:59:59", "early", 1),
        ],
    )
    def test_it_is_late_after_13_00_of_the_day_after_or_early(
        self, journal: Journal, issued: str, reason: str | None, minutes: int | None
    ) -> None:
        journal.table("homework", f"lesson_id | issued_at \n N | {issued} \n {AND_OTHERWISE}")
        expected = [] if reason is None else [(reason, minutes)]
        assert journal.show("timely_homework").rows("reason", "minutes") == expected

    def test_it_was_never_set(self, journal: Journal) -> None:
        journal.table("homework", f"lesson_id | issued_at \n {AND_OTHERWISE}")
        lost = journal.show("timely_homework")
        assert lost.rows("lesson_id", "reason", "set_at", "next_date") == [
            ("L", "never", None, date(2026, 11, 24))
        ]

    @pytest.mark.parametrize(
        ("issued", "reason"),
        [
            ("2026-11-16 23:59:59", "never"),
            ("2026-11-17 00:00:01", "other_lesson"),
            ("2026-11-18 12:59:59", "other_lesson"),
            ("2026-11-18 13:00:00", "never"),
        ],
    )
    def test_set_in_time_but_for_the_lesson_itself(
        self, journal: Journal, issued: str, reason: str
    ) -> None:
        """From the day of the lesson on: before it, homework for «L» is what «L» itself was due."""
        journal.table("homework", f"lesson_id | issued_at \n L | {issued}")
        lost = journal.show("timely_homework")
        other = date(2026, 11, 17) if reason == "other_lesson" else None
        assert lost.rows("reason", "attached_to", "minutes") == [(reason, other, None)]

    def test_set_in_time_but_for_the_lesson_after_next(self, journal: Journal) -> None:
        journal.table(
            "lessons",
            "lesson_id | date \n L | 2026-11-17 \n N | 2026-11-24 \n M | 2026-11-26",
        )
        journal.table("homework", f"lesson_id | issued_at \n M | {IN_TIME}")
        lost = journal.show("timely_homework")
        assert lost.rows("reason", "attached_to") == [("other_lesson", date(2026, 11, 26))]

    def test_of_another_subject_or_group_it_is_not_asked_after(self, journal: Journal) -> None:
        journal.table(
            "lessons",
            """
            lesson_id | date       | subject | group
            L         | 2026-11-17 | Физика  | 1
            K         | 2026-11-17 | Физика  | 2
            H         | 2026-11-17 | Химия   | 1
            N         | 2026-11-24 | Физика  | 1
            """,
        )
        journal.table("homework", f"lesson_id | issued_at \n K | {IN_TIME} \n H | {IN_TIME}")
        reasons = journal.show("timely_homework", subjects=("Физика",)).rows("lesson_id", "reason")
        assert ("L", "never") in reasons

    def test_there_is_no_next_lesson(self, journal: Journal) -> None:
        journal.table(
            "lessons",
            """
            lesson_id | date       | subject
            L         | 2026-11-17 | Физика
            N         | 2026-11-24 | Химия
            """,
        )
        journal.table("homework", f"lesson_id | issued_at \n L | {IN_TIME}")
        lost = journal.show("timely_homework")
        assert lost.rows("lesson_id", "reason", "next_date") == [("L", "no_next", None)]

    def test_nobody_knows_the_hour(self, journal: Journal) -> None:
        journal.table("homework", f"lesson_id | issued_at \n N | 2026-11-17 \n {AND_OTHERWISE}")
        assert journal.show("timely_homework").rows("reason") == ["no_time"]

    def test_given_at_the_lesson_it_is_the_lessons_own(self, journal: Journal) -> None:
        journal.rule("timely_homework.homework_link=given")
        journal.table("homework", "lesson_id | issued_at \n L | 2026-11-18 14:00:00")
        lost = journal.show("timely_homework")
        assert lost.rows("lesson_id", "reason", "minutes") == [("L", "late", 60)]

    def test_lessons_of_the_week_are_lost_to_those_of_the_next(self, journal: Journal) -> None:
        """Rows: lessons of W − numerator; what one gives back is by the lessons of W+1."""
        journal.table(
            "lessons", "lesson_id | date \n L | 2026-11-17 \n N | 2026-11-24 \n M | 2026-11-26"
        )
        journal.table("homework", f"lesson_id | issued_at \n {AND_OTHERWISE}")
        lost = journal.show("timely_homework")
        assert lost.head("numerator", "denominator", "lost", "to_reach") == [0, 2, 1, 2]
        assert lost.rows("lost", "of", "points", "share", sheet="teachers") == [(1, 1, 50.0, 100.0)]


def test_lessons_with_neither_topic_nor_homework(journal: Journal) -> None:
    journal.table("lessons", "lesson_id | number | topic \n T | 1 | Дроби \n N | 3 | \n H | 2 |")
    journal.table("homework", f"lesson_id | issued_at \n H | {IN_TIME}")
    lost = journal.show("lesson_planning")
    assert lost.rows("lesson_id", "date", "number") == [("N", date(2026, 11, 17), "3")]
    assert lost.head("numerator", "denominator", "lost", "to_reach") == [2, 3, 1, 1]


def test_lessons_without_a_trace(journal: Journal) -> None:
    """Being late for a lesson is none, unless the rule says so."""
    journal.table(
        "lessons",
        """
        lesson_id | comment | is_conducted
        Mark      |         |
        Absence   |         |
        Late      |         |
        Comment   | Диктант |
        Tick      |         | да
        Nothing   |         | нет
        """,
    )
    journal.table("marks", f"lesson_id | created_at \n Mark | {IN_TIME}")
    journal.table("attendance", "lesson_id | status \n Absence | Б \n Late | О")
    assert journal.show("journal_keeping").rows("lesson_id") == ["Late", "Nothing"]
    journal.rule("journal_keeping.late_counts=true")
    assert journal.show("journal_keeping").rows("lesson_id") == ["Nothing"]


def test_rows_bear_what_a_lesson_is_known_by(journal: Journal) -> None:
    """The substitute, where there is one, is the teacher."""
    journal.table("staff", "person_id | name \n t | Иволгина А. А. \n s | Чижов Б. Б.")
    journal.table(
        "lessons",
        """
        lesson_id | number | group | teacher_id | substitute_id
        A         | 2      | 1     | t          | s
        B         | 10     |       | t          |
        """,
    )
    journal.table("homework", "lesson_id | issued_at")
    names = ("school", "class", "subject", "teacher", "number", "group")
    assert journal.show("lesson_planning").rows(*names) == [
        ("1", "5А", "Математика", "Иволгина А. А.", "10", None),
        ("1", "5А", "Математика", "Чижов Б. Б.", "2", "1"),
    ]


def test_rows_stand_by_place_then_day_then_number(journal: Journal) -> None:
    """Numbers of lessons are numbers: 2 before 10."""
    journal.table(
        "lessons",
        """
        lesson_id | subject  | date       | number
        c         | Химия    | 2026-11-16 | 1
        b         | Алгебра  | 2026-11-17 | 10
        a         | Алгебра  | 2026-11-17 | 2
        d         | Алгебра  | 2026-11-16 | 5
        """,
    )
    journal.table("homework", "lesson_id | issued_at")
    assert journal.show("lesson_planning").rows("lesson_id") == ["d", "a", "b", "c"]


def test_who_carries_the_loss_comes_first(journal: Journal) -> None:
    """A summary a teacher, class and subject: biggest first, and how many points it is worth."""
    journal.table("staff", "person_id | name \n t | Иволгина А. А. \n s | Чижов Б. Б.")
    journal.table(
        "lessons",
        """
        subject | teacher_id | topic
        Химия   | t          |
        Химия   | s          |
        Алгебра | s          |
        Алгебра | s          | Дроби
        """,
    )
    journal.table("homework", "lesson_id | issued_at")
    lost = journal.show("lesson_planning")
    assert lost.sheets == ["teachers", "classes", "subjects", "rows"]
    assert lost.rows("teacher", "lost", "of", "points", sheet="teachers") == [
        ("Чижов Б. Б.", 2, 3, 50.0),
        ("Иволгина А. А.", 1, 1, 25.0),
    ]
    assert lost.rows("subject", "lost", "of", "share", sheet="subjects") == [
        ("Химия", 2, 2, 200 / 3),
        ("Алгебра", 1, 2, 100 / 3),
    ]
    assert lost.rows("class", "lost", sheet="classes") == [("5А", 3)]


def test_a_lesson_without_a_teacher_is_lost_all_the_same(journal: Journal) -> None:
    """So the summary adds up to the rows."""
    journal.table("homework", "lesson_id | issued_at")
    lost = journal.show("lesson_planning")
    assert lost.rows("teacher_id", "lost", sheet="teachers") == [(None, 1)]


def test_by_the_day_of_the_lesson_and_the_hour_of_entry(journal: Journal) -> None:
    journal.table("lessons", "lesson_id | date \n M | 2026-11-16 \n L | 2026-11-17")
    journal.table(
        "marks",
        """
        lesson_id | created_at
        M         | 2026-11-18 22:30:00
        L         | 2026-11-18 22:59:59
        L         | 2026-11-18 08:00:00
        L         | 2026-11-17 08:00:00
        """,
    )
    days = journal.show("timely_marks", by="day")
    assert days.sheets == ["reasons", "days", "rows"]
    assert days.rows("date", "lost", "of", sheet="days") == [
        (date(2026, 11, 17), 2, 3),
        (date(2026, 11, 16), 1, 1),
    ]
    hours = journal.show("timely_marks", by="hour")
    assert hours.rows("hour", "lost", "of", sheet="hours") == [(22, 2, 2), (8, 1, 2)]
    assert hours.rows("created_at")[0] == datetime(2026, 11, 18, 22, 30)
