"""«Активность школ»: the integral indicator. Source: `indicators.md`, «school_activity»."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.spec.journal import IN_TIME

if TYPE_CHECKING:
    from tests.spec.journal import Journal

SIX = (
    "timetable_filling",
    "lesson_planning",
    "journal_keeping",
    "account_activation",
    "parent_engagement",
    "timely_marks",
)
LATE = "2026-11-17 22:00:00"


@pytest.fixture(autouse=True)
def an_active_school(journal: Journal) -> None:
    """Every test begins with a school whose six components all stand at 100."""
    journal.table("lessons", "topic | is_conducted \n 8 × Дроби | да")
    journal.table("staff", "is_activated \n да")
    journal.table("students", "person_id | is_activated \n Оля | да")
    journal.table("parents", "student_id | is_activated \n Оля | да")
    journal.table("marks", f"lesson_id | created_at \n №1 | {IN_TIME}")
    journal.table("attendance", "lesson_id | status")
    journal.table("homework", "lesson_id | issued_at")
    journal.table("diary_views", f"student_id | viewed_at \n Оля | {IN_TIME}")


def test_by_default_it_is_made_of_the_memos_six(journal: Journal) -> None:
    """All six have a value and all are reached: the school is active."""
    one = journal.week().at("school_activity")
    assert (one.numerator, one.denominator, one.reached) == (6, 6, True)
    assert one.extras["components"] == SIX
    assert one.extras["reached_components"] == SIX


def test_a_school_that_misses_one_is_not_active(journal: Journal) -> None:
    """Five of six are not the 100 that the integral asks for."""
    journal.table("marks", f"lesson_id | created_at \n №1 | {LATE}")
    one = journal.week().at("school_activity")
    assert (one.numerator, one.denominator, one.reached) == (5, 6, False)
    assert one.extras["components"] == SIX
    assert one.extras["reached_components"] == SIX[:5]


def test_a_component_without_a_value_is_not_asked_for(journal: Journal) -> None:
    """A school without a mark in the week has five components."""
    journal.table("marks", "lesson_id | created_at")
    one = journal.week().at("school_activity")
    assert (one.numerator, one.denominator, one.reached) == (5, 5, True)
    assert one.extras["components"] == SIX[:5]


def test_a_component_that_is_not_available_is_not_asked_for(journal: Journal) -> None:
    """Without the table of marks neither journals nor marks can be measured."""
    journal.remove("marks")
    one = journal.week().at("school_activity")
    assert (one.numerator, one.denominator) == (4, 4)
    assert one.extras["components"] == (*SIX[:2], *SIX[3:5])


def test_a_school_of_which_nothing_is_known_has_no_value(journal: Journal) -> None:
    """No component, no value, neither active nor inactive."""
    journal.table("schools", "school_id \n 1 \n 2")
    one = journal.week().at("school_activity", school_id="2")
    assert (one.numerator, one.denominator, one.value, one.reached) == (0, 0, None, None)
    assert one.extras["components"] == ()
    assert one.extras["reached_components"] == ()


@pytest.mark.parametrize("level", ["municipality", "region"])
def test_above_a_school_it_is_active_schools_of_those_with_a_value(
    journal: Journal, level: str
) -> None:
    """One active, one with an empty timetable, one of which nothing is known: 1 of 2."""
    journal.table("schools", "school_id \n 1 \n 2 \n 3")
    journal.table("classes", "class_id | school_id \n 5А | 1 \n 5Б | 2")
    seen = journal.week(level=level)
    one = seen.at("school_activity")
    assert (one.numerator, one.denominator, one.reached) == (1, 2, False)
    assert (one.schools, one.schools_reached) == (2, 1)
    assert seen.total("school_activity") == "1/2"


def test_the_lists_of_components_are_a_schools_alone(journal: Journal) -> None:
    """A municipality, a region and the totals have none."""
    for level in ("municipality", "region"):
        seen = journal.week(level=level)
        assert seen.at("school_activity").extras == {}
        assert seen.result.totals["school_activity"].extras == {}


def test_the_components_are_the_regions(journal: Journal) -> None:
    """Named in the config, in the config's order, any indicator may be one."""
    journal.rule('school_activity.components=["teacher_category", "student_activation"]')
    journal.table("staff", "is_activated | category \n да | вторая")
    one = journal.week().at("school_activity")
    assert (one.numerator, one.denominator) == (1, 2)
    assert one.extras["components"] == ("teacher_category", "student_activation")
    assert one.extras["reached_components"] == ("student_activation",)


def test_the_thresholds_of_the_components_are_the_configs(journal: Journal) -> None:
    """With nothing asked of marks, a school that is always late is active."""
    journal.rule("thresholds.timely_marks=0")
    journal.table("marks", f"lesson_id | created_at \n №1 | {LATE}")
    assert journal.week().share("school_activity") == "6/6"


def test_components_are_counted_even_where_they_are_not_shown(journal: Journal) -> None:
    """Asked for alone, the integral is the same."""
    seen = journal.week(indicators=("school_activity",))
    assert seen.share("school_activity") == "6/6"
    assert set(seen.result.rows[0].measures) == {"school_activity"}
