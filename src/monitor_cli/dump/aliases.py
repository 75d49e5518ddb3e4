"""The names under which tables, columns and values come: Russian, English, the API's of Dnevnik.ru.

Names are compared without regard to case, ё/е, surrounding and doubled blanks (NBSP is one),
`_` against space, a byte order mark and a trailing colon. Source: `dump.md`, «Tables».
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from monitor_cli.columns import SHAPES, Table
from monitor_cli.errors import SettingsError
from monitor_cli.language import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TABLES: dict[Table, tuple[str, ...]] = {
    Table.SCHOOLS: ("школы", "образовательные организации", "оо"),
    Table.CLASSES: ("классы", "edugroups", "edu-groups", "учебные группы"),
    Table.STAFF: ("сотрудники", "персонал", "учителя", "педагоги", "teachers", "employees"),
    Table.STUDENTS: ("ученики", "учащиеся", "обучающиеся", "pupils"),
    Table.PARENTS: ("родители",),
    Table.LESSONS: ("уроки", "расписание"),
    Table.MARKS: ("оценки", "отметки"),
    Table.ATTENDANCE: (
        "посещаемость",
        "lesson log entries",
        "lesson-log-entries",
        "lessonlogentries",
    ),
    Table.HOMEWORK: ("домашние задания", "домашнее задание", "дз", "homeworks", "works"),
    Table.DIARY_VIEWS: ("просмотры дневника", "просмотры дневников", "просмотры", "diaryviews"),
    Table.LOGINS: ("входы", "авторизации"),
    Table.FINAL_MARKS: (
        "итоговые оценки",
        "итоговые отметки",
        "оценки итоговые",
        "отметки итоговые",
        "finalmarks",
    ),
}

_COMMON: dict[str, tuple[str, ...]] = {
    "school_id": ("ID школы", "Код ОО", "ИД ОО", "ID ОО", "Код школы", "ИД школы", "schoolId"),
    "class_id": ("ID класса", "ИД класса", "classId", "eduGroup", "eduGroupId", "groupId"),
    "lesson_id": ("ID урока", "ИД урока", "lessonId", "lesson"),
    "student_id": ("ID ученика", "ИД ученика", "studentId", "ID обучающегося", "ID учащегося"),
    "name": ("ФИО", "Ф.И.О.", "fullName"),
    "is_activated": ("Активирован", "Активирована", "isActivated"),
    "activated_at": ("Дата активации", "activatedAt", "activationDate"),
    "active_from": ("Дата зачисления", "activeFrom"),
    "active_to": ("Дата отчисления", "activeTo"),
    "subject": ("Предмет", "subjectName"),
    "updated_at": (
        "Дата изменения",
        "Изменена",
        "Изменено",
        "Обновлено",
        "updatedDate",
        "updatedAt",
    ),
    "class": ("Класс", "Название класса", "className"),
    "role": ("Роль",),
}

_OWN: dict[Table, dict[str, tuple[str, ...]]] = {
    Table.SCHOOLS: {
        "school_id": ("id",),
        "school": (
            "Школа",
            "Образовательная организация",
            "Наименование ОО",
            "ОО",
            "Название школы",
            "schoolName",
            "name",
        ),
        "municipality": ("Муниципалитет", "МОУО", "Район", "Муниципальное образование"),
        "region": ("Регион", "regionName"),
        "shifts": ("Смен", "Количество смен", "Число смен", "shiftsCount"),
        "timezone": ("Часовой пояс",),
    },
    Table.CLASSES: {
        "class_id": ("id",),
        "class": ("name",),
        "parallel": ("Параллель",),
        "study_year": ("Учебный год", "studyYear"),
        "status": ("Статус",),
        "shift": ("Смена",),
    },
    Table.STAFF: {
        "person_id": (
            "ID персоны",
            "ID сотрудника",
            "ИД сотрудника",
            "ID учителя",
            "personId",
            "id",
        ),
        "position": ("Должность", "nameTeacherPosition"),
        "has_esia_login": ("Вход через ЕСИА", "hasEsiaLogin"),
        "esia_login_at": ("Дата входа через ЕСИА", "esiaLoginAt"),
        "category": ("Категория", "Квалификационная категория"),
        "birth_year": ("Год рождения", "birthYear"),
        "active_from": ("Дата приёма", "Дата приема на работу"),
        "active_to": ("Дата увольнения",),
    },
    Table.STUDENTS: {
        "person_id": (
            "ID ученика",
            "ИД ученика",
            "ID персоны",
            "ID обучающегося",
            "personId",
            "id",
        ),
    },
    Table.PARENTS: {
        "person_id": ("ID родителя", "ИД родителя", "ID персоны", "personId", "id"),
    },
    Table.LESSONS: {
        "lesson_id": ("id",),
        "group": ("Подгруппа", "Группа", "subgroup"),
        "teacher_id": ("ID учителя", "ИД учителя", "teacherId"),
        "substitute_id": ("ID замещающего", "ID замещающего учителя", "substituteId"),
        "date": ("Дата", "Дата урока", "lessonDate"),
        "number": ("Номер урока", "№ урока", "lessonNumber"),
        "starts_at": ("Начало", "Начало урока", "startsAt"),
        "ends_at": ("Окончание", "Конец", "Окончание урока", "endsAt"),
        "topic": ("Тема", "Тема урока", "title"),
        "comment": ("Комментарий", "Комментарий к уроку"),
        "is_conducted": ("Урок проведен", "Проведен", "isConducted"),
        "is_cancelled": ("Отменен", "Урок отменен", "isCancelled", "isCanceled"),
    },
    Table.MARKS: {
        "mark_id": ("ID оценки", "ID отметки", "ИД оценки", "markId", "id"),
        "student_id": ("person", "personId"),
        "work_type": ("Вид работы", "Тип работы", "workType"),
        "value": ("Оценка", "Отметка", "textValue"),
        "created_at": ("Дата выставления", "Выставлена", "createdDate", "createdAt"),
    },
    Table.ATTENDANCE: {
        "student_id": ("person", "personId"),
        "status": ("Посещаемость", "Отметка", "Статус"),
        "created_at": ("Дата выставления", "Выставлена", "createdDate", "createdAt"),
    },
    Table.HOMEWORK: {
        "homework_id": ("ID ДЗ", "ИД ДЗ", "ID домашнего задания", "homeworkId", "id"),
        "lesson_id": ("Урок",),
        "text": ("Домашнее задание", "ДЗ", "Текст"),
        "has_files": ("Файлы", "Есть файлы", "hasFiles"),
        "issued_at": ("Дата выдачи", "Выдано", "sentDate", "issuedAt"),
    },
    Table.DIARY_VIEWS: {
        "viewer_role": ("Роль", "Кто просмотрел", "viewerRole"),
        "viewed_at": ("Дата просмотра", "viewedAt"),
    },
    Table.LOGINS: {
        "person_id": ("ID персоны", "ИД персоны", "personId"),
        "logged_at": ("Дата входа", "loggedAt"),
    },
    Table.FINAL_MARKS: {
        "period": ("Период",),
        "value": ("Оценка", "Отметка", "Итоговая оценка"),
    },
}

TRUE = ("да", "true", "1", "+", "✓", "✔", "yes", "истина", "1.0", "1,0")
FALSE = ("нет", "false", "0", "no", "ложь", "0.0", "0,0")
MISSING = ("", "-", "—", "н/д", "null")
"""Texts that stand for no value in typed columns."""

VALUES: dict[tuple[Table, str], dict[str, tuple[str, ...]]] = {
    (Table.CLASSES, "status"): {
        "active": ("активный", "активен", "активна", "действующий", "действует"),
        "archive": ("archived", "архив", "архивный", "в архиве", "архивирован"),
    },
    (Table.STAFF, "role"): {
        "teacher": ("учитель", "педагог"),
        "admin": ("administrator", "администратор", "администрация"),
        "technical": ("технический персонал", "технический"),
        "other": ("прочее", "прочие", "другое", "другой", "иное"),
    },
    (Table.ATTENDANCE, "status"): {
        "absent": ("н", "неявка", "отсутствовал", "отсутствовала", "отсутствие", "отсутствует"),
        "ill": ("б", "болеет", "болезнь", "болел", "болела", "по болезни"),
        "pass": ("п", "пропуск"),
        "late": ("о", "опоздал", "опоздала", "опоздание"),
        "present": ("присутствовал", "присутствовала", "присутствует", "присутствие"),
    },
    (Table.DIARY_VIEWS, "viewer_role"): {
        "parent": ("родитель", "eduparent"),
        "student": ("ученик", "ученица", "обучающийся", "учащийся", "edustudent"),
        "staff": ("сотрудник", "edustaff", "учитель", "педагог", "teacher"),
    },
}


class ClaimedTwiceError(Exception):
    """Two headers of a file claim one column."""

    def __init__(self, column: str, headers: tuple[str, str]) -> None:
        """Keep the column's name and both headers as they stand in the file."""
        super().__init__(column)
        self.column = column
        self.headers = headers


def normal(name: str) -> str:
    """`name` as it is compared: see the module's description."""
    text = unicodedata.normalize("NFC", name).replace("\ufeff", "").casefold()
    text = text.replace("ё", "е").replace("_", " ")
    return " ".join(text.split()).rstrip(": ")


def of_column(table: Table, column: str) -> tuple[str, ...]:
    """The shipped aliases of a column, as they are written to people."""
    return _COMMON.get(column, ()) + _OWN[table].get(column, ())


@cache
def _headers(table: Table) -> dict[str, str]:
    """Normal header → column, for the shipped names of a table."""
    known: dict[str, str] = {}
    for column in SHAPES[table].columns:
        for header in (column, *of_column(table, column)):
            name = normal(header)
            if known.setdefault(name, column) != column:
                message = f"{table}: {header!r} is an alias of {known[name]} and of {column}"
                raise ValueError(message)
    return known


def headers(table: Table, more: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Normal header → column, with those of `[columns.<table>]`, which outrank the shipped ones.

    Raises:
        SettingsError: the config names a column that the table does not have.
    """
    added = more.get(table.value, {})
    for header, column in added.items():
        if column not in SHAPES[table].columns:
            raise SettingsError(
                words(
                    f"[columns.{table}] «{header}»: в таблице нет столбца {column}",
                    f"[columns.{table}] «{header}»: the table has no column {column}",
                ),
                remedy=words(
                    f"Столбцы таблицы: {', '.join(SHAPES[table].columns)}",
                    f"The columns of the table: {', '.join(SHAPES[table].columns)}",
                ),
            )
    return {**_headers(table), **{normal(header): column for header, column in added.items()}}


def resolve(found: Sequence[str], known: Mapping[str, str]) -> dict[str, int]:
    """Column → position of its header in a file; headers that fit no column are left out.

    Raises:
        ClaimedTwiceError: two headers fit one column.
    """
    positions: dict[str, int] = {}
    for position, header in enumerate(found):
        column = known.get(normal(header))
        if column is None:
            continue
        if column in positions:
            raise ClaimedTwiceError(column, (found[positions[column]], header))
        positions[column] = position
    return positions


@cache
def _table_names() -> tuple[tuple[str, Table], ...]:
    """Normal table name → table, longest names first."""
    names = {normal(name): table for table in Table for name in (table.value, *TABLES[table])}
    return tuple(sorted(names.items(), key=lambda item: -len(item[0])))


def table_of(stem: str) -> tuple[Table, str] | None:
    """The table that a file or folder name begins with, and the rest of the name.

    «marks-school-12» is (marks, "-school-12"); a letter right behind the name makes another word.
    """
    text = normal(stem)
    for name, table in _table_names():
        rest = text.removeprefix(name)
        if text.startswith(name) and not rest[:1].isalpha():
            return table, rest
    return None


@cache
def values(table: Table, column: str) -> dict[str, str]:
    """Normal text → value of an enumerated column."""
    shipped = VALUES.get((table, column), {})
    return {
        normal(text): value
        for value in SHAPES[table].columns[column].values
        for text in (value, *shipped.get(value, ()))
    }
