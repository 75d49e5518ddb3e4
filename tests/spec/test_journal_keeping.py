"""«Ведение классных журналов»: lessons that left a trace. Source: `indicators.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.spec.journal import Journal


@pytest.fixture(autouse=True)
def nothing_in_the_journal(journal: Journal) -> None:
    """Every test begins with one lesson «L» and empty tables of marks and attendance."""
    journal.table("lessons", "lesson_id | comment | is_conducted \n L | |")
    journal.table("marks", "lesson_id | created_at")
    journal.table("attendance", "lesson_id | status")


def test_a_lesson_without_a_trace_is_not_kept(journal: Journal) -> None:
    """No mark, no absence, no comment, no tick: nothing."""
    assert journal.week().share("journal_keeping") == "0/1"


@pytest.mark.parametrize("entered", ["2026-11-17 10:00:00", "2026-12-20 10:00:00", "2026-11-17"])
@pytest.mark.parametrize("work_type", ["Ответ на уроке", "Контрольная работа", ""])
def test_any_mark_is_a_trace(journal: Journal, entered: str, work_type: str) -> None:
    """Of whatever work, entered whenever."""
    journal.table("marks", f"lesson_id | work_type | created_at \n L | {work_type} | {entered}")
    assert journal.week().share("journal_keeping") == "1/1"


@pytest.mark.parametrize(
    ("status", "share"),
    [
        ("absent", "1/1"),
        ("ill", "1/1"),
        ("pass", "1/1"),
        ("late", "0/1"),
        ("present", "0/1"),
    ],
)
def test_an_absence_is_a_trace_being_late_is_none(
    journal: Journal, status: str, share: str
) -> None:
    """Absent, ill and excused are absences; late and present are not."""
    journal.table("attendance", f"lesson_id | status \n L | {status}")
    assert journal.week().share("journal_keeping") == share


@pytest.mark.parametrize(("status", "share"), [("late", "1/1"), ("present", "0/1")])
def test_late_counts_where_the_region_says_so(journal: Journal, status: str, share: str) -> None:
    """`late_counts = true` makes coming late a trace, presence not."""
    journal.rule("journal_keeping.late_counts=true")
    journal.table("attendance", f"lesson_id | status \n L | {status}")
    assert journal.week().share("journal_keeping") == share


@pytest.mark.parametrize(
    ("comment", "share"), [("Повторили дроби", "1/1"), ("\N{NO-BREAK SPACE} ", "0/1")]
)
def test_a_comment_is_a_trace_unless_it_is_blank(
    journal: Journal, comment: str, share: str
) -> None:
    """White space and the no-break space are no comment."""
    journal.table("lessons", f"lesson_id | comment | is_conducted \n L | {comment} |")
    assert journal.week().share("journal_keeping") == share


@pytest.mark.parametrize(("tick", "share"), [("да", "1/1"), ("нет", "0/1"), ("", "0/1")])
def test_the_tick_conducted_is_a_trace(journal: Journal, tick: str, share: str) -> None:
    """«Урок проведен» alone is enough."""
    journal.table("lessons", f"lesson_id | comment | is_conducted \n L | | {tick}")
    assert journal.week().share("journal_keeping") == share


def test_a_topic_or_homework_is_no_trace(journal: Journal) -> None:
    """A plan does not say that the lesson was held."""
    journal.table("lessons", "lesson_id | topic | comment | is_conducted \n L | Дроби | |")
    journal.table("homework", "lesson_id | issued_at \n L | 2026-11-16 10:00:00")
    assert journal.week().share("journal_keeping") == "0/1"


def test_a_lesson_with_all_four_traces_is_one_lesson(journal: Journal) -> None:
    """Lessons are counted, not traces."""
    journal.table(
        "lessons",
        """
        lesson_id | comment | is_conducted
        L         | Были все | да
        Empty     |          |
        """,
    )
    journal.table("marks", "lesson_id | created_at \n 3 × L | 2026-11-17 10:00:00")
    journal.table(
        "attendance",
        """
        lesson_id | student_id | status
        L         | Оля        | absent
        L         | Петя       | late
        """,
    )
    assert journal.week().share("journal_keeping") == "1/2"
