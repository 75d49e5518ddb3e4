"""The two-shift rule: how many shifts a school has, and its own hours. Source: `indicators.md`.

Lesson «L» is held on Tuesday 17 November in a school of one shift.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.spec.journal import Journal


@pytest.mark.parametrize(
    ("shifts", "entered", "share"),
    [
        ("1", "2026-11-18 12:59:59", "0/1"),
        ("2", "2026-11-18 12:59:59", "1/1"),
        ("2", "2026-11-18 13:00:00", "0/1"),
        ("3", "2026-11-18 12:59:59", "1/1"),
    ],
)
def test_in_two_shifts_the_deadline_is_13_00_of_the_next_day(
    journal: Journal, shifts: str, entered: str, share: str
) -> None:
    """A school of two or more shifts has until the next calendar day, 13:00 exclusive."""
    journal.table("schools", f"school_id | shifts \n 1 | {shifts}")
    journal.table("marks", f"lesson_id | created_at \n L | {entered}")
    assert journal.week().share("timely_marks") == share


def test_two_shifts_may_begin_at_three(journal: Journal) -> None:
    """`two_shifts_from = 3`: a school of two shifts has until 21:00, one of three until 13:00."""
    journal.rule("timely_marks.two_shifts_from=3")
    journal.table("marks", "lesson_id | created_at \n L | 2026-11-18 10:00:00")
    for shifts, share in (("2", "0/1"), ("3", "1/1")):
        journal.table("schools", f"school_id | shifts \n 1 | {shifts}")
        assert journal.week().share("timely_marks") == share


def test_each_school_has_its_own_deadline(journal: Journal) -> None:
    """Next morning is in time in the school of two shifts and late in the other."""
    journal.table("schools", "school_id | shifts \n 1 | 1 \n 2 | 2")
    journal.table("classes", "class_id | school_id \n 5А | 1 \n 5Б | 2")
    journal.table("lessons", "lesson_id | class_id \n One | 5А \n Two | 5Б")
    journal.table(
        "marks",
        "lesson_id | created_at \n One | 2026-11-18 10:00:00 \n Two | 2026-11-18 10:00:00",
    )
    seen = journal.week()
    assert seen.share("timely_marks", school_id="1") == "0/1"
    assert seen.share("timely_marks", school_id="2") == "1/1"


@pytest.mark.parametrize(
    ("of_5a", "of_5b", "status_of_5b", "share"),
    [
        ("1", "2", "active", "1/1"),
        ("1", "1", "active", "0/1"),
        ("2", "2", "active", "0/1"),
        ("1", "2", "archive", "0/1"),
        ("1", "", "active", "0/1"),
    ],
)
def test_unsaid_shifts_are_the_different_shifts_of_active_classes(
    journal: Journal, of_5a: str, of_5b: str, status_of_5b: str, share: str
) -> None:
    """A school with classes in the first and in the second shift has two."""
    journal.table("schools", "school_id | shifts \n 1 |")
    journal.table(
        "classes",
        f"class_id | shift | status \n 5А | {of_5a} | active \n 5Б | {of_5b} | {status_of_5b}",
    )
    journal.table("marks", "lesson_id | created_at \n L | 2026-11-18 10:00:00")
    seen = journal.week()
    assert seen.share("timely_marks") == share
    assert "shifts_unknown" not in seen.warnings


def test_shifts_that_nobody_says_are_one_with_a_warning(journal: Journal) -> None:
    """Neither the school nor its classes: 21:00, and `shifts_unknown`."""
    journal.table("schools", "school_id \n 1")
    journal.table("marks", "lesson_id | created_at \n L | 2026-11-18 10:00:00")
    seen = journal.week()
    assert seen.share("timely_marks") == "0/1"
    assert "shifts_unknown" in seen.warnings


def test_the_deadlines_are_the_configs(journal: Journal) -> None:
    """20:00 of the day, 09:00 of the next day in two shifts."""
    journal.rule("timely_marks.deadline=20:00")
    journal.rule("timely_marks.deadline_two_shifts=09:00")
    for shifts, day, before, at in (
        ("1", "2026-11-17", "19:59:59", "20:00:00"),
        ("2", "2026-11-18", "08:59:59", "09:00:00"),
    ):
        journal.table("schools", f"school_id | shifts \n 1 | {shifts}")
        journal.table("marks", f"lesson_id | created_at \n L | {day} {before} \n L | {day} {at}")
        assert journal.week().share("timely_marks") == "1/2"


# ---------------------------------------------------------------- the school's own hours


@pytest.mark.parametrize(
    ("stamp", "share"),
    [
        ("2026-11-17T17:59:59Z", "1/1"),
        ("2026-11-17T18:00:00Z", "0/1"),
        ("2026-11-17T22:59:59+05:00", "1/1"),
        ("2026-11-17T23:00:00+05:00", "0/1"),
    ],
)
def test_a_stamp_with_an_offset_is_held_against_the_schools_clock(
    journal: Journal, stamp: str, share: str
) -> None:
    """21:00 in Moscow is 18:00 UTC and 23:00 in Yekaterinburg."""
    journal.table("marks", f"lesson_id | created_at \n L | {stamp}")
    assert journal.week().share("timely_marks") == share


@pytest.mark.parametrize(("stamp", "share"), [("17:59:59", "1/1"), ("18:00:00", "0/1")])
def test_stamps_of_a_dump_in_utc_are_moved_to_the_schools_clock(
    journal: Journal, stamp: str, share: str
) -> None:
    """`source_tz = "UTC"` is for event times alone: the lesson's date stays."""
    journal.rule("source_tz=UTC")
    journal.table("marks", f"lesson_id | created_at \n L | 2026-11-17 {stamp}")
    assert journal.week().share("timely_marks") == share


def test_schools_of_two_zones_each_keep_their_own_21_00(journal: Journal) -> None:
    """16:30 UTC is 19:30 in Moscow and 21:30 in Yekaterinburg."""
    journal.table(
        "schools",
        """
        school_id | shifts | timezone
        1         | 1      | Europe/Moscow
        2         | 1      | Asia/Yekaterinburg
        """,
    )
    journal.table("classes", "class_id | school_id \n 5А | 1 \n 5Б | 2")
    journal.table("lessons", "lesson_id | class_id \n One | 5А \n Two | 5Б")
    journal.table(
        "marks",
        "lesson_id | created_at \n One | 2026-11-17T16:30:00Z \n Two | 2026-11-17T16:30:00Z",
    )
    seen = journal.week()
    assert seen.share("timely_marks", school_id="1") == "1/1"
    assert seen.share("timely_marks", school_id="2") == "0/1"
