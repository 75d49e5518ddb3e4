"""`--check`: the exit code that says whether something is missed. Source: `cli.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor_cli import cli

if TYPE_CHECKING:
    from tests.spec.journal import Journal


@pytest.fixture(autouse=True)
def a_school_without_an_activated_student(journal: Journal) -> None:
    """Every test begins with planning at 1 of 1, student activation at 0 of 1, no staff table."""
    journal.table("lessons", "topic \n Дроби")
    journal.table("homework", "lesson_id | issued_at")
    journal.table("students", "is_activated \n нет")


def exit_code(journal: Journal, *arguments: str) -> int:
    """What `monitor week` of the journal ends with."""
    command = ["week", "--data", str(journal.folder), "--date", "2026-11-16", "--json", "-q"]
    return cli.main([*command, *arguments])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--indicator", "lesson_planning", "--check"], 0),
        (["--indicator", "student_activation", "--check"], 1),
        (["--indicator", "student_activation"], 0),
        (["--indicator", "teacher_activation", "--check"], 0),
        (["--indicator", "timetable_filling", "--check"], 1),
    ],
)
def test_an_indicator_that_is_named_must_be_reached(
    journal: Journal, arguments: list[str], code: int
) -> None:
    """1 where it is not, placeholder or no; what has no value misses nothing; only on demand."""
    assert exit_code(journal, *arguments) == code


def test_without_a_name_placeholders_are_not_asked_for(journal: Journal) -> None:
    """80 for students is nobody's threshold, until the region writes it."""
    assert exit_code(journal, "--block", "users", "--check") == 0
    written = ("--set", "thresholds.student_activation=80")
    assert exit_code(journal, "--block", "users", "--check", *written) == 1


def test_a_miss_counts_in_any_row_that_the_filters_leave(journal: Journal) -> None:
    """Also in a row that `--below` or `--limit` cut away; not in one that a filter did."""
    journal.table("schools", "school_id \n 1 \n 2")
    journal.table("classes", "class_id | school_id \n 5А | 1 \n 5Б | 2")
    journal.table("lessons", "class_id | topic \n 5А | Дроби \n 5Б |")
    asked = ("--indicator", "lesson_planning", "--check")
    assert exit_code(journal, *asked, "--limit", "1") == 1
    assert exit_code(journal, *asked, "--sort", "lesson_planning", "--limit", "0") == 1
    assert exit_code(journal, *asked, "--school", "1") == 0
