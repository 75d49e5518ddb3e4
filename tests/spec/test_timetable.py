"""«Наполненность расписания»: active classes with eight lessons a week. Source: `indicators.md`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.spec.journal import Journal


@pytest.mark.parametrize(("lessons", "share"), [(7, "0/1"), (8, "1/1"), (9, "1/1")])
def test_a_class_needs_eight_lessons(journal: Journal, lessons: int, share: str) -> None:
    """Seven are too few."""
    journal.table("lessons", f"class_id \n {lessons} × 5А")
    assert journal.week().share("timetable_filling") == share


def test_the_number_of_lessons_is_the_configs(journal: Journal) -> None:
    """A region may ask for two."""
    journal.rule("timetable_filling.min_lessons=2")
    journal.table("lessons", "class_id \n 2 × 5А")
    assert journal.week().share("timetable_filling") == "1/1"


def test_a_class_without_lessons_counts_in_the_denominator(journal: Journal) -> None:
    """Of three classes one has its lessons, one some, one none."""
    journal.table("classes", "class_id \n 5А \n 5Б \n 5В")
    journal.table("lessons", "class_id \n 8 × 5А \n 3 × 5Б")
    assert journal.week().share("timetable_filling") == "1/3"
    assert journal.week(level="class").values("timetable_filling") == [100, 0, 0]


def test_a_school_whose_classes_have_no_lessons_stands_at_zero(journal: Journal) -> None:
    """An empty timetable is 0, not unknown."""
    journal.table("schools", "school_id \n 1 \n 2")
    journal.table("classes", "class_id | school_id \n 5А | 1 \n 5Б | 2")
    one = journal.week().at("timetable_filling", school_id="2")
    assert one.value == 0
    assert one.reached is False


def test_a_school_without_classes_has_no_value(journal: Journal) -> None:
    """Nothing to divide by is not available, not 0."""
    journal.table("schools", "school_id \n 1 \n 2")
    one = journal.week().at("timetable_filling", school_id="2")
    assert (one.numerator, one.denominator, one.value, one.reached) == (0, 0, None, None)


def test_lessons_of_other_weeks_do_not_fill_the_timetable(journal: Journal) -> None:
    """Four lessons in each of two weeks are not eight in one."""
    journal.table("lessons", "date \n 4 × 2026-11-17 \n 4 × 2026-11-24")
    assert journal.week().share("timetable_filling") == "0/1"


def test_lessons_of_subgroups_count_each(journal: Journal) -> None:
    """Four hours in two subgroups are eight rows."""
    journal.table("lessons", "group \n 4 × 1 \n 4 × 2")
    assert journal.week().share("timetable_filling") == "1/1"


@pytest.mark.parametrize(("hours", "share"), [(7, "0/1"), (8, "1/1")])
def test_where_slots_count_subgroups_at_one_hour_are_one(
    journal: Journal, hours: int, share: str
) -> None:
    """`count = "slots"`: a date and a number of lesson, however many groups sit then."""
    journal.rule("timetable_filling.count=slots")
    rows = [
        f"{day} | {number} | {group}"
        for day in ("2026-11-17", "2026-11-18")
        for number in (1, 2, 3, 4)
        for group in (1, 2)
    ]
    journal.table("lessons", "\n".join(["date | number | group", *rows[: 2 * hours]]))
    assert journal.week().share("timetable_filling") == share


@pytest.mark.parametrize(
    ("status", "study_year", "active"),
    [
        ("active", "2026", 1),
        ("active", "", 1),
        ("", "", 1),
        ("", "2026", 1),
        ("archive", "2026", 0),
        ("archive", "", 0),
        ("active", "2025", 0),
        ("active", "2027", 0),
    ],
)
def test_only_active_classes_count(
    journal: Journal, status: str, study_year: str, active: int
) -> None:
    """Not in the archive, and of this school year or of none that is written."""
    journal.table("classes", f"class_id | status | study_year \n 5А | {status} | {study_year}")
    journal.table("lessons", "class_id \n 8 × 5А")
    assert journal.week().share("timetable_filling") == f"{active}/{active}"


@pytest.mark.parametrize(
    ("monday", "study_year"),
    [
        (date(2026, 8, 24), "2025"),
        (date(2026, 8, 31), "2026"),
        (date(2026, 12, 28), "2026"),
        (date(2027, 5, 24), "2026"),
    ],
)
def test_the_school_year_is_that_of_the_weeks_sunday(
    journal: Journal, monday: date, study_year: str
) -> None:
    """It begins on 1 September: 30 August is the old year, the week up to 6 September the new."""
    journal.table(
        "classes",
        """
        class_id | study_year
        5А       | 2025
        5Б       | 2026
        """,
    )
    journal.table("lessons", f"class_id | date \n 8 × 5А | {monday} \n 8 × 5Б | {monday}")
    assert journal.week(monday).share("timetable_filling") == "1/1"
    old, new = journal.week(monday, level="class").values("timetable_filling")
    assert (old, new) == ((100, None) if study_year == "2025" else (None, 100))


def test_lessons_and_marks_of_an_archived_class_count_elsewhere(journal: Journal) -> None:
    """Only the timetable asks whether a class is active."""
    journal.table("classes", "class_id | status \n 5А | archive")
    journal.table("lessons", "lesson_id | topic \n L | Дроби")
    journal.table("marks", "lesson_id | created_at \n L | 2026-11-17 10:00:00")
    journal.table("homework", "lesson_id | issued_at")
    seen = journal.week()
    assert seen.share("timetable_filling") == "0/0"
    assert seen.share("lesson_planning") == "1/1"
    assert seen.share("timely_marks") == "1/1"
