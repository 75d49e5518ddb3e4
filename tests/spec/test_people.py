"""Who is counted, who is activated, and at which places. Source: `indicators.md`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.spec.journal import Journal


@pytest.mark.parametrize(
    ("active_from", "active_to", "counted"),
    [
        ("", "", 1),
        ("2026-11-22", "", 1),
        ("2026-11-23", "", 0),
        ("", "2026-11-22", 1),
        ("", "2026-11-21", 0),
        ("2026-11-22", "2026-11-22", 1),
    ],
)
@pytest.mark.parametrize(
    ("table", "key"), [("staff", "teacher_activation"), ("students", "student_activation")]
)
def test_people_are_counted_as_of_the_sunday(
    journal: Journal, table: str, key: str, active_from: str, active_to: str, counted: int
) -> None:
    """Who came by Sunday the 22nd and had not left before it is counted."""
    journal.table(
        table, f"is_activated | active_from | active_to \n да | {active_from} | {active_to}"
    )
    assert journal.week().share(key) == f"{counted}/{counted}"


@pytest.mark.parametrize(
    ("flag", "moment", "share"),
    [
        ("", "2026-11-22 23:59:59", "1/1"),
        ("", "2026-11-23 00:00:00", "0/1"),
        ("нет", "2026-11-22 23:59:59", "1/1"),
        ("да", "2026-11-23 00:00:00", "0/1"),
        ("да", "", "1/1"),
        ("нет", "", "0/1"),
        ("", "", "0/1"),
    ],
)
@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("staff", "teacher_activation"),
        ("students", "student_activation"),
        ("parents", "parent_activation"),
    ],
)
def test_the_date_of_activation_decides_before_the_flag(
    journal: Journal, table: str, key: str, flag: str, moment: str, share: str
) -> None:
    """Before the end of the week by the date; without one by the flag; without either no."""
    journal.table(table, f"is_activated | activated_at \n {flag} | {moment}")
    assert journal.week().share(key) == share


def test_an_activation_of_next_week_is_no_activation_of_this_one(journal: Journal) -> None:
    """The same account counts from the week on in which it was activated."""
    journal.table("lessons", "date \n 2026-11-17 \n 2026-11-24")
    journal.table("students", "activated_at \n 2026-11-24 10:00:00")
    assert journal.week(date(2026, 11, 16)).share("student_activation") == "0/1"
    assert journal.week(date(2026, 11, 23)).share("student_activation") == "1/1"


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("staff", "teacher_activation"),
        ("students", "student_activation"),
        ("parents", "parent_activation"),
    ],
)
def test_beside_an_activation_stands_how_many_are_not_activated(
    journal: Journal, table: str, key: str
) -> None:
    """Of five people two are activated: three are not."""
    journal.table(table, "is_activated \n 2 × да \n 3 × нет")
    one = journal.week().at(key)
    assert (one.numerator, one.denominator, one.extras["not_activated"]) == (2, 5, 3)


# ---------------------------------------------------------------- students


def test_a_student_in_two_classes_is_one_at_the_school_and_one_in_each(journal: Journal) -> None:
    """Two rows of one student are one person wherever both of the classes lie."""
    journal.table("classes", "class_id | class \n 5А | 5А \n 5Б | 5Б \n 6А | 6А")
    journal.table(
        "students",
        """
        person_id | class_id | is_activated
        Оля       | 5А       | да
        Оля       | 5Б       | да
        """,
    )
    assert journal.week().share("student_activation") == "1/1"
    by_class = journal.week(level="class")
    assert by_class.share("student_activation", class_id="5А") == "1/1"
    assert by_class.share("student_activation", class_id="5Б") == "1/1"
    assert by_class.share("student_activation", class_id="6А") == "0/0"
    assert journal.week(level="parallel").share("student_activation", parallel=5) == "1/1"


def test_a_student_activated_in_one_row_is_activated(journal: Journal) -> None:
    """What one of a person's rows says holds for the person."""
    journal.table("classes", "class_id \n 5А \n 5Б")
    journal.table(
        "students",
        """
        person_id | class_id | is_activated
        Оля       | 5А       | нет
        Оля       | 5Б       | да
        """,
    )
    assert journal.week().share("student_activation") == "1/1"
    assert journal.week(level="class").share("student_activation", class_id="5А") == "1/1"


def test_a_student_in_no_class_is_counted_at_the_school_only(journal: Journal) -> None:
    """An empty class makes no row of a class and no count in one."""
    journal.table("students", "class_id | is_activated \n 5А | да \n | нет")
    assert journal.week().share("student_activation") == "1/2"
    for level in ("class", "parallel"):
        assert journal.week(level=level).values("student_activation") == [100]


def test_a_class_of_another_school_is_no_class_of_the_student(journal: Journal) -> None:
    """Such a student is counted at the own school, in no class and in no parallel."""
    journal.table("schools", "school_id \n 1 \n 2")
    journal.table("classes", "class_id | school_id \n 5А | 1 \n 5Ж | 2")
    journal.table("students", "school_id | class_id | is_activated \n 1 | 5А | да \n 1 | 5Ж | да")
    assert journal.week().share("student_activation", school_id="1") == "2/2"
    assert journal.week().share("student_activation", school_id="2") == "0/0"
    for level in ("class", "parallel"):
        seen = journal.week(level=level)
        assert seen.share("student_activation", school_id="1") == "1/1"
        assert seen.share("student_activation", school_id="2") == "0/0"


def test_a_student_of_an_unknown_class_is_counted_at_the_school_only(journal: Journal) -> None:
    """A class that nobody registered is no place, nor is it the parallel of unknown number."""
    journal.table("classes", "class_id | class \n 5А | 5А \n Хор | Хор")
    journal.table("students", "class_id | is_activated \n 5А | да \n Нет такого | да")
    assert journal.week().share("student_activation") == "2/2"
    seen = journal.week(level="parallel")
    assert seen.share("student_activation", parallel=5) == "1/1"
    assert seen.share("student_activation", parallel=None) == "0/0"


def test_a_person_in_two_schools_is_counted_in_each(journal: Journal) -> None:
    """A student and a teacher of two schools are two in the municipality."""
    journal.table("schools", "school_id \n 1 \n 2")
    journal.table(
        "students",
        """
        person_id | school_id | class_id | is_activated
        Оля       | 1         |          | да
        Оля       | 2         |          | нет
        """,
    )
    journal.table("staff", "person_id | school_id | is_activated \n Он | 1 | да \n Он | 2 | нет")
    seen = journal.week()
    assert seen.share("student_activation", school_id="1") == "1/1"
    assert seen.share("student_activation", school_id="2") == "0/1"
    assert seen.total("student_activation") == "1/2"
    assert seen.total("teacher_activation") == "1/2"


def test_people_count_whatever_the_status_of_their_class(journal: Journal) -> None:
    """A student of an archived class is a student."""
    journal.table("classes", "class_id | status \n 5А | archive")
    journal.table("students", "is_activated \n да")
    assert journal.week().share("student_activation") == "1/1"
    assert journal.week(level="class").share("student_activation", class_id="5А") == "1/1"


# ---------------------------------------------------------------- staff


@pytest.mark.parametrize(
    ("role", "teachers"),
    [
        ("teacher", 1),
        ("", 1),
        ("admin", 0),
        ("technical", 0),
        ("other", 0),
        ("педагог-психолог", 0),
    ],
)
def test_only_teachers_are_teachers(journal: Journal, role: str, teachers: int) -> None:
    """Without a role a member of staff is a teacher; a педагог-психолог is none."""
    journal.table("staff", f"role | is_activated \n {role} | да")
    assert journal.week().share("teacher_activation") == f"{teachers}/{teachers}"


def test_a_member_of_staff_with_two_rows_is_one_teacher(journal: Journal) -> None:
    """Administrator and teacher in one person is a teacher, activated if one row says so."""
    journal.table(
        "staff",
        """
        person_id | role    | is_activated
        Иванова   | admin   | да
        Иванова   | teacher | нет
        Петров    | admin   | да
        """,
    )
    assert journal.week().share("teacher_activation") == "1/1"


def test_who_teaches_no_longer_is_no_teacher(journal: Journal) -> None:
    """Only the administrator's row reaches the Sunday of the week."""
    journal.table(
        "staff",
        """
        person_id | role    | active_to  | is_activated
        Иванова   | admin   |            | да
        Иванова   | teacher | 2026-11-20 | да
        Петров    | teacher |            | да
        """,
    )
    assert journal.week().share("teacher_activation") == "1/1"


# ---------------------------------------------------------------- parents


def test_a_parent_of_two_children_at_a_school_is_one_person_there(journal: Journal) -> None:
    """Distinct in each class, in each parallel and at the school."""
    journal.table("classes", "class_id | class \n 5А | 5А \n 5Б | 5Б \n 6А | 6А")
    journal.table(
        "students",
        """
        person_id | class_id
        Оля       | 5А
        Петя      | 5А
        Коля      | 5Б
        Аня       | 6А
        """,
    )
    journal.table(
        "parents",
        """
        person_id | student_id | is_activated
        Мама      | Оля        | да
        Мама      | Петя       | да
        Мама      | Коля       | да
        Мама      | Аня        | да
        Папа      | Оля        | нет
        """,
    )
    assert journal.week().share("parent_activation") == "1/2"
    by_class = journal.week(level="class")
    assert by_class.share("parent_activation", class_id="5А") == "1/2"
    assert by_class.share("parent_activation", class_id="5Б") == "1/1"
    by_parallel = journal.week(level="parallel")
    assert by_parallel.share("parent_activation", parallel=5) == "1/2"
    assert by_parallel.share("parent_activation", parallel=6) == "1/1"


def test_a_parent_counts_while_one_child_is_a_counted_student(journal: Journal) -> None:
    """Who has a child left at the school counts; who has none left there does not."""
    journal.table("classes", "class_id | class \n 5А | 5А \n 6А | 6А")
    journal.table(
        "students",
        """
        person_id | class_id | active_to
        Stays     | 5А       |
        Left      | 6А       | 2026-11-20
        """,
    )
    journal.table(
        "parents",
        """
        person_id | student_id | is_activated
        Мама      | Stays      | да
        Мама      | Left       | да
        Папа      | Left       | да
        """,
    )
    assert journal.week().share("parent_activation") == "1/1"
    by_class = journal.week(level="class")
    assert by_class.share("parent_activation", class_id="5А") == "1/1"
    assert by_class.share("parent_activation", class_id="6А") == "0/0"


def test_a_child_at_another_school_makes_no_parent_here(journal: Journal) -> None:
    """The child must be a counted student at the place of the parent's row."""
    journal.table("schools", "school_id \n 1 \n 2")
    journal.table("students", "person_id | school_id | class_id \n Оля | 2 |")
    journal.table("parents", "student_id | school_id | is_activated \n Оля | 1 | да")
    assert journal.week().share("parent_activation", school_id="1") == "0/0"


@pytest.mark.parametrize("child", ["", "Кто-то"])
def test_a_parent_without_a_known_child_is_counted_at_the_school_only(
    journal: Journal, child: str
) -> None:
    """No child, or one that the students' table does not know: no class, no parallel."""
    journal.table("students", "person_id \n Оля")
    journal.table("parents", f"student_id | is_activated \n {child} | да")
    assert journal.week().share("parent_activation") == "1/1"
    assert journal.week(level="class").share("parent_activation", class_id="5А") == "0/0"
    assert journal.week(level="parallel").share("parent_activation", parallel=5) == "0/0"


def test_without_students_parents_are_counted_at_the_school_only(journal: Journal) -> None:
    """Nobody knows the classes of their children."""
    journal.table("parents", "student_id | is_activated \n Оля | да \n Петя | нет")
    assert journal.week().share("parent_activation") == "1/2"
    assert journal.week(level="class").share("parent_activation", class_id="5А") == "0/0"


def test_a_parent_is_activated_if_one_row_says_so(journal: Journal) -> None:
    """Also in the class of the child whose row does not."""
    journal.table("classes", "class_id \n 5А \n 5Б")
    journal.table("students", "person_id | class_id \n Оля | 5А \n Петя | 5Б")
    journal.table(
        "parents",
        """
        person_id | student_id | is_activated
        Мама      | Оля        | да
        Мама      | Петя       | нет
        """,
    )
    assert journal.week().share("parent_activation") == "1/1"
    assert journal.week(level="class").share("parent_activation", class_id="5Б") == "1/1"


def test_a_parent_at_two_schools_is_one_person_at_each(journal: Journal) -> None:
    """Parents add up from schools on: two in the municipality."""
    journal.table("schools", "school_id \n 1 \n 2")
    journal.table(
        "parents",
        """
        person_id | school_id | is_activated
        Мама      | 1         | да
        Мама      | 2         | нет
        """,
    )
    assert journal.week().total("parent_activation") == "1/2"
    assert journal.week(level="municipality").values("parent_activation") == [50]
