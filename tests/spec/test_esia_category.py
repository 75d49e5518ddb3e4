"""Teachers with an ESIA login, teachers with a category. Source: `indicators.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.spec.journal import Journal


@pytest.mark.parametrize(
    ("flag", "moment", "share"),
    [
        ("", "2026-11-22 23:59:59", "1/1"),
        ("", "2026-11-23 00:00:00", "0/1"),
        ("", "2019-09-01 08:00:00", "1/1"),
        ("да", "2026-11-23 00:00:00", "0/1"),
        ("нет", "2026-11-22 23:59:59", "1/1"),
        ("да", "", "1/1"),
        ("нет", "", "0/1"),
        ("", "", "0/1"),
    ],
)
def test_the_first_esia_login_lies_before_the_end_of_the_week(
    journal: Journal, flag: str, moment: str, share: str
) -> None:
    """Ever before the next Monday by the date; without one by the flag; without either no."""
    journal.table("staff", f"has_esia_login | esia_login_at \n {flag} | {moment}")
    assert journal.week().share("teacher_esia") == share


def test_of_a_teachers_rows_one_esia_login_is_enough(journal: Journal) -> None:
    """A login noted in the administrator's row is the same person's."""
    journal.table(
        "staff",
        """
        person_id | role    | has_esia_login
        Иванова   | teacher | нет
        Иванова   | admin   | да
        Петров    | admin   | да
        """,
    )
    assert journal.week().share("teacher_esia") == "1/1"


@pytest.mark.parametrize(
    ("category", "share"),
    [
        ("высшая", "1/1"),
        ("Высшая квалификационная категория", "1/1"),
        ("первая", "1/1"),
        ("ПЕРВАЯ (приказ № 12)", "1/1"),
        ("педагог-методист", "1/1"),
        ("Педагог-наставник", "1/1"),
        ("вторая", "0/1"),
        ("соответствие занимаемой должности", "0/1"),
        ("без категории", "0/1"),
        ("не первая", "0/1"),
        ("", "0/1"),
    ],
)
def test_the_highest_and_the_first_category_count(
    journal: Journal, category: str, share: str
) -> None:
    """A methodologist or mentor has the highest; the beginning of the text tells."""
    journal.table("staff", f"role | category \n teacher | {category}")
    assert journal.week().share("teacher_category") == share


def test_only_the_categories_of_teachers_count(journal: Journal) -> None:
    """An administrator who does not teach is in neither number."""
    journal.table(
        "staff",
        """
        role    | category
        teacher | высшая
        teacher | вторая
        teacher | первая
        admin   | высшая
        """,
    )
    assert journal.week().share("teacher_category") == "2/3"


def test_the_region_may_name_other_categories(journal: Journal) -> None:
    """The beginnings that count are the config's."""
    journal.rule('teacher_category.categories=["вторая"]')
    journal.table("staff", "category \n высшая \n Вторая")
    assert journal.week().share("teacher_category") == "1/2"
