from __future__ import annotations

from datetime import date, datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor_cli.dump import moments as module
from monitor_cli.dump.moments import moments


def read(*texts: str | None) -> tuple[list[object], list[object], list[object], list[object]]:
    """The walls, timed, offsets and bad of a text column."""
    result = moments(pl.Series("at", texts, dtype=pl.String))
    count = len(texts)
    return (
        result.wall.to_list(),
        result.timed.to_list(),
        [None] * count if result.offset is None else result.offset.to_list(),
        [False] * count if result.bad is None else result.bad.to_list(),
    )


@pytest.mark.parametrize(
    ("text", "wall", "timed", "offset"),
    [
        ("2026-11-16 20:59:59", datetime(2026, 11, 16, 20, 59, 59), True, None),
        ("2026-11-16T20:59:59", datetime(2026, 11, 16, 20, 59, 59), True, None),
        ("2026-11-16T20:59", datetime(2026, 11, 16, 20, 59), True, None),
        ("16.11.2026 20:59:59", datetime(2026, 11, 16, 20, 59, 59), True, None),
        ("16.11.2026 20:59", datetime(2026, 11, 16, 20, 59), True, None),
        ("16.11.2026 9:05", datetime(2026, 11, 16, 9, 5), True, None),
        ("6.1.2026 9:05:07", datetime(2026, 1, 6, 9, 5, 7), True, None),
        ("16.11.2026\u00a09:05 ", datetime(2026, 11, 16, 9, 5), True, None),
        ("  2026-11-16   20:59:59\t", datetime(2026, 11, 16, 20, 59, 59), True, None),
        ("2026-11-16", datetime(2026, 11, 16), False, None),
        ("16.11.2026", datetime(2026, 11, 16), False, None),
        ("2026-11-16 00:00:00", datetime(2026, 11, 16), True, None),
        ("2026-11-16T20:59:59Z", datetime(2026, 11, 16, 20, 59, 59), True, 0),
        ("2026-11-16T20:59:59z", datetime(2026, 11, 16, 20, 59, 59), True, 0),
        ("2026-11-16 20:59:59+03:00", datetime(2026, 11, 16, 20, 59, 59), True, 10_800),
        ("2026-11-16 20:59:59+0330", datetime(2026, 11, 16, 20, 59, 59), True, 12_600),
        ("2026-11-16 20:59:59 -05", datetime(2026, 11, 16, 20, 59, 59), True, -18_000),
        ("2026-11-16 20:59+03:00", datetime(2026, 11, 16, 20, 59), True, 10_800),
        ("2026-11-16 20:59:59.9", datetime(2026, 11, 16, 20, 59, 59, 900_000), True, None),
        ("2026-11-16 20:59:59,123456789", datetime(2026, 11, 16, 20, 59, 59, 123_456), True, None),
        ("2026-11-16T20:59:59.1234567Z", datetime(2026, 11, 16, 20, 59, 59, 123_456), True, 0),
        ("2100-12-31 23:59:59", datetime(2100, 12, 31, 23, 59, 59), True, None),
        ("1900-01-01", datetime(1900, 1, 1), False, None),
    ],
)
def test_a_moment_is_read_alone_and_among_others(
    text: str, wall: datetime, timed: bool, offset: int | None
) -> None:
    assert read(text) == ([wall], [timed], [offset], [False])
    among = read("2026-11-16 10:00:00", text, None, "1.2.2026 3:04", "вчера")
    assert [values[1] for values in among] == [wall, timed, offset, False]


@pytest.mark.parametrize(
    "text",
    [
        "вчера",
        "46342",
        "46342.5",
        "16/11/2026",
        "11/16/2026 10:00",
        "2026-02-30",
        "31.02.2026 10:00",
        "16.11.26",
        "2026-11-16 24:00:00",
        "2026-11-16 10:60",
        "2026-11-16 10:00:60",
        "2026-11-16 10:00:00+15:00",
        "2026-11-16 10:00:00+03:60",
        "2026-11-16 10:00:00 МСК",
        "2026-11-16 10",
        "2026-11-16 10:00:00.1234567890",
        "+2026-1-16 10:00:00",
        "1899-12-31 23:59:59",
        "2101-01-01",
        "0000-00-00 00:00:00",
        "0000-01-01",
        "0000-01-01 00:00:00",
        "9999-12-31 23:59:59",
        "2026-11-16 10:00:00x",
        "10:00",
    ],
)
def test_what_is_no_moment_is_bad_alone_and_among_others(text: str) -> None:
    assert read(text)[0] == [None]
    assert read(text)[3] == [True]
    among = read("2026-11-16 10:00:00", text, "16.11.2026")
    assert among[0][1] is None
    assert among[1][1] is None
    assert among[3] == [False, True, False]


@pytest.mark.parametrize("token", [None, "", " ", "\u00a0", "-", "—", "н/д", "Н/Д", "null", "NULL"])
def test_a_missing_value_is_null_and_not_bad(token: str | None) -> None:
    assert read(token, "2026-11-16 10:00:00") == (
        [None, datetime(2026, 11, 16, 10)],
        [None, True],
        [None, None],
        [False, False],
    )


def test_a_column_without_rows_or_values() -> None:
    assert read() == ([], [], [], [])
    assert read(None, None) == ([None, None], [None, None], [None, None], [False, False])
    assert moments(pl.Series("at", [None], dtype=pl.Null)).wall.to_list() == [None]


def test_native_types_of_parquet() -> None:
    naive = moments(pl.Series("at", [datetime(2026, 11, 16, 10), None]).cast(pl.Datetime("ms")))
    assert naive.wall.to_list() == [datetime(2026, 11, 16, 10), None]
    assert naive.wall.dtype == pl.Datetime("us")
    assert naive.timed.to_list() == [True, None]
    assert naive.offset is None
    days = moments(pl.Series("at", [date(2026, 11, 16), None]))
    assert days.wall.to_list() == [datetime(2026, 11, 16), None]
    assert days.timed.to_list() == [False, None]
    aware = moments(
        pl.Series("at", [datetime(2026, 11, 16, 10), None])
        .dt.replace_time_zone("UTC")
        .dt.convert_time_zone("Asia/Yekaterinburg")
    )
    assert aware.wall.to_list() == [datetime(2026, 11, 16, 15), None]
    assert aware.timed.to_list() == [True, None]
    assert aware.offset is not None
    assert aware.offset.to_list() == [18_000, None]
    numbers = moments(pl.Series("at", [46342, None]))
    assert numbers.bad is not None
    assert numbers.bad.to_list() == [True, False]


@given(
    moment=st.datetimes(datetime(1900, 1, 1), datetime(2100, 12, 31)),
    form=st.sampled_from(
        ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M"]
    ),
    rest=st.sampled_from(["", "Z", "+03:00", "-0330", ".5", ",25+05", " ", " +03", "x", ":00"]),
)
def test_the_common_forms_and_the_general_one_agree(moment: datetime, form: str, rest: str) -> None:
    text = moment.strftime(form).rjust(16, "0") + rest
    alone = moments(pl.Series([text]))
    general = module._in_any_form(pl.Series([text]))
    assert alone.wall.to_list() == general.wall.to_list()
    assert alone.timed.to_list() == general.timed.to_list()
    if alone.wall.item() is not None:
        ours = None if alone.offset is None else alone.offset.item()
        assert ours == (None if general.offset is None else general.offset.item())


@pytest.mark.parametrize(
    ("offset", "seconds"), [("+14:00", 50_400), ("-14:00", -50_400), ("+13:59", 50_340)]
)
def test_offsets_reach_to_fourteen_hours(offset: str, seconds: int) -> None:
    """No place on earth is further from UTC."""
    assert read(f"2026-11-16 20:59:59{offset}")[2:] == ([seconds], [False])


@pytest.mark.parametrize("offset", ["+14:01", "-14:01", "+15:00", "+05:60"])
def test_an_offset_beyond_is_no_offset(offset: str) -> None:
    """It is a fault of the row, not a guess."""
    assert read(f"2026-11-16 20:59:59{offset}")[3] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "2026-02-30 10:00:00",
        "2026-11-16 25:00:00",
        "2026-02-30T10:00:00Z",
        "2026-11-16 25:00:00.5",
        "30.02.2026 10:00:00+03:00",
        "31.2.2026 9:05",
        "6.1.2026 25:05:07 Z",
    ],
)
def test_an_impossible_moment_in_a_common_form_is_bad(text: str) -> None:
    """Alone in its column or among others, with and without an offset or a fraction."""
    assert read(text)[3] == [True]
    assert read("2026-11-16 10:00:00Z", text, "16.11.2026 10:00:00.5+03:00")[3] == [
        False,
        True,
        False,
    ]


def test_a_fraction_is_added_only_where_it_stands() -> None:
    """Beside stamps with fractions, one without stays whole."""
    walls, *_ = read("2026-11-16 10:00:00Z", "2026-11-16 10:00:00.5Z", "2026-11-16 10:00:00")
    assert walls == [
        datetime(2026, 11, 16, 10),
        datetime(2026, 11, 16, 10, 0, 0, 500_000),
        datetime(2026, 11, 16, 10),
    ]


def test_a_year_beyond_the_books_is_bad_beside_what_is_no_moment() -> None:
    """Both kinds of fault are found in one column."""
    assert read("1850-01-01", "вчера", "2026-11-16", "2101-01-01")[3] == [True, True, False, True]
