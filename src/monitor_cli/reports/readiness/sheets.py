"""The sheets of «Работа перед началом года»: columns, and what the report may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from monitor_cli.engine.compare_report import KEYS
from monitor_cli.engine.placed import outside
from monitor_cli.language import words
from monitor_cli.levels import DOWN_TO_SCHOOL
from monitor_cli.report import Column, Kind, Reader, ReportShape, SheetShape
from monitor_cli.reports import told
from monitor_cli.reports.numbers import share
from monitor_cli.reports.readiness.people import (
    NO_CLASS,
    NOT_ACTIVATED,
    PAST_CLASS,
    TECHNICAL,
    TWO_CLASSES,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from monitor_cli.report import Value

NAME = "readiness"
ROWS, STAFF, STUDENTS, CLASSES, PLANNING = "rows", "staff", "students", "classes", "planning"
READY, NOT_READY = "ready", "not_ready"

_VERDICTS = {READY: words("готово", "ready"), NOT_READY: words("не готово", "not ready")}
VERDICT = Column("verdict", words("Итог", "Verdict"), Kind.CODE, _VERDICTS)
AREAS = {
    "staff_verdict": words("Сотрудники", "Staff"),
    "migration_verdict": words("Миграция", "Migration"),
    "timetable_verdict": words("Расписание", "Timetable"),
    "planning_verdict": words("Планирование", "Planning"),
}
OF_SCHOOL = (
    VERDICT,
    *(Column(key, title, Kind.CODE, _VERDICTS) for key, title in AREAS.items()),
)
ABOVE = (
    Column("schools", words("Школ", "Schools"), Kind.COUNT),
    Column(READY, words("Готовы", "Ready"), Kind.COUNT),
    Column(NOT_READY, words("Не готовы", "Not ready"), Kind.COUNT),
)
NUMBERS = (
    Column(NOT_ACTIVATED, words("Не активированы", "Not activated"), Kind.COUNT),
    Column(TECHNICAL, words("Технический персонал", "Technical staff"), Kind.COUNT),
    Column("students", words("Учеников", "Students"), Kind.COUNT),
    Column(PAST_CLASS, words("В прошлогодних классах", "In last year's classes"), Kind.COUNT),
    Column(NO_CLASS, words("Без класса", "In no class"), Kind.COUNT),
    Column(TWO_CLASSES, words("В двух классах", "In two classes"), Kind.COUNT),
    Column("classes", words("Классов", "Classes"), Kind.COUNT),
    Column("short_classes", words("Без полного расписания", "Short of lessons"), Kind.COUNT),
    Column("lessons", words("Уроков", "Lessons"), Kind.COUNT),
    Column("unplanned", words("Без темы и ДЗ", "Not planned"), Kind.COUNT),
    Column("planned", words("Планирование, %", "Planned, %"), Kind.PERCENT),
)
_PLACE = (
    *(
        KEYS[name]._replace(reader=Reader.PROGRAMS)
        for name in ("region", "municipality", "school_id")
    ),
    KEYS["school"],
)
_PERSON = (
    Column("person_id", words("ID персоны", "Person id"), Kind.ID, reader=Reader.PROGRAMS),
    Column("name", words("ФИО", "Name")),
)
_ROLES = {
    "teacher": words("учитель", "teacher"),
    "admin": words("администратор", "admin"),
    "technical": words("технический персонал", "technical"),
    "other": words("другое", "other"),
}
OF_STAFF = (
    *_PLACE,
    *_PERSON,
    Column("role", words("Роль", "Role"), Kind.CODE, _ROLES),
    Column("position", words("Должность", "Post")),
    Column(
        "why",
        words("Что сделать", "To do"),
        Kind.CODE,
        {
            NOT_ACTIVATED: words("активировать", "activate"),
            TECHNICAL: words("удалить", "remove"),
        },
    ),
)
OF_STUDENTS = (
    *_PLACE,
    *_PERSON,
    Column("classes", words("Классы", "Classes")),
    Column(
        "why",
        words("Что не так", "What is amiss"),
        Kind.CODE,
        {
            PAST_CLASS: words("класс не этого года", "in a class of another year"),
            NO_CLASS: words("без класса", "in no class"),
            TWO_CLASSES: words("в нескольких классах", "in several classes"),
        },
    ),
)
_CLASS = (KEYS["class_id"]._replace(reader=Reader.PROGRAMS), KEYS["class"])
OF_CLASSES = (
    *_PLACE,
    *_CLASS,
    Column("lessons", words("Уроков", "Lessons"), Kind.COUNT),
    Column("missing", words("Не хватает", "Missing"), Kind.COUNT),
)
OF_PLANNING = (
    *_PLACE,
    *_CLASS,
    KEYS["subject"],
    KEYS["teacher_id"]._replace(reader=Reader.PROGRAMS),
    KEYS["teacher"],
    Column("lessons", words("Уроков", "Lessons"), Kind.COUNT),
    Column("unplanned", words("Без темы и ДЗ", "Not planned"), Kind.COUNT),
)

SHAPE = ReportShape(
    NAME,
    words(
        "Один документ: `monitor readiness --format json`. Школы на неделе, в которую входит день "
        "(1 сентября). `staff`: кто числится на воскресенье недели и не активирован к её концу; "
        "технический персонал – те, у кого нет другой роли: их надо удалить. `students`: ученики, "
        "у которых нет класса этого года, нет никакого или классов несколько (одна причина, первая "
        "из этих). `classes`: действующие классы, у которых уроков меньше, чем требует "
        "`timetable_filling` (8); постоянное расписание или временное и когда оно опубликовано, в "
        "выгрузке не видно. `planning`: уроки без темы и без ДЗ, как в `lesson_planning`. Раздел "
        "готов, если в нём нечего делать; `null` – судить не по чему: нет таблицы или столбца, "
        "класса, урока. Школа готова, если готовы все четыре раздела, и не готова, если не готов "
        "хоть один. Кто из сотрудников не работает в системе, выгрузка не говорит.",
        "One document: `monitor readiness --format json`. Schools in the week of a day (1 "
        "September). `staff`: who is counted on the Sunday of the week and has not activated the "
        "account by its end; technical staff are those without another role: they are to be "
        "removed. `students`: students without a class of this year, without any, or with several "
        "(one reason, the first of these). `classes`: active classes with fewer lessons than "
        "`timetable_filling` asks for (8); whether a timetable is permanent or temporary, and "
        "when it was published, cannot be seen in a dump. `planning`: lessons without topic and "
        "homework, as in `lesson_planning`. A part is ready when there is nothing to do in it; "
        "`null`: there is nothing to judge by, no table or column, no class, no lesson. A school "
        "is ready when all four parts are, and not ready when one of them is not. Who of the "
        "staff does not work in the system the dump does not say.",
    ),
    (
        SheetShape(
            ROWS,
            (*told.all_keys(DOWN_TO_SCHOOL), *OF_SCHOOL, *ABOVE, *NUMBERS),
            optional=frozenset({"municipality", "school_id", "school"})
            | {column.key for column in (*OF_SCHOOL, *ABOVE)},
            totals=True,
        ),
        SheetShape(STAFF, OF_STAFF),
        SheetShape(STUDENTS, OF_STUDENTS),
        SheetShape(CLASSES, OF_CLASSES),
        SheetShape(PLANNING, OF_PLANNING),
    ),
    told.head_schema(DOWN_TO_SCHOOL),
)
"""What `monitor.readiness/1` holds."""


def verdicts(row: Mapping[str, object]) -> dict[str, str | None]:
    """What is to be said of the four parts of a school, and of the school."""

    def part(to_do: Iterable[str], of: str | None = None) -> str | None:
        numbers = [row[name] for name in to_do]
        if any(isinstance(number, int) and number for number in numbers):
            return NOT_READY
        nothing = of is not None and not row[of]
        return None if nothing or None in numbers else READY

    found = {
        "staff_verdict": part((NOT_ACTIVATED, TECHNICAL)),
        "migration_verdict": part((PAST_CLASS, NO_CLASS, TWO_CLASSES)),
        "timetable_verdict": part(("short_classes",), "classes"),
        "planning_verdict": part(("unplanned",), "lessons"),
    }
    said = set(found.values())
    whole = NOT_READY if NOT_READY in said else None if None in said else READY
    return {VERDICT.key: whole, **found}


def cells_of(columns: Iterable[Column], row: Mapping[str, object]) -> tuple[Value, ...]:
    """The cells of a place or of a thing to do; ids as the output shows them."""
    made: dict[str, object] = {
        name: outside(name, value) if name.endswith("_id") else value for name, value in row.items()
    }
    lessons, unplanned = row.get("lessons"), row.get("unplanned")
    if isinstance(lessons, int) and isinstance(unplanned, int):
        made["planned"] = share(lessons - unplanned, lessons)
    return tuple(cast("Value", made.get(column.key)) for column in columns)
