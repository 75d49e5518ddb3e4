"""The change to the week before. Source: `cli.md`, «JSON»."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.spec.journal import Journal

PLAN = "lesson_planning"


@pytest.fixture(autouse=True)
def half_and_all(journal: Journal) -> None:
    """Every test begins with one of two lessons planned in the week before, two of two in this."""
    journal.table(
        "lessons",
        """
        date       | topic
        2026-11-10 | Дроби
        2026-11-11 |
        2026-11-17 | Дроби
        2026-11-18 | Дроби
        """,
    )
    journal.table("homework", "lesson_id | issued_at")


def test_change_is_the_value_minus_that_of_the_week_before(journal: Journal) -> None:
    """From 50 to 100: 50 points, at every level and in the totals."""
    for level in ("region", "municipality", "school", "parallel", "class", "subject"):
        seen = journal.week(level=level)
        assert seen.at(PLAN).change == 50
        assert seen.result.totals[PLAN].change == 50


def test_a_fall_is_a_negative_change(journal: Journal) -> None:
    """From two of two to one of three."""
    journal.table(
        "lessons",
        "date | topic \n 2 × 2026-11-10 | Дроби \n 1 × 2026-11-17 | Дроби \n 2 × 2026-11-17 |",
    )
    assert journal.week().at(PLAN).change == 100 * 1 / 3 - 100


def test_no_change_is_zero(journal: Journal) -> None:
    """Not `null`: both values are there."""
    journal.table("lessons", "date | topic \n 2026-11-10 | Дроби \n 2026-11-17 | Дроби")
    assert journal.week().at(PLAN).change == 0


@pytest.mark.parametrize("empty", ["2026-11-10", "2026-11-17"])
def test_where_one_of_the_two_values_is_missing_there_is_no_change(
    journal: Journal, empty: str
) -> None:
    """School 2 has a lesson in one of the weeks only."""
    other = {"2026-11-10": "2026-11-17", "2026-11-17": "2026-11-10"}[empty]
    journal.table("schools", "school_id \n 1 \n 2")
    journal.table("classes", "class_id | school_id \n 5А | 1 \n 5Б | 2")
    journal.table(
        "lessons",
        f"""
        class_id | date       | topic
        5А       | 2026-11-10 | Дроби
        5А       | 2026-11-17 | Дроби
        5Б       | {other}    | Дроби
        """,
    )
    seen = journal.week()
    assert seen.at(PLAN, school_id="1").change == 0
    assert seen.at(PLAN, school_id="2").change is None


def test_after_a_week_that_is_not_covered_there_is_no_change(journal: Journal) -> None:
    """Accounts, too, have no value in a week without any lesson row."""
    journal.table("lessons", "date | topic \n 2026-11-17 | Дроби")
    journal.table("students", "is_activated \n да")
    seen = journal.week()
    assert seen.at(PLAN).change is None
    assert seen.at("student_activation").change is None


def test_the_week_before_is_measured_as_of_its_own_sunday(journal: Journal) -> None:
    """Then one of two students was activated, now two of three are."""
    journal.table(
        "students",
        """
        activated_at        | active_from
        2026-11-10 10:00:00 |
        2026-11-18 10:00:00 |
                            | 2026-11-18
        """,
    )
    one = journal.week().at("student_activation")
    assert (one.numerator, one.denominator) == (2, 3)
    assert one.change == 100 * 2 / 3 - 50


def test_diaries_and_marks_of_each_week_are_its_own(journal: Journal) -> None:
    """Both fell from 100 to 0."""
    journal.table("students", "person_id \n Оля")
    journal.table("diary_views", "student_id | viewed_at \n Оля | 2026-11-10 10:00:00")
    journal.table(
        "marks",
        "lesson_id | created_at \n №1 | 2026-11-10 10:00:00 \n №3 | 2026-11-17 22:00:00",
    )
    seen = journal.week()
    assert seen.at("parent_engagement").change == -100
    assert seen.at("timely_marks").change == -100


def test_homework_of_the_week_before_is_divided_by_the_lessons_of_this_one(
    journal: Journal,
) -> None:
    """Then one of one lesson in the week after, now one of two."""
    journal.table(
        "lessons",
        """
        lesson_id | date
        K         | 2026-11-10
        L         | 2026-11-17
        M         | 2026-11-24
        N         | 2026-11-25
        """,
    )
    journal.table(
        "homework",
        "lesson_id | issued_at \n L | 2026-11-10 10:00:00 \n M | 2026-11-17 10:00:00",
    )
    one = journal.week().at("timely_homework")
    assert (one.numerator, one.denominator) == (1, 2)
    assert one.change == -50


def test_the_activity_of_schools_changes_as_its_components_do(journal: Journal) -> None:
    """One of one component was reached, now none: from 100 to 0."""
    journal.rule('school_activity.components=["lesson_planning"]')
    journal.table("lessons", "date | topic \n 2026-11-10 | Дроби \n 2026-11-17 |")
    assert journal.week().at("school_activity").change == -100
    assert journal.week(level="region").at("school_activity").change == -100


def test_nothing_is_compared_where_nobody_asks(journal: Journal) -> None:
    """`--no-compare`: no change anywhere, the values are the same."""
    seen = journal.week(compare=False)
    assert seen.result.compared is False
    assert seen.at(PLAN).change is None
    assert seen.share(PLAN) == "2/2"
