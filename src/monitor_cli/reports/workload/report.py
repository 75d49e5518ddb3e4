"""`monitor workload`: what teachers had to do in a period, and what was done."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.dataset.layout import is_dataset
from monitor_cli.dump.dump import with_dump
from monitor_cli.engine.available import examine
from monitor_cli.engine.lessons import lessons_of
from monitor_cli.engine.query import UNCOUNTED, WEEK_COLUMNS
from monitor_cli.engine.source import read_by, read_options
from monitor_cli.language import words
from monitor_cli.levels import DOWN_TO_SCHOOL, Level
from monitor_cli.report import Report, Sheet
from monitor_cli.reports import coverage, told
from monitor_cli.reports import rows as placing
from monitor_cli.reports.workload import sheets
from monitor_cli.reports.workload.found import Found, found_in
from monitor_cli.reports.workload.lessons import KEEPING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from monitor_cli.dump.dump import Dump
    from monitor_cli.report import Column, Value
    from monitor_cli.reports.asked import Asked
    from monitor_cli.result import Notice
    from monitor_cli.settings import Settings

TABLES = (Table.SCHOOLS, Table.CLASSES, Table.STAFF, Table.LESSONS, Table.MARKS, Table.ATTENDANCE)
_UNREAD = {**UNCOUNTED, Table.MARKS: WEEK_COLUMNS[Table.MARKS] - {"lesson_id"}}
"""What rows that are checked already need not say: of marks only whose they are counts."""


def workload(
    path: Path,
    settings: Settings,
    asked: Asked,
    *,
    sample: bool = False,
    as_imported: date | None = None,
) -> Report:
    """«Загруженность учителей» in a period, at any level.

    Source: `memo.txt`, «Отчет «Загруженность учителей»»: lessons assigned and conducted by teacher.

    Raises:
        UsageError: a filter that names nothing; no such earlier state.
        DumpError: the dump cannot be read or has the wrong shape.
    """
    first, last = asked.weeks[-1].monday, asked.week.monday
    reach = dict.fromkeys((Table.LESSONS, Table.MARKS, Table.ATTENDANCE), (first, last))
    unread = _UNREAD if is_dataset(path) else {}
    wanted = {table: WEEK_COLUMNS[table] - unread.get(table, frozenset()) for table in TABLES}
    made = with_dump(
        lambda options: read_by(options, path, wanted, reach, as_imported),
        read_options(settings),
        partial(_made, settings, asked),
    )
    return replace(made, sample=sample)


def _made(settings: Settings, asked: Asked, dump: Dump) -> Report:
    lessons = lessons_of(dump, replace(asked.query(), given=True), settings)
    found = found_in(dump, lessons, asked, settings)
    shown = [_main(found)]
    if not asked.level.pools_schools and asked.level is not Level.SCHOOL:
        shown.append(_schools(found))
    if found.whole:
        shown.append(_outside(found))
    days = told.period(asked)
    return Report(
        name=sheets.NAME,
        title=words(f"Загруженность учителей, {days.ru}", f"The workload of teachers, {days.en}"),
        main=sheets.ROWS,
        sheets=shown,
        head={
            **told.head(asked),
            "hours_min": settings.workload.hours_min,
            "hours_max": settings.workload.hours_max,
        },
        problems=dump.problems,
        warnings=[
            *dump.warnings,
            *_said(dump, settings),
            *coverage.not_covered(asked, lessons.covered),
        ],
        day=asked.last,
    )


def _said(dump: Dump, settings: Settings) -> list[Notice]:
    """What the dump cannot tell."""
    columns = dump.tables[Table.LESSONS].columns
    said = examine(dump, [KEEPING], settings, ())[1]
    wanting = {
        "teacher_id": ("назначенные уроки", "lessons assigned"),
        "substitute_id": ("замены", "substitutions"),
        "is_cancelled": ("отменённые уроки", "cancelled lessons"),
    }
    said += [
        coverage.without(f"lessons.{name}", *what)
        for name, what in wanting.items()
        if name not in columns
    ]
    if Table.STAFF not in dump.tables:
        names = words("имена учителей, учителя без уроков", "names, teachers without lessons")
        said.append(told.missing(Table.STAFF, names))
    return said


def _keyed(level: Level) -> tuple[Column, ...]:
    """The columns of a level beside its keys."""
    if level is Level.TEACHER:
        return (*sheets.NUMBERS, sheets.LOAD, *sheets.TAUGHT)
    people = sheets.PEOPLE if level in DOWN_TO_SCHOOL else sheets.PEOPLE[:1]
    return (*people, *sheets.NUMBERS, sheets.NOBODY)


def _main(found: Found) -> Sheet:
    """A row a place of the level."""
    level, limit = found.asked.level, found.asked.limit
    columns = _keyed(level)
    cells = [
        (*keys, *sheets.cells_of(columns, row))
        for keys, row in placing.by_place(found.at(level), level)
    ]
    total = sheets.cells_of(columns, found.total())
    return Sheet(
        sheets.ROWS,
        words("Учителя", "Teachers") if level is Level.TEACHER else words("Места", "Places"),
        (*told.key_columns(level, cells), *columns),
        placing.limited(cells, limit),
        totals=(*(None,) * len(level.keys), *total),
        rows_in_all=None if limit is None else len(cells),
    )


def _schools(found: Found) -> Sheet:
    """The totals of each school."""
    rows = [
        sheets.cells_of(sheets.OF_SCHOOLS, sheets.outwards(row))
        for _, row in placing.by_place(found.at(Level.SCHOOL), Level.SCHOOL)
    ]
    return Sheet(
        sheets.SCHOOLS,
        words("Итоги по школам", "Schools in all"),
        sheets.OF_SCHOOLS,
        rows,
        totals=sheets.cells_of(sheets.OF_SCHOOLS, found.total()),
    )


def _outside(found: Found) -> Sheet:
    """Who carries too much, the most first, then who carries too little, the least first."""
    teachers = found.at(Level.TEACHER).filter(pl.col("load") != sheets.WITHIN)
    rows = [row for _, row in placing.by_place(teachers, Level.TEACHER)]
    rows.sort(key=_far)
    least, most = found.rules.hours_min, found.rules.hours_max
    return Sheet(
        sheets.OUTSIDE,
        words(
            f"Нагрузка больше {most} или меньше {least} часов в неделю",
            f"A load over {most} or under {least} hours a week",
        ),
        sheets.OF_OUTSIDE,
        [sheets.cells_of(sheets.OF_OUTSIDE, sheets.outwards(row)) for row in rows],
    )


def _far(row: Mapping[str, Value]) -> tuple[bool, float]:
    hours = row["hours"]
    far = hours if isinstance(hours, float) else 0.0
    return row["load"] != sheets.OVER, -far if row["load"] == sheets.OVER else far
