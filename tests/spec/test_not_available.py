"""What an indicator needs to have a value. Source: `indicators.md`, «Not available»."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor_cli.settings import INDICATOR_KEYS

if TYPE_CHECKING:
    from tests.spec.journal import Journal, Seen

AT = "2026-11-17 10:00:00"


@pytest.fixture(autouse=True)
def a_whole_dump(journal: Journal) -> None:
    """Every test begins with a dump in which each of the thirteen has a value."""
    journal.table(
        "lessons",
        """
        lesson_id | date       | topic | comment | is_conducted
        L         | 2026-11-17 | Дроби | Все     | да
        N         | 2026-11-24 | Дроби | Все     | да
        """,
    )
    people = "is_activated | activated_at"
    journal.table(
        "staff",
        f"{people} | has_esia_login | esia_login_at | category \n да | {AT} | да | {AT} | высшая",
    )
    journal.table("students", f"person_id | {people} \n Оля | да | {AT}")
    journal.table("parents", f"student_id | {people} \n Оля | да | {AT}")
    journal.table("marks", f"lesson_id | created_at | updated_at \n L | {AT} | {AT}")
    journal.table("attendance", "lesson_id | status \n L | absent")
    journal.table(
        "homework", f"lesson_id | issued_at | updated_at \n L | {AT} | \n N | {AT} | {AT}"
    )
    journal.table("diary_views", f"student_id | viewed_at \n Оля | {AT}")


def without_value(seen: Seen) -> set[str]:
    """The indicators that the school has no value of."""
    return {key for key in INDICATOR_KEYS if seen.at(key).value is None}


def said(seen: Seen, code: str) -> str:
    """The one warning with this code, in Russian."""
    found = [one.message.ru for one in seen.result.warnings if one.code == code]
    assert len(found) == 1, f"{code}: {found}"
    return found[0]


def test_a_whole_dump_lacks_nothing(journal: Journal) -> None:
    """All thirteen have a value, and nothing is said of evidence."""
    seen = journal.week()
    assert without_value(seen) == set()
    assert not {"missing_table", "missing_column", "partial_evidence"} & set(seen.warnings)


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        (
            "staff",
            {"teacher_activation", "teacher_esia", "teacher_category", "account_activation"},
        ),
        ("students", {"student_activation", "parent_engagement", "account_activation"}),
        ("parents", {"parent_activation", "account_activation"}),
        ("marks", {"journal_keeping", "timely_marks"}),
        ("attendance", {"journal_keeping"}),
        ("homework", {"lesson_planning", "timely_homework"}),
        ("diary_views", {"parent_engagement"}),
    ],
)
def test_without_a_table_what_reads_it_is_not_available(
    journal: Journal, table: str, keys: set[str]
) -> None:
    """Exactly that: everything else keeps its value; a warning names the table."""
    journal.remove(table)
    seen = journal.week()
    assert without_value(seen) == keys
    assert table in said(seen, "missing_table")


def test_what_is_not_available_has_no_numbers_at_all(journal: Journal) -> None:
    """`null` for the value, both numbers, `reached` and the extras."""
    journal.remove("marks")
    one = journal.week().at("timely_marks")
    assert (one.value, one.numerator, one.denominator, one.reached) == (None,) * 4
    assert set(one.extras) >= {"tracked", "ceiling", "late", "early", "no_time"}
    assert set(one.extras.values()) == {None}


@pytest.mark.parametrize(
    ("table", "columns", "key"),
    [
        ("staff", ("is_activated", "activated_at"), "teacher_activation"),
        ("students", ("is_activated", "activated_at"), "student_activation"),
        ("parents", ("is_activated", "activated_at"), "parent_activation"),
        ("staff", ("has_esia_login", "esia_login_at"), "teacher_esia"),
        ("staff", ("category",), "teacher_category"),
    ],
)
def test_without_all_columns_that_decide_it_is_not_available(
    journal: Journal, table: str, columns: tuple[str, ...], key: str
) -> None:
    """Nobody can tell; a warning names the columns. All accounts have tests of their own."""
    for column in columns:
        journal.without(table, column)
    seen = journal.week()
    assert without_value(seen) - {"account_activation"} == {key}
    for column in columns:
        assert column in said(seen, "missing_column")


@pytest.mark.parametrize(
    ("table", "column", "key"),
    [
        ("staff", "is_activated", "teacher_activation"),
        ("students", "activated_at", "student_activation"),
        ("parents", "is_activated", "parent_activation"),
        ("staff", "has_esia_login", "teacher_esia"),
        ("staff", "esia_login_at", "teacher_esia"),
        ("lessons", "topic", "lesson_planning"),
        ("lessons", "comment", "journal_keeping"),
        ("lessons", "is_conducted", "journal_keeping"),
    ],
)
def test_without_some_columns_that_decide_it_is_computed_and_said(
    journal: Journal, table: str, column: str, key: str
) -> None:
    """What is left decides: here it is enough for 1 of 1."""
    journal.without(table, column)
    seen = journal.week(indicators=(key,))
    assert seen.share(key) == "1/1"
    assert f"{table}.{column}" in said(seen, "partial_evidence")


def test_without_topics_homework_alone_makes_a_plan(journal: Journal) -> None:
    """The value can only be too low: a topic of the lesson is not known."""
    journal.without("lessons", "topic")
    assert journal.week().share("lesson_planning") == "1/1"
    journal.table("homework", "lesson_id | issued_at")
    assert journal.week().share("lesson_planning") == "0/1"


def test_all_accounts_are_counted_where_one_kinds_columns_are_missing(journal: Journal) -> None:
    """Some of the columns it decides by are there: parents stand in it as not activated."""
    journal.without("parents", "is_activated")
    journal.without("parents", "activated_at")
    seen = journal.week(indicators=("account_activation",))
    assert seen.share("account_activation") == "2/3"
    assert "partial_evidence" in seen.warnings


def test_all_accounts_are_not_available_where_no_kind_can_tell(journal: Journal) -> None:
    """None of the six columns is there."""
    for table in ("staff", "students", "parents"):
        journal.without(table, "is_activated")
        journal.without(table, "activated_at")
    seen = journal.week(indicators=("account_activation",))
    assert seen.share("account_activation") == "н/д"


@pytest.mark.parametrize(
    ("table", "key", "share"),
    [
        ("staff", "teacher_activation", "0/0"),
        ("students", "student_activation", "0/0"),
        ("parents", "parent_activation", "0/0"),
        ("diary_views", "parent_engagement", "0/1"),
        ("attendance", "journal_keeping", "1/1"),
        ("marks", "journal_keeping", "1/1"),
        ("marks", "timely_marks", "0/0"),
        ("homework", "timely_homework", "0/1"),
    ],
)
def test_a_table_that_is_there_and_empty_is_data(
    journal: Journal, table: str, key: str, share: str
) -> None:
    """No rows are an answer: nobody did it, or there is nobody."""
    header = " | ".join(journal.tables[table][0])
    journal.table(table, header)
    seen = journal.week()
    assert seen.share(key) == share
    assert "missing_table" not in seen.warnings


def test_only_what_is_asked_for_is_said_to_be_missing(journal: Journal) -> None:
    """A missing table is no concern of an indicator that does not read it."""
    journal.remove("diary_views")
    assert "missing_table" not in journal.week(indicators=("student_activation",)).warnings


def test_the_school_keeps_its_activity_where_components_are_not_available(
    journal: Journal,
) -> None:
    """A missing table takes components away, not the integral."""
    journal.remove("diary_views")
    journal.remove("marks")
    one = journal.week().at("school_activity")
    assert one.denominator == 3
    assert one.extras["components"] == (
        "timetable_filling",
        "lesson_planning",
        "account_activation",
    )


def test_times_of_day_that_some_rows_have_are_enough(journal: Journal) -> None:
    """One row with an hour makes the table one with hours: midnight is then a time as any other."""
    journal.table(
        "marks",
        """
        lesson_id | created_at
        L         | 2026-11-17 00:00:00
        L         | 2026-11-17
        L         | 2026-11-17 22:00:00
        """,
    )
    one = journal.week().at("timely_marks")
    assert (one.numerator, one.denominator) == (1, 2)
    assert (one.extras["no_time"], one.extras["late"]) == (1, 1)


def test_bare_dates_and_midnights_together_are_no_time_of_day(journal: Journal) -> None:
    """Not one row has an hour to hold against a deadline."""
    journal.table("marks", "lesson_id | created_at \n L | 2026-11-17 00:00:00 \n L | 2026-11-17")
    seen = journal.week()
    assert seen.share("timely_marks") == "н/д"
    assert "created_at" in said(seen, "no_time_of_day")
    assert seen.share("journal_keeping") == "1/1"
