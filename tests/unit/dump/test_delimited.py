from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from monitor_cli.columns import Table
from monitor_cli.dump import csv_heading, delimited
from monitor_cli.dump.options import ReadOptions
from monitor_cli.dump.parts import Format, Part
from monitor_cli.errors import DumpError, SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from monitor_cli.dump.raw import Raw

HEADER = "mark_id;lesson_id;student_id;work_type;created_at\n"
ROW = "1;2;3;Поведение;2026-11-16\n"
CELLS = ("1", "2", "3", "Поведение", "2026-11-16")


def read(
    folder: Path,
    content: str | bytes,
    options: ReadOptions | None = None,
    asked: frozenset[str] | None = None,
) -> Raw:
    path = folder / "marks.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    part = Part(Table.MARKS, path, Format.CSV)
    (raw,) = delimited.read(part, asked, options or ReadOptions())
    return raw


def lines(raw: Raw) -> list[int]:
    return [raw.line(row) for row in range(raw.frame.height)]


@pytest.mark.parametrize(
    ("content", "at"),
    [
        (HEADER + ROW, 2),
        (HEADER + ROW.rstrip(), 2),
        ("\ufeff" + HEADER + ROW, 2),
        ("\ufeff\ufeff" + HEADER + ROW, 2),
        ((HEADER + ROW).replace("\n", "\r\n"), 2),
        ((HEADER + ROW).replace("\n", "\r"), 2),
        ((HEADER + ROW).replace(";", ","), 2),
        ((HEADER + ROW).replace(";", "\t"), 2),
        ((HEADER + ROW).replace(";", "|"), 2),
        ("\n" + HEADER + "\n  \n" + ROW + "\n", 5),
        (HEADER + ROW.replace("Поведение", '"Поведение"'), 2),
        ('"mark_id"' + HEADER[7:] + ROW, 2),
        ("\r\n" + HEADER + "\r\n" + ROW.replace("3", '"3"'), 4),
        ((HEADER + ROW).encode("cp1251"), 2),
        ((HEADER + ROW).encode("utf-16"), 2),
    ],
)
def test_one_row_in_many_shapes(tmp_path: Path, content: str | bytes, at: int) -> None:
    raw = read(tmp_path, content)
    assert raw.frame.rows() == [CELLS]
    assert lines(raw) == [at]
    assert raw.ragged == 0


@pytest.mark.parametrize("content", [HEADER, HEADER.rstrip(), "\ufeff" + HEADER + "\n\n"])
def test_a_header_alone_is_an_empty_table(tmp_path: Path, content: str) -> None:
    assert read(tmp_path, content).frame.shape == (0, 5)


@pytest.mark.parametrize(
    "broken",
    [
        "1;2;3;4\n",
        "1;2;3;4;5;6\n",
        "1;2;3;4;5;\n",
        '1;2;3;"4"x;5\n',
        '1;2;3;"4;5\n',
        "1\n",
        '1;2;"3;\n4"\n',
    ],
)
def test_short_long_and_broken_rows_are_ragged_and_harm_no_other(
    tmp_path: Path, broken: str
) -> None:
    raw = read(tmp_path, HEADER + ROW + broken + ROW.replace("П", '"П"""').replace("оведение", ""))
    if raw.ragged == 0:
        pytest.fail("a broken row was taken for a whole one")
    assert raw.frame.rows()[0] == CELLS
    assert raw.ragged + raw.frame.height <= 3


def test_a_stray_quote_costs_its_own_line_only(tmp_path: Path) -> None:
    raw = read(
        tmp_path, HEADER + '1;2;3;"Ответ;5\n' + ROW + ROW.replace("Поведение", '"Поведение"')
    )
    assert raw.frame.rows() == [CELLS, CELLS]
    assert raw.ragged == 1
    assert lines(raw) == [3, 4]


@pytest.mark.parametrize("cell", ['Поведение"', 'По"ведение', 'Пове""дение"'])
def test_a_quote_that_lost_its_other_one_sets_the_row_aside(tmp_path: Path, cell: str) -> None:
    raw = read(tmp_path, HEADER + ROW + ROW.replace("Поведение", cell) + ROW)
    assert raw.frame.rows() == [CELLS, CELLS]
    assert raw.ragged == 1
    assert lines(raw) == [2, 4]


def test_pairs_of_quotes_inside_a_cell_without_quotes_are_its_text(tmp_path: Path) -> None:
    cell = 'Работа "А"'
    assert read(tmp_path, HEADER + ROW.replace("Поведение", cell)).frame.item(0, 3) == cell


@pytest.mark.parametrize("header", ['"Прим"x', 'Прим"'])
def test_a_broken_quote_in_the_header_costs_no_row(tmp_path: Path, header: str) -> None:
    raw = read(tmp_path, f"{header};{HEADER}" + f"x;{ROW}" * 2)
    assert raw.frame.rows() == [CELLS, CELLS]
    assert raw.ragged == 0


def test_cells_with_line_ends_separators_and_quotes(tmp_path: Path) -> None:
    raw = read(tmp_path, HEADER + '1;2;3;"a;b\nc""d";5\n' + ROW)
    assert raw.frame.rows()[0] == ("1", "2", "3", 'a;b\nc"d', "5")
    assert lines(raw) == [2, 4]


def test_a_line_of_separators_is_a_row_and_a_blank_line_is_none(tmp_path: Path) -> None:
    assert read(tmp_path, HEADER + ";;;;\n \n").frame.rows() == [(None,) * 5]
    tabs = HEADER.replace(";", "\t") + "\t\t\t\t\n \n"
    assert read(tmp_path, tabs).frame.rows() == [(None,) * 5]


def test_signs_that_only_some_tools_take_for_line_ends(tmp_path: Path) -> None:
    work = "a\x0bb\x85c\u2028d"
    assert read(tmp_path, HEADER + ROW.replace("Поведение", work)).frame.item(0, 3) == work
    quoted = HEADER + ROW.replace("Поведение", f'"{work}"')
    assert read(tmp_path, quoted).frame.item(0, 3) == work


def test_only_the_columns_asked_for_are_read(tmp_path: Path) -> None:
    asked = frozenset({"created_at", "mark_id", "value"})
    for content in (HEADER + ROW, HEADER + ROW.replace("П", '"П').replace("ие;", 'ие";')):
        raw = read(tmp_path, content, asked=asked)
        assert raw.frame.row(0, named=True) == {"mark_id": "1", "created_at": "2026-11-16"}
        assert raw.columns == {"mark_id", "lesson_id", "student_id", "work_type", "created_at"}


def test_the_declared_separator_and_encoding_are_taken_at_their_word(tmp_path: Path) -> None:
    assert read(tmp_path, HEADER + ROW, ReadOptions(separator=";")).frame.rows() == [CELLS]
    tabs = (HEADER + ROW).replace(";", "\t")
    assert read(tmp_path, tabs, ReadOptions(separator="tab")).frame.rows() == [CELLS]
    assert read(tmp_path, HEADER + ROW, ReadOptions(separator=",")).columns == frozenset()
    for encoding in ("cp1251", "windows-1251", "koi8-r"):
        content = (HEADER + ROW).encode(encoding)
        assert read(tmp_path, content, ReadOptions(encoding=encoding)).frame.rows() == [CELLS]
    for encoding in ("utf-8", "UTF-8", "utf-8-sig"):
        content = ("\ufeff" + HEADER + ROW).encode()
        assert read(tmp_path, content, ReadOptions(encoding=encoding)).frame.rows() == [CELLS]


@pytest.mark.parametrize(
    "options",
    [ReadOptions(separator=""), ReadOptions(separator=";;"), ReadOptions(encoding="x")],
)
def test_no_separator_and_no_encoding(tmp_path: Path, options: ReadOptions) -> None:
    with pytest.raises(SettingsError):
        read(tmp_path, HEADER + ROW, options)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "empty"),
        ("\n \r\n", "empty"),
        (HEADER + ROW + '1;2;3;"4;5\n' + ROW, "line 3: a quote"),
        (HEADER + '1;2;"3\n3";"4;5\n' + ROW, "line 3: a quote"),
        (HEADER + ROW + "1;2;\0;4;5\n", "line 3: a NUL byte"),
        ((HEADER + ROW).encode() + b"1;2;\xd0;4;5\n", "line 3: byte"),
        ((HEADER + ROW + ROW).encode()[:-20] + b"\xff\xfe\n", "line 3: byte"),
        ((HEADER + ROW).encode("koi8-r"), "line 2: byte 57 cannot be read as UTF-8"),
        (b"PK\x03\x04" + HEADER.encode(), "ZIP/XLSX"),
        (b"\x1f\x8b\x08", "GZIP"),
        (HEADER.rstrip() + ";Вид работы\n" + ROW, "«work_type», «Вид работы»"),
    ],
)
def test_structural_faults_name_file_and_line(
    tmp_path: Path, content: str | bytes, said: str
) -> None:
    with pytest.raises(DumpError) as caught:
        read(tmp_path, content)
    message = caught.value.message().en
    assert said in message
    assert str(tmp_path / "marks.csv") in message
    assert len(message.splitlines()) <= 3


def test_a_wrong_declared_encoding_is_named(tmp_path: Path) -> None:
    with pytest.raises(DumpError, match="line 2: byte 57 cannot be read as UTF-8"):
        read(tmp_path, (HEADER + ROW).encode("cp1251"), ReadOptions(encoding="utf-8"))
    with pytest.raises(DumpError, match="ascii"):
        read(tmp_path, HEADER + ROW, ReadOptions(encoding="ascii"))


def test_a_cell_may_be_long_but_not_endless(tmp_path: Path) -> None:
    content = HEADER + ROW.replace("Поведение", '"' + "x" * 200_000 + '"') + ROW
    assert read(tmp_path, content).frame.height == 2
    limit = csv.field_size_limit()
    content = HEADER + ROW.replace("Поведение", '"' + "x" * 2_000_000 + '"') + ROW
    raw = read(tmp_path, content)
    assert (raw.frame.height, raw.ragged) == (1, 1)
    assert csv.field_size_limit() == limit


cells = st.text(
    st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cs"]), max_size=6
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    rows=st.lists(st.tuples(cells, cells, cells, cells, cells), max_size=5),
    separator=st.sampled_from(csv_heading.SEPARATORS),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_a_csv_writer_writes_comes_back(
    tmp_path: Path,
    rows: list[tuple[str, ...]],
    separator: str,
    quoting: int,
    end: str,
) -> None:
    # Python's writer leaves a carriage return without quotes: it is then a part of the line's end.
    assume(quoting == csv.QUOTE_ALL or not any("\r" in cell for row in rows for cell in row))
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, quoting=quoting, lineterminator=end)  # type: ignore[arg-type]
    writer.writerow(HEADER.strip().split(";"))
    writer.writerows(rows)
    raw = read(tmp_path, text.getvalue())
    expected = [tuple(cell or None for cell in row) for row in rows]
    assert [tuple(cell or None for cell in row) for row in raw.frame.rows()] == expected
    assert raw.ragged == 0
