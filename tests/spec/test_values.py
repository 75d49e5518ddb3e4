"""Values: exact, `null` where nothing can be divided, pooled, rounded for people.

Source: `indicators.md`, «Value» and «Shown numbers»; `cli.md`, «JSON».
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from monitor_cli.result import Measure
from monitor_cli.settings import INDICATOR_KEYS

if TYPE_CHECKING:
    from tests.spec.journal import Journal


def test_a_value_is_100_times_numerator_by_denominator(journal: Journal) -> None:
    """Five of six, unrounded."""
    journal.table("students", "is_activated \n 5 × да \n 1 × нет")
    assert journal.week().at("student_activation").value == 83.33333333333333


def test_nothing_to_divide_by_is_not_available(journal: Journal) -> None:
    """Never 0 and never 100: `null`, with the numbers that it would be made of."""
    journal.table("students", "is_activated")
    one = journal.week().at("student_activation")
    assert (one.numerator, one.denominator) == (0, 0)
    assert (one.value, one.reached, one.shown) == (None, None, None)


def test_nobody_of_somebody_is_zero(journal: Journal) -> None:
    """0 is a value, and it is not reached."""
    journal.table("students", "is_activated \n 3 × нет")
    one = journal.week().at("student_activation")
    assert (one.value, one.reached) == (0, False)


@pytest.mark.parametrize(
    ("activated", "students", "threshold", "reached"),
    [
        (4, 5, "80", True),
        (2, 3, "66.66", True),
        (2, 3, "66.67", False),
        (7, 25, "28", True),
        (0, 2, "0", True),
        (2, 2, "100", True),
    ],
)
def test_reached_compares_exact_numbers(
    journal: Journal, activated: int, students: int, threshold: str, *, reached: bool
) -> None:
    """Equal is reached; two thirds reach 66.66 and not 66.67."""
    journal.rule(f"thresholds.student_activation={threshold}")
    journal.table("students", f"is_activated \n {activated} × да \n {students - activated} × нет")
    assert journal.week().at("student_activation").reached is reached


def test_above_a_school_numerators_and_denominators_are_summed(journal: Journal) -> None:
    """One of one and one of four are two of five, not the mean of 100 and 25."""
    journal.table("schools", "school_id \n 1 \n 2")
    journal.table(
        "students",
        """
        school_id | class_id | is_activated
        1         |          | да
        2         |          | да
        2         |          | нет
        2         |          | нет
        2         |          | нет
        """,
    )
    for level in ("municipality", "region"):
        assert journal.week(level=level).values("student_activation") == [40]
    assert journal.week().total("student_activation") == "2/5"


def test_beside_a_pooled_value_stands_how_many_schools_reached(journal: Journal) -> None:
    """Of three schools two have a value, and one of those reached its threshold."""
    journal.table("schools", "school_id \n 1 \n 2 \n 3")
    journal.table(
        "students",
        """
        school_id | class_id | is_activated
        1         |          | да
        2         |          | нет
        """,
    )
    for level in ("municipality", "region"):
        one = journal.week(level=level).at("student_activation")
        assert (one.schools, one.schools_reached) == (2, 1)
        assert (one.value, one.reached) == (50, False)
    total = journal.week().result.totals["student_activation"]
    assert (total.schools, total.schools_reached) == (2, 1)


def test_a_school_and_what_is_under_it_pool_no_schools(journal: Journal) -> None:
    """`schools` stands at region, municipality and in the totals only."""
    for level in ("school", "parallel", "class"):
        for one in journal.week(level=level).result.rows[0].measures.values():
            assert (one.schools, one.schools_reached) == (None, None)


def test_a_municipality_is_held_against_the_threshold_of_a_school(journal: Journal) -> None:
    """Reached at every level compares with the same threshold."""
    journal.rule("thresholds.student_activation=40")
    journal.table("schools", "school_id \n 1 \n 2")
    journal.table(
        "students",
        """
        school_id | class_id | is_activated
        1         | 5А       | да
        1         | 5А       | да
        2         |          | нет
        2         |          | нет
        2         |          | нет
        """,
    )
    one = journal.week(level="municipality").at("student_activation")
    assert (one.value, one.reached, one.schools_reached) == (40, True, 1)
    assert journal.week(level="class").at("student_activation").reached is True


def test_integer_extras_are_there_as_zero(journal: Journal) -> None:
    """Where there is a value, a count of nothing is 0, not absent."""
    journal.table("lessons", "lesson_id | date \n L | 2026-11-17 \n N | 2026-11-24")
    journal.table("marks", "lesson_id | created_at \n L | 2026-11-17 10:00:00")
    journal.table("homework", "lesson_id | issued_at")
    journal.table("students", "is_activated \n да")
    seen = journal.week()
    marks = seen.at("timely_marks").extras
    assert marks == {
        "tracked": 1,
        "ceiling": 100,
        "late": 0,
        "early": 0,
        "before_week": 0,
        "after_week": 0,
        "no_time": 0,
    }
    homework = seen.at("timely_homework").extras
    assert homework["lessons"] == 1
    assert homework["next_week_lessons"] == 1
    assert homework["no_time"] == 0
    assert seen.at("student_activation").extras == {"not_activated": 0}


@pytest.mark.parametrize("key", INDICATOR_KEYS)
def test_a_place_without_anything_has_no_value_but_the_timetables_zero(
    journal: Journal, key: str
) -> None:
    """School 2 has one class and nothing else."""
    journal.table("schools", "school_id \n 1 \n 2")
    journal.table("classes", "class_id | school_id \n 5А | 1 \n 5Б | 2")
    for table, header in (
        ("staff", "is_activated | has_esia_login | category"),
        ("students", "is_activated"),
        ("parents", "is_activated"),
        ("marks", "lesson_id | created_at"),
        ("attendance", "lesson_id | status"),
        ("homework", "lesson_id | issued_at"),
        ("diary_views", "student_id | viewed_at"),
    ):
        journal.table(table, header)
    value = journal.week(indicators=(key,)).at(key, school_id="2").value
    assert value == (0 if key in ("timetable_filling", "school_activity") else None)


# ---------------------------------------------------------------- as people see it


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [
        (5, 6, "83.33"),
        (2, 3, "66.67"),
        (2469, 20000, "12.35"),
        (1, 8, "12.50"),
        (24999, 25000, "99.99"),
        (1, 25000, "0.01"),
        (19999, 25000, "79.99"),
        (4, 5, "80.00"),
        (0, 7, "0.00"),
        (7, 7, "100.00"),
        (3, 2, "150.00"),
    ],
)
def test_shown_numbers_are_rounded_half_up_but_never_across_0_100_or_the_threshold(
    numerator: int, denominator: int, shown: str
) -> None:
    """12.345 is 12.35; 99.996 is 99.99; 79.996 under a threshold of 80 is 79.99."""
    assert str(Measure(numerator, denominator, Fraction(80)).shown) == shown


def test_the_threshold_that_rounding_must_not_cross_is_the_indicators_own() -> None:
    """79.996 is 80.00 where 70 is asked for."""
    assert str(Measure(19999, 25000, Fraction(70)).shown) == "80.00"
