"""Plain lines split column by column say what they say line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor_cli.columns import Table
from monitor_cli.dump import delimited, plain
from monitor_cli.dump.moments import moments
from monitor_cli.dump.options import ReadOptions
from monitor_cli.dump.parts import Format, Part
from monitor_cli.dump.values import ids

if TYPE_CHECKING:
    from pathlib import Path

    from monitor_cli.dump.raw import Raw

HEADER = "mark_id;lesson_id;student_id;work_type;created_at"
ROW = "1;2;3;Поведение;2026-11-16"
LONG = 12_000
"""Rows of a column that is long enough for every shortcut."""

lines = st.one_of(
    st.just(ROW),
    st.sampled_from(
        ["", "  ", ";;;;", HEADER, "1;2;3;4", "Итого;5;;;", " ;\u00a0;\x0b;\x85;\u2028"]
    ),
    st.text("1;é№ \t", max_size=9),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(body=st.lists(lines, max_size=8), end=st.sampled_from(["\n", "\r\n"]), last=st.booleans())
def test_columns_and_lines_agree(tmp_path: Path, body: list[str], end: str, *, last: bool) -> None:
    path = tmp_path / "marks.csv"
    path.write_bytes((end.join([HEADER, *body]) + end * last).encode())
    part = Part(Table.MARKS, path, Format.CSV)

    def seen(small: int, loaded_for: int = plain.LOADED_FOR) -> tuple[object, ...]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(delimited, "SMALL", small)
            patch.setattr(plain, "LOADED_FOR", loaded_for)
            raws: list[Raw] = list(delimited.read(part, None, ReadOptions()))
        frame = pl.concat(raw.frame for raw in raws)
        at = [raw.line(row) for raw in raws for row in range(raw.frame.height)]
        left = [(raw.ragged, raw.again, raw.broken) for raw in raws]
        return frame.rows(), at, left

    line_by_line = seen(delimited.SMALL)
    assert seen(0) == line_by_line
    assert seen(0, 0) == line_by_line


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (b"a;b\n\n  \nc;\n", [("b", "a"), (None, "c")]),
        (b"a;b\r\n\r\n;d", [("b", "a"), ("d", None)]),
        ("ё;№\n".encode(), [("№", "ё")]),
        (b"\n\n", []),
        (b"a;b\nc\n", None),
        (b"a;b;\n", None),
    ],
)
def test_split(
    monkeypatch: pytest.MonkeyPatch, text: bytes, rows: list[tuple[str | None, ...]] | None
) -> None:
    """Blank lines are no rows, an empty cell is null; one ragged line and nothing is read."""
    monkeypatch.setattr(plain, "LOADED_FOR", 0)
    frame = plain.split(text, ";", 2, {"second": 1, "first": 0})
    assert (None if frame is None else frame.rows()) == rows
    assert frame is None or frame.schema == {"second": pl.String, "first": pl.String}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"abc",
        "Журнал №1".encode(),
        "Журнал".encode("cp1251"),
        b"\xc0\x80",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\xd0",
        "😀".encode(),
    ],
)
def test_utf8_is_what_python_decodes(data: bytes) -> None:
    try:
        data.decode()
        sound = True
    except UnicodeDecodeError:
        sound = False
    assert plain.is_utf8(data) is sound


@pytest.mark.parametrize(
    "odd",
    [
        "2026-11-16 08:00+05",
        "2026-11-16 08:00:60",
        "2026-11-16 24:00:00",
        "2026-02-30 08:00:00",
        "+2026-11-6 08:00:00",
        "2026-11- 6 08:00:00",
        "2026-11-16T08:00:01",
        "16.11.2026 08:00:00",
        "1899-12-31 08:00:00",
        "2026-11-16 08:00:00.5",
        "2026-11-16",
    ],
)
def test_one_odd_time_in_a_long_column(odd: str) -> None:
    """It is read as it is alone, and the others as they are without it."""
    usual = "2026-11-17 10:30:05"
    alone, long = moments(pl.Series("at", [odd])), moments(pl.Series("at", [usual] * LONG + [odd]))
    assert long.wall[-1] == alone.wall[0]
    assert long.timed[-1] == alone.timed[0]
    assert (long.bad is not None and long.bad[-1]) == (alone.bad is not None and alone.bad[0])
    at = None if long.offset is None else long.offset[-1]
    assert at == (None if alone.offset is None else alone.offset[0])
    assert long.wall[0] == moments(pl.Series("at", [usual])).wall[0]
    assert long.wall[:LONG].n_unique() == 1


def test_times_to_the_second_of_a_long_column() -> None:
    cells = ["2026-11-17 10:30:05", None, "2026-11-17T23:59:59"] * LONG
    short, long = moments(pl.Series("at", cells[:3])), moments(pl.Series("at", cells))
    assert long.wall.to_list() == short.wall.to_list() * LONG
    assert long.timed.to_list() == short.timed.to_list() * LONG
    assert long.bad is None
    assert long.offset is None


@pytest.mark.parametrize("odd", ["+1", "01", "-0", "00", "-01", "1x", "99999999999999999999"])
@pytest.mark.parametrize("others", [["7"], ["1", "10", "9223372036854775807"], ["-5", "12"], ["0"]])
def test_one_odd_id_makes_the_column_text(odd: str, others: list[str]) -> None:
    assert ids(pl.Series("id", others)).to_list() == [int(cell) for cell in others]
    assert ids(pl.Series("id", [*others, odd])).to_list() == [*others, odd]
