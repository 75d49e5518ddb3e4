"""Timely homework: `given`, `within_3h`, `skip_parallels`, `no_time`. Source: `indicators.md`.

Lesson «L» is held on Tuesday 17 November, «N» on Tuesday 24 November, the week after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.spec.journal import AND_OTHERWISE, IN_TIME

if TYPE_CHECKING:
    from tests.spec.journal import Journal

pytestmark = pytest.mark.usefixtures("a_lesson_and_the_next_one")


# ---------------------------------------------------------------- homework_link = "given"


@pytest.mark.parametrize(
    ("stamp", "share"),
    [
        ("2026-11-09 23:59:59", "0/1"),
        ("2026-11-10 00:00:00", "1/1"),
        ("2026-11-18 12:59:59", "1/1"),
        ("2026-11-18 13:00:00", "0/1"),
    ],
)
def test_where_homework_names_the_lesson_it_was_given_at_that_one_is_looked_at(
    journal: Journal, stamp: str, share: str
) -> None:
    """`homework_link = "given"`: the same window, the lesson's own homework."""
    journal.rule("timely_homework.homework_link=given")
    journal.table("homework", f"lesson_id | issued_at \n L | {stamp} \n {AND_OTHERWISE}")
    assert journal.week().share("timely_homework") == share


def test_where_homework_is_given_that_of_the_next_lesson_is_not_looked_at(journal: Journal) -> None:
    """What names «N» was given at «N»."""
    journal.rule("timely_homework.homework_link=given")
    journal.table("homework", f"lesson_id | issued_at \n N | {IN_TIME}")
    assert journal.week().share("timely_homework") == "0/1"


def test_given_homework_needs_no_next_lesson(journal: Journal) -> None:
    """The last lesson of a subject has its own homework, too."""
    journal.rule("timely_homework.homework_link=given")
    journal.table(
        "lessons",
        """
        lesson_id | date       | subject
        L         | 2026-11-17 | Математика
        Other     | 2026-11-24 | История
        """,
    )
    journal.table("homework", f"lesson_id | issued_at \n L | {IN_TIME}")
    assert journal.week().share("timely_homework") == "1/1"


# ---------------------------------------------------------------- within_3h


@pytest.mark.parametrize(
    ("stamp", "within"),
    [
        ("2026-11-09 23:59:59", 0),
        ("2026-11-10 00:00:00", 1),
        ("2026-11-17 12:45:00", 1),
        ("2026-11-17 12:45:01", 0),
    ],
)
def test_recommended_is_up_to_three_hours_after_the_lessons_end(
    journal: Journal, stamp: str, within: int
) -> None:
    """From a week before to 12:45:00 inclusive, where the lesson ends at 09:45."""
    journal.table(
        "lessons",
        """
        lesson_id | date       | starts_at | ends_at
        L         | 2026-11-17 | 09:00     | 09:45
        N         | 2026-11-24 | 09:00     | 09:45
        """,
    )
    journal.table("homework", f"lesson_id | issued_at \n N | {stamp} \n {AND_OTHERWISE}")
    assert journal.week().at("timely_homework").extras["within_3h"] == within


@pytest.mark.parametrize(
    ("stamp", "within"), [("2026-11-17 12:40:00", 1), ("2026-11-17 12:40:01", 0)]
)
def test_a_lesson_without_an_end_lasts_forty_minutes(
    journal: Journal, stamp: str, within: int
) -> None:
    """09:00 and 40 minutes and three hours are 12:40."""
    journal.table(
        "lessons",
        """
        lesson_id | date       | starts_at
        L         | 2026-11-17 | 09:00
        N         | 2026-11-24 | 09:00
        """,
    )
    journal.table("homework", f"lesson_id | issued_at \n N | {stamp} \n {AND_OTHERWISE}")
    assert journal.week().at("timely_homework").extras["within_3h"] == within


def test_hours_and_minutes_of_the_recommendation_are_the_configs(journal: Journal) -> None:
    """09:00 and 30 minutes and one hour are 10:30."""
    journal.rule("timely_homework.recommended_hours=1")
    journal.rule("timely_homework.lesson_minutes=30")
    journal.table("lessons", "lesson_id | date | starts_at \n L | 2026-11-17 | 09:00 \n "
                  "N | 2026-11-24 | 09:00")  # fmt: skip
    for stamp, within in (("2026-11-17 10:30:00", 1), ("2026-11-17 10:30:01", 0)):
        journal.table("homework", f"lesson_id | issued_at \n N | {stamp} \n {AND_OTHERWISE}")
        assert journal.week().at("timely_homework").extras["within_3h"] == within


def test_an_update_within_three_hours_is_recommended_too(journal: Journal) -> None:
    """Issued long before the window, updated right after the lesson."""
    journal.table(
        "lessons",
        """
        lesson_id | date       | ends_at
        L         | 2026-11-17 | 09:45
        N         | 2026-11-24 | 09:45
        """,
    )
    journal.table(
        "homework", f"lesson_id | issued_at | updated_at \n N | 2026-11-01 10:00:00 | {IN_TIME}"
    )
    assert journal.week().at("timely_homework").extras["within_3h"] == 1


def test_where_a_lesson_has_neither_start_nor_end_nothing_is_said_of_hours(
    journal: Journal,
) -> None:
    """`within_3h` is unknown at each place of that lesson and known elsewhere."""
    journal.table("classes", "class_id \n 5А \n 5Б")
    journal.table(
        "lessons",
        """
        lesson_id | class_id | date       | starts_at
        L         | 5А       | 2026-11-17 |
        N         | 5А       | 2026-11-24 |
        K         | 5Б       | 2026-11-17 | 09:00
        M         | 5Б       | 2026-11-24 |
        """,
    )
    journal.table("homework", f"lesson_id | issued_at \n N | {IN_TIME} \n M | {IN_TIME}")
    seen = journal.week(level="class")
    assert seen.at("timely_homework", class_id="5А").extras["within_3h"] is None
    assert seen.at("timely_homework", class_id="5Б").extras["within_3h"] == 1
    assert journal.week().at("timely_homework").extras["within_3h"] is None
    assert journal.week().share("timely_homework") == "2/2"


# ---------------------------------------------------------------- skip_parallels


def test_first_classes_can_be_left_out_of_both_numbers(journal: Journal) -> None:
    """By default nobody is left out; `skip_parallels = [1]` leaves out first classes."""
    journal.table("classes", "class_id | class \n 1А | 1А \n 5А | 5А")
    journal.table(
        "lessons",
        """
        lesson_id | class_id | date
        F         | 1А       | 2026-11-17
        G         | 1А       | 2026-11-24
        L         | 5А       | 2026-11-17
        N         | 5А       | 2026-11-24
        """,
    )
    journal.table("homework", f"lesson_id | issued_at \n G | {IN_TIME} \n N | {IN_TIME}")
    assert journal.week().share("timely_homework") == "2/2"
    journal.rule("timely_homework.skip_parallels=[1]")
    one = journal.week().at("timely_homework")
    assert (one.numerator, one.denominator) == (1, 1)
    assert (one.extras["lessons"], one.extras["next_week_lessons"]) == (1, 1)
    assert journal.week(level="class").share("timely_homework", class_id="1А") == "0/0"


def test_a_class_of_unknown_parallel_is_never_skipped(journal: Journal) -> None:
    """Nobody knows that it is a first class."""
    journal.rule("timely_homework.skip_parallels=[1]")
    journal.table("classes", "class_id | class \n 5А | Подготовительный")
    journal.table("homework", f"lesson_id | issued_at \n N | {IN_TIME}")
    assert journal.week().share("timely_homework") == "1/1"


# ---------------------------------------------------------------- stamps without a time of day


def test_homework_without_a_time_of_day_is_left_out_and_counted(journal: Journal) -> None:
    """A bare date can't be held against 13:00; `no_time` says how many rows."""
    journal.table(
        "lessons",
        """
        lesson_id | date       | subject    | ends_at
        L         | 2026-11-17 | Математика | 09:45
        N         | 2026-11-24 | Математика | 09:45
        H         | 2026-11-17 | История    | 09:45
        I         | 2026-11-24 | История    | 09:45
        """,
    )
    journal.table(
        "homework", f"lesson_id | issued_at \n N | 2026-11-17 \n N | 2026-11-18 \n I | {IN_TIME}"
    )
    one = journal.week().at("timely_homework")
    assert (one.numerator, one.denominator) == (1, 2)
    assert one.extras["no_time"] == 2
    assert one.extras["within_3h"] == 1


def test_homework_without_a_time_of_day_counts_at_the_lesson_it_was_given_at(
    journal: Journal,
) -> None:
    """What was given at next week's lesson «N» is next week's."""
    journal.table(
        "lessons",
        """
        lesson_id | date
        L         | 2026-11-17
        N         | 2026-11-24
        Far       | 2026-12-01
        """,
    )
    journal.table("homework", f"lesson_id | issued_at \n N | {IN_TIME} \n Far | 2026-11-24")
    assert journal.week().at("timely_homework").extras["no_time"] == 0


@pytest.mark.parametrize("stamp", ["2026-11-17", "2026-11-17 00:00:00"])
def test_without_any_time_of_day_timely_homework_is_not_available(
    journal: Journal, stamp: str
) -> None:
    """If no row has a time, or all are 00:00:00; planning does not mind."""
    journal.table("homework", f"lesson_id | issued_at \n L | {stamp} \n N | {stamp}")
    seen = journal.week()
    assert seen.share("timely_homework") == "н/д"
    assert set(seen.at("timely_homework").extras.values()) == {None}
    assert "no_time_of_day" in seen.warnings
    assert seen.share("lesson_planning") == "1/1"
