"""A part of a report with everything that is awkward to show, and one that is large."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor_cli.language import words
from monitor_cli.report import Column, Kind, Part, PartSheet, Reader, Sheet
from tests.unit.render import made

if TYPE_CHECKING:
    from monitor_cli.report import Value
    from monitor_cli.result import Measure

TITLES = {one.key: one.title for one in made.INDICATORS}
SCHOOL = Column("school", words("Школа", "School"))
SCHOOL_ID = Column("school_id", words("ID школы", "School id"), Kind.ID, reader=Reader.PROGRAMS)
INDICATOR = Column("indicator", words("Показатель", "Indicator"), Kind.CODE, TITLES)
OF_STEPS = (
    SCHOOL,
    Column("number", words("№", "No."), Kind.COUNT),
    INDICATOR,
    Column("measure", words("Сейчас, %", "Now, %"), Kind.MEASURE),
    Column("threshold", words("Порог, %", "Threshold, %"), Kind.PERCENT),
    Column("said", words("Что сделать", "What to do")),
    Column("gain", words("Активность школы, п.", "School activity, p."), Kind.POINTS),
    Column("where", words("Где", "Where")),
    SCHOOL_ID,
)
HOSTILE = '=cmd|"/c calc"!A0'
ROWS = made.AWKWARD.rows


def step(at: int, number: int, key: str, **cells: Value) -> tuple[Value, ...]:
    row = ROWS[at]
    measure = row.measures[key]
    told: dict[str, Value] = {
        "school": row.keys["school"] or "12",
        "number": number,
        "indicator": key,
        "measure": measure._replace(change=None, extras={}),
        "threshold": float(measure.threshold),
        "said": "ещё 2 урока с темой или ДЗ",
        "gain": 16.666666666666668,
        "where": None,
        "school_id": row.keys["school_id"],
    }
    return tuple((told | cells).values())


STEPS = Sheet(
    PartSheet.STEPS,
    words("Что делать", "What to do"),
    OF_STEPS,
    (
        step(0, 1, "lesson_planning", where="<b>Иванова</b> – 2, …"),
        step(0, 2, "parent_activation", said=HOSTILE),
        step(0, 3, "timetable_filling"),
        step(0, 4, "timely_marks", gain=0.0),
        step(3, 1, "timely_marks"),
    ),
    note=words("школ, где достигнуты все пороги: 2 из 4", "every threshold is reached by: 2 of 4"),
)


def week(at: int) -> Column:
    return Column(f"2026-W4{at}", words(f"{at}.11", f"{at}.11"), Kind.MEASURE)


def course(key: str, *measures: Measure | None) -> tuple[Value, ...]:
    values = tuple(None if one is None else one.value for one in measures)
    return (key, *measures, values, 1.5, "up", "W46")


COURSES = Sheet(
    PartSheet.COURSES,
    words("Динамика", "By week"),
    (
        INDICATOR,
        week(6),
        week(7),
        Column("values", words("По неделям", "By week"), Kind.SERIES),
        Column("slope", words("В неделю, п.", "A week, points"), Kind.POINTS),
        Column("crossed", words("Порог", "Threshold"), Kind.CODE, {"up": words("взят", "taken")}),
        Column("crossed_week", words("с недели", "since")),
    ),
    tuple(
        course(key, None if key == "timely_marks" else made.measure(key, 1, 2), one)
        for key, one in made.AWKWARD.totals.items()
    ),
)


def of_places(key: PartSheet, name: str, count: int) -> Sheet:
    columns = (
        SCHOOL,
        Column(name, words("Имя", "Name")),
        Column("below", words("Ниже порога", "Below threshold"), Kind.COUNT),
        Column("timely_marks", words("Оценки в срок", "timely marks"), Kind.MEASURE),
        SCHOOL_ID,
        Column(f"{name}_id", words("ID", "Id"), Kind.ID, reader=Reader.PROGRAMS),
    )
    rows = tuple(
        ("Лицей", f"№ {at}", int(at < 3), made.measure("timely_marks", at % 6, 6), "7", str(at))
        for at in range(count)
    )
    titles = {"class": words("Классы", "Classes"), "teacher": words("Учителя", "Teachers")}
    return Sheet(key, titles[name], columns, rows)


def part(*, classes: int = 4, teachers: int = 5) -> Part:
    return Part(
        {"region": "Озёрная область", "municipality": "Берёзовский район"},
        replace(made.AWKWARD, indicators=made.INDICATORS),
        (
            STEPS,
            COURSES,
            of_places(PartSheet.CLASSES, "class", classes),
            of_places(PartSheet.TEACHERS, "teacher", teachers),
        ),
    )


AWKWARD = part()
