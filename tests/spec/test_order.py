"""The order of rows, the same in every run. Source: `cli.md`, «Order»."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.spec.journal import Journal


def test_schools_stand_by_region_municipality_name_and_id(journal: Journal) -> None:
    """Without case, ё with е, nameless first, numbers in names as numbers."""
    journal.table(
        "schools",
        """
        school_id | region  | municipality | school
        11        | Область | Б            | Школа №10
        12        | Область | Б            | школа №2
        13        | Область | а            | Школа №1
        14        | Край    | я            | Школа №1
        15        | Область | Б            | Гимназия
        16        |         | я            | Школа №1
        17        | Область | Ё            | Школа №1
        18        | Область | Ж            | Школа №1
        19        | Область | е            | Школа №2
        """,
    )
    assert journal.week().places("school_id") == [
        "16",
        "14",
        "13",
        "15",
        "12",
        "11",
        "17",
        "19",
        "18",
    ]


def test_schools_of_one_name_stand_by_id(journal: Journal) -> None:
    """Integers as numbers."""
    journal.table("schools", "school_id | school \n 10 | Школа \n 9 | Школа \n 100 | Школа")
    assert journal.week().places("school_id") == ["9", "10", "100"]


def test_parallels_stand_as_numbers_and_the_unknown_one_last(journal: Journal) -> None:
    """5 before 10."""
    journal.table("classes", "class_id | class \n a | 10А \n b | Кадеты \n c | 5А \n d | 1А")
    assert journal.week(level="parallel").places("parallel") == [1, 5, 10, None]


def test_classes_stand_by_parallel_name_and_id(journal: Journal) -> None:
    """Without case and with ё as е, so that 9А and 9а stand by their ids; 10А after 9А."""
    journal.table(
        "classes",
        """
        class_id | class
        c8       | Кадеты
        c7       | 10А
        c6       | 9Ж
        c5       | 9Ё
        c4       | 9е
        c3       | 9А
        c2       | 9а
        c1       | 5А
        """,
    )
    assert journal.week(level="class").places("class_id") == [
        "c1",
        "c2",
        "c3",
        "c4",
        "c5",
        "c6",
        "c7",
        "c8",
    ]


def test_subjects_stand_by_name(journal: Journal) -> None:
    """Without case; a lesson without a subject first."""
    journal.table("lessons", "subject | date \n химия | 2026-11-17 \n История | 2026-11-17 \n "
                  "Математика | 2026-11-17 \n | 2026-11-17")  # fmt: skip
    assert journal.week(level="subject").places("subject") == [
        None,
        "История",
        "Математика",
        "химия",
    ]


def test_teachers_stand_by_name_and_id(journal: Journal) -> None:
    """Nameless first, namesakes by id."""
    journal.table(
        "staff",
        """
        person_id | name
        4         | Алексеев
        30        | Яковлева
        7         | Яковлева
        """,
    )
    journal.table("lessons", "teacher_id \n 30 \n 7 \n 4 \n 12 \n 5")
    assert journal.week(level="teacher").places("teacher_id") == ["5", "12", "4", "7", "30"]


def test_under_a_school_the_schools_order_comes_first(journal: Journal) -> None:
    """All classes of one school, then those of the next."""
    journal.table("schools", "school_id | school \n 1 | Школа №10 \n 2 | Школа №2")
    journal.table(
        "classes",
        """
        class_id | school_id | class
        a        | 1         | 1А
        b        | 2         | 2А
        c        | 1         | 3А
        """,
    )
    journal.table("lessons", "class_id \n a")
    assert journal.week(level="class").places("class_id") == ["b", "a", "c"]


def test_indicators_stand_in_the_order_of_the_catalogue(journal: Journal) -> None:
    """Users before the journal, whatever the order of asking."""
    seen = journal.week(indicators=("timely_marks", "student_activation", "school_activity"))
    assert [one.key for one in seen.result.indicators] == [
        "student_activation",
        "school_activity",
        "timely_marks",
    ]
