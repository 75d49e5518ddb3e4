"""The tables of a dump as DuckDB reads them: columns, what a row must have, keys, references."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A column: its header in a CSV file, and its SQL type there.

    `kind`: the macro of `sql/start.sql` that knows its words.
    """

    header: str
    type: str
    kind: str = ""

    @property
    def reason(self) -> str:
        """Under which a row is set aside whose value does not parse."""
        return {"TIMESTAMP": "bad_timestamp", "TIME": "bad_timestamp", "DATE": "bad_date"}.get(
            self.type, "bad_value"
        )

    @property
    def has_years(self) -> bool:
        """Whether a value lies in a year, which must be one from 1900 to 2100."""
        return self.type in {"TIMESTAMP", "DATE"}


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that names a row of another table; `strict` sets the row aside where none is."""

    column: str
    table: str
    target: str
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table.

    `single`: a column of the key that, where no two rows share it, makes the key unique.
    `references`: those that set rows aside are looked up in the order given.
    """

    columns: dict[str, Cell]
    needed: tuple[str, ...]
    key: tuple[str, ...]
    single: str = ""
    references: tuple[Reference, ...] = ()


def _id(header: str) -> Cell:
    return Cell(header, "BIGINT")


def _text(header: str) -> Cell:
    return Cell(header, "VARCHAR")


def _moment(header: str) -> Cell:
    return Cell(header, "TIMESTAMP")


def _flag(header: str) -> Cell:
    return Cell(header, "VARCHAR", "flag")


_ACTIVATED = {
    "is_activated": _flag("Активирован"),
    "activated_at": _moment("Дата активации"),
}
_ACTIVE = {
    "active_from": Cell("Дата зачисления", "DATE"),
    "active_to": Cell("Дата отчисления", "DATE"),
}
_SCHOOL = Reference("school_id", "schools", "school_id", strict=True)
_LESSON = Reference("lesson_id", "lessons", "lesson_id", strict=True)
_STUDENT = Reference("student_id", "students", "person_id")

SHEETS = {
    "schools": Sheet(
        {
            "school_id": _id("ID школы"),
            "school": _text("Школа"),
            "municipality": _text("Муниципалитет"),
            "region": _text("Регион"),
            "shifts": Cell("Смен", "INTEGER"),
        },
        needed=("school_id",),
        key=("school_id",),
        single="school_id",
    ),
    "classes": Sheet(
        {
            "class_id": _id("ID класса"),
            "school_id": _id("ID школы"),
            "study_year": Cell("Учебный год", "INTEGER"),
            "status": Cell("Статус", "VARCHAR", "class_status"),
            "shift": _text("Смена"),
        },
        needed=("class_id", "school_id"),
        key=("class_id",),
        single="class_id",
        references=(_SCHOOL,),
    ),
    "staff": Sheet(
        {
            "person_id": _id("ID персоны"),
            "school_id": _id("ID школы"),
            "role": Cell("Роль", "VARCHAR", "staff_role"),
            **_ACTIVATED,
            "has_esia_login": _flag("Вход через ЕСИА"),
            "esia_login_at": _moment("Дата входа через ЕСИА"),
            "category": _text("Категория"),
            **_ACTIVE,
        },
        needed=("person_id", "school_id"),
        key=("school_id", "person_id", "role"),
        single="person_id",
        references=(_SCHOOL,),
    ),
    "students": Sheet(
        {
            "person_id": _id("ID ученика"),
            "school_id": _id("ID школы"),
            "class_id": _id("ID класса"),
            **_ACTIVATED,
            **_ACTIVE,
        },
        needed=("person_id", "school_id"),
        key=("school_id", "person_id", "class_id"),
        single="person_id",
        references=(_SCHOOL,),
    ),
    "parents": Sheet(
        {
            "person_id": _id("ID родителя"),
            "school_id": _id("ID школы"),
            "student_id": _id("ID ученика"),
            **_ACTIVATED,
        },
        needed=("person_id", "school_id"),
        key=("school_id", "person_id", "student_id"),
        references=(_SCHOOL, _STUDENT),
    ),
    "lessons": Sheet(
        {
            "lesson_id": _id("ID урока"),
            "class_id": _id("ID класса"),
            "subject": _text("Предмет"),
            "group": _text("Подгруппа"),
            "teacher_id": _id("ID учителя"),
            "substitute_id": _id("ID замещающего"),
            "date": Cell("Дата", "DATE"),
            "starts_at": Cell("Начало", "TIME"),
            "ends_at": Cell("Окончание", "TIME"),
            "topic": _text("Тема"),
            "comment": _text("Комментарий"),
            "is_conducted": _flag("Урок проведен"),
            "is_cancelled": _flag("Отменен"),
        },
        needed=("lesson_id", "class_id", "date"),
        key=("lesson_id",),
        single="lesson_id",
        references=(
            Reference("class_id", "classes", "class_id", strict=True),
            Reference("teacher_id", "staff", "person_id"),
            Reference("substitute_id", "staff", "person_id"),
        ),
    ),
    "marks": Sheet(
        {
            "mark_id": _id("ID оценки"),
            "lesson_id": _id("ID урока"),
            "student_id": _id("ID ученика"),
            "work_type": _text("Вид работы"),
            "created_at": _moment("Дата выставления"),
            "updated_at": _moment("Дата изменения"),
        },
        needed=("mark_id", "lesson_id", "created_at"),
        key=("lesson_id", "mark_id"),
        single="mark_id",
        references=(_LESSON, _STUDENT),
    ),
    "attendance": Sheet(
        {
            "lesson_id": _id("ID урока"),
            "student_id": _id("ID ученика"),
            "status": Cell("Посещаемость", "VARCHAR", "attendance_status"),
        },
        needed=("lesson_id", "student_id", "status"),
        key=("lesson_id", "student_id"),
        references=(_LESSON, _STUDENT),
    ),
    "homework": Sheet(
        {
            "homework_id": _id("ID ДЗ"),
            "lesson_id": _id("ID урока"),
            "text": _text("Домашнее задание"),
            "has_files": _flag("Файлы"),
            "issued_at": _moment("Дата выдачи"),
            "updated_at": _moment("Дата изменения"),
        },
        needed=("homework_id", "lesson_id", "issued_at"),
        key=("lesson_id", "homework_id"),
        single="homework_id",
        references=(_LESSON,),
    ),
    "diary_views": Sheet(
        {
            "student_id": _id("ID ученика"),
            "viewer_role": Cell("Роль", "VARCHAR", "viewer_role"),
            "viewed_at": _moment("Дата просмотра"),
        },
        needed=("student_id", "viewer_role", "viewed_at"),
        key=("student_id", "viewer_role", "viewed_at"),
        references=(Reference("student_id", "students", "person_id", strict=True),),
    ),
}
