"""«Планирование уроков»: lessons with a topic or homework. Source: `indicators.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.spec.journal import Journal

NBSP = "\N{NO-BREAK SPACE}"


def test_a_lesson_with_a_topic_or_homework_is_planned(journal: Journal) -> None:
    """One of the two is enough, both are no more, neither is too little."""
    journal.table(
        "lessons",
        """
        lesson_id | topic
        Topic     | Дроби
        Homework  |
        Both      | Дроби
        Neither   |
        """,
    )
    journal.table(
        "homework",
        """
        lesson_id | issued_at
        Homework  | 2026-11-16 10:00:00
        Both      | 2026-11-16 10:00:00
        """,
    )
    assert journal.week().share("lesson_planning") == "3/4"


@pytest.mark.parametrize("blank", ["", "   ", NBSP, f" {NBSP} {NBSP}"])
def test_blank_text_is_no_topic(journal: Journal, blank: str) -> None:
    """White space and the no-break space are nothing."""
    journal.table("lessons", f"date | topic \n 2026-11-17 | {blank}")
    journal.table("homework", "lesson_id | issued_at")
    assert journal.week().share("lesson_planning") == "0/1"


@pytest.mark.parametrize(
    ("text", "files", "share"),
    [
        ("§ 12", "", "1/1"),
        ("", "", "0/1"),
        (NBSP, "", "0/1"),
        ("", "нет", "0/1"),
        ("", "да", "1/1"),
        (NBSP, "да", "1/1"),
    ],
)
def test_homework_has_text_or_files(journal: Journal, text: str, files: str, share: str) -> None:
    """Blank homework is none, unless something is attached."""
    journal.table(
        "homework",
        f"lesson_id | issued_at | text | has_files \n L | 2026-11-16 10:00:00 | {text} | {files}",
    )
    journal.table("lessons", "lesson_id | topic \n L |")
    assert journal.week().share("lesson_planning") == share


def test_in_a_table_without_texts_each_row_is_homework(journal: Journal) -> None:
    """Where the dump has no column of texts, the row is all there is."""
    journal.table("lessons", "lesson_id | topic \n L |")
    journal.table("homework", "lesson_id | issued_at | has_files \n L | 2026-11-16 10:00:00 | нет")
    journal.without("homework", "text")
    assert journal.week().share("lesson_planning") == "1/1"


def test_homework_counts_whenever_it_was_issued(journal: Journal) -> None:
    """Planning asks for no hour: long before or long after, it is there."""
    journal.table("lessons", "lesson_id | topic \n Early | \n Late | \n Undated |")
    journal.table(
        "homework",
        """
        lesson_id | issued_at
        Early     | 2026-09-01 10:00:00
        Late      | 2026-12-20 10:00:00
        Undated   | 2026-11-17
        """,
    )
    assert journal.week().share("lesson_planning") == "3/3"


def test_homework_belongs_to_the_lesson_that_it_is_due_for(journal: Journal) -> None:
    """Another lesson of the class has none of it."""
    journal.table("lessons", "lesson_id | topic | date \n L | | 2026-11-17 \n M | | 2026-11-18")
    journal.table("homework", "lesson_id | issued_at \n M | 2026-11-17 10:00:00")
    assert journal.week().share("lesson_planning") == "1/2"


def test_many_tasks_for_a_lesson_are_one_planned_lesson(journal: Journal) -> None:
    """Lessons are counted, not tasks."""
    journal.table("lessons", "lesson_id | topic \n L | \n M |")
    journal.table("homework", "lesson_id | issued_at \n 3 × L | 2026-11-17 10:00:00")
    assert journal.week().share("lesson_planning") == "1/2"
