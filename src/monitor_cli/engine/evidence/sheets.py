"""What the sheets of the evidence hold: their columns, and the words of these."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from monitor_cli.engine.evidence.reasons import SAID
from monitor_cli.indicators import CATALOGUE
from monitor_cli.indicators.spec import Fact
from monitor_cli.language import words
from monitor_cli.levels import Level
from monitor_cli.report import Column, Kind, ReportShape, Sheet, SheetShape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor_cli.language import Words
    from monitor_cli.report import Value

ROWS, DEADLINE = "rows", "deadline"
OPEN = words("Ещё не потеряно", "Not lost yet")
NAME = "show"


class Role(StrEnum):
    """Whose account it is."""

    TEACHER = "teacher"
    STUDENT = "student"
    PARENT = "parent"


ROLES = {
    Role.TEACHER.value: words("учителя", "teachers"),
    Role.STUDENT.value: words("ученики", "students"),
    Role.PARENT.value: words("родители", "parents"),
}
_WHY = {reason.value: said for reason, said in SAID.items()}
_TITLES = {item.key: item.title for item in CATALOGUE}
_COUNTED = {item.key: item.counted for item in CATALOGUE}

_COLUMNS = (
    Column("region", words("Регион", "Region")),
    Column("municipality", words("Муниципалитет", "Municipality")),
    Column("school_id", words("ID школы", "School id"), Kind.ID),
    Column("school", words("Школа", "School")),
    Column("role", words("Чьи", "Whose"), Kind.CODE, ROLES),
    Column("parallel", words("Параллель", "Grade"), Kind.COUNT),
    Column("class_id", words("ID класса", "Class id"), Kind.ID),
    Column("class", words("Класс", "Class")),
    Column("person_id", words("ID", "Id"), Kind.ID),
    Column("person", words("ФИО", "Name")),
    Column("category", words("Категория", "Category")),
    Column("subject", words("Предмет", "Subject")),
    Column("teacher_id", words("ID учителя", "Teacher id"), Kind.ID),
    Column("teacher", words("Учитель", "Teacher")),
    Column("date", words("Дата", "Date"), Kind.DATE),
    Column("hour", words("Час", "Hour"), Kind.COUNT),
    Column("number", words("№", "No.")),
    Column("group", words("Группа", "Group")),
    Column("lesson_id", words("ID урока", "Lesson id"), Kind.ID),
    Column("mark_id", words("ID оценки", "Mark id"), Kind.ID),
    Column("work_type", words("Вид работы", "Work type")),
    Column("reason", words("Причина", "Reason"), Kind.CODE, _WHY),
    Column("minutes", words("На сколько", "By"), Kind.MINUTES),
    Column("created_at", words("Выставлена", "Entered"), Kind.MOMENT),
    Column("set_at", words("Задано", "Set"), Kind.MOMENT),
    Column("deadline", words("Срок", "Deadline"), Kind.MOMENT),
    Column("next_date", words("След. урок", "Next lesson"), Kind.DATE),
    Column("attached_to", words("Задано к", "Set for"), Kind.DATE),
    Column("lessons", words("Уроков", "Lessons"), Kind.COUNT),
    Column("needed", words("Нужно", "Needed"), Kind.COUNT),
    Column("component", words("Составляющая", "Component"), Kind.CODE, _TITLES),
    Column("measure", words("Значение", "Value"), Kind.MEASURE),
    Column("threshold", words("Порог", "Threshold"), Kind.PERCENT),
    Column("short", words("Не хватает", "Short by"), Kind.COUNT),
    Column("mendable", words("Можно", "Possible"), Kind.COUNT),
    Column("counted", words("Чего", "Of what"), Kind.CODE, _COUNTED),
    Column("lost", words("Потеряно", "Lost"), Kind.COUNT),
    Column("of", words("Из", "Of"), Kind.COUNT),
    Column("points", words("Пункты", "Points"), Kind.POINTS),
    Column("share", words("Доля", "Share"), Kind.PERCENT),
)
COLUMNS = {column.key: column for column in _COLUMNS}

_SCHOOL = ("region", "municipality", "school_id", "school")
_CLASS = (*_SCHOOL, "parallel", "class_id", "class")
_LESSON = (
    *_CLASS, "subject", "teacher_id", "teacher", "date", "number", "group", "lesson_id",
)  # fmt: skip
_LOSS = ("lost", "of", "points", "share")


class Rows(NamedTuple):
    """The rows of a fact: their columns, and what they are."""

    columns: tuple[str, ...]
    title: Words


def rows_of(key: str, fact: Fact) -> Rows:
    """How the rows that the indicator `key` loses are shown."""
    return _OF_KEY[key] if key in _OF_KEY else _OF_FACT[fact]


_PEOPLE = {
    Fact.TEACHERS: (*_SCHOOL, "person_id", "person"),
    Fact.STUDENTS: (*_CLASS, "person_id", "person"),
    Fact.PARENTS: (*_CLASS, "person_id", "person"),
}
_OF_FACT = {
    Fact.TEACHERS: Rows(
        _PEOPLE[Fact.TEACHERS], words("Учителя не активированы", "Teachers not activated")
    ),
    Fact.STUDENTS: Rows(
        _PEOPLE[Fact.STUDENTS], words("Ученики не активированы", "Students not activated")
    ),
    Fact.PARENTS: Rows(
        _PEOPLE[Fact.PARENTS], words("Родители не активированы", "Parents not activated")
    ),
    Fact.CLASSES: Rows(
        (*_CLASS, "lessons", "needed", "short"),
        words("Классы, которым не хватает уроков", "Classes short of lessons"),
    ),
    Fact.LESSONS: Rows(_LESSON, words("Уроки, которые не засчитаны", "Lessons that do not count")),
    Fact.MARKS: Rows(
        (*_LESSON, "mark_id", "work_type", "reason", "minutes", "created_at", "deadline"),
        words("Оценки, которые не засчитаны", "Marks that do not count"),
    ),
    Fact.HOMEWORK: Rows(
        (*_LESSON, "reason", "minutes", "set_at", "deadline", "next_date", "attached_to"),
        words("Уроки без своевременного ДЗ", "Lessons without timely homework"),
    ),
    Fact.SCHOOLS: Rows(
        (*_SCHOOL, "component", "measure", "threshold", "short", "mendable", "counted"),
        words("Составляющие, которые не достигли порога", "Components below their threshold"),
    ),
}
_OF_KEY = {
    "parent_engagement": Rows(
        _PEOPLE[Fact.STUDENTS],
        words("Ученики, чей дневник не открывали", "Students whose diary was not opened"),
    ),
    "teacher_esia": Rows(
        _PEOPLE[Fact.TEACHERS], words("Учителя без входа через ЕСИА", "Teachers without ESIA login")
    ),
    "teacher_category": Rows(
        (*_PEOPLE[Fact.TEACHERS], "category"),
        words("Учителя без категории", "Teachers without a category"),
    ),
    "account_activation": Rows(
        (*_SCHOOL, "role", "parallel", "class_id", "class", "person_id", "person"),
        words("Аккаунты не активированы", "Accounts not activated"),
    ),
    "lesson_planning": Rows(
        _LESSON, words("Уроки без темы и без ДЗ", "Lessons with neither topic nor homework")
    ),
    "journal_keeping": Rows(
        _LESSON,
        words(
            "Уроки без оценки, отсутствия, комментария и галочки «Урок проведен»",
            "Lessons without a mark, an absence, a comment and the «conducted» tick",
        ),
    ),
}


class Group(NamedTuple):
    """Who carries the loss: a summary, the keys that it is summed up by, its place columns."""

    sheet: str
    grain: tuple[str, ...]
    level: Level | None
    columns: tuple[str, ...]
    title: Words
    facts: frozenset[Fact] | None = None
    """The facts that have it where no level tells."""


_OF_LESSONS = frozenset({Fact.LESSONS, Fact.MARKS, Fact.HOMEWORK})
GROUPS = {
    "school": Group(
        "schools", (), Level.SCHOOL, (*_SCHOOL, *_LOSS), words("По школам", "By school")
    ),
    "teacher": Group(
        "teachers",
        ("teacher_id",),
        Level.TEACHER,
        (*_SCHOOL, "teacher_id", "teacher", *_LOSS),
        words("По учителям", "By teacher"),
    ),
    "class": Group(
        "classes",
        ("parallel", "class_id"),
        Level.CLASS,
        (*_CLASS, *_LOSS),
        words("По классам", "By class"),
    ),
    "subject": Group(
        "subjects",
        ("subject",),
        Level.SUBJECT,
        (*_SCHOOL, "subject", *_LOSS),
        words("По предметам", "By subject"),
    ),
    "day": Group(
        "days", ("date",), None, ("date", *_LOSS), words("По дням урока", "By day"), _OF_LESSONS
    ),
    "hour": Group(
        "hours",
        (),
        None,
        ("hour", *_LOSS),
        words("По часам выставления", "By hour of entry"),
        frozenset({Fact.MARKS}),
    ),
}
"""What `--by` can name."""

REASONS = ("reasons", ("reason", "lost", "points", "share"), words("Почему", "Why"))
ROLE_SUMS = ("roles", ("role", *_LOSS), words("По ролям", "By role"))
COMPONENTS = (
    "components",
    ("component", "lost", "of", "points"),
    words("По составляющим: школы", "By component: schools"),
)


def sheet(
    key: str, title: Words, columns: Sequence[str], frame: pl.DataFrame, limit: int | None = None
) -> Sheet:
    """A sheet of the rows of `frame`, no more than `limit`; ids become text."""
    cells = (frame if limit is None else frame.head(limit)).select(
        pl.col(name).cast(pl.String) if COLUMNS[name].kind is Kind.ID
        else pl.col(name).dt.truncate("1s") if COLUMNS[name].kind is Kind.MOMENT
        else pl.col(name)
        for name in columns
    )  # fmt: skip
    in_all = None if cells.height == frame.height else frame.height
    return Sheet(key, title, [COLUMNS[name] for name in columns], cells.rows(), rows_in_all=in_all)


def sheet_of(
    key: str,
    title: Words,
    columns: Sequence[str],
    rows: Sequence[tuple[Value, ...]],
    limit: int | None = None,
) -> Sheet:
    """A sheet of finished rows, no more than `limit`."""
    kept = rows if limit is None else rows[:limit]
    in_all = None if len(kept) == len(rows) else len(rows)
    return Sheet(key, title, [COLUMNS[name] for name in columns], kept, rows_in_all=in_all)


_TEXT = {"type": "string"}
_NAME = {"type": ["string", "null"]}
_WHOLE = {"type": ["integer", "null"], "minimum": 0}


def _object(**properties: Mapping[str, object]) -> Mapping[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _rows_shape() -> SheetShape:
    """Every column that the rows of some indicator have, those that all have required."""
    all_rows = [*_OF_FACT.values(), *_OF_KEY.values()]
    held = {name for rows in all_rows for name in rows.columns}
    always = {name for name in held if all(name in rows.columns for rows in all_rows)}
    columns = [column for column in _COLUMNS if column.key in held]
    return SheetShape(ROWS, columns, frozenset(held - always))


def _summary_shape(key: str, columns: Sequence[str]) -> SheetShape:
    return SheetShape(key, [COLUMNS[name] for name in columns], always=False)


SHAPE = ReportShape(
    NAME,
    words(
        "Один документ: `monitor show КЛЮЧ --format json`. `value`, `numerator`, `denominator`, "
        "`reached` – итоги `monitor week` с теми же фильтрами; `to_reach` – сколько ещё нужно в "
        "числитель до порога; `lost` – сколько строк потеряно, `rows` – они сами (с `--limit` "
        "первые, всего – `rows_in_all`), столбцы – по показателю. В сводках `lost` из `of`, "
        "`points` – сколько пунктов вернулось бы всему, о чём спрошено, `share` – доля потерь. "
        "`place` – регион, муниципалитет и школа, если они у всех строк одни. `as_of` – момент, "
        "состояние на который показано, или `null`; при `still_open` строки – те, что ещё не "
        "потеряны.",
        "One document: `monitor show KEY --format json`. `value`, `numerator`, `denominator`, "
        "`reached` are the totals of `monitor week` with the same filters; `to_reach` is how many "
        "more the numerator needs to reach the threshold; `lost` how many rows are lost, `rows` "
        "these themselves (under `--limit` the first, `rows_in_all` says of how many), their "
        "columns depend on the indicator. In the summaries `lost` of `of`, `points` what all that "
        "is asked for would get back, `share` the share of the loss. `place` names region, "
        "municipality and school where all rows share them. `as_of` is the moment whose state it "
        "is, or `null`; under `still_open` the rows are those not lost yet.",
    ),
    (
        _summary_shape(*REASONS[:2]),
        _summary_shape(*ROLE_SUMS[:2]),
        _summary_shape(*COMPONENTS[:2]),
        *(_summary_shape(group.sheet, group.columns) for group in GROUPS.values()),
        _rows_shape(),
    ),
    head={
        "week": _object(start=_TEXT, end=_TEXT, iso=_TEXT),
        "as_of": _NAME,
        "still_open": {"type": "boolean"},
        "indicator": _object(
            key={"enum": [item.key for item in CATALOGUE]},
            title=_TEXT,
            threshold={"type": "number", "minimum": 0, "maximum": 100},
            placeholder={"type": "boolean"},
        ),
        "place": _object(region=_NAME, municipality=_NAME, school_id=_NAME, school=_NAME),
        "value": {"type": ["number", "null"], "minimum": 0},
        "numerator": _WHOLE,
        "denominator": _WHOLE,
        "reached": {"type": ["boolean", "null"]},
        "to_reach": _WHOLE,
        "lost": {"type": "integer", "minimum": 0},
    },
)
