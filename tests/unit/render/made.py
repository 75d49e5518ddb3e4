"""A hand-made result with everything that is awkward to show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

from monitor_cli.clock import Week
from monitor_cli.language import words
from monitor_cli.levels import Level
from monitor_cli.result import (
    Block,
    ChangedSide,
    ExtraKind,
    Measure,
    Notice,
    Problem,
    Row,
    Shown,
    WeekResult,
)

WEEK = Week(date(2026, 11, 16))
TIMELY_EXTRAS: dict[str, float] = {
    "tracked": 5,
    "ceiling": 83.33333333333333,
    "late": 0,
    "early": 0,
    "before_week": 0,
    "after_week": 1,
    "no_time": 0,
}


COUNT, PERCENT, KEYS = ExtraKind
EXTRAS: dict[str, dict[str, ExtraKind]] = {
    "teacher_activation": {"not_activated": COUNT},
    "parent_activation": {"not_activated": COUNT},
    "school_activity": {"reached_components": KEYS, "components": KEYS},
    "timely_marks": {**dict.fromkeys(TIMELY_EXTRAS, COUNT), "ceiling": PERCENT},
    "timely_homework": dict.fromkeys(
        ("lessons", "next_week_lessons", "within_3h", "no_time"), COUNT
    ),
}


def shown(key: str, ru: str, threshold: int, *, placeholder: bool = True) -> Shown:
    block = Block.USERS if "activation" in key else Block.JOURNAL
    return Shown(
        key,
        words(ru, key),
        words(ru, key.replace("_", " ")),
        block,
        Fraction(threshold),
        placeholder,
        extras=EXTRAS.get(key, {}),
    )


INDICATORS = (
    shown("teacher_activation", "Учителя акт.", 80),
    shown("parent_activation", "Родители акт.", 80),
    shown("school_activity", "Активн. школ", 100, placeholder=False),
    shown("timetable_filling", "Расписание", 95, placeholder=False),
    shown("lesson_planning", "Планирование", 100, placeholder=False),
    shown("timely_marks", "Оценки в срок", 80),
    shown("timely_homework", "ДЗ в срок", 70, placeholder=False),
)
PERCENTS = {one.key: one.threshold for one in INDICATORS}


def measure(
    key: str,
    numerator: int | None,
    denominator: int | None,
    change: float | None = None,
    **extras: float | tuple[str, ...] | None,
) -> Measure:
    return Measure(numerator, denominator, PERCENTS[key], change, extras)


def total(key: str, numerator: int, denominator: int, reached: int, schools: int) -> Measure:
    extras: dict[str, float] = {
        name: 0 for name, kind in EXTRAS.get(key, {}).items() if kind is not KEYS
    }
    return Measure(numerator, denominator, PERCENTS[key], 0.5, extras, schools, reached)


def school(
    municipality: str, school_id: str, name: str | None, *measures: tuple[str, Measure]
) -> Row:
    keys = {
        "region": "Озёрная область",
        "municipality": municipality,
        "school_id": school_id,
        "school": name,
    }
    return Row(keys, dict(measures))


def measures(
    *, teachers: tuple[int, int], marks: tuple[int, int], reached: tuple[str, ...]
) -> tuple[tuple[str, Measure], ...]:
    components = ("timetable_filling", "timely_marks")
    made = {
        "teacher_activation": measure(
            "teacher_activation", *teachers, 1.25, not_activated=teachers[1] - teachers[0]
        ),
        "parent_activation": measure("parent_activation", 3, 1000, -0.001, not_activated=997),
        "school_activity": measure(
            "school_activity",
            len(reached),
            2,
            None,
            reached_components=reached,
            components=components,
        ),
        "timetable_filling": measure("timetable_filling", 95, 100, 0.0),
        "lesson_planning": measure("lesson_planning", 24_999, 25_000, -12.5),
        "timely_marks": Measure(
            *marks, PERCENTS["timely_marks"], -2.1 if marks[1] else None, TIMELY_EXTRAS
        ),
        "timely_homework": measure(
            "timely_homework",
            None,
            None,
            None,
            lessons=None,
            next_week_lessons=None,
            within_3h=None,
            no_time=None,
        ),
    }
    return tuple(made.items())


AWKWARD = WeekResult(
    week=WEEK,
    level=Level.SCHOOL,
    indicators=INDICATORS,
    rows=(
        school(
            "Берёзовский район",
            "1000001567119",
            "МБОУ «Школа №2» [/Б]",
            *measures(teachers=(4, 5), marks=(5, 6), reached=("timetable_filling", "timely_marks")),
        ),
        school(
            "Берёзовский район",
            "7",
            "Лицей :school: \x1b[2J\u202eабв\u200b",
            *measures(teachers=(0, 3), marks=(19_999, 25_000), reached=("timetable_filling",)),
        ),
        school("Заречный", "12", None, *measures(teachers=(3, 3), marks=(0, 0), reached=())),
        school(
            "+Заречный|",
            "-13",
            '=1+1;"<b>a\tb</b>"\r[x](https://x.ru) a@x.ru',
            *measures(teachers=(1, 3), marks=(1, 3), reached=("timely_marks",)),
        ),
    ),
    totals={key: total(key, 9, 11, 1, 4) for key in PERCENTS},
    problems=(
        Problem("staff", "duplicate_key", 1),
        Problem("marks", "bad_timestamp", 2),
        Problem("marks", "repeated", 3),
        Problem("marks", "unknown_reference", 5),
    ),
    warnings=(
        Notice(
            "no_next_week", words("нет уроков недели 2026-W48\x07", "no lessons in 2026-W48\x07")
        ),
    ),
    missed=frozenset({"lesson_planning", "timely_marks"}),
    missed_firm=frozenset({"lesson_planning"}),
    compared=True,
    sample=True,
)

WAITING = Measure(3, 8, PERCENTS["timely_homework"], waits=True)
PARTIAL = replace(
    AWKWARD,
    rows=[
        row._replace(measures={**row.measures, "timely_homework": WAITING}) for row in AWKWARD.rows
    ],
    totals={**AWKWARD.totals, "timely_homework": WAITING},
    as_of=datetime(2026, 11, 18, 12),
    changed_sides=(ChangedSide("timely_marks", "7", "Лицей \x1b[2J<b>", before=False, now=True),),
)
"""The state at a moment, under settings that were typed: values that wait, a school that moves."""

ROWS_KEYS = {**AWKWARD.rows[0].keys}
