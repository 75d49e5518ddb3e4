"""Structural faults: exit code 3, and one message with file, table, column, cause and remedy."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import polars as pl
import pytest

from monitor_cli.columns import Table
from monitor_cli.dump.dump import ReadOptions, load
from monitor_cli.errors import DumpError, ExitCode
from tests.unit.dump.books import sheet, xlsx
from tests.unit.dump.dumps import (
    ALL_COLUMNS,
    CLASSES,
    MARKS,
    MARKS_HEADER,
    SCHOOLS,
    loaded,
    marks,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def refused(
    folder: Path,
    files: Mapping[str, str | bytes] | None = None,
    options: ReadOptions | None = None,
) -> str:
    """The message, in English, of the error that the dump meets with."""
    with pytest.raises(DumpError) as caught:
        loaded(folder, files, options)
    return message_of(caught.value)


def message_of(error: DumpError) -> str:
    assert error.code is ExitCode.DUMP
    message = error.message()
    for text in message:
        assert 2 <= len(text.splitlines()) <= 3
    assert any("а" <= letter <= "я" for letter in message.ru.lower())
    return message.en


def test_nothing_there_and_an_empty_folder(tmp_path: Path) -> None:
    for folder in (tmp_path / "absent", tmp_path):
        with pytest.raises(DumpError) as caught:
            load(folder, ALL_COLUMNS, ReadOptions())
        assert str(folder) in message_of(caught.value)


def test_required_tables_are_missing(tmp_path: Path) -> None:
    write(tmp_path, {"отчёт.csv": "a;b\n"})
    (tmp_path / "classes.csv").unlink()
    (tmp_path / "lessons.csv").unlink()
    with pytest.raises(DumpError) as caught:
        load(tmp_path, ALL_COLUMNS, ReadOptions())
    message = message_of(caught.value)
    assert "classes, lessons" in message
    assert "schools.csv" in message
    assert "отчёт.csv" in message


def test_a_required_column_is_missing(tmp_path: Path) -> None:
    message = refused(tmp_path, {"marks.csv": "mark_id,lesson_id,student_id,Когда\n1,100,7,x\n"})
    assert str(tmp_path / "marks.csv") in message
    assert "marks lacks required columns: work_type, created_at" in message
    assert "Когда" in message
    assert "[columns.marks]" in message


def test_every_part_must_have_the_required_columns(tmp_path: Path) -> None:
    message = refused(tmp_path, {"marks-1.csv": MARKS, "marks-2.csv": "mark_id,lesson_id\n"})
    assert "marks-2.csv" in message


def test_the_municipality_may_come_from_the_config_only(tmp_path: Path) -> None:
    files = {"schools.csv": "school_id\n1\n2\n"}
    assert "municipality" in refused(tmp_path, files)
    dump = loaded(tmp_path, files, ReadOptions(municipality="Озёрный"))
    frame = dump.tables[Table.SCHOOLS].frame.collect()
    assert frame["municipality"].to_list() == ["Озёрный", "Озёрный"]


def test_two_headers_claim_one_column(tmp_path: Path) -> None:
    header = MARKS_HEADER + ",Дата выставления\n"
    message = refused(tmp_path, {"marks.csv": header})
    assert "created_at is claimed by «created_at», «Дата выставления»" in message
    frame = pl.DataFrame({name: ["1"] for name in header.strip().split(",")})
    (tmp_path / "marks.csv").unlink()
    frame.write_parquet(tmp_path / "marks.parquet")
    assert "created_at is claimed by" in refused(tmp_path)


def test_one_part_in_two_formats(tmp_path: Path) -> None:
    message = refused(tmp_path, {"marks.csv": MARKS, "marks.parquet": b""})
    assert "marks.csv and " in message
    assert "marks.parquet" in message


@pytest.mark.parametrize("cell", ["2,25708E+18", "2.25708e+18"])
def test_a_destroyed_id_in_csv(tmp_path: Path, cell: str) -> None:
    rows = f"mark_id;lesson_id;student_id;work_type;created_at\n\n1;100;7;x;\n1;{cell};7;x;\n"
    message = refused(tmp_path, {"marks.csv": rows})
    assert f"{tmp_path / 'marks.csv'}, line 4: the column lesson_id of the table marks" in message
    assert cell in message


def test_a_destroyed_id_behind_quotes_is_found_on_its_line(tmp_path: Path) -> None:
    rows = marks(['1,100,7,"a\nb",', "2,100,2.25708e+18,x,"])
    assert "line 4: the column student_id" in refused(tmp_path, {"marks.csv": rows})


def test_a_destroyed_id_in_parquet(tmp_path: Path) -> None:
    classes = pl.DataFrame({"class_id": [10.0, 2257077130866233197.0], "school_id": [1, 2]})
    write(tmp_path, {}).joinpath("classes.csv").unlink()
    classes.write_parquet(tmp_path / "classes.parquet")
    with pytest.raises(DumpError) as caught:
        load(tmp_path, ALL_COLUMNS, ReadOptions())
    assert "classes.parquet, line 2: the column class_id" in message_of(caught.value)


@pytest.mark.parametrize(
    "content",
    [b"", b"PAR1", b"PAR1" + bytes(64) + b"PAR1", b"not parquet at all", bytes(range(256)) * 8],
)
def test_what_is_no_parquet(tmp_path: Path, content: bytes) -> None:
    message = refused(tmp_path, {"marks.parquet": content})
    assert str(tmp_path / "marks.parquet") in message


def test_parquet_cut_short_or_with_changed_bytes_never_crashes(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        [(str(n), "100", "7", "Поведение", "2026-11-16") for n in range(50)],
        schema=MARKS_HEADER.split(","),
        orient="row",
    )
    frame.write_parquet(tmp_path / "good.parquet", compression="uncompressed")
    good = (tmp_path / "good.parquet").read_bytes()
    assert "marks.parquet" in refused(tmp_path, {"marks.parquet": good[: len(good) // 2]})
    for place in range(4, len(good), 97):
        changed = bytearray(good)
        changed[place] ^= 0x5A
        try:
            loaded(tmp_path, {"marks.parquet": bytes(changed)})
        except DumpError as error:
            assert "marks" in message_of(error)  # noqa: PT017  (both outcomes are right)


def test_a_parquet_column_of_lists(tmp_path: Path) -> None:
    pl.DataFrame(
        {name: [["1"]] if name == "work_type" else ["1"] for name in MARKS_HEADER.split(",")}
    ).write_parquet(tmp_path / "marks.parquet")
    message = refused(tmp_path)
    assert "the column work_type of the table marks has the type" in message


def test_an_open_quote_a_nul_and_an_empty_file(tmp_path: Path) -> None:
    assert "line 3" in refused(tmp_path, {"marks.csv": MARKS + '2,100,7,"x,\n3,100,7,x,\n'})
    assert "NUL" in refused(tmp_path, {"marks.csv": MARKS + "\0"})
    assert "empty" in refused(tmp_path, {"marks.csv": ""})
    assert "UTF-8" in refused(tmp_path, {"marks.csv": MARKS.encode()[:-30] + b"\xd0\n"})


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with a name")
def test_a_pipe_under_the_name_of_a_table_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "marks.csv")
    assert "not a regular file" in refused(tmp_path)


@pytest.mark.parametrize("name", ["marks.xlsb", "marks.rar", "оценки.7z"])
def test_a_table_in_a_format_that_is_not_read(tmp_path: Path, name: str) -> None:
    message = refused(tmp_path, {name: b"PK\x03\x04"})
    assert str(tmp_path / name) in message
    assert "CSV or Parquet" in message


def test_a_workbook_alone_is_named_among_what_was_found(tmp_path: Path) -> None:
    (tmp_path / "dump.xlsx").write_bytes(xlsx({"Лист1": sheet([])}))
    with pytest.raises(DumpError) as caught:
        load(tmp_path, ALL_COLUMNS, ReadOptions())
    assert "dump.xlsx" in message_of(caught.value)


def test_a_time_zone_that_is_none_names_the_school(tmp_path: Path) -> None:
    message = refused(tmp_path, {"schools.csv": SCHOOLS.replace("Asia/Yekaterinburg", "Урал")})
    assert "school 2" in message
    assert "Урал" in message


def test_a_register_whose_ids_are_not_unique(tmp_path: Path) -> None:
    staff = "person_id,school_id,name\n1,1,а\n1,1,б\n"
    message = refused(tmp_path, {"staff.csv": staff})
    assert "Table staff: 1 of 2 rows" in message
    many = "person_id,school_id,name\n" + "".join(f"{n},1,а\n" for n in range(100)) + "1,1,б\n"
    dump = loaded(tmp_path, {"staff.csv": many})
    assert [problem for problem in dump.problems if problem.table == "staff"] == [
        ("staff", "duplicate_key", 1)
    ]
    assert "staff" in refused(tmp_path, {"staff.csv": many + "2,1,б\n"})


def test_lessons_and_facts_are_no_registers(tmp_path: Path) -> None:
    files = {"marks.csv": marks(["1,100,7,а,2026-11-16", "1,100,7,б,2026-11-16"])}
    assert ("marks", "duplicate_key", 1) in loaded(tmp_path, files).problems


def test_strict_refuses_rows_set_aside_but_no_repetitions(tmp_path: Path) -> None:
    strict = ReadOptions(strict=True)
    rows = ["1,100,7,а,2026-11-16", "1,100,7,а,2026-11-16"]
    loaded(tmp_path, {"marks.csv": marks(rows)}, strict)
    message = refused(tmp_path, {"marks.csv": marks([*rows, "2,100,7,а,вчера", "3"])}, strict)
    assert "marks bad_timestamp 1, marks ragged_line 1" in message
    assert "repeated" not in message


def test_a_message_shows_no_control_characters(tmp_path: Path) -> None:
    message = refused(tmp_path, {"classes.csv": CLASSES.replace("class_id", "\x1b[2J\u202eid")})
    assert "\x1b" not in message
    assert "\u202e" not in message


def test_a_single_file_lacks_the_other_tables(tmp_path: Path) -> None:
    write(tmp_path, {})
    with pytest.raises(DumpError) as caught:
        load(tmp_path / "lessons.csv", ALL_COLUMNS, ReadOptions())
    assert "schools, classes" in message_of(caught.value)
