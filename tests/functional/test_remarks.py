"""What `validate` says of a dump that can be read: coverage, times, names."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from monitor_cli.checks.validate import validate
from monitor_cli.settings import Settings
from monitor_cli.settings.model import TimelyHomework
from tests.unit.dump.books import sheet, text_cell, xlsx
from tests.unit.dump.dumps import CLASSES, LESSONS, MARKS_HEADER, SCHOOLS, STUDENTS, marks, write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from monitor_cli.verdict import Remark, Validation

NOW = datetime.fromisoformat("2026-11-23T09:00:00+03:00")
GOOD = "1,100,7,Поведение,2026-11-16 10:00:00"


def looked_at(
    folder: Path,
    files: Mapping[str, str | bytes],
    now: datetime = NOW,
    settings: Settings | None = None,
) -> Validation:
    return validate(write(folder, files), settings or Settings(), now)


def remarks(found: Validation, code: str) -> list[Remark]:
    return [one for one in found.remarks if one.code == code]


def codes(found: Validation) -> set[str]:
    return {one.code for one in found.remarks}


def test_weeks_are_counted_with_their_cancelled_lessons(tmp_path: Path) -> None:
    lessons = (
        "lesson_id,class_id,subject,date,is_cancelled\n"
        "1,10,Физика,2026-11-15,\n2,10,Физика,2026-11-16,1\n3,20,Физика,2026-11-22,0\n"
    )
    found = looked_at(tmp_path, {"lessons.csv": lessons})
    assert [(one.week.iso, *one[1:]) for one in found.weeks] == [
        ("2026-W46", 1, 0, 1),
        ("2026-W47", 2, 1, 2),
    ]


@pytest.mark.parametrize(
    ("now", "code"),
    [
        ("2026-11-23T00:00:00+03:00", "no_next_week"),
        ("2026-11-22T23:59:59+03:00", "not_covered"),
        ("2026-11-30T00:00:00+03:00", "not_covered"),
    ],
)
def test_the_last_completed_week_is_the_one_that_is_wanted(
    tmp_path: Path, now: str, code: str
) -> None:
    homework = "homework_id,lesson_id,issued_at\n1,100,2026-11-15 10:00\n"
    found = looked_at(tmp_path, {"homework.csv": homework}, datetime.fromisoformat(now))
    assert codes(found) & {"no_next_week", "not_covered"} == {code}


def test_missing_tables_and_columns_are_said_with_what_they_cost(tmp_path: Path) -> None:
    found = looked_at(tmp_path, {"staff.csv": "person_id,school_id\n5,1\n6,2\n"})
    assert any("marks" in one.message.ru for one in remarks(found, "missing_table"))
    assert {"missing_table", "missing_column"} <= codes(found)


def test_schools_without_rows_are_named_by_tables(tmp_path: Path) -> None:
    files = {
        "schools.csv": "school_id,municipality,school\n1,Озёрный,Первая\n2,Лесной,Вторая\n3,Л,\n",
        "marks.csv": marks([GOOD]),
    }
    here, nowhere = remarks(looked_at(tmp_path, files), "no_rows")
    assert (nowhere.examples, nowhere.table) == (("Вторая",), "marks")
    assert here.examples == ("3",)
    assert "classes, lessons, marks" in here.message.en


def test_active_classes_without_lessons_are_named(tmp_path: Path) -> None:
    classes = (
        "class_id,school_id,class,status,study_year\n10,1,5А,,\n20,2,10Б,,\n"
        "30,1,6А,active,2026/27\n40,1,7А,archive,2026/27\n50,1,8А,active,2025/26\n"
    )
    (found,) = remarks(looked_at(tmp_path, {"classes.csv": classes}), "no_lessons")
    assert (found.amount, found.examples) == (1, ("6А (1)",))


@pytest.mark.parametrize(
    ("created", "late"),
    [
        # Noon in Moscow is two in the afternoon in Yekaterinburg, where the second school is.
        ("1,100,7,Поведение,2026-11-23 09:00:01", 1),
        ("1,100,7,Поведение,2026-11-23 09:00:00", 0),
        ("1,200,8,Поведение,2026-11-23 11:00:01", 1),
        ("1,200,8,Поведение,2026-11-23 11:00:00", 0),
        ("1,100,7,Поведение,2026-11-23T07:00:01+01:00", 1),
        ("1,100,7,Поведение,2026-11-23T07:00:00+01:00", 0),
    ],
)
def test_a_time_to_come_is_judged_by_the_clock_of_the_school(
    tmp_path: Path, created: str, late: int
) -> None:
    found = remarks(looked_at(tmp_path, {"marks.csv": marks([created])}), "future")
    assert sum(one.amount for one in found) == late


def test_times_of_people_and_of_views_are_judged_too(tmp_path: Path) -> None:
    files = {
        "students.csv": STUDENTS.replace("class_id", "class_id,activated_at")
        .replace("7,1,10", "7,1,10,2027-01-01 10:00")
        .replace("8,2,20", "8,2,20,")
        .replace("9,1,", "9,1,,")
        .replace("9,2,20", "9,2,20,"),
        "diary_views.csv": "student_id,viewer_role,viewed_at\n7,parent,2027-01-01 10:00\n",
    }
    found = remarks(looked_at(tmp_path, files), "future")
    assert [(one.table, one.amount) for one in found] == [("students", 1), ("diary_views", 1)]


def entered(hours: Mapping[int, int], lesson: int) -> list[str]:
    """Marks of a lesson, so many in each hour."""
    return [
        f"{lesson}{hour:02d}{n},{lesson},7,Поведение,2026-11-17 {hour:02d}:{n % 60:02d}:01"
        for hour, count in hours.items()
        for n in range(count)
    ]


def test_a_school_whose_entries_fall_into_the_night_is_named(tmp_path: Path) -> None:
    usual = dict.fromkeys(range(8, 22), 10)
    moved = {hour - 7: count for hour, count in usual.items()}
    rows = [*entered(usual, 100), *entered(moved, 200)]
    found = looked_at(tmp_path, {"marks.csv": marks(rows)})
    (one,) = remarks(found, "night_hours")
    assert (one.examples, one.amount) == (("2",), 1)
    assert "-7 ч" in one.message.ru
    (hours,) = found.hours
    assert (hours.table, hours.column) == ("marks", "created_at")
    assert sum(hours.entries) == 280
    assert hours.entries[1] == 10
    assert hours.entries[10] == 20


def test_midnight_to_the_second_is_no_entry_at_night(tmp_path: Path) -> None:
    usual = entered(dict.fromkeys(range(8, 22), 10), 100)
    midnight = [f"9{n},100,7,Поведение,2026-11-17 00:00:00" for n in range(100)]
    found = looked_at(tmp_path, {"marks.csv": marks([*usual, *midnight])})
    assert not remarks(found, "night_hours")


def test_marks_on_cancelled_lessons_are_counted(tmp_path: Path) -> None:
    lessons = LESSONS.replace("date", "date,is_cancelled").replace("16\n", "16,1\n")
    lessons = lessons.replace("17.11.2026", "17.11.2026,0")
    rows = [GOOD, "2,200,8,Поведение,2026-11-17 10:00:00", GOOD.replace("1,", "3,", 1)]
    (found,) = remarks(
        looked_at(tmp_path, {"lessons.csv": lessons, "marks.csv": marks(rows)}), "cancelled_marks"
    )
    assert (found.amount, found.examples) == (2, ("1",))


def test_work_types_and_subjects_much_like_others_are_told(tmp_path: Path) -> None:
    files = {
        "lessons.csv": LESSONS + "300,10,алгебра,2026-11-18\n",
        "marks.csv": marks([GOOD, GOOD.replace("1,", "2,", 1).replace("Поведение", "Ответ")]),
    }
    found = looked_at(tmp_path, files)
    (work,) = remarks(found, "near_work_type")
    assert (work.examples, work.amount) == (("Ответ",), 1)
    assert "«Ответ на уроке»" in work.message.ru
    (subject,) = remarks(found, "alike_subjects")
    assert subject.examples == ("Алгебра", "алгебра")


def test_first_classes_are_told_unless_they_are_left_out(tmp_path: Path) -> None:
    files = {
        "classes.csv": CLASSES.replace("5А", "1А"),
        "homework.csv": "homework_id,lesson_id,issued_at\n1,100,2026-11-15 10:00\n",
    }
    (found,) = remarks(looked_at(tmp_path, files), "first_parallels")
    assert found.amount == 1
    without = Settings(timely_homework=TimelyHomework(skip_parallels=(1,)))
    assert not remarks(looked_at(tmp_path, files, settings=without), "first_parallels")


def test_headers_and_files_that_were_not_read_are_named(tmp_path: Path) -> None:
    lessons = sheet([[text_cell(name) for name in LESSONS.split("\n")[0].split(",")]])
    files: dict[str, str | bytes] = {
        "marks.csv": f"{MARKS_HEADER},Цвет\n{GOOD},синий\n",
        "marks (1).csv": marks([GOOD]),
        "Отчёт.csv": "a\n",
        "Книга.xlsx": xlsx(
            {"Уроки 2": lessons, "Лист5": lessons, "Черновик": lessons}, hidden=["Черновик"]
        ),
        "README.md": "a\n",
    }
    found = looked_at(tmp_path, files)
    assert {
        one.code: one.examples
        for one in found.remarks
        if one.code
        not in {"missing_table", "missing_column", "partial_evidence", "no_rows", "no_next_week"}
    } == {
        "unknown_header": ("Цвет",),
        "not_read": ("marks (1).csv",),
        "unknown_file": ("Книга.xlsx: Лист5", "Отчёт.csv"),
    }


def test_ids_of_text_are_looked_up_as_well(tmp_path: Path) -> None:
    files = {
        "schools.csv": SCHOOLS.replace("\n1,", "\nа-1,"),
        "classes.csv": CLASSES.replace(",1,", ",а-1,"),
        "marks.csv": marks([GOOD]),
    }
    (found,) = remarks(looked_at(tmp_path, files), "no_rows")
    assert found.examples == ("2",)
