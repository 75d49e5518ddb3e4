from __future__ import annotations

import pytest

from monitor_cli.columns import SHAPES, Table
from monitor_cli.dump import aliases
from monitor_cli.errors import SettingsError


@pytest.mark.parametrize(
    "header",
    [
        "created_at",
        " Created At ",
        "\ufeffCREATED_AT",
        "Дата выставления",
        "дата\u00a0выставления:",
        "Дата  выставления :",
        "createdDate",
    ],
)
def test_headers_match_whatever_their_case_blanks_and_colons(header: str) -> None:
    known = aliases.headers(Table.MARKS, {})
    assert aliases.resolve([header], known) == {"created_at": 0}


def test_yo_is_ye_and_letters_may_come_decomposed() -> None:
    known = aliases.headers(Table.LESSONS, {})
    assert aliases.resolve(["Урок проведён", "Отменён"], known) == {
        "is_conducted": 0,
        "is_cancelled": 1,
    }
    assert aliases.normal("и\u0306") == "й"


def test_the_same_word_means_another_column_in_another_table() -> None:
    for table, column in (
        (Table.STUDENTS, "person_id"),
        (Table.PARENTS, "student_id"),
        (Table.MARKS, "student_id"),
    ):
        assert aliases.resolve(["ID ученика"], aliases.headers(table, {})) == {column: 0}
    assert aliases.resolve(["Отметка"], aliases.headers(Table.MARKS, {})) == {"value": 0}
    assert aliases.resolve(["Отметка"], aliases.headers(Table.ATTENDANCE, {})) == {"status": 0}


def test_unknown_headers_are_left_out_and_two_for_one_column_refused() -> None:
    known = aliases.headers(Table.MARKS, {})
    assert aliases.resolve(["Примечание", "value"], known) == {"value": 1}
    with pytest.raises(aliases.ClaimedTwiceError) as caught:
        aliases.resolve(["value", "Оценка"], known)
    assert caught.value.headers == ("value", "Оценка")


def test_the_config_adds_headers_and_outranks_the_shipped_ones() -> None:
    more = {"marks": {"Когда поставили": "created_at", "Оценка": "work_type"}}
    known = aliases.headers(Table.MARKS, more)
    assert aliases.resolve(["КОГДА_ПОСТАВИЛИ", "оценка"], known) == {
        "created_at": 0,
        "work_type": 1,
    }
    with pytest.raises(SettingsError, match=r"columns\.marks"):
        aliases.headers(Table.MARKS, {"marks": {"x": "grade"}})


@pytest.mark.parametrize("table", list(Table))
def test_every_column_and_alias_leads_to_one_column(table: Table) -> None:
    known = aliases.headers(table, {})
    for column in SHAPES[table].columns:
        for header in (column, *aliases.of_column(table, column)):
            assert known[aliases.normal(header)] == column


@pytest.mark.parametrize(
    ("stem", "found"),
    [
        ("marks", (Table.MARKS, "")),
        ("Оценки", (Table.MARKS, "")),
        ("marks-school-12", (Table.MARKS, "-school-12")),
        ("marks2026", (Table.MARKS, "2026")),
        ("final_marks", (Table.FINAL_MARKS, "")),
        ("Итоговые оценки", (Table.FINAL_MARKS, "")),
        ("diary_views_11", (Table.DIARY_VIEWS, " 11")),
        ("ДЗ", (Table.HOMEWORK, "")),
        ("marksheet", None),
        ("school-12", None),
        ("part-0", None),
    ],
)
def test_a_table_is_known_by_the_front_of_a_file_name(
    stem: str, found: tuple[Table, str] | None
) -> None:
    assert aliases.table_of(stem) == found


@pytest.mark.parametrize(("table", "column"), list(aliases.VALUES))
def test_the_words_of_a_value_belong_to_that_value(table: Table, column: str) -> None:
    known = aliases.values(table, column)
    shape = SHAPES[table].columns[column]
    assert set(aliases.VALUES[table, column]) <= set(shape.values)
    assert set(known.values()) == set(shape.values)
