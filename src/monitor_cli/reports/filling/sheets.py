"""The sheets of «Сведения о наполнении данными»: columns, and what the report may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from monitor_cli.columns import Table
from monitor_cli.language import words
from monitor_cli.levels import DOWN_TO_SCHOOL
from monitor_cli.report import Column, Kind, ReportShape, SheetShape
from monitor_cli.reports import told
from monitor_cli.reports.filling.shares import COUNTS, SHARES, TITLES, exact, score

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from monitor_cli.report import Value

NAME = "filling"
ROWS, NUMBERS, LAST = "rows", "counts", "last"

TABLES_MISSING = Column("tables_missing", words("Нет таблиц", "Tables missing"))
OF_ROWS = (
    Column("score", words("Наполнение, %", "Filling, %"), Kind.PERCENT),
    Column("shares", words("Из скольких долей", "Shares counted"), Kind.COUNT),
    *(Column(share.key, share.title, Kind.PERCENT) for share in SHARES),
)
OF_COUNTS = tuple(Column(name, TITLES[name], Kind.COUNT) for name in COUNTS)
STAMPS = {
    Table.MARKS: Column("last_mark", words("Оценка", "Mark"), Kind.MOMENT),
    Table.ATTENDANCE: Column("last_attendance", words("Посещаемость", "Attendance"), Kind.MOMENT),
    Table.HOMEWORK: Column("last_homework", words("Домашнее задание", "Homework"), Kind.MOMENT),
    Table.DIARY_VIEWS: Column("last_view", words("Просмотр дневника", "Diary view"), Kind.MOMENT),
    Table.LOGINS: Column("last_login", words("Вход", "Login"), Kind.MOMENT),
}

SHAPE = ReportShape(
    NAME,
    words(
        "Один документ: `monitor filling --format json`. Состав отчёта – наш: памятка называет его "
        "и не говорит, какие в нём столбцы. `rows`: `score` – среднее долей, которые есть, все с "
        "одним весом; `shares` – сколько их, из одиннадцати; доля – заполненное, делённое на всё, "
        "числа стоят в `counts`. Люди – те, кто числится на воскресенье последней недели; уроки – "
        "неотменённые, за дни периода; предмет без оценок – тот, ни у одного урока которого за "
        "период нет оценки (у некоторых их и не бывает); классы – действующие. Над школой "
        "складываются числа, а не доли. `tables_missing`: таблицы, которых нет в выгрузке или в "
        "которых у школы нет ни одной строки (для уроков и журнала – за период). `last`: последнее "
        "внесённое за уроки периода, просмотр и вход – за его дни. Чего выгрузка не говорит – "
        "`null`: доля без таблицы или столбца не 0 и в `score` не входит.",
        "One document: `monitor filling --format json`. What is in it is ours: the memo names the "
        "report and no column of it. `rows`: `score` is the mean of the shares that there are, "
        "all of one weight; `shares` is how many of the eleven; a share is what is filled by all, "
        "whose numbers are in `counts`. People are those counted on the Sunday of the last week; "
        "lessons are those of the days of the period that are not cancelled; a subject without "
        "marks is one of whose lessons in the period none bears a mark (some never do); classes "
        "are active ones. Above a school numbers are added up, not shares. `tables_missing`: the "
        "tables that the dump lacks or in which the school has no row (of lessons and the "
        "journal: in the period). `last`: the last entry for lessons of the period; views and "
        "logins of its days. What the dump does not tell is `null`: a share without its table or "
        "column is not 0 and not in `score`.",
    ),
    (
        SheetShape(
            ROWS,
            (*told.all_keys(DOWN_TO_SCHOOL), *OF_ROWS, TABLES_MISSING),
            optional=frozenset({"municipality", "school_id", "school", TABLES_MISSING.key}),
            totals=True,
        ),
        SheetShape(
            NUMBERS,
            (*told.all_keys(DOWN_TO_SCHOOL), *OF_COUNTS),
            optional=frozenset({"municipality", "school_id", "school"}),
            totals=True,
        ),
        SheetShape(
            LAST,
            (*told.all_keys(DOWN_TO_SCHOOL), *STAMPS.values()),
            optional=frozenset({"municipality", "school_id", "school"}),
        ),
    ),
    told.head_schema(DOWN_TO_SCHOOL),
)
"""What `monitor.filling/1` holds."""


def cells_of(columns: Iterable[Column], row: Mapping[str, object]) -> tuple[Value, ...]:
    """The cells of a place, from its counts, moments and missing tables."""
    mean, number = score(row)
    made: dict[str, object] = {
        **row,
        "score": None if mean is None else float(mean),
        "shares": number,
    }
    for share in SHARES:
        value = exact(share, row)
        made[share.key] = None if value is None else float(value)
    return tuple(cast("Value", made[column.key]) for column in columns)
