"""What a week is, which lessons are its own, and when a dump covers it. Source: `indicators.md`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from monitor_cli.clock import Week, last_completed, parse_week, zone
from monitor_cli.indicators import CATALOGUE

if TYPE_CHECKING:
    from tests.spec.journal import Journal

LESSON_AND_MARK_INDICATORS = (
    "lesson_planning",
    "journal_keeping",
    "timely_marks",
    "timely_homework",
)


def test_a_week_lasts_from_monday_to_sunday(journal: Journal) -> None:
    """The Sundays before and the Monday after belong to other weeks."""
    journal.table(
        "lessons",
        """
        date
        2026-11-15
        2026-11-16
        2026-11-22
        2026-11-23
        """,
    )
    journal.table("homework", "lesson_id | issued_at")
    assert journal.week().share("lesson_planning") == "0/2"


@pytest.mark.parametrize("day", [date(2026, 11, 16), date(2026, 11, 18), date(2026, 11, 22)])
def test_any_day_names_its_week(journal: Journal, day: date) -> None:
    """Monday, Wednesday and Sunday mean the same week."""
    seen = journal.week(day)
    assert seen.result.week == Week(date(2026, 11, 16))
    assert seen.share("timetable_filling") == "0/1"


@pytest.mark.parametrize(
    ("name", "monday"),
    [
        ("2026-11-18", date(2026, 11, 16)),
        ("18.11.2026", date(2026, 11, 16)),
        ("2026-W47", date(2026, 11, 16)),
        ("last", date(2026, 11, 16)),
        ("this", date(2026, 11, 23)),
    ],
)
def test_a_week_has_five_kinds_of_names(name: str, monday: date) -> None:
    """A date in either writing, an ISO week, the last completed week and this one."""
    tuesday_noon = datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert parse_week(name, tuesday_noon, zone("Europe/Moscow")) == Week(monday)


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        (datetime(2026, 11, 22, 20, 59, 59, tzinfo=UTC), date(2026, 11, 9)),
        (datetime(2026, 11, 22, 21, 0, 0, tzinfo=UTC), date(2026, 11, 16)),
    ],
)
def test_the_last_completed_week_is_told_by_the_clock_of_the_config(
    now: datetime, monday: date
) -> None:
    """In Moscow the week is over at Monday 00:00, which is Sunday 21:00 UTC."""
    assert last_completed(now, zone("Europe/Moscow")) == Week(monday)


def test_a_week_across_new_year_is_named_by_its_monday() -> None:
    """1 January 2027 lies in the week of 28 December 2026, the 53rd of that year."""
    week = Week.of(date(2027, 1, 1))
    assert week.monday == date(2026, 12, 28)
    assert week.iso == "2026-W53"


def test_cancelled_lessons_count_nowhere(journal: Journal) -> None:
    """A cancelled lesson with everything in it adds to no numerator and to no denominator."""
    journal.rule("timetable_filling.min_lessons=2")
    journal.table(
        "lessons",
        """
        lesson_id | date       | topic  | is_conducted | is_cancelled
        Held      | 2026-11-17 |        |              | нет
        Cancelled | 2026-11-18 | Дроби  | да           | да
        Next      | 2026-11-24 |        |              | нет
        Off       | 2026-11-25 |        |              | да
        """,
    )
    journal.table("marks", "lesson_id | created_at \n Cancelled | 2026-11-18 10:00:00")
    journal.table("attendance", "lesson_id | status \n Cancelled | absent")
    journal.table("homework", "lesson_id | issued_at \n Cancelled | 2026-11-17 10:00:00")
    seen = journal.week()
    assert seen.share("timetable_filling") == "0/1"
    assert seen.share("lesson_planning") == "0/1"
    assert seen.share("journal_keeping") == "0/1"
    assert seen.share("timely_marks") == "0/0"
    assert seen.share("timely_homework") == "0/1"


def test_two_subgroups_at_one_hour_are_two_lessons(journal: Journal) -> None:
    """Each row of the timetable is a lesson of its own."""
    journal.table(
        "lessons",
        """
        date       | number | group
        2026-11-17 | 3      | 1
        2026-11-17 | 3      | 2
        """,
    )
    journal.table("homework", "lesson_id | issued_at")
    assert journal.week().share("lesson_planning") == "0/2"


def test_without_a_lesson_row_in_the_week_nothing_is_available(journal: Journal) -> None:
    """A week that the dump does not cover has no value anywhere, accounts included."""
    journal.table("lessons", "date \n 2026-11-10 \n 2026-11-24")
    journal.table("students", "is_activated \n 2 × да")
    for level in ("school", "municipality", "region", "class"):
        seen = journal.week(level=level)
        assert len(seen.result.rows) == 1
        for one in seen.result.rows[0].measures.values():
            assert one.value is None
            assert one.reached is None
    assert all(seen.total(item.key) == "н/д" for item in CATALOGUE)


def test_a_week_that_is_not_covered_is_said_with_those_that_are(journal: Journal) -> None:
    """The warning names the weeks that the dump does cover."""
    journal.table("lessons", "date \n 2026-11-10 \n 2026-11-24")
    notices = [one for one in journal.week().result.warnings if one.code == "not_covered"]
    assert len(notices) == 1
    assert "2026-11-09" in notices[0].message.ru
    assert "2026-11-23" in notices[0].message.ru


def test_a_cancelled_lesson_covers_the_week(journal: Journal) -> None:
    """A week of cancelled lessons alone is a covered week without lessons."""
    journal.table("lessons", "date | is_cancelled \n 2026-11-17 | да")
    journal.table("students", "is_activated \n 2 × да")
    seen = journal.week()
    assert seen.share("student_activation") == "2/2"
    assert seen.share("timetable_filling") == "0/1"


def test_a_lesson_of_any_school_covers_the_week_of_all(journal: Journal) -> None:
    """A school without lessons is measured as it stands, also when it alone is asked for."""
    journal.table("schools", "school_id \n 1 \n 2")
    journal.table("classes", "class_id | school_id \n 5А | 1 \n 6Б | 2")
    journal.table("lessons", "class_id \n 5А")
    for name in ("marks", "homework"):
        stamp = "created_at" if name == "marks" else "issued_at"
        journal.table(name, f"lesson_id | {stamp}")
    journal.table("attendance", "lesson_id | status")
    for seen in (journal.week(), journal.week(schools=("2",))):
        assert seen.at("timetable_filling", school_id="2").value == 0
        for key in LESSON_AND_MARK_INDICATORS:
            assert seen.at(key, school_id="2").value is None


def test_an_hour_is_the_schools_own(journal: Journal) -> None:
    """Sunday 21:30 UTC is Monday in Moscow, the next week, and still Sunday in Kaliningrad."""
    journal.table(
        "schools",
        """
        school_id | timezone
        1         | Europe/Moscow
        2         | Europe/Kaliningrad
        """,
    )
    journal.table("students", "person_id | school_id \n Оля | 1 \n Петя | 2")
    journal.table(
        "diary_views",
        """
        student_id | viewed_at
        Оля        | 2026-11-22T21:30:00+00:00
        Петя       | 2026-11-22T21:30:00+00:00
        """,
    )
    seen = journal.week()
    assert seen.share("parent_engagement", school_id="1") == "0/1"
    assert seen.share("parent_engagement", school_id="2") == "1/1"
