"""The reference itself, against weeks counted by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.generative import reference

DAY = date(2026, 11, 18)
Cells = dict[str, str]


def dump(**tables: list[Cells]) -> dict[str, list[Cells]]:
    """One school, one class, and a lesson on Tuesday of the week and of the next one."""
    return {
        "schools": [{"school_id": "1", "school": "Школа №1", "municipality": "Северный"}],
        "classes": [{"class_id": "5", "school_id": "1", "class": "5А"}],
        "lessons": [lesson(), lesson(lesson_id="2", date="2026-11-24")],
    } | tables


def lesson(**cells: str) -> Cells:
    return {"lesson_id": "1", "class_id": "5", "subject": "Алгебра", "date": "2026-11-17"} | cells


def mark(created_at: str, **cells: str) -> Cells:
    one = {"lesson_id": "1", "student_id": "7", "work_type": "Ответ на уроке"}
    return {"mark_id": created_at, "created_at": created_at} | one | cells


def measure(
    key: str, tables: dict[str, list[Cells]], config: dict[str, Any] | None = None
) -> dict[str, Any]:
    """An indicator of the only school."""
    document = reference.week(tables, DAY, config=config)
    found: dict[str, Any] = document["rows"][0]["indicators"][key]
    return found


@pytest.mark.parametrize(
    ("created_at", "shifts", "judgement"),
    [
        ("2026-11-17 00:00:00", "1", "timely"),
        ("2026-11-17T20:59:59", "1", "timely"),
        ("17.11.2026 20:59:59", "1", "timely"),
        ("2026-11-17 20:59:59.9999999", "1", "timely"),
        ("2026-11-17 17:59:59Z", "1", "timely"),
        ("2026-11-17 21:00:00", "1", "late"),
        ("17.11.2026 21:00", "1", "late"),
        ("2026-11-17 18:00:00Z", "1", "late"),
        ("2026-11-17 23:00:00+05:00", "1", "late"),
        ("2026-11-17 21:00:00", "2", "timely"),
        ("2026-11-18 12:59:59", "2", "timely"),
        ("2026-11-18 13:00:00", "2", "late"),
        ("2026-11-16 23:59:59", "1", "early"),
        ("2026-11-16 00:00:00", "1", "early"),
        ("2026-11-15 23:59:59", "1", "before_week"),
        ("2026-11-22 23:59:59", "1", "late"),
        ("2026-11-23 00:00:00", "1", "after_week"),
        ("2026-11-17", "1", "no_time"),
    ],
)
def test_a_mark_is_judged_by_the_two_shift_rule(
    created_at: str, shifts: str, judgement: str
) -> None:
    tables = dump(marks=[mark(created_at), mark("2026-11-17 10:00:00", work_type="Диктант")])
    tables["schools"][0]["shifts"] = shifts
    found = measure("timely_marks", tables)
    considered = judgement in {"timely", "late", "early"}
    assert found["numerator"] == (judgement == "timely")
    assert found["denominator"] == 1 + considered
    assert found["tracked"] == considered
    assert found["ceiling"] == (50.0 if considered else 0.0)
    for extra in ("late", "early", "before_week", "after_week", "no_time"):
        assert found[extra] == (judgement == extra), extra


def test_an_edit_in_the_window_makes_a_mark_timely_unless_edits_do_not_count() -> None:
    tables = dump(marks=[mark("2026-11-19 10:00:00", updated_at="2026-11-17 10:00:00")])
    assert measure("timely_marks", tables)["numerator"] == 1
    without = measure("timely_marks", tables, {"timely_marks": {"edits_count": False}})
    assert (without["numerator"], without["late"]) == (0, 1)


@pytest.mark.parametrize("written", ["2026-11-17", "2026-11-17 00:00:00"])
def test_marks_without_any_hour_leave_the_indicator_not_available(written: str) -> None:
    document = reference.week(dump(marks=[mark(written)]), DAY)
    found = document["rows"][0]["indicators"]["timely_marks"]
    assert set(found.values()) == {None}
    assert "no_time_of_day" in document["warnings"]


@pytest.mark.parametrize(
    ("issued_at", "timely", "within"),
    [
        ("2026-11-09 23:59:59", 0, 0),
        ("2026-11-10 00:00:00", 1, 1),
        ("2026-11-17 12:15:00", 1, 1),
        ("2026-11-17 12:15:01", 1, 0),
        ("2026-11-18 12:59:59", 1, 0),
        ("2026-11-18 13:00:00", 0, 0),
    ],
)
def test_homework_for_the_next_lesson_is_judged_by_the_lesson_of_the_week(
    issued_at: str, timely: int, within: int
) -> None:
    tables = dump(
        lessons=[
            lesson(group=" А", ends_at="09:15"),
            lesson(lesson_id="2", date="2026-11-24", subject="АЛГЕБРА", group="а"),
            lesson(lesson_id="3", date="2026-11-25"),
        ],
        homework=[
            {"homework_id": "1", "lesson_id": "2", "issued_at": issued_at},
            {"homework_id": "2", "lesson_id": "3", "issued_at": "2026-11-17 10:00:00"},
        ],
    )
    found = measure("timely_homework", tables)
    assert (found["numerator"], found["denominator"]) == (timely, 2)
    assert (found["lessons"], found["next_week_lessons"]) == (1, 2)
    assert found["within_3h"] == within


def test_without_an_hour_of_the_lesson_nobody_knows_what_was_within_three_hours() -> None:
    tables = dump(
        homework=[{"homework_id": "1", "lesson_id": "2", "issued_at": "2026-11-17 10:00:00"}]
    )
    found = measure("timely_homework", tables)
    assert (found["value"], found["within_3h"]) == (100.0, None)


def test_a_parent_of_two_children_is_one_person_at_the_school_and_one_in_each_class() -> None:
    tables = dump(
        classes=[
            {"class_id": "5", "school_id": "1", "class": "5А"},
            {"class_id": "6", "school_id": "1", "class": "6А"},
        ],
        students=[
            {"person_id": "7", "school_id": "1", "class_id": "5", "active_to": ""},
            {"person_id": "8", "school_id": "1", "class_id": "6", "active_to": ""},
            {"person_id": "9", "school_id": "1", "class_id": "6", "active_to": "2026-11-21"},
        ],
        parents=[
            {"person_id": "a", "school_id": "1", "student_id": "7", "is_activated": "да"},
            {"person_id": "a", "school_id": "1", "student_id": "8", "is_activated": "нет"},
            {"person_id": "b", "school_id": "1", "student_id": "9", "is_activated": "да"},
            {"person_id": "c", "school_id": "1", "student_id": "404", "is_activated": "нет"},
            {"person_id": "d", "school_id": "1", "student_id": "", "is_activated": "✓"},
        ],
    )
    school = measure("parent_activation", tables)
    assert (school["numerator"], school["denominator"], school["not_activated"]) == (2, 3, 1)
    rows = reference.week(tables, DAY, level="class")["rows"]
    assert [row["class"] for row in rows] == ["5А", "6А"]
    assert [row["indicators"]["parent_activation"]["denominator"] for row in rows] == [1, 1]


def test_a_week_has_an_end_for_activation_and_for_diary_views() -> None:
    views = ("2026-11-15 23:59:59", "2026-11-16 00:00:00", "2026-11-22 23:59:59", "2026-11-23")
    tables = dump(
        students=[
            {
                "person_id": str(number),
                "school_id": "1",
                "class_id": "5",
                "activated_at": activated_at,
                "is_activated": "нет" if activated_at else "да",
            }
            for number, activated_at in enumerate(("", "2026-11-22 23:59:59", "2026-11-23", ""))
        ],
        diary_views=[
            {"student_id": str(number), "viewer_role": role, "viewed_at": viewed_at}
            for number, viewed_at in enumerate(views)
            for role in (("Сотрудник", "Родитель") if number else ("parent",))
        ],
    )
    activated = measure("student_activation", tables)
    assert (activated["numerator"], activated["denominator"]) == (3, 4)
    engaged = measure("parent_engagement", tables)
    assert (engaged["numerator"], engaged["denominator"]) == (2, 4)


def test_a_class_is_filled_by_eight_lessons_and_counts_where_it_is_active() -> None:
    eight = [lesson(lesson_id=str(number), is_cancelled="") for number in range(8)]
    tables = dump(
        classes=[
            {"class_id": "5", "school_id": "1", "class": "5А", "study_year": "2026/27"},
            {"class_id": "6", "school_id": "1", "class": "6А"},
            {"class_id": "7", "school_id": "1", "class": "7А", "study_year": "2025"},
            {"class_id": "8", "school_id": "1", "class": "8А", "status": "archive"},
        ],
        lessons=eight,
    )
    found = measure("timetable_filling", tables)
    assert (found["numerator"], found["denominator"], found["value"]) == (1, 2, 50.0)
    eight[0]["is_cancelled"] = "да"
    assert measure("timetable_filling", tables)["numerator"] == 0


def test_a_lesson_is_planned_and_kept_by_any_one_of_its_traces() -> None:
    lessons = [lesson(lesson_id=str(number), topic="", comment="") for number in range(6)]
    lessons[0]["topic"] = "Дроби"
    lessons[1]["topic"] = "\u00a0 "
    lessons[2]["comment"] = "Хорошо"
    tables = dump(
        lessons=lessons,
        homework=[
            {
                "homework_id": "1",
                "lesson_id": "3",
                "text": " ",
                "has_files": "да",
                "issued_at": "x",
            },
            {"homework_id": "1", "lesson_id": "4", "text": " ", "has_files": "", "issued_at": "-"},
        ],
        marks=[mark("2026-12-31", lesson_id="5")],
        attendance=[
            {"lesson_id": "3", "student_id": "7", "status": "О"},
            {"lesson_id": "4", "student_id": "7", "status": "Н"},
        ],
    )
    for row in tables["homework"]:
        row["issued_at"] = "2026-11-17 10:00:00"
    planned = measure("lesson_planning", tables)
    assert (planned["numerator"], planned["denominator"]) == (2, 6)
    assert measure("journal_keeping", tables)["numerator"] == 3
    late = measure("journal_keeping", tables, {"journal_keeping": {"late_counts": True}})
    assert late["numerator"] == 4


def test_a_school_is_active_when_all_components_that_have_a_value_are_reached() -> None:
    config = {
        "school_activity": {"components": ["lesson_planning", "timely_marks", "journal_keeping"]},
        "thresholds": {"lesson_planning": 50},
    }
    tables = dump(
        lessons=[lesson(topic="Дроби"), lesson(lesson_id="2", topic="")],
        marks=[],
        homework=[],
        attendance=[],
    )
    found = measure("school_activity", tables, config)
    assert (found["numerator"], found["denominator"], found["reached"]) == (1, 2, False)
    assert found["components"] == ["lesson_planning", "journal_keeping"]
    assert found["reached_components"] == ["lesson_planning"]
    totals = reference.week(tables, DAY, config=config)["totals"]["school_activity"]
    assert (totals["numerator"], totals["denominator"], totals["schools"]) == (0, 1, 1)


def test_change_is_the_difference_to_the_week_before() -> None:
    tables = dump(
        lessons=[
            lesson(topic="Дроби"),
            lesson(lesson_id="2", date="2026-11-16", topic=""),
            lesson(lesson_id="3", date="2026-11-15", topic=""),
        ],
        homework=[],
    )
    assert measure("lesson_planning", tables)["change"] == 50.0
    assert measure("timely_homework", tables)["change"] is None


def test_rows_are_set_aside_under_one_reason_each() -> None:
    tables = dump(
        marks=[
            mark("2026-11-17 10:00:00", mark_id="1"),
            mark("2026-11-17 10:00:00", mark_id="1"),
            mark("2026-11-17 10:00:00", mark_id="1", work_type="Тест"),
            mark("вчера", mark_id="2"),
            mark("", mark_id="3"),
            mark("2026-11-17 10:00:00", mark_id="4", lesson_id="404"),
        ]
    )
    document = reference.week(tables, DAY)
    assert document["problems"] == [
        {"table": "marks", "reason": "bad_timestamp", "rows": 1},
        {"table": "marks", "reason": "duplicate_key", "rows": 1},
        {"table": "marks", "reason": "missing_value", "rows": 1},
        {"table": "marks", "reason": "repeated", "rows": 1},
        {"table": "marks", "reason": "unknown_reference", "rows": 1},
    ]
    found = document["rows"][0]["indicators"]["timely_marks"]
    assert (found["numerator"], found["denominator"]) == (0, 1)


def test_a_week_that_is_not_covered_has_places_and_nothing_else() -> None:
    document = reference.week(dump(), date(2026, 12, 7))
    assert "not_covered" in document["warnings"]
    measures = document["rows"][0]["indicators"].values()
    assert {value for measure in measures for value in measure.values()} == {None}


def test_schools_stand_in_the_order_of_their_numbers() -> None:
    tables = dump(
        schools=[
            {"school_id": "1", "school": "Школа №10", "municipality": "Б", "region": "Я"},
            {"school_id": "2", "school": "школа №2", "municipality": "Б", "region": "Я"},
            {"school_id": "3", "school": "Школа №2", "municipality": "Б", "region": "Я"},
            {"school_id": "4", "school": "", "municipality": "А", "region": "Я"},
            {"school_id": "5", "school": "Ёлка", "municipality": "Я", "region": ""},
        ]
    )
    rows = reference.week(tables, DAY)["rows"]
    assert [row["school_id"] for row in rows] == ["5", "4", "2", "3", "1"]


def test_a_filter_keeps_what_bears_the_name_without_case_yo_and_quotes() -> None:
    tables = dump(
        schools=[
            {"school_id": "1", "school": "Лицей «Ёлка»", "municipality": "А"},
            {"school_id": "2", "school": "Школа", "municipality": "А"},
        ],
        homework=[],
    )
    document = reference.week(tables, DAY, schools=["лицей елка"], subjects=["алгебра"])
    assert [row["school_id"] for row in document["rows"]] == ["1"]
    assert list(document["totals"]) == [
        "lesson_planning",
        "journal_keeping",
        "timely_marks",
        "timely_homework",
    ]
    assert document["totals"]["lesson_planning"]["denominator"] == 1
