"""«Своевременное выставление оценок»: which marks count, and by when. Source: `indicators.md`.

Lesson «L» is held on Tuesday 17 November in a school of one shift.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.spec.journal import Journal


@pytest.mark.parametrize(
    ("entered", "share"),
    [
        ("2026-11-16 23:59:59", "0/1"),
        ("2026-11-17 00:00:00", "1/1"),
        ("2026-11-17 20:59:59", "1/1"),
        ("2026-11-17 21:00:00", "0/1"),
        ("2026-11-17 21:00:01", "0/1"),
    ],
)
def test_a_mark_is_timely_from_midnight_to_21_00_of_the_lesson_day(
    journal: Journal, entered: str, share: str
) -> None:
    """«До» is exclusive: 21:00:00 is late; a mark entered before the lesson's day is not timely."""
    in_no_count = "2026-11-23 10:00:00"
    journal.table("marks", f"lesson_id | created_at \n L | {entered} \n L | {in_no_count}")
    assert journal.week().share("timely_marks") == share


def test_an_edit_in_time_makes_a_late_mark_timely(journal: Journal) -> None:
    """Created or updated in time is in time; `edits_count = false` looks at neither edit."""
    journal.table(
        "marks",
        """
        lesson_id | created_at          | updated_at
        L         | 2026-11-17 22:00:00 | 2026-11-17 20:00:00
        L         | 2026-11-17 20:00:00 | 2026-11-19 10:00:00
        L         | 2026-11-16 10:00:00 | 2026-11-17 08:00:00
        """,
    )
    assert journal.week().share("timely_marks") == "3/3"
    journal.rule("timely_marks.edits_count=false")
    assert journal.week().share("timely_marks") == "1/3"


@pytest.mark.parametrize(
    ("edited", "share"),
    [
        ("2026-11-16 23:59:59", "0/1"),
        ("2026-11-17 00:00:00", "1/1"),
        ("2026-11-17 20:59:59", "1/1"),
        ("2026-11-17 21:00:00", "0/1"),
    ],
)
def test_an_edit_is_held_against_the_same_hours(journal: Journal, edited: str, share: str) -> None:
    """From 00:00 of the lesson's day to 21:00 exclusive, for a mark that was entered late."""
    journal.table(
        "marks", f"lesson_id | created_at | updated_at \n L | 2026-11-18 10:00:00 | {edited}"
    )
    assert journal.week().share("timely_marks") == share


def test_untracked_work_types_count_in_the_denominator_only(journal: Journal) -> None:
    """All marks are the denominator; `denominator = "tracked"` divides by the tracked alone."""
    journal.table(
        "marks",
        """
        lesson_id | work_type            | created_at
        L         | Ответ на уроке       | 2026-11-17 10:00:00
        L         | Поведение            | 2026-11-17 10:00:00
        L         | Работа на уроке      | 2026-11-17 22:00:00
        L         | Наизусть             | 2026-11-17 10:00:00
        L         | Контрольная работа   | 2026-11-17 10:00:00
        """,
    )
    seen = journal.week()
    assert seen.share("timely_marks") == "3/5"
    assert seen.at("timely_marks").extras["tracked"] == 4
    assert seen.at("timely_marks").extras["ceiling"] == 80.0
    journal.rule("timely_marks.denominator=tracked")
    assert journal.week().share("timely_marks") == "3/4"


def test_work_types_are_compared_without_case_yo_and_extra_blanks(journal: Journal) -> None:
    """«ответ   НА уроке» is «Ответ на уроке»; an alias of the config is what it stands for."""
    journal.rule('timely_marks.aliases."Учёба"="Поведение"')
    journal.table(
        "marks",
        """
        lesson_id | work_type           | created_at
        L         | ответ   НА уроке    | 2026-11-17 10:00:00
        L         | учеба               | 2026-11-17 10:00:00
        L         | Ответ на уроке алгебры | 2026-11-17 10:00:00
        """,
    )
    assert journal.week().share("timely_marks") == "2/3"


def test_marks_entered_outside_the_week_are_in_no_other_count(journal: Journal) -> None:
    """Before Monday 00:00 or from the next Monday 00:00 on: counted beside, not in the share."""
    journal.table(
        "marks",
        """
        lesson_id | created_at
        L         | 2026-11-15 23:59:59
        L         | 2026-11-16 00:00:00
        L         | 2026-11-22 23:59:59
        L         | 2026-11-23 00:00:00
        """,
    )
    one = journal.week().at("timely_marks")
    assert (one.numerator, one.denominator) == (0, 2)
    assert one.extras["before_week"] == 1
    assert one.extras["after_week"] == 1
    assert one.extras["early"] == 1
    assert one.extras["late"] == 1


def test_marks_for_lessons_of_other_weeks_are_not_counted(journal: Journal) -> None:
    """A mark entered in the week for a lesson of the week before belongs to neither."""
    journal.table("lessons", "lesson_id | date \n L | 2026-11-17 \n Old | 2026-11-13")
    journal.table("marks", "lesson_id | created_at \n Old | 2026-11-17 10:00:00")
    assert journal.week().share("timely_marks") == "0/0"


def test_a_stamp_without_a_time_is_left_out_and_counted(journal: Journal) -> None:
    """A bare date can't be held against an hour."""
    journal.table(
        "marks",
        """
        lesson_id | created_at
        L         | 2026-11-17
        L         | 2026-11-17 10:00:00
        """,
    )
    one = journal.week().at("timely_marks")
    assert (one.numerator, one.denominator, one.extras["no_time"]) == (1, 1, 1)


@pytest.mark.parametrize("stamps", [("2026-11-17", "2026-11-17"), ("2026-11-17 00:00:00",) * 2])
def test_without_any_time_of_day_there_is_no_value(
    journal: Journal, stamps: tuple[str, str]
) -> None:
    """If no row has a time, or all are 00:00:00, the indicator is not available."""
    journal.table("marks", f"lesson_id | created_at \n L | {stamps[0]} \n L | {stamps[1]}")
    seen = journal.week()
    assert seen.share("timely_marks") == "н/д"
    assert "no_time_of_day" in seen.warnings


def test_a_threshold_that_work_types_put_out_of_reach_is_said(journal: Journal) -> None:
    """`unreachable_threshold`: the ceiling is under the threshold."""
    journal.table(
        "marks",
        """
        lesson_id | work_type          | created_at
        L         | Контрольная работа | 2026-11-17 10:00:00
        L         | Ответ на уроке     | 2026-11-17 10:00:00
        """,
    )
    assert "unreachable_threshold" in journal.week().warnings


# ---------------------------------------------------------------- tracked, late, early


def test_tracked_marks_are_timely_late_or_early(journal: Journal) -> None:
    """`tracked` = numerator + `late` + `early`; marks of other types are in none of them."""
    journal.table(
        "marks",
        """
        lesson_id | work_type          | created_at
        L         | Поведение          | 2026-11-17 10:00:00
        L         | Поведение          | 2026-11-17 21:00:00
        L         | Поведение          | 2026-11-20 10:00:00
        L         | Поведение          | 2026-11-16 10:00:00
        L         | Контрольная работа | 2026-11-16 10:00:00
        L         | Контрольная работа | 2026-11-20 10:00:00
        """,
    )
    one = journal.week().at("timely_marks")
    assert (one.numerator, one.denominator) == (1, 6)
    assert one.extras["tracked"] == 4
    assert one.extras["late"] == 2
    assert one.extras["early"] == 1


def test_the_other_work_types_may_be_named_by_the_config(journal: Journal) -> None:
    """The list is the region's."""
    journal.rule('timely_marks.work_types=["Контрольная работа"]')
    journal.table(
        "marks",
        """
        lesson_id | work_type          | created_at
        L         | КОНТРОЛЬНАЯ РАБОТА | 2026-11-17 10:00:00
        L         | Поведение          | 2026-11-17 10:00:00
        """,
    )
    assert journal.week().share("timely_marks") == "1/2"


def test_a_mark_without_a_work_type_is_not_tracked(journal: Journal) -> None:
    """It stands in the denominator."""
    journal.table("marks", "lesson_id | work_type | created_at \n L | | 2026-11-17 10:00:00")
    assert journal.week().share("timely_marks") == "0/1"


@pytest.mark.parametrize("denominator", ["all", "tracked"])
def test_the_ceiling_is_what_a_school_that_is_never_late_could_reach(
    journal: Journal, denominator: str
) -> None:
    """Four of five marks are tracked: 80; of the tracked ones all are."""
    journal.rule(f"timely_marks.denominator={denominator}")
    journal.table(
        "marks",
        """
        lesson_id | work_type          | created_at
        4 × L     | Поведение          | 2026-11-20 10:00:00
        1 × L     | Контрольная работа | 2026-11-17 10:00:00
        """,
    )
    one = journal.week().at("timely_marks")
    assert one.value == 0
    assert one.extras["ceiling"] == {"all": 80, "tracked": 100}[denominator]
    assert "unreachable_threshold" not in journal.week().warnings


def test_without_marks_there_is_no_ceiling(journal: Journal) -> None:
    """Nothing is divided by nothing."""
    journal.table("marks", "lesson_id | created_at")
    one = journal.week().at("timely_marks")
    assert one.value is None
    assert one.extras["ceiling"] is None


# ---------------------------------------------------------------- the edges of the week


def test_marks_outside_the_week_are_counted_beside_it_whatever_their_type(
    journal: Journal,
) -> None:
    """`before_week` and `after_week` ask for no work type."""
    journal.table(
        "marks",
        """
        lesson_id | work_type          | created_at
        L         | Контрольная работа | 2026-11-13 10:00:00
        L         | Поведение          | 2026-11-13 10:00:00
        L         | Контрольная работа | 2026-11-24 10:00:00
        """,
    )
    one = journal.week().at("timely_marks")
    assert (one.numerator, one.denominator) == (0, 0)
    assert (one.extras["before_week"], one.extras["after_week"]) == (2, 1)
    assert (one.extras["tracked"], one.extras["late"], one.extras["early"]) == (0, 0, 0)


def test_an_edit_does_not_bring_a_mark_into_the_week(journal: Journal) -> None:
    """A mark is considered by when it was entered; the edit only makes it timely."""
    journal.table(
        "marks",
        """
        lesson_id | created_at          | updated_at
        L         | 2026-11-13 10:00:00 | 2026-11-17 10:00:00
        L         | 2026-11-24 10:00:00 | 2026-11-17 10:00:00
        L         | 2026-11-17 10:00:00 | 2026-11-30 10:00:00
        """,
    )
    assert journal.week().share("timely_marks") == "1/1"


def test_a_sunday_lessons_mark_of_monday_morning_is_of_no_week(journal: Journal) -> None:
    """In two shifts it keeps the deadline, yet it was entered after the week."""
    journal.table("schools", "school_id | shifts \n 1 | 2")
    journal.table("lessons", "lesson_id | date \n S | 2026-11-22")
    journal.table("marks", "lesson_id | created_at \n S | 2026-11-23 10:00:00")
    one = journal.week().at("timely_marks")
    assert (one.numerator, one.denominator, one.extras["after_week"]) == (0, 0, 1)


def test_an_edit_without_a_time_of_day_proves_nothing(journal: Journal) -> None:
    """The date of the edit can't be held against 21:00."""
    journal.table(
        "marks",
        "lesson_id | created_at | updated_at \n L | 2026-11-18 10:00:00 | 2026-11-17",
    )
    assert journal.week().share("timely_marks") == "0/1"
