"""A dump in the shape of the API gives the numbers of the same dump as CSV.

The dump is the sample's: its lessons, marks, absences and homework, under the names of the API.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from monitor_cli import cli
from monitor_cli.commands.reading import SAMPLE_FOLDER
from monitor_cli.errors import ExitCode
from tests.documents import parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

Row = dict[str, str]
Record = dict[str, Any]
MOSCOW = ZoneInfo("Europe/Moscow")
COUNTED = {
    "school_activity",
    "timetable_filling",
    "lesson_planning",
    "journal_keeping",
    "timely_marks",
    "timely_homework",
}
"""The indicators that the fields of the API allow."""
UNKNOWN = {
    "schools": ("Регион", "Смен", "Часовой пояс"),
    "classes": ("Смена",),
    "lessons": (
        "Подгруппа",
        "ID замещающего",
        "Комментарий к уроку",
        "Урок проведен",
        "Отменен",
    ),
    "marks": ("Дата изменения",),
    "attendance": (),
    "homework": ("Есть файлы", "Обновлено"),
}
"""The tables of the API, and the columns of the sample that it does not know."""
STATUSES = {"Н": "Absent", "Б": "Ill", "П": "Pass", "О": "Late"}
WORKS = "work-types.json"


def rows_of(table: str) -> list[Row]:
    text = (SAMPLE_FOLDER / f"{table}.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def ids(name: str, text: str) -> Record:
    """An id as a number that a reader of floats would spoil, and as text."""
    return {name: int(text), f"{name}_str": text}


def utc(text: str) -> str:
    """The time of a server, of a clock in Moscow; what is no time stays."""
    for form in ("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M"):
        try:
            local = datetime.strptime(text, form).replace(tzinfo=MOSCOW)
        except ValueError:
            continue
        return local.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return text


def day(text: str) -> str:
    return datetime.strptime(text, "%d.%m.%Y").replace(tzinfo=UTC).strftime("%Y-%m-%dT00:00:00")


def school(row: Row) -> Record:
    return ids("id", row["ID школы"]) | {
        "name": row["Школа"],
        "municipality": row["Муниципалитет"],
        "shiftsCount": None,
    }


def group(row: Row) -> Record:
    return (
        ids("id", row["ID класса"])
        | ids("school", row["ID школы"])
        | {"name": row["Класс"], "parallel": int(row["Параллель"]), "status": row["Статус"]}
        | {"studyyear": int(row["Учебный год"]), "type": "Group"}
    )


def lesson(row: Row) -> Record:
    return (
        ids("id", row["ID урока"])
        | ids("group", row["ID класса"])
        | {"subject": {"id": 1, "name": row["Предмет"]}, "date": day(row["Дата урока"])}
        | {"number": int(row["Номер урока"]), "hours": f"{row['Начало']} - {row['Окончание']}"}
        | {"title": row["Тема урока"] or None, "works": []}
        | {"teachers": [int(row["ID учителя"])], "teachers_str": [row["ID учителя"]]}
    )


def mark(row: Row) -> Record:
    return (
        ids("id", row["ID оценки"])
        | ids("lesson", row["ID урока"])
        | ids("person", row["ID ученика"])
        | {"type": "Mark", "value": row["Оценка"], "textValue": row["Оценка"]}
        | {"date": utc(row["Дата выставления"]), "workType": row["Вид работы"]}
    )


def entry(row: Row) -> Record:
    return (
        ids("lesson", row["ID урока"])
        | ids("person", row["ID ученика"])
        | {"status": STATUSES[row["Посещаемость"]], "createdDate": utc(row["Дата выставления"])}
    )


def work(row: Row) -> Record:
    return (
        ids("id", row["ID ДЗ"])
        | ids("lesson", row["ID урока"])
        | {"type": "Homework", "text": row["Домашнее задание"], "sentDate": utc(row["Дата выдачи"])}
    )


RECORDS: Mapping[str, tuple[str, Callable[[Row], Record]]] = {
    "schools": ("schools", school),
    "classes": ("edugroups", group),
    "lessons": ("lessons", lesson),
    "marks": ("marks", mark),
    "attendance": ("lesson-log-entries", entry),
    "homework": ("works", work),
}


def as_array(name: str, records: Sequence[Record]) -> tuple[str, str]:
    return f"{name}.json", json.dumps(records, ensure_ascii=False)


def as_answer(name: str, records: Sequence[Record]) -> tuple[str, str]:
    return f"{name}.json", json.dumps({"total": len(records), name: records}, indent=1)


def as_lines(name: str, records: Sequence[Record]) -> tuple[str, str]:
    return f"{name}.ndjson", "".join(json.dumps(record) + "\n" for record in records)


def csv_dump(folder: Path) -> Path:
    """The tables and columns of the sample that the API knows."""
    folder.mkdir()
    for table, unknown in UNKNOWN.items():
        rows = rows_of(table)
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            columns = [name for name in rows[0] if name not in unknown]
            writer = csv.DictWriter(file, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def api_dump(folder: Path, shape: Callable[[str, Sequence[Record]], tuple[str, str]]) -> Path:
    """The same in the shape of the API, kinds of work by their numbers."""
    folder.mkdir()
    kinds: dict[str, int] = {}
    for table, (name, make) in RECORDS.items():
        records = [make(row) for row in rows_of(table)]
        for record in records if table == "marks" else ():
            record["workType"] = kinds.setdefault(record["workType"], 100 + len(kinds))
        file, text = shape(name, records)
        (folder / file).write_text(text, encoding="utf-8")
    named = [{"id": number, "title": title} for title, number in kinds.items()]
    (folder / WORKS).write_text(json.dumps(named), encoding="utf-8")
    return folder


def week(data: Path, target: Path, *arguments: str) -> Any:
    command = ["week", "-q", "--date", "2026-W47", "--data", str(data), *arguments]
    assert cli.main([*command, "--json", "-o", str(target)]) == ExitCode.DONE
    return parsed(target.read_text("utf-8"))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return csv_dump(tmp_path_factory.mktemp("api") / "csv")


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return api_dump(tmp_path_factory.mktemp("api") / "ndjson", as_lines)


@pytest.mark.parametrize("level", ["school", "class", "subject"])
def test_the_week_of_the_api_is_that_of_the_same_dump_as_csv(
    level: str, plain: Path, lines: Path, tmp_path: Path
) -> None:
    found, expected = (
        week(data, tmp_path / "week.json", "--level", level) for data in (lines, plain)
    )
    assert found == expected


@pytest.mark.parametrize("shape", [as_array, as_answer])
def test_arrays_and_answers_say_the_same_as_lines(
    shape: Callable[[str, Sequence[Record]], tuple[str, str]], lines: Path, tmp_path: Path
) -> None:
    data = api_dump(tmp_path / "api", shape)
    assert week(data, tmp_path / "1.json") == week(lines, tmp_path / "2.json")


def test_indicators_of_what_the_api_does_not_know_are_not_available(
    lines: Path, tmp_path: Path
) -> None:
    found = week(lines, tmp_path / "week.json")
    for row in found["rows"]:
        for key, measure in row["indicators"].items():
            integers = (measure["numerator"], measure["denominator"])
            assert (None in integers) == (key not in COUNTED), key
    totals = {key: measure["value"] for key, measure in found["totals"].items()}
    assert {key for key, value in totals.items() if value} == COUNTED


def test_marks_are_those_of_the_whole_dump_where_the_api_knows_the_clock_and_the_shift(
    lines: Path, tmp_path: Path
) -> None:
    api, whole = (week(data, tmp_path / "week.json") for data in (lines, SAMPLE_FOLDER))
    told = {
        row["ID школы"]
        for row in rows_of("schools")
        if not row["Часовой пояс"] and row["Смен"] == "1"
    }
    pairs = [
        (known["indicators"]["timely_marks"], full["indicators"]["timely_marks"])
        for known, full in zip(api["rows"], whole["rows"], strict=True)
        if known["school_id"] == full["school_id"] and known["school_id"] in told
    ]
    assert len(pairs) == len(told) > 1
    for found, expected in pairs:
        assert found["numerator"] == expected["numerator"] > 0
        assert found["denominator"] == expected["denominator"]
    assert api["problems"] == whole["problems"]
