"""The tables of a journal dump: their columns, kinds, keys and references (`dump.md`). No I/O."""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import NamedTuple


class Table(StrEnum):
    """A table of the dump, in the order of `dump.md` (and of every list of problems)."""

    SCHOOLS = "schools"
    CLASSES = "classes"
    STAFF = "staff"
    STUDENTS = "students"
    PARENTS = "parents"
    LESSONS = "lessons"
    MARKS = "marks"
    ATTENDANCE = "attendance"
    HOMEWORK = "homework"
    DIARY_VIEWS = "diary_views"
    LOGINS = "logins"
    FINAL_MARKS = "final_marks"


class Kind(Enum):
    """What a column holds; `dump/values.py` says how each is read and typed."""

    ID = "id"
    """Int64 where every table's text is the canonical decimal, else String."""
    TEXT = "text"
    """String, trimmed; blank is null."""
    LABEL = "label"
    """String like TEXT, but the missing-value tokens («-», «н/д») are null too."""
    BOOL = "bool"
    DATE = "date"
    EVENT = "event"
    """A moment (`*_at`): an instant or a wall-clock time, localised to the school's zone."""
    CLOCK = "clock"
    """A time of the lesson's day, `HH:MM` or a timestamp; always local."""
    INT = "int"
    PARALLEL = "parallel"
    """An integer 1–11, else null: never a fault of the row."""
    STUDY_YEAR = "study_year"
    ENUM = "enum"


class Column(NamedTuple):
    """A column: its name, what it holds, whether the table must have it, whether a row must."""

    name: str
    kind: Kind
    required: bool = False
    needed_in_row: bool = False
    values: tuple[str, ...] = ()


class Reference(NamedTuple):
    """A column that must name a row of another table; `strict` sets the row aside otherwise."""

    column: str
    table: Table
    target: str
    strict: bool


class Shape(NamedTuple):
    """A table: its columns by name, its key, its references, whether a dump must have it."""

    table: Table
    columns: dict[str, Column]
    key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    required: bool = False
    register: bool = False
    """A list of people or places: over 1 % of duplicate keys in it is a structural fault."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The columns that hold ids."""
        return tuple(name for name, column in self.columns.items() if column.kind is Kind.ID)


ID_DOMAINS = {
    "school_id": "school",
    "class_id": "class",
    "person_id": "person",
    "student_id": "person",
    "teacher_id": "person",
    "substitute_id": "person",
    "lesson_id": "lesson",
    "mark_id": "mark",
    "homework_id": "homework",
}
"""What the ids of a column are ids of: those of one kind are all integers or all text."""


def _shape(
    table: Table,
    *columns: Column,
    key: tuple[str, ...] = (),
    references: tuple[Reference, ...] = (),
    required: bool = False,
    register: bool = False,
) -> Shape:
    by_name = {column.name: column for column in columns}
    if len(by_name) != len(columns):
        message = f"{table}: a column is declared twice"
        raise ValueError(message)
    for name in (*key, *(reference.column for reference in references)):
        if name not in by_name:
            message = f"{table}: {name!r} is in the key or a reference but not a column"
            raise ValueError(message)
    return Shape(table, by_name, key, references, required, register)


def _required(name: str, kind: Kind, *values: str, needed_in_row: bool = True) -> Column:
    return Column(name, kind, required=True, needed_in_row=needed_in_row, values=values)


def _optional(name: str, kind: Kind, *values: str) -> Column:
    return Column(name, kind, values=values)


_SCHOOL = Reference("school_id", Table.SCHOOLS, "school_id", strict=True)
_LESSON = Reference("lesson_id", Table.LESSONS, "lesson_id", strict=True)
_STUDENT = Reference("student_id", Table.STUDENTS, "person_id", strict=False)

SHAPES: dict[Table, Shape] = {
    shape.table: shape
    for shape in (
        _shape(
            Table.SCHOOLS,
            _required("school_id", Kind.ID),
            _optional("school", Kind.TEXT),
            # Required unless the config's [defaults] name it; a blank one is no fault of the row.
            _required("municipality", Kind.TEXT, needed_in_row=False),
            _optional("region", Kind.TEXT),
            _optional("shifts", Kind.INT),
            _optional("timezone", Kind.LABEL),
            key=("school_id",),
            required=True,
            register=True,
        ),
        _shape(
            Table.CLASSES,
            _required("class_id", Kind.ID),
            _required("school_id", Kind.ID),
            _optional("class", Kind.TEXT),
            _optional("parallel", Kind.PARALLEL),
            _optional("study_year", Kind.STUDY_YEAR),
            _optional("status", Kind.ENUM, "active", "archive"),
            _optional("shift", Kind.LABEL),
            key=("class_id",),
            references=(_SCHOOL,),
            required=True,
            register=True,
        ),
        _shape(
            Table.STAFF,
            _required("person_id", Kind.ID),
            _required("school_id", Kind.ID),
            _optional("name", Kind.TEXT),
            _optional("role", Kind.ENUM, "teacher", "admin", "technical", "other"),
            _optional("position", Kind.TEXT),
            _optional("is_activated", Kind.BOOL),
            _optional("activated_at", Kind.EVENT),
            _optional("has_esia_login", Kind.BOOL),
            _optional("esia_login_at", Kind.EVENT),
            _optional("category", Kind.TEXT),
            _optional("birth_year", Kind.INT),
            _optional("active_from", Kind.DATE),
            _optional("active_to", Kind.DATE),
            key=("school_id", "person_id", "role"),
            references=(_SCHOOL,),
            register=True,
        ),
        _shape(
            Table.STUDENTS,
            _required("person_id", Kind.ID),
            _required("school_id", Kind.ID),
            _optional("class_id", Kind.ID),
            _optional("name", Kind.TEXT),
            _optional("is_activated", Kind.BOOL),
            _optional("activated_at", Kind.EVENT),
            _optional("active_from", Kind.DATE),
            _optional("active_to", Kind.DATE),
            key=("school_id", "person_id", "class_id"),
            references=(
                _SCHOOL,
                Reference("class_id", Table.CLASSES, "class_id", strict=False),
            ),
            register=True,
        ),
        _shape(
            Table.PARENTS,
            _required("person_id", Kind.ID),
            _required("school_id", Kind.ID),
            _optional("student_id", Kind.ID),
            _optional("name", Kind.TEXT),
            _optional("is_activated", Kind.BOOL),
            _optional("activated_at", Kind.EVENT),
            key=("school_id", "person_id", "student_id"),
            references=(_SCHOOL, _STUDENT),
            register=True,
        ),
        _shape(
            Table.LESSONS,
            _required("lesson_id", Kind.ID),
            _required("class_id", Kind.ID),
            _required("subject", Kind.TEXT, needed_in_row=False),
            _optional("group", Kind.TEXT),
            _optional("teacher_id", Kind.ID),
            _optional("substitute_id", Kind.ID),
            _required("date", Kind.DATE),
            _optional("number", Kind.LABEL),
            _optional("starts_at", Kind.CLOCK),
            _optional("ends_at", Kind.CLOCK),
            _optional("topic", Kind.TEXT),
            _optional("comment", Kind.TEXT),
            _optional("is_conducted", Kind.BOOL),
            _optional("is_cancelled", Kind.BOOL),
            key=("lesson_id",),
            references=(
                Reference("class_id", Table.CLASSES, "class_id", strict=True),
                Reference("teacher_id", Table.STAFF, "person_id", strict=False),
                Reference("substitute_id", Table.STAFF, "person_id", strict=False),
            ),
            required=True,
        ),
        _shape(
            Table.MARKS,
            _required("mark_id", Kind.ID),
            _required("lesson_id", Kind.ID),
            _required("student_id", Kind.ID, needed_in_row=False),
            _required("work_type", Kind.TEXT, needed_in_row=False),
            _optional("value", Kind.TEXT),
            _required("created_at", Kind.EVENT),
            _optional("updated_at", Kind.EVENT),
            key=("lesson_id", "mark_id"),
            references=(_LESSON, _STUDENT),
        ),
        _shape(
            Table.ATTENDANCE,
            _required("lesson_id", Kind.ID),
            _required("student_id", Kind.ID),
            _required("status", Kind.ENUM, "absent", "ill", "pass", "late", "present"),
            _optional("created_at", Kind.EVENT),
            key=("lesson_id", "student_id"),
            references=(_LESSON, _STUDENT),
        ),
        _shape(
            Table.HOMEWORK,
            _required("homework_id", Kind.ID),
            _required("lesson_id", Kind.ID),
            _optional("text", Kind.TEXT),
            _optional("has_files", Kind.BOOL),
            _required("issued_at", Kind.EVENT),
            _optional("updated_at", Kind.EVENT),
            key=("lesson_id", "homework_id"),
            references=(_LESSON,),
        ),
        _shape(
            Table.DIARY_VIEWS,
            _required("student_id", Kind.ID),
            _required("viewer_role", Kind.ENUM, "parent", "student", "staff"),
            _required("viewed_at", Kind.EVENT),
            references=(Reference("student_id", Table.STUDENTS, "person_id", strict=True),),
        ),
        _shape(
            Table.LOGINS,
            _required("person_id", Kind.ID),
            _required("school_id", Kind.ID),
            _required("role", Kind.LABEL),
            _required("logged_at", Kind.EVENT),
        ),
        _shape(
            Table.FINAL_MARKS,
            _required("student_id", Kind.ID),
            _required("subject", Kind.TEXT, needed_in_row=False),
            _required("period", Kind.TEXT, needed_in_row=False),
            _required("value", Kind.TEXT, needed_in_row=False),
            _optional("class_id", Kind.ID),
        ),
    )
}
