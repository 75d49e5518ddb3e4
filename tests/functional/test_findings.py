"""Where the faults of a dump are: file, line, column, what stands there, what counts instead."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import polars as pl
import pytest

from monitor_cli.columns import Table
from monitor_cli.dump import findings as collecting
from monitor_cli.dump import raw
from monitor_cli.dump.dump import ReadOptions, load
from monitor_cli.dump.findings import Findings
from monitor_cli.verdict import Effect, Finding, Listed, Place
from tests.unit.dump import books
from tests.unit.dump.dumps import (
    ALL_COLUMNS,
    CLASSES,
    LESSONS,
    MARKS_HEADER,
    SCHOOLS,
    STUDENTS,
    marks,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from monitor_cli.dump.dump import Dump

GOOD = "1,100,7,Поведение,2026-11-16 10:00:00"


def looked_through(
    folder: Path, files: Mapping[str, str | bytes] | None = None
) -> tuple[Dump, Findings]:
    findings = Findings(write(folder, files or {}))
    return load(folder, ALL_COLUMNS, ReadOptions(findings=findings)), findings


def listed(folder: Path, files: Mapping[str, str | bytes]) -> tuple[Listed, ...]:
    return looked_through(folder, files)[1].listed


@pytest.mark.parametrize("name", ["Оценки", "marks"])
def test_a_sheet_is_named_beside_its_workbook(tmp_path: Path, name: str) -> None:
    rows = [row.split(",") for row in (MARKS_HEADER, GOOD, "2,100,7,Поведение,вчера")]
    sheet = books.sheet([books.text_cell(cell) for cell in row] for row in rows)
    (found,) = listed(tmp_path, {"dump.xlsx": books.xlsx({name: sheet})})
    assert (found.file, found.findings[0].line) == (f"dump.xlsx: {name}", 3)


@pytest.mark.parametrize(
    ("row", "code", "finding"),
    [
        ("2,100,7,Поведение", "ragged_line", Finding(3, fields=(4, 5))),
        ("2,100,7,Поведение,2026-11-16,", "ragged_line", Finding(3, fields=(6, 5))),
        ('2,100,7,"Пове"дение,2026-11-16', "ragged_line", Finding(3, fields=(None, 5))),
        (",100,7,Поведение,2026-11-16", "missing_value", Finding(3, ("mark_id",))),
        ("2,-,7,Поведение,вчера", "missing_value", Finding(3, ("lesson_id",), "-")),
        ("2,100,7,Поведение, вчера ", "bad_timestamp", Finding(3, ("created_at",), "вчера")),
        (
            "2,100,7,Поведение,31.02.2026",
            "bad_timestamp",
            Finding(3, ("created_at",), "31.02.2026"),
        ),
        ("2,999,7,Поведение,2026-11-16", "unknown_reference", Finding(3, ("lesson_id",), "999")),
        (
            GOOD.replace("Поведение", "Наизусть"),
            "duplicate_key",
            Finding(2, ("lesson_id", "mark_id"), "100, 1", Place("marks.csv", 3)),
        ),
    ],
)
@pytest.mark.parametrize("quoted", [False, True], ids=["plain", "quoted"])
def test_a_row_set_aside_is_named(
    tmp_path: Path, row: str, code: str, finding: Finding, quoted: bool
) -> None:
    last = "3,200,8,Ответ на уроке,16.11.2026 9:00"
    if quoted:
        last = last.replace("Ответ на уроке", '"Ответ\nна уроке"')
    found = listed(tmp_path, {"marks.csv": marks([GOOD, row, last])})
    assert found == (Listed("marks", code, Effect.SET_ASIDE, "marks.csv", 1, (finding,)),)


def test_a_repetition_names_the_row_that_stands(tmp_path: Path) -> None:
    files = {"marks/1.csv": marks(["", GOOD]), "marks/2.csv": marks([GOOD, GOOD])}
    first, second = listed(tmp_path, files)
    last = Place("marks/2.csv", 3)
    key = ("lesson_id", "mark_id")
    assert (first.effect, first.code, first.file) == (Effect.REPEATED, "repeated", "marks/1.csv")
    assert first.findings == (Finding(3, key, "100, 1", last),)
    assert second.findings == (Finding(2, key, "100, 1", last),)


def test_rows_of_a_table_without_a_key_are_named_by_what_each_must_have(tmp_path: Path) -> None:
    view = "7,Родитель,16.11.2026 20:00"
    views = f"student_id,viewer_role,viewed_at\n{view}\n{view}\n"
    (found,) = listed(tmp_path, {"diary_views.csv": views, "students.csv": STUDENTS})
    assert found.findings == (
        Finding(
            2,
            ("student_id", "viewer_role", "viewed_at"),
            "7, Родитель, 16.11.2026 20:00",
            Place("diary_views.csv", 3),
        ),
    )


def test_references_that_only_warn_and_unknown_roles_are_named_too(tmp_path: Path) -> None:
    files = {
        "staff.csv": "person_id,school_id,role\n5,1,Учитель\n6,1,Педагог-психолог\n",
        "students.csv": STUDENTS + "11,1,20\n12,2,77\n",
        "lessons.csv": "lesson_id,class_id,subject,date,teacher_id\n100,10,Физика,2026-11-16,66\n",
    }
    found = {(one.table, one.code): one for one in listed(tmp_path, files)}
    assert {key: one.findings for key, one in found.items()} == {
        ("staff", "unknown_role"): (Finding(3, ("role",), "Педагог-психолог"),),
        ("students", "unknown_reference"): (
            Finding(6, ("class_id",), "20"),
            Finding(7, ("class_id",), "77"),
        ),
        ("lessons", "unknown_reference"): (Finding(2, ("teacher_id",), "66"),),
    }
    assert {one.effect for one in found.values()} == {Effect.USED}


def test_what_stands_in_a_cell_is_shortened_and_harmless(tmp_path: Path) -> None:
    row = GOOD.replace("2026-11-16 10:00:00", "\x1b[31m" + "9" * 100)
    (found,) = listed(tmp_path, {"marks.csv": marks([row])})
    (finding,) = found.findings
    assert finding.value.startswith("�[31m999")
    assert len(finding.value) == 60


def test_a_parquet_file_is_named_by_row(tmp_path: Path) -> None:
    write(tmp_path, {})
    columns = dict(zip(MARKS_HEADER.split(","), zip(*[["1"] * 5] * 3, strict=True), strict=True))
    frame = pl.DataFrame(columns).with_columns(
        pl.lit(100).alias("lesson_id"),
        pl.int_range(3).alias("mark_id"),
        pl.Series("created_at", ["2026-11-16", "x", "2026-11-16"]),
    )
    frame.write_parquet(tmp_path / "marks.parquet")
    (found,) = listed(tmp_path, {})
    assert found.findings == (Finding(2, ("created_at",), "x"),)


def test_as_many_as_fit_are_named_and_all_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (raw, collecting):
        monkeypatch.setattr(module, "LISTED", 3)
    monkeypatch.setattr(collecting, "MOST", 4)
    bad = [f"{number},100,7,Поведение,вчера" for number in range(10)]
    other = [f"{number},999,7,Поведение,2026-11-16" for number in range(20, 30)]
    (early, late) = listed(tmp_path, {"marks.csv": marks([*bad, *other])})
    assert (early.rows, [one.line for one in early.findings]) == (10, [2, 3, 4])
    assert (late.rows, [one.line for one in late.findings]) == (10, [12])


def test_headers_and_rows_of_each_file_are_kept(tmp_path: Path) -> None:
    text = marks([GOOD]).replace("mark_id", "mark_id,Цвет глаз").replace("1,100", "1,,100")
    _, findings = looked_through(tmp_path, {"a/marks.csv": text})
    read = findings.files[Table.MARKS, "a/marks.csv"]
    assert read.rows == 1
    assert "Цвет глаз" in read.headers


def test_one_hears_of_every_broken_file_and_of_the_rest(tmp_path: Path) -> None:
    dump, findings = looked_through(
        tmp_path,
        {
            "lessons.csv": LESSONS.replace("200,", "2.25708E+18,"),
            "marks.csv": marks([GOOD, "2,999,7,Поведение,вчера", "3,999,7,Поведение,2026-11-16"]),
            "staff.csv": "person_id,name\n1,Некто\n",
            "homework.csv": b"",
        },
    )
    assert [(fault.table, fault.file) for fault in findings.faults] == [
        (Table.STAFF, "staff.csv"),
        (Table.LESSONS, "lessons.csv"),
        (Table.HOMEWORK, "homework.csv"),
    ]
    # Nothing is said of lessons that may be in the file that could not be read.
    assert [(one.code, one.rows) for one in findings.listed] == [("bad_timestamp", 1)]
    assert dump.tables[Table.MARKS].counts.used == 2


def test_missing_tables_and_ids_of_several_systems_do_not_end_the_search(tmp_path: Path) -> None:
    write(tmp_path, {"classes.csv": CLASSES + "20,1,10В\n"})
    (tmp_path / "lessons.csv").unlink()
    (tmp_path / "schools.csv").write_text(SCHOOLS.replace("Asia/Yekaterinburg", "Марс"), "utf-8")
    findings = Findings(tmp_path)
    load(tmp_path, ALL_COLUMNS, ReadOptions(findings=findings))
    assert [fault.table for fault in findings.faults] == [None, Table.SCHOOLS, Table.CLASSES]
    assert [(one.code, one.rows) for one in findings.listed] == [("duplicate_key", 1)]


def test_what_is_listed_adds_up_to_what_is_counted(tmp_path: Path) -> None:
    rows = [GOOD, GOOD, "2,100,7", "3,999,7,Поведение,вчера", "4,999,7,Поведение,2026-11-16"]
    dump, findings = looked_through(
        tmp_path, {"marks.csv": marks(rows), "marks-2.csv": marks(rows), "students.csv": STUDENTS}
    )
    counted = Counter(
        {(one.table, one.code): 0 for one in findings.listed if one.effect is not Effect.USED}
    )
    for one in findings.listed:
        if one.effect is not Effect.USED:
            counted[one.table, one.code] += one.rows
    assert dict(counted) == {(table, code): rows for table, code, rows in dump.problems}
    of_marks = dump.tables[Table.MARKS].counts
    assert of_marks.used + of_marks.repeated + of_marks.set_aside == of_marks.read == 10
    assert sum(read.rows for (table, _), read in findings.files.items() if table == "marks") == 10
