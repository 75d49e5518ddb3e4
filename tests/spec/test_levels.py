"""Levels: which places have a row, by which keys, with which indicators.

Source: `indicators.md`, «Levels».
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor_cli.settings import INDICATOR_KEYS
from tests.spec.journal import BY_CLASS, BY_LESSON

if TYPE_CHECKING:
    from tests.spec.journal import Journal

SCHOOL = ["region", "municipality", "school_id", "school"]


@pytest.mark.parametrize(
    ("level", "keys", "indicators"),
    [
        ("region", ["region"], set(INDICATOR_KEYS)),
        ("municipality", ["region", "municipality"], set(INDICATOR_KEYS)),
        ("school", SCHOOL, set(INDICATOR_KEYS)),
        ("parallel", [*SCHOOL, "parallel"], BY_CLASS),
        ("class", [*SCHOOL, "parallel", "class_id", "class"], BY_CLASS),
        ("subject", [*SCHOOL, "subject"], BY_LESSON),
        ("teacher", [*SCHOOL, "teacher_id", "teacher"], BY_LESSON),
    ],
)
def test_each_level_has_its_keys_and_its_indicators(
    journal: Journal, level: str, keys: list[str], indicators: set[str]
) -> None:
    """Keys always stand in the row; an indicator that a level does not have is absent."""
    journal.table("lessons", "teacher_id \n Т1")
    rows = journal.week(level=level).result.rows
    assert len(rows) == 1
    assert list(rows[0].keys) == keys
    assert set(rows[0].measures) == indicators


def test_an_indicator_that_can_not_be_computed_is_there_without_a_value(journal: Journal) -> None:
    """The level has it, the dump does not allow it."""
    for level in ("region", "school", "class"):
        row = journal.week(level=level).result.rows[0]
        assert row.measures["student_activation"].value is None


def test_a_region_has_a_row_for_each_name(journal: Journal) -> None:
    """Schools that name no region share a row without a name."""
    journal.table(
        "schools",
        """
        school_id | region
        1         | Область
        2         | Край
        3         | Область
        4         |
        """,
    )
    assert journal.week(level="region").places("region") == [None, "Край", "Область"]


def test_a_municipality_has_a_row_for_each_name_in_each_region(journal: Journal) -> None:
    """Two regions may each have a Заречный район."""
    journal.table(
        "schools",
        """
        school_id | region  | municipality
        1         | Область | Заречный район
        2         | Край    | Заречный район
        3         | Область | Заречный район
        4         | Область | Горный округ
        """,
    )
    assert journal.week(level="municipality").places("region", "municipality") == [
        ("Край", "Заречный район"),
        ("Область", "Горный округ"),
        ("Область", "Заречный район"),
    ]


def test_each_school_of_the_register_has_a_row(journal: Journal) -> None:
    """Also one without any data."""
    journal.table("schools", "school_id \n 1 \n 2 \n 3")
    assert journal.week().places("school_id") == ["1", "2", "3"]


def test_a_class_has_a_row_if_it_is_active_or_has_a_student_or_a_lesson(journal: Journal) -> None:
    """Archived: with a counted student or a lesson in this week or the next, else none."""
    archived = ["With student", "With past student", "With lesson", "Lesson next week", "Empty"]
    archived += ["Lesson in two weeks", "Cancelled"]
    rows = [f"{name} | archive" for name in archived]
    journal.table("classes", "\n".join(["class_id | status", "Active | active", *rows]))
    journal.table(
        "students",
        """
        class_id          | active_to
        With student      |
        With past student | 2026-11-20
        """,
    )
    journal.table(
        "lessons",
        """
        class_id            | date       | is_cancelled
        With lesson         | 2026-11-17 | нет
        Lesson next week    | 2026-11-24 | нет
        Lesson in two weeks | 2026-12-01 | нет
        Cancelled           | 2026-11-17 | да
        """,
    )
    assert set(journal.week(level="class").places("class_id")) == {
        "Active",
        "With student",
        "With lesson",
        "Lesson next week",
    }


def test_a_class_has_its_row_whatever_is_asked_for(journal: Journal) -> None:
    """An archived class with a student stands there also where only marks are shown."""
    journal.table("classes", "class_id | status \n 5А | active \n 5Б | archive")
    journal.table("students", "class_id \n 5Б")
    seen = journal.week(level="class", indicators=("timely_marks",))
    assert seen.places("class_id") == ["5А", "5Б"]


def test_a_parallel_has_a_row_where_a_class_of_it_has_one(journal: Journal) -> None:
    """An integer, or no number for classes that have none."""
    journal.table(
        "classes",
        """
        class_id | class           | parallel | status
        c1       | 5А              |          | active
        c2       | 5Б              | 5        | active
        c3       | Кадеты          | 10       | active
        c4       | Подготовительный |          | active
        c5       | 7А              |          | archive
        """,
    )
    journal.table("lessons", "class_id \n c1")
    assert journal.week(level="parallel").places("parallel") == [5, 10, None]


def test_a_subject_has_a_row_if_it_has_a_lesson_in_the_week_or_the_next(journal: Journal) -> None:
    """By school; cancelled lessons and other weeks make no row."""
    journal.table("schools", "school_id \n 1 \n 2")
    journal.table("classes", "class_id | school_id \n 5А | 1 \n 6Б | 2")
    journal.table(
        "lessons",
        """
        class_id | subject    | date       | is_cancelled
        5А       | Математика | 2026-11-17 | нет
        5А       | История    | 2026-11-24 | нет
        5А       | Химия      | 2026-12-01 | нет
        5А       | Физика     | 2026-11-17 | да
        6Б       | Математика | 2026-11-18 | нет
        """,
    )
    assert journal.week(level="subject").places("school_id", "subject") == [
        ("1", "История"),
        ("1", "Математика"),
        ("2", "Математика"),
    ]


def test_a_teacher_has_a_row_if_there_is_a_lesson_in_the_week_or_the_next(
    journal: Journal,
) -> None:
    """Who has no lesson in either has no row, nor has a lesson without a teacher."""
    journal.table("staff", "person_id \n Т1 \n Т2 \n Т3 \n Т4")
    journal.table(
        "lessons",
        """
        teacher_id | date       | is_cancelled
        Т1         | 2026-11-17 | нет
        Т2         | 2026-11-24 | нет
        Т3         | 2026-11-17 | да
        Т4         | 2026-12-01 | нет
                   | 2026-11-18 | нет
        """,
    )
    assert journal.week(level="teacher").places("teacher_id") == ["Т1", "Т2"]


def test_the_lesson_is_the_substitutes_where_there_is_one(journal: Journal) -> None:
    """Else the teacher's; with neither it is in no teacher's row, but in the school's."""
    journal.table(
        "lessons",
        """
        teacher_id | substitute_id | topic
        Т1         |               | Дроби
        Т1         | Т2            |
                   | Т2            | Дроби
                   |               | Дроби
        """,
    )
    journal.table("homework", "lesson_id | issued_at")
    seen = journal.week(level="teacher")
    assert seen.share("lesson_planning", teacher_id="Т1") == "1/1"
    assert seen.share("lesson_planning", teacher_id="Т2") == "1/2"
    assert seen.total("lesson_planning") == "3/4"


def test_a_teacher_of_two_schools_is_a_row_in_each(journal: Journal) -> None:
    """Rows are by school and teacher."""
    journal.table("schools", "school_id \n 1 \n 2")
    journal.table("classes", "class_id | school_id \n 5А | 1 \n 6Б | 2")
    journal.table("lessons", "class_id | teacher_id \n 5А | Т1 \n 6Б | Т1")
    assert journal.week(level="teacher").places("school_id", "teacher_id") == [
        ("1", "Т1"),
        ("2", "Т1"),
    ]


def test_a_teachers_name_is_that_of_the_staff(journal: Journal) -> None:
    """Without one in the dump it is unknown: `null`."""
    journal.table("staff", "person_id | name \n Т1 | Иванова И. И. \n Т2 |")
    journal.table("lessons", "teacher_id \n Т1 \n Т2 \n Т3")
    assert journal.week(level="teacher").places("teacher_id", "teacher") == [
        ("Т2", None),
        ("Т3", None),
        ("Т1", "Иванова И. И."),
    ]


def test_a_school_and_a_class_without_a_name_are_called_by_their_ids(journal: Journal) -> None:
    """Region, like a parallel, stays unknown."""
    journal.table("schools", "school_id | school \n 1 |")
    journal.table("classes", "class_id | class \n c1 |")
    journal.table("lessons", "class_id \n c1")
    row = journal.week(level="class").result.rows[0]
    assert dict(row.keys) == {
        "region": None,
        "municipality": "Заречный район",
        "school_id": "1",
        "school": "1",
        "parallel": None,
        "class_id": "c1",
        "class": "c1",
    }


def test_ids_are_text_outside(journal: Journal) -> None:
    """Nineteen digits come out as they went in."""
    long = "1000001567119225708"
    journal.table("schools", f"school_id \n {long}")
    journal.table("classes", f"class_id | school_id \n 5А | {long}")
    journal.table("lessons", f"teacher_id \n {long}")
    row = journal.week(level="teacher").result.rows[0]
    assert (row.keys["school_id"], row.keys["teacher_id"]) == (long, long)


def test_a_subjects_lessons_marks_and_homework_are_counted_in_its_row(journal: Journal) -> None:
    """One mark and one planned lesson in mathematics, none in history."""
    journal.table(
        "lessons",
        """
        lesson_id | subject    | topic
        M         | Математика | Дроби
        H         | История    |
        """,
    )
    journal.table("marks", "lesson_id | created_at \n M | 2026-11-17 10:00:00")
    journal.table("homework", "lesson_id | issued_at")
    seen = journal.week(level="subject")
    assert seen.share("lesson_planning", subject="Математика") == "1/1"
    assert seen.share("lesson_planning", subject="История") == "0/1"
    assert seen.share("timely_marks", subject="Математика") == "1/1"
    assert seen.share("timely_marks", subject="История") == "0/0"


def test_a_parallel_sums_its_classes(journal: Journal) -> None:
    """Lessons of 5А and 5Б together, those of 6А apart."""
    journal.table("classes", "class_id | class \n 5А | 5А \n 5Б | 5Б \n 6А | 6А")
    journal.table("lessons", "class_id | topic \n 5А | Дроби \n 5Б | \n 6А |")
    journal.table("homework", "lesson_id | issued_at")
    seen = journal.week(level="parallel")
    assert seen.share("lesson_planning", parallel=5) == "1/2"
    assert seen.share("lesson_planning", parallel=6) == "0/1"
    assert seen.share("timetable_filling", parallel=5) == "0/2"
