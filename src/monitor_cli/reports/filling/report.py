"""`monitor filling`: how complete the data of schools are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.columns import Table
from monitor_cli.dataset.layout import is_dataset
from monitor_cli.dump.dump import with_dump
from monitor_cli.engine import facts, places
from monitor_cli.engine.lessons import MOMENT, lessons_of
from monitor_cli.engine.query import WEEK_COLUMNS
from monitor_cli.engine.source import read_by, read_options
from monitor_cli.language import words
from monitor_cli.levels import DOWN_TO_SCHOOL, Level
from monitor_cli.report import Report, Sheet
from monitor_cli.reports import coverage, told
from monitor_cli.reports import rows as placing
from monitor_cli.reports.filling import people, sheets
from monitor_cli.reports.filling.entries import entries
from monitor_cli.reports.filling.lessons import lessons_lacking
from monitor_cli.reports.filling.shares import COUNTS, SHARES, unknown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from monitor_cli.dump.dump import Dump
    from monitor_cli.language import Words
    from monitor_cli.report import Column, Value
    from monitor_cli.reports.asked import Asked
    from monitor_cli.result import Notice
    from monitor_cli.settings import Settings

COLUMNS = {
    **WEEK_COLUMNS,
    Table.STAFF: WEEK_COLUMNS[Table.STAFF] | {"position", "birth_year"},
}
_UNREAD = {
    Table.MARKS: frozenset({"mark_id", "work_type"}),
    Table.ATTENDANCE: frozenset({"student_id", "status"}),
    Table.HOMEWORK: frozenset({"homework_id", "text", "has_files"}),
    Table.DIARY_VIEWS: frozenset({"viewer_role"}),
    Table.LOGINS: frozenset({"person_id", "role"}),
}
"""What rows that are checked already need not say."""


REGISTERS = (Table.STAFF, Table.STUDENTS, Table.PARENTS)
LOOKED_FOR = frozenset(Table) - {Table.SCHOOLS, Table.FINAL_MARKS}
"""The tables in which a school may have no row; final marks are there at the end of a period."""


def filling(
    path: Path,
    settings: Settings,
    asked: Asked,
    *,
    sample: bool = False,
    as_imported: date | None = None,
) -> Report:
    """«Сведения о наполнении данными», at a level down to the school.

    Source: `memo.txt`, «Отчёт «Сведения о наполнении данными»»; the composition is ours.

    Raises:
        UsageError: a level that it does not have; a filter that names nothing.
        DumpError: the dump cannot be read or has the wrong shape.
    """
    asked.require(DOWN_TO_SCHOOL)
    within = (asked.weeks[-1].monday, asked.week.monday)
    by_week = (Table.LESSONS, Table.MARKS, Table.ATTENDANCE, Table.HOMEWORK)
    reach = dict.fromkeys((*by_week, Table.DIARY_VIEWS, Table.LOGINS), within)
    unread = _UNREAD if is_dataset(path) else {}
    wanted = {table: COLUMNS[table] - unread.get(table, frozenset()) for table in COLUMNS}
    made = with_dump(
        lambda options: read_by(options, path, wanted, reach, as_imported),
        read_options(settings),
        partial(_made, settings, asked),
    )
    return replace(made, sample=sample)


@dataclass(frozen=True, slots=True)
class _Found:
    """The schools left: `SCHOOL_KEYS`, `COUNTS`, `tables_missing`, a moment a table of entries."""

    asked: Asked
    schools: pl.DataFrame

    def at(self, level: Level) -> pl.DataFrame:
        """The places of a level: numbers added up, the latest moments."""
        if level is Level.SCHOOL:
            return self.schools
        return self.schools.group_by(level.keys).agg(_added())

    def total(self) -> Mapping[str, object]:
        """What all schools left have together."""
        return self.schools.select(_added()).row(0, named=True)


def _added() -> list[pl.Expr]:
    """What of schools adds up: null where no school has it."""
    stamps = [column.key for column in sheets.STAMPS.values()]
    sums = [
        pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name) for name in COUNTS
    ]
    return [*sums, *(pl.col(name).max() for name in stamps)]


def _made(settings: Settings, asked: Asked, dump: Dump) -> Report:
    lessons = lessons_of(dump, replace(asked.query(), given=True, number=True), settings)
    covered = coverage.is_covered(asked, lessons.covered)
    schools, classes = places.schools(dump), facts.classes(dump, [asked.week])
    scope = placing.scope_of_registers(asked, schools, classes)
    registers = {
        table: dump.tables[table].frame.collect() for table in REGISTERS if table in dump.tables
    }
    entered = entries(dump, lessons, asked, registers.get(Table.STUDENTS))
    parts = lessons_lacking(lessons, entered.marked, classes, asked)
    there = {**registers, Table.CLASSES: classes, Table.LESSONS: parts[0]}
    if Table.STUDENTS in registers:
        parents = registers.get(Table.PARENTS)
        parts.append(people.students(registers[Table.STUDENTS], parents, classes, asked.week))
    if Table.STAFF in registers:
        parts.append(people.staff(registers[Table.STAFF], asked.week))
    held = scope.keep(schools).select(places.SCHOOL_KEYS)
    for part in parts:
        held = held.join(part, on="school_id", how="left", validate="1:1")
    cannot = unknown(dump, covered=covered)
    counts = [
        pl.lit(None, pl.Int64).alias(name) if name in cannot else pl.col(name).fill_null(0)
        for name in COUNTS
    ]
    held = _with_entries(held.with_columns(counts), entered.last, there)
    found = _Found(asked, held)
    days = told.period(asked)
    return Report(
        name=sheets.NAME,
        title=words(
            f"Сведения о наполнении данными, {days.ru}", f"How complete the data are, {days.en}"
        ),
        main=sheets.ROWS,
        sheets=(
            _sheet(found, sheets.ROWS, _TITLES[sheets.ROWS], sheets.OF_ROWS),
            _sheet(found, sheets.NUMBERS, _TITLES[sheets.NUMBERS], sheets.OF_COUNTS),
            _sheet(found, sheets.LAST, _TITLES[sheets.LAST], tuple(sheets.STAMPS.values())),
        ),
        head=told.head(asked),
        problems=dump.problems,
        warnings=[*dump.warnings, *_said(dump), *coverage.not_covered(asked, lessons.covered)],
        day=asked.last,
    )


_TITLES = {
    sheets.ROWS: words("Что заполнено", "What is filled in"),
    sheets.NUMBERS: words("Чего не хватает", "What is missing"),
    sheets.LAST: words("Что внесено последним", "What was entered last"),
}


def _sheet(found: _Found, key: str, title: Words, own: Sequence[Column]) -> Sheet:
    """A row a place of the level."""
    level, limit = found.asked.level, found.asked.limit
    main = key == sheets.ROWS
    columns = (*own, sheets.TABLES_MISSING) if main and level is Level.SCHOOL else tuple(own)
    cells = [
        (*keys, *sheets.cells_of(columns, row))
        for keys, row in placing.by_place(found.at(level), level)
    ]
    totals: tuple[Value, ...] | None = None
    if key != sheets.LAST:
        sums = {**found.total(), sheets.TABLES_MISSING.key: None}
        totals = (*(None,) * len(level.keys), *sheets.cells_of(columns, sums))
    return Sheet(
        key,
        title,
        (*told.key_columns(level, cells), *columns),
        placing.limited(cells, limit),
        totals=totals,
        rows_in_all=None if limit is None else len(cells),
    )


def _with_entries(
    schools: pl.DataFrame, last: Mapping[Table, pl.DataFrame], held: Mapping[Table, pl.DataFrame]
) -> pl.DataFrame:
    """Add the latest moment of each kind of entry, and the tables in which a school has no row.

    `last`: as `Entries.last`; `held`: frames with the `school_id` of the rows of other tables.
    """
    moments = {table: last.get(table) for table in sheets.STAMPS}
    for table, rows in moments.items():
        name = sheets.STAMPS[table].key
        if rows is None:
            schools = schools.with_columns(pl.lit(None, MOMENT).alias(name))
        else:
            said = rows.rename({"last": name})
            schools = schools.join(said, on="school_id", how="left", validate="1:1")
    there = {**held, **last}
    lacking = [
        pl.when(~_among(schools, there[table]) if table in there else pl.lit(value=True)).then(
            pl.lit(table.value)
        )
        for table in Table
        if table in LOOKED_FOR
    ]
    names = pl.concat_list(lacking).list.drop_nulls().list.join(", ").replace("", None)
    return schools.with_columns(names.alias(sheets.TABLES_MISSING.key))


def _among(schools: pl.DataFrame, rows: pl.DataFrame) -> pl.Series:
    """Which of the schools have a row."""
    return schools["school_id"].is_in(rows["school_id"].unique().implode())


def _said(dump: Dump) -> list[Notice]:
    """What the dump cannot tell."""
    said = []
    for share in SHARES:
        title = words(f"«{share.title.ru}»", f"“{share.title.en}”")
        if share.table not in dump.tables:
            said.append(told.missing(share.table, title))
        elif share.columns and not {*share.columns} & dump.tables[share.table].columns:
            column = f"{share.table}.{share.columns[0]}"
            said.append(coverage.without(column, title.ru, title.en))
    return said
