"""«Персоны и пользователи»: by role, with visits; staff by post, category and age."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from monitor_cli.levels import Level
from monitor_cli.reports.people.report import AskedPeople, people
from monitor_cli.reports.people.staff import Category, category_of
from monitor_cli.settings import load_settings
from tests.spec.asked import cells, codes

if TYPE_CHECKING:
    from monitor_cli.report import Report
    from tests.spec.journal import Journal

COUNTS = ("role", "persons", "users", "came", "visits", "never")


def persons(journal: Journal, level: str = "school", **asked: object) -> Report:
    settings = load_settings(environ={})
    days = (date(2026, 11, 16), date(2026, 11, 22))
    question = AskedPeople(*days, Level(level), **asked)  # type: ignore[arg-type]
    return people(journal.folder, settings, question)


def a_school(journal: Journal) -> None:
    """Anna teaches and heads; Boris guards; Olya and Petya learn; Olya's mother is Anna."""
    journal.table(
        "staff",
        """
        person_id | role      | is_activated | name
        Анна      | teacher   | да           | Анна Ильина
        Анна      | admin     | нет          | Анна Ильина
        Борис     | technical | нет          | Борис Лунин
        """,
    )
    journal.table(
        "students",
        "person_id | is_activated | class_id \n Оля | да | 5А \n Петя | нет | 5А \n Оля | да |",
    )
    journal.table("parents", "person_id | student_id | is_activated \n Анна | Оля | да")


def logins(journal: Journal, text: str) -> None:
    """Write logins at school «1»: `person | role | moment` a line."""
    rows = "\n".join(f"{line.strip()} | 1" for line in text.strip().split("\n"))
    journal.table("logins", f"person_id | role | logged_at | school_id \n {rows}")


def test_a_person_is_counted_in_each_of_their_roles(journal: Journal) -> None:
    """Once in each; activated is the person at the school, whichever row says so."""
    a_school(journal)
    found = persons(journal)
    assert cells(found, "people", "role", "persons", "users", "users_share") == [
        ("teacher", 1, 1, 100.0),
        ("admin", 1, 1, 100.0),
        ("technical", 1, 0, 0.0),
        ("student", 2, 1, 50.0),
        ("parent", 1, 1, 100.0),
    ]


def test_visits_are_those_of_the_week_and_never_is_never_up_to_its_end(journal: Journal) -> None:
    """From Monday 00:00:00 on; the login of the next Monday 00:00:00 has not been yet."""
    a_school(journal)
    logins(
        journal,
        """
        Оля   | Ученик              | 2026-11-16 00:00:00
        Оля   | Ученик              | 2026-11-22 23:59:59
        Оля   | Ученик              | 2026-11-15 23:59:59
        Петя  | Ученик              | 2026-11-15 23:59:59
        Борис | Технический персонал | 2026-11-23 00:00:00
        """,
    )
    found = persons(journal)
    assert cells(found, "people", *COUNTS) == [
        ("teacher", 1, 1, 0, 0, 1),
        ("admin", 1, 1, 0, 0, 1),
        ("technical", 1, 0, 0, 0, 1),
        ("student", 2, 1, 1, 2, 0),
        ("parent", 1, 1, None, None, None),
    ]
    assert cells(found, "people", "came_share", "visits_a_person")[3] == (50.0, 2.0)
    assert cells(found, "people", "came_share", "visits_a_person")[4] == (None, None)


def test_a_role_that_no_login_has_is_not_said_never_to_have_come(journal: Journal) -> None:
    a_school(journal)
    logins(journal, "Анна | Учитель | 2026-11-17 10:00:00")
    found = persons(journal, visits="never", roles=("student", "parent"))
    assert cells(found, "people", "persons", "came", "never") == [(2, None, None), (1, None, None)]
    assert cells(found, "visits", "person_id") == []
    assert codes(found)[-1] == "no_logins_of_role"


def test_a_login_counts_in_the_roles_of_its_kind(journal: Journal) -> None:
    """Anna as a teacher came as staff, not as a parent; a role of another name is any."""
    a_school(journal)
    roles = ("teacher", "admin", "technical", "student", "parent")

    def came(role: str) -> list[object]:
        logins(journal, f"Анна | {role} | 2026-11-17 10:00:00")
        return cells(persons(journal), "people", "role", "came")

    assert came("Учитель") == list(zip(roles, (1, 1, 0, None, None), strict=True))
    assert came("Родитель") == list(zip(roles, (None, None, None, None, 1), strict=True))
    assert came("Гость") == list(zip(roles, (1, 1, 0, 0, 1), strict=True))


def test_a_login_at_another_school_is_none_here(journal: Journal) -> None:
    a_school(journal)
    journal.table(
        "logins",
        "person_id | role | logged_at | school_id \n Оля | Ученик | 2026-11-17 10:00:00 | 2",
    )
    assert cells(persons(journal, roles=("student",)), "people", "came", "never") == [(0, 2)]


def test_who_came_and_who_never_did_by_name(journal: Journal) -> None:
    a_school(journal)
    logins(journal, "Анна | Учитель | 2026-11-17 10:00:00 \n Оля | Ученик | 2026-11-02 09:00:00")
    named = ("role", "person_id", "name", "visits", "last")
    assert cells(persons(journal, visits="came"), "visits", *named) == [
        ("teacher", "Анна", "Анна Ильина", 1, datetime(2026, 11, 17, 10)),
        ("admin", "Анна", "Анна Ильина", 1, datetime(2026, 11, 17, 10)),
    ]
    assert cells(persons(journal, visits="never"), "visits", *named) == [
        ("technical", "Борис", "Борис Лунин", 0, None)
    ]
    of_students = persons(journal, visits="all", roles=("student",))
    assert cells(of_students, "visits", "person_id", "activated", "last") == [
        ("Оля", True, datetime(2026, 11, 2, 9)),
        ("Петя", False, None),
    ]


def test_only_counted_persons(journal: Journal) -> None:
    journal.table(
        "staff",
        """
        person_id | active_from | active_to
        Анна      |             | 2026-11-21
        Борис     | 2026-11-23  |
        Вера      | 2026-11-22  | 2026-11-22
        """,
    )
    assert cells(persons(journal), "people", "role", "persons")[0] == ("teacher", 1)


def test_missing_tables_are_not_available(journal: Journal) -> None:
    journal.table("staff", "person_id | birth_year \n Анна | 1990")
    found = persons(journal)
    assert cells(found, "people", *COUNTS) == [
        ("teacher", 1, 0, None, None, None),
        ("student", None, None, None, None, None),
        ("parent", None, None, None, None, None),
    ]
    assert codes(found) == ["missing_table"] * 3 + ["missing_column"]


def test_posts_and_categories_by_age(journal: Journal) -> None:
    """In the school year 2026/27 a person born in 2001 is 25, in 2002 under 25, in 1961 65."""
    journal.table(
        "staff",
        """
        person_id | role    | position       | category         | birth_year
        Анна      | teacher | учитель химии  | Высшая категория | 2001
        Анна      | admin   | директор       |                  |
        Борис     | teacher | учитель химии  | первая           | 2002
        Вера      | teacher | учитель физики | соответствие     | 1961
        Галина    | teacher |                | нет              |
        Дарья     | teacher |                | к.п.н.           |
        """,
    )
    found = persons(journal)
    bands = ("persons", "under_25", "from_25", "from_65", "age_unknown")
    assert cells(found, "posts", "role", "position", *bands) == [
        ("teacher", "учитель физики", 1, 0, 0, 1, 0),
        ("teacher", "учитель химии", 2, 1, 1, 0, 0),
        ("teacher", None, 2, 0, 0, 0, 2),
        ("admin", "директор", 1, 0, 1, 0, 0),
    ]
    assert cells(found, "categories", "role", "category", *bands) == [
        ("teacher", "highest", 1, 0, 1, 0, 0),
        ("teacher", "first", 1, 1, 0, 0, 0),
        ("teacher", "fit", 1, 0, 0, 1, 0),
        ("teacher", "other", 1, 0, 0, 0, 1),
        ("teacher", "none", 1, 0, 0, 0, 1),
        ("admin", "highest", 1, 0, 1, 0, 0),
    ]


def test_without_years_of_birth_ages_are_unknown_and_that_is_said(journal: Journal) -> None:
    journal.table("staff", "person_id | position \n Анна | учитель")
    found = persons(journal)
    assert cells(found, "posts", "persons", "age_unknown") == [(1, 1)]
    assert "missing_column" in codes(found)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Высшая", Category.HIGHEST),
        (" высшая  квалификационная категория", Category.HIGHEST),
        ("Первая категория", Category.FIRST),
        ("педагог-методист", Category.METHODIST),
        ("Педагог-наставник", Category.MENTOR),
        ("Соответствие занимаемой должности", Category.FIT),
        ("вторая", Category.OTHER),
        ("без категории", Category.NONE),
        ("—", Category.NONE),
        (None, Category.NONE),
    ],
)
def test_what_a_category_is_called(text: str | None, category: Category) -> None:
    assert category_of(text) is category


def test_above_schools_persons_add_up(journal: Journal) -> None:
    """A person at two schools is one at each."""
    journal.table("schools", "school_id | school \n 1 | Лицей \n 2 | Школа")
    journal.table(
        "staff", "person_id | school_id | position \n Анна | 1 | директор \n Анна | 2 | директор"
    )
    found = persons(journal, "municipality")
    assert cells(found, "people", "role", "persons")[0] == ("teacher", 2)
    assert cells(found, "posts", "position", "persons") == [("директор", 2)]
    assert cells(persons(journal, schools=("2",)), "people", "persons")[0] == 1


def test_tables_without_rows_are_data(journal: Journal) -> None:
    for name in ("staff", "students", "parents"):
        journal.table(name, "person_id")
    journal.table("logins", "person_id | role | logged_at | school_id")
    assert cells(persons(journal, roles=("teacher", "student")), "people", *COUNTS) == [
        ("teacher", 0, 0, 0, 0, 0),
        ("student", 0, 0, 0, 0, 0),
    ]
