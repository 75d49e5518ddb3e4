"""Faults in rows: each row is used, repeated or set aside under one reason, and all are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor_cli.columns import Table
from monitor_cli.dump.dump import ReadOptions
from tests.unit.dump.dumps import (
    ALL_COLUMNS,
    CLASSES,
    LESSONS,
    MARKS_HEADER,
    STUDENTS,
    column,
    frame,
    loaded,
    marks,
    reasons,
)

if TYPE_CHECKING:
    from pathlib import Path

GOOD = "1,100,7,Поведение,2026-11-16 10:00:00"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2,100,7,Поведение", "ragged_line"),
        ("2,100,7,Поведение,2026-11-16,", "ragged_line"),
        (",100,7,Поведение,2026-11-16", "missing_value"),
        ("2,-,7,Поведение,вчера", "missing_value"),
        ("2,100,7,Поведение,н/д", "missing_value"),
        ("2,100,7,Поведение,вчера", "bad_timestamp"),
        ("2,100,7,Поведение,46342", "bad_timestamp"),
        ("2,999,7,Поведение,вчера", "bad_timestamp"),
        ("2,999,7,Поведение,2026-11-16", "unknown_reference"),
        (GOOD, "repeated"),
        (GOOD.replace(",7,", ", 7 ,"), "repeated"),
        (GOOD.replace("Поведение", "Наизусть"), "duplicate_key"),
        (",,,,", "missing_value"),
    ],
)
@pytest.mark.parametrize("quoted", [False, True], ids=["plain", "quoted"])
def test_a_faulty_mark_stands_under_one_reason(
    tmp_path: Path, row: str, reason: str, quoted: bool
) -> None:
    rows = [GOOD, row, "3,200,8,Ответ на уроке,16.11.2026 9:00"]
    if quoted:
        rows[2] = rows[2].replace("Ответ на уроке", '"Ответ на уроке"')
    dump = loaded(tmp_path, {"marks.csv": marks(rows)})
    assert reasons(dump, Table.MARKS) == {reason: 1}
    counts = dump.tables[Table.MARKS].counts
    assert (counts.read, counts.used) == (3, 2)
    assert (counts.repeated, counts.set_aside) == ((1, 0) if reason == "repeated" else (0, 1))


def test_empty_text_and_empty_foreign_ids_are_no_faults(tmp_path: Path) -> None:
    dump = loaded(
        tmp_path,
        {
            "marks.csv": marks(["1,100,,,2026-11-16"]),
            "students.csv": STUDENTS,
            "parents.csv": "person_id,school_id,student_id\n70,1,\n71,1,7\n",
            "schools.csv": "school_id,municipality\n1,\n2,Лесной\n",
            "lessons.csv": LESSONS + "300,10,,2026-11-16\n",
        },
    )
    assert dump.problems == ()
    assert frame(dump, Table.MARKS).select("student_id", "work_type").row(0) == (None, None)
    assert column(dump, Table.LESSONS, "subject") == ["Алгебра", "Физика", None]
    assert column(dump, Table.SCHOOLS, "municipality") == [None, "Лесной"]


def test_of_rows_with_one_key_the_last_stands(tmp_path: Path) -> None:
    files = {
        "marks-1.csv": marks(["1,100,7,а,2026-11-16", "2,100,7,а,2026-11-16"]),
        "marks-2.csv": marks(["2,100,7,в,2026-11-16", "1,100,7,б,2026-11-16"]),
    }
    dump = loaded(tmp_path, files)
    used = {row["mark_id"]: row["work_type"] for row in frame(dump, Table.MARKS).to_dicts()}
    assert used == {1: "б", 2: "в"}
    assert reasons(dump, Table.MARKS) == {"duplicate_key": 2}


def test_a_repetition_is_equal_in_columns_that_nobody_asked_for(tmp_path: Path) -> None:
    rows = ["1,100,7,а,2026-11-16,5", "1,100,7,а,2026-11-16,4", "1,100,7,а,2026-11-16, 4 "]
    text = "\n".join((MARKS_HEADER + ",value", *rows, ""))
    wanted = {**ALL_COLUMNS, Table.MARKS: frozenset({"lesson_id"})}
    dump = loaded(tmp_path, {"marks.csv": text}, wanted=wanted)
    assert reasons(dump, Table.MARKS) == {"repeated": 1, "duplicate_key": 1}
    assert frame(dump, Table.MARKS).columns == ["lesson_id", "lesson_at"]


def test_an_empty_part_of_a_key_equals_an_empty_one(tmp_path: Path) -> None:
    students = "person_id,school_id,class_id\n" + "".join(f"{n},1,10\n" for n in range(200))
    dump = loaded(tmp_path, {"students.csv": students + "900,1,\n900,1,-\n"})
    assert reasons(dump, Table.STUDENTS) == {"repeated": 1}


def test_views_without_a_key_are_told_apart_by_all_columns(tmp_path: Path) -> None:
    views = "student_id,viewer_role,viewed_at\n7,Родитель,2026-11-16 10:00\n"
    dump = loaded(
        tmp_path,
        {
            "students.csv": STUDENTS,
            "diary_views.csv": views
            + "7,parent,16.11.2026 10:00:00\n7,Ученик,2026-11-16 10:00\n7,x,2026-11-16 10:00\n"
            + "77,Ученик,2026-11-16 10:00\n",
        },
    )
    assert reasons(dump, Table.DIARY_VIEWS) == {
        "bad_value": 1,
        "repeated": 1,
        "unknown_reference": 1,
    }
    assert dump.tables[Table.DIARY_VIEWS].counts.used == 2


def test_a_fault_carries_on_to_the_rows_that_hang_on_it(tmp_path: Path) -> None:
    dump = loaded(
        tmp_path,
        {
            "classes.csv": CLASSES + "30,3,7А\n",
            "lessons.csv": LESSONS + "300,30,Химия,2026-11-16\n400,10,Химия,46342\n",
            "marks.csv": marks(["1,300,7,а,2026-11-16", "2,400,7,а,2026-11-16"]),
            "homework.csv": "homework_id,lesson_id,issued_at\n1,300,2026-11-16\n2,100,2026-11-16\n",
            "attendance.csv": "lesson_id,student_id,status\n300,7,Н\n100,7,Н\n",
        },
    )
    assert dump.problems == (
        ("classes", "unknown_reference", 1),
        ("lessons", "bad_date", 1),
        ("lessons", "unknown_reference", 1),
        ("marks", "unknown_reference", 2),
        ("attendance", "unknown_reference", 1),
        ("homework", "unknown_reference", 1),
    )


def test_references_that_only_warn(tmp_path: Path) -> None:
    dump = loaded(
        tmp_path,
        {
            "students.csv": STUDENTS + "10,1,20\n11,1,99\n",
            "staff.csv": "person_id,school_id,role\n50,1,Учитель\n51,1,педагог-психолог\n",
            "lessons.csv": "lesson_id,class_id,subject,date,teacher_id\n100,10,А,2026-11-16,50\n"
            "200,20,А,2026-11-16,59\n300,20,А,2026-11-16,\n",
            "marks.csv": marks(["1,100,7,а,2026-11-16", "2,100,777,а,2026-11-16"]),
            "parents.csv": "person_id,school_id,student_id\n70,1,7\n71,1,777\n",
        },
    )
    assert dump.problems == ()
    said = [(notice.code, notice.message.en.split(":")[0]) for notice in dump.warnings]
    assert said == [
        ("unknown_role", "staff.role"),
        ("unknown_reference", "students.class_id"),
        ("unknown_reference", "students.class_id"),
        ("unknown_reference", "parents.student_id"),
        ("unknown_reference", "lessons.teacher_id"),
        ("unknown_reference", "marks.student_id"),
    ]
    of_classes = [notice.message.ru for notice in dump.warnings[1:3]]
    assert of_classes[0].startswith("students.class_id: в 1 строке указан класс другой школы;")
    assert of_classes[1].endswith("в 1 строке указано то, чего нет в таблице classes")
    assert column(dump, Table.STUDENTS, "class_id")[-2:] == [None, None]
    assert column(dump, Table.PARENTS, "student_id") == [7, 777]
    assert column(dump, Table.LESSONS, "teacher_id") == [50, 59, None]
    assert column(dump, Table.STAFF, "role") == ["teacher", "other"]


def test_a_reference_to_a_table_that_is_not_read_is_not_checked(tmp_path: Path) -> None:
    files = {
        "marks.csv": marks(["1,100,777,а,2026-11-16"]),
        "diary_views.csv": "student_id,viewer_role,viewed_at\n777,parent,2026-11-16\n",
    }
    dump = loaded(tmp_path, files)
    assert (dump.problems, dump.warnings) == ((), ())
    wanted = dict(ALL_COLUMNS)
    del wanted[Table.STUDENTS]
    dump = loaded(tmp_path, {**files, "students.csv": STUDENTS}, wanted=wanted)
    assert (dump.problems, dump.warnings) == ((), ())
    assert Table.STUDENTS not in dump.tables


def test_copies_are_named_in_a_warning(tmp_path: Path) -> None:
    dump = loaded(tmp_path, {"marks (1).csv": "x", "old/lessons.csv": LESSONS})
    (notice,) = dump.warnings
    assert notice.code == "not_read"
    assert "marks (1).csv, old/" in notice.message.ru


def test_staff_without_roles_are_teachers(tmp_path: Path) -> None:
    dump = loaded(tmp_path, {"staff.csv": "person_id,school_id\n50,1\n"})
    assert column(dump, Table.STAFF, "role") == ["teacher"]
    assert "role" not in dump.tables[Table.STAFF].columns
    dump = loaded(tmp_path, {"staff.csv": "person_id,school_id,role\n50,1,\n51,1,Администратор\n"})
    assert column(dump, Table.STAFF, "role") == ["teacher", "admin"]


def test_the_parallel_comes_from_the_column_or_the_front_of_the_name(tmp_path: Path) -> None:
    classes = "class_id,school_id,class,parallel\n10,1,5А,\n20,2,10Б,11\n21,2,Кадеты,\n22,2,7А,12\n"
    dump = loaded(tmp_path, {"classes.csv": classes})
    assert column(dump, Table.CLASSES, "parallel") == [5, 11, None, 7]
    assert column(loaded(tmp_path, {"classes.csv": CLASSES}), Table.CLASSES, "parallel") == [5, 10]


def test_lessons_have_the_school_of_their_class(tmp_path: Path) -> None:
    assert column(loaded(tmp_path), Table.LESSONS, "school_id") == [1, 2]


def test_absent_columns_are_null_and_not_among_the_dumps_columns(tmp_path: Path) -> None:
    dump = loaded(tmp_path, {"marks.csv": marks([GOOD])})
    read = dump.tables[Table.MARKS]
    assert "updated_at" not in read.columns
    assert {"mark_id", "created_at"} <= read.columns
    assert column(dump, Table.MARKS, "updated_at") == [None]
    assert column(dump, Table.MARKS, "updated_at_has_time") == [None]
    assert Table.HOMEWORK not in dump.tables


def test_empty_tables_are_data(tmp_path: Path) -> None:
    dump = loaded(tmp_path, {"marks.csv": MARKS_HEADER, "students.csv": STUDENTS.split("\n")[0]})
    for table in (Table.MARKS, Table.STUDENTS):
        assert dump.tables[table].counts.read == 0
        assert frame(dump, table).height == 0
    assert dump.tables[Table.MARKS].midnight == frozenset()


def test_the_config_names_places_that_the_dump_does_not(tmp_path: Path) -> None:
    schools = "school_id,municipality\n1,\n2,Лесной\n"
    options = ReadOptions(region="Область", municipality="Озёрный")
    dump = loaded(tmp_path, {"schools.csv": schools}, options)
    assert column(dump, Table.SCHOOLS, "region") == ["Область", "Область"]
    assert column(dump, Table.SCHOOLS, "municipality") == ["Озёрный", "Лесной"]
    assert dump.tables[Table.SCHOOLS].columns == {"school_id", "municipality"}


ids = st.sampled_from(["1", "2", "100", "200", "999", "-", "", "007", "x"])
stamps = st.sampled_from(["2026-11-16 20:59:59", "16.11.2026", "", "вчера", "2026-11-16T10:00:00Z"])
words = st.sampled_from(["Поведение", '"а, ""б"""', '"а\nб"', '"x"y', " "])
any_rows = st.lists(
    st.one_of(
        st.tuples(ids, ids, ids, words, stamps).map(",".join),
        st.sampled_from(["", "   ", ",,,,", "1,2", GOOD, GOOD + ",,", "\ufeff", "1,100,7,\r,x"]),
    ),
    max_size=12,
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None
)
@given(rows=any_rows, more=any_rows)
def test_used_and_repeated_and_set_aside_are_all_rows(
    tmp_path: Path, rows: list[str], more: list[str]
) -> None:
    dump = loaded(tmp_path, {"marks-1.csv": marks(rows), "marks-2.csv": marks(more)})
    counts = dump.tables[Table.MARKS].counts
    assert counts.used + counts.repeated + counts.set_aside == counts.read
    assert frame(dump, Table.MARKS).height == counts.used
    told = reasons(dump, Table.MARKS)
    assert told.get("repeated", 0) == counts.repeated
    assert sum(told.values()) == counts.repeated + counts.set_aside
    key = frame(dump, Table.MARKS).select("lesson_id", "mark_id")
    assert key.is_unique().all()
