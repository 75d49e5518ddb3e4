"""The state at a moment: what happened after it is not seen."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.spec.journal import Journal

A_WEEK_LATER = date(2026, 11, 23)


def at(text: str) -> datetime:
    """A moment of Tuesday the 17th, the day of the lesson «L», or of another day."""
    return datetime.fromisoformat(text if "-" in text else f"2026-11-17T{text}")


@pytest.mark.parametrize(
    ("moment", "share"),
    [("09:14:59", "0/0"), ("09:15:00", "1/1"), ("09:15:01", "1/1")],
)
@pytest.mark.parametrize("key", ["lesson_planning", "journal_keeping"])
def test_a_lesson_counts_from_its_end_on(
    journal: Journal, key: str, moment: str, share: str
) -> None:
    """A lesson that ends after the moment is in neither number."""
    journal.table(
        "lessons",
        """
        lesson_id | starts_at | ends_at | topic | is_conducted
        L         | 08:30     | 09:15   | Дроби | да
        """,
    )
    journal.table("homework", "lesson_id | issued_at")
    journal.table("marks", "lesson_id | created_at")
    journal.table("attendance", "lesson_id | status")
    assert journal.week(as_of=at(moment)).share(key) == share


def test_without_an_end_a_lesson_lasts_forty_minutes(journal: Journal) -> None:
    """The usual length is taken, as for homework."""
    journal.table("lessons", "lesson_id | starts_at | topic \n L | 08:30 | Дроби")
    journal.table("homework", "lesson_id | issued_at")
    assert journal.week(as_of=at("09:09:59")).share("lesson_planning") == "0/0"
    assert journal.week(as_of=at("09:10:00")).share("lesson_planning") == "1/1"


@pytest.mark.parametrize(
    ("moment", "share"),
    [("2026-11-16T23:59:59", "0/0"), ("2026-11-17T00:00:00", "1/1")],
)
def test_a_lesson_without_times_counts_on_its_day(
    journal: Journal, moment: str, share: str
) -> None:
    """Only one of a later day is left out."""
    journal.table("lessons", "lesson_id | topic \n L | Дроби")
    journal.table("homework", "lesson_id | issued_at")
    assert journal.week(as_of=at(moment)).share("lesson_planning") == share


@pytest.mark.parametrize(
    ("moment", "share"), [("09:59:59", "0/0"), ("10:00:00", "1/1"), ("10:00:01", "1/1")]
)
def test_a_mark_created_later_does_not_exist(journal: Journal, moment: str, share: str) -> None:
    """It is in neither number of timely marks, and leaves no trace in the journal."""
    journal.table("marks", "lesson_id | created_at \n L | 2026-11-17 10:00:00")
    journal.table("attendance", "lesson_id | status")
    week = journal.week(as_of=at(moment))
    assert week.share("timely_marks") == share
    assert week.share("journal_keeping") == f"{share[0]}/1"


@pytest.mark.parametrize(("moment", "share"), [("11:59:59", "0/1"), ("12:00:00", "1/1")])
def test_a_mark_updated_later_is_taken_as_it_was_created(
    journal: Journal, moment: str, share: str
) -> None:
    """Entered before the day of the lesson and edited on it: the edit makes it timely."""
    journal.table(
        "marks",
        "lesson_id | created_at | updated_at \n L | 2026-11-16 10:00:00 | 2026-11-17 12:00:00",
    )
    assert journal.week(as_of=at(moment)).share("timely_marks") == share


def test_marks_of_a_lesson_that_goes_on_are_considered(journal: Journal) -> None:
    """Timely marks ask for marks up to the moment, whenever the lesson ends."""
    journal.table("lessons", "lesson_id | ends_at \n L | 23:00")
    journal.table("marks", "lesson_id | created_at \n L | 2026-11-17 10:00:00")
    assert journal.week(as_of=at("12:00")).share("timely_marks") == "1/1"


@pytest.mark.parametrize(("moment", "share"), [("10:29:59", "0/1"), ("10:30:00", "1/1")])
def test_an_absence_is_seen_when_it_was_entered(journal: Journal, moment: str, share: str) -> None:
    """Where the dump says when."""
    journal.table(
        "attendance",
        "lesson_id | status | created_at \n L | absent | 2026-11-17 10:30:00",
    )
    journal.table("marks", "lesson_id | created_at")
    assert journal.week(as_of=at(moment)).share("journal_keeping") == share


def test_what_has_no_time_is_taken_as_it_stands_and_said(journal: Journal) -> None:
    """A topic, a comment, a tick, an absence without a time."""
    journal.table("lessons", "lesson_id | topic | comment | is_conducted \n L | Дроби | |")
    journal.table("attendance", "lesson_id | status \n L | absent")
    journal.table("homework", "lesson_id | issued_at")
    journal.table("marks", "lesson_id | created_at")
    week = journal.week(as_of=at("12:00"), indicators=("lesson_planning", "journal_keeping"))
    assert week.share("lesson_planning") == "1/1"
    assert week.share("journal_keeping") == "1/1"
    [said] = [one for one in week.result.warnings if one.code == "undated_facts"]
    assert said.message.ru.split(": ")[1].split(", ") == [
        "lessons.topic",
        "attendance.status",
        "lessons.comment",
        "lessons.is_conducted",
    ]


def test_nothing_is_said_of_facts_that_have_a_time(journal: Journal) -> None:
    """Marks say when they were entered."""
    journal.table("marks", "lesson_id | created_at \n L | 2026-11-17 10:00:00")
    week = journal.week(as_of=at("12:00"), indicators=("timely_marks",))
    assert "undated_facts" not in week.warnings


@pytest.mark.usefixtures("a_lesson_and_the_next_one")
@pytest.mark.parametrize(
    ("moment", "share"),
    [("2026-11-18T12:59:59", "0/0"), ("2026-11-18T13:00:00", "1/1")],
)
def test_a_lesson_counts_from_its_homework_deadline_on(
    journal: Journal, moment: str, share: str
) -> None:
    """Before that it is in neither number."""
    journal.table("homework", "lesson_id | issued_at \n N | 2026-11-17 10:00:00")
    journal.rule("timely_homework.denominator=reporting_week")
    assert journal.week(as_of=at(moment)).share("timely_homework") == share


@pytest.mark.usefixtures("a_lesson_and_the_next_one")
@pytest.mark.parametrize(
    ("moment", "value"),
    [("2026-11-22T23:59:58", None), ("2026-11-22T23:59:59", 100.0), ("2026-11-23T00:00:00", 100.0)],
)
def test_divided_by_the_week_after_the_value_waits_for_sunday(
    journal: Journal, moment: str, value: float | None
) -> None:
    """Both counts are there before it."""
    journal.table("homework", "lesson_id | issued_at \n N | 2026-11-17 10:00:00")
    week = journal.week(as_of=at(moment))
    assert week.share("timely_homework") == "1/1"
    assert week.at("timely_homework").value == value
    assert week.at("timely_homework").reached is (None if value is None else True)
    assert week.result.totals["timely_homework"].schools == (0 if value is None else 1)
    assert ("value_waits" in week.warnings) is (value is None)


def test_a_value_that_waits_is_no_component(journal: Journal) -> None:
    """School activity follows from the components that have a value."""
    journal.table("lessons", "lesson_id | date | topic \n L | 2026-11-17 | А \n N | 2026-11-24 | Б")
    journal.table("homework", "lesson_id | issued_at \n N | 2026-11-17 10:00:00")
    journal.rule('school_activity.components=["lesson_planning", "timely_homework"]')
    early = journal.week(as_of=at("2026-11-19T12:00"))
    assert early.at("school_activity").extras["components"] == ("lesson_planning",)
    assert journal.week().share("school_activity") == "2/2"


def test_the_timetable_keeps_its_whole_week(journal: Journal) -> None:
    """A timetable is there from the beginning: on Monday it counts to Sunday."""
    journal.table("lessons", "date \n 8 × 2026-11-21")
    assert journal.week(as_of=at("2026-11-16T08:00")).share("timetable_filling") == "1/1"


@pytest.mark.parametrize(("moment", "share"), [("18:59:59", "0/2"), ("19:00:00", "1/2")])
def test_engagement_keeps_all_students(journal: Journal, moment: str, share: str) -> None:
    """Views are seen as they come, the denominator is there from the beginning."""
    journal.table("students", "person_id \n Оля \n Петя")
    journal.table("diary_views", "student_id | viewed_at \n Оля | 2026-11-17 19:00:00")
    assert journal.week(as_of=at(moment)).share("parent_engagement") == share


@pytest.mark.parametrize(("moment", "share"), [("18:59:59", "1/3"), ("19:00:00", "2/3")])
def test_activations_keep_all_persons(journal: Journal, moment: str, share: str) -> None:
    """An activation counts from its moment on; a flag without one as it stands."""
    journal.table(
        "staff",
        """
        is_activated | activated_at
        да           | 2026-11-17 19:00:00
        да           |
        нет          |
        """,
    )
    assert journal.week(as_of=at(moment)).share("teacher_activation") == share


def test_an_esia_login_counts_from_its_moment_on(journal: Journal) -> None:
    """The first login lies before it, or at it."""
    journal.table("staff", "has_esia_login | esia_login_at \n да | 2026-11-17 19:00:00")
    assert journal.week(as_of=at("18:59:59")).share("teacher_esia") == "0/1"
    assert journal.week(as_of=at("19:00:00")).share("teacher_esia") == "1/1"


def test_the_week_before_is_seen_at_the_same_moment(journal: Journal) -> None:
    """The change is that to what was known of it then."""
    journal.table("lessons", "lesson_id | date \n L | 2026-11-17 \n N | 2026-11-24")
    journal.table(
        "marks",
        """
        lesson_id | created_at
        L         | 2026-11-16 10:00:00
        N         | 2026-11-24 10:00:00
        """,
    )
    week = journal.week(A_WEEK_LATER, as_of=at("2026-11-24T12:00"))
    assert week.at("timely_marks").change == 100.0
    assert journal.week(A_WEEK_LATER, as_of=at("2026-11-24T09:00")).values("timely_marks") == [None]
