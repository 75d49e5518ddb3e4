from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor_cli.columns import SHAPES, Table
from monitor_cli.dump.problems import Reason
from monitor_cli.dump.texts import as_text, trimmed
from monitor_cli.dump.values import (
    UNKNOWN_ROLE,
    DestroyedIdError,
    Typed,
    ids,
    parallel_of_name,
    typed,
)


def read(table: Table, name: str, values: list[object], dtype: object = None) -> Typed:
    column = SHAPES[table].columns[name]
    raw = pl.Series(name, values, dtype=dtype)  # type: ignore[arg-type]
    return typed(table, column, raw)


def values(read_: Typed) -> list[object]:
    return read_.columns[0].to_list()


def bad(read_: Typed) -> list[int]:
    return [] if read_.bad is None else read_.bad.arg_true().to_list()


def test_ids_of_nineteen_digits_stay_exact_integers() -> None:
    read_ = ids(pl.Series(["2257077130866233197", "-5", "0", None]))
    assert read_.dtype == pl.Int64
    assert read_.to_list() == [2257077130866233197, -5, 0, None]


def test_blanks_around_an_id_and_missing_tokens_leave_it_an_integer() -> None:
    read_ = ids(pl.Series(["12 ", "\u00a013", "-", "н/д", "", " "]))
    assert read_.to_list() == [12, 13, None, None, None, None]


@pytest.mark.parametrize("text", ["007", "+7", "7.0", "9223372036854775808", "a-1", "-0", "1e5"])
def test_an_id_that_is_no_canonical_decimal_makes_the_column_text(text: str) -> None:
    assert ids(pl.Series(["7", text, None])).to_list() == ["7", text, None]


@pytest.mark.parametrize(
    "text", ["2,25708E+18", "2.25708e+18", "2.2570771308662332e18", "2E+18", "2,25708\u0415+18"]
)
def test_an_id_that_excel_destroyed_is_refused_with_its_row(text: str) -> None:
    with pytest.raises(DestroyedIdError) as caught:
        ids(pl.Series([None, "7", text]))
    assert (caught.value.row, caught.value.cell) == (2, text)


@pytest.mark.parametrize("number", [1.5, 2.0**53, 2.25708e18, float("inf")])
def test_a_float_id_that_may_have_lost_digits_is_refused(number: float) -> None:
    with pytest.raises(DestroyedIdError) as caught:
        ids(pl.Series([1.0, number]))
    assert caught.value.row == 1


def test_native_ids() -> None:
    assert ids(pl.Series([1.0, None, float("nan"), 2.0**53 - 1])).to_list() == [
        1,
        None,
        None,
        2**53 - 1,
    ]
    assert ids(pl.Series([1, 2], dtype=pl.UInt8)).dtype == pl.Int64
    assert ids(pl.Series([2**63], dtype=pl.UInt64)).to_list() == [str(2**63)]
    assert ids(pl.Series([Decimal(2257077130866233197)])).to_list() == [2257077130866233197]


@given(st.lists(st.one_of(st.none(), st.integers(-(2**70), 2**70).map(str), st.text(max_size=5))))
def test_an_id_column_keeps_every_trimmed_text(texts: list[str | None]) -> None:
    raw = pl.Series("id", texts, dtype=pl.String)
    try:
        read_ = ids(raw)
    except DestroyedIdError:
        return
    kept = read_.cast(pl.String)
    expected = trimmed(raw).to_list()
    for text, original in zip(kept.to_list(), expected, strict=True):
        assert text == original or (text is None and original is not None)


@pytest.mark.parametrize("text", ["да", "Да ", "TRUE", "1", "+", "✓", "yes", "1.0"])
def test_yes(text: str) -> None:
    assert values(read(Table.LESSONS, "is_conducted", [text])) == [True]


@pytest.mark.parametrize("text", ["нет", "НЕТ", "false", "0", "no"])
def test_no(text: str) -> None:
    assert values(read(Table.LESSONS, "is_conducted", [text])) == [False]


def test_other_words_are_no_yes_and_no_no() -> None:
    read_ = read(Table.LESSONS, "is_conducted", ["-", "2", "может быть", None, "да"])
    assert values(read_) == [None, None, None, None, True]
    assert bad(read_) == [1, 2]
    assert read_.reason is Reason.BAD_VALUE


def test_native_yes_and_no() -> None:
    assert values(read(Table.LESSONS, "is_conducted", [True, None])) == [True, None]
    read_ = read(Table.LESSONS, "is_conducted", [1, 0, 2, None])
    assert (values(read_), bad(read_)) == ([True, False, None, None], [2])
    assert values(read(Table.LESSONS, "is_conducted", [1.0, 0.0, None])) == [True, False, None]


@pytest.mark.parametrize(
    ("table", "name", "text", "value"),
    [
        (Table.ATTENDANCE, "status", "Н", "absent"),
        (Table.ATTENDANCE, "status", "б", "ill"),
        (Table.ATTENDANCE, "status", "П ", "pass"),
        (Table.ATTENDANCE, "status", "О", "late"),
        (Table.ATTENDANCE, "status", "Absent", "absent"),
        (Table.ATTENDANCE, "status", "present", "present"),
        (Table.CLASSES, "status", "Архив", "archive"),
        (Table.CLASSES, "status", "active", "active"),
        (Table.DIARY_VIEWS, "viewer_role", "Родитель", "parent"),
        (Table.DIARY_VIEWS, "viewer_role", "Ученик", "student"),
        (Table.DIARY_VIEWS, "viewer_role", "Сотрудник", "staff"),
        (Table.STAFF, "role", "Учитель", "teacher"),
        (Table.STAFF, "role", "педагог", "teacher"),
        (Table.STAFF, "role", "Администратор", "admin"),
        (Table.STAFF, "role", "Технический  персонал", "technical"),
    ],
)
def test_enumerated_words(table: Table, name: str, text: str, value: str) -> None:
    read_ = read(table, name, [text])
    assert values(read_) == [value]
    assert bad(read_) == []


def test_an_unknown_word_is_bad_but_an_unknown_role_of_staff_is_other() -> None:
    assert bad(read(Table.ATTENDANCE, "status", ["Н", "X", "-"])) == [1]
    role = read(Table.STAFF, "role", ["учитель", "педагог-психолог", None])
    assert values(role) == ["teacher", "other", None]
    assert role.bad is None
    assert role.columns[1].name == UNKNOWN_ROLE
    assert role.columns[1].to_list() == [False, True, False]


def test_integers() -> None:
    read_ = read(Table.SCHOOLS, "shifts", ["2", " 3 ", "1,0", "2.00", "две", "1,5", "-"])
    assert values(read_) == [2, 3, 1, 2, None, None, None]
    assert bad(read_) == [4, 5]
    assert values(read(Table.SCHOOLS, "shifts", [2.0, 1.0])) == [2, 1]


def test_a_parallel_is_never_a_fault() -> None:
    read_ = read(Table.CLASSES, "parallel", ["1", "11", "12", "0", "пятая", None, "5"])
    assert values(read_) == [1, 11, None, None, None, None, 5]
    assert bad(read_) == []


def test_thousands_may_be_set_off_by_hard_blanks_and_by_nothing_else() -> None:
    cells: list[object] = ["2\u00a0026", "1\u202f234\u202f567,0", None, "-"]
    assert values(read(Table.STAFF, "birth_year", cells)) == [2026, 1234567, None, None]
    assert values(read(Table.CLASSES, "study_year", cells[:1])) == [2026]
    others: list[object] = ["20\u00a026", "2\u00a00261", "2 026", "2.026", "1\u00a0980,5"]
    assert bad(read(Table.STAFF, "birth_year", others)) == [0, 1, 2, 3, 4]


def test_the_parallel_at_the_front_of_a_class_name() -> None:
    names = pl.Series(["1А", "10Б", "11", "5-В", "12А", "0Г", "А5", None, "100"])
    assert parallel_of_name(names).to_list() == [1, 10, 11, 5, None, None, None, None, None]


def test_a_study_year_is_its_first_four_digits() -> None:
    read_ = read(
        Table.CLASSES, "study_year", ["2026", "2026/27", "2026/2027", "-", "26/27", "20261"]
    )
    assert values(read_) == [2026, 2026, 2026, None, None, None]
    assert bad(read_) == [4, 5]


def test_days_are_local_and_lose_their_hours() -> None:
    texts: list[object] = ["2026-11-16", "16.11.2026", "2026-11-16T00:00:00Z", "46342", "-"]
    read_ = read(Table.LESSONS, "date", texts)
    day = date(2026, 11, 16)
    assert values(read_) == [day, day, day, None, None]
    assert bad(read_) == [3]
    assert read_.reason is Reason.BAD_DATE


def test_hours_of_a_lesson() -> None:
    texts: list[object] = ["8:30", "08:30:15", "2026-11-16 09:00", "2026-11-16", "24:00", "x", "-"]
    read_ = read(Table.LESSONS, "starts_at", texts)
    expected = [time(8, 30), time(8, 30, 15), time(9), None, None, None, None]
    assert values(read_) == expected
    assert bad(read_) == [4, 5]
    assert read_.reason is Reason.BAD_TIMESTAMP
    assert values(read(Table.LESSONS, "starts_at", [time(8, 30), None])) == [time(8, 30), None]


def test_text_is_trimmed_and_a_dash_is_text_but_no_label() -> None:
    texts: list[object] = [" Дроби\u00a0", "\u00a0", "-", None]
    assert values(read(Table.LESSONS, "topic", texts)) == ["Дроби", None, "-", None]
    assert values(read(Table.LESSONS, "number", texts)) == ["Дроби", None, None, None]


def test_numbers_as_text() -> None:
    assert as_text(pl.Series([5.0, 4.5, None, float("nan")])).to_list() == ["5", "4.5", None, None]
    assert as_text(pl.Series([5, None])).to_list() == ["5", None]
    assert as_text(pl.Series([True, False])).to_list() == ["1", "0"]
