"""What a row of the dump says, and when it is set aside, as far as a number hangs on it.

Source: `dump.md`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor_cli.errors import DumpError

if TYPE_CHECKING:
    from tests.spec.journal import Journal

AT = "2026-11-17 10:00:00"


# ---------------------------------------------------------------- values


@pytest.mark.parametrize(
    ("cell", "share"),
    [
        ("да", "1/1"),
        ("Да", "1/1"),
        ("true", "1/1"),
        ("1", "1/1"),
        ("+", "1/1"),
        ("✓", "1/1"),
        ("нет", "0/1"),
        ("false", "0/1"),
        ("0", "0/1"),
        ("-", "0/1"),
        ("—", "0/1"),
        ("н/д", "0/1"),
        ("null", "0/1"),
        ("", "0/1"),
    ],
)
def test_yes_and_no_have_many_spellings(journal: Journal, cell: str, share: str) -> None:
    """A missing value is no yes."""
    journal.table("students", f"person_id | is_activated \n Оля | {cell}")
    assert journal.week().share("student_activation") == share


@pytest.mark.parametrize("cell", ["", "-", "—", "н/д", "null"])
def test_a_missing_date_leaves_the_flag_to_decide(journal: Journal, cell: str) -> None:
    """Five ways to write that there is none."""
    journal.table("students", f"is_activated | activated_at \n да | {cell}")
    assert journal.week().share("student_activation") == "1/1"


@pytest.mark.parametrize("topic", ["-", "—", "н/д", "null"])
def test_in_a_text_only_blanks_are_missing(journal: Journal, topic: str) -> None:
    """A dash in the topic is a topic: it was written."""
    journal.table("lessons", f"date | topic \n 2026-11-17 | {topic}")
    journal.table("homework", "lesson_id | issued_at")
    assert journal.week().share("lesson_planning") == "1/1"


@pytest.mark.parametrize(
    ("stamp", "share"),
    [
        ("17.11.2026 20:59:59", "1/1"),
        ("17.11.2026 20:59", "1/1"),
        ("17.11.2026 21:00", "0/1"),
        ("2026-11-17T20:59:59", "1/1"),
        ("2026-11-17 20:59:59.999", "1/1"),
        ("2026-11-17 21:00:00.000", "0/1"),
    ],
)
def test_a_time_is_the_same_in_every_writing(journal: Journal, stamp: str, share: str) -> None:
    """Day first with points, or ISO; with seconds, parts of them or without."""
    journal.table("marks", f"lesson_id | created_at \n L | {stamp}")
    assert journal.week().share("timely_marks") == share


def test_dates_of_lessons_may_be_written_day_first(journal: Journal) -> None:
    """22.11.2026 is the Sunday of the week."""
    journal.table("lessons", "date \n 22.11.2026 \n 23.11.2026")
    journal.table("homework", "lesson_id | issued_at")
    assert journal.week().share("lesson_planning") == "0/1"


@pytest.mark.parametrize(
    ("status", "share"), [("Н", "1/1"), ("Б", "1/1"), ("П", "1/1"), ("О", "0/1"), ("о", "0/1")]
)
def test_attendance_may_be_in_letters(journal: Journal, status: str, share: str) -> None:
    """Н, Б and П are absences, О is late."""
    journal.table("marks", "lesson_id | created_at")
    journal.table("attendance", f"lesson_id | status \n L | {status}")
    assert journal.week().share("journal_keeping") == share


@pytest.mark.parametrize(
    ("role", "share"), [("Родитель", "1/1"), ("Ученик", "1/1"), ("Сотрудник", "0/1")]
)
def test_who_viewed_a_diary_may_be_said_in_russian(journal: Journal, role: str, share: str) -> None:
    """Staff count as little as in English."""
    journal.table("students", "person_id \n Оля")
    journal.table("diary_views", f"student_id | viewer_role | viewed_at \n Оля | {role} | {AT}")
    assert journal.week().share("parent_engagement") == share


@pytest.mark.parametrize(
    ("role", "teachers"),
    [("Учитель", 1), ("педагог", 1), ("Администратор", 0), ("Технический персонал", 0)],
)
def test_roles_may_be_said_in_russian(journal: Journal, role: str, teachers: int) -> None:
    """Учитель and Педагог are teachers."""
    journal.table("staff", f"role | is_activated \n {role} | да")
    assert journal.week().share("teacher_activation") == f"{teachers}/{teachers}"


def test_an_unknown_role_is_said(journal: Journal) -> None:
    """A педагог-психолог is no teacher, and the officer is told."""
    journal.table("staff", "role \n педагог-психолог")
    assert "unknown_role" in journal.week().warnings


@pytest.mark.parametrize(
    ("name", "written", "parallel"),
    [
        ("5Б", "", 5),
        ("10 А", "", 10),
        ("11", "", 11),
        ("Кадеты", "", None),
        ("12А", "", None),
        ("5Б", "6", 6),
        ("5Б", "0", 5),
        ("5Б", "пятая", 5),
    ],
)
def test_a_parallel_is_written_or_read_from_the_front_of_the_name(
    journal: Journal, name: str, written: str, parallel: int | None
) -> None:
    """1 to 11, else unknown."""
    journal.table("classes", f"class_id | class | parallel \n 5А | {name} | {written}")
    assert journal.week(level="parallel").places("parallel") == [parallel]


@pytest.mark.parametrize("year", ["2026", "2026/27", "2026/2027"])
def test_a_study_year_is_named_by_its_first_year(journal: Journal, year: str) -> None:
    """2026 is 2026/27."""
    journal.table("classes", f"class_id | study_year \n 5А | {year}")
    assert journal.week().share("timetable_filling") == "0/1"


def test_ids_that_are_written_differently_are_different(journal: Journal) -> None:
    """«007» is not «7»."""
    journal.table("schools", "school_id \n 7 \n 007")
    journal.table("classes", "class_id | school_id \n 5А | 007")
    journal.table("students", "school_id | is_activated \n 007 | да")
    seen = journal.week()
    assert seen.share("student_activation", school_id="007") == "1/1"
    assert seen.share("student_activation", school_id="7") == "0/0"


def test_long_ids_are_never_rounded(journal: Journal) -> None:
    """Two of 19 digits that differ in the last one are two students."""
    journal.table(
        "students",
        """
        person_id           | is_activated
        1000001567119225708 | да
        1000001567119225709 | нет
        """,
    )
    assert journal.week().share("student_activation") == "1/2"


def test_the_config_may_name_the_municipality_and_the_region(journal: Journal) -> None:
    """For dumps of one municipality that lack the columns."""
    journal.without("schools", "municipality")
    journal.rule("defaults.municipality=Горный округ")
    journal.rule("defaults.region=Область")
    assert journal.week().places("region", "municipality") == [("Область", "Горный округ")]


# ---------------------------------------------------------------- rows that are set aside


def test_a_row_that_repeats_another_is_one_row(journal: Journal) -> None:
    """Counted under `repeated`, once in the indicator."""
    journal.table("marks", f"mark_id | lesson_id | created_at \n 2 × М | L | {AT}")
    seen = journal.week()
    assert seen.share("timely_marks") == "1/1"
    assert seen.problems == {"marks repeated": 1}


def test_of_rows_that_share_a_key_the_last_one_stands(journal: Journal) -> None:
    """The mark was entered late after all; the other row is set aside."""
    journal.table(
        "marks",
        f"mark_id | lesson_id | created_at \n М | L | {AT} \n М | L | 2026-11-17 22:00:00",
    )
    seen = journal.week()
    assert seen.share("timely_marks") == "0/1"
    assert seen.problems == {"marks duplicate_key": 1}


def test_a_mark_of_the_same_id_at_another_lesson_is_another_mark(journal: Journal) -> None:
    """The key of a mark is its lesson and its id."""
    journal.table("lessons", "lesson_id \n L \n M")
    journal.table("marks", f"mark_id | lesson_id | created_at \n 1 | L | {AT} \n 1 | M | {AT}")
    assert journal.week().share("timely_marks") == "2/2"


def test_a_register_whose_ids_are_not_unique_is_refused(journal: Journal) -> None:
    """Two different students under one key are more than 1 % of two."""
    journal.table("students", "person_id | is_activated \n Оля | да \n Оля | нет")
    with pytest.raises(DumpError):
        journal.week()


@pytest.mark.parametrize(
    ("stamp", "reason"),
    [
        ("17 ноября", "bad_timestamp"),
        ("2026-02-30 10:00:00", "bad_timestamp"),
        ("", "missing_value"),
    ],
)
def test_a_mark_whose_time_can_not_be_read_is_set_aside_and_counted(
    journal: Journal, stamp: str, reason: str
) -> None:
    """Never guessed, never dropped in silence."""
    journal.table("marks", f"lesson_id | created_at \n L | {AT} \n L | {stamp}")
    seen = journal.week()
    assert seen.share("timely_marks") == "1/1"
    assert seen.problems == {f"marks {reason}": 1}


def test_rows_are_set_aside_and_counted_whatever_their_week(journal: Journal) -> None:
    """The count is of the whole table."""
    journal.table("lessons", "lesson_id | date \n L | 2026-11-17 \n Old | 2026-09-08")
    journal.table("marks", f"lesson_id | created_at \n L | {AT} \n Old | вчера")
    assert journal.week().problems == {"marks bad_timestamp": 1}


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("marks", f"lesson_id | created_at \n L | {AT} \n Nowhere | {AT}"),
        ("attendance", "lesson_id | status \n L | absent \n Nowhere | absent"),
        ("homework", f"lesson_id | issued_at \n L | {AT} \n Nowhere | {AT}"),
        ("lessons", "lesson_id | class_id \n L | 5А \n M | Nowhere"),
        ("students", "school_id \n 1 \n Nowhere"),
        ("staff", "school_id \n 1 \n Nowhere"),
        ("parents", "school_id \n 1 \n Nowhere"),
        ("diary_views", f"student_id | viewed_at \n Nobody | {AT}"),
    ],
)
def test_a_reference_to_nothing_sets_the_row_aside(journal: Journal, table: str, text: str) -> None:
    """It belongs to no lesson, class, school or student of the dump."""
    journal.table("students", "person_id \n Оля")
    journal.table(table, text)
    assert journal.week().problems == {f"{table} unknown_reference": 1}


def test_a_mark_of_an_unknown_student_counts_with_a_warning(journal: Journal) -> None:
    """Its lesson is known: that decides."""
    journal.table("students", "person_id \n Петя")
    journal.table("marks", f"lesson_id | student_id | created_at \n L | Оля | {AT}")
    seen = journal.week()
    assert seen.share("timely_marks") == "1/1"
    assert seen.problems == {}
    assert "unknown_reference" in seen.warnings


def test_an_update_before_the_entry_is_no_fault(journal: Journal) -> None:
    """The row stands as any other."""
    journal.table("marks", f"lesson_id | created_at | updated_at \n L | {AT} | 2026-11-16 10:00:00")
    seen = journal.week()
    assert seen.share("timely_marks") == "1/1"
    assert seen.problems == {}


def test_a_mark_of_a_lesson_that_was_set_aside_is_set_aside(journal: Journal) -> None:
    """A lesson without a date is no lesson to refer to."""
    journal.table("lessons", "lesson_id | date \n L | 2026-11-17 \n M | когда-то")
    journal.table("marks", f"lesson_id | created_at \n L | {AT} \n M | {AT}")
    seen = journal.week()
    assert seen.share("timely_marks") == "1/1"
    assert seen.problems == {"lessons bad_date": 1, "marks unknown_reference": 1}
