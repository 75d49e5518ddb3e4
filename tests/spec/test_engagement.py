"""«Вовлечённость родителей»: whose diary was opened in the week. Source: `indicators.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.spec.journal import Journal


@pytest.fixture(autouse=True)
def two_students(journal: Journal) -> None:
    """Every test begins with Оля and Петя in class 5А."""
    journal.table("students", "person_id \n Оля \n Петя")


@pytest.mark.parametrize(
    ("role", "share"), [("parent", "1/2"), ("student", "1/2"), ("staff", "0/2")]
)
def test_views_by_a_parent_or_the_student_count_by_staff_do_not(
    journal: Journal, role: str, share: str
) -> None:
    """One of two diaries was opened; whether it counts depends on who did it."""
    journal.table(
        "diary_views", f"student_id | viewer_role | viewed_at \n Оля | {role} | 2026-11-18 10:00:00"
    )
    assert journal.week().share("parent_engagement") == share


def test_a_diary_opened_many_times_is_one_student(journal: Journal) -> None:
    """At least once is enough, and more is no more."""
    journal.table(
        "diary_views",
        """
        student_id | viewer_role | viewed_at
        Оля        | parent      | 2026-11-16 10:00:00
        Оля        | parent      | 2026-11-17 10:00:00
        Оля        | student     | 2026-11-17 11:00:00
        Оля        | staff       | 2026-11-17 12:00:00
        """,
    )
    assert journal.week().share("parent_engagement") == "1/2"


@pytest.mark.parametrize(
    ("viewed", "share"),
    [
        ("2026-11-15 23:59:59", "0/2"),
        ("2026-11-16 00:00:00", "1/2"),
        ("2026-11-22 23:59:59", "1/2"),
        ("2026-11-23 00:00:00", "0/2"),
    ],
)
def test_a_view_counts_from_monday_midnight_to_the_next(
    journal: Journal, viewed: str, share: str
) -> None:
    """The week ends before, not at, the next Monday 00:00."""
    journal.table("diary_views", f"student_id | viewed_at \n Оля | {viewed}")
    assert journal.week().share("parent_engagement") == share


def test_a_view_needs_no_time_of_day(journal: Journal) -> None:
    """A bare date says enough about a week."""
    journal.table("diary_views", "student_id | viewed_at \n Оля | 2026-11-22 \n Петя | 2026-11-23")
    assert journal.week().share("parent_engagement") == "1/2"


def test_who_is_no_counted_student_is_in_neither_number(journal: Journal) -> None:
    """The diary of a student who left before Sunday counts no more."""
    journal.table("students", "person_id | active_to \n Оля | 2026-11-20 \n Петя |")
    journal.table("diary_views", "student_id | viewed_at \n Оля | 2026-11-17 10:00:00")
    assert journal.week().share("parent_engagement") == "0/1"


def test_a_student_of_two_classes_is_engaged_in_both(journal: Journal) -> None:
    """The diary is one; at the school the student is one, in each class one."""
    journal.table("classes", "class_id | class \n 5А | 5А \n 6А | 6А")
    journal.table("students", "person_id | class_id \n Оля | 5А \n Оля | 6А \n Петя | 6А")
    journal.table("diary_views", "student_id | viewed_at \n Оля | 2026-11-17 10:00:00")
    assert journal.week().share("parent_engagement") == "1/2"
    seen = journal.week(level="class")
    assert seen.share("parent_engagement", class_id="5А") == "1/1"
    assert seen.share("parent_engagement", class_id="6А") == "1/2"
    assert journal.week(level="parallel").share("parent_engagement", parallel=6) == "1/2"


def test_a_student_of_two_schools_is_engaged_at_both(journal: Journal) -> None:
    """A view names the student, not the school."""
    journal.table("schools", "school_id \n 1 \n 2")
    journal.table(
        "students",
        """
        person_id | school_id | class_id
        Оля       | 1         | 5А
        Оля       | 2         |
        """,
    )
    journal.table("diary_views", "student_id | viewed_at \n Оля | 2026-11-17 10:00:00")
    seen = journal.week()
    assert seen.share("parent_engagement", school_id="1") == "1/1"
    assert seen.share("parent_engagement", school_id="2") == "1/1"
