"""«Реестр»: the schools, with how many classes, students and staff they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.engine import facts, people, places
from monitor_cli.engine.query import WEEK_COLUMNS
from monitor_cli.engine.source import opened
from monitor_cli.language import words
from monitor_cli.levels import DOWN_TO_SCHOOL, Level
from monitor_cli.report import Column, Kind, Report, ReportShape, Sheet, SheetShape
from monitor_cli.reports import rows as placing
from monitor_cli.reports import told

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from monitor_cli.dump.dump import Dump
    from monitor_cli.engine.filters import Scope
    from monitor_cli.report import Value
    from monitor_cli.reports.asked import Asked
    from monitor_cli.result import Notice
    from monitor_cli.settings import Settings

NAME = "registry"
ROWS = "schools"
TABLES = (Table.SCHOOLS, Table.CLASSES, Table.STAFF, Table.STUDENTS)

_SUMS = (
    Column("schools", words("Школ", "Schools"), Kind.COUNT),
    Column("classes", words("Классов", "Classes"), Kind.COUNT),
    Column("students", words("Учеников", "Students"), Kind.COUNT),
    Column("teachers", words("Учителей", "Teachers"), Kind.COUNT),
    Column("staff", words("Сотрудников", "Staff"), Kind.COUNT),
)
_OF_SCHOOL = (
    Column("shifts", words("Смен", "Shifts"), Kind.COUNT),
    Column("timezone", words("Часовой пояс", "Time zone")),
)
SHAPE = ReportShape(
    NAME,
    words(
        "Один документ: `monitor registry --format json`. Строка – школа (или муниципалитет, "
        "регион): действующие классы, люди, которые числятся на воскресенье недели, смены, "
        "часовой пояс. `null` – нет таблицы или выгрузка не говорит.",
        "One document: `monitor registry --format json`. A row is a school (or a municipality, a "
        "region): active classes, people counted on the Sunday of the week, shifts, time zone. "
        "`null`: there is no table, or the dump does not say.",
    ),
    (
        SheetShape(
            ROWS,
            (*told.all_keys(DOWN_TO_SCHOOL), *_SUMS, *_OF_SCHOOL),
            optional=frozenset({"region", "municipality", "school_id", "school", "schools"})
            | {column.key for column in _OF_SCHOOL},
            totals=True,
        ),
    ),
    told.head_schema(DOWN_TO_SCHOOL),
)
"""What `monitor.registry/1` holds."""


def registry(
    path: Path,
    settings: Settings,
    asked: Asked,
    *,
    sample: bool = False,
    as_imported: date | None = None,
) -> Report:
    """The register of the schools that the filters leave, at a level down to the school.

    Raises:
        UsageError: a level that it does not have; a filter or `search` that names nothing.
        DumpError: the dump cannot be read or has the wrong shape.
    """
    asked.require(DOWN_TO_SCHOOL)
    wanted = {table: WEEK_COLUMNS[table] for table in TABLES}
    dump = opened(path, wanted, settings, reach={}, as_imported=as_imported)
    schools = placing.searched(asked, places.schools(dump))
    classes = facts.classes(dump, [asked.week])
    scope = placing.scope_of_registers(asked, schools, classes)
    counted = _counted(dump, settings, asked, scope, (schools, classes))
    at_school = asked.level is Level.SCHOOL
    numbers = (*(_SUMS[1:] if at_school else _SUMS), *(_OF_SCHOOL if at_school else ()))
    shown = counted if at_school else _above(counted, asked.level)
    rows = placing.cells(shown, asked.level, numbers)
    columns = (*told.key_columns(asked.level, rows), *numbers)
    when = told.day(asked.week.sunday)
    return Report(
        name=NAME,
        title=words(
            f"Реестр образовательных организаций на {when.ru}",
            f"Register of schools on {when.en}",
        ),
        main=ROWS,
        sheets=(
            Sheet(
                ROWS,
                words("Организации", "Schools"),
                columns,
                placing.limited(rows, asked.limit),
                totals=_totals(counted, [column.key for column in columns]),
                rows_in_all=None if asked.limit is None else len(rows),
            ),
        ),
        head=told.head(asked),
        problems=dump.problems,
        warnings=[*dump.warnings, *_wanting(dump)],
        sample=sample,
        day=asked.week.sunday,
    )


def _counted(
    dump: Dump,
    settings: Settings,
    asked: Asked,
    scope: Scope,
    registers: tuple[pl.DataFrame, pl.DataFrame],
) -> pl.DataFrame:
    """A row a school left: its keys, the sums, shifts (null where the dump does not say), zone."""
    schools, classes = registers
    left = scope.keep(schools)
    zones = dump.tables[Table.SCHOOLS].frame.select("school_id", "timezone").collect()
    shifts = facts.shifts(schools, classes, [asked.week])
    parts = [
        _number(scope.keep(classes).filter("active"), "class_id", "classes"),
        shifts.select("school_id", shifts=pl.when(~pl.col("unknown")).then("shifts")),
        zones.with_columns(pl.col("timezone").fill_null(settings.timezone)),
    ]
    if Table.STUDENTS in dump.tables:
        students = people.student_rows(dump, classes, [asked.week])
        parts.append(_number(scope.keep(students), "person_id", "students"))
    if Table.STAFF in dump.tables:
        teachers = people.teacher_rows(dump, [asked.week], settings)
        parts.append(_number(scope.keep(teachers), "person_id", "teachers"))
        staff = dump.tables[Table.STAFF].frame.filter(people.counted(asked.week)).collect()
        parts.append(_number(scope.keep(staff), "person_id", "staff"))
    counted = left.select(*places.SCHOOL_KEYS, schools=pl.lit(1))
    for part in parts:
        counted = counted.join(part, on="school_id", how="left", validate="1:1")
    known = {part.columns[1] for part in parts}
    return counted.with_columns(
        pl.col(column.key).fill_null(0).cast(pl.Int64)
        if column.key in known or column.key == "schools"
        else pl.lit(None, pl.Int64).alias(column.key)
        for column in _SUMS
    )


def _number(rows: pl.DataFrame, of: str, name: str) -> pl.DataFrame:
    """How many different `of` a school has."""
    return rows.group_by("school_id").agg(pl.col(of).n_unique().cast(pl.Int64).alias(name))


def _above(counted: pl.DataFrame, level: Level) -> pl.DataFrame:
    sums = [column.key for column in _SUMS]
    return placing.pooled(counted.select(*places.SCHOOL_KEYS, *sums), level)


def _totals(counted: pl.DataFrame, names: list[str]) -> tuple[Value, ...]:
    """The sums over all schools left; shifts and zones add up to nothing."""
    sums = counted.select(pl.col(column.key).sum() for column in _SUMS).row(0, named=True)
    known = {column.key for column in _SUMS if counted[column.key].null_count() == 0}
    return tuple(sums[name] if name in known else None for name in names)


def _wanting(dump: Dump) -> list[Notice]:
    said = {
        Table.STUDENTS: words("ученики", "students"),
        Table.STAFF: words("учителя и сотрудники", "teachers and staff"),
    }
    return [told.missing(table, what) for table, what in said.items() if table not in dump.tables]
