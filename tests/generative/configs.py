"""Configurations: what a region's `monitor.toml` may change about the week."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

COMPONENTS = (
    "teacher_activation",
    "student_activation",
    "parent_activation",
    "parent_engagement",
    "teacher_esia",
    "teacher_category",
    "account_activation",
    "timetable_filling",
    "lesson_planning",
    "journal_keeping",
    "timely_marks",
    "timely_homework",
)
REGIONS = ("Ёлкинская область", "Алтайский край")
ZONES = {"Europe/Moscow": 3, "Asia/Kamchatka": 12, "UTC+5": 5}
SOURCES = {"school": None, "UTC": 0, "Asia/Vladivostok": 10}

Config = dict[str, Any]

# Per cents that small fractions hit, miss by little, or cannot write exactly in binary.
_THRESHOLDS = st.dictionaries(
    st.sampled_from((*COMPONENTS, "school_activity")),
    st.sampled_from((0, 25, 33.3, 33.34, 50, 66.66, 66.67, 79.5, 100)),
    max_size=4,
)


def _one(*values: Any) -> st.SearchStrategy[Any]:
    """The default first: to that a failing example shrinks."""
    return st.sampled_from(values)


_CHANGED = st.fixed_dictionaries(
    {
        "timezone": _one("Europe/Moscow", "Asia/Kamchatka", "UTC+5"),
        "source_tz": _one("school", "school", "UTC", "Asia/Vladivostok"),
        "thresholds": _THRESHOLDS,
        "regions": st.dictionaries(
            st.sampled_from(REGIONS), st.fixed_dictionaries({"thresholds": _THRESHOLDS}), max_size=2
        ),
        "school_activity": st.fixed_dictionaries(
            {
                "components": st.lists(
                    st.sampled_from(COMPONENTS), min_size=1, max_size=5, unique=True
                )
            }
        ),
        "teacher_category": st.fixed_dictionaries(
            {"categories": _one(["высшая", "первая", "педагог-методист"], ["высшая"])}
        ),
        "timetable_filling": st.fixed_dictionaries(
            {"min_lessons": st.integers(1, 3), "count": _one("rows", "slots")}
        ),
        "journal_keeping": st.fixed_dictionaries({"late_counts": st.booleans()}),
        "timely_marks": st.fixed_dictionaries(
            {
                "deadline": _one("21:00", "19:30"),
                "deadline_two_shifts": _one("13:00", "08:00"),
                "two_shifts_from": _one(2, 3),
                "denominator": _one("all", "tracked"),
                "edits_count": _one(True, True, False),  # noqa: FBT003
                "work_types": _one(["Ответ на уроке", "Поведение"], ["Наизусть", "Поведение"]),
                "aliases": _one({}, {"Учёба": "Поведение"}),
            }
        ),
        "timely_homework": st.fixed_dictionaries(
            {
                "days_before": _one(7, 1),
                "deadline": _one("13:00", "09:30"),
                "denominator": _one("next_week", "reporting_week"),
                "homework_link": _one("due", "due", "given"),
                "recommended_hours": _one(3, 1),
                "lesson_minutes": _one(40, 45),
                "skip_parallels": _one([], [5], [5, 10], [7]),
            }
        ),
    }
)
_EASY = {
    "timetable_filling": {"min_lessons": 1},
    "thresholds": dict.fromkeys((*COMPONENTS, "school_activity"), 25),
}


def configs() -> st.SearchStrategy[Config]:
    """The defaults, what small dumps can reach, or any mixture of changes."""
    usual: list[Config] = [{}, {"timetable_filling": {"min_lessons": 2}}, _EASY]
    return st.one_of(st.sampled_from(usual), _CHANGED)


def toml(config: Config, path: tuple[str, ...] = ()) -> str:
    """`config` as the text of a `monitor.toml`."""
    plain = {key: value for key, value in config.items() if not isinstance(value, dict)}
    lines = [f"{_key(key)} = {_value(value)}" for key, value in plain.items()]
    for key, value in config.items():
        if isinstance(value, dict):
            name = (*path, key)
            lines += ["", f"[{'.'.join(_key(part) for part in name)}]", toml(value, name)]
    return "\n".join(lines)


def _key(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


def _value(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
