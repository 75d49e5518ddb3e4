"""Dumps in the shape of the Dnevnik.ru API: its names, its ids, its lists."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest

from monitor_cli.columns import Table
from monitor_cli.dump import api, jsontext
from monitor_cli.dump.dump import Dump, ReadOptions, load
from monitor_cli.errors import DumpError
from tests.unit.dump.dumps import ALL_COLUMNS, column, frame, reasons, write

if TYPE_CHECKING:
    from pathlib import Path

BIG = 2257077130866233197
LESSON: dict[str, Any] = {
    "id": BIG,
    "id_str": str(BIG),
    "title": "Степени",
    "date": "2026-11-16T00:00:00",
    "number": 2,
    "subject": {"id": 5, "id_str": "5", "name": "Алгебра"},
    "group": 10,
    "hours": "08:00 - 08:40",
    "status": "New",
    "works": [],
    "teachers": [501],
    "teachers_str": ["501"],
}
MARK: dict[str, Any] = {
    "id": 1,
    "type": "Mark",
    "value": "5",
    "textValue": "5",
    "person": 7,
    "person_str": "7",
    "lesson_str": str(BIG),
    "date": "2026-11-16T17:59:59.999999",
    "workType": 33,
}
TYPES = [{"id": 33, "schoolId": 1, "title": "Ответ на уроке", "kind": "CommonWork"}]


def dump_of(folder: Path, files: dict[str, Any], options: ReadOptions | None = None) -> Dump:
    """Load a dump of which some tables are JSON."""
    texts = {
        name: content if isinstance(content, str | bytes) else json.dumps(content)
        for name, content in files.items()
    }
    write(folder, texts)
    named = {name.split(".")[0].replace("edugroups", "classes") for name in texts}
    for table in named & {"lessons", "classes", "schools"}:
        (folder / f"{table}.csv").unlink()
    return load(folder, ALL_COLUMNS, options or ReadOptions())


def test_a_lesson(tmp_path: Path) -> None:
    dump = dump_of(tmp_path, {"lessons.json": [LESSON]})
    (row,) = frame(dump, Table.LESSONS).to_dicts()
    assert (row["lesson_id"], row["class_id"], row["teacher_id"]) == (BIG, 10, 501)
    assert (row["subject"], row["topic"], row["number"]) == ("Алгебра", "Степени", "2")
    assert (row["date"], row["starts_at"]) == (date(2026, 11, 16), time(8))
    assert row["ends_at"] == time(8, 40)
    assert row["group"] is None
    held = dump.tables[Table.LESSONS].columns
    assert {"starts_at", "topic"} <= held
    assert held.isdisjoint({"is_conducted", "comment", "group", "is_cancelled"})


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([MARK, MARK | {"id": 2}]),
        json.dumps([MARK, MARK | {"id": 2}], indent=2),
        json.dumps(MARK) + "\n" + json.dumps(MARK | {"id": 2}) + "\n",
        json.dumps({"total": 2, "marks": [MARK, MARK | {"id": 2}]}),
        "\ufeff" + json.dumps([MARK, MARK | {"id": 2}]),
    ],
)
def test_an_array_lines_and_an_answer_are_the_same(tmp_path: Path, text: str) -> None:
    dump = dump_of(
        tmp_path, {"lessons.json": [LESSON], "marks.json": text, "work-types.json": TYPES}
    )
    assert column(dump, Table.MARKS, "mark_id") == [1, 2]
    assert column(dump, Table.MARKS, "lesson_id") == [BIG, BIG]
    assert column(dump, Table.MARKS, "work_type") == ["Ответ на уроке"] * 2
    assert "updated_at" not in dump.tables[Table.MARKS].columns


def test_times_are_utc_or_of_the_declared_zone_and_lessons_local(tmp_path: Path) -> None:
    files = {"lessons.json": [LESSON], "marks.json": [MARK], "work-types.json": TYPES}
    local = dump_of(tmp_path / "local", files, ReadOptions(source_tz="Europe/Moscow"))
    assert column(local, Table.MARKS, "created_at") == [datetime(2026, 11, 16, 17, 59, 59, 999999)]
    for number, options in enumerate((ReadOptions(), ReadOptions(source_tz="UTC"))):
        utc = dump_of(tmp_path / f"utc{number}", files, options)
        at = column(utc, Table.MARKS, "created_at")
        assert at == [datetime(2026, 11, 16, 20, 59, 59, 999999)]
        assert column(utc, Table.LESSONS, "starts_at") == [time(8)]


def test_works_that_are_no_homework_are_no_rows(tmp_path: Path) -> None:
    work = {
        "id": 8,
        "type": "Homework",
        "lesson": 100,
        "text": "§ 4",
        "files": [],
        "sentDate": "2026-11-13T10:00:00",
    }
    files = [{"id": 3}]
    works = [work, work | {"id": 9, "type": "LessonTestWork"}, work | {"id": 10, "files": files}]
    dump = dump_of(tmp_path, {"works.json": works})
    assert column(dump, Table.HOMEWORK, "homework_id") == [8, 10]
    assert column(dump, Table.HOMEWORK, "has_files") == [False, True]
    assert column(dump, Table.HOMEWORK, "issued_at") == [datetime(2026, 11, 13, 13)] * 2
    assert dump.tables[Table.HOMEWORK].counts.read == 2


def test_the_lesson_log_is_attendance(tmp_path: Path) -> None:
    entries = [
        {"person": 7, "lesson": 100, "status": status, "createdDate": "2026-11-16T08:00:00.1234567"}
        for status in ("Absent", "Late", "Gone")
    ]
    entries[1]["person"] = 8
    dump = dump_of(tmp_path, {"lesson-log-entries.ndjson": "\n".join(map(json.dumps, entries))})
    assert column(dump, Table.ATTENDANCE, "status") == ["absent", "late"]
    assert reasons(dump, Table.ATTENDANCE) == {"bad_value": 1}


def test_classes_and_schools(tmp_path: Path) -> None:
    group = {"id": 10, "type": "Group", "name": "5А", "parallel": 5, "studyyear": 2026, "school": 1}
    school = {"id": 1, "name": "Лицей", "municipality": "Озёрный", "shiftsCount": 2, "timeZone": 3}
    files = {"edugroups.json": [group], "schools.json": [school], "lessons.json": [LESSON]}
    dump = dump_of(tmp_path, files)
    assert column(dump, Table.CLASSES, "class") == ["5А"]
    assert column(dump, Table.SCHOOLS, "shifts") == [2]


def test_records_under_our_own_names(tmp_path: Path) -> None:
    record = {"lesson_id": 100, "class_id": 10, "Предмет": "Физика", "date": "16.11.2026"}
    dump = dump_of(tmp_path, {"lessons.json": [record | {"group": "1 подгр."}]})
    (row,) = frame(dump, Table.LESSONS).to_dicts()
    assert (row["class_id"], row["subject"], row["group"]) == (10, "Физика", "1 подгр.")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[{"id": 1}', 1),
        ('[{"id": 1},\n{"id": 2]', 2),
        ('[{"id": 1}\n\n{"id": 2}]', 3),
        ("[1, 2]", 1),
        ("id;lesson\n", 1),
        ('{"id": 1}\n5\n', 2),
        ("[" * 100_000, 1),
        ('[{"id": ' + "[" * 100_000, 1),
    ],
)
def test_what_is_no_json_is_refused_by_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(DumpError) as caught:
        dump_of(tmp_path, {"marks.json": text})
    assert f"marks.json, line {line}: this is no JSON" in caught.value.message().en


@pytest.mark.parametrize("text", ["", "[]", " \n", '{"marks": []}'])
def test_without_records_there_is_no_header(tmp_path: Path, text: str) -> None:
    with pytest.raises(DumpError, match="marks"):
        dump_of(tmp_path, {"marks.json": text})


def test_bytes_that_are_no_utf8_are_named(tmp_path: Path) -> None:
    text = b'[{"id": 1},\n{"id": "\xcf\xf0"}]'
    with pytest.raises(DumpError) as caught:
        dump_of(tmp_path, {"marks.json": text})
    assert "marks.json, line 2: byte" in caught.value.message().en


def test_an_id_that_went_through_a_float_is_destroyed(tmp_path: Path) -> None:
    text = json.dumps([MARK]).replace('"id": 1', '"id": 2.2570771308662333e+18')
    with pytest.raises(DumpError) as caught:
        dump_of(tmp_path, {"lessons.json": [LESSON], "marks.json": text, "work-types.json": TYPES})
    assert "2.2570771308662333e+18" in caught.value.message().en


def test_records_longer_than_a_chunk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsontext, "_CHUNK", 7)
    files = {
        "lessons.json": json.dumps([LESSON], indent=1, ensure_ascii=False),
        "marks.json": [MARK | {"workType": "Поведение"}],
    }
    dump = dump_of(tmp_path, files)
    assert column(dump, Table.MARKS, "lesson_id") == [BIG]
    assert column(dump, Table.LESSONS, "subject") == ["Алгебра"]


@pytest.mark.parametrize("piece", [1, 2, 50_000])
def test_a_work_type_that_only_a_number_tells_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    monkeypatch.setattr(api, "_PIECE", piece)
    marks = "\n".join(json.dumps(MARK | {"id": n, "workType": 33 + n // 2}) for n in range(3))
    files = {"lessons.json": [LESSON], "marks.json": marks, "work-types.json": TYPES}
    with pytest.raises(DumpError) as caught:
        dump_of(tmp_path, files)
    assert "marks.json, line 3: the work type is told by the number 34" in caught.value.message().en
