"""Two weeks side by side: who moved an indicator. Contributions sum to its change exactly."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from monitor_cli.clock import Week
from monitor_cli.engine.compare import Asked, Comparison, Query, compare
from monitor_cli.engine.compare_report import compare_report
from monitor_cli.levels import Level
from monitor_cli.settings import load_settings

if TYPE_CHECKING:
    from monitor_cli.engine.compare import Part
    from tests.spec.journal import Journal

WEEK, BEFORE = Week(date(2026, 11, 16)), Week(date(2026, 11, 9))
PLAN = "lesson_planning"


def split(
    journal: Journal, *by: str, limit: int | None = None, other: Week = BEFORE, **query: object
) -> Comparison:
    settings = load_settings(assignments=journal.sets, environ={})
    asked = Query(WEEK, **query)  # type: ignore[arg-type]
    levels = tuple(map(Level, by or ("school",)))
    return compare(journal.folder, settings, asked, Asked(other, levels, lambda _: limit))


def parts(found: Comparison, key: str = PLAN) -> list[Part]:
    return [part for part in found.parts if part.indicator == key]


def told(part: Part) -> tuple[object, float | None]:
    """The last key of a place, and the contribution."""
    name = None if part.place is None else list(part.place.values())[-1]
    return name, None if part.move is None else float(part.move.contribution)


@pytest.fixture
def two_schools(journal: Journal) -> None:
    """School 1 falls from 2 of 2 planned lessons to 1 of 2, school 2 rises from 0 to 1 of 1."""
    journal.table("schools", "school_id | school | shifts \n 1 | Первая | 1 \n 2 | Вторая | 1")
    journal.table("classes", "class_id | school_id \n 5А | 1 \n 5Б | 2")
    journal.table(
        "lessons",
        """
        class_id | date       | topic | teacher_id
        5А       | 2026-11-10 | Дроби | 7
        5А       | 2026-11-11 | Дроби |
        5Б       | 2026-11-10 |       | 8
        5А       | 2026-11-17 | Дроби | 7
        5А       | 2026-11-18 |       |
        5Б       | 2026-11-17 | Дроби | 8
        """,
    )
    journal.table("homework", "lesson_id | issued_at")


@pytest.mark.usefixtures("two_schools")
def test_each_school_is_told_what_it_contributed(journal: Journal) -> None:
    """Of 3 lessons in both weeks one less is planned at school 1, one more at school 2."""
    found = parts(split(journal))
    assert [told(part) for part in found] == [("Вторая", 100 / 3), ("Первая", -100 / 3)]
    assert [part.now.numerator for part in found] == [1, 1]
    assert [part.before.denominator for part in found] == [1, 2]


@pytest.mark.usefixtures("two_schools")
def test_the_biggest_mover_comes_first(journal: Journal) -> None:
    """Two of four lessons lost at the one, none at the other."""
    journal.table(
        "lessons",
        """
        class_id | date       | topic
        5А       | 2026-11-10 | Д
        3 × 5Б   | 2026-11-10 | Д
        5А       | 2026-11-17 | Д
        2 × 5Б   | 2026-11-17 |
        1 × 5Б   | 2026-11-17 | Д
        """,
    )
    assert [told(part) for part in parts(split(journal))] == [("Вторая", -50), ("Первая", 0)]


@pytest.mark.usefixtures("two_schools")
def test_lessons_without_a_teacher_are_a_part_of_their_own(journal: Journal) -> None:
    """So that the teachers of a school make its change exactly."""
    found = parts(split(journal, "teacher", schools=("1",)))
    assert [(part.place or {}).get("teacher_id") for part in found] == [None, "7"]
    assert [told(part)[1] for part in found] == [-50, 0]


@pytest.mark.usefixtures("two_schools")
def test_a_limit_puts_the_others_together(journal: Journal) -> None:
    """The row of the others keeps the sum."""
    found = parts(split(journal, limit=1))
    assert [part.place is None for part in found] == [False, True]
    assert found[1].places == 1
    assert sum(part.move.contribution for part in found if part.move) == 0
    assert split(journal, limit=1, indicators=(PLAN,)).parts_in_all == 2


@pytest.mark.usefixtures("two_schools")
def test_a_limit_of_none_leaves_the_others_alone(journal: Journal) -> None:
    """All parts are one, and still make the change; what did not move at all is no part."""
    (everything,) = parts(split(journal, limit=0))
    assert (everything.place, everything.places) == (None, 2)
    journal.table(
        "lessons", "class_id | date | topic \n 5А | 2026-11-10 | Д \n 5А | 2026-11-17 | Д"
    )
    assert parts(split(journal, limit=0)) == []


@pytest.mark.usefixtures("two_schools")
def test_a_school_in_one_week_only_is_all_weight(journal: Journal) -> None:
    """Nothing can be said of how its value changed."""
    journal.table(
        "lessons",
        "class_id | date | topic \n 5А | 2026-11-10 | \n 5А | 2026-11-17 | \n 5Б | 2026-11-17 | Д",
    )
    first, second = parts(split(journal))
    assert told(first) == ("Вторая", 50)
    assert first.move is not None
    assert [first.move.rate, first.move.weight] == [0, Fraction(50)]
    assert told(second) == ("Первая", 0)


@pytest.mark.usefixtures("two_schools")
def test_schools_that_crossed_a_threshold_are_named(journal: Journal) -> None:
    """The threshold of planning is 100: one falls below it, one reaches it."""
    sides = [side for side in split(journal).sides if side.indicator == PLAN]
    assert [(side.place["school"], side.now.reached) for side in sides] == [
        ("Вторая", True),
        ("Первая", False),
    ]


@pytest.mark.usefixtures("two_schools")
def test_of_an_active_school_the_components_are_named_that_changed_sides(
    journal: Journal,
) -> None:
    """An integral has no parts."""
    found = split(journal)
    assert parts(found, "school_activity") == []
    sides = {
        side.place["school"]: (side.gained, side.lost)
        for side in found.sides
        if side.indicator == "school_activity"
    }
    assert sides == {"Вторая": ((PLAN,), ()), "Первая": ((), (PLAN,))}


def test_any_other_week_can_be_compared_with(journal: Journal) -> None:
    """Also a later one, and one far away."""
    journal.table("lessons", "date | topic \n 2026-10-05 | Д \n 2026-11-17 | \n 2026-11-24 | Д")
    journal.table("homework", "lesson_id | issued_at")
    for monday, change in ((date(2026, 10, 5), -100.0), (date(2026, 11, 23), -100.0)):
        found = split(journal, other=Week(monday))
        assert found.wholes[PLAN][1].change == change


def test_parents_of_classes_are_counts_without_contributions(journal: Journal) -> None:
    """A parent of two children is one parent at the school, and one in each class."""
    journal.table("classes", "class_id | school_id \n 5А | 1 \n 6А | 1")
    journal.table("lessons", "date \n 2026-11-10 \n 2026-11-17")
    journal.table("students", "person_id | class_id \n 1 | 5А \n 2 | 6А")
    journal.table(
        "parents",
        "person_id | student_id | activated_at \n 9 | 1 | 2026-11-17 10:00:00 \n"
        " 9 | 2 | 2026-11-17 10:00:00",
    )
    found = split(journal, "class", "school")
    by_class = [part for part in parts(found, "parent_activation") if part.by is Level.CLASS]
    assert [(part.before.numerator, part.now.numerator) for part in by_class] == [(0, 1)] * 2
    assert [part.move for part in by_class] == [None, None]
    (school,) = (part for part in parts(found, "parent_activation") if part.by is Level.SCHOOL)
    assert school.move is not None
    assert school.move.contribution == 100
    assert compare_report(found, limit=None, sample=False).sheet("parts").note is not None


def test_students_without_a_class_are_what_no_class_accounts_for(journal: Journal) -> None:
    """One of a class is activated in this week, the other, of no class, was before."""
    journal.table("lessons", "date \n 2026-11-10 \n 2026-11-17")
    journal.table(
        "students",
        "person_id | class_id | activated_at \n 1 | 5А | 2026-11-17 10:00:00 \n"
        " 2 |  | 2026-11-01 10:00:00",
    )
    found = parts(split(journal, "class"), "student_activation")
    assert [(told(part), part.places) for part in found] == [(("5А", 50), 1), ((None, 0), 0)]
    total = sum((part.move.contribution for part in found if part.move), Fraction(0))
    assert total == 50


def test_in_a_week_without_lessons_nothing_moved(journal: Journal) -> None:
    """The week is not covered: no value, no change, no parts; a warning names it."""
    journal.table("students", "person_id | is_activated \n 1 | да")
    found = split(journal)
    assert found.parts == []
    assert found.wholes["student_activation"][1].change is None
    assert "not_covered" in [notice.code for notice in found.warnings]
