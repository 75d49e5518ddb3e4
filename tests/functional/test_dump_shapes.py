"""The same tables in other formats, parts, languages and kinds of id say the same."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from monitor_cli.columns import Table
from monitor_cli.dump.dump import ReadOptions, load
from tests.unit.dump.dumps import (
    ALL_COLUMNS,
    CLASSES,
    LESSONS,
    MARKS,
    MARKS_HEADER,
    SCHOOLS,
    STUDENTS,
    column,
    frame,
    loaded,
    marks,
    reasons,
    write,
)

if TYPE_CHECKING:
    from pathlib import Path

BIG = 2257077130866233197


def test_parquet_of_native_types_equals_csv(tmp_path: Path) -> None:
    staff = (
        "person_id,school_id,role,is_activated,activated_at,active_from,birth_year,category\n"
        f"{BIG},1,teacher,1,2026-11-16 20:59:59,2026-09-01,1980,высшая\n"
        "2,2,admin,0,,,,\n"
    )
    lessons = "lesson_id,class_id,subject,date,starts_at,number\n100,10,А,2026-11-16,08:30,3\n"
    written = loaded(tmp_path / "csv", {"staff.csv": staff, "lessons.csv": lessons})
    folder = write(tmp_path / "parquet", {})
    (folder / "lessons.csv").unlink()
    pl.DataFrame(
        {
            "person_id": [BIG, 2],
            "school_id": [1.0, 2.0],
            "role": pl.Series(["teacher", "admin"], dtype=pl.Categorical),
            "is_activated": [True, False],
            "activated_at": [datetime(2026, 11, 16, 20, 59, 59), None],
            "active_from": [date(2026, 9, 1), None],
            "birth_year": [1980.0, None],
            "category": ["высшая", None],
        }
    ).write_parquet(folder / "staff.parquet")
    pl.DataFrame(
        {
            "lesson_id": [100],
            "class_id": ["10"],
            "subject": ["А"],
            "date": [date(2026, 11, 16)],
            "starts_at": [datetime(2026, 11, 16, 8, 30)],
            "number": [3],
        }
    ).write_parquet(folder / "lessons.parquet")
    native = load(folder, ALL_COLUMNS, ReadOptions())
    for table in (Table.SCHOOLS, Table.CLASSES, Table.STAFF, Table.LESSONS):
        assert_frame_equal(frame(written, table), frame(native, table))
        assert written.tables[table].counts == native.tables[table].counts
        assert written.tables[table].columns == native.tables[table].columns


def test_parquet_of_text_equals_csv_with_all_its_faults(tmp_path: Path) -> None:
    rows = [
        "1,100,7,Поведение,2026-11-16 20:59:59",
        "1,100,7,Поведение,2026-11-16 20:59:59",
        "2,100,7,Поведение,вчера",
        "3,999,7,Поведение,16.11.2026",
        ",100,7,Поведение,16.11.2026",
        "4,200,8,,2026-11-16T20:59:59+03:00",
    ]
    written = loaded(tmp_path / "csv", {"marks.csv": marks(rows)})
    folder = write(tmp_path / "parquet", {})
    pl.DataFrame(
        [row.split(",") for row in rows], schema=MARKS_HEADER.split(","), orient="row"
    ).write_parquet(folder / "marks.parquet")
    native = load(folder, ALL_COLUMNS, ReadOptions())
    assert_frame_equal(frame(written, Table.MARKS), frame(native, Table.MARKS))
    assert written.problems == native.problems


def test_russian_files_headers_and_values(tmp_path: Path) -> None:
    folder = tmp_path / "выгрузка"
    files = {
        "Школы.csv": "\ufeffID школы;Образовательная организация;МОУО;Часовой пояс;"
        "Количество смен\r\n"
        "1;Школа №1;Озёрный;МСК;2\r\n",
        "классы.csv": "ID класса\tКОД_ОО\tКласс\tУчебный год\tСтатус\n"
        "10\t1\t5Б\t2026/27\tАктивный\n",
        "Уроки.csv": "ID урока;ID класса;Предмет;Дата урока;Начало;Урок проведён:;Отменен\n"
        "100;10;Алгебра;16.11.2026;8:30;да;нет\n",
        "Оценки.csv": '"ID оценки";"ID урока";"ID ученика";"Вид работы";"Дата выставления"\n'
        '"1";"100";"7";"Работа на уроке; устно";"16.11.2026 9:05"\n',
        "Посещаемость.csv": "ID урока,ID ученика,Посещаемость\n100,7,Н\n",
        "Домашние задания.csv": "ID ДЗ,Урок,Домашнее задание,Дата выдачи\n"
        "1,100,§ 5,16.11.2026 13:00\n",
        "Просмотры дневника.csv": "ID ученика,Роль,Дата просмотра\n7,Родитель,2026-11-16\n",
        "Ученики.csv": "ID ученика,ID школы,ID класса,ФИО,Активирован\n7,1,10,Ученик,✓\n",
    }
    for name, content in files.items():
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(content.encode())
    dump = load(folder, ALL_COLUMNS, ReadOptions())
    assert (dump.problems, dump.warnings) == ((), ())
    assert frame(dump, Table.SCHOOLS).row(0) == (1, "Школа №1", "Озёрный", None, 2, "МСК")
    assert frame(dump, Table.CLASSES).row(0) == (10, 1, "5Б", 5, 2026, "active", None)
    lesson = frame(dump, Table.LESSONS).row(0, named=True)
    assert (lesson["date"], lesson["is_conducted"], lesson["is_cancelled"]) == (
        date(2026, 11, 16),
        True,
        False,
    )
    assert column(dump, Table.MARKS, "created_at") == [datetime(2026, 11, 16, 9, 5)]
    assert column(dump, Table.MARKS, "work_type") == ["Работа на уроке; устно"]
    assert column(dump, Table.ATTENDANCE, "status") == ["absent"]
    assert column(dump, Table.HOMEWORK, "text") == ["§ 5"]
    assert column(dump, Table.DIARY_VIEWS, "viewer_role") == ["parent"]
    assert column(dump, Table.STUDENTS, "is_activated") == [True]


def test_the_config_adds_headers(tmp_path: Path) -> None:
    text = MARKS.replace("created_at", "Когда поставили")
    options = ReadOptions(columns={"marks": {"Когда поставили": "created_at"}})
    dump = loaded(tmp_path, {"marks.csv": text}, options)
    assert column(dump, Table.MARKS, "created_at") == [datetime(2026, 11, 16, 20, 59, 59)]


def test_ids_of_nineteen_digits_are_exact(tmp_path: Path) -> None:
    lessons = LESSONS.replace("100,", f"{BIG},")
    rows = [f"1,{BIG},7,а,2026-11-16", f"2,{BIG + 1},7,а,2026-11-16"]
    dump = loaded(tmp_path, {"lessons.csv": lessons, "marks.csv": marks(rows)})
    assert column(dump, Table.MARKS, "lesson_id") == [BIG]
    assert reasons(dump, Table.MARKS) == {"unknown_reference": 1}
    assert frame(dump, Table.MARKS).schema["lesson_id"] == pl.Int64


def test_text_ids_make_ids_of_their_kind_text_everywhere(tmp_path: Path) -> None:
    lessons = LESSONS + "a-300,10,Химия,2026-11-16\n"
    rows = ["1,100,7,а,2026-11-16", "2,a-300,7,а,2026-11-16", "3,0100,7,а,2026-11-16"]
    dump = loaded(tmp_path, {"lessons.csv": lessons, "marks.csv": marks(rows)})
    assert column(dump, Table.MARKS, "lesson_id") == ["100", "a-300"]
    assert column(dump, Table.LESSONS, "lesson_id") == ["100", "200", "a-300"]
    assert column(dump, Table.MARKS, "mark_id") == [1, 2]
    assert column(dump, Table.LESSONS, "class_id") == [10, 20, 10]


def test_leading_zeros_make_another_id(tmp_path: Path) -> None:
    students = STUDENTS + "007,1,10\n"
    rows = ["1,100,7,а,2026-11-16", "2,100,007,а,2026-11-16", "3,100,07,а,2026-11-16"]
    dump = loaded(tmp_path, {"students.csv": students, "marks.csv": marks(rows)})
    assert column(dump, Table.MARKS, "student_id") == ["7", "007", "07"]
    (notice,) = dump.warnings
    assert notice.message.en.startswith("marks.student_id: 1 rows")


def test_parts_of_other_formats_orders_columns_and_ids_are_one_table(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        {
            "marks-1.csv": MARKS,
            "school-2/marks.csv": "created_at;updated_at;work_type;student_id;lesson_id;mark_id\n"
            "16.11.2026;2026-11-17T10:00:00Z;а;8;200;m2\n",
        },
    )
    pl.DataFrame(
        {
            "lesson_id": [100],
            "mark_id": [3],
            "student_id": [7],
            "work_type": ["б"],
            "created_at": [date(2026, 11, 16)],
            "value": [5],
        }
    ).write_parquet(folder / "marks-2.parquet")
    dump = load(folder, ALL_COLUMNS, ReadOptions())
    table = frame(dump, Table.MARKS)
    assert table["mark_id"].to_list() == ["1", "3", "m2"]
    assert table["value"].to_list() == [None, "5", None]
    assert table["updated_at"].to_list() == [None, None, datetime(2026, 11, 17, 15)]
    assert {"value", "updated_at"} <= dump.tables[Table.MARKS].columns
    assert dump.problems == ()


def test_a_hive_level_is_a_column_of_its_files(tmp_path: Path) -> None:
    folder = write(
        tmp_path, {"classes/school_id=1/a.csv": "class_id,class\n10,5А\n", "lessons.csv": LESSONS}
    )
    (folder / "classes.csv").unlink()
    (folder / "classes/school_id=2").mkdir()
    (folder / "classes/school_id=2/a.csv").write_text("class_id,class\n20,10Б\n")
    dump = load(folder, ALL_COLUMNS, ReadOptions())
    assert column(dump, Table.CLASSES, "school_id") == [1, 2]
    assert dump.problems == ()


def test_schools_in_folders_of_their_own(tmp_path: Path) -> None:
    schools, classes = SCHOOLS.splitlines(), CLASSES.splitlines()
    for n in (1, 2):
        (tmp_path / f"school-{n}").mkdir()
        for name, text in (
            ("schools.csv", f"{schools[0]}\n{schools[n]}\n"),
            ("classes.csv", f"{classes[0]}\n{classes[n]}\n"),
        ):
            (tmp_path / f"school-{n}" / name).write_text(text)
    (tmp_path / "lessons.csv").write_text(LESSONS)
    dump = load(tmp_path, ALL_COLUMNS, ReadOptions())
    assert column(dump, Table.SCHOOLS, "school_id") == [1, 2]
    assert column(dump, Table.LESSONS, "school_id") == [1, 2]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_quotes_in_one_file_say_nothing_of_another(
    tmp_path: Path, separator: str, bom: str
) -> None:
    quoted = f'{MARKS_HEADER}\n1,100,7,"а{separator}\nб",2026-11-16\n'
    plain = marks(["2,100,7,а,2026-11-16", "3,100,7", "4,100,7,б,2026-11-16"])
    text = [
        bom + quoted.replace(",", separator).replace(f"а{separator}", f"а{separator}"),
        plain.replace(",", separator),
    ]
    dump = loaded(tmp_path, {"marks-1.csv": text[0], "marks-2.csv": text[1]})
    assert column(dump, Table.MARKS, "mark_id") == [1, 2, 4]
    assert column(dump, Table.MARKS, "work_type")[0] == f"а{separator}\nб"
    assert reasons(dump, Table.MARKS) == {"ragged_line": 1}


def test_windows_1251_is_recognised(tmp_path: Path) -> None:
    text = (
        "Код ОО;Наименование ОО;Муниципалитет\n1;Гимназия имени Пушкина;Озёрный\n2;Лицей;Лесной\n"
    )
    dump = loaded(tmp_path, {"schools.csv": text.encode("cp1251")})
    assert column(dump, Table.SCHOOLS, "municipality") == ["Озёрный", "Лесной"]
