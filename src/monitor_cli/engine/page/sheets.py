"""The sheets of a school's page: their columns, and how rows become cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor_cli.columns import Table
from monitor_cli.engine.page.remarks import REMARKS
from monitor_cli.engine.until import state
from monitor_cli.indicators import CATALOGUE
from monitor_cli.language import words
from monitor_cli.levels import Level
from monitor_cli.report import Column, Kind, ReportShape, Sheet, SheetShape
from monitor_cli.result import Band

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime
    from fractions import Fraction

    from monitor_cli.engine.page.steps import Step
    from monitor_cli.engine.query import Query
    from monitor_cli.language import Language, Words
    from monitor_cli.report import Value
    from monitor_cli.result import Row, Shown

NAME = "school"
INDICATORS, STEPS, CLASSES, TEACHERS = "indicators", "steps", "classes", "teachers"
ACTIVITY, PROBLEMS = "last_activity", "remarks"

_TITLES = {item.key: item.title for item in CATALOGUE}
_BANDS: dict[str, Words] = {
    Band.GREEN: words("достигнут", "reached"),
    Band.YELLOW: words("ниже порога", "below"),
    Band.RED: words("красная зона", "red"),
}
_EVENTS: dict[str, Words] = {
    Table.MARKS: words("оценка", "a mark"),
    Table.ATTENDANCE: words("посещаемость", "attendance"),
    Table.HOMEWORK: words("домашнее задание", "homework"),
    Table.DIARY_VIEWS: words("просмотр дневника", "a view of a diary"),
    Table.LOGINS: words("вход", "a login"),
}
_INDICATOR = Column("indicator", words("Показатель", "Indicator"), Kind.CODE, _TITLES)

_OF_INDICATORS = (
    _INDICATOR,
    Column("measure", words("Значение, %", "Value, %"), Kind.MEASURE, compared=True),
    Column("threshold", words("Порог", "Threshold"), Kind.PERCENT),
    Column("band", words("Итог", "Band"), Kind.CODE, _BANDS),
    Column("numerator", words("Числит.", "Numer."), Kind.COUNT),
    Column("denominator", words("Знамен.", "Denom."), Kind.COUNT),
    Column("placeholder", words("Порог-заглушка", "Placeholder"), Kind.FLAG),
)
_OF_STEPS = (
    _INDICATOR,
    Column("said", words("До порога", "To the threshold")),
    Column("units", words("Не хватает", "Short by"), Kind.COUNT),
    Column("gain", words("Активность школы, п.", "School activity, p."), Kind.POINTS),
)


def _measured(level: Level) -> tuple[Column, ...]:
    return tuple(
        Column(item.key, item.short, Kind.MEASURE) for item in CATALOGUE if level in item.levels
    )


_OF_CLASSES = (
    Column("class", words("Класс", "Class")),
    *_measured(Level.CLASS),
    Column("class_id", words("ID класса", "Class id"), Kind.ID),
)
_OF_TEACHERS = (
    Column("teacher", words("Учитель", "Teacher")),
    *_measured(Level.TEACHER),
    Column("teacher_id", words("ID учителя", "Teacher id"), Kind.ID),
)
_OF_ACTIVITY = (
    Column("event", words("Что внесено", "What"), Kind.CODE, _EVENTS),
    Column("at", words("Последний раз", "Last time"), Kind.MOMENT),
)
_OF_REMARKS = (
    Column("remark", words("Замечание", "Remark"), Kind.CODE, REMARKS),
    Column("count", words("Сколько", "How many"), Kind.COUNT),
)
_DAY = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_TEXT = {"type": ["string", "null"]}
SHAPE = ReportShape(
    NAME,
    words(
        "Один документ: `monitor school --format json`. Школа за неделю: те же числа, что "
        "`monitor week` на уровнях school, class и teacher; шаги – от тех, что прибавляют "
        "активности школы, к тем, которых нужно больше. `as_of` – момент, состояние на который "
        "показано, или `null`.",
        "One document: `monitor school --format json`. A school in a week: the numbers of "
        "`monitor week` at the levels school, class and teacher; steps from those that add to the "
        "school's activity to those that take most. `as_of` is the moment whose state it is, or "
        "`null`.",
    ),
    (
        SheetShape(INDICATORS, _OF_INDICATORS),
        SheetShape(STEPS, _OF_STEPS),
        SheetShape(CLASSES, _OF_CLASSES),
        SheetShape(TEACHERS, _OF_TEACHERS),
        SheetShape(ACTIVITY, _OF_ACTIVITY),
        SheetShape(PROBLEMS, _OF_REMARKS),
    ),
    {
        "week": {
            "type": "object",
            "properties": {"start": _DAY, "end": _DAY, "iso": {"type": "string"}},
            "required": ["start", "end", "iso"],
            "additionalProperties": False,
        },
        "as_of": _TEXT,
        "school": {
            "type": "object",
            "properties": dict.fromkeys(Level.SCHOOL.keys, _TEXT),
            "required": list(Level.SCHOOL.keys),
            "additionalProperties": False,
        },
    },
)
"""What `monitor.school/1` holds."""


def title(school: Row) -> Words:
    """«Статистика ведения ЭЖД. Школа: …»."""
    name = school.keys["school"]
    return words(
        f"Статистика ведения ЭЖД. Школа: {name}", f"Statistics of journal keeping. School: {name}"
    )


def head(query: Query, school: Row) -> dict[str, object]:
    """What programs are told before the sheets."""
    week = query.week
    return {
        "week": {
            "start": week.monday.isoformat(),
            "end": week.sunday.isoformat(),
            "iso": week.iso,
        },
        "as_of": None if query.as_of is None else query.as_of.isoformat(timespec="seconds"),
        "school": dict(school.keys),
    }


def lines(query: Query, school: Row) -> list[Words]:
    """Where the school is, and which week and state it is."""
    above = [str(school.keys[name]) for name in ("region", "municipality") if school.keys[name]]
    where = " · ".join([*above, f"ID {school.keys['school_id']}"])
    said = [
        words(where, where),
        words(
            f"Неделя {query.week.iso}: {_day(query.week.monday)} – {_day(query.week.sunday)}",
            f"Week {query.week.iso}: {query.week.monday} – {query.week.sunday}",
        ),
    ]
    if query.as_of is not None:
        said.append(state(query.as_of))
    return said


def _day(day: date) -> str:
    return day.strftime("%d.%m.%Y")


def of_indicators(shown: Iterable[Shown], school: Row, red_below: Fraction) -> Sheet:
    """A row an indicator."""
    rows: list[tuple[Value, ...]] = []
    for one in shown:
        measure = school.measures[one.key]
        rows.append(
            (
                one.key,
                measure,
                float(measure.threshold),
                measure.band(red_below),
                measure.numerator,
                measure.denominator,
                one.placeholder,
            )
        )
    return Sheet(INDICATORS, words("Показатели", "Indicators"), _OF_INDICATORS, rows)


def of_steps(steps: Sequence[Step], language: Language) -> Sheet:
    """A row an indicator that is not reached."""
    rows = [(step.key, step.said.said(language), step.units, step.gain) for step in steps]
    return Sheet(STEPS, words("Что сделать", "Next steps"), _OF_STEPS, rows)


def of_classes(rows: Sequence[Row]) -> Sheet:
    """A row a class, a column an indicator."""
    cells = [_cells(row, "class", Level.CLASS) for row in rows]
    return Sheet(CLASSES, words("Классы", "Classes"), _OF_CLASSES, cells)


def of_teachers(rows: Sequence[Row]) -> Sheet:
    """A row a teacher, a column an indicator."""
    cells = [_cells(row, "teacher", Level.TEACHER) for row in rows]
    return Sheet(TEACHERS, words("Учителя", "Teachers"), _OF_TEACHERS, cells)


def _cells(row: Row, name: str, level: Level) -> tuple[Value, ...]:
    """The name, the measures without their changes, which would not fit, and the id."""
    measures = (
        row.measures[item.key]._replace(change=None) for item in CATALOGUE if level in item.levels
    )
    return (row.keys[name], *measures, row.keys[f"{name}_id"])


def of_activity(activity: Sequence[tuple[Table, datetime | None]]) -> Sheet:
    """A row a table of what is entered."""
    return Sheet(
        ACTIVITY,
        words("Последняя активность", "Last activity"),
        _OF_ACTIVITY,
        [(table.value, at) for table, at in activity],
        note=words(
            "по урокам и за дни этой и прошлой недели, входы – за всё время; время школы",
            "for lessons and days of this week and the one before, logins of all time; by the "
            "school's clock",
        ),
    )


def of_remarks(found: Sequence[tuple[str, int]], *, set_aside: bool) -> Sheet:
    """A row a thing that is amiss; `set_aside`: rows of the dump are, of whichever school."""
    whole = words(
        "отложенные строки – всей выгрузки, а не только этой школы",
        "rows set aside are those of the whole dump, not of this school alone",
    )
    return Sheet(
        PROBLEMS,
        words("Замечания к данным школы", "What is amiss in the school's data"),
        _OF_REMARKS,
        found,
        note=whole if set_aside else None,
    )
