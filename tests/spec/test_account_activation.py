"""«Активация всех аккаунтов»: teachers, students and parents together. Source: `indicators.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.spec.journal import Journal


@pytest.fixture(autouse=True)
def a_school_of_ten(journal: Journal) -> None:
    """Two teachers (one activated), five students (two), three parents (all)."""
    journal.table("staff", "is_activated \n 1 × да \n 1 × нет")
    journal.table("students", "is_activated \n 2 × да \n 3 × нет")
    journal.table("parents", "is_activated \n 3 × да")


def test_all_accounts_are_the_sum_of_the_three_kinds(journal: Journal) -> None:
    """Six of ten are activated: people are added, not percentages."""
    one = journal.week().at("account_activation")
    assert (one.numerator, one.denominator) == (6, 10)
    assert one.value == 60
    assert one.extras["not_activated"] == 4


def test_a_person_of_two_kinds_is_two_accounts(journal: Journal) -> None:
    """A teacher who is a parent here has an account as each."""
    journal.table("staff", "person_id | is_activated \n Иванова | да")
    journal.table("students", "is_activated")
    journal.table("parents", "person_id | is_activated \n Иванова | нет")
    assert journal.week().share("account_activation") == "1/2"


@pytest.mark.parametrize("table", ["staff", "students", "parents"])
def test_a_kind_of_which_there_is_nobody_adds_nothing(journal: Journal, table: str) -> None:
    """An empty table is data: nobody of that kind."""
    left = {"staff": "5/8", "students": "4/5", "parents": "3/7"}
    journal.table(table, "is_activated")
    assert journal.week().share("account_activation") == left[table]


@pytest.mark.parametrize("table", ["staff", "students", "parents"])
def test_it_needs_all_three_tables(journal: Journal, table: str) -> None:
    """Without one of the three it is not available."""
    journal.remove(table)
    assert journal.week().share("account_activation") == "н/д"


def test_schools_are_pooled_above(journal: Journal) -> None:
    """Two schools' accounts are added up for the municipality."""
    journal.table("schools", "school_id \n 1 \n 2")
    journal.table("staff", "school_id | is_activated \n 1 | да \n 2 | нет \n 2 | нет")
    journal.table("students", "is_activated")
    journal.table("parents", "is_activated")
    one = journal.week(level="municipality").at("account_activation")
    assert (one.numerator, one.denominator, one.schools, one.schools_reached) == (1, 3, 2, 1)
