"""Counted by partitions, a school is what it is among all: even where a row points at another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor_cli.clock import Week
from monitor_cli.engine import partitioned, week
from monitor_cli.engine.crew import Crew, Here
from monitor_cli.engine.query import Query
from monitor_cli.levels import Level
from monitor_cli.settings import load_settings
from tests.imports import imported_into
from tests.spec.journal import MONDAY

if TYPE_CHECKING:
    from monitor_cli.result import WeekResult
    from tests.spec.journal import Journal


@pytest.fixture
def two_schools(journal: Journal) -> Journal:
    """School 1 with class 1А and school 2 with class 2А, a lesson each."""
    journal.table("schools", "school_id | school \n 1 | Первая \n 2 | Вторая")
    journal.table("classes", "class_id | school_id | class \n 10 | 1 | 1А \n 20 | 2 | 2А")
    journal.table(
        "lessons", "lesson_id | class_id | teacher_id | topic \n 1 | 10 | 7 | да \n 2 | 20 | 8 | "
    )
    return journal


def _both(journal: Journal, query: Query) -> tuple[WeekResult, WeekResult]:
    """The week at once, and with a partition a school."""
    dataset = journal.folder / "dataset"
    imported_into(dataset, journal.folder)
    rules = load_settings(environ={})
    crew = Crew(Here(), least=2)
    return week.measure(dataset, rules, query), partitioned.measure(dataset, rules, query, crew)


def test_a_child_at_another_school_is_known_there_and_makes_no_place(two_schools: Journal) -> None:
    two_schools.table("students", "person_id | school_id | class_id \n 100 | 2 | 20")
    two_schools.table(
        "parents",
        "person_id | school_id | student_id | is_activated \n"
        "1 | 1 | 100 | да \n 2 | 1 | 999 | да \n 3 | 1 |  | да",
    )
    whole, parted = _both(two_schools, Query(Week.of(MONDAY)))
    assert parted == whole
    first = parted.rows[1].measures["parent_activation"]
    assert (first.numerator, first.denominator) == (2, 2)


@pytest.mark.parametrize("typed", ["8", "Восьмой В. В."])
def test_a_teacher_is_who_the_whole_dataset_says(two_schools: Journal, typed: str) -> None:
    # Teacher 8 is named at the first school only, where someone else bears «8» for a name.
    two_schools.table("staff", "person_id | school_id | name \n 7 | 1 | 8 \n 8 | 1 | Восьмой В. В.")
    whole, parted = _both(two_schools, Query(Week.of(MONDAY), Level.TEACHER, teachers=(typed,)))
    assert parted == whole
    assert [row.keys["teacher_id"] for row in parted.rows] == ["8"]
