"""The federal form ОО-1: what of it a dump can fill, counted by hand."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest

from monitor_cli.reports.oo1.report import form_oo1, shift_of
from tests.spec.asked import cells, codes, report_of, total

if TYPE_CHECKING:
    from tests.spec.journal import Journal

ON = date(2026, 9, 20)
form = partial(report_of, form_oo1, first=ON, last=ON)
CLASSES = ("parallel", "classes", "students")
SHIFTED = ("classes_1", "students_1", "classes_2", "students_2")


def test_classes_and_students_by_parallel_and_shift(journal: Journal) -> None:
    journal.table("schools", "school_id | shifts \n 1 | 2")
    journal.table(
        "classes",
        """
        class_id | class | shift   | status
        1        | 5А    | 1       |
        2        | 5Б    | 2 смена |
        3        | 6А    |         |
        4        | 9А    | 1       | архив
        """,
    )
    journal.table("students", "class_id \n 3 × 1 \n 2 × 2 \n 1 × 3 \n 1 × 4")
    found = form(journal)
    assert cells(found, "classes", *CLASSES, *SHIFTED) == [
        (5, 2, 5, 1, 3, 1, 2),
        (6, 1, 1, 0, 0, 0, 0),
        (None, 0, 1, 0, 0, 0, 0),
    ]
    unknown = ("classes_unknown", "students_unknown")
    assert cells(found, "classes", *unknown) == [(0, 0), (1, 1), (0, 1)]
    assert total(found, "classes", "classes", "students", "classes_1") == (3, 7, 1)


def test_students_are_those_of_20_september(journal: Journal) -> None:
    journal.table(
        "students",
        """
        class_id | active_from | active_to
        5А       | 2026-09-20  |
        5А       | 2026-09-21  |
        5А       |             | 2026-09-20
        5А       |             | 2026-09-19
        """,
    )
    assert cells(form(journal), "classes", *CLASSES) == [(5, 1, 2)]


def test_a_student_of_two_classes_of_a_parallel_is_one_there(journal: Journal) -> None:
    """And nobody who is in a class stands in none as well."""
    journal.table("classes", "class_id | class \n 5А | 5А \n 5Б | 5Б")
    journal.table("students", "person_id | class_id \n Оля | 5А \n Оля | 5Б \n Оля | \n Петя |")
    assert cells(form(journal), "classes", *CLASSES) == [(5, 2, 1), (None, 0, 1)]


def test_in_a_school_of_one_shift_every_class_is_of_it(journal: Journal) -> None:
    journal.table("students", "class_id \n 5А")
    assert cells(form(journal), "classes", "classes_1", "students_1") == [(1, 1)]


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("1", 1),
        ("2 смена", 2),
        ("Вторая", 2),
        ("третья смена", 3),
        ("4", None),
        ("0", None),
        ("вечерняя", None),
        ("²", None),
        (None, None),
    ],
)
def test_which_shift_a_text_names(text: str | None, shift: int | None) -> None:
    assert shift_of(text) == shift


def test_teachers_by_category_and_age(journal: Journal) -> None:
    """A methodist presupposes the highest; a head who does not teach is no teacher."""
    journal.table(
        "staff",
        """
        person_id | role    | category         | birth_year
        Анна      | teacher | педагог-методист | 1980
        Борис     | teacher | высшая           | 1981
        Вера      | teacher | первая           | 2003
        Галина    | teacher | соответствие     | 1950
        Дмитрий   | teacher |                  |
        Елена     | admin   | высшая           | 1970
        """,
    )
    found = form(journal)
    groups = ("persons", "highest", "first", "fit", "other", "none")
    assert cells(found, "categories", *groups) == [(5, 2, 1, 1, 0, 1)]
    ages = ("persons", "under_25", "from_45", "from_65", "age_unknown")
    assert cells(found, "ages", *ages) == [(5, 1, 2, 1, 1)]


def test_what_a_dump_cannot_fill_is_named(journal: Journal) -> None:
    sections = cells(form(journal), "missing", "section")
    assert {"organisation", "students_by_age", "staff", "premises"} <= set(sections)


def test_without_tables_and_columns_nothing_is_made_up(journal: Journal) -> None:
    found = form(journal)
    assert cells(found, "classes", *CLASSES) == [(5, 1, None)]
    assert codes(found) == ["missing_table"] * 2
    journal.table("staff", "person_id \n Анна")
    found = form(journal)
    assert cells(found, "categories", "persons", "highest", "none") == [(1, None, None)]
    assert codes(found) == ["missing_table", "missing_column", "missing_column"]


def test_above_schools_numbers_add_up(journal: Journal) -> None:
    journal.table("schools", "school_id | shifts \n 1 | 1 \n 2 | 1")
    journal.table("classes", "class_id | school_id | class \n 5А | 1 | 5А \n 5Б | 2 | 5Б")
    journal.table("staff", "person_id | school_id | category \n Анна | 2 | высшая")
    found = form(journal, "municipality")
    assert cells(found, "classes", "parallel", "classes", "classes_1") == [(5, 2, 2)]
    assert cells(found, "categories", "persons", "highest") == [(1, 1)]
    assert cells(form(journal), "categories", "school_id", "persons") == [("1", 0), ("2", 1)]


def test_tables_without_rows_are_data(journal: Journal) -> None:
    for name in ("staff", "students"):
        journal.table(name, "person_id")
    journal.table("classes", "class_id | status \n 5А | архив")
    found = form(journal)
    assert cells(found, "classes", *CLASSES) == []
    assert cells(found, "ages", "persons", "age_unknown") == [(0, 0)]
