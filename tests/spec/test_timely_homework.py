"""«Своевременная выдача ДЗ»: which homework, by when, to how many lessons. Source: `indicators.md`.

Lesson «L» is held on Tuesday 17 November, «N» on Tuesday 24 November, the week after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.spec.journal import AND_OTHERWISE, IN_TIME

if TYPE_CHECKING:
    from tests.spec.journal import Journal

pytestmark = pytest.mark.usefixtures("a_lesson_and_the_next_one")


WINDOW = [
    ("2026-11-09 23:59:59", "0/1"),
    ("2026-11-10 00:00:00", "1/1"),
    ("2026-11-10 00:00:01", "1/1"),
    ("2026-11-18 12:59:59", "1/1"),
    ("2026-11-18 13:00:00", "0/1"),
    ("2026-11-18 13:00:01", "0/1"),
]


@pytest.mark.parametrize(("stamp", "share"), WINDOW)
@pytest.mark.parametrize("shifts", ["1", "2"])
def test_homework_is_timely_from_a_week_before_to_13_00_of_the_day_after(
    journal: Journal, stamp: str, share: str, shifts: str
) -> None:
    """The end is exclusive, and the school's shifts do not matter."""
    journal.table("schools", f"school_id | shifts \n 1 | {shifts}")
    journal.table("homework", f"lesson_id | issued_at \n N | {stamp} \n {AND_OTHERWISE}")
    assert journal.week().share("timely_homework") == share


@pytest.mark.parametrize("issued", ["2026-11-01 10:00:00", "2026-11-20 10:00:00"])
@pytest.mark.parametrize(("stamp", "share"), WINDOW)
def test_homework_updated_in_time_is_timely(
    journal: Journal, issued: str, stamp: str, share: str
) -> None:
    """Issued too early or too late, what counts is then the update."""
    journal.table("homework", f"lesson_id | issued_at | updated_at \n N | {issued} | {stamp}")
    assert journal.week().share("timely_homework") == share


def test_a_late_update_does_not_spoil_timely_homework(journal: Journal) -> None:
    """Issued or updated in time: one of the two is enough."""
    journal.table(
        "homework", f"lesson_id | issued_at | updated_at \n N | {IN_TIME} | 2026-11-20 10:00:00"
    )
    assert journal.week().share("timely_homework") == "1/1"


def test_the_window_is_the_configs(journal: Journal) -> None:
    """Three days before, until 09:00 of the day after."""
    journal.rule("timely_homework.days_before=3")
    journal.rule("timely_homework.deadline=09:00")
    for stamp, share in (
        ("2026-11-13 23:59:59", "0/1"),
        ("2026-11-14 00:00:00", "1/1"),
        ("2026-11-18 08:59:59", "1/1"),
        ("2026-11-18 09:00:00", "0/1"),
    ):
        journal.table("homework", f"lesson_id | issued_at \n N | {stamp} \n {AND_OTHERWISE}")
        assert journal.week().share("timely_homework") == share


def test_one_of_several_tasks_in_time_is_enough(journal: Journal) -> None:
    """Some homework due for the next lesson, not all of it, and it counts once."""
    journal.table(
        "homework",
        f"""
        lesson_id | issued_at
        N         | 2026-11-20 10:00:00
        N         | {IN_TIME}
        N         | {IN_TIME}
        """,
    )
    assert journal.week().share("timely_homework") == "1/1"


def test_blank_homework_is_no_homework(journal: Journal) -> None:
    """Without text it needs files."""
    journal.table("homework", f"lesson_id | issued_at | text | has_files \n N | {IN_TIME} | | нет")
    assert journal.week().share("timely_homework") == "0/1"
    journal.table("homework", f"lesson_id | issued_at | text | has_files \n N | {IN_TIME} | | да")
    assert journal.week().share("timely_homework") == "1/1"


# ---------------------------------------------------------------- the next lessons


def test_homework_due_for_the_lesson_itself_is_not_looked_at(journal: Journal) -> None:
    """It was given at the lesson before."""
    journal.table("homework", f"lesson_id | issued_at \n L | {IN_TIME}")
    assert journal.week().share("timely_homework") == "0/1"


def test_the_next_lessons_are_on_the_nearest_later_date(journal: Journal) -> None:
    """Homework for the 24th is given on Thursday the 19th, not on Tuesday the 17th."""
    journal.table(
        "lessons",
        """
        lesson_id | date       | teacher_id
        L         | 2026-11-17 | Tuesday
        M         | 2026-11-19 | Thursday
        N         | 2026-11-24 |
        """,
    )
    journal.table("homework", "lesson_id | issued_at \n N | 2026-11-18 10:00:00")
    seen = journal.week(level="teacher")
    assert seen.share("timely_homework", teacher_id="Tuesday") == "0/0"
    assert seen.share("timely_homework", teacher_id="Thursday") == "1/0"
    assert seen.total("timely_homework") == "1/1"


def test_the_next_lesson_may_lie_weeks_ahead(journal: Journal) -> None:
    """After holidays it is the first one that the timetable has."""
    journal.table(
        "lessons",
        """
        lesson_id | date       | subject
        L         | 2026-11-17 | Математика
        Far       | 2026-12-08 | Математика
        Other     | 2026-11-24 | История
        """,
    )
    journal.table("homework", f"lesson_id | issued_at \n Far | {IN_TIME}")
    assert journal.week().share("timely_homework") == "1/1"


def test_any_lesson_of_the_nearest_date_will_do(journal: Journal) -> None:
    """Two lessons on the 24th are both next, for both lessons of the 17th."""
    journal.table(
        "lessons",
        """
        lesson_id | date
        L         | 2026-11-17
        L too     | 2026-11-17
        N         | 2026-11-24
        N too     | 2026-11-24
        """,
    )
    journal.table("homework", f"lesson_id | issued_at \n N too | {IN_TIME}")
    assert journal.week().share("timely_homework") == "2/2"


def test_a_cancelled_lesson_is_no_next_lesson(journal: Journal) -> None:
    """With Thursday's lesson off, the next is on the 24th."""
    journal.table(
        "lessons",
        """
        lesson_id | date       | is_cancelled
        L         | 2026-11-17 | нет
        Off       | 2026-11-19 | да
        N         | 2026-11-24 | нет
        """,
    )
    journal.table("homework", f"lesson_id | issued_at \n N | {IN_TIME}")
    assert journal.week().share("timely_homework") == "1/1"
    journal.table("homework", f"lesson_id | issued_at \n Off | {IN_TIME}")
    assert journal.week().share("timely_homework") == "0/1"


@pytest.mark.parametrize(
    ("column", "value"), [("class_id", "5Б"), ("subject", "История"), ("group", "2")]
)
def test_the_next_lesson_is_of_the_same_class_subject_and_group(
    journal: Journal, column: str, value: str
) -> None:
    """A lesson that differs in one of the three is somebody else's."""
    journal.table("classes", "class_id \n 5А \n 5Б")
    of = {"class_id": "5А", "subject": "Математика", "group": "1"}
    other = of | {column: value}
    journal.table(
        "lessons",
        f"""
        lesson_id | date       | {" | ".join(of)}
        L         | 2026-11-17 | {" | ".join(of.values())}
        Other     | 2026-11-24 | {" | ".join(other.values())}
        """,
    )
    journal.table("homework", f"lesson_id | issued_at \n Other | {IN_TIME}")
    assert journal.week().share("timely_homework") == "0/1"


def test_subject_and_group_are_compared_trimmed_without_case_and_yo(journal: Journal) -> None:
    """«Чтение вслух», «ЗЕЛЁНЫЕ» and «чтение ВСЛУХ», «зеленые» are one series."""
    journal.table(
        "lessons",
        """
        lesson_id | date       | subject      | group
        L         | 2026-11-17 | Чтение вслух | ЗЕЛЁНЫЕ
        N         | 2026-11-24 | чтение ВСЛУХ | зеленые
        """,
    )
    journal.table("homework", f"lesson_id | issued_at \n N | {IN_TIME}")
    assert journal.week().share("timely_homework") == "1/1"


def test_an_empty_group_is_a_group_of_its_own(journal: Journal) -> None:
    """The whole class's next lesson is the whole class's, blank or missing alike."""
    journal.table(
        "lessons",
        """
        lesson_id | date       | group
        Whole     | 2026-11-17 |
        Half      | 2026-11-17 | 1
        Next half | 2026-11-24 | 1
        Next      | 2026-11-25 |
        """,
    )
    journal.table("homework", f"lesson_id | issued_at \n Next | {IN_TIME}")
    assert journal.week().share("timely_homework") == "1/2"


# ---------------------------------------------------------------- the denominator


def test_the_denominator_is_the_lessons_of_the_week_after(journal: Journal) -> None:
    """Cancelled ones left out; both numbers of lessons stand beside it."""
    journal.table(
        "lessons",
        """
        lesson_id | date       | is_cancelled
        L         | 2026-11-17 | нет
        N1        | 2026-11-23 | нет
        N2        | 2026-11-24 | нет
        N3        | 2026-11-29 | нет
        N4        | 2026-11-27 | да
        N5        | 2026-11-30 | нет
        """,
    )
    journal.table("homework", f"lesson_id | issued_at \n N1 | {IN_TIME}")
    one = journal.week().at("timely_homework")
    assert (one.numerator, one.denominator) == (1, 3)
    assert one.extras["lessons"] == 1
    assert one.extras["next_week_lessons"] == 3


def test_the_region_may_divide_by_the_lessons_of_the_week_itself(journal: Journal) -> None:
    """`denominator = "reporting_week"`; both numbers of lessons stay."""
    journal.rule("timely_homework.denominator=reporting_week")
    journal.table(
        "lessons",
        """
        lesson_id | date
        L         | 2026-11-17
        M         | 2026-11-18
        N1        | 2026-11-23
        N2        | 2026-11-24
        N3        | 2026-11-25
        """,
    )
    journal.table("homework", f"lesson_id | issued_at \n M | {IN_TIME}")
    one = journal.week().at("timely_homework")
    assert (one.numerator, one.denominator) == (1, 2)
    assert one.extras["lessons"] == 2
    assert one.extras["next_week_lessons"] == 3


def test_the_value_is_not_capped(journal: Journal) -> None:
    """Two lessons with timely homework to one lesson next week are 200 %."""
    journal.table(
        "lessons",
        """
        lesson_id | date
        L         | 2026-11-17
        M         | 2026-11-18
        N         | 2026-11-24
        """,
    )
    journal.table("homework", f"lesson_id | issued_at \n M | {IN_TIME} \n N | {IN_TIME}")
    one = journal.week().at("timely_homework")
    assert one.value == 200
    assert str(one.shown) == "200.00"


def test_without_lessons_in_the_week_after_there_is_no_value(journal: Journal) -> None:
    """Not available, with a warning; divided by the week's own lessons it is there."""
    journal.table("lessons", "lesson_id | date \n L | 2026-11-17 \n Far | 2026-12-08")
    journal.table("homework", f"lesson_id | issued_at \n Far | {IN_TIME}")
    seen = journal.week()
    assert seen.share("timely_homework") == "н/д"
    assert "no_next_week" in seen.warnings
    journal.rule("timely_homework.denominator=reporting_week")
    seen = journal.week()
    assert seen.share("timely_homework") == "1/1"
    assert "no_next_week" not in seen.warnings


def test_a_class_without_lessons_in_the_week_after_has_no_value(journal: Journal) -> None:
    """Where another class has some, nothing is divided by nothing."""
    journal.table("classes", "class_id \n 5А \n 5Б")
    journal.table(
        "lessons",
        """
        class_id | date
        5А       | 2026-11-17
        5Б       | 2026-11-24
        """,
    )
    seen = journal.week(level="class")
    assert seen.share("timely_homework", class_id="5А") == "0/0"
    assert seen.share("timely_homework", class_id="5Б") == "0/1"
    assert "no_next_week" not in seen.warnings


def test_timely_homework_counts_at_the_keys_of_the_lesson_at_which_it_was_given(
    journal: Journal,
) -> None:
    """The teacher of the 17th is credited, the teacher of the 24th is divided by."""
    journal.table(
        "lessons",
        """
        lesson_id | date       | teacher_id
        L         | 2026-11-17 | Иванова
        N         | 2026-11-24 | Петров
        """,
    )
    journal.table("homework", f"lesson_id | issued_at \n N | {IN_TIME}")
    seen = journal.week(level="teacher")
    assert seen.share("timely_homework", teacher_id="Иванова") == "1/0"
    assert seen.share("timely_homework", teacher_id="Петров") == "0/1"
    assert seen.at("timely_homework", teacher_id="Иванова").value is None
    assert seen.total("timely_homework") == "1/1"
