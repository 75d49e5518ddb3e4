"""«Реестр»: what a register of schools says of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor_cli.errors import UsageError
from monitor_cli.reports.registry import registry
from tests.spec.asked import cells, codes, report_of, total

if TYPE_CHECKING:
    from tests.spec.journal import Journal


def two_schools(journal: Journal) -> None:
    """«1» of two shifts in Omsk with two classes, «2» that says nothing of itself, with one."""
    journal.table(
        "schools",
        """
        school_id | school     | shifts | timezone | municipality
        1         | Лицей № 10 | 2      | МСК+3    | Заречный район
        2         | Лицей № 2  |        |          | Лесной район
        """,
    )
    journal.table(
        "classes",
        """
        class_id | school_id | status  | study_year
        5А       | 1         |         | 2026
        6А       | 1         |         |
        9А       | 1         | archive |
        4А       | 1         |         | 2025
        1Б       | 2         |         |
        """,
    )


def test_classes_are_the_active_ones_of_the_school_year(journal: Journal) -> None:
    two_schools(journal)
    found = report_of(registry, journal)
    assert cells(found, "schools", "school", "classes") == [("Лицей № 10", 2), ("Лицей № 2", 1)]
    assert total(found, "schools", "classes") == (3,)


def test_people_are_those_counted_on_the_sunday_each_once(journal: Journal) -> None:
    """Anna has two posts, Boris left, Galina comes later; a guard is staff and no teacher."""
    two_schools(journal)
    journal.table(
        "staff",
        """
        person_id | role      | active_from | active_to
        Анна      | teacher   |             |
        Анна      | admin     |             |
        Борис     | teacher   |             | 2026-11-21
        Вера      | teacher   | 2026-11-22  |
        Галина    | teacher   | 2026-11-23  |
        Дмитрий   | technical |             |
        """,
    )
    journal.table(
        "students",
        """
        person_id | class_id | active_to
        Оля       | 5А       |
        Оля       | 6А       |
        Петя      |          | 2026-11-22
        Рита      | 5А       | 2026-11-21
        """,
    )
    found = report_of(registry, journal)
    assert cells(found, "schools", "students", "teachers", "staff") == [(2, 2, 3), (0, 0, 0)]


def test_without_a_table_its_people_are_not_available(journal: Journal) -> None:
    two_schools(journal)
    journal.table("students", "class_id \n 5А")
    found = report_of(registry, journal)
    assert cells(found, "schools", "students", "teachers", "staff") == [
        (1, None, None),
        (0, None, None),
    ]
    assert total(found, "schools", "students", "teachers", "staff") == (1, None, None)
    assert codes(found) == ["missing_table"]


def test_shifts_are_those_of_the_school_or_its_classes_else_unknown(journal: Journal) -> None:
    two_schools(journal)
    found = report_of(registry, journal)
    assert cells(found, "schools", "shifts", "timezone") == [(2, "МСК+3"), (None, "Europe/Moscow")]
    journal.table("classes", "class_id | school_id | shift \n 1Б | 2 | 1 \n 2Б | 2 | 2")
    assert cells(report_of(registry, journal), "schools", "shifts") == [2, 2]


def test_municipalities_add_their_schools_up(journal: Journal) -> None:
    two_schools(journal)
    found = report_of(registry, journal, "municipality")
    assert cells(found, "schools", "municipality", "schools", "classes") == [
        ("Заречный район", 1, 2),
        ("Лесной район", 1, 1),
    ]
    assert cells(report_of(registry, journal, "region"), "schools", "schools", "students") == [
        (2, None)
    ]


@pytest.mark.parametrize(
    ("text", "schools"),
    [("лицей", ["1", "2"]), ("№ 10", ["1"]), ("«Лицей № 2»", ["2"]), ("1", ["1"]), ("2", ["2"])],
)
def test_a_school_is_found_by_a_part_of_its_name_or_id(
    text: str, schools: list[str], journal: Journal
) -> None:
    two_schools(journal)
    assert cells(report_of(registry, journal, search=text), "schools", "school_id") == schools


def test_nothing_found_is_said(journal: Journal) -> None:
    with pytest.raises(UsageError, match="гимназия"):
        report_of(registry, journal, search="гимназия")


def test_filters_and_limit(journal: Journal) -> None:
    two_schools(journal)
    found = report_of(registry, journal, municipalities=("лесной район",))
    assert cells(found, "schools", "school_id") == ["2"]
    limited = report_of(registry, journal, limit=1)
    assert cells(limited, "schools", "school_id") == ["1"]
    assert total(limited, "schools", "classes") == (3,)


def test_there_is_no_register_below_the_school(journal: Journal) -> None:
    with pytest.raises(UsageError, match="class"):
        report_of(registry, journal, "class")
