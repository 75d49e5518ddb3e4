"""The constants: `monitor.toml` with its defaults, and what each indicator reads."""

from __future__ import annotations

from copy import deepcopy
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tests.generative.reference import values

if TYPE_CHECKING:
    from datetime import tzinfo

Config = dict[str, Any]

# The table of `indicators.md`, in its order: key → block.
BLOCKS = {
    "teacher_activation": "users",
    "student_activation": "users",
    "parent_activation": "users",
    "parent_engagement": "users",
    "teacher_esia": "users",
    "teacher_category": "users",
    "account_activation": "users",
    "school_activity": "journal",
    "timetable_filling": "journal",
    "lesson_planning": "journal",
    "journal_keeping": "journal",
    "timely_marks": "journal",
    "timely_homework": "journal",
}
TITLES = {
    "teacher_activation": "Учителя: активация",
    "student_activation": "Ученики: активация",
    "parent_activation": "Родители: активация",
    "parent_engagement": "Вовлечённость родителей",
    "teacher_esia": "Учителя: авторизация через ЕСИА",
    "teacher_category": "Учителя: наличие категории",
    "account_activation": "Активация всех аккаунтов",
    "school_activity": "Активность школ",
    "timetable_filling": "Наполненность расписания",
    "lesson_planning": "Планирование уроков",
    "journal_keeping": "Ведение классных журналов",
    "timely_marks": "Своевременное выставление оценок",
    "timely_homework": "Своевременная выдача ДЗ",
}
# «Levels», the last column.
ALL = tuple(BLOCKS)
OF_CLASS = (
    "student_activation",
    "parent_activation",
    "parent_engagement",
    "timetable_filling",
    "lesson_planning",
    "journal_keeping",
    "timely_marks",
    "timely_homework",
)
OF_SUBJECT = ("lesson_planning", "journal_keeping", "timely_marks", "timely_homework")
INDICATORS_OF = {
    "region": ALL,
    "municipality": ALL,
    "school": ALL,
    "parallel": OF_CLASS,
    "class": OF_CLASS,
    "subject": OF_SUBJECT,
    "teacher": OF_SUBJECT,
}
# The tables an indicator cannot do without (`schools` and `classes` are always there).
READS = {
    "teacher_activation": ("staff",),
    "student_activation": ("students",),
    "parent_activation": ("parents",),
    "parent_engagement": ("students", "diary_views"),
    "teacher_esia": ("staff",),
    "teacher_category": ("staff",),
    "account_activation": ("staff", "students", "parents"),
    "timetable_filling": ("lessons",),
    "lesson_planning": ("lessons", "homework"),
    "journal_keeping": ("lessons", "marks", "attendance"),
    "timely_marks": ("lessons", "marks"),
    "timely_homework": ("lessons", "homework"),
}
_ACTIVATION = ("is_activated", "activated_at")
# The optional columns it decides by: all missing → not available, some → `partial_evidence`.
DECIDES_BY: dict[str, list[tuple[str, str]]] = {
    "teacher_activation": [("staff", column) for column in _ACTIVATION],
    "student_activation": [("students", column) for column in _ACTIVATION],
    "parent_activation": [("parents", column) for column in _ACTIVATION],
    "teacher_esia": [("staff", "has_esia_login"), ("staff", "esia_login_at")],
    "teacher_category": [("staff", "category")],
    "account_activation": [
        (table, column) for table in ("staff", "students", "parents") for column in _ACTIVATION
    ],
}
# «May lack»: a table it reads is evidence enough to compute it.
MAY_LACK = {
    "lesson_planning": [("lessons", "topic")],
    "journal_keeping": [("lessons", "comment"), ("lessons", "is_conducted")],
}

DEFAULTS: Config = {
    "timezone": "Europe/Moscow",
    "source_tz": "school",
    "defaults": {"region": "", "municipality": ""},
    "thresholds": {
        "teacher_activation": 80,
        "student_activation": 80,
        "parent_activation": 80,
        "parent_engagement": 80,
        "teacher_esia": 80,
        "teacher_category": 80,
        "account_activation": 80,
        "timetable_filling": 95,
        "lesson_planning": 100,
        "journal_keeping": 80,
        "timely_marks": 80,
        "timely_homework": 70,
        "school_activity": 100,
    },
    "regions": {},
    "school_activity": {
        "components": [
            "timetable_filling",
            "lesson_planning",
            "journal_keeping",
            "account_activation",
            "parent_engagement",
            "timely_marks",
        ]
    },
    "teacher_category": {
        "categories": ["высшая", "первая", "педагог-методист", "педагог-наставник"]
    },
    "timetable_filling": {"min_lessons": 8, "count": "rows"},
    "journal_keeping": {"late_counts": False},
    "timely_marks": {
        "deadline": "21:00",
        "deadline_two_shifts": "13:00",
        "two_shifts_from": 2,
        "denominator": "all",
        "edits_count": True,
        "work_types": ["Ответ на уроке", "Поведение", "Работа на уроке", "Наизусть"],
        "aliases": {},
    },
    "timely_homework": {
        "days_before": 7,
        "deadline": "13:00",
        "denominator": "next_week",
        "homework_link": "due",
        "recommended_hours": 3,
        "lesson_minutes": 40,
        "skip_parallels": [],
    },
}
_PUBLISHED = ("timetable_filling", "lesson_planning", "timely_homework", "school_activity")


def merged(config: Config | None) -> Config:
    """The defaults with what the region's `monitor.toml` says instead."""
    whole = deepcopy(DEFAULTS)
    for key, value in (config or {}).items():
        if isinstance(value, dict) and key != "regions":
            whole[key].update(value)
        else:
            whole[key] = value
    return whole


def placeholder(key: str, config: Config | None) -> bool:
    """«A key written here is no placeholder any more.»"""
    return key not in _PUBLISHED and key not in (config or {}).get("thresholds", {})


def threshold(key: str, rules: Config, region: str | None = None) -> Fraction:
    """The exact per cent to be reached, in one region or in general."""
    own = rules["regions"].get(region, {}).get("thresholds", {})
    return Fraction(str(own.get(key, rules["thresholds"][key])))


def source_zone(rules: Config) -> tzinfo | None:
    """What event times without an offset are written in; None: each school's own zone."""
    return None if rules["source_tz"] == "school" else values.zone(rules["source_tz"])
